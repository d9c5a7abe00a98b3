import { Invalid, Mapping, type Entry } from './entry.ts'
import { wrong } from './values.ts'

/** The keys that stand in one place, by name. */
export type Keys = ReadonlyMap<string, Entry>

/** @throws Invalid at the first key that has no meaning here, or stands here twice. */
export function keysOf(entries: readonly Entry[], allowed: readonly string[]): Keys {
  const keys = new Map<string, Entry>()
  for (const entry of entries) {
    const { key, line } = entry
    if (!allowed.includes(key)) throw new Invalid(line, { kind: 'unknown-key', key, allowed })
    if (keys.has(key)) throw new Invalid(line, { kind: 'duplicate-key', key })
    keys.set(key, entry)
  }
  return keys
}

/**
 * @param line where the key is missing.
 * @throws Invalid when it is.
 */
export function required(keys: Keys, key: string, line: number): Entry {
  const entry = keys.get(key)
  if (entry === undefined) throw new Invalid(line, { kind: 'missing-key', key })
  return entry
}

/**
 * What stands under a key.
 *
 * @param key what a problem shall name instead of the key itself.
 * @throws Invalid when it is no mapping.
 */
export function entriesOf({ key: own, line, value }: Entry, key = own): readonly Entry[] {
  if (!(value instanceof Mapping)) throw wrong(key, line, 'mapping')
  return value.entries
}

/**
 * What stands under a key, by keys that the file is free to choose.
 *
 * @param sameFor makes one text of two keys that mean the same.
 * @throws Invalid when it is no mapping, or at a key that stands there twice.
 */
export function distinct(entry: Entry, sameFor = (key: string): string => key): readonly Entry[] {
  const entries = entriesOf(entry)
  const seen = new Set<string>()
  for (const { key, line } of entries) {
    if (seen.has(sameFor(key))) throw new Invalid(line, { kind: 'duplicate-key', key })
    seen.add(sameFor(key))
  }
  return entries
}
