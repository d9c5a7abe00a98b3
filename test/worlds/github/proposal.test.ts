import { describe, expect, test } from 'vitest'
import { secondaryRateLimit, type GithubEffect, type GithubSandbox } from '../../../sandbox/github/server.ts'
import { problemsWhen } from '../snapshot/people.ts'
import { start } from './desk.ts'
import { branch, file, proposalNight, staff, worker } from './night.ts'

const byHand = { author: 'Lin Yue <lin.yue@example.com>', message: 'Edit by hand' }

/** Git's options to commit as somebody. */
const asLin = ['-c', 'user.name=Lin Yue', '-c', 'user.email=lin.yue@example.com']

/** The snapshot on a branch. */
async function snapshotOn(github: GithubSandbox, name: string): Promise<string> {
  return (await github.filesAt(name))[file] ?? ''
}

/** A pull request that waits since last night. */
async function proposed(options: Parameters<typeof start>[0] = {}): Promise<GithubSandbox> {
  const github = await start(options)
  await proposalNight(github, staff('li wang'))
  github.requests.length = 0
  return github
}

describe('spec 7.1: one pull request for ever', () => {
  test('is opened with the report, its labels and its reviewers', async () => {
    const github = await start({ reviewers: ['lin-yue'], teams: ['it'], mayRequestTeams: true })
    const night = { labels: ['people', 'wecom'], reviewers: ['lin-yue', 'acme/it'] }
    const { applied } = await proposalNight(github, staff('li wang'), night)
    expect(github.pulls).toMatchObject([
      {
        state: 'open',
        title: 'Update people from WeCom: 2 to add',
        head: branch,
        base: 'main',
        labels: ['people', 'wecom'],
        reviewers: ['lin-yue'],
        teams: ['it'],
      },
    ])
    expect(github.pulls[0]?.body).toMatch(/^## What merging changes in `wecom-users.yaml`\n/)
    const head = await github.head(branch)
    expect(applied).toMatchObject({
      changed: true,
      findings: [],
      delivery: {
        commit: head,
        pullRequest: { number: 1, state: 'opened', url: expect.stringMatching(/\/pull\/1$/) as string },
      },
    })
    const [commit] = await github.log(branch)
    expect(commit).toMatchObject({ verified: true, author: 'github-actions[bot]' })
    expect(commit?.message).toBe(
      `Update people from WeCom\n\n2 added.\n\nWeCom-Syncer: wecom ${commit?.tree}`,
    )
    expect(await snapshotOn(github, 'main')).toBe('')
  })

  test('the next night brings it up to date, and one without news leaves it alone', async () => {
    const github = await proposed()
    const { applied } = await proposalNight(github, staff('li wang zhao'))
    expect(applied).toMatchObject({
      changed: true,
      delivery: { pullRequest: { number: 1, state: 'updated' } },
    })
    expect(github.pulls).toHaveLength(1)
    expect(github.pulls[0]).toMatchObject({ title: 'Update people from WeCom: 3 to add' })
    expect(await snapshotOn(github, branch)).toContain('"zhao":')

    const head = await github.head(branch)
    github.requests.length = 0
    const again = await proposalNight(github, staff('zhao wang li'))
    expect(again.applied).toMatchObject({ changed: false, delivery: { pullRequest: { state: 'same' } } })
    expect(await github.head(branch)).toBe(head)
    const written = github.requests
      .filter(({ method }) => method !== 'GET')
      .map(({ operationId }) => operationId)
    expect(written).toEqual(['git/create-tree'])
  })

  test('whoever edited its title or text by hand sees it set right', async () => {
    const github = await proposed()
    const [pull] = github.pulls
    if (pull !== undefined) pull.title = 'Mine'
    const { applied } = await proposalNight(github, staff('li wang'))
    expect(applied).toMatchObject({ changed: true, delivery: { pullRequest: { state: 'updated' } } })
    expect(pull?.title).toBe('Update people from WeCom: 2 to add')
  })

  test('it shows only what is new against a base that has moved', async () => {
    const github = await proposed()
    await github.commit('main', { 'notes.md': 'n' }, byHand)
    await proposalNight(github, staff('li wang zhao'))
    const changed = (await github.git('diff', '--name-only', `main...${branch}`)).trim()
    expect(changed).toBe(file)
    expect((await github.filesAt(branch))['notes.md']).toBe('n')
  })

  test('is closed when nothing is left, opened again when something is', async () => {
    const github = await proposed()
    await github.commit('main', { [file]: await snapshotOn(github, branch) }, byHand)
    const { applied } = await proposalNight(github, staff('li wang'))
    expect(applied).toMatchObject({
      changed: true,
      delivery: { pullRequest: { number: 1, state: 'closed' } },
    })
    expect(github.pulls[0]).toMatchObject({ state: 'closed', merged: false })

    const night = await proposalNight(github, staff('li wang zhao'), { labels: ['people'] })
    expect(night.applied).toMatchObject({ delivery: { pullRequest: { number: 1, state: 'reopened' } } })
    expect(github.pulls).toMatchObject([{ state: 'open', labels: ['people'] }])
  })

  test.each(['merge', 'squash'] as const)(
    'after a %s the next one is new, and has only what is new',
    async (method) => {
      const github = await proposed()
      await github.merge(1, method)
      const idle = await proposalNight(github, staff('li wang'))
      expect(idle).toMatchObject({ plan: { changes: [] }, applied: { changed: false } })
      const { applied } = await proposalNight(github, staff('li wang zhao'))
      expect(applied).toMatchObject({ delivery: { pullRequest: { number: 2, state: 'opened' } } })
      expect((await github.git('diff', '--numstat', `main...${branch}`)).trim()).toBe(`5\t0\t${file}`)
      await github.merge(2, method, { deleteBranch: true })
      expect(await snapshotOn(github, 'main')).toContain('"zhao":')
      const third = await proposalNight(github, staff('li wang'))
      expect(third.applied).toMatchObject({ delivery: { pullRequest: { number: 3, state: 'opened' } } })
    },
  )

  test('has its title and message from the workflow', async () => {
    const github = await start()
    await proposalNight(github, staff('li'), { title: 'People' })
    expect(github.pulls[0]?.title).toBe('People')
  })

  test('a directory of people too', async () => {
    const github = await start()
    await proposalNight(github, staff('li wang'), { path: 'people/' })
    expect(Object.keys(await github.filesAt(branch))).toEqual([
      'README.md',
      'people/departments.yaml',
      'people/users/00.yaml',
      expect.stringMatching(/^people\/users\/..\.yaml$/),
    ])
    const again = await proposalNight(github, staff('li wang'), { path: 'people/' })
    expect(again.applied).toMatchObject({ changed: false })
  })
})

describe("a person's work is respected", () => {
  test('a commit on the branch is not written over: the step is red and a comment says why, once', async () => {
    const github = await proposed()
    const theirs = await github.commit(branch, { [file]: 'mine' }, byHand)
    for (const members of ['li wang zhao', 'li']) {
      const { applied } = await proposalNight(github, staff(members))
      const stopped = { code: 'github-foreign-commit', branch, commit: theirs.slice(0, 10) }
      expect(applied).toMatchObject({ changed: false, done: [], stopped })
      expect(await github.head(branch)).toBe(theirs)
    }
    expect(github.comments(1)).toHaveLength(1)
    expect(github.comments(1)[0]?.body).toContain(theirs.slice(0, 10))
  })

  test('a commit that was amended is theirs', async () => {
    const github = await proposed()
    const [ours] = await github.log(branch)
    const main = (await github.head('main')) ?? ''
    await github.forcePush(branch, main)
    const theirs = await github.commit(
      branch,
      { [file]: 'mine' },
      { ...byHand, message: ours?.message ?? '' },
    )
    const { applied } = await proposalNight(github, staff('li'))
    expect(applied).toMatchObject({ stopped: { code: 'github-foreign-commit' } })
    expect(await github.head(branch)).toBe(theirs)
  })

  test('a branch of that name with another history, and without a pull request, is theirs', async () => {
    const github = await start()
    const tree = (await github.git('rev-parse', 'main^{tree}')).trim()
    const orphan = (await github.git(...asLin, 'commit-tree', tree, '-m', 'Mine')).trim()
    await github.forcePush(branch, orphan)
    const { applied } = await proposalNight(github, staff('li'))
    expect(applied).toMatchObject({ changed: false, stopped: { code: 'github-foreign-commit' } })
    expect(applied?.delivery).toBeUndefined()
    expect(await github.head(branch)).toBe(orphan)
  })

  test('"Update branch", even pressed twice, is nobody’s work', async () => {
    const github = await proposed()
    for (const text of ['a', 'b']) {
      await github.commit('main', { 'notes.md': text }, byHand)
      await github.updateBranch(1)
    }
    const { applied } = await proposalNight(github, staff('li wang zhao'))
    expect(applied).toMatchObject({ delivery: { pullRequest: { number: 1, state: 'updated' } } })
  })

  test('a merge in which somebody changed people is theirs', async () => {
    const github = await proposed()
    await github.commit('main', { 'notes.md': 'n' }, byHand)
    await github.updateBranch(1)
    const tip = (await github.head(branch)) ?? ''
    const parents = (await github.git('rev-parse', `${tip}^1`, `${tip}^2`)).trim().split('\n')
    await github.commit('scratch', { [file]: 'mine' }, byHand)
    const tree = (await github.git('rev-parse', 'scratch^{tree}')).trim()
    const merge = await github.git(
      ...asLin,
      'commit-tree',
      tree,
      ...parents.flatMap((id) => ['-p', id]),
      '-m',
      'Merge',
    )
    await github.forcePush(branch, merge.trim())
    const { applied } = await proposalNight(github, staff('li wang zhao'))
    expect(applied).toMatchObject({ stopped: { code: 'github-foreign-commit' } })
  })

  test.each([false, true])(
    'a closed pull request stays closed while it would show the same (branch gone: %s)',
    async (gone) => {
      const github = await proposed()
      github.closePull(1)
      if (gone) await github.deleteBranch(branch)
      const same = await proposalNight(github, staff('li wang'))
      expect(same.applied).toMatchObject({
        changed: false,
        findings: [{ code: 'github-pull-declined', number: 1 }],
        delivery: { pullRequest: { state: 'declined' } },
      })
      expect(github.pulls).toMatchObject([{ state: 'closed' }])

      const { applied } = await proposalNight(github, staff('li wang zhao'))
      expect(applied).toMatchObject({
        changed: true,
        delivery: { pullRequest: gone ? { number: 2, state: 'opened' } : { number: 1, state: 'reopened' } },
      })
    },
  )

  test('a pull request on which somebody works is not closed', async () => {
    const github = await proposed()
    const theirs = await github.commit(branch, { 'notes.md': 'mine' }, byHand)
    await github.commit('main', { [file]: await snapshotOn(github, branch) }, byHand)
    const { applied } = await proposalNight(github, staff('li wang'))
    expect(applied).toMatchObject({ changed: false, delivery: { pullRequest: { state: 'same' } } })
    expect(github.pulls).toMatchObject([{ state: 'open' }])
    expect(await github.head(branch)).toBe(theirs)
  })
})

describe('races', () => {
  /** Something that happens right before the branch is moved. */
  async function during(before: (github: GithubSandbox) => Promise<unknown>) {
    const github = await proposed()
    const race: GithubEffect = {
      before: async () => {
        await before(github)
      },
    }
    github.faults.push({ call: 'git/update-ref', do: race })
    const { applied } = await proposalNight(github, staff('li wang zhao'))
    return { github, applied }
  }

  test('a person commits to the branch: theirs stays', async () => {
    let theirs = ''
    const { github, applied } = await during(async (sandbox) => {
      theirs = await sandbox.commit(branch, { 'notes.md': 'mine' }, byHand)
    })
    expect(applied).toMatchObject({ changed: false, stopped: { code: 'github-foreign-commit' } })
    expect(await github.head(branch)).toBe(theirs)
  })

  test.each([
    ['merge', false],
    ['merge', true],
    ['squash', false],
    ['squash', true],
  ] as const)(
    'it is merged (%s, branch deleted: %s): a new one shows what is left',
    async (method, deleteBranch) => {
      const { github, applied } = await during(async (sandbox) => sandbox.merge(1, method, { deleteBranch }))
      expect(applied).toMatchObject({
        changed: true,
        delivery: { pullRequest: { number: 2, state: 'opened' } },
      })
      expect(github.pulls).toMatchObject([{ merged: true }, { state: 'open' }])
      expect((await github.git('diff', '--numstat', `main...${branch}`)).trim()).toBe(`5\t0\t${file}`)
    },
  )

  test('the branch is deleted: it and its pull request are made anew', async () => {
    const { github, applied } = await during(async (sandbox) => sandbox.deleteBranch(branch))
    expect(applied).toMatchObject({ changed: true, delivery: { pullRequest: { state: 'opened' } } })
    expect(github.pulls.filter(({ state }) => state === 'open')).toHaveLength(1)
  })

  test('another run makes the branch first: it is gone on from', async () => {
    const github = await start()
    const before = async () => {
      await proposalNight(github, staff('li'))
    }
    github.faults.push({ call: 'git/create-ref', do: { before } })
    const { applied } = await proposalNight(github, staff('li wang'))
    expect(applied).toMatchObject({ delivery: { pullRequest: { number: 1, state: 'updated' } } })
    expect(github.pulls).toHaveLength(1)
  })
})

describe('what GitHub refuses', () => {
  test('the setting that forbids pull requests: the branch is there, and the remedy told', async () => {
    const github = await start({ workflowsMayCreatePulls: false })
    const { applied } = await proposalNight(github, staff('li'))
    expect(applied).toMatchObject({
      changed: false,
      stopped: { code: 'github-pulls-forbidden', repository: 'acme/directory' },
    })
    expect(await snapshotOn(github, branch)).toContain('"li":')
  })

  test('once it is allowed, the branch gets its pull request', async () => {
    const github = await start()
    const [status, message] = [403, 'GitHub Actions is not permitted to create or approve pull requests.']
    github.faults.push({ call: 'pulls/create', do: { status, message } })
    await proposalNight(github, staff('li'))
    const { applied } = await proposalNight(github, staff('li'))
    expect(applied).toMatchObject({ changed: true, delivery: { pullRequest: { state: 'opened' } } })
    expect(await github.log(branch)).toHaveLength(2)
  })

  test.each<[string, Parameters<typeof start>[0], object]>([
    ['no pull-requests: write', { permissions: { pull_requests: 'read' } }, { permission: 'pull-requests' }],
    ['no contents: write', { permissions: { contents: 'read' } }, { permission: 'contents' }],
  ])('%s is told', async (_, options, stopped) => {
    const github = await start(options)
    const { applied } = await proposalNight(github, staff('li'))
    expect(applied).toMatchObject({ changed: false, stopped: { code: 'github-permission', ...stopped } })
    expect(github.pulls).toEqual([])
  })

  test.each(['git/create-ref', 'git/update-ref'] as const)('a rule about our branch at %s', async (call) => {
    const github = await (call === 'git/create-ref' ? start() : proposed())
    const message = 'Repository rule violations found\n\nCannot change this protected ref.\n\n'
    github.faults.push({ call, do: { status: 422, message } })
    const { applied } = await proposalNight(github, staff('li'))
    expect(applied).toMatchObject({ changed: false, stopped: { code: 'github-branch-protected', branch } })
  })

  test('no such base', async () => {
    const github = await start({ defaultBranch: 'trunk' })
    expect(await problemsWhen(proposalNight(github, staff('li')))).toEqual([
      { code: 'github-branch-missing', branch: 'main' },
    ])
  })

  test('reviewers it does not take are a warning, and the others are asked', async () => {
    const github = await start({ reviewers: ['lin-yue'] })
    const { applied } = await proposalNight(github, staff('li'), { reviewers: ['lin-yue', 'acme/it'] })
    expect(applied).toMatchObject({
      changed: true,
      findings: [{ code: 'github-reviewers', names: ['acme/it'] }],
    })
    expect(github.pulls).toMatchObject([{ reviewers: ['lin-yue'] }])
  })

  test('labels it does not take are a warning', async () => {
    const github = await start()
    github.faults.push({ call: 'issues/add-labels', do: { status: 422, message: 'Validation Failed' } })
    const { applied } = await proposalNight(github, staff('li'), { labels: ['x'] })
    expect(applied).toMatchObject({ findings: [{ code: 'github-labels', names: ['x'] }] })
  })
})

describe('GitHub out of order', () => {
  const first = [
    'pulls/list',
    'repos/get-branch',
    'git/create-tree',
    'git/create-commit',
    'git/create-ref',
    'pulls/create',
    'issues/add-labels',
    'pulls/request-reviewers',
  ] as const
  const second = ['repos/compare-commits', 'git/get-commit', 'git/update-ref', 'pulls/update'] as const
  const passing: readonly [string, GithubEffect][] = [
    ['is cut after it was done', 'reset-after'],
    ['is limited', secondaryRateLimit(3)],
  ]
  const night = { labels: ['people'], reviewers: ['lin-yue'] }

  test.each(
    [...first, ...second].flatMap((call) => passing.map(([name, mishap]) => [call, name, mishap] as const)),
  )('%s %s: it is made good', async (call, _, mishap) => {
    const github = await start({ reviewers: ['lin-yue'] })
    if (second.some((each) => each === call)) await proposalNight(github, staff('li'), night)
    github.faults.push({ call, do: mishap })
    const { applied } = await proposalNight(github, [worker('li', '经理')], night)
    expect(applied).toMatchObject({ changed: true, findings: [] })
    expect(applied?.stopped).toBeUndefined()
    expect(github.pulls).toMatchObject([{ state: 'open', labels: ['people'], reviewers: ['lin-yue'] }])
    expect(await snapshotOn(github, branch)).toContain('经理')
  })

  test.each([...first, ...second])(
    '%s stays out of order: nothing is lost, and the next night makes it good',
    async (call) => {
      const github = await start({ reviewers: ['lin-yue'] })
      if (second.some((each) => each === call)) await proposalNight(github, staff('li'), night)
      const fault = { call, times: 99, do: 'html' } as const
      github.faults.push(fault)
      await proposalNight(github, [worker('li', '经理')], night).catch(() => undefined)
      expect(await snapshotOn(github, 'main')).toBe('')
      github.faults.length = 0
      const { applied } = await proposalNight(github, [worker('li', '经理')], night)
      expect(applied?.stopped).toBeUndefined()
      expect(github.pulls).toMatchObject([{ state: 'open' }])
      expect(await snapshotOn(github, branch)).toContain('经理')
    },
  )
})
