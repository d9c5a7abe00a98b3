import { describe, expect, test } from 'vitest'
import type { Applied } from '../../../src/model/applied.ts'
import type { Decision } from '../../../src/model/plan.ts'
import type { Result } from '../../../src/model/run.ts'
import { carriedOut } from '../../../src/story/carried-out.ts'
import {
  counts,
  groupsLeft,
  outcomeOf,
  outcomeOfChecks,
  tenseOf,
  unreached,
} from '../../../src/report/counts.ts'
import { summary } from '../../../src/report/summary.ts'
import { textOf } from '../../../src/text/language.ts'
import {
  aDecision,
  aForbid,
  anAdd,
  anApplied,
  anUpdate,
  aPlan,
  aResult,
  aRun,
  aDepartmentChange,
} from '../../make.ts'

const add = anAdd({ userid: 'a' })
const update = anUpdate({ userid: 'b' })
const held = aForbid({ userid: 'c' })
const problem = { code: 'casdoor-phone-refused' } as const

function result(applied?: Partial<Applied>, others: Partial<Result> = {}): Result {
  return aResult({
    decision: aDecision({ allowed: [add, update] }),
    ...(applied !== undefined && { applied: anApplied(applied) }),
    ...others,
  })
}

describe('counts', () => {
  test('of a plan are what would be done', () => {
    expect(counts(aRun({ mode: 'plan', result: result() }))).toMatchObject({
      added: 1,
      updated: 1,
      failed: 0,
    })
    expect(counts(result())).toMatchObject({ added: 1, updated: 1 })
    expect(tenseOf(result())).toBe('planned')
  })

  test('of a sync are what was done', () => {
    const made = result({ done: [add], failed: [{ change: update, problem }], changed: true })
    expect(counts(aRun({ result: made }))).toMatchObject({ added: 1, updated: 0, failed: 1 })
    expect(tenseOf(aRun({ result: made }))).toBe('done')
  })

  test('of a sync that wrote nothing are nothing', () => {
    expect(counts(aRun({ result: result() }))).toMatchObject({ added: 0, updated: 0 })
    expect(carriedOut(aRun())).toEqual([])
    expect(new Set(Object.values(counts(aRun())))).toEqual(new Set([0]))
  })

  test('tell who is unchanged, skipped and held', () => {
    const person = { userid: 'x', displayName: 'x', departments: [] }
    const plan = aPlan({
      unchanged: 7,
      remarks: [
        { kind: 'skipped', person, problem },
        { kind: 'noted', person, problem },
      ],
    })
    const made = aResult({ plan, decision: aDecision({ held: [held] }), applied: anApplied() })
    expect(counts(made)).toMatchObject({ unchanged: 7, skipped: 1, held: 1 })
  })

  test('what was neither done nor refused was not reached', () => {
    const stopped = { code: 'casdoor-silent', seconds: 60 } as const
    expect(unreached(result({ done: [add], stopped }))).toEqual([update])
    expect(unreached(result({ failed: [{ change: update, problem }], stopped }))).toEqual([add])
    expect(unreached(result({ done: [add] }))).toEqual([])
    expect(unreached(result())).toEqual([])
  })
})

