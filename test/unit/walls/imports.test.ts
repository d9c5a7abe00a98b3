import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../../../sandbox/action.ts'
import { drawnArrows, isDrawn } from './rooms.ts'

/** Each file of a folder with the files of the folder that it imports, types included. */
type Graph = ReadonlyMap<string, readonly string[]>

function graphOf(folder: string): Graph {
  const files = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.replaceAll(path.sep, '/'))
  return new Map(
    files.map((file) => {
      const text = readFileSync(path.join(root, folder, file), 'utf8')
      const targets = importsIn(text).map((each) => path.posix.join(path.posix.dirname(file), each))
      return [file, targets.filter((each) => !each.startsWith('..'))]
    }),
  )
}

/** The relative paths that a file imports or exports again, in whatever form. */
function importsIn(text: string): readonly string[] {
  return [...text.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*'(\.[^']+)'/g)].map(([, file = '']) => file)
}

/** The files that reach themselves by what they import, each with the way. */
function circlesIn(graph: Graph): readonly string[] {
  return [...graph.keys()].flatMap((start) => {
    const ways = new Map((graph.get(start) ?? []).map((next) => [next, [start, next]]))
    for (const [at, way] of ways) {
      if (at === start) return way.join(' → ')
      for (const next of graph.get(at) ?? []) if (!ways.has(next)) ways.set(next, [...way, next])
    }
    return []
  })
}

describe('imports', () => {
  test.each<[string, string]>([
    ['a value', `import { a } from './a.ts'`],
    ['a type', `import type { A } from './a.ts'`],
    ['over several lines', `import {\n  a,\n} from './a.ts'`],
    ['nothing but the file', `import './a.ts'`],
    ['on demand', `const { a } = await import('./a.ts')`],
    ['a type in its place', `export type B = import('./a.ts').A`],
    ['again', `export * from './a.ts'`],
  ])('of %s are seen', (_, line) => {
    expect(importsIn(`${line}\nimport path from 'node:path'\n`)).toEqual(['./a.ts'])
  })

  test('that lead in a circle are found, however long it is', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', ['b']],
      ['d', []],
    ])
    expect(circlesIn(graph)).toEqual(['b → c → b', 'c → b → c'])
  })

  test.each(['src', 'sandbox'])('no file of %s imports itself by way of others', (folder) => {
    const graph = graphOf(folder)
    expect(graph.size).toBeGreaterThan(50)
    expect(circlesIn(graph)).toEqual([])
  })
})

describe('the rooms of src', () => {
  const roomOf = (file: string): string => file.split('/')[0] ?? ''
  const used = [...graphOf('src')].flatMap(([file, targets]) =>
    targets.map((target) => ({ file, target, from: roomOf(file), to: roomOf(target) })),
  )
  const drawn = drawnArrows()

  test('import what the picture of docs/architecture.md draws, and nothing else', () => {
    expect(used.filter(({ from, to }) => !isDrawn(drawn, from, to))).toEqual([])
  })

  test('import all that it draws', () => {
    expect(drawn.filter(([from, to]) => !used.some((each) => each.from === from && each.to === to))).toEqual(
      [],
    )
  })

  test('are on floors: no arrow leads back up', () => {
    const names = new Set(drawn.flat())
    const graph = new Map([...names].map((name) => [name, drawn.flatMap(([a, b]) => (a === name ? b : []))]))
    expect(circlesIn(graph)).toEqual([])
    expect(used.filter(({ from, to }) => from === 'model' && to !== 'model')).toEqual([])
  })
})
