import { afterEach, describe, expect, test } from 'vitest'
import { listen, type Answer, type SandboxServer } from '../../../sandbox/server.ts'
import { Git } from '../../../src/github/git.ts'
import { writeComment } from '../../../src/github/comment.ts'
import { addLabels, findPull, openPull, requestReviewers, updatePull } from '../../../src/github/pulls.ts'
import { askRepository, decidePersonalData } from '../../../src/github/repository.ts'
import type { Inputs } from '../../../src/github/inputs.ts'
import { Github } from '../../../src/github/api.ts'
import { problemsOf, type Problem } from '../../../src/model/problem.ts'
import { textOf } from '../../../src/text/language.ts'
import { githubFor, start, testClock } from './desk.ts'

/*
 * Who answers at GitHub's address, and is not GitHub; and who does not answer at all.
 */

const open: SandboxServer[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map(async (server) => server.close()))
})

async function stranger(
  answer: Answer,
  isTreeReadable = false,
): Promise<{ readonly github: Github; readonly server: SandboxServer }> {
  // A tree is read before it is changed: what is there keeps its mode.
  const server = await listen(({ method, path }) =>
    method === 'GET' && path.includes('/git/trees/') && isTreeReadable
      ? { body: { tree: [], truncated: false } }
      : answer,
  )
  open.push(server)
  return { server, github: githubFor({ url: server.url, repository: 'acme/directory', token: 'x' }) }
}

/** What each call does with an answer. */
const calls: readonly (readonly [name: string, send: (github: Github) => Promise<unknown>])[] = [
  ['repos/get', askRepository],
  ['repos/get-branch', async (github) => gitOf(github).head('main')],
  ['git/get-commit', async (github) => gitOf(github).commit('a')],
  ['repos/compare-commits', async (github) => gitOf(github).contains('main', 'a')],
  ['git/get-tree', async (github) => gitOf(github).filesAt('a', ['x.yaml'])],
  ['git/get-blob', async (github) => gitOf(github).text('a')],
  ['git/create-tree', async (github) => gitOf(github).makeTree('a', new Map([['x.yaml', 'x']]))],
  ['git/create-blob', async (github) => gitOf(github).makeTree('a', new Map([['x.yaml', large]]))],
  ['git/create-commit', async (github) => gitOf(github).makeCommit('Sync', 'a', [])],
  ['git/update-ref', async (github) => gitOf(github).move('main', 'a')],
  ['pulls/list', async (github) => findPull(github, { branch: 'a', base: 'main' })],
  ['pulls/update', async (github) => updatePull(github, 1, { title: 'Sync' })],
  ['issues/add-labels', async (github) => addLabels(github, 1, ['people'])],
  ['pulls/request-reviewers', async (github) => requestReviewers(github, 1, ['li'])],
  ['issues/list-comments', async (github) => writeComment(github, 1, { marker: 'm', body: 'b' })],
]
const large = 'x'.repeat(2 * 1024 * 1024)

function gitOf(github: Github): Git {
  return new Git(github, { concurrency: 8 })
}

async function problemFrom(send: Promise<unknown>): Promise<Problem | undefined> {
  return send.then(
    () => undefined,
    (thrown: unknown) => problemsOf(thrown)[0],
  )
}

const strange: readonly (readonly [string, Answer, string])[] = [
  [
    'a sign-in page',
    { headers: { 'content-type': 'text/html' }, body: '<title>Sign in</title>' },
    'not-json',
  ],
  ['nothing', {}, 'not-json'],
  ['an empty object', { body: {} }, 'bad-reply'],
  ['another forge', { body: { id: 1, name: 'main', commit: { id: 'a' }, sha: 5 } }, 'bad-reply'],
  ['null', { headers: { 'content-type': 'application/json' }, body: 'null' }, 'bad-reply'],
  ['broken bytes', { body: Uint8Array.from([0x7b, 0xff]) }, 'bad-text'],
  ['a page with 404', { status: 404, body: '<title>Not found</title>' }, 'http-status'],
  ['a page with 403', { status: 403, body: '<title>Forbidden</title>' }, 'http-status'],
  ['an error of another form', { status: 422, body: { errors: 'no' } }, 'http-status'],
]