describe('groups', () => {
  const changes = [1, 2, 3].map((id) => aDepartmentChange({ id, after: { id, name: `${id}` }, people: 4 }))
  const [one, two] = changes.map((change) => ({ change, problem }))
  const refused = [one, two].filter((failed) => failed !== undefined)
  const stopped = { code: 'casdoor-silent', seconds: 60 } as const

  function grouped(overrides: Partial<NonNullable<Decision['groups']>>, applied?: Partial<Applied>): Result {
    const groups = { allowed: [], held: [], memberships: 0, ...overrides }
    return aResult({ decision: aDecision({ groups }), ...(applied && { applied: anApplied(applied) }) })
  }

  test('are counted as they are changed, held and refused', () => {
    expect(counts(grouped({ allowed: changes }))).toMatchObject({ groups: 3 })
    expect(counts(aRun({ result: grouped({ allowed: changes }) }))).toMatchObject({ groups: 0 })
    expect(counts(aRun({ mode: 'plan', result: grouped({ allowed: changes }) }))).toMatchObject({ groups: 3 })
    expect(counts(grouped({ held: changes, memberships: 4 }))).toMatchObject({ held: 7, groups: 0 })
    const applied = { groups: { done: changes.slice(2), failed: refused } }
    expect(counts(grouped({ allowed: changes }, applied))).toMatchObject({ groups: 1, failed: 2 })
  })

  test('decide about the outcome as people do', () => {
    const of = (done: number, failed: number, more: Partial<Applied> = {}) =>
      grouped(
        { allowed: changes },
        {
          groups: { done: changes.slice(0, done), failed: refused.slice(0, failed) },
          changed: done > 0,
          ...more,
        },
      )
    expect(outcomeOf('plan', grouped({ held: changes }))).toBe('planned')
    expect(outcomeOf('sync', grouped({ memberships: 1 }, {}))).toBe('held')
    expect(outcomeOf('sync', of(3, 0))).toBe('applied')
    expect(outcomeOf('sync', of(1, 2))).toBe('partial')
    expect(outcomeOf('sync', of(0, 2))).toBe('failed')
    expect(groupsLeft(of(1, 1, { stopped }))).toBe(1)
    expect(groupsLeft(aResult({ applied: anApplied() }))).toBe(0)
    const cut = aRun({ outcome: 'partial', result: of(1, 1, { stopped }) })
    const markdown = summary(cut, { text: textOf('en'), level: 'masked' })
    expect(markdown).toContain('stopped after 1 of 3 changes')
    expect(markdown).toContain('1 change was not reached')
  })

  test('many that were refused are counted by the reason', () => {
    const many = Array.from({ length: 30 }, (_, id) => {
      const change = aDepartmentChange({ id, after: { id, name: `${id}` }, people: 0 })
      return { change, problem }
    })
    const made = grouped(
      { allowed: many.map(({ change }) => change) },
      { groups: { done: [], failed: many } },
    )
    const markdown = summary(aRun({ outcome: 'failed', result: made }), {
      text: textOf('en'),
      level: 'hidden',
    })
    expect(markdown).toContain('### Groups that failed (30)')
    expect(markdown).toContain('| 30 |')
  })
})

describe('the outcome (specification 2)', () => {
  const nothing = aResult()
  const departmentChanges = [aDepartmentChange({ id: 2, after: { id: 2, name: '' }, people: 0 })]
  const departments = aResult({ plan: aPlan({ departmentChanges }) })
  const onlyHeld = aDecision({ held: [held] })
  const refused = [{ change: update, problem }]
  const stopped = { code: 'casdoor-silent', seconds: 60 } as const

  test.each([
    ['plan', 'nothing to do', nothing, 'unchanged'],
    ['plan', 'something to do', result(), 'planned'],
    ['plan', 'something to hold', aResult({ decision: onlyHeld }), 'planned'],
    ['plan', 'departments to change', departments, 'planned'],
    ['sync', 'nothing to do', aResult({ applied: anApplied() }), 'unchanged'],
    ['sync', 'everything done', result({ done: [add, update], changed: true }), 'applied'],
    ['sync', 'departments changed', { ...departments, applied: anApplied({ changed: true }) }, 'applied'],
    ['sync', 'some failed', result({ done: [add], failed: refused, changed: true }), 'partial'],
    ['sync', 'stopped part-way', result({ done: [add], stopped, changed: true }), 'partial'],
    ['sync', 'all failed', result({ failed: refused }), 'failed'],
    ['sync', 'stopped before the first', result({ stopped }), 'failed'],
    [
      'sync',
      'held',
      result(
        { done: [add, update], changed: true },
        { decision: aDecision({ allowed: [add, update], held: [held] }) },
      ),
      'held',
    ],
    ['sync', 'only held', aResult({ decision: onlyHeld, applied: anApplied() }), 'held'],
    [
      'sync',
      'held, and some failed',
      {
        ...aResult({ decision: onlyHeld }),
        applied: anApplied({ done: [add], failed: refused, changed: true }),
      },
      'partial',
    ],
  ] as const)('%s: %s', (mode, _, made, expected) => {
    expect(outcomeOf(mode, made)).toBe(expected)
  })

  test('of checks is failed on any ✗', () => {
    const check = { name: 'wecom-token', problems: [] } as const
    expect(
      outcomeOfChecks([
        { ...check, mark: 'pass' },
        { ...check, mark: 'warn' },
        { ...check, mark: 'skip' },
      ]),
    ).toBe('unchanged')
    expect(
      outcomeOfChecks([
        { ...check, mark: 'pass' },
        { ...check, mark: 'fail' },
      ]),
    ).toBe('failed')
  })
})
