import { describe, expect, test } from 'vitest'
import type { Change } from '../../../src/model/plan.ts'
import type { Policy } from '../../../src/model/policy.ts'
import {
  aDelete,
  aForbid,
  aLimit,
  anAdd,
  anUpdate,
  aPlan,
  aPolicy,
  aRestore,
  guarded,
  edits,
} from '../../make.ts'

function forbids(count: number): Change[] {
  return Array.from({ length: count }, (_, index) => aForbid({ userid: `u${index}`, name: `u${index}` }))
}

describe('spec 8: over the limit', () => {
  const others = [anUpdate({ userid: 'x' }), anAdd({ userid: 'y' }), aRestore({ userid: 'z' })]

  test('at the limit everything is carried out', () => {
    const changes = [...forbids(5), ...others]
    expect(guarded(aPlan({ changes, owned: 100 }))).toEqual({
      allowed: changes,
      held: [],
      heldAdditions: [],
      limits: { people: aLimit({ asked: 5 }) },
      reasons: [],
      isApprovable: false,
      remarks: [],
    })
  })

  test('one more and all removals are held, everything else goes on', () => {
    const removals = forbids(6)
    expect(guarded(aPlan({ changes: [...removals, ...others], owned: 100 }))).toMatchObject({
      allowed: others,
      held: removals,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      isApprovable: true,
      limits: { people: { asked: 6 } },
      reasons: [{ code: 'over-limit', removals: 6, limit: 5 }],
    })
  })

  test('the other fields of somebody held go on, their status does not', () => {
    const title = { title: ['a', 'b'] } as const
    const status = { status: ['active', 'left'] } as const
    const rest = {
      groups: [['acme/x'], []],
      departments: [[2], [3]],
      wecom: ['x', 'X'],
      externalId: ['', 'x'],
    } as const
    const changes = [
      ...forbids(5),
      aForbid({ userid: 'six', name: 'six', ...edits({ ...title, ...status }) }),
      aForbid({ userid: 'seven', name: 'seven', ...edits({ ...rest, ...status }), adopted: 'wecom' }),
      aForbid({ userid: 'eight', name: 'eight', ...edits(status) }),
      aDelete({ userid: 'nine', name: 'nine', ...edits({ ...title, ...status }) }),
    ]
    expect(guarded(aPlan({ changes })).allowed).toStrictEqual([
      anUpdate({ userid: 'six', name: 'six', ...edits(title) }),
      anUpdate({ userid: 'seven', name: 'seven', ...edits(rest), adopted: 'wecom' }),
      anUpdate({ userid: 'nine', name: 'nine', ...edits(title) }),
    ])
  })

  test('a delete of an account that is forbidden already is no removal, but is held with the others', () => {
    const spent = aDelete({ userid: 'gone', enabled: false })
    const few = [...forbids(5), spent]
    expect(guarded(aPlan({ changes: few }))).toMatchObject({ allowed: few, limits: { people: { asked: 5 } } })
    const many = [...forbids(6), spent]
    expect(guarded(aPlan({ changes: many }))).toMatchObject({
      allowed: [],
      held: many,
      limits: { people: { asked: 6 } },
    })
  })

  test('deletes of enabled accounts count', () => {
    const changes = Array.from({ length: 6 }, (_, index) => aDelete({ userid: `u${index}` }))
    expect(guarded(aPlan({ changes }))).toMatchObject({
      allowed: [],
      held: changes,
      limits: { people: { asked: 6 } },
    })
  })
})

describe('spec 8: approve', () => {
  const plan = aPlan({ changes: forbids(10) })
  const digest = guarded(plan).digest ?? ''
  const withApproval = (approve: string, overrides: Partial<Policy> = {}) =>
    aPolicy({ approve, ...overrides })

  test('carries out exactly the approved set', () => {
    expect(guarded(plan, withApproval(digest))).toMatchObject({
      allowed: plan.changes,
      held: [],
      reasons: [],
      remarks: [],
      digest,
      isApprovable: false,
    })
  })

  test('a set that changed since is held again with the new digest', () => {
    const changed = aPlan({ changes: forbids(11) })
    const decision = guarded(changed, withApproval(digest))
    expect(decision).toMatchObject({ allowed: [], held: changed.changes })
    expect(decision.digest).not.toBe(digest)
    expect(decision.remarks).toEqual([{ code: 'approval-other', digest: decision.digest, by: 'approve' }])
  })

  test('an approval that meets nothing held is a notice', () => {
    const few = aPlan({ changes: forbids(2) })
    const other = guarded(few, withApproval(digest))
    expect(other).toMatchObject({ held: [], allowed: few.changes, remarks: [{ code: 'approval-unused' }] })
    expect(guarded(aPlan(), withApproval(digest)).remarks).toEqual([{ code: 'approval-unused' }])
  })

  test('the digest is of the corp, the syncer and the pairs, and of nothing else', () => {
    const digestOf = (overrides: Parameters<typeof aPlan>[0]) => guarded(aPlan(overrides)).digest
    const changes = forbids(10)
    expect(digestOf({ changes: [...changes].toReversed() })).toBe(digest)
    expect(digestOf({ changes: [...changes, anAdd()] })).toBe(digest)
    expect(
      digestOf({ changes: changes.map((change) => ({ ...change, userid: change.userid.toUpperCase() })) }),
    ).toBe(digest)
    expect(digestOf({ changes, owned: 7, unchanged: 3 })).toBe(digest)
    const same = aPlan({ changes })
    expect(guarded(same, aPolicy(), { corpId: 'wwother' }).digest).not.toBe(digest)
    expect(guarded(same, aPolicy({ syncer: 'other' })).digest).not.toBe(digest)
    expect(digestOf({ changes: changes.map(({ userid }) => aDelete({ userid })) })).not.toBe(digest)
    expect(digestOf({ changes: [anAdd()] })).toBeUndefined()
  })
})

