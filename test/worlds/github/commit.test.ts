import { describe, expect, test } from 'vitest'
import { secondaryRateLimit, type GithubEffect } from '../../../sandbox/github/server.ts'
import { problemsWhen } from '../snapshot/people.ts'
import { githubFor, start, testClock } from './desk.ts'
import { commitNight, file, staff, worker } from './night.ts'

describe('spec 7.1: delivery by commit', () => {
  test('is one verified commit with the numbers in it, and none when nothing changed', async () => {
    const github = await start()
    const first = await commitNight(github, staff('li wang'))
    const [commit] = await github.log('main')
    expect(first.applied).toMatchObject({ changed: true, delivery: { commit: commit?.sha } })
    expect(commit).toMatchObject({ author: 'github-actions[bot]', verified: true })
    expect(commit?.message).toBe('Update people from WeCom\n\n2 added.')
    expect((await github.filesAt('main'))[file]).toContain('"wang":')

    github.requests.length = 0
    const again = await commitNight(github, staff('wang li'))
    expect(again.applied).toMatchObject({ changed: false })
    expect(again.applied?.delivery).toBeUndefined()
    expect(github.requests.map(({ operationId }) => operationId)).toEqual([
      'repos/get-branch',
      'git/get-tree',
      'git/get-blob',
    ])
    expect(await github.head('main')).toBe(commit?.sha)
  })

  test('keeps everything else on the branch as it is', async () => {
    const github = await start({ files: { 'README.md': '# 你好', 'docs/a.md': 'a', 'run.sh': '#!/bin/sh' } })
    await commitNight(github, staff('li'), { path: 'people/staff/' })
    const {
      'README.md': readme,
      'docs/a.md': doc,
      'run.sh': script,
      ...people
    } = await github.filesAt('main')
    expect([readme, doc, script]).toEqual(['# 你好', 'a', '#!/bin/sh'])
    expect(Object.keys(people)).toEqual(['people/staff/departments.yaml', 'people/staff/users/00.yaml'])
  })

  test('sends a file that is too large for one request as a blob of its own', async () => {
    const github = await start()
    const many = Array.from({ length: 9000 }, (_, index) => worker(`user-${index}`, '高级工程师'.repeat(4)))
    await commitNight(github, many)
    expect(github.calls('git/create-blob')).toBe(1)
    expect((await github.filesAt('main'))[file]?.match(/displayName/g)).toHaveLength(9000)
  })
})

describe('FS-37: somebody else commits meanwhile', () => {
  const byHand = { author: 'Lin Yue <lin.yue@example.com>', message: 'Edit by hand' }

  test('between read and write: nothing of theirs is lost, and the plan is made anew', async () => {
    const github = await start()
    await commitNight(github, staff('li wang'))
    const now = (await github.filesAt('main'))[file] ?? ''
    const before = async () => {
      await github.commit('main', { [file]: now.replace('工程师', '经理'), 'notes.md': 'n' }, byHand)
    }
    github.faults.push({ call: 'git/update-ref', do: { before } })
    const { plan, applied } = await commitNight(github, staff('li wang zhao'))
    expect(plan.changes.map(({ kind, userid }) => `${kind} ${userid}`)).toEqual(['update li', 'add zhao'])
    expect(applied).toMatchObject({ changed: true })
    const files = await github.filesAt('main')
    expect(files['notes.md']).toBe('n')
    expect(files[file]?.match(/工程师/g)).toHaveLength(3)
    expect((await github.log('main')).map(({ author }) => author).slice(0, 2)).toEqual([
      'github-actions[bot]',
      'Lin Yue',
    ])
  })

  /** Somebody is quicker so many times in a row. */
  async function losing(times: number) {
    const github = await start()
    let count = 0
    const before = async () => {
      await github.commit('main', { 'notes.md': String(++count) }, byHand)
    }
    github.faults.push({ call: 'git/update-ref', times, do: { before } })
    const { applied } = await commitNight(github, staff('li'))
    return { applied, count, files: await github.filesAt('main') }
  }

  test('four times in a row is still made good', async () => {
    const { applied, count, files } = await losing(4)
    expect(applied).toMatchObject({ changed: true })
    expect([count, files['notes.md'], file in files]).toEqual([4, '4', true])
  })

  test('six times in a row stops the run after the fifth, with a remedy', async () => {
    const { applied, count, files } = await losing(6)
    const stopped = { code: 'target-moved', place: 'main' }
    expect(applied).toMatchObject({ changed: false, done: [], stopped })
    expect([count, files['notes.md'], file in files]).toEqual([5, '5', false])
  })
})

