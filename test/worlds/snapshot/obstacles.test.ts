import { execFile } from 'node:child_process'
import { lstat, mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { localStore } from '../../../src/snapshot/files.ts'
import { printFiles } from '../../../src/snapshot/layout.ts'
import { snapshotSource } from '../../../src/snapshot/source.ts'
import { snapshotTarget } from '../../../src/snapshot/target.ts'
import { sync } from '../../../src/sync.ts'
import { aDirectory, aMember, aPolicy, aRow, corpId } from '../../make.ts'
import { aPerson, aSnapshot, defaultFields, problemsWhen, sample } from './people.ts'

/*
 * What lies at the path in a workspace, or on the way to it, and is no plain file of that exact name: the source, the
 * target and the check stop, and not a byte is changed.
 */

const run = promisify(execFile)

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'snapshot-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

const at = (name: string): string => path.join(folder, name)

async function put(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(at(name)), { recursive: true })
    await writeFile(at(name), text)
  }
}

async function link(name: string, to: string): Promise<void> {
  await mkdir(path.dirname(at(name)), { recursive: true })
  await symlink(to, at(name))
}

/** The people of the directory form: `ba` and `0d`. */
const shards = Object.fromEntries(
  printFiles('people/', aSnapshot({ users: ['ChenMing', 'zhao_q'].map((userid) => aPerson({ userid })) })),
)

/** Everything in the folder but git's own: names, kinds, links and texts. */
async function everything(): Promise<readonly string[]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => !name.startsWith('.git/'))
  const said = names.map(async (name) => {
    const found = await lstat(at(name))
    if (found.isSymbolicLink()) return `${name} -> ${await readlink(at(name))}`
    return found.isFile() ? `${name} ${found.mode} ${await readFile(at(name), 'utf8')}` : name
  })
  return (await Promise.all(said)).toSorted()
}

/** The one problem that source, target and check stop with. */
async function problemsAt(place: string) {
  const before = await everything()
  const options = { path: place, store: localStore(folder) }
  const target = snapshotTarget({ ...options, fields: defaultFields, corpId, syncer: 'wecom' })
  const source = { fetch: async () => aDirectory([aRow(aMember({ userid: 'li' }))]) }
  const [own] = await problemsWhen(sync({ source, ...target, policy: aPolicy() }))
  expect(await problemsWhen(snapshotSource(options).fetch())).toEqual([own])
  expect(await target.checker.check()).toEqual([{ name: 'snapshot-file', mark: 'fail', problems: [own] }])
  expect(await everything()).toEqual(before)
  return own
}

const obstacle = (file: string, what: string, found = file) => ({
  code: 'snapshot-obstacle',
  file,
  what,
  found,
})

describe('G6: a symbolic link', () => {
  test.each([
    ['to a snapshot', 'real.yaml'],
    ['out of the workspace', '/etc/hostname'],
    ['to nothing', 'gone.yaml'],
    ['to a folder', 'real/'],
  ])('%s is not followed', async (_, to) => {
    await put({ 'real.yaml': sample, 'real/x.yaml': sample })
    await link('people.yaml', to)
    expect(await problemsAt('people.yaml')).toEqual(obstacle('people.yaml', 'link'))
  })

  test.each([
    ['in place of the directory', 'people', 'real'],
    ['in place of the folder of people', 'people/users', '../real/users'],
    ['in place of the departments', 'people/departments.yaml', '../real/departments.yaml'],
    ['in place of some people', 'people/users/0d.yaml', '../../real/users/0d.yaml'],
  ])('%s is not followed', async (_, name, to) => {
    await put(
      Object.fromEntries(
        Object.entries(shards).map(([file, text]) => [file.replace('people', 'real'), text]),
      ),
    )
    if (name !== 'people') await put({ ...shards })
    await rm(at(name), { recursive: true, force: true })
    await link(name, to)
    expect(await problemsAt('people/')).toEqual(obstacle(name, 'link'))
  })

  test('on the way is not followed', async () => {
    await put({ 'real/b/people.yaml': sample })
    await link('a', 'real')
    expect(await problemsAt('a/b/people.yaml')).toEqual(obstacle('a', 'link'))
  })

  test('where the other form would lie hides it', async () => {
    await link('people', 'real')
    expect(await problemsAt('people.yaml')).toEqual(obstacle('people', 'link'))
    await put({ 'people.yaml': sample })
    expect(
      await problemsWhen(snapshotSource({ path: 'people.yaml', store: localStore(folder) }).fetch()),
    ).toEqual([])
  })

  test('that appears while the run works is not written through', async () => {
    const store = localStore(folder)
    const { basis } = await store.list(['people.yaml'])
    await put({ 'real.yaml': sample })
    await link('people.yaml', 'real.yaml')
    const files = new Map([['people.yaml', 'new']])
    const planned = {} as Parameters<typeof store.replace>[1]
    expect(await problemsWhen(store.replace(files, planned, basis))).toEqual([
      { code: 'target-moved', place: 'people.yaml' },
    ])
    expect(await readFile(at('real.yaml'), 'utf8')).toBe(sample)
  })

  test('next to the snapshot is nobody’s business', async () => {
    await put({ ...shards })
    await link('people/users/README.md', '../../x')
    await link('people/notes.yaml', 'gone')
    expect(
      await problemsWhen(snapshotSource({ path: 'people/', store: localStore(folder) }).fetch()),
    ).toEqual([])
  })
})