describe('spec 8 and FS-03: removals need a complete fetch', () => {
  const doubts = [{ code: 'wecom-departments-missing', ids: [7] }] as const

  test('an incomplete one removes nobody and says why, few as they may be', () => {
    const changes = [aForbid(), anUpdate({ userid: 'x' })]
    expect(guarded(aPlan({ changes, doubts }))).toMatchObject({
      allowed: [changes[1]],
      held: [changes[0]],
      reasons: [{ code: 'fetch-doubtful', removals: 1 }, ...doubts],
    })
  })

  test('not even with an approval, nor an account that is forbidden already', () => {
    const plan = aPlan({ changes: [aDelete({ enabled: false })], doubts })
    const approve = guarded(plan).digest ?? ''
    expect(guarded(plan, aPolicy({ approve }))).toMatchObject({
      allowed: [],
      held: plan.changes,
      isApprovable: false,
      remarks: [],
    })
  })

  test('without removals an incomplete fetch holds nothing', () => {
    const changes = [anUpdate()]
    expect(guarded(aPlan({ changes, doubts }))).toMatchObject({ allowed: changes, reasons: [] })
  })
})

describe('spec 8 and FS-16: a narrowed visible range', () => {
  const gone = (userid: string, departments: readonly number[]) =>
    aForbid({ userid, name: userid, departments })
  const stays = gone('stays', [3, 9])
  const vanished = [gone('a', [10]), gone('b', [9, 10])]
  const plan = aPlan({ changes: [stays, ...vanished], owned: 1000 })

  test('people whose departments all vanished are held whatever their number', () => {
    expect(guarded(plan)).toMatchObject({
      allowed: [stays],
      held: vanished,
      limits: { people: { asked: 3 } },
      reasons: [{ code: 'range-change', departments: [9, 10], people: 2 }],
    })
  })

  test('an approval carries out exactly those', () => {
    const digest = guarded(plan).digest ?? ''
    expect(guarded(plan, aPolicy({ approve: digest }))).toMatchObject({
      allowed: plan.changes,
      held: [],
      reasons: [],
    })
    const more = aPlan({ ...plan, changes: [...plan.changes, gone('c', [9])] })
    expect(guarded(more, aPolicy({ approve: digest }))).toMatchObject({
      allowed: [stays],
      remarks: [{ code: 'approval-other' }],
    })
  })

  test('over the limit both are told', () => {
    expect(guarded(aPlan({ ...plan, owned: 6 }))).toMatchObject({
      held: plan.changes,
      reasons: [{ code: 'range-change' }, { code: 'over-limit', removals: 3, limit: 2 }],
    })
  })

  test('people of no department who are gone all at once are held likewise', () => {
    const single = [gone('c', []), gone('d', [])]
    const one = { ...plan, changes: [stays, ...single], oneByOne: 0 }
    expect(guarded(one)).toMatchObject({
      allowed: [stays],
      held: single,
      reasons: [{ code: 'one-by-one-gone', people: 2 }],
    })
    expect(guarded({ ...one, oneByOne: 1 })).toMatchObject({ held: [], reasons: [] })
    const approve = guarded(one).digest ?? ''
    expect(guarded(one, aPolicy({ approve }))).toMatchObject({ allowed: one.changes, held: [] })
    const both = { ...plan, changes: [...vanished, ...single, stays], oneByOne: 0 }
    expect(guarded(both)).toMatchObject({
      allowed: [stays],
      held: [...vanished, ...single],
      reasons: [
        { code: 'range-change', departments: [9, 10], people: 2 },
        { code: 'one-by-one-gone', people: 2 },
      ],
    })
  })

  test.each<[string, Change]>([
    ['disabled and in no department', aForbid({ cause: 'disabled', departments: [] })],
    ['in no department and forbidden already', aDelete({ enabled: false, departments: [] })],
  ])('somebody %s is no sign that people were taken out of the range', (_, change) => {
    const decision = guarded(aPlan({ changes: [change], oneByOne: 0 }))
    expect(decision).toMatchObject({ held: [], allowed: [change] })
  })

  test.each<[string, Change]>([
    ['disabled in a department that is not shown', aForbid({ cause: 'disabled', departments: [9] })],
    ['of whom no department is remembered', aForbid({ departments: [] })],
    ['forbidden already', aDelete({ enabled: false, departments: [9] })],
  ])('somebody %s is no sign of it', (_, change) => {
    expect(guarded(aPlan({ changes: [change] }))).toMatchObject({ held: [], allowed: [change] })
  })
})
