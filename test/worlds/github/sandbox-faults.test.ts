import { beforeEach, describe, expect, test } from 'vitest'
import { githubCatalogue } from '../../../sandbox/github/catalogue.ts'
import { serveGithub } from '../../../sandbox/github/environment.ts'
import { primaryRateLimit, secondaryRateLimit, type GithubSandbox } from '../../../sandbox/github/server.ts'
import { findPull, openPull } from '../../../src/github/pulls.ts'
import { ask, githubFor, gitFor, start, type Reply } from './desk.ts'

/*
 * What goes wrong goes wrong where it was put in, and nowhere else.
 */

let sandbox: GithubSandbox
const branch = 'wecom-syncer/hq'

async function call(method: string, path: string, body?: object): Promise<Reply> {
  return ask(sandbox, method, path, body)
}

async function propose(): Promise<Reply> {
  return call('POST', '/pulls', { title: 'Sync', body: 'Two changes', head: branch, base: 'main' })
}

beforeEach(async () => {
  sandbox = await start({ files: { 'people.yml': 'a: 1\n' } })
  await sandbox.commit(branch, { 'people.yml': 'a: 2\n' })
})

describe('faults', () => {
  const open = async () => openPull(githubFor(sandbox), { branch, base: 'main' }, { title: 'Sync', body: '' })

  test('nothing is done, or it is done and nobody is told', async () => {
    sandbox.faults.push({ call: 'issues/create-comment', do: 'reset' })
    await propose()
    await expect(call('POST', '/issues/1/comments', { body: 'x' })).rejects.toThrow('fetch failed')
    expect(sandbox.comments(1)).toEqual([])
    sandbox.faults.splice(0, 1, { call: 'write', do: 'reset-after' })
    await expect(call('POST', '/issues/1/comments', { body: 'x' })).rejects.toThrow('fetch failed')
    sandbox.faults.splice(0, 1, { call: '*', do: { status: 502, message: 'Server Error', after: true } })
    expect((await call('POST', '/issues/1/comments', { body: 'y' })).status).toBe(502)
    expect(sandbox.comments(1)).toHaveLength(2)
    expect(sandbox.requests.map(({ status }) => status)).toEqual([201, 0, 0, 502])
    expect(sandbox.calls('issues/create-comment')).toBe(3)
  })

  test('at the nth call, so many times', async () => {
    sandbox.faults.push({ call: 'repos/get', nth: 2, times: 2, do: 'html' })
    const statuses: number[] = []
    for (let tries = 0; tries < 4; tries++) statuses.push((await call('GET', '')).status)
    expect(statuses).toEqual([200, 502, 502, 200])
  })

  test('no answer at all', async () => {
    sandbox.faults.push({ call: '*', do: 'hang' })
    const github = githubFor(sandbox, { timeout: 2_000 })
    expect(await findPull(github, { branch, base: 'main' })).toBeUndefined()
    expect(sandbox.requests.map(({ status }) => status)).toEqual([0, 200])
  })

  test('somebody is quicker', async () => {
    const git = gitFor(sandbox)
    const head = await git.head(branch)
    const commit = await git.makeCommit('Sync', head?.tree ?? '', [head?.id ?? ''])
    sandbox.faults.push({
      call: 'git/update-ref',
      do: { before: async (github) => void (await github.commit(branch, { 'people.yml': 'a: 9\n' })) },
    })
    await expect(git.move(branch, commit)).rejects.toMatchObject({ problems: [{ code: 'target-moved' }] })
    expect((await sandbox.filesAt(branch))['people.yml']).toBe('a: 9\n')
  })

  test('the pull request is there, though its answer was lost', async () => {
    sandbox.faults.push({ call: 'pulls/create', do: 'reset-after' })
    expect((await open()).number).toBe(1)
    expect(sandbox.pulls).toHaveLength(1)
  })

  test('limits, as GitHub says them', async () => {
    sandbox.faults.push({ call: '*', do: primaryRateLimit(1_772_413_200) })
    const hour = await call('GET', '')
    expect([
      hour.status,
      hour.headers.get('x-ratelimit-remaining'),
      hour.headers.get('x-ratelimit-reset'),
    ]).toEqual([403, '0', '1772413200'])
    sandbox.faults.splice(0, 1, { call: '*', do: secondaryRateLimit(7, 429) })
    const moment = await call('GET', '')
    expect([moment.status, moment.headers.get('retry-after')]).toEqual([429, '7'])
  })

  test('each of the catalogue has a name of its own and a place', () => {
    const names = githubCatalogue.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    const misplaced = githubCatalogue.filter(({ call: place, calls = [place] }) =>
      calls.every((each) => each !== place),
    )
    expect(misplaced).toEqual([])
  })

  test('a sandbox for other processes', async () => {
    const served = await serveGithub({ repository: 'acme/people' })
    const { GITHUB_API_URL: url = '', GITHUB_REPOSITORY: repository = '' } = served.environment
    const token = served.environment['INPUT_GITHUB-TOKEN'] ?? ''
    expect((await ask({ url, repository, token }, 'GET', '')).body).toMatchObject({
      full_name: 'acme/people',
    })
    await served.close()
    expect((await fetch(url).catch(() => undefined))?.status).toBeUndefined()
  })
})
