import { readFile, writeFile } from 'node:fs/promises'
import { operationIds } from './names.ts'

/*
 * Makes `openapi.json` from GitHub's whole published description, such as `generated/api.github.com.json` of the
 * package `@octokit/openapi`: `tsx sandbox/github/extract.ts api.github.com.json`. Only the operations that the
 * sandbox answers stay, with the components they refer to, without examples and prose.
 */

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Node = { [key: string]: Json }

const [, , file = ''] = process.argv
const whole = JSON.parse(await readFile(file, 'utf8')) as Node
const paths: Node = {}
for (const [path, methods] of Object.entries(whole['paths'] as Node)) {
  const wanted = Object.entries(methods as Node).filter(([, operation]) =>
    operationIds.some((id) => id === (operation as Node)['operationId']),
  )
  if (wanted.length > 0) paths[path] = stripped(Object.fromEntries(wanted))
}
const components: Record<string, Node> = {}
collect(paths)
const info = {
  ...(whole['info'] as Node),
  description: `An extract of GitHub's published description, version ${versionOf(whole)}, as in the npm package @octokit/openapi 23.0.2: the operations the sandbox answers, without examples and prose.`,
}
await writeFile(
  new URL('openapi.json', import.meta.url),
  JSON.stringify({ openapi: whole['openapi'], info, paths, components: sorted(components) }),
)

function versionOf(description: Node): string {
  return (description['info'] as { version: string }).version
}

/** Everything that is referred to, by what is referred to. */
function collect(value: Json): void {
  if (typeof value !== 'object' || value === null) return
  const reference = Array.isArray(value) ? undefined : value['$ref']
  if (typeof reference === 'string') take(reference)
  for (const child of Object.values(value)) collect(child)
}

function take(reference: string): void {
  const [, , kind = '', name = ''] = reference.split('/')
  const group = (components[kind] ??= {})
  if (name in group) return
  const found = stripped(((whole['components'] as Node)[kind] as Node)[name] ?? null)
  group[name] = found
  collect(found)
}

/** Prose is text under `description`; a property may be called so, too. */
function stripped(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(stripped)
  const kept = Object.entries(value).filter(
    ([key, child]) =>
      !/^(example|examples|x-.*|tags|summary|title)$/.test(key) ||
      (/^(title|summary|tags)$/.test(key) && typeof child === 'object' && !Array.isArray(child)),
  )
  return Object.fromEntries(
    kept
      .filter(([key, child]) => key !== 'description' || typeof child === 'object')
      .map(([key, child]) => [key, stripped(child)]),
  )
}

function sorted(groups: Record<string, Node>): Node {
  return Object.fromEntries(
    Object.entries(groups).map(([kind, group]) => [
      kind,
      Object.fromEntries(Object.entries(group).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    ]),
  )
}
