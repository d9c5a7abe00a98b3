/**
 * Writes `licenses.txt` beside the bundle: every package that is in it, as the bundler's statistics list them. ncc's
 * own list is overwritten by that of its second chunk.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

/** A module; one that several were joined into names them. */
type Module = { readonly name: string; readonly modules?: readonly Module[] | undefined }
const moduleSchema: z.ZodType<Module> = z.object({
  name: z.string(),
  get modules() {
    return z.array(moduleSchema).optional()
  },
})
const statisticsSchema = z.object({ modules: z.array(moduleSchema) })
const packageSchema = z.object({ name: z.string(), version: z.string(), license: z.string() })

const [statistics = 'lib/stats.json', dist = 'dist'] = process.argv.slice(2)
const { modules: bundled } = statisticsSchema.parse(JSON.parse(readFileSync(statistics, 'utf8')))
const folders = new Set(bundled.flatMap(namesIn).flatMap(folderOf))
writeFileSync(path.join(dist, 'licenses.txt'), [...folders].map(entryOf).toSorted().join(''))

function namesIn({ name, modules = [] }: Module): readonly string[] {
  return [name, ...modules.flatMap(namesIn)]
}

/** The folder under `node_modules` of the package that a module belongs to; none for our own. */
function folderOf(name: string): readonly string[] {
  const found = /node_modules\/.*/.exec(name)?.[0] ?? ''
  return /^(?:node_modules\/(?:@[^/]+\/)?[^/]+\/)+/.exec(found)?.slice(0, 1) ?? []
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
