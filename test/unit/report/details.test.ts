import { describe, expect, test } from 'vitest'
import { defaultMapping, type Mapping } from '../../../src/model/mapping.ts'
import { listEdits, type FieldChange } from '../../../src/model/edit.ts'
import type { Change } from '../../../src/model/plan.ts'
import type { PersonalData, Run } from '../../../src/model/run.ts'
import type { Policy } from '../../../src/model/policy.ts'
import { valuesCell } from '../../../src/report/change.ts'
import { pageOf, valueCell } from '../../../src/report/page.ts'
import { rows } from '../../../src/report/people.ts'
import { summary } from '../../../src/report/summary.ts'
import { textOf } from '../../../src/text/language.ts'
import {
  aDecision,
  aForbid,
  anAdd,
  anApplied,
  anUpdate,
  aPlan,
  aPolicy,
  aResult,
  aRun,
  edits,
} from '../../make.ts'

const text = textOf('en')

function shown(done: readonly Change[], level: PersonalData = 'full', run: Partial<Run> = {}): string {
  const departments = [
    { id: 1, name: '青石科技' },
    ...Array.from({ length: 30 }, (_, index) => {
      return { id: index + 2, name: `部门${index + 2}`, parent: 1 }
    }),
  ]
  const result = aResult({
    plan: aPlan({ departments, changes: done }),
    decision: aDecision({ allowed: done }),
    applied: anApplied({ done, changed: done.length > 0 }),
  })
  return summary(aRun({ outcome: 'applied', result, ...run }), { text, level })
}

function updated(...fields: readonly FieldChange[]): Change {
  return anUpdate({ fields })
}

describe('what changed of a person', () => {
  const phone = { field: 'phone', before: '', after: '13800138000' } as const

  test('a region goes without saying where the phone is new, and is told where it alone changes', () => {
    expect(shown([updated(phone, { field: 'countryCode', before: '', after: 'CN' })])).not.toContain('`CN`')
    expect(shown([updated({ field: 'countryCode', before: 'CN', after: 'HK' })])).toMatch(/CN.*HK/)
    expect(shown([updated({ field: 'countryCode', before: 'CN', after: '' })])).toContain('`CN`')
    const both = updated(phone, { field: 'countryCode', before: 'CN', after: 'HK' })
    expect(shown([both])).toMatch(/CN.*HK/)
  })

  test.each(['full', 'hidden'] as const)('at %s an update of the links alone is book-keeping', (level) => {
    const linked = anUpdate(edits({ externalId: ['', 'wecom:ww:a'] }))
    expect(shown([linked], level)).toContain(text.summary.bookkeeping)
  })

  test.each([
    [undefined, '– → active'],
    ['left', 'gone → active'],
  ] as const)('a status, remembered as %s so far', (before, values) => {
    const [edit] = listEdits(edits({ status: [before, 'active'] }))
    const page = { ...pageOf(aRun(), { text, level: 'full' }), rows: 0, isDrawn: false }
    expect(edit && valuesCell(page, edit, valueCell)).toBe(values)
  })

  test('an account added forbidden without a reason says only that', () => {
    expect(shown([anAdd({ forbidden: true })])).toContain(`| ${text.summary.addedForbidden} |`)
  })
})

