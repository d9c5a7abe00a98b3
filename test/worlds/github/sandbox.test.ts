import { beforeEach, describe, expect, test } from 'vitest'
import { match, wrongsOfResponse } from '../../../sandbox/github/description.ts'
import type { GithubOptions, GithubSandbox } from '../../../sandbox/github/server.ts'
import { ask, commitOn, start, type Reply } from './desk.ts'

/*
 * The sandbox tells what GitHub's documentation tells, or tests against it prove nothing: git data, branches,
 * who may come in. All of it fits GitHub's published description.
 */

let sandbox: GithubSandbox
const nowhere = '0123456789012345678901234567890123456789'

async function restart(options: GithubOptions = {}): Promise<void> {
  sandbox = await start({ files: { 'README.md': 'hello\n', 'people/a.yml': 'a: 1\n' }, ...options })
}

async function call(
  method: string,
  path: string,
  body?: object,
  headers?: Record<string, string>,
): Promise<Reply> {
  return ask(sandbox, method, path, body, headers)
}

beforeEach(async () => restart())

describe('who comes in', () => {
  test('a wrong token', async () => {
    expect(await call('GET', '', undefined, { authorization: 'token nonsense' })).toMatchObject({
      status: 401,
      body: { message: 'Bad credentials', status: '401' },
    })
  })

  test('a private repository is not there for who brings no token, a public one is', async () => {
    expect((await call('GET', '', undefined, { authorization: '' })).status).toBe(404)
    await restart({ visibility: 'public' })
    expect((await call('GET', '', undefined, { authorization: '' })).body).toMatchObject({ private: false })
  })

  test('another repository is not there', async () => {
    const { status, body } = await ask({ ...sandbox, repository: 'acme/other' }, 'GET', '')
    expect([status, body]).toMatchObject([404, { message: 'Not Found' }])
  })

  test.each([
    ['internal', { private: true, visibility: 'internal', fork: false }],
    ['private', { private: true, visibility: 'private', fork: false }],
  ] as const)('%s', async (visibility, expected) => {
    await restart({ visibility })
    expect((await call('GET', '')).body).toMatchObject(expected)
  })

  test('a fork', async () => {
    await restart({ fork: true, repository: 'lin/directory', defaultBranch: 'trunk' })
    expect((await call('GET', '')).body).toMatchObject({
      fork: true,
      full_name: 'lin/directory',
      default_branch: 'trunk',
      permissions: { push: false },
    })
  })

  test('a token that may only read', async () => {
    await restart({ permissions: { contents: 'read' } })
    expect((await call('GET', '/branches/main')).status).toBe(200)
    const { status, body, headers } = await call('POST', '/git/blobs', { content: 'x' })
    expect([status, body]).toMatchObject([403, { message: 'Resource not accessible by integration' }])
    expect(headers.get('x-accepted-github-permissions')).toBe('contents=write')
  })

  test('comments need the one permission or the other', async () => {
    await restart({ permissions: { pull_requests: 'none', issues: 'none' } })
    const { status, headers } = await call('GET', '/issues/1/comments')
    expect(status).toBe(403)
    expect(headers.get('x-accepted-github-permissions')).toBe('issues=read; pull_requests=read')
  })
})

