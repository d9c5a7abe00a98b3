import { expect, test } from 'vitest'
import { byCode, byKind, type CodeTable, type KindTable } from '../../../src/text/table.ts'

type Coded = { readonly code: 'empty' } | { readonly code: 'named'; readonly name: string }
type Kinded = { readonly kind: 'empty' } | { readonly kind: 'named'; readonly name: string }

const codes: CodeTable<Coded, string> = { empty: () => 'nothing', named: ({ name }) => `a ${name}` }
const kinds: KindTable<Kinded, string> = { empty: () => 'nothing', named: ({ name }) => `a ${name}` }

test('the entry of a code is asked, with what the code carries', () => {
  expect(byCode(codes, { code: 'empty' })).toBe('nothing')
  expect(byCode(codes, { code: 'named', name: 'stone' })).toBe('a stone')
})

test('the entry of a kind is asked, with what the kind carries', () => {
  expect(byKind(kinds, { kind: 'empty' })).toBe('nothing')
  expect(byKind(kinds, { kind: 'named', name: 'stone' })).toBe('a stone')
})

test('a table with a gap, or with an entry too many, does not compile', () => {
  const tables: readonly CodeTable<Coded, string>[] = [
    // @ts-expect-error `named` is missing.
    { empty: () => '' },
    // @ts-expect-error `other` is none of the codes.
    { empty: () => '', named: () => '', other: () => '' },
  ]
  // @ts-expect-error `named` is missing.
  const gap: KindTable<Kinded, string> = { empty: () => '' }
  expect(tables.length + Object.keys(gap).length).toBe(3)
})
