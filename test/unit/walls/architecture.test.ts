import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../../../sandbox/action.ts'
import { byCodePoint } from '../../../src/model/lists.ts'
import { rooms } from './rooms.ts'

const page = readFileSync(path.join(root, 'docs', 'architecture.md'), 'utf8')

/** The folders of `src/` at every depth, each with `/` at its end. */
function folders(): readonly string[] {
  return readdirSync(path.join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.relative(path.join(root, 'src'), path.join(entry.parentPath, entry.name)))
    .map((folder) => `${folder.replaceAll(path.sep, '/')}/`)
}

describe('docs/architecture.md', () => {
  test('names every room and every folder of src, and no other', () => {
    const cells = [...page.matchAll(/^\| (`[^|]+`) +\|/gm)].map(([, cell = '']) => cell)
    const named = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name))
    const files = rooms.filter((room) => room.endsWith('.ts'))
    expect(named.toSorted(byCodePoint)).toEqual([...files, ...folders()].toSorted(byCodePoint))
  })

  test('names only files that exist', () => {
    const named = [...page.matchAll(/`((?:src|sandbox|test|docs)\/[^`\s]+|[\w.-]+\/[\w-]+\.ts)`/g)]
    const missing = named
      .map(([, name = '']) => name)
      .filter((name) => ![name, `src/${name}`].some((file) => existsSync(path.join(root, file))))
    expect(named.length).toBeGreaterThan(20)
    expect(missing).toEqual([])
  })
})