describe('git data', () => {
  test('a repository without a commit', async () => {
    await restart({ empty: true })
    const empty = { status: 409, body: { message: 'Git Repository is empty.' } }
    expect(await call('GET', '/git/ref/heads/main')).toMatchObject(empty)
    expect(await call('POST', '/git/blobs', { content: 'x' })).toMatchObject(empty)
    expect(await call('GET', '/branches/main')).toMatchObject({
      status: 404,
      body: { message: 'Branch not found' },
    })
    await sandbox.commit('main', { a: '1' })
    expect((await call('GET', '/git/ref/heads/main')).status).toBe(200)
  })

  test('a blob: base64 in lines, or raw', async () => {
    const text = `${'密'.repeat(100)}\n`
    const { status, body, headers } = await call('POST', '/git/blobs', { content: text })
    const { sha } = body as { sha: string }
    expect(status).toBe(201)
    expect(headers.get('location')).toBe(`${sandbox.url}/repos/acme/directory/git/blobs/${sha}`)
    const { body: shown } = await call('GET', `/git/blobs/${sha}`)
    const { content } = shown as { content: string }
    expect(content.split('\n')[0]).toHaveLength(60)
    expect(Buffer.from(content, 'base64').toString()).toBe(text)
    const raw = await call('GET', `/git/blobs/${sha}`, undefined, {
      accept: 'application/vnd.github.raw+json',
    })
    expect(raw.text).toBe(text)
    expect(raw.headers.get('content-type')).toContain('application/vnd.github.raw+json')
    expect(await sandbox.git('cat-file', '-t', sha)).toBe('blob\n')
  })

  test('a blob sent as base64, one that is not there, one that is too large', async () => {
    await restart({ limits: { blobBytes: 10 } })
    const { body } = await call('POST', '/git/blobs', { content: 'AAECAwQFBgcICQoL', encoding: 'base64' })
    const { sha } = body as { sha: string }
    expect(await sandbox.git('cat-file', '-s', sha)).toBe('12\n')
    expect((await call('GET', `/git/blobs/${nowhere}`)).status).toBe(404)
    const large = await call('GET', `/git/blobs/${sha}`)
    expect(large).toMatchObject({ status: 403, body: { errors: [{ code: 'too_large' }] } })
  })

  test('a tree by its id, by a commit, by a branch; level by level or whole', async () => {
    const head = await sandbox.head('main')
    const flat = await call('GET', '/git/trees/main')
    expect((await call('GET', `/git/trees/${head}`)).body).toEqual(flat.body)
    expect(flat.body).toMatchObject({
      truncated: false,
      tree: [
        { path: 'README.md', mode: '100644', type: 'blob', size: 6 },
        { path: 'people', mode: '040000', type: 'tree' },
      ],
    })
    const { body } = await call('GET', '/git/trees/main?recursive=1')
    const { tree } = body as { tree: { path: string }[] }
    expect(tree.map(({ path }) => path)).toEqual(['README.md', 'people', 'people/a.yml'])
    expect((await call('GET', `/git/trees/${nowhere}`)).status).toBe(404)
  })

  test('more entries or bytes than an answer holds: cut, and said so', async () => {
    await restart({ limits: { treeEntries: 2 } })
    const cut = { truncated: true, tree: [{ path: 'README.md' }, { path: 'people' }] }
    expect((await call('GET', '/git/trees/main?recursive=1')).body).toMatchObject(cut)
    await restart({ limits: { treeBytes: 300 } })
    expect((await call('GET', '/git/trees/main?recursive=1')).body).toMatchObject({ truncated: true })
    expect((await call('GET', '/git/trees/main')).body).toMatchObject({ truncated: false })
  })

  test('100,000 entries are the most', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 100_000 }, (_, index) => [`f/${index % 100}/${index}.yml`, 'x\n']),
    )
    await sandbox.commit('main', files)
    const { body } = await call('GET', '/git/trees/main?recursive=1')
    const { tree, truncated } = body as { tree: object[]; truncated: boolean }
    expect(truncated).toBe(true)
    expect(tree.length).toBeLessThanOrEqual(100_000)
  })

  test('a new tree on another one: texts, blobs, folders, and files taken away', async () => {
    const base = await commitOn(sandbox, 'main')
    const blob = await sandbox.git('rev-parse', 'main:README.md')
    const { status, body } = await call('POST', '/git/trees', {
      base_tree: base.tree,
      tree: [
        { path: 'people/b/c.yml', mode: '100644', type: 'blob', content: 'c: 3\n' },
        { path: 'copy.md', mode: '100644', type: 'blob', sha: blob.trim() },
        { path: 'people/a.yml', mode: '100644', type: 'blob', sha: null },
      ],
    })
    expect(status).toBe(201)
    const { sha } = body as { sha: string }
    expect(await sandbox.filesAt(sha)).toEqual({
      'README.md': 'hello\n',
      'copy.md': 'hello\n',
      'people/b/c.yml': 'c: 3\n',
    })
  })

  test('a new tree without a base holds what is given', async () => {
    const { body } = await call('POST', '/git/trees', { tree: [{ path: 'a', mode: '100644', content: '1' }] })
    expect(await sandbox.filesAt((body as { sha: string }).sha)).toEqual({ a: '1' })
  })

  test.each([
    [{ path: 'nobody.yml', sha: null }, 'GitRPC::BadObjectState'],
    [{ path: 'a', sha: nowhere }, `tree.sha ${nowhere} is not a valid blob`],
    [{ path: 'a', sha: nowhere, content: 'x' }, /Must supply either tree.sha or tree.content/],
    [{ path: '../a', content: 'x' }, 'tree.path contains a malformed path component'],
  ])('a tree that is refused: %j', async (entry, message) => {
    const { tree } = await commitOn(sandbox, 'main')
    const refused = await call('POST', '/git/trees', {
      base_tree: tree,
      tree: [{ mode: '100644', ...entry }],
    })
    expect(refused.status).toBe(422)
    expect((refused.body as { message: string }).message).toMatch(message)
  })

  test('a request that is too large', async () => {
    await restart({ limits: { requestBytes: 1000 } })
    const { status, body } = await call('POST', '/git/blobs', { content: 'x'.repeat(1000) })
    expect([status, body]).toMatchObject([
      422,
      { message: expect.stringContaining('too large to process') as string },
    ])
  })

  test('a commit of the token’s own is signed by GitHub, one that is said to be somebody’s is not', async () => {
    await restart({ clock: { now: () => Date.parse('2026-03-02T01:02:03.456Z') } })
    const { id, tree } = await commitOn(sandbox, 'main')
    const own = await call('POST', '/git/commits', { message: 'Sync\n\nbody', tree, parents: [id] })
    expect(own).toMatchObject({
      status: 201,
      body: {
        message: 'Sync\n\nbody',
        author: { name: 'github-actions[bot]', date: '2026-03-02T01:02:03Z' },
        committer: { name: 'GitHub', email: 'noreply@github.com' },
        verification: { verified: true, reason: 'valid' },
      },
    })
    const { sha } = own.body as { sha: string }
    expect((await call('GET', `/git/commits/${sha}`)).body).toEqual(own.body)
    const author = { name: 'Wu Bo', email: 'wu.bo@example.com', date: '2026-01-01T08:00:00+08:00' }
    expect((await call('POST', '/git/commits', { message: 'Sync', tree, author })).body).toMatchObject({
      author: { name: 'Wu Bo', date: '2026-01-01T00:00:00Z' },
      verification: { verified: false, reason: 'unsigned' },
    })
    expect(await sandbox.git('show', '-s', '--format=%an %cn %s', sha)).toBe(
      'github-actions[bot] GitHub Sync\n',
    )
  })

  test('a commit of nothing', async () => {
    const { tree } = await commitOn(sandbox, 'main')
    const refusals = [
      await call('POST', '/git/commits', { message: 'x', tree: nowhere }),
      await call('POST', '/git/commits', { message: 'x', tree, parents: [nowhere] }),
    ]
    expect(refusals).toMatchObject([
      { status: 422, body: { message: 'Tree SHA does not exist' } },
      { status: 422, body: { message: 'Parent SHA does not exist or is not a commit object' } },
    ])
    expect((await call('GET', `/git/commits/${nowhere}`)).status).toBe(404)
  })
})

