import { describe, expect, test } from 'vitest'
import type { CheckName, Fact } from '../../../src/model/check.ts'
import type { Progress } from '../../../src/model/ports.ts'
import { grouped, minutesOf, percentOf } from '../../../src/text/number.ts'
import { countNames, type About, type Column, type Section, type Stage } from '../../../src/text/text.ts'
import { textOf, type Language } from '../../../src/text/language.ts'
import { aLimit, aPolicy } from '../../make.ts'

const languages: readonly Language[] = ['en', 'zh']
const tenses = ['done', 'planned'] as const

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [1234567, '1,234,567'],
])('%d is written %s', (value, expected) => {
  expect(grouped(value)).toBe(expected)
})

test.each([
  [0, 0],
  [0.0001, 1],
  [0.5, 50],
  [0.9999, 99],
  [1, 100],
  [1.2, 100],
  [-1, 0],
])(
  'a share of %d is %d %%: what is not quite nothing or everything does not look like it',
  (share, percent) => {
    expect(percentOf(share)).toBe(percent)
  },
)

test('seconds become minutes', () => {
  expect(minutesOf(59.6)).toEqual({ minutes: 1, seconds: 0 })
  expect(minutesOf(75)).toEqual({ minutes: 1, seconds: 15 })
})

test.each([
  [0, '1,301 accounts, none of them from WeCom'],
  [1, '1,301 accounts, 1 of them from WeCom'],
  [1230, '1,301 accounts, 1,230 of them from WeCom'],
])('%d accounts of this syncer: %s', (owned, expected) => {
  expect(textOf('en').check.fact({ code: 'accounts', accounts: 1301, owned })).toBe(expected)
})

test('words of both languages', () => {
  const [en, zh] = [textOf('en'), textOf('zh')]
  expect(en.list([])).toBe('')
  expect(en.list(['a'])).toBe('a')
  expect(en.list(['a', 'b', 'c'])).toBe('a, b and c')
  expect(zh.list(['a'])).toBe('a')
  expect(zh.list(['甲', '乙', '丙'])).toBe('甲、乙和丙')
  expect(zh.list(['甲', '`b`'])).toBe('甲和 `b`')
  expect(zh.list(['`a`', '乙'])).toBe('`a` 和乙')
  expect([0.2, 3, 60, 75].map((seconds) => en.duration(seconds))).toEqual([
    'under 1 s',
    '3 s',
    '1 min',
    '1 min 15 s',
  ])
  expect([0.2, 3, 60, 75].map((seconds) => zh.duration(seconds))).toEqual([
    '不到 1 秒',
    '3 秒',
    '1 分钟',
    '1 分 15 秒',
  ])
  expect([en.percent(0.98), zh.percent(0.98)]).toEqual(['98\u00A0%', '98%'])
  expect([en.field('properties.floor'), zh.field('properties.floor')]).toEqual([
    'properties.floor',
    'properties.floor',
  ])
  expect([en.summary.count('added', 1284, 'done'), zh.summary.count('added', 1284, 'planned')]).toEqual([
    '1,284 added',
    '将新增 1,284 人',
  ])
})

const sections: readonly Section[] = [
  'held',
  'failed',
  'skipped',
  'hidden',
  'protected',
  'noted',
  'partly',
  'forbidden',
  'deleted',
  'restored',
  'added',
  'updated',
]
const columns: readonly Column[] = [
  'person',
  'department',
  'why',
  'found',
  'remedy',
  'change',
  'kind',
  'people',
  'state',
  'before',
  'after',
]
const stages: readonly Stage[] = ['fetch', 'read', 'compare', 'write', 'report', 'check']
const checkNames: readonly CheckName[] = [
  'wecom-token',
  'wecom-address',
  'wecom-agent',
  'wecom-range',
  'wecom-fields',
  'casdoor-reachable',
  'casdoor-version',
  'casdoor-credentials',
  'casdoor-organization',
  'casdoor-application',
  'casdoor-syncer',
  'casdoor-items',
  'casdoor-accounts',
  'snapshot-file',
]
const facts: readonly Fact[] = [
  { code: 'ok' },
  { code: 'address-trusted', proxied: false },
  { code: 'address-trusted', proxied: true },
  { code: 'range', departments: 1, people: 1 },
  { code: 'agent', people: 1, tags: 0, departments: 2 },
  { code: 'fields', people: 2, shares: { name: 1, mobile: 0 } },
  { code: 'version', version: 'v3.158.0' },
  { code: 'organization', organization: 'acme' },
  { code: 'application', application: 'app-acme' },
  { code: 'accounts', accounts: 10, owned: 0 },
  { code: 'accounts', accounts: 10, owned: 1 },
  { code: 'snapshot', file: 'a.yaml', people: 3 },
  { code: 'snapshot-new', file: 'a.yaml' },
  { code: 'not-reached' },
]
const progress: readonly Progress[] = [
  { stage: 'departments', done: 120, total: 1240, people: 3120 },
  { stage: 'people', done: 20, total: 1240, people: 3140 },
  { stage: 'accounts', done: 1000, total: 1230 },
  { stage: 'writes', done: 1, total: 8 },
  { stage: 'limit', call: 'user/list', seconds: 41 },
]

