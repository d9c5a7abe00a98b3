import type { Problem } from './errors.ts'
import {
  departmentOf,
  groupChange,
  joinGroups,
  lostDepartments,
  splitGroups,
  type GroupOwner,
} from './groups.ts'
import { keyOf, type Change, type DepartmentChange, type GroupDecision, type Plan } from './model.ts'

/** What a plan takes away where departments are groups: groups, and people's places in them. */
export type GroupLosses = {
  readonly owner: GroupOwner
  /** Groups that would be switched off or deleted. */
  readonly removals: readonly DepartmentChange[]
  /** Memberships that would end in groups whose department is not visible any more. */
  readonly withGone: number
  readonly isGone: (department: number) => boolean
  /** Losses over a limit of their own (FS-42): why, and what an approval of them names. */
  readonly groupsOver: readonly Problem[]
  readonly membershipsOver: readonly Problem[]
  readonly pairs: readonly string[]
}

/** @param limitOf how many of so many may go in one run. */
export function groupLosses(plan: Plan, limitOf: (all: number) => number): GroupLosses | undefined {
  if (plan.groups === undefined) return undefined
  const { organization, enabled, memberships } = plan.groups
  const owner = { organization, syncer: plan.syncer }
  const visible = new Set(plan.visibleDepartments)
  const isGone = (department: number): boolean => !visible.has(department)
  const removals = plan.departmentChanges.filter(isRemoval)
  const takenAway = removals.filter(({ before }) => before?.disabled !== true).length
  const losers = plan.changes
    .filter(({ kind }) => kind !== 'delete')
    .map(({ userid, fields }) => ({ userid, lost: lostDepartments(fields, owner) }))
    .filter(({ lost }) => lost.length > 0)
  const lost = losers.flatMap((loser) => loser.lost)
  const groupsOver = takenAway > limitOf(enabled)
  const membershipsOver = lost.length > limitOf(memberships)
  return {
    owner,
    removals,
    withGone: lost.filter(isGone).length,
    isGone,
    groupsOver: groupsOver ? [{ code: 'groups-over-limit', groups: takenAway, limit: limitOf(enabled) }] : [],
    membershipsOver: membershipsOver
      ? [{ code: 'memberships-over-limit', memberships: lost.length, limit: limitOf(memberships) }]
      : [],
    pairs: [
      ...(groupsOver ? removals.map(({ id, after }) => `group ${id} ${after ? 'disable' : 'delete'}`) : []),
      ...(membershipsOver
        ? losers.map((loser) => `${keyOf(loser.userid)} out of ${loser.lost.join(',')}`)
        : []),
    ],
  }
}

/** Is a group switched off or deleted that is neither yet? */
function isRemoval({ before, after }: DepartmentChange): boolean {
  return after === undefined || (after.disabled === true && before?.disabled !== true)
}

/** What is done to groups, and what is not, where removals are held. */
export type Retained = { readonly allowed: readonly Change[]; readonly groups: GroupDecision }

/**
 * A department that may not be taken away keeps its group, and its group keeps its people.
 *
 * @param held `gone`: departments that are not visible any more; `all`: nobody leaves any group.
 */
export function retain(
  changes: readonly Change[],
  { departmentChanges }: Plan,
  { owner, removals, isGone }: GroupLosses,
  held: { readonly groups: boolean; readonly memberships: 'none' | 'gone' | 'all' },
): Retained {
  const keeps = (department: number): boolean =>
    held.memberships === 'all' || (held.memberships === 'gone' && isGone(department))
  const kept = changes.map((change) => ({
    change,
    ids: change.kind === 'delete' ? [] : lostDepartments(change.fields, owner).filter(keeps),
  }))
  const waiting = new Set(held.groups ? removals : [])
  return {
    allowed: kept.flatMap(({ change, ids }) => (ids.length === 0 ? [change] : staying(change, ids, owner))),
    groups: {
      allowed: departmentChanges.filter((change) => !waiting.has(change)),
      held: [...waiting],
      memberships: kept.reduce((sum, { ids }) => sum + ids.length, 0),
    },
  }
}

/** The change without leaving these groups; nothing when that was all of it. */
function staying(change: Change, departments: readonly number[], owner: GroupOwner): readonly Change[] {
  const { before = '', after = '' } = groupChange(change.fields) ?? {}
  const stays = new Set(departments)
  const then = new Set(splitGroups(after))
  const old = splitGroups(before)
  const kept = old.filter((group) => then.has(group) || stays.has(departmentOf(owner, group) ?? 0))
  const joined = joinGroups([...kept, ...splitGroups(after).filter((group) => !old.includes(group))])
  const fields = change.fields.flatMap((field) => {
    if (field.field !== 'groups') return [field]
    return joined === before ? [] : [{ ...field, after: joined }]
  })
  return change.kind === 'update' && fields.length === 0 ? [] : [{ ...change, fields }]
}
