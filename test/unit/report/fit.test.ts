import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fit, summaryLimit, type Detail } from '../../../src/report/fit.ts'

const bytes = (text: string): number => Buffer.byteLength(text)

/** A list that says what it leaves out. */
function list(count: number, word: string): (detail: Detail) => string {
  return ({ rows }) =>
    [`${count} in all`, ...Array.from({ length: Math.min(rows, count) }, () => word)].join('\n')
}

test('everything is shown where it fits', () => {
  expect(fit(list(3, 'a'), { bytes: 100 })).toBe('3 in all\na\na\na')
  expect(fit(list(3, 'a'), {})).toBe('3 in all\na\na\na')
})

test('detail gives way in steps, the total stays (FS-33, FS-34)', () => {
  const shown = (limit: number): number => fit(list(9000, 'word'), { bytes: limit }).split('\n').length - 1
  expect([100_000, 30_000, 6_000, 2_000, 400, 100, 40].map(shown)).toEqual([9000, 5000, 1000, 200, 50, 10, 0])
})

test('a picture goes before any row', () => {
  const render = ({ rows, isDrawn }: Detail): string => `${isDrawn ? 'picture ' : ''}${rows}`
  expect(fit(render, { characters: 16 })).toBe('picture Infinity')
  expect(fit(render, { characters: 15 })).toBe('Infinity')
})

test('characters and bytes are two bounds', () => {
  expect(fit(list(60, '字字字字'), { characters: 400 }).split('\n')).toHaveLength(61)
  expect(fit(list(60, '字字字字'), { characters: 400, bytes: 300 }).split('\n')).toHaveLength(11)
  expect(fit(list(60, 'word'), { characters: 100 }).split('\n')).toHaveLength(11)
})

test('a first step that cannot fit is not tried', () => {
  const tried: number[] = []
  const render = ({ rows }: Detail): string => {
    tried.push(rows)
    return `${rows}`
  }
  expect(fit(render, summaryLimit, 1_000_000)).toBe('5000')
  expect(tried).toEqual([5000])
  expect(fit(render, {}, 1_000_000)).toBe('Infinity')
})

test('what never fits is cut at a whole line, with a sign', () => {
  expect(fit(() => 'one\ntwo\nthree', { bytes: 11 })).toBe('one\ntwo\n…')
  expect(fit(() => 'one', { characters: 2 })).toBe('…')
})

test('no text is over its limit', () => {
  fc.assert(
    fc.property(
      fc.nat(20_000),
      fc.string({ minLength: 1, unit: 'grapheme' }),
      fc.integer({ min: 20, max: 5_000 }),
      (count, word, limit) => {
        expect(bytes(fit(list(count, word), { bytes: limit }))).toBeLessThanOrEqual(limit)
        expect(fit(list(count, word), { characters: limit }).length).toBeLessThanOrEqual(limit)
      },
    ),
    { numRuns: 40 },
  )
})