describe('G6: a submodule', () => {
  async function git(...args: readonly string[]): Promise<void> {
    const settings = ['protocol.file.allow=always', 'user.name=Lin Yue', 'user.email=lin.yue@example.com']
    await run('git', [...settings.flatMap((each) => ['-c', each]), ...args], { cwd: folder })
  }

  test.each(['checked out', 'not checked out'])('%s is no folder of this repository', async (state) => {
    await put({ 'other/people.yaml': sample })
    await git('init', '--quiet', 'other')
    await git('-C', 'other', 'add', '.')
    await git('-C', 'other', 'commit', '--quiet', '-m', 'People')
    await git('init', '--quiet', '.')
    await git('submodule', '--quiet', 'add', './other', 'data/people')
    if (state === 'not checked out') await git('submodule', '--quiet', 'deinit', '--force', 'data/people')
    expect(await problemsAt('data/people/people.yaml')).toEqual(obstacle('data/people', 'submodule'))
    expect(await problemsAt('data/people/')).toEqual(obstacle('data/people', 'submodule'))
  })

  test('is none where another repository is checked out on purpose', async () => {
    await put({ 'directory/people.yaml': sample })
    await git('init', '--quiet', 'directory')
    const options = { path: 'directory/people.yaml', store: localStore(folder) }
    expect(await problemsWhen(snapshotSource(options).fetch())).toEqual([])
  })
})

describe('G6: a twin in other letters', () => {
  test.each([
    ['of the file', 'People.YAML', 'people.yaml', 'people.yaml', 'People.YAML'],
    ['of a folder on the way', 'Data/people.yaml', 'data/people.yaml', 'data', 'Data'],
    ['of the directory', 'PEOPLE/departments.yaml', 'people/', 'people', 'PEOPLE'],
    ['of the other form', 'People/departments.yaml', 'people.yaml', 'people', 'People'],
    ['in another encoding', 'cafe\u0301.yaml', 'caf\u00e9.yaml', 'caf\u00e9.yaml', 'cafe\u0301.yaml'],
  ])('%s is neither overwritten nor doubled', async (_, there, place, file, found) => {
    await put({ [there]: sample })
    expect(await problemsAt(place)).toEqual(obstacle(file, 'twin', found))
  })

  test('of a file with people is no part of the snapshot', async () => {
    const { 'people/users/0d.yaml': text = '', ...others } = shards
    await put({ ...others, 'people/users/0D.yaml': text })
    expect(await problemsAt('people/')).toEqual({ code: 'snapshot-stray', file: 'people/users/0D.yaml' })
    await put({ 'people/users/0d.yaml': text })
    expect(await problemsAt('people/')).toMatchObject({ code: 'snapshot-obstacle', what: 'twin' })
  })
})

describe('G6: anything else', () => {
  test('a pipe is not waited for', async () => {
    await run('mkfifo', [at('people.yaml')])
    expect(await problemsAt('people.yaml')).toEqual(obstacle('people.yaml', 'special'))
  })
})

