import type { Kind, Shape } from './row.ts'

/** A body as Go reads it into a struct: the known keys, or the text of the error that Go would give. */
export type Body =
  | { readonly values: ReadonlyMap<string, unknown>; readonly error?: undefined }
  | { readonly values?: undefined; readonly error: string }

/**
 * Reads a JSON body as Go's `encoding/json` does (casdoor-api.md 2.2): keys match ignoring case, unknown keys
 * are ignored, a value of another type is an error that names the field.
 */
export function readBody(text: string, shape: Shape, struct: string): Body {
  let parsed: unknown
  try {
    parsed = JSON.parse(text, wellFormed)
  } catch (error) {
    return { error: syntaxError(text, error) }
  }
  if (parsed === null) return { values: new Map() }
  if (typeof parsed !== 'object' || Array.isArray(parsed)) {
    return { error: `json: cannot unmarshal ${jsonType(parsed)} into Go value of type object.${struct}` }
  }
  return readValues(Object.entries(parsed), shape, struct)
}

/** Go reads half a surrogate pair as U+FFFD. */
function wellFormed(_: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll(/\p{Surrogate}/gu, '\uFFFD') : value
}

function readValues(entries: readonly [string, unknown][], shape: Shape, struct: string): Body {
  const keys = keysIgnoringCase(shape)
  const values = new Map<string, unknown>()
  for (const [written, value] of entries) {
    const key = shape.has(written) ? written : keys.get(written.toLowerCase())
    const kind = key === undefined ? undefined : shape.get(key)
    if (key === undefined || kind === undefined) continue
    const wrong = wrongType(value, kind)
    if (wrong !== undefined) {
      return {
        error: `json: cannot unmarshal ${wrong[0]} into Go struct field ${struct}.${key} of type ${wrong[1]}`,
      }
    }
    values.set(key, value)
  }
  return { values }
}

const lowered = new WeakMap<Shape, ReadonlyMap<string, string>>()

function keysIgnoringCase(shape: Shape): ReadonlyMap<string, string> {
  const known = lowered.get(shape) ?? new Map([...shape.keys()].map((key) => [key.toLowerCase(), key]))
  lowered.set(shape, known)
  return known
}

const goTypes: Readonly<Record<Kind, string>> = {
  string: 'string',
  boolean: 'bool',
  int: 'int',
  float: 'float64',
  strings: '[]string',
  objects: '[]object',
  map: 'map[string]string',
}

/** What does not fit, as Go names it: the JSON type and the type it should have been. */
function wrongType(value: unknown, kind: Kind): readonly [json: string, go: string] | undefined {
  if (value === null) return undefined
  const type = jsonType(value)
  const isContainer = kind === 'strings' || kind === 'objects' || kind === 'map'
  if (isContainer && type === (kind === 'map' ? 'object' : 'array')) {
    const inner =
      kind === 'objects'
        ? undefined
        : Object.values<unknown>(value as Record<string, unknown>).find((part) => !isText(part))
    return inner === undefined ? undefined : [jsonType(inner), 'string']
  }
  if (kind === 'int' && typeof value === 'number') {
    return Number.isInteger(value) ? undefined : [`number ${value}`, 'int']
  }
  const expected = { string: 'string', boolean: 'bool', int: 'number', float: 'number' }
  return !isContainer && type === expected[kind] ? undefined : [type, goTypes[kind]]
}

function isText(value: unknown): boolean {
  return value === null || typeof value === 'string'
}

function jsonType(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  return typeof value === 'boolean' ? 'bool' : typeof value
}

function syntaxError(text: string, error: unknown): string {
  const at = /at position (\d+)/.exec(String(error))?.[1]
  const character = text.trimStart() === '' ? undefined : text[at === undefined ? 0 : Number(at)]
  if (character === undefined || /end of JSON|Unterminated/.test(String(error))) {
    return 'unexpected end of JSON input'
  }
  return `invalid character '${character}' looking for beginning of value`
}

/**
 * Lays a body over an object as Go does (casdoor-api.md 6.2): absent keys keep their value, maps are merged key
 * by key, arrays replaced. `null` empties maps and arrays, and leaves everything else as it was.
 */
export function laidOver<Row extends Record<string, unknown>>(
  row: Row,
  values: ReadonlyMap<string, unknown>,
  shape: Shape,
): Row {
  const changed = [...values].flatMap(([key, value]): [string, unknown][] => {
    const kind = shape.get(key)
    if (kind === 'map')
      return [[key, value === null ? null : { ...(row[key] as object | null), ...texts(value) }]]
    if (kind === 'strings')
      return [[key, value === null ? null : (value as (string | null)[]).map((text) => text ?? '')]]
    return value === null && kind !== 'objects' ? [] : [[key, value]]
  })
  return { ...row, ...Object.fromEntries(changed) }
}

function texts(map: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(map as Record<string, string | null>).map(([key, text]) => [key, text ?? '']),
  )
}