describe.each(languages)('the text in %s', (language) => {
  const text = textOf(language)
  const { headline } = text.summary
  const abouts: readonly About[] = [
    { target: 'acme', kind: 'casdoor', source: 'wecom' },
    { target: 'acme', kind: 'casdoor', source: 'snapshot' },
    { target: '`people.yaml`', kind: 'snapshot', source: 'wecom' },
  ]

  test('has words everywhere', () => {
    const said = [
      ...sections.flatMap((section) => tenses.map((tense) => text.summary.title(section, tense, 1284))),
      ...columns.map(text.summary.head),
      ...stages.map(text.log.stage),
      ...progress.map(text.log.progress),
      ...checkNames.map(text.check.name),
      ...facts.map(text.check.fact),
      ...countNames.flatMap((name) => tenses.map((tense) => text.summary.column(name, tense))),
      ...abouts.flatMap((about) => [
        headline.inStep(about),
        headline.planned(about),
        headline.partly(about, 1),
        headline.cutShort(about, 1, 2),
        headline.nothingDone(about, 1),
        headline.nothingDone(about, 2),
        headline.stopped(about),
        headline.stoppedLate(about),
        text.explanation.what(about),
        text.explanation.route(about, '`ww0123…cdef`', '`wecom`'),
      ]),
      ...tenses.flatMap((tense) => [headline.held(1, true, tense), headline.held(2, false, tense)]),
      headline.checked(12),
      headline.checksFailed(1, 12),
      ...[0, 1, 1284].flatMap((count) => [
        text.log.held(count),
        text.log.skipped(count),
        text.log.hidden(count),
        text.log.failed(count, 1),
        text.log.several(count),
        text.log.andMore(count),
      ]),
      ...(['full', 'masked', 'hidden'] as const).flatMap((level) =>
        (['set', 'private', 'public', 'unknown'] as const).map((why) =>
          text.explanation.personalData(level, why),
        ),
      ),
      text.department(21),
    ]
    for (const sentence of said) {
      expect(sentence.trim().length).toBeGreaterThan(0)
      expect(sentence).not.toMatch(/undefined|null|NaN|\[object| {2}/)
    }
  })

  test('explains every policy', () => {
    const one = text.explanation.policy(aPolicy())
    const other = text.explanation.policy(
      aPolicy({
        leavers: 'delete',
        notActivated: 'allow',
        emptyValues: 'clear',
        restore: 'all',
        matchBy: ['name', 'email', 'phone'],
        countryCode: 'SG',
      }),
    )
    expect(one).toHaveLength(6)
    for (const [index, sentence] of one.entries()) expect(other[index]).not.toBe(sentence)
    expect(text.explanation.policy(aPolicy({ leavers: 'keep' }))[0]).not.toBe(one[0])
  })

  test('explains the limit', () => {
    const bounds = [
      { bound: { kind: 'percent', value: 5 }, count: 61 },
      { bound: { kind: 'count', value: 200 }, count: 200 },
    ] as const
    const plain = text.explanation.limit(aLimit({ limit: 61, total: 1230, bounds }))
    for (const number of ['61', '1,230', '200', '5']) expect(plain).toContain(number)
    const few = aLimit({ limit: 3, total: 12, bounds: bounds.slice(0, 1), isRaised: true })
    expect(text.explanation.limit(few)).toContain('12')
    expect(text.explanation.asked(0)).not.toBe(text.explanation.asked(2))
  })
})
