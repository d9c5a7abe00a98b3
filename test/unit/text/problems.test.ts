import { describe, expect, test } from 'vitest'
import type { Problem } from '../../../src/model/problem.ts'
import { mapParameters } from '../../../src/report/parameters.ts'
import { errcodes, isErrcode, errcodePage } from '../../../src/text/errcodes.ts'
import { textOf, type Language } from '../../../src/text/language.ts'
import { examples } from './examples.ts'

const languages: readonly Language[] = ['en', 'zh']

function whole(language: Language, problem: Problem): string {
  const { sentence, remedy } = textOf(language).problem(problem)
  return `${sentence} ${remedy}`
}

function errcode(
  code: number,
  call = 'user/list',
  others: { address?: string; proxied?: boolean } = {},
): Problem {
  return { code: 'wecom-errcode', call, errcode: code, proxied: false, ...others }
}

describe.each(languages)('problems in %s', (language) => {
  test.each(examples)('%j has a sentence and a remedy', (problem) => {
    const { sentence, remedy } = textOf(language).problem(problem)
    expect(sentence.length).toBeGreaterThan(8)
    expect(remedy.length).toBeGreaterThan(4)
    // The word itself may have to be typed.
    expect((sentence + remedy).replaceAll('`null`', '`none`')).not.toMatch(
      /undefined|null|NaN|\[object|\$\{| {2}/,
    )
  })

  test.each(examples)('%j: backticks come in pairs, the sentence ends', (problem) => {
    const { sentence, remedy } = textOf(language).problem(problem)
    for (const text of [sentence, remedy]) expect(text.split('`').length % 2).toBe(1)
    const isQuoting = /casdoor-refused|bug|"yaml"/.test(JSON.stringify(problem))
    expect(isQuoting || /[.。]$/.test(sentence)).toBe(true)
  })

  test.each(examples)('%j: sentence and remedy contain every text that it carries', (problem) => {
    const carried: string[] = []
    mapParameters(problem, (value, parameter) => {
      // The summary shows a digest, to be copied.
      if (parameter !== 'digest' && parameter !== 'changes') carried.push(value)
      return value
    })
    const said = whole(language, problem)
    for (const value of carried) expect(said).toContain(value)
  })

  test('every errcode of the table has a sentence of its own', () => {
    const meanings = errcodes.map((code) => textOf(language).problem(errcode(code)).sentence)
    expect(new Set(meanings).size).toBe(errcodes.length)
    for (const [index, code] of errcodes.entries()) expect(meanings[index]).toContain(String(code))
    for (const meaning of meanings) expect(meaning).not.toContain('123456')
  })

  test('an unknown errcode gives its number and where WeCom explains it', () => {
    expect(isErrcode(123456)).toBe(false)
    const said = whole(language, errcode(123456))
    expect(said).toContain('123456')
    expect(said).toContain(errcodePage(123456))
  })

  test('60020 gives the address, whether a proxy was used, and three ways out', () => {
    const direct = whole(language, errcode(60020, 'department/list', { address: '203.0.113.7' }))
    const proxied = whole(
      language,
      errcode(60020, 'department/list', { address: '203.0.113.7', proxied: true }),
    )
    const nameless = whole(language, errcode(60020, 'department/list'))
    for (const said of [direct, proxied, nameless]) {
      for (const part of ['60020', '企业可信IP', '`wecom-proxy`', '(1) ', '(2) ', '(3) '])
        expect(said).toContain(part)
    }
    expect(direct).toContain('203.0.113.7')
    expect(direct).not.toBe(proxied)
    expect(nameless).not.toContain('undefined')
  })

  test('45009 and 48002 say what they mean for the call that met them', () => {
    expect(whole(language, errcode(45009, 'gettoken'))).not.toBe(
      whole(language, errcode(45009)).replace('user/list', 'gettoken'),
    )
    expect(whole(language, errcode(48002, 'user/list_id'))).toContain('`wecom-contacts-secret`')
    expect(whole(language, errcode(48002))).toContain('`wecom-corp-secret`')
  })

  test('a wrong Casdoor secret is explained: Casdoor answers 200 and goes on as anonymous', () => {
    expect(whole(language, { code: 'casdoor-credentials', endpoint: 'https://sso.example.com' })).toContain(
      '200',
    )
  })

  test('an empty secret names the usual causes (FS-45)', () => {
    expect(whole(language, { code: 'input-secret-empty', input: 'x' })).toMatch(/fork/)
  })

  test('a snapshot fault names file and line', () => {
    const said = whole(language, {
      code: 'snapshot-invalid',
      file: 'people.yaml',
      line: 214,
      fault: { kind: 'conflict-marker' },
    })
    expect(said).toContain('people.yaml')
    expect(said).toContain('214')
  })
})

describe('plural forms in English', () => {
  const said = (problem: Problem): string => whole('en', problem)

  test.each<[Problem, RegExp]>([
    [{ code: 'over-limit', removals: 1, limit: 0 }, /^1 person would/],
    [{ code: 'over-limit', removals: 1514, limit: 61 }, /^1,514 people would .* 61\./],
    [{ code: 'wecom-no-people', departments: 1 }, /1 department and nobody in it\./],
    [{ code: 'wecom-no-people', departments: 2 }, /2 departments and nobody in them\./],
    [{ code: 'range-change', departments: [4], people: 1 }, /^1 person is gone, .*\(1 department\)/],
    [{ code: 'fetch-doubtful', removals: 1 }, /so 1 removal could/],
    [{ code: 'timeout', service: 'WeCom', call: 'x', seconds: 1 }, /within 1 second,/],
    [{ code: 'wecom-departments-missing', ids: [7] }, /contains 1 department .*\(7\)/],
    [{ code: 'wecom-departments-missing', ids: [7, 8, 9] }, /contains 3 departments .*\(7, 8 and 9\)/],
  ])('%j', (problem, expected) => {
    expect(said(problem)).toMatch(expected)
  })
})

test.each(languages)('a long list of ids is counted, not listed (%s)', (language) => {
  const ids = Array.from({ length: 1300 }, (_, index) => index + 1)
  const said = whole(language, { code: 'wecom-departments-missing', ids })
  expect(said).toContain('1,288')
  expect(said.length).toBeLessThan(400)
})
