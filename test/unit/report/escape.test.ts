import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cell, code, diagramLabel, logLine } from '../../../src/report/escape.ts'
import { alive, brokenTables, hostile, readable } from './hostile.ts'

const anyText = fc
  .array(fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary' }), fc.string()), { maxLength: 4 })
  .map((parts) => parts.join(''))

describe('cell (FS-44)', () => {
  test.each([
    ['陈明', '陈明'],
    ['Ada Lovelace', 'Ada Lovelace'],
    ['a|b', 'a&#124;b'],
    ['@octocat', '@&#8203;octocat'],
    ['a @ b', 'a @ b'],
    ['#12', '#&#8203;12'],
    ['GH-12', 'GH-&#8203;12'],
    ['www.example.com', 'www&#8203;.example.com'],
    ['https://x.example.com', 'https:&#8203;//x.example.com'],
    [':tada:', ':&#8203;tada:'],
    ['::add-mask::x', ':&#8203;:&#8203;add-mask:&#8203;:x'],
    ['12:30', '12:30'],
    ['<b>', '&#60;b&#62;'],
    ['&lt;', '&#38;lt;'],
    ['a\nb', 'a␊b'],
    ['a\u007Fb', 'a␡b'],
    ['a\u202Eb', 'a⟨U+202E⟩b'],
    ['a\u200Bb', 'a⟨U+200B⟩b'],
    ['1. a', '1&#46; a'],
    ['- a', '&#45; a'],
    ['a-b', 'a-b'],
    ['\uD800', '⟨U+D800⟩'],
    ['', ''],
  ])('%j becomes %j', (text, expected) => {
    expect(cell(text)).toBe(expected)
  })

  test('an emoji that is held together by a joiner stays one', () => {
    expect(cell('👩\u200D💻')).toBe('👩\u200D💻')
    expect(cell('👩🏽\u200D🚀')).toBe('👩🏽\u200D🚀')
    expect(cell('a\u200Db')).toBe('a⟨U+200D⟩b')
  })

  test('text from right to left does not reorder its neighbours', () => {
    expect(cell('שלום')).toBe('&#8296;שלום&#8297;')
  })

  test('a long text says how much of it is not shown', () => {
    expect(cell('字'.repeat(250))).toBe(
      `${'字'.repeat(200)}… (+50)`.replace('(', '&#40;').replace(')', '&#41;'),
    )
  })

  test.each(hostile)('%j is harmless and readable', (text) => {
    const shown = cell(text)
    expect(brokenTables(`| a | b |\n| ${shown} | x |`)).toEqual([])
    expect(alive(shown.replaceAll('\u200D', ''))).toEqual([])
    const [first = ''] = Array.from(text.replaceAll(/[^\p{L}\p{N}]|[\u3164\u115F]/gu, ''))
    expect(readable(shown)).toContain(first)
  })

  test('no text is alive in a cell', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(brokenTables(`| a | b |\n| ${cell(text)} | x |`)).toEqual([])
        expect(alive(cell(text).replaceAll('\u200D', ''))).toEqual([])
      }),
    )
  })
})

describe('code', () => {
  test.each([
    ['zhao_q', '`zhao_q`'],
    ['zhou@acme.example', '`zhou@acme.example`'],
    ['138••••0001', '`138••••0001`'],
    ['a`b', '<code>a&#96;b</code>'],
    ['`', '<code>&#96;</code>'],
    ['a|b', '<code>a&#124;b</code>'],
    ['two words', '<code>two words</code>'],
    ['', '<code></code>'],
  ])('%j becomes %j', (text, expected) => {
    expect(code(text)).toBe(expected)
  })

  test('no text is alive in a code span', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = code(text)
        expect(brokenTables(`| a | b |\n| ${shown} | x |`)).toEqual([])
        expect(alive(shown.replaceAll('\u200D', ''))).toEqual([])
        expect(shown.split('`').length === 3 || shown.split('`').length === 1).toBe(true)
      }),
    )
  })
})

describe('logLine', () => {
  test.each([
    ['::add-mask::x', ': :add-mask: :x'],
    ['##[group]x', '## [group]x'],
    ['a\nb', 'a␊b'],
    ['a: b', 'a: b'],
    [':::', ': : :'],
  ])('%j becomes %j', (text, expected) => {
    expect(logLine(text)).toBe(expected)
  })

  test('is one line without a command, at most what the runner shows, and can be said twice', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const line = logLine(text)
        expect(line).not.toMatch(/[\n\r]|::|##\[/)
        expect(line.length).toBeLessThanOrEqual(4_000)
        expect(logLine(line)).toBe(line)
      }),
    )
    expect(Array.from(logLine('x'.repeat(10_000))).length).toBeLessThanOrEqual(4_096)
  })
})

describe('diagramLabel', () => {
  test('signs give way to their full-width twins, everything else stays', () => {
    expect(diagramLabel('研发部 (R&D) #1')).toBe('研发部 （R＆D） ＃1')
    expect(diagramLabel('a"]\n`b`;')).toBe('a＂］␊｀b｀；')
    expect(diagramLabel('👩\u200D💻')).toBe('👩\u200D💻')
    expect(diagramLabel('部'.repeat(45))).toBe(`${'部'.repeat(40)}… （＋5）`)
  })

  test('no sign of ASCII is left of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(diagramLabel(text)).not.toMatch(/[!-/:-@[-`{-~\n]/)
      }),
    )
  })
})
