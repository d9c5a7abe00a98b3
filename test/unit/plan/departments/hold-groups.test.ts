import { describe, expect, test } from 'vitest'
import type { Change, Plan } from '../../../../src/model/plan.ts'
import type { DepartmentChange } from '../../../../src/model/department.ts'
import {
  aDelete,
  aForbid,
  aLimit,
  anAdd,
  anUpdate,
  aPlan,
  aPolicy,
  guarded,
  aDepartmentChange,
  edits,
} from '../../../make.ts'

const policy = aPolicy({ groups: 'departments' })
const ids = (...departments: readonly number[]) =>
  departments.map((id) => (id === 0 ? 'acme/own' : `acme/acme-wecom-${id}`))

/** Somebody's groups as they change; 0 stands for a group of theirs. */
function aMove(userid: string, before: readonly number[], after: readonly number[]): Change {
  return anUpdate({
    userid,
    name: userid,
    ...edits({ groups: [ids(...before), ids(...after)] }),
  })
}

function off(id: number, deleted = false): DepartmentChange {
  const before = { id, name: `${id}` }
  return aDepartmentChange({
    id,
    before,
    ...(!deleted && { after: { ...before, disabled: true } }),
    people: 3,
  })
}

/** A plan of a company with departments 1 to 3, and so many groups and places in them. */
function grouped(overrides: Partial<Plan> = {}, enabled = 100, memberships = 100): Plan {
  return aPlan({ groups: { organization: 'acme', enabled, memberships }, ...overrides })
}

const renamed = aDepartmentChange({
  id: 1,
  before: { id: 1, name: 'a' },
  after: { id: 1, name: 'b' },
  people: 3,
})

describe('where nothing is held', () => {
  test('everything goes on', () => {
    const changes = [aMove('a', [9], [1])]
    const departmentChanges = [renamed, off(9)]
    expect(guarded(grouped({ changes, departmentChanges }), policy)).toEqual({
      allowed: changes,
      held: [],
      heldAdditions: [],
      groups: { allowed: departmentChanges, held: [], memberships: 0 },
      limits: { people: aLimit(), groups: aLimit({ asked: 1 }), memberships: aLimit() },
      reasons: [],
      isApprovable: false,
      remarks: [],
    })
  })

  test('without groups nothing is said of them', () => {
    expect(guarded(aPlan({ departmentChanges: [off(9)] }), policy)).not.toHaveProperty('groups')
  })

  test('a group that was off already may be deleted whatever the limit', () => {
    const departmentChanges = Array.from({ length: 30 }, (_, index) => {
      const id = index + 9
      return aDepartmentChange({ id, before: { id, name: '', disabled: true }, people: 0 })
    })
    expect(guarded(grouped({ departmentChanges }), policy).groups?.held).toEqual([])
  })

  test('whoever moves to another group loses nothing, and whoever is deleted neither', () => {
    const changes = Array.from({ length: 50 }, (_, index) => [
      aMove(`a${index}`, [2], [3]),
      aDelete({
        userid: `b${index}`,
        enabled: false,
        ...edits({ groups: [ids(2), []] }),
      }),
      anAdd({ userid: `c${index}`, ...edits({ groups: [[], ids(2)] }) }),
    ]).flat()
    expect(guarded(grouped({ changes }), policy)).toMatchObject({ allowed: changes, reasons: [] })
  })
})

describe('spec 8: an incomplete fetch', () => {
  const doubts = [{ code: 'wecom-departments-missing', ids: [9] }] as const

  test('takes no group away and puts nobody out of one that is gone; an approval does not help', () => {
    const plan = grouped({
      doubts,
      changes: [aMove('a', [9, 0], [0]), aMove('b', [2, 9], [3]), aMove('c', [2], [3])],
      departmentChanges: [renamed, off(8, true), off(9)],
    })
    const decision = guarded(plan, policy)
    expect(decision).toMatchObject({
      allowed: [aMove('b', [2, 9], [9, 3]), aMove('c', [2], [3])],
      groups: { allowed: [renamed], held: [off(8, true), off(9)], memberships: 2 },
      reasons: [{ code: 'fetch-doubtful', removals: 4 }, ...doubts],
    })
    expect(decision).not.toHaveProperty('digest')
    expect(guarded(grouped({ doubts, departmentChanges: [renamed] }), policy)).toMatchObject({ reasons: [] })
  })
})