describe('spec 5.1: a mapping', () => {
  const mapping: Mapping = new Map([
    ...defaultMapping,
    ['title', null],
    ['properties.工号', [{ kind: 'field', field: 'extattr.工号|`x`' }]],
  ])
  const decided = (policy: Partial<Policy>, language: 'en' | 'zh') => {
    const run = aRun({ outcome: 'unchanged', result: aResult({ policy: aPolicy(policy) }) })
    return summary(run, { text: textOf(language), level: 'masked' })
  }

  test.each(['en', 'zh'] as const)('is told where it is not the default one (%s)', (language) => {
    expect(decided({}, language)).not.toContain('`mapping`')
    const line = decided({ mapping }, language)
      .split('\n')
      .find((each) => each.includes('`mapping`'))
    expect(line).toContain('<code>title: null</code>')
    expect(line).toContain('properties.工号: extattr.工号')
    expect(line).not.toContain('email')
  })

  test('fills fields that are told by their names', () => {
    const change = updated(
      { field: 'affiliation', before: '', after: '市场部' },
      { field: 'properties.工号', before: 'A1', after: 'A2' },
      { field: 'homepage', before: '', after: 'https://example.com/' },
    )
    const markdown = shown([change], 'masked')
    for (const part of ['affiliation: – → 市场部', '`properties.工号`: A1 → A2', 'homepage: –'])
      expect(markdown).toContain(part)
  })

  test('that nobody’s values come by, and one that a snapshot lost, are good to know and no more', () => {
    const findings = [
      { code: 'mapping-unfilled', field: 'tag', from: 'extattr.工号' },
      { code: 'snapshot-unmapped', file: 'people.yaml', fields: ['title'] },
    ] as const
    const result = aResult({ plan: aPlan({ findings }), applied: anApplied() })
    const markdown = summary(aRun({ outcome: 'unchanged', result }), { text, level: 'masked' })
    expect(markdown).toContain('[!NOTE]')
    expect(markdown).not.toContain('[!WARNING]')
    expect(markdown).toContain('extattr.工号')
  })
})

describe('people by department', () => {
  const crowd = (departmentsOf: (index: number) => readonly number[]) =>
    Array.from({ length: 60 }, (_, index) => {
      const userid = `u${index}`
      return aForbid({ userid, name: userid, displayName: userid, departments: departmentsOf(index) })
    })

  test('the rarest departments share the last row', () => {
    const markdown = shown(crowd((index) => [(index % 30) + 2]))
    expect(markdown).toContain('部门2 ')
    expect(markdown).toContain(`| ${text.summary.otherDepartments(5)} | 10 |`)
  })

  test('people in none, in the top one, and in one nobody knows any more', () => {
    const markdown = shown(crowd((index) => [[], [1], [999]][index % 3] ?? []))
    expect(markdown).toContain(`| ${text.summary.noDepartment} | 20 |`)
    expect(markdown).toContain('| 青石科技 | 20 |')
    expect(markdown).toContain('999')
  })

  test('spec 4.3: somebody visible one by one is in none, and so may be everybody', () => {
    const [somebody = anAdd()] = crowd(() => [])
    expect(shown([somebody])).toMatch(/\| `u0` *\| no department *\|/)
    expect(shown([anUpdate(edits({ departments: [[2], []] }))])).toContain('部门2 → –')
    expect(text.summary.compared(60, 0, 3)).toBe('60 people compared in 3 s.')
    expect(textOf('zh').summary.compared(60, 0, 3)).toBe('用时 3 秒比较了 60 人。')
  })
})

describe('edges', () => {
  test('a run that did not get as far as its inputs has a target without a name', () => {
    const run = aRun({
      target: { kind: 'casdoor', organization: '' },
      problems: [{ code: 'input-missing', input: 'casdoor-organization' }],
    })
    expect(summary(run, { text, level: 'hidden' })).toContain(text.summary.unnamedTarget)
  })

  test('a list without room for rows says how many there are', () => {
    const page = { ...pageOf(aRun(), { text, level: 'full' }), rows: 0, isDrawn: false }
    const list = {
      section: 'added',
      items: [1, 2, 3],
      heads: ['a'],
      row: () => ['b'],
      tally: () => '',
    } as const
    expect(rows(page, list)).toEqual({ markdown: text.summary.more(3), leftOut: 3 })
  })

  test('a short corp id is shown whole', () => {
    const result = aResult({ corpId: 'wwshort', applied: anApplied() })
    expect(summary(aRun({ result }), { text, level: 'full' })).toContain('`wwshort`')
  })
})