describe('G13: a file and a folder mixed up', () => {
  test.each([
    ['a folder in place of the file', 'people.yaml/x.txt', 'people.yaml', 'people.yaml', 'folder'],
    ['the directory without its `/`', 'people/departments.yaml', 'people', 'people', 'folder'],
    ['a file in place of the directory', 'people', 'people/', 'people', 'file'],
    ['a file in place of the folder of people', 'people/users', 'people/', 'people/users', 'file'],
    ['a file on the way', 'data', 'data/people.yaml', 'data', 'file'],
    [
      'a folder in place of some people',
      'people/users/0d.yaml/x',
      'people/',
      'people/users/0d.yaml',
      'folder',
    ],
  ])('%s', async (_, there, place, file, what) => {
    await put({ [there]: '' })
    expect(await problemsAt(place)).toEqual(obstacle(file, what))
  })

  test('another file of the other form’s name is not in the way', async () => {
    await put({ people: 'a list', 'staff.yaml/x': '' })
    for (const place of ['people.yaml', 'staff/']) {
      const { checker } = snapshotTarget({
        path: place,
        store: localStore(folder),
        fields: defaultFields,
        corpId,
        syncer: 'wecom',
      })
      expect(await checker.check()).toMatchObject([{ mark: 'pass', fact: { code: 'snapshot-new' } }])
    }
  })
})

describe('G7: what stands in for a file', () => {
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'ab'.repeat(32)}\nsize 12345\n`

  test.each([
    ['a pointer of Git LFS', pointer],
    ['one with line ends of Windows', pointer.replaceAll('\n', '\r\n')],
    ['one of the first versions', pointer.replace('git-lfs', 'hawser')],
  ])('%s is named', async (_, text) => {
    await put({ 'people.yaml': text, ...shards, 'people/users/0d.yaml': text })
    const invalid = { code: 'snapshot-invalid', line: 1, fault: { kind: 'lfs' } }
    expect(await problemsAt('people.yaml')).toEqual({ ...invalid, file: 'people.yaml' })
    expect(await problemsAt('people/')).toEqual({ ...invalid, file: 'people/users/0d.yaml' })
    await put({ 'people/departments.yaml': text })
    expect(await problemsAt('people/')).toEqual({ ...invalid, file: 'people/departments.yaml' })
  })

  test.each([
    ['a link that Windows checked out as a file', '../real/people.yaml'],
    ['a pointer of git-annex', '/annex/objects/SHA256E-s12--ab.yaml\n'],
    ['what git-crypt encrypted', '\0GITCRYPT\0\u0001\u0002'],
    ['what SOPS encrypted', `${sample}sops:\n  version: 3.9.0\n`],
    ['what Ansible encrypted', '$ANSIBLE_VAULT;1.1;AES256\n6162\n'],
    ['an empty file', ''],
    ['a page', '<!DOCTYPE html>\n<html></html>\n'],
  ])('%s stops the run too', async (_, text) => {
    await put({ 'people.yaml': text })
    expect(await problemsAt('people.yaml')).toMatchObject({ code: 'snapshot-invalid', file: 'people.yaml' })
  })
})

describe('G11: a directory that lacks a file', () => {
  test('stops the run: its people would be forbidden', async () => {
    const { 'people/users/0d.yaml': _, ...others } = shards
    await put(others)
    const missing = {
      code: 'snapshot-part-missing',
      file: 'people/users/0d.yaml',
      place: 'people/departments.yaml',
    }
    expect(await problemsAt('people/')).toEqual({ ...missing, count: 1 })
    // The other form is read from it, and the same holds.
    expect(await problemsAt('people.yaml')).toEqual({ ...missing, count: 1 })
    await rm(at('people/users'), { recursive: true })
    expect(await problemsAt('people/')).toEqual({ ...missing, count: 2 })
  })

  test('stops the run where it is the departments, in either form', async () => {
    const { 'people/departments.yaml': _, ...others } = shards
    await put(others)
    const headless = { code: 'snapshot-headless', file: 'people/departments.yaml' }
    expect(await problemsAt('people/')).toEqual(headless)
    const target = {
      path: 'people.yaml',
      store: localStore(folder),
      fields: defaultFields,
      corpId,
      syncer: 'wecom',
    }
    expect(await snapshotTarget(target).checker.check()).toMatchObject([
      { mark: 'fail', problems: [headless] },
    ])
  })
})
