import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dayOfChanges, leave } from '../../sandbox/day.ts'
import { environmentFor } from '../../sandbox/github/environment.ts'
import { startGithub, type GithubOptions, type GithubSandbox } from '../../sandbox/github/server.ts'
import { set } from './act.ts'

const name = 'wecom-users.yaml'
const branch = 'wecom-syncer/wecom'
const open: GithubSandbox[] = []
let workspace: string

beforeEach(async () => {
  workspace = await mkdtemp(path.join(tmpdir(), 'workspace-'))
})

afterEach(async () => {
  await rm(workspace, { recursive: true })
  const ended = open.splice(0)
  await Promise.all(ended.map(async (github) => github.close()))
  expect(ended.flatMap(({ violations }) => violations)).toEqual([])
})

/** A job in a private repository, of which there is no checkout. */
async function job(options: GithubOptions = {}) {
  const github = await startGithub(options)
  open.push(github)
  const setting = await set()
  const env = environmentFor(github)
  return {
    ...setting,
    github,
    /** Flow B. */
    snapshot: async (inputs: Readonly<Record<string, string>> = {}) =>
      setting.act({ to: 'snapshot', ...inputs }, { env }),
    /** Flows C and D, after `actions/checkout`. */
    fromSnapshot: async (ref: string, inputs: Readonly<Record<string, string>> = {}, event?: object) => {
      await writeFile(path.join(workspace, name), (await github.filesAt(ref))[name] ?? '')
      const more = { workspace, env, ...(event !== undefined && { event }) }
      return setting.act({ from: 'snapshot', ...inputs }, more)
    },
  }
}

const byPull = { 'snapshot-delivery': 'pull-request' }

describe('flow B by commit', () => {
  test('commits what changed, tells the commit, and nothing when nothing changed', async () => {
    const { github, snapshot, company } = await job()
    const first = await snapshot({ 'commit-message': 'Leute' })
    const head = await github.head('main')
    expect(first.code).toBe(0)
    expect(first.outputs).toMatchObject({ outcome: 'applied', changed: 'true', 'commit-sha': head })
    expect(first.files).toEqual({})
    expect(first.summary).toContain(head?.slice(0, 10))
    expect((await github.log('main'))[0]).toMatchObject({ verified: true })
    expect((await github.log('main'))[0]?.message).toMatch(/^Leute\n\n40 added/)
    expect((await github.filesAt('main'))[name]).toContain(company.people[0]?.userid)

    const again = await snapshot()
    expect(again.outputs).toMatchObject({ outcome: 'unchanged', changed: 'false', 'commit-sha': '' })
    expect(await github.head('main')).toBe(head)
  })

  test('mode: plan writes nothing, and check tells about the branch', async () => {
    const { github, snapshot } = await job()
    const plan = await snapshot({ mode: 'plan' })
    expect(plan.outputs).toMatchObject({ outcome: 'planned', changed: 'false' })
    const check = await snapshot({ mode: 'check', ...byPull })
    expect(check.code).toBe(0)
    expect(check.summary).toContain('pull-requests: write')
    expect(github.requests.filter(({ method }) => method !== 'GET')).toEqual([])
  })

  test.each<[string, GithubOptions, string]>([
    ['a protected branch', { protectedBranches: { main: 'protection' } }, 'pull-request'],
    ['no permission', { permissions: { contents: 'read' } }, 'contents: write'],
    ['no such branch', { defaultBranch: 'trunk' }, 'snapshot-branch'],
  ])('%s is red, with its remedy', async (_, options, remedy) => {
    const { github, act } = await job(options)
    const env = { ...environmentFor(github), GITHUB_REF: 'refs/heads/main' }
    const { code, summary, outputs, stdout } = await act({ to: 'snapshot' }, { env })
    expect([code, outputs['outcome'], outputs['changed']]).toEqual([1, 'failed', 'false'])
    expect(summary).toContain(remedy)
    expect(stdout.match(/^::error/gm)).toHaveLength(1)
  })

  test('spec 10.4: a public repository is refused before anything is read', async () => {
    const { github, act, wecom } = await job({ visibility: 'public' })
    const event = { repository: { full_name: 'acme/directory', private: false } }
    const { code } = await act({ to: 'snapshot', ...byPull }, { env: environmentFor(github), event })
    expect(code).toBe(1)
    expect([...wecom.requests, ...github.requests]).toEqual([])
  })
})

