import { beforeEach, describe, expect, test } from 'vitest'
import type { GithubOptions, GithubSandbox } from '../../../sandbox/github/server.ts'
import { ask, start, type Reply } from './desk.ts'

/*
 * The sandbox tells what GitHub's documentation tells, or tests against it prove nothing: pull requests and
 * comments. All of it fits GitHub's published description.
 */

let sandbox: GithubSandbox
const branch = 'wecom-syncer/hq'

async function restart(options: GithubOptions = {}): Promise<void> {
  sandbox = await start({ files: { 'people.yml': 'a: 1\n' }, ...options })
  await sandbox.commit(branch, { 'people.yml': 'a: 2\n' })
}

async function call(method: string, path: string, body?: object): Promise<Reply> {
  return ask(sandbox, method, path, body)
}

async function propose(): Promise<Reply> {
  return call('POST', '/pulls', { title: 'Sync', body: 'Two changes', head: branch, base: 'main' })
}

const refusal = (message: string, more: object = {}) => ({
  status: 422,
  body: {
    message: 'Validation Failed',
    errors: [{ resource: 'PullRequest', code: 'custom', message, ...more }],
  },
})

beforeEach(async () => restart())

describe('opening', () => {
  test('a pull request of the job’s bot', async () => {
    const { status, body } = await propose()
    expect(status).toBe(201)
    expect(body).toMatchObject({
      number: 1,
      state: 'open',
      merged: false,
      mergeable: true,
      commits: 1,
      changed_files: 1,
      user: { login: 'github-actions[bot]', type: 'Bot' },
      head: { ref: branch, sha: await sandbox.head(branch) },
      base: { ref: 'main', sha: await sandbox.head('main') },
    })
    expect((await call('GET', '/pulls/1')).body).toEqual(body)
    expect((await call('GET', '/pulls/2')).status).toBe(404)
    expect(sandbox.pulls).toMatchObject([{ number: 1, title: 'Sync', head: branch, base: 'main' }])
  })

  test('one for two branches', async () => {
    await propose()
    expect(await propose()).toMatchObject(refusal(`A pull request already exists for acme:${branch}.`))
  })

  test('of nothing, from nowhere, with too much', async () => {
    const proposal = { title: 'Sync', head: branch, base: 'main' }
    await sandbox.forcePush(branch, (await sandbox.head('main')) ?? '')
    expect(await propose()).toMatchObject(refusal(`No commits between main and ${branch}`))
    expect((await call('POST', '/pulls', { ...proposal, head: 'nowhere' })).body).toMatchObject({
      errors: [{ field: 'head', code: 'invalid' }],
    })
    await sandbox.commit(branch, { 'people.yml': 'a: 3\n' })
    expect(await call('POST', '/pulls', { ...proposal, body: 'x'.repeat(65_537) })).toMatchObject(
      refusal('body is too long (maximum is 65536 characters)', { field: 'body' }),
    )
    expect((await call('POST', '/pulls', { ...proposal, body: '🙂'.repeat(65_536) })).status).toBe(201)
  })

  test('where workflows may not', async () => {
    await restart({ workflowsMayCreatePulls: false })
    const message = 'GitHub Actions is not permitted to create or approve pull requests.'
    expect(await propose()).toMatchObject({ status: 403, body: { message } })
  })

  test('without the permission', async () => {
    await restart({ permissions: { pull_requests: 'read' } })
    const { status, headers } = await propose()
    expect([status, headers.get('x-accepted-github-permissions')]).toEqual([403, 'pull_requests=write'])
  })
})