describe('branches', () => {
  async function next(parent: string): Promise<string> {
    const { tree } = await commitOn(sandbox, 'main')
    const { body } = await call('POST', '/git/commits', { message: 'next', tree, parents: [parent] })
    return (body as { sha: string }).sha
  }

  const refusal = (message: string) => ({ status: 422, body: { message } })

  test('made, moved, taken away', async () => {
    const { id } = await commitOn(sandbox, 'main')
    const made = await call('POST', '/git/refs', { ref: 'refs/heads/wecom-syncer/hq', sha: id })
    expect(made).toMatchObject({
      status: 201,
      body: { ref: 'refs/heads/wecom-syncer/hq', object: { sha: id } },
    })
    const sha = await next(id)
    expect((await call('PATCH', '/git/refs/heads/wecom-syncer%2Fhq', { sha })).status).toBe(200)
    expect(await sandbox.head('wecom-syncer/hq')).toBe(sha)
    expect((await call('GET', '/git/ref/heads/wecom-syncer/hq')).body).toMatchObject({ object: { sha } })
    expect((await call('GET', '/branches/wecom-syncer%2Fhq')).body).toMatchObject({ commit: { sha } })
    expect((await call('DELETE', '/git/refs/heads/wecom-syncer/hq')).status).toBe(204)
    expect(await sandbox.head('wecom-syncer/hq')).toBeUndefined()
    expect((await call('GET', '/git/ref/heads/wecom-syncer/hq')).status).toBe(404)
  })

  test('there already, or not there', async () => {
    const { id: sha } = await commitOn(sandbox, 'main')
    expect(await call('POST', '/git/refs', { ref: 'refs/heads/main', sha })).toMatchObject(
      refusal('Reference already exists'),
    )
    expect(await call('PATCH', '/git/refs/heads/other', { sha })).toMatchObject(
      refusal('Reference does not exist'),
    )
    expect(await call('DELETE', '/git/refs/heads/other')).toMatchObject(refusal('Reference does not exist'))
    expect(await call('POST', '/git/refs', { ref: 'refs/heads/x', sha: nowhere })).toMatchObject(
      refusal('Object does not exist'),
    )
    expect(await call('GET', '/branches/other')).toMatchObject({
      status: 404,
      body: { message: 'Branch not found' },
    })
  })

  test('a commit somebody made meanwhile is not run over, unless by force', async () => {
    const { id } = await commitOn(sandbox, 'main')
    const sha = await next(id)
    const theirs = await sandbox.commit('main', { 'people/a.yml': 'a: 2\n' }, { author: 'Wu Bo' })
    expect(await call('PATCH', '/git/refs/heads/main', { sha, force: false })).toMatchObject(
      refusal('Update is not a fast forward'),
    )
    expect(await sandbox.head('main')).toBe(theirs)
    expect((await call('PATCH', '/git/refs/heads/main', { sha, force: true })).status).toBe(200)
    expect(await sandbox.head('main')).toBe(sha)
  })

  test.each([
    ['protection', 'Changes must be made through a pull request.', 0],
    ['ruleset', 'Repository rule violations found\n\nChanges must be made through a pull request.\n\n', 1],
  ] as const)('protected by a %s', async (kind, message, rules) => {
    await restart({ protectedBranches: { main: kind } })
    const { id } = await commitOn(sandbox, 'main')
    expect(await call('PATCH', '/git/refs/heads/main', { sha: await next(id) })).toMatchObject(
      refusal(message),
    )
    expect(await sandbox.head('main')).toBe(id)
    expect((await call('GET', '/branches/main')).body).toMatchObject({ protected: true })
    expect((await call('GET', '/rules/branches/main')).body).toHaveLength(rules)
  })

  test('of two writers that meet, one is refused', async () => {
    const { id, tree } = await commitOn(sandbox, 'main')
    const commits = await Promise.all(
      ['one', 'two'].map(async (message) => call('POST', '/git/commits', { message, tree, parents: [id] })),
    )
    const moves = commits.map(async ({ body }) => {
      return call('PATCH', '/git/refs/heads/main', { sha: (body as { sha: string }).sha, force: false })
    })
    const statuses = (await Promise.all(moves)).map(({ status }) => status)
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 422])
  })

  test('compared', async () => {
    const { id } = await commitOn(sandbox, 'main')
    await sandbox.commit('wecom-syncer/hq', { 'people/a.yml': 'a: 2\n', 'b.yml': 'b\n', 'README.md': null })
    await sandbox.commit('wecom-syncer/hq', { 'b.yml': 'b\nb\n' })
    const path = '/compare/main...wecom-syncer%2Fhq'
    const { body } = await call('GET', path)
    const { files, ...rest } = body as { files: { filename: string; status: string; additions: number }[] }
    expect(rest).toMatchObject({ status: 'ahead', ahead_by: 2, behind_by: 0, merge_base_commit: { sha: id } })
    expect(files.map(({ filename, status, additions }) => [filename, status, additions])).toEqual([
      ['README.md', 'removed', 0],
      ['b.yml', 'added', 2],
      ['people/a.yml', 'modified', 1],
    ])
    await sandbox.commit('main', { 'c.yml': 'c\n' })
    const paged = await call('GET', `${path}?per_page=1`)
    expect(paged.body).toMatchObject({ status: 'diverged', ahead_by: 2, behind_by: 1, total_commits: 2 })
    expect((paged.body as { commits: object[] }).commits).toHaveLength(1)
    expect(paged.headers.get('link')).toContain('rel="next"')
    expect((await call('GET', '/compare/main...main')).body).toMatchObject({ status: 'identical' })
    expect((await call('GET', '/compare/main...nobody')).status).toBe(404)
  })
})

