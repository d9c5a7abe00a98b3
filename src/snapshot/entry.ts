import { isSupportedCountry } from 'libphonenumber-js/max'
import type { SnapshotFault, SnapshotForm } from '../model/problem.ts'
import { wellFormed } from '../model/strict-text.ts'
import { statusWords, type SnapshotUser } from './format.ts'

/*
 * What stands in a snapshot: keys with their lines, and what may stand under each of them. Whatever does not fit
 * throws `Invalid`, on the line of its key.
 */

/** A key, the line it stands on (counted from 1), and what stands under it. */
export type Entry = { readonly key: string; readonly line: number; readonly value: Value }

export type Value = string | number | boolean | null | readonly Value[] | YamlMapping

/** Entries as they stand in the file: in its order, doubles included. */
export class YamlMapping {
  readonly entries: readonly Entry[]

  constructor(entries: readonly Entry[]) {
    this.entries = entries
  }
}

/** Lines of a file, and the number of the first. */
export type Block = { readonly line: number; readonly lines: readonly string[] }

/** What is wrong with a snapshot, and on which line. Who knows the file makes a problem of it. */
export class Invalid extends Error {
  override readonly name = 'Invalid'
  readonly line: number
  readonly fault: SnapshotFault

  constructor(line: number, fault: SnapshotFault) {
    super(fault.kind)
    this.line = line
    this.fault = fault
  }
}

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
  if (!(value instanceof YamlMapping)) throw wrong(key, line, 'mapping')
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

/** A value that has not the form it needs. */
export function wrong(key: string, line: number, expected: SnapshotForm): Invalid {
  return new Invalid(line, { kind: 'type', key, expected })
}

/** A value as a problem may show it. */
export function shown(value: Value): string {
  return typeof value === 'object' ? '…' : JSON.stringify(value)
}

/**
 * Digits alone are a number in YAML, which loses the zeros of `0755`: they have to be quoted. An escape may stand for
 * half a character.
 */
export function textOf({ key, line, value }: Entry): string {
  if (typeof value !== 'string') throw wrong(key, line, 'text')
  return wellFormed(value)
}

/** A text that is not empty. */
export function wordOf(entry: Entry): string {
  const value = textOf(entry)
  if (value === '') throw wrong(entry.key, entry.line, 'text')
  return value
}

export function booleanOf({ key, line, value }: Entry): boolean {
  if (typeof value !== 'boolean') throw wrong(key, line, 'boolean')
  return value
}

export function countryOf({ key, line, value }: Entry): string {
  if (typeof value !== 'string' || !isSupportedCountry(value)) throw wrong(key, line, 'country')
  return value
}

export function digestOf({ key, line, value }: Entry): string {
  if (typeof value !== 'string' || !/^[0-9a-f]{64}$/.test(value)) throw wrong(key, line, 'digest')
  return value
}

export function statusOf({ key, line, value }: Entry): SnapshotUser['status'] {
  const status = statusWords.find((each) => each === value)
  if (status === undefined) throw wrong(key, line, 'status')
  return status
}

/** One id, quoted or not. */
export function departmentIdOf(value: Value, line: number, key: string): number {
  const digits = typeof value === 'number' ? String(value) : value
  if (typeof digits !== 'string' || !/^(?:0|[1-9]\d{0,14})$/.test(digits)) {
    throw wrong(key, line, 'department-id')
  }
  return Number(digits)
}

/** In ascending order, each once, in whatever order they stand there. */
export function departmentIdsOf({ key, line, value }: Entry): readonly number[] {
  if (!Array.isArray(value)) throw wrong(key, line, 'department-ids')
  const ids = value.map((each) => {
    if (typeof each !== 'number' || !Number.isSafeInteger(each) || each < 0) {
      throw wrong(key, line, 'department-ids')
    }
    return each
  })
  return [...new Set(ids)].toSorted((a, b) => a - b)
}
