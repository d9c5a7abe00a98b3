import { describe, expect, test } from 'vitest'
import type { Applied, Result } from '../../../src/model.ts'
import {
  carriedOut,
  counts,
  outcomeOf,
  outcomeOfChecks,
  tenseOf,
  unreached,
} from '../../../src/report/counts.ts'
import { aDecision, aForbid, anAdd, anApplied, anUpdate, aPlan, aResult, aRun } from '../../make.ts'

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

describe('the outcome (specification 2)', () => {
  const nothing = aResult()
  const departments = aResult({ plan: aPlan({ departmentChanges: [{ id: 2 }] }) })
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