describe('the description', () => {
  test('what is asked for otherwise is refused, and counts', async () => {
    expect((await call('POST', '/git/commits', { message: 'x' })).status).toBe(422)
    expect((await call('GET', '/pulls?status=open')).status).toBe(422)
    expect((await call('POST', '/git/refs', { ref: 'refs/heads/x', sha: 'x', forced: true })).status).toBe(
      422,
    )
    expect((await call('GET', '/stargazers')).status).toBe(404)
    expect(sandbox.violations.splice(0)).toEqual([
      "git/create-commit request: must have required property 'tree'",
      'pulls/list request: status is no parameter',
      'git/create-ref request: forced is no property of the body',
      'GET /repos/acme/directory/stargazers: the sandbox has no such operation',
    ])
  })

  test('an answer without what it has to have', () => {
    const found = match('GET', '/repos/acme/directory/git/ref/heads/main')
    if (found === undefined) throw new Error('not matched')
    const object = { sha: 'short', type: 'commit', url: 'nowhere' }
    expect(
      wrongsOfResponse(found, { status: 200, body: { ref: 'refs/heads/main', url: 'x', object } }),
    ).toEqual([
      "must have required property 'node_id'",
      '/url must match format "uri"',
      '/object/sha must NOT have fewer than 40 characters',
      '/object/url must match format "uri"',
    ])
    expect(wrongsOfResponse(found, { status: 418, body: {} })).toEqual(['418 is not described'])
  })
})
