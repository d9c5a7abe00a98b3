import { grouped, minutesOf, namedIds, percentOf } from '../number.ts'

/** `1 person`, `1,284 people`. */
export function many(count: number, one: string, several = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : several}`
}

/** `98 %`, which no line break divides. @param share from 0 to 1. */
export function percent(share: number): string {
  return `${percentOf(share)}\u00A0%`
}

/** `a`, `a and b`, `a, b and c`. */
export function list(items: readonly string[], last = 'and'): string {
  if (items.length < 2) return items.join('')
  return `${items.slice(0, -1).join(', ')} ${last} ${items.slice(-1).join('')}`
}

/** The first ids by number, and how many there are beyond. */
export function listIds(numbers: readonly (number | string)[]): string {
  const named = numbers.slice(0, namedIds).map(String)
  const rest = numbers.length - named.length
  return rest === 0 ? list(named) : `${named.join(', ')} and ${grouped(rest)} more`
}

/** `3 of 1,284`. */
export function of(part: number, whole: number): string {
  return `${grouped(part)} of ${grouped(whole)}`
}

export function duration(seconds: number): string {
  const { minutes, seconds: rest } = minutesOf(seconds)
  if (minutes === 0) return rest === 0 ? 'under 1 s' : `${rest} s`
  return rest === 0 ? `${grouped(minutes)} min` : `${grouped(minutes)} min ${rest} s`
}
