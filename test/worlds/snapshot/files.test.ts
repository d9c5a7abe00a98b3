import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { localStore } from '../../../src/snapshot/files.ts'
import { snapshotSource } from '../../../src/snapshot/source.ts'
import { snapshotTarget } from '../../../src/snapshot/target.ts'
import { corpId } from '../../make.ts'
import { aPlanned, defaultFields, problemsWhen, sample } from './people.ts'

let folder: string
let file: string

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'snapshot-'))
  file = path.join(folder, 'people.yaml')
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

/** Lists, then replaces, as a run does. */
async function replace(files: Readonly<Record<string, string | undefined>>, places = Object.keys(files)) {
  const store = localStore(folder)
  const { basis } = await store.list(places)
  return store.replace(new Map(Object.entries(files)), aPlanned(), basis)
}

async function read(name: string): Promise<string | undefined> {
  const listing = await localStore(folder).list([name])
  return listing.ids.has(name) ? listing.read(name) : undefined
}

describe('a file of this machine', () => {
  test('is written with the folders it lies in, and nothing else is left there', async () => {
    await replace({ 'a/b/people.yaml': '陈明\n' })
    expect(await read('a/b/people.yaml')).toBe('陈明\n')
    expect(await readdir(path.join(folder, 'a', 'b'))).toEqual(['people.yaml'])
  })

  test('is replaced, and keeps its mode', async () => {
    await writeFile(file, 'old')
    await chmod(file, 0o640)
    expect(await replace({ 'people.yaml': 'new' })).toEqual({ changed: true })
    expect(await readFile(file, 'utf8')).toBe('new')
    expect((await stat(file)).mode & 0o777).toBe(0o640)
  })

  test('FS-35: stays what it was when writing fails, and those before it are told', async () => {
    const long = `b/${'x'.repeat(300)}.yaml`
    await mkdir(path.join(folder, 'b'))
    await writeFile(path.join(folder, 'b', 'c.yaml'), 'theirs')
    const stopped = { code: 'snapshot-unwritable', file: long, cause: 'ENAMETOOLONG' }
    const files = { 'a.yaml': 'new', [long]: 'new', 'b/c.yaml': 'new' }
    expect(await replace(files)).toMatchObject({ changed: true, stopped })
    expect(await readFile(path.join(folder, 'b', 'c.yaml'), 'utf8')).toBe('theirs')
    expect(await readdir(path.join(folder, 'b'))).toEqual(['c.yaml'])
  })

  test('is absent, which is no error', async () => {
    expect(await read('people.yaml')).toBeUndefined()
  })

  test('may begin with a byte order mark', async () => {
    await writeFile(file, `\ufeff${sample}`)
    expect(await read('people.yaml')).toBe(sample)
  })

  test('has the id that git gives it', async () => {
    await writeFile(file, 'what is up, doc?')
    // The example of https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
    expect((await localStore(folder).list(['people.yaml'])).ids).toEqual(
      new Map([['people.yaml', 'bd9dbf5aae1a3862dd1526723246b20206e5fc37']]),
    )
  })

  test('is not written over when somebody else wrote meanwhile (FS-37)', async () => {
    await writeFile(file, 'old')
    const store = localStore(folder)
    const { basis } = await store.list(['people.yaml'])
    await writeFile(file, 'theirs')
    const ours = new Map([['people.yaml', 'ours']])
    const problems = await problemsWhen(store.replace(ours, aPlanned(), basis))
    expect(problems).toEqual([{ code: 'target-moved', place: 'people.yaml' }])
    expect(await readFile(file, 'utf8')).toBe('theirs')
  })

  test('goes, and its folder with it when it was the last there', async () => {
    await mkdir(path.join(folder, 'people', 'users'), { recursive: true })
    await writeFile(path.join(folder, 'people', 'users', '00.yaml'), 'old')
    await writeFile(path.join(folder, 'people', 'README.md'), 'kept')
    expect(await replace({ 'people/users/00.yaml': undefined }, ['people/users/'])).toEqual({ changed: true })
    expect(await readdir(path.join(folder, 'people'))).toEqual(['README.md'])
  })

  test('of a folder is listed when it is YAML and right in it', async () => {
    await mkdir(path.join(folder, 'people', 'users', 'deep'), { recursive: true })
    for (const name of ['departments.yaml', 'README.md', 'users/00.yaml', 'users/deep/01.yaml'])
      await writeFile(path.join(folder, 'people', name), name)
    const listed = await localStore(folder).list(['people/', 'people/users/', 'gone/'])
    expect([...listed.ids.keys()]).toEqual(['people/departments.yaml', 'people/users/00.yaml'])
  })
})

describe('the snapshot in it', () => {
  const place = () => ({ path: 'people.yaml', store: localStore(folder) })

  test('is read back as it was written', async () => {
    const { reader, writer } = snapshotTarget({ ...place(), fields: defaultFields, corpId, syncer: 'wecom' })
    await writeFile(file, sample)
    const { current, basis } = await reader.read(corpId, [])
    expect(await writer.write(aPlanned([], current.departments), basis)).toMatchObject({ changed: false })
    expect(await readFile(file, 'utf8')).toBe(sample)
  })

  test('of other bytes than UTF-8 cannot be read', async () => {
    await writeFile(file, Buffer.from([0xff, 0xfe, 0x41]))
    expect(await problemsWhen(snapshotSource(place()).fetch())).toEqual([
      {
        code: 'snapshot-unreadable',
        file: 'people.yaml',
        cause: expect.stringContaining('UTF-8') as string,
      },
    ])
  })

  test('in a folder that cannot be listed cannot be read', async () => {
    await writeFile(file, sample)
    const inside = { path: 'people.yaml', store: localStore(file) }
    expect(await problemsWhen(snapshotSource(inside).fetch())).toEqual([
      { code: 'snapshot-unreadable', file: './', cause: 'ENOTDIR' },
    ])
  })

  test('that cannot be written is told, with the plan', async () => {
    const below = `${'x'.repeat(300)}.yaml`
    const { reader, writer } = snapshotTarget({
      ...place(),
      path: below,
      fields: defaultFields,
      corpId,
      syncer: 'wecom',
    })
    const { basis } = await reader.read(corpId, [])
    expect(await writer.write(aPlanned(), basis)).toEqual({
      done: [],
      failed: [],
      remarks: [],
      changed: false,
      stopped: { code: 'snapshot-unwritable', file: below, cause: 'ENAMETOOLONG' },
    })
  })
})