describe('flows B, C and D by pull request', () => {
  test('night 1 opens, night 2 updates, the review comments once, the merge applies, night 3 is idle', async () => {
    const { github, snapshot, fromSnapshot, company, casdoor } = await job()
    const one = await snapshot(byPull)
    expect(one.outputs).toMatchObject({
      outcome: 'applied',
      changed: 'true',
      added: '40',
      'pull-request-number': '1',
      'pull-request-url': github.pulls[0] === undefined ? '' : expect.stringContaining('/pull/1'),
      'commit-sha': await github.head(branch),
    })
    dayOfChanges(company)
    const two = await snapshot(byPull)
    expect(two.outputs).toMatchObject({ changed: 'true', 'pull-request-number': '1' })
    expect(github.pulls).toHaveLength(1)
    expect(github.pulls[0]?.body).toContain('What merging changes')

    const event = {
      repository: { full_name: 'acme/directory', private: true },
      pull_request: { number: 1, head: { repo: { full_name: 'acme/directory' } } },
    }
    for (let push = 0; push < 2; push++) {
      const review = await fromSnapshot(branch, { mode: 'plan' }, event)
      expect(review.outputs).toMatchObject({ outcome: 'planned', changed: 'false' })
    }
    expect(casdoor.writes()).toEqual([])
    expect(github.comments(1)).toHaveLength(1)
    expect(github.comments(1)[0]?.body).toMatch(/^<!-- wecom-syncer:wecom:plan -->\n## What merging changes in acme/)

    await github.merge(1)
    const merged = await fromSnapshot('main')
    expect(merged.outputs).toMatchObject({ outcome: 'applied', held: '0' })
    expect(casdoor.users('acme').length).toBeGreaterThanOrEqual(40)

    const idle = await snapshot(byPull)
    expect(idle.outputs).toMatchObject({ outcome: 'unchanged', changed: 'false', 'pull-request-number': '' })
    expect(github.pulls).toMatchObject([{ state: 'closed', merged: true }])
    const settled = await fromSnapshot('main')
    expect(settled.outputs).toMatchObject({ outcome: 'unchanged', changed: 'false' })
  })

  test('spec 8: removals over the limit are shown first, and the merge carries out just those', async () => {
    const { github, snapshot, fromSnapshot, company, casdoor } = await job()
    await snapshot()
    await fromSnapshot('main')
    const gone = company.people.filter(({ status }) => status === 1).slice(0, 9)
    for (const { userid } of gone) leave(company, userid)
    const proposed = await snapshot(byPull)
    expect(proposed.outputs).toMatchObject({ forbidden: '9', held: '0' })
    const body = github.pulls[0]?.body ?? ''
    const digest = /approved: ([0-9a-f]{64})/.exec(body)?.[1] ?? ''
    expect(body.indexOf('CAUTION')).toBeLessThan(body.indexOf('### Would be forbidden'))
    expect((await github.filesAt(branch))[name]).toContain(`approved: "${digest}"`)

    // Somebody slips a tenth in before the merge.
    await github.merge(1, 'squash')
    const text = (await github.filesAt('main'))[name] ?? ''
    await github.commit('main', { [name]: text.replace('isForbidden: false', 'isForbidden: true') })
    const tampered = await fromSnapshot('main')
    expect([tampered.code, tampered.outputs['held']]).toEqual([1, '10'])
    await github.commit('main', { [name]: text })
    const merged = await fromSnapshot('main')
    expect(merged.outputs).toMatchObject({ outcome: 'applied', forbidden: '9', held: '0' })
    const out = casdoor.users('acme').filter(({ isForbidden }) => isForbidden)
    expect(gone.every(({ userid }) => out.some(({ wecom }) => wecom === userid))).toBe(true)
  })

  test('the setting that forbids pull requests is named, with its page', async () => {
    const { snapshot } = await job({ workflowsMayCreatePulls: false })
    const { code, summary } = await snapshot(byPull)
    expect(code).toBe(1)
    expect(summary).toContain('Settings › Actions › General')
  })

  test("FS-45: a fork's pull request, which gets no secrets, is told so", async () => {
    const { fromSnapshot, github } = await job()
    const event = { pull_request: { number: 1, head: { repo: { full_name: 'somebody/directory' } } } }
    const { code, summary } = await fromSnapshot('main', { mode: 'plan', 'casdoor-client-secret': '' }, event)
    expect(code).toBe(1)
    expect(summary).toContain('fork')
    expect(github.requests).toEqual([])
  })
})
