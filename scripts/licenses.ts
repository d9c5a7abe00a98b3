/**
 * Writes `licenses.txt` beside the bundle: every package that is in it, as its source maps tell. ncc's own list
 * is overwritten by that of its second chunk.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const mapSchema = z.object({ sources: z.array(z.string()) })
const packageSchema = z.object({ name: z.string(), version: z.string(), license: z.string() })

const dist = process.argv[2] ?? 'dist'
writeFileSync(path.join(dist, 'licenses.txt'), foldersOf(dist).map(entryOf).toSorted().join(''))

/** The folders under `node_modules` that the bundle was made of. */
function foldersOf(bundle: string): readonly string[] {
  const maps = readdirSync(bundle).filter((name) => name.endsWith('.js.map'))
  const sources = maps.flatMap(
    (name) => mapSchema.parse(JSON.parse(readFileSync(path.join(bundle, name), 'utf8'))).sources,
  )
  const folders = sources.flatMap((source) => {
    const found = /node_modules\/.*/.exec(source)?.[0] ?? ''
    return /^(?:node_modules\/(?:@[^/]+\/)?[^/]+\/)+/.exec(found)?.[0] ?? []
  })
  return [...new Set(folders)]
}

function entryOf(folder: string): string {
  const { name, version, license } = packageSchema.parse(
    JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')),
  )
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice|copying)/i.test(file))
    .toSorted()
    .map((file) => readFileSync(path.join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim())
  const text = texts.length === 0 ? '(no licence file in the package)' : texts.join('\n\n')
  return `${name}@${version}\nLicense: ${license}\n\n${text}\n\n${'-'.repeat(72)}\n\n`
}
