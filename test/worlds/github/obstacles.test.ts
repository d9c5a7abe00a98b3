import { describe, expect, test } from 'vitest'
import type { Content } from '../../../sandbox/github/person.ts'
import { deliveryChecker } from '../../../src/github/check.ts'
import { branchStore } from '../../../src/github/branch.ts'
import { snapshotTarget } from '../../../src/snapshot/target.ts'
import { corpId } from '../../make.ts'
import { defaultFields, problemsWhen } from '../snapshot/people.ts'
import { gitFor, githubFor, start } from './desk.ts'
import { branch, commitNight, file, proposalNight, staff } from './night.ts'

/*
 * What lies in a real repository at the path of the snapshot and is no plain file of that name: both deliveries and
 * the check stop, and no commit, branch or pull request is made.
 */

const people = 'li wang'

/** A repository with a snapshot in both forms, and with what a person then does to it. */
async function after(edits: Readonly<Record<string, Content>>) {
  const github = await start()
  await commitNight(github, staff(people), { path: 'people/' })
  await github.commit('main', { ...(await github.filesAt('main')), ...edits })
  return github
}

async function problemsAt(path: string, edits: Readonly<Record<string, Content>>) {
  const github = await after(edits)
  const head = await github.head('main')
  const [own] = await problemsWhen(commitNight(github, staff('zhao'), { path }))
  expect(await problemsWhen(proposalNight(github, staff('zhao'), { path }))).toEqual([own])
  const store = branchStore(gitFor(github), {
    branch: 'main',
    commitText: () => ({ message: '', title: '', body: () => '' }),
  })
  const target = { path, store, fields: defaultFields, corpId, syncer: 'wecom' }
  expect(await snapshotTarget(target).checker.check()).toEqual([
    { name: 'snapshot-file', mark: 'fail', problems: [own] },
  ])
  expect([await github.head('main'), await github.head(branch), github.pulls]).toEqual([head, undefined, []])
  return own
}

const linkTo = (text: string): Content => ({ mode: '120000', text })
const submodule: Content = { mode: '160000', text: '0123456789abcdef0123456789abcdef01234567' }
const obstacle = (path: string, what: string, found = path) => ({
  code: 'snapshot-obstacle',
  file: path,
  what,
  found,
})
/** The files of `li` and `wang`. */
const [shard, other] = ['people/users/00.yaml', 'people/users/2a.yaml']

describe('G6 and G13: what git holds at the path', () => {
  test.each<[string, string, Readonly<Record<string, Content>>, object]>([
    ['a link', file, { [file]: linkTo('people/departments.yaml') }, obstacle(file, 'link')],
    ['a link to nothing', file, { [file]: linkTo('gone') }, obstacle(file, 'link')],
    ['a link on the way', 'a/b/c.yaml', { a: linkTo('people') }, obstacle('a', 'link')],
    ['a link in place of the directory', 'staff/', { staff: linkTo('people') }, obstacle('staff', 'link')],
    [
      'a link in place of the other form',
      'staff.yaml',
      { staff: linkTo('people') },
      obstacle('staff', 'link'),
    ],
    [
      'a link in place of the departments',
      'people/',
      { 'people/departments.yaml': linkTo('../x') },
      obstacle('people/departments.yaml', 'link'),
    ],
    ['a link in place of some people', 'people/', { [shard]: linkTo('../x') }, obstacle(shard, 'link')],
    ['a submodule', 'sub/people.yaml', { sub: submodule }, obstacle('sub', 'submodule')],
    ['a submodule of the file’s name', file, { [file]: submodule }, obstacle(file, 'submodule')],
    ['a submodule in place of some people', 'people/', { [shard]: submodule }, obstacle(shard, 'submodule')],
    ['a folder', file, { [`${file}/x`]: '' }, obstacle(file, 'folder')],
    ['the directory without its `/`', 'people', {}, obstacle('people', 'folder')],
    ['a file in place of the directory', 'staff/', { staff: '' }, obstacle('staff', 'file')],
    ['a file on the way', 'staff/a.yaml', { staff: '' }, obstacle('staff', 'file')],
    ['a twin of the file', file, { 'WeCom-Users.yaml': '' }, obstacle(file, 'twin', 'WeCom-Users.yaml')],
    ['a twin of the directory', 'People/', {}, obstacle('People', 'twin', 'people')],
    ['a twin on the way', 'PEOPLE/x.yaml', {}, obstacle('PEOPLE', 'twin', 'people')],
  ])('%s stops the run', async (_, path, edits, problem) => {
    expect(await problemsAt(path, edits)).toEqual(problem)
  })

  test('an executable file is a plain one, and stays executable', async () => {
    const github = await start()
    await commitNight(github, staff('li'))
    const text = (await github.filesAt('main'))[file] ?? ''
    await github.commit('main', { [file]: { mode: '100755', text } })
    expect((await commitNight(github, staff('li'))).applied).toMatchObject({ changed: false })
    const { plan, applied } = await commitNight(github, staff(people))
    expect([plan.changes.length, applied?.changed]).toEqual([1, true])
    expect(await github.git('ls-tree', 'main', file)).toMatch(/^100755 blob/)
    await proposalNight(github, staff('li wang zhao'))
    expect(await github.git('ls-tree', branch, file)).toMatch(/^100755 blob/)
  })
})

