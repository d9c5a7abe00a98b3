import { describe, expect, test } from 'vitest'
import { deliveryChecker } from '../../../src/github/check.ts'
import { gitFor, githubFor, start } from './desk.ts'

async function checked(kind: 'commit' | 'pull-request', options: Parameters<typeof start>[0] = {}) {
  const github = await start(options)
  const settings = {
    git: gitFor(github),
    github: githubFor(github),
    kind,
    branch: 'main',
    syncer: 'wecom',
  } as const
  const checks = await deliveryChecker(settings).check()
  const wrote = github.requests.filter(({ method }) => method !== 'GET')
  return { checks, wrote, github }
}

describe("spec 9: the check of the token's permissions", () => {
  test('finds the branch, tells which permissions the job needs, and writes nothing', async () => {
    const { checks, wrote } = await checked('pull-request')
    expect(checks).toEqual([
      { name: 'github-branch', mark: 'pass', fact: { code: 'branch', branch: 'main' }, problems: [] },
      {
        name: 'github-permissions',
        mark: 'warn',
        problems: [{ code: 'github-permission-unknown', permissions: ['contents', 'pull-requests'] }],
      },
    ])
    expect(wrote).toEqual([])
  })

  test('a protected branch is in the way of a commit, not of a pull request', async () => {
    const options = { protectedBranches: { main: 'protection' } } as const
    expect((await checked('commit', options)).checks).toMatchObject([
      { mark: 'warn', problems: [{ code: 'github-branch-protected', branch: 'main' }] },
      { mark: 'warn', problems: [{ permissions: ['contents'] }] },
    ])
    expect((await checked('pull-request', options)).checks).toMatchObject([{ mark: 'pass' }, {}])
  })

  test('a branch or a repository that is not there is a failure, and the other line is tried all the same', async () => {
    const { checks } = await checked('commit', { defaultBranch: 'trunk' })
    expect(checks).toMatchObject([
      { mark: 'fail', problems: [{ code: 'github-branch-missing', branch: 'main' }] },
      { mark: 'warn' },
    ])
  })

  test("a user's token tells what it may do", async () => {
    const { checks } = await checked('commit', { byUser: true })
    expect(checks).toMatchObject([{ mark: 'pass' }, { mark: 'pass', problems: [] }])
  })
})