describe('G3: every answer is checked for its form', () => {
  test.each(calls.flatMap(([name, send]) => strange.map((each) => [name, ...each, send] as const)))(
    '%s: %s',
    async (name, _, answer, code, send) => {
      const isTreeReadable = name === 'git/create-tree' || name === 'git/create-blob'
      const { github, server } = await stranger(answer, isTreeReadable)
      const problem = await problemFrom(send(github))
      // Where there is nothing in common, a comparison is not there either; GitHub says so itself.
      expect(problem).toMatchObject({ code, service: 'GitHub', call: name })
      expect(server.requests).toHaveLength(isTreeReadable ? 2 : 1)
      expect(JSON.stringify(problem)).not.toContain('title')
    },
  )

  test('what is sent once is looked for where its answer cannot be read', async () => {
    const { github, server } = await stranger({ body: {} })
    const branches = { branch: 'a', base: 'main' }
    const opened = openPull(github, branches, { title: 'Sync', body: '' })
    expect(await problemFrom(opened)).toMatchObject({ code: 'bad-reply', call: 'pulls/list' })
    const made = gitOf(github).create('a', 'b')
    expect(await problemFrom(made)).toMatchObject({ code: 'bad-reply', call: 'repos/get-branch' })
    expect(server.requests).toHaveLength(4)
  })
})

describe('G1: an exchange without an answer says what failed', () => {
  test('nobody listens', async () => {
    const { github, server } = await stranger({})
    await server.close()
    expect(await problemFrom(askRepository(github))).toEqual({
      code: 'network',
      service: 'GitHub',
      call: 'repos/get',
      reason: 'refused',
      cause: 'ECONNREFUSED',
    })
  })

  test('https: on a plain port, and a token with a line break, are not tried again', async () => {
    const sandbox = await start()
    const clock = testClock()
    const secure = githubFor({ ...sandbox, url: sandbox.url.replace('http:', 'https:') }, { clock })
    expect(await problemFrom(askRepository(secure))).toMatchObject({ code: 'network', reason: 'scheme' })
    const broken = githubFor({ ...sandbox, token: 'ghs_one\nghs_two' }, { clock })
    const problem = await problemFrom(askRepository(broken))
    expect(problem).toMatchObject({ code: 'network', reason: 'header' })
    expect(JSON.stringify(problem)).not.toContain('ghs_')
    expect(clock.sleeps).toEqual([])
    expect(sandbox.requests).toEqual([])
    const { remedy } = problem === undefined ? { remedy: '' } : textOf('en').problem(problem)
    expect(remedy).toContain('`github-token`')
  })

  test('a repository that moved is not followed, and it is said', async () => {
    const { github } = await stranger({ status: 301, headers: { location: '/repositories/1' } })
    expect(await problemFrom(askRepository(github))).toMatchObject({ code: 'redirect', status: 301 })
  })
})

describe('G2: where the visibility cannot be asked, the cause is said', () => {
  const snapshot = { kind: 'snapshot', path: 'people.yaml', delivery: { kind: 'file' } } as const

  async function decide(answer: Answer, target: Inputs['target']) {
    const { server } = await stranger(answer)
    const environment = { GITHUB_REPOSITORY: 'acme/directory', GITHUB_API_URL: server.url }
    return decidePersonalData({ personalData: 'auto', target, githubToken: 'x' }, {}, environment, {
      clock: testClock(),
    })
  }

  test.each(strange)('%s', async (_, answer, code) => {
    const problems = await decide(answer, snapshot).catch(problemsOf)
    expect(problems).toMatchObject([{ code, call: 'repos/get' }, { code: 'input-visibility-unknown' }])
    // A guard is never lowered because something failed.
    for (const language of ['en', 'zh'] as const) {
      for (const problem of problems as readonly Problem[]) {
        const { sentence, remedy } = textOf(language).problem(problem)
        expect(`${sentence} ${remedy}`).not.toMatch(/personal-data|full/)
      }
    }
    const casdoor = { kind: 'casdoor' } as Inputs['target']
    expect(await decide(answer, casdoor)).toMatchObject({ level: 'hidden', problems: [{ code }] })
  })
})
