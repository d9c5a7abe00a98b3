import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { localFiles } from '../../../src/snapshot/files.ts'
import { snapshotSource } from '../../../src/snapshot/source.ts'
import { snapshotTarget } from '../../../src/snapshot/target.ts'
import { corpId } from '../../make.ts'
import { problemsWhen, sample } from './people.ts'

let folder: string
let file: string

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'snapshot-'))
  file = path.join(folder, 'people.yaml')
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

describe('a file of this machine', () => {
  test('is written with the folders it lies in, and nothing else is left there', async () => {
    const deep = path.join(folder, 'a', 'b', 'people.yaml')
    await localFiles.write(deep, '陈明\n')
    expect(await localFiles.read(deep)).toBe('陈明\n')
    expect(await readdir(path.dirname(deep))).toEqual(['people.yaml'])
  })

  test('is replaced, and keeps its mode', async () => {
    await writeFile(file, 'old')
    await chmod(file, 0o640)
    await localFiles.write(file, 'new')
    expect(await readFile(file, 'utf8')).toBe('new')
    expect((await stat(file)).mode & 0o777).toBe(0o640)
  })

  test('is replaced where a link points to it', async () => {
    const link = path.join(folder, 'link.yaml')
    await writeFile(file, 'old')
    await symlink('people.yaml', link)
    await localFiles.write(link, 'new')
    expect([await readlink(link), await readFile(file, 'utf8')]).toEqual(['people.yaml', 'new'])
  })

  test('FS-35: stays what it was when writing fails', async () => {
    await mkdir(file)
    await writeFile(path.join(file, 'inside'), 'old')
    await expect(localFiles.write(file, 'new')).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/)
    expect(await readdir(folder)).toEqual(['people.yaml'])
    expect(await readFile(path.join(file, 'inside'), 'utf8')).toBe('old')
  })

  test('is absent, which is no error', async () => {
    expect(await localFiles.read(file)).toBeUndefined()
  })

  test('may begin with a byte order mark', async () => {
    await writeFile(file, `\ufeff${sample}`)
    expect(await localFiles.read(file)).toBe(sample)
  })
})

describe('the snapshot in it', () => {
  const place = () => ({ path: file, shownPath: 'people.yaml', files: localFiles })

  test('is read back as it was written', async () => {
    const { reader, writer } = snapshotTarget({ ...place(), corpId, syncer: 'wecom' })
    await writeFile(file, sample)
    await writer.write([], (await reader.read(corpId)).departments ?? [])
    expect(await readFile(file, 'utf8')).toBe(sample)
  })

  test.each<[string, () => Promise<void>, string]>([
    ['that is a folder', async () => mkdir(file), 'EISDIR'],
    ['of other bytes than UTF-8', async () => writeFile(file, Buffer.from([0xff, 0xfe, 0x41])), 'ENCODING'],
  ])('%s cannot be read', async (_, make, cause) => {
    await make()
    expect(await problemsWhen(snapshotSource(place()).fetch())).toEqual([
      { code: 'snapshot-unreadable', file: 'people.yaml', cause: expect.stringContaining(cause) as string },
    ])
  })

  test('that cannot be written is told, with the plan', async () => {
    const blocked = path.join(file, 'people.yaml')
    const files = { ...localFiles, read: async () => undefined }
    await writeFile(file, 'in the way')
    const target = snapshotTarget({ ...place(), files, path: blocked, corpId, syncer: 'wecom' })
    expect(await target.writer.write([], [])).toEqual({
      done: [],
      failed: [],
      remarks: [],
      changed: false,
      stopped: { code: 'snapshot-unwritable', file: 'people.yaml', cause: 'EEXIST' },
    })
  })
})