describe('where people are held', () => {
  const gone = aForbid({ userid: 'z', departments: [9] })

  test('their groups wait with them, and the digest is that of the people', () => {
    const plan = grouped({ changes: [gone, aMove('a', [1, 9], [1])], departmentChanges: [off(9)] })
    const decision = guarded(plan, policy)
    expect(decision).toMatchObject({
      allowed: [],
      held: [gone],
      groups: { allowed: [], held: [off(9)], memberships: 1 },
      reasons: [{ code: 'range-change' }, { code: 'groups-wait', groups: 1, memberships: 1 }],
    })
    expect(decision.digest).toBe(guarded(aPlan({ changes: [gone] }), policy).digest)
    const approved = guarded(plan, aPolicy({ approve: decision.digest ?? '' }))
    expect(approved).toMatchObject({ allowed: plan.changes, groups: { allowed: [off(9)], held: [] } })
    expect(approved.consent).toEqual({ by: 'approve', removals: [gone], reasons: decision.reasons })
    const people = guarded(grouped({ changes: [gone] }), policy)
    expect(people.reasons.map(({ code }) => code)).toEqual(['range-change'])
  })

  test('a merged snapshot that approves the people approves their groups', () => {
    const departmentChanges = Array.from({ length: 30 }, (_, index) => off(index + 9))
    const { digest = '' } = guarded(aPlan({ changes: [gone] }), policy)
    const plan = grouped({ changes: [gone], departmentChanges })
    const decision = guarded(plan, policy, { approved: digest })
    expect(decision).toMatchObject({
      held: [],
      groups: { allowed: departmentChanges },
      consent: { by: 'snapshot', losses: 30 },
    })
    expect(decision.digest).not.toBe(digest)
    const other = guarded(plan, policy, { approved: '0'.repeat(64) })
    expect(other.remarks).toEqual([{ code: 'approval-other', by: 'snapshot', digest: other.digest }])
    expect(other.reasons.map(({ code }) => code)).toEqual(['range-change', 'groups-over-limit'])
  })
})

describe('FS-42: limits of their own', () => {
  test('groups', () => {
    const departmentChanges = [
      renamed,
      ...Array.from({ length: 6 }, (_, index) => off(index + 9, index % 2 === 0)),
    ]
    const changes = [aMove('a', [1, 9], [1])]
    const plan = grouped({ departmentChanges, changes })
    const decision = guarded(plan, policy)
    expect(decision).toMatchObject({
      allowed: [],
      groups: { allowed: [renamed], held: departmentChanges.slice(1), memberships: 1 },
      reasons: [{ code: 'groups-over-limit', groups: 6, limit: 5 }],
      isApprovable: true,
      limits: { groups: { asked: 6, limit: 5, isExceeded: true }, memberships: { isExceeded: false } },
    })
    const approve = decision.digest ?? ''
    expect(guarded(plan, aPolicy({ approve }))).toMatchObject({
      allowed: changes,
      groups: { allowed: departmentChanges },
      consent: { by: 'approve', removals: [], losses: 6 },
    })
    const deleted = departmentChanges.slice(1).map(({ id }) => off(id, true))
    expect(guarded(grouped({ departmentChanges: [renamed, ...deleted] }), policy).digest).not.toBe(approve)
    expect(guarded(grouped({ departmentChanges: departmentChanges.slice(0, 6) }), policy).reasons).toEqual([])
  })

  test('places in groups: whoever would lose more than they get stays, the others move', () => {
    const changes = [
      aMove('mover', [2], [3]),
      aMove('both', [0, 1, 2], [3]),
      ...Array.from({ length: 5 }, (_, index) => aMove(`a${index}`, [1, 2], [1])),
      anUpdate({
        userid: 'title',
        ...edits({ title: ['', 'x'], groups: [ids(2), []] }),
      }),
    ]
    const decision = guarded(grouped({ changes }), policy)
    expect(decision).toMatchObject({
      allowed: [
        aMove('mover', [2], [3]),
        aMove('both', [0, 1, 2], [1, 2, 3]),
        anUpdate({ userid: 'title', ...edits({ title: ['', 'x'] }) }),
      ],
      groups: { held: [], memberships: 8 },
      reasons: [{ code: 'memberships-over-limit', memberships: 7, limit: 5 }],
      isApprovable: true,
      limits: { groups: { isExceeded: false }, memberships: { asked: 7, limit: 5, isExceeded: true } },
    })
    expect(guarded(grouped({ changes }), aPolicy({ approve: decision.digest ?? '' })).allowed).toEqual(
      changes,
    )
  })
})
