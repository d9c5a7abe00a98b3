import { describe, expect, test } from 'vitest'
import { findFiles, type Entry } from '../../../src/model/places.ts'

/** A tree by folders: names with what they stand for. */
type Tree = Readonly<Record<string, Readonly<Record<string, Entry['kind']>>>>

async function look(tree: Tree, ...places: readonly string[]) {
  const { files, obstacles } = await findFiles(places, async (folder) =>
    Object.entries(tree[folder] ?? {}).map(([name, kind]): Entry => ({ name, kind })),
  )
  return { files: [...files.keys()], obstacles }
}

const tree: Tree = {
  '': { 'people.yaml': 'file', people: 'folder', Data: 'folder', 'link.yaml': 'link', sub: 'submodule' },
  'people/': { 'departments.yaml': 'file', users: 'folder' },
  'people/users/': {
    '00.yaml': 'file',
    '01.YML': 'file',
    'README.md': 'link',
    '02.yaml': 'special',
    old: 'folder',
  },
}

describe('G6: looking for files', () => {
  test('finds plain files, and the YAML files right in a folder', async () => {
    expect(await look(tree, 'people.yaml', 'people/departments.yaml')).toEqual({
      files: ['people.yaml', 'people/departments.yaml'],
      obstacles: [],
    })
    expect(await look(tree, 'people/users/')).toEqual({
      files: ['people/users/00.yaml', 'people/users/01.YML'],
      obstacles: [{ place: 'people/users/', path: 'people/users/02.yaml', what: 'special' }],
    })
  })

  test('finds nothing where nothing is, nor the folder it would lie in', async () => {
    expect(await look(tree, 'a.yaml', 'a/b/c.yaml', 'people/x/y/', 'people/users/old/z/')).toEqual({
      files: [],
      obstacles: [],
    })
  })

  test.each<[string, object]>([
    ['people', { path: 'people', what: 'folder' }],
    ['people.yaml/', { path: 'people.yaml', what: 'file' }],
    ['people.yaml/a/b.yaml', { path: 'people.yaml', what: 'file' }],
    ['link.yaml', { path: 'link.yaml', what: 'link' }],
    ['link.yaml/a.yaml', { path: 'link.yaml', what: 'link' }],
    ['sub/people.yaml', { path: 'sub', what: 'submodule' }],
    ['People.yaml', { path: 'People.yaml', what: 'twin', found: 'people.yaml' }],
    ['data/a.yaml', { path: 'data', what: 'twin', found: 'Data' }],
    ['people/USERS/', { path: 'people/USERS', what: 'twin', found: 'people/users' }],
  ])('%s meets an obstacle', async (place, obstacle) => {
    expect(await look(tree, place)).toEqual({ files: [], obstacles: [{ place, ...obstacle }] })
  })

  test('does not choose between twins, in case or in how an accent is encoded', async () => {
    const both = { '': { 'caf\u00e9.yaml': 'file', 'CAFE\u0301.yaml': 'file' } } as const
    expect(await look(both, 'caf\u00e9.yaml')).toMatchObject({
      files: ['caf\u00e9.yaml'],
      obstacles: [{ what: 'twin', found: 'CAFE\u0301.yaml' }],
    })
    const folder = { '': { a: 'folder' }, 'a/': { '0d.yaml': 'file', '0D.yaml': 'file' } } as const
    expect((await look(folder, 'a/')).obstacles.map(({ path }) => path)).toEqual(['a/0d.yaml', 'a/0D.yaml'])
  })
})