describe('what becomes of it', () => {
  beforeEach(async () => propose())
  const reopen = async () => call('PATCH', '/pulls/1', { state: 'open' })
  const shown = () => sandbox.pulls[0]

  test('found by its branches, in every state, page by page', async () => {
    await sandbox.commit('other', { 'b.yml': 'b\n' })
    await call('POST', '/pulls', { title: 'Other', head: 'acme:other', base: 'main' })
    const numbers = async (query: string) => {
      const { body } = await call('GET', `/pulls?${query}`)
      return (body as { number: number }[]).map(({ number }) => number)
    }
    expect(await numbers('')).toEqual([2, 1])
    expect(await numbers('direction=asc')).toEqual([1, 2])
    expect(await numbers(`head=acme:${branch}`)).toEqual([1])
    // Without its owner a branch is not heeded.
    expect(await numbers(`head=${branch}`)).toEqual([2, 1])
    expect(await numbers('base=trunk')).toEqual([])
    sandbox.closePull(1)
    expect(await numbers('')).toEqual([2])
    expect(await numbers('state=closed')).toEqual([1])
    expect(await numbers('state=all&per_page=1&page=2')).toEqual([1])
    const { headers } = await call('GET', '/pulls?state=all&per_page=1')
    const page = `${sandbox.url}/repos/acme/directory/pulls?state=all&per_page=1&page=2`
    expect(headers.get('link')).toBe(`<${page}>; rel="next", <${page}>; rel="last"`)
  })

  test('another title and text', async () => {
    expect((await call('PATCH', '/pulls/1', { title: 'Now', body: 'Three' })).body).toMatchObject({
      title: 'Now',
      body: 'Three',
      state: 'open',
    })
  })

  test('a push to its branch goes on in it', async () => {
    const sha = await sandbox.commit(branch, { 'people.yml': 'a: 3\n' })
    expect(shown()?.headSha).toBe(sha)
    const { body } = await call('GET', '/pulls/1/commits')
    expect((body as { sha: string }[]).map((commit) => commit.sha)).toHaveLength(2)
  })

  test('its branch is deleted: closed, and not to be opened again', async () => {
    await sandbox.deleteBranch(branch)
    expect(shown()).toMatchObject({ state: 'closed', merged: false })
    expect(await reopen()).toMatchObject(
      refusal(`state cannot be changed. The ${branch} branch has been deleted.`, { field: 'state' }),
    )
  })

  test('closed, pushed to, opened again', async () => {
    await call('PATCH', '/pulls/1', { state: 'closed' })
    const before = shown()?.headSha
    const sha = await sandbox.commit(branch, { 'people.yml': 'a: 3\n' })
    expect(shown()?.headSha).toBe(before)
    expect((await reopen()).status).toBe(200)
    expect(shown()).toMatchObject({ state: 'open', headSha: sha })
  })

  test('closed and pushed over by force: not opened again', async () => {
    sandbox.closePull(1)
    await sandbox.forcePush(branch, await sandbox.commit('other', { 'b.yml': 'b\n' }))
    const why = `state cannot be changed. The ${branch} branch was force-pushed or recreated.`
    expect(await reopen()).toMatchObject(refusal(why))
    await expect(sandbox.reopenPull(1)).rejects.toThrow(why)
  })

  test('pushed back to where the base is: closed, nothing is left in it', async () => {
    await sandbox.forcePush(branch, (await sandbox.head('main')) ?? '')
    expect(shown()).toMatchObject({ state: 'closed', merged: false })
  })

  test('merged with a merge commit', async () => {
    const sha = await sandbox.merge(1)
    expect(shown()).toMatchObject({ state: 'closed', merged: true, mergeCommit: sha })
    expect(await sandbox.log('main')).toMatchObject([
      {
        sha,
        message: `Merge pull request #1 from acme/${branch}\n\nSync`,
        committer: 'GitHub',
        verified: true,
      },
      { message: 'Edit by hand', verified: false },
      { message: 'Initial commit' },
    ])
    expect((await call('GET', '/pulls/1')).body).toMatchObject({ merged: true, merge_commit_sha: sha })
    expect((await reopen()).status).toBe(422)
    expect(await sandbox.head(branch)).toBe(shown()?.headSha)
  })

  test('squashed: its own commits are not in the base', async () => {
    await sandbox.merge(1, 'squash', { deleteBranch: true })
    expect(await sandbox.log('main')).toMatchObject([
      { message: 'Sync (#1)\n\n* Edit by hand', parents: [expect.any(String)] },
      { message: 'Initial commit' },
    ])
    expect(await sandbox.filesAt('main')).toEqual({ 'people.yml': 'a: 2\n' })
    expect(await sandbox.head(branch)).toBeUndefined()
    expect(shown()?.merged).toBe(true)
  })

  test('merged on a person’s own machine and pushed', async () => {
    await sandbox.forcePush('main', (await sandbox.head(branch)) ?? '')
    expect(shown()).toMatchObject({ state: 'closed', merged: true })
  })

  test('"Update branch"', async () => {
    const theirs = await sandbox.commit('main', { 'NOTES.md': 'x\n' })
    const before = await sandbox.head(branch)
    const sha = await sandbox.updateBranch(1)
    expect((await sandbox.log(branch))[0]).toMatchObject({
      sha,
      message: `Merge branch 'main' into ${branch}`,
      parents: [before, theirs],
      committer: 'GitHub',
      verified: true,
    })
    expect(shown()?.headSha).toBe(sha)
  })

  test('in conflict', async () => {
    await sandbox.commit('main', { 'people.yml': 'a: 9\n' })
    expect((await call('GET', '/pulls/1')).body).toMatchObject({ mergeable: false, mergeable_state: 'dirty' })
    await expect(sandbox.merge(1)).rejects.toThrow('in conflict')
  })
})

