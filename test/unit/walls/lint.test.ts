import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { root } from '../../../sandbox/action.ts'
import { drawnArrows, isDrawn, rooms } from './rooms.ts'

/*
 * Every wall bites: lines are planted in a tree of the same form, and the linter reads them by the rules of this
 * project.
 */

/** A line in a file, and whether it must be refused. */
type Plant = { readonly file: string; readonly line: string; readonly isRefused: boolean }

/** The files that put everything together; GitHub's world and the runner's environment are for them. */
const entries = ['index.ts', 'main.ts', 'publish.ts']
const core = ['sync.ts', 'model', 'plan', 'story', 'text', 'report']
const walled = [...new Set([...rooms, ...core])].filter((room) => !entries.includes(room))
const folders = walled.filter((room) => !room.endsWith('.ts'))

const github = ['@actions/core', '@actions/http-client/lib/proxy', 'node:process']
const outside = [
  ...github,
  'node:fs',
  'node:fs/promises',
  'node:timers/promises',
  'node-fetch',
  'yaml',
  'zod',
]
const environment = [
  'export const a1 = process.env.A',
  "export const a2 = process['env']",
  'export const { env } = process',
  'export const a3 = globalThis.process.env',
]

const arrows = drawnArrows()
const plants: readonly Plant[] = [
  ...rooms.flatMap((to) => folders.map((from) => importOf(from, to))),
  ...rooms.filter((to) => to !== 'sync.ts').map((to) => importOf('sync.ts', to)),
  // In a folder of a room: what is refused stays so.
  ...rooms
    .flatMap((to) => folders.map((from) => importOf(from, to, 'deep')))
    .filter((each) => each.isRefused),
  ...foldersIn('plan').flatMap((folder) =>
    ['plan', 'model', 'text'].map((to) => importOf('plan', to, folder)),
  ),
  ...foldersIn('text').flatMap((folder) =>
    ['text', 'model', 'plan'].map((to) => importOf('text', to, folder)),
  ),
  ...walled.flatMap((room) => outside.map((name) => outsideOf(room, name))),
  ...core.map((room) => plant(room, `import 'node:crypto'`, false)),
  ...walled.map((room) => plant(room, `import 'fs'`, true)),
  ...[...walled, ...entries].flatMap((room) =>
    environment.map((line) => plant(room, line, room !== 'github' && !entries.includes(room))),
  ),
  ...entries.flatMap((file) => github.map((name) => plant(file, `import '${name}'`, false))),
  // Whatever form an import has.
  plant('story', `import type { A } from '../report/a.ts'`, true),
  plant('story', `export * from '../report/a.ts'`, true),
  plant('story', `export type { A } from '../report/a.ts'`, true),
  plant('story', `export const a = await import('../report/a.ts')`, true),
]

/** A line in a room, or in a folder of it. */
function plant(room: string, line: string, isRefused: boolean, folder = ''): Plant {
  const file = room.endsWith('.ts')
    ? path.posix.join('src', room)
    : path.posix.join('src', room, folder, 'a.ts')
  return { file, line, isRefused }
}

function importOf(from: string, to: string, folder = ''): Plant {
  const { file } = plant(from, '', false, folder)
  const target = path.posix.join('src', to.endsWith('.ts') ? to : `${to}/b.ts`)
  const relative = path.posix.relative(path.posix.dirname(file), target)
  const line = `import '${relative.startsWith('.') ? relative : `./${relative}`}'`
  return plant(from, line, !isDrawn(arrows, from, to), folder)
}

function outsideOf(room: string, name: string): Plant {
  const isGithubs = github.includes(name)
  return plant(room, `import '${name}'`, core.includes(room) || (isGithubs && room !== 'github'))
}

function foldersIn(room: string): readonly string[] {
  return readdirSync(path.join(root, 'src', room), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
}

const walls = [
  'no-restricted-imports',
  'no-restricted-globals',
  'no-restricted-properties',
  'prefer-node-protocol',
]
const resultSchema = z.object({
  diagnostics: z.array(
    z.object({
      code: z.string(),
      filename: z.string(),
      labels: z.array(z.object({ span: z.object({ line: z.number() }) })),
    }),
  ),
})

/** The planted lines that the linter refuses, as `<file>:<number of the line>`. */
function refusedIn(tree: string): ReadonlySet<string> {
  const linter = path.join(root, 'node_modules', 'oxlint', 'bin', 'oxlint')
  const { stdout } = spawnSync(process.execPath, [linter, '--format', 'json', 'src'], {
    cwd: tree,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const { diagnostics } = resultSchema.parse(JSON.parse(stdout))
  const found = diagnostics.filter(({ code }) => walls.some((rule) => code.endsWith(`(${rule})`)))
  return new Set(
    found.flatMap(({ filename, labels }) =>
      labels.map(({ span }) => `${filename.replaceAll(path.sep, '/')}:${span.line}`),
    ),
  )
}

describe('the linter', () => {
  const tree = mkdtempSync(path.join(tmpdir(), 'walls-'))
  const lines = new Map<string, string[]>()
  const placed = plants.map((each) => {
    const file = lines.get(each.file) ?? []
    lines.set(each.file, file)
    return { ...each, key: `${each.file}:${file.push(each.line)}` }
  })
  let refused: ReadonlySet<string> = new Set()

  beforeAll(() => {
    copyFileSync(path.join(root, '.oxlintrc.json'), path.join(tree, '.oxlintrc.json'))
    for (const [file, text] of lines) {
      mkdirSync(path.join(tree, path.dirname(file)), { recursive: true })
      writeFileSync(path.join(tree, file), `${text.join('\n')}\n`)
    }
    refused = refusedIn(tree)
  })

  afterAll(() => rmSync(tree, { recursive: true }))

  test.each([...lines.keys()])('refuses in %s what it must, and nothing else', (file) => {
    const here = placed.filter((each) => each.file === file)
    expect(here.filter(({ key, isRefused }) => refused.has(key) !== isRefused)).toEqual([])
  })

  test('has something to refuse and something to allow', () => {
    expect(placed.filter(({ isRefused }) => isRefused).length).toBeGreaterThan(100)
    expect(placed.filter(({ isRefused }) => !isRefused).length).toBeGreaterThan(50)
  })
})