describe('G7 and G11: what is in the files', () => {
  test('a pointer of Git LFS is named', async () => {
    const text = `version https://git-lfs.github.com/spec/v1\noid sha256:${'ab'.repeat(32)}\nsize 1\n`
    for (const path of [shard, 'people/departments.yaml'])
      expect(await problemsAt('people/', { [path]: text })).toEqual({
        code: 'snapshot-invalid',
        file: path,
        line: 1,
        fault: { kind: 'lfs' },
      })
  })

  test('a file that was lost in a merge stops the run', async () => {
    expect(await problemsAt('people/', { [shard]: null })).toEqual({
      code: 'snapshot-part-missing',
      file: shard,
      place: 'people/departments.yaml',
      count: 1,
    })
    expect(await problemsAt('people/', { [shard]: null, [other]: null })).toMatchObject({ count: 2 })
  })
})

describe('G5: bytes that say the same', () => {
  test.each(['wecom-users.yaml', 'people/'])('%s: no commit, and no pull request', async (path) => {
    const github = await start()
    await commitNight(github, staff(people), { path })
    const texts = Object.entries(await github.filesAt('main')).map(([name, text]) => [
      name,
      `# By hand\n${text}`.replaceAll('\n', '\r\n'),
    ])
    const head = await github.commit('main', Object.fromEntries(texts) as Record<string, string>)
    const { plan, applied } = await commitNight(github, staff(people), { path })
    expect([plan.changes, applied?.changed]).toEqual([[], false])
    expect((await proposalNight(github, staff(people), { path })).applied).toMatchObject({ changed: false })
    expect([await github.head('main'), github.pulls]).toEqual([head, []])
  })

  test('a pull request is closed when only bytes would be left of it', async () => {
    const github = await start()
    await commitNight(github, staff('li'))
    await proposalNight(github, staff(people))
    const text = (await github.filesAt(branch))[file] ?? ''
    await github.commit('main', { [file]: text.replaceAll('\n', '\r\n') })
    expect((await proposalNight(github, staff(people))).applied).toMatchObject({
      delivery: { pullRequest: { state: 'closed' } },
    })
  })
})

describe('G9: a branch that was renamed', () => {
  const renamed = { code: 'github-branch-renamed', branch: 'main', other: 'trunk' }

  test('stops both deliveries and the check, and no branch is made', async () => {
    const github = await start()
    await commitNight(github, staff('li'))
    await github.renameBranch('main', 'trunk')
    const head = await github.head('trunk')
    expect(await problemsWhen(commitNight(github, staff(people)))).toEqual([renamed])
    expect(await problemsWhen(proposalNight(github, staff(people)))).toEqual([renamed])
    const settings = { git: gitFor(github), github: githubFor(github), branch: 'main', syncer: 'wecom' }
    for (const kind of ['commit', 'pull-request'] as const)
      expect(await deliveryChecker({ ...settings, kind }).check()).toMatchObject([
        { name: 'github-branch', mark: 'fail', problems: [renamed] },
        {},
      ])
    expect(await github.git('for-each-ref', '--format=%(refname:short) %(objectname)')).toBe(
      `trunk ${head}\n`,
    )
  })

  test('of a pull request is not ours any more: another one is opened', async () => {
    const github = await start()
    await proposalNight(github, staff('li'))
    await github.renameBranch(branch, 'people')
    const theirs = await github.head('people')
    expect((await proposalNight(github, staff(people))).applied).toMatchObject({
      delivery: { pullRequest: { state: 'opened' } },
    })
    expect(await github.head('people')).toBe(theirs)
    expect(github.pulls.map(({ head }) => head)).toEqual(['people', branch])
  })
})

describe('G10: what GitHub refuses in few words', () => {
  test('a branch in the way is named, and the check finds it', async () => {
    const github = await start()
    await github.commit('wecom-syncer', {})
    const blocked = { code: 'github-branch-blocked', branch, other: 'wecom-syncer' }
    expect((await proposalNight(github, staff('li'))).applied).toMatchObject({
      changed: false,
      stopped: blocked,
    })
    const settings = { git: gitFor(github), github: githubFor(github), branch: 'main', syncer: 'wecom' }
    expect(await deliveryChecker({ ...settings, kind: 'pull-request' }).check()).toMatchObject([
      { mark: 'fail', problems: [blocked] },
      {},
    ])
    expect(await deliveryChecker({ ...settings, kind: 'commit' }).check()).toMatchObject([
      { mark: 'pass' },
      {},
    ])
    await github.deleteBranch('wecom-syncer')
    expect((await proposalNight(github, staff('li'))).applied).toMatchObject({ changed: true })
  })

  test('a branch below is not found by name, and GitHub’s words stand', async () => {
    const github = await start()
    await github.commit(`${branch}/old`, {})
    expect((await proposalNight(github, staff('li'))).applied).toMatchObject({
      stopped: { code: 'github-refused', message: 'Reference update failed' },
    })
  })

  test.each([
    [[{ resource: 'PullRequest', field: 'base', code: 'invalid' }], 'PullRequest.base invalid'],
    [[{ resource: 'PullRequest', code: 'custom', message: 'No commits' }], 'No commits'],
    [
      [
        { resource: 'Label', field: 'name', code: 'already_exists' },
        { resource: 'Label', code: 'missing_field' },
      ],
      'Label.name already_exists: Label missing_field',
    ],
    [['Just words'], 'Just words'],
    [[{}, null, 7], ''],
  ])('%j is shown', async (errors, words) => {
    const github = await start()
    const wrongs = errors as { readonly resource: string; readonly code: string }[]
    github.faults.push({
      call: 'pulls/create',
      do: { status: 422, message: 'Validation Failed', errors: wrongs },
    })
    const message = words === '' ? 'Validation Failed' : `Validation Failed: ${words}`
    expect((await proposalNight(github, staff('li'))).applied).toMatchObject({
      stopped: { code: 'github-refused', call: 'pulls/create', status: 422, message },
    })
  })
})