describe('who is asked, and what is said', () => {
  beforeEach(async () => {
    await restart({ reviewers: ['lin-yue'], teams: ['it'], labels: ['directory'] })
    await propose()
  })
  const request = async (body: object) => call('POST', '/pulls/1/requested_reviewers', body)

  test('reviewers', async () => {
    expect((await request({ reviewers: ['lin-yue'], team_reviewers: [] })).status).toBe(201)
    expect(sandbox.pulls[0]?.reviewers).toEqual(['lin-yue'])
    const { status, body } = await request({ reviewers: ['lin-yue', 'nobody'] })
    expect([status, body]).toMatchObject([
      422,
      { message: expect.stringContaining('from collaborators') as string },
    ])
    expect((await request({ reviewers: ['github-actions[bot]'] })).body).toMatchObject({
      message: 'Review cannot be requested from pull request author.',
    })
  })

  test('teams, which the token of a job cannot see', async () => {
    const { status, body } = await request({ team_reviewers: ['it'] })
    expect([status, body]).toMatchObject([
      422,
      { message: expect.stringContaining('Could not resolve') as string },
    ])
    await restart({ teams: ['it'], mayRequestTeams: true })
    await propose()
    expect((await request({ team_reviewers: ['it'] })).status).toBe(201)
    expect(sandbox.pulls[0]?.teams).toEqual(['it'])
  })

  test('labels, made where there are none', async () => {
    const { body } = await call('POST', '/issues/1/labels', { labels: ['Directory', 'new'] })
    expect((body as { name: string }[]).map(({ name }) => name)).toEqual(['directory', 'new'])
    expect((await call('POST', '/issues/1/labels', { labels: ['x'.repeat(51)] })).status).toBe(422)
  })

  test('comments: written, rewritten, taken away', async () => {
    const id = sandbox.comment(1, 'Looks good', 'lin-yue')
    const { status, body } = await call('POST', '/issues/1/comments', { body: 'one' })
    const mine = (body as { id: number }).id
    expect([status, body]).toMatchObject([201, { body: 'one', user: { login: 'github-actions[bot]' } }])
    expect((await call('PATCH', `/issues/comments/${mine}`, { body: 'two' })).body).toMatchObject({
      body: 'two',
    })
    expect(sandbox.comments(1)).toEqual([
      { id, body: 'Looks good', user: 'lin-yue' },
      { id: mine, body: 'two', user: 'github-actions[bot]' },
    ])
    expect((await call('DELETE', `/issues/comments/${mine}`)).status).toBe(204)
    expect((await call('DELETE', `/issues/comments/${mine}`)).status).toBe(404)
    expect((await call('POST', '/issues/1/comments', { body: 'x'.repeat(65_537) })).status).toBe(422)
    expect((await call('POST', '/issues/9/comments', { body: 'x' })).status).toBe(404)
  })

  test('many comments come in pages, a hundred at most', async () => {
    for (let index = 0; index < 250; index++) sandbox.comment(1, `comment ${index}`)
    const lengths: number[] = []
    for (const page of [1, 2, 3, 4]) {
      const { body } = await call('GET', `/issues/1/comments?per_page=200&page=${page}`)
      lengths.push((body as object[]).length)
    }
    expect(lengths).toEqual([100, 100, 50, 0])
    expect((await call('GET', '/issues/1/comments')).body).toHaveLength(30)
    const { headers } = await call('GET', '/issues/1/comments?per_page=100&page=2')
    expect(headers.get('link')?.match(/rel="\w+"/g)).toEqual([
      'rel="prev"',
      'rel="next"',
      'rel="last"',
      'rel="first"',
    ])
  })
})
