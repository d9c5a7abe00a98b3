import { isSupportedCountry } from 'libphonenumber-js/max'
import type { SnapshotForm } from '../model/problem.ts'
import { Invalid, type Entry, type Value } from './entry.ts'
import { statusWords, type SnapshotUser } from './format.ts'

/*
 * What may stand under each key. Every function throws `Invalid`, on the line of the key, for anything else.
 */

/** A value that has not the form it needs. */
export function wrong(key: string, line: number, expected: SnapshotForm): Invalid {
  return new Invalid(line, { kind: 'type', key, expected })
}

/** A value as a problem may show it. */
export function shown(value: Value): string {
  return typeof value === 'object' ? '…' : JSON.stringify(value)
}

/** Digits alone are a number in YAML, which loses the zeros of `0755`: they have to be quoted. */
export function textOf({ key, line, value }: Entry): string {
  if (typeof value !== 'string') throw wrong(key, line, 'text')
  return value
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