describe('what GitHub refuses', () => {
  test.each<[string, Parameters<typeof start>[0], object]>([
    [
      'a protected branch',
      { protectedBranches: { main: 'protection' } },
      { code: 'github-branch-protected', branch: 'main' },
    ],
    [
      'a ruleset',
      { protectedBranches: { main: 'ruleset' } },
      { code: 'github-branch-protected', branch: 'main' },
    ],
    [
      'a token without contents: write',
      { permissions: { contents: 'read' } },
      { code: 'github-permission', permission: 'contents' },
    ],
  ])('%s is told, and nothing is changed', async (_, options, stopped) => {
    const github = await start(options)
    const head = await github.head('main')
    const { applied } = await commitNight(github, staff('li'))
    expect(applied).toMatchObject({ changed: false, done: [], stopped })
    expect(await github.head('main')).toBe(head)
  })

  test('a branch that is deleted while the run works is not made anew', async () => {
    const github = await start()
    const before = async () => github.deleteBranch('main')
    github.faults.push({ call: 'git/update-ref', do: { before } })
    const { applied } = await commitNight(github, staff('li'))
    expect(applied).toMatchObject({
      changed: false,
      stopped: { code: 'github-branch-missing', branch: 'main' },
    })
    expect(await github.head('main')).toBeUndefined()
  })

  test.each<[string, Parameters<typeof start>[0], object]>([
    ['a repository without a commit', { empty: true }, { code: 'github-branch-missing', branch: 'main' }],
    ['no such branch', { defaultBranch: 'trunk' }, { code: 'github-branch-missing', branch: 'main' }],
    ['a repository the token does not see', { permissions: { contents: 'none', metadata: 'none' } }, {}],
  ])('%s stops the run before any plan', async (_, options, problem) => {
    const github = await start(options)
    expect(await problemsWhen(commitNight(github, staff('li')))).toMatchObject([problem])
  })

  test('another repository, another token', async () => {
    const github = await start()
    const other = githubFor({ ...github, repository: 'acme/other' })
    expect(await problemsWhen(commitNight(github, staff('li'), { github: other }))).toEqual([
      { code: 'github-repository-missing', repository: 'acme/other' },
    ])
    const stale = githubFor({ ...github, token: 'ghs_stale' })
    expect(await problemsWhen(commitNight(github, staff('li'), { github: stale }))).toEqual([
      { code: 'github-token', call: 'repos/get-branch' },
    ])
  })
})

describe('GitHub out of order', () => {
  const operations = [
    'repos/get-branch',
    'git/get-tree',
    'git/create-tree',
    'git/create-commit',
    'git/update-ref',
  ] as const
  const passing: readonly [string, GithubEffect][] = [
    ['is cut', 'reset'],
    ['is cut after it was done', 'reset-after'],
    ['answers with a page', 'html'],
    ['is done, and answers 500', { status: 500, message: 'Server Error', after: true }],
    ['answers 503', { status: 503, message: 'Unavailable' }],
    ['is limited', secondaryRateLimit(7)],
    ['is limited with 429', secondaryRateLimit(7, 429)],
  ]

  test.each(operations.flatMap((call) => passing.map(([name, mishap]) => [call, name, mishap] as const)))(
    '%s %s: it is made good',
    async (call, _, mishap) => {
      const github = await start()
      github.faults.push({ call, times: 2, do: mishap })
      const { applied } = await commitNight(github, staff('li'))
      expect(applied).toMatchObject({ changed: true })
      expect((await github.log('main')).map(({ author }) => author)).toEqual([
        'github-actions[bot]',
        expect.any(String),
      ])
    },
  )

  test('a limit is waited for as long as GitHub asks', async () => {
    const github = await start()
    const clock = testClock()
    github.faults.push({ call: 'git/create-tree', do: secondaryRateLimit(7) })
    await commitNight(github, staff('li'), { github: githubFor(github, { clock }) })
    expect(clock.sleeps).toEqual([7000])
  })

  test.each<[string, GithubEffect, object]>([
    ['a longer limit', secondaryRateLimit(600), { code: 'github-rate-limit', call: 'git/update-ref' }],
    ['an outage', 'html', { code: 'http-status', service: 'GitHub', status: 502 }],
  ])('%s stops the run, and the branch is as it was', async (_, mishap, stopped) => {
    const github = await start()
    const head = await github.head('main')
    github.faults.push({ call: 'git/update-ref', times: 99, do: mishap })
    const { applied } = await commitNight(github, staff('li'))
    expect(applied).toMatchObject({ changed: false, stopped })
    expect(await github.head('main')).toBe(head)
  })
})
