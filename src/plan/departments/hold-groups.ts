import type { Problem } from '../../model/problem.ts'
import { departmentTurnover, groupOf, isLoss, type GroupOwner } from '../../model/groups.ts'
import { listEdits, turnover } from '../../model/edit.ts'
import { isSame } from '../../model/lists.ts'
import { keyOf } from '../../model/people.ts'
import { type Change, type GroupDecision, type Limits, type Plan } from '../../model/plan.ts'
import { type DepartmentChange } from '../../model/department.ts'
import { type Policy } from '../../model/policy.ts'
import { lossLimit } from '../loss-limit.ts'

/** What a plan removes where departments are groups: groups, and people's places in them. */
export type GroupLosses = {
  readonly owner: GroupOwner
  /** Groups that would be switched off or deleted. */
  readonly removals: readonly DepartmentChange[]
  /** Places that would end in groups whose department is not visible any more. */
  readonly withGone: number
  readonly isGone: (department: number) => boolean
  /** Userids of people who would lose more places than they get: whoever changes from one to another has moved. */
  readonly losers: ReadonlySet<string>
  readonly limits: Required<Omit<Limits, 'people'>>
  /** Losses over a limit of their own (FS-42): why, and what an approval of them names. */
  readonly groupsOver: readonly Problem[]
  readonly placesOver: readonly Problem[]
  readonly pairs: readonly string[]
}

/** What a plan would remove; `undefined` where departments are no groups. */
export function groupLosses(
  plan: Plan,
  { syncer, removalLimit }: Pick<Policy, 'syncer' | 'removalLimit'>,
): GroupLosses | undefined {
  if (plan.groups === undefined) return undefined
  const { organization, enabled, memberships } = plan.groups
  const owner = { organization, syncer }
  const visible = new Set(plan.visibleDepartments)
  const isGone = (department: number): boolean => !visible.has(department)
  const removals = plan.departmentChanges.filter(isLoss)
  const switchedOff = removals.filter(({ before }) => before?.disabled !== true)
  const leaving = plan.changes.filter(({ kind }) => kind !== 'delete').map((change) => lossOf(change, owner))
  const losers = leaving.filter(({ net }) => net > 0)
  const limits = {
    groups: lossLimit(removalLimit, { total: enabled, asked: switchedOff.length }),
    memberships: lossLimit(removalLimit, {
      total: memberships,
      asked: losers.reduce((sum, { net }) => sum + net, 0),
    }),
  }
  const { groups, memberships: places } = limits
  return {
    owner,
    removals,
    withGone: leaving.flatMap((each) => each.lost).filter(isGone).length,
    isGone,
    losers: new Set(losers.map(({ userid }) => userid)),
    limits,
    groupsOver: groups.isExceeded
      ? [{ code: 'groups-over-limit', groups: groups.asked, limit: groups.limit }]
      : [],
    placesOver: places.isExceeded
      ? [{ code: 'memberships-over-limit', memberships: places.asked, limit: places.limit }]
      : [],
    pairs: [
      ...(groups.isExceeded
        ? removals.map(({ id, kind }) => `group ${id} ${kind === 'removed' ? 'delete' : 'disable'}`)
        : []),
      ...(places.isExceeded
        ? losers.map((loser) => `${keyOf(loser.userid)} out of ${loser.lost.join(',')}`)
        : []),
    ],
  }
}

type Loss = { readonly userid: string; readonly lost: readonly number[]; readonly net: number }

function lossOf(change: Change, owner: GroupOwner): Loss {
  const { left: lost, entered } = departmentTurnover(change, owner)
  return { userid: change.userid, lost, net: lost.length - entered.length }
}

/** What is done to groups, and what is not, where removals are held. */
export type HeldGroups = { readonly allowed: readonly Change[]; readonly groups: GroupDecision }

/**
 * A department that may not be removed keeps its group, and its group keeps its people.
 *
 * @param held `groups` that are gone; `places`: those of people who lose some.
 */
export function holdGroups(
  changes: readonly Change[],
  { departmentChanges }: Plan,
  { owner, removals, isGone, losers }: GroupLosses,
  held: { readonly groups: boolean; readonly places: boolean },
): HeldGroups {
  const kept = changes.map((change) => ({
    change,
    ids:
      change.kind === 'delete'
        ? []
        : lossOf(change, owner).lost.filter(
            (id) => (held.groups && isGone(id)) || (held.places && losers.has(change.userid)),
          ),
  }))
  const waiting = new Set(held.groups ? removals : [])
  return {
    allowed: kept.flatMap(({ change, ids }) => (ids.length === 0 ? [change] : stayingIn(change, ids, owner))),
    groups: {
      allowed: departmentChanges.filter((change) => !waiting.has(change)),
      held: [...waiting],
      memberships: kept.reduce((sum, { ids }) => sum + ids.length, 0),
    },
  }
}

/** The change without leaving these groups; nothing when that was all of it. */
function stayingIn(
  { groups = { before: [], after: [] }, ...others }: Change,
  departments: readonly number[],
  owner: GroupOwner,
): readonly Change[] {
  const kept = new Set(departments.map((id) => groupOf(owner, id)))
  const { before } = groups
  const stayed = before.filter((group) => groups.after.includes(group) || kept.has(group))
  const after = [...stayed, ...turnover(groups).entered]
  const change: Change = isSame(before, after) ? others : { ...others, groups: { before, after } }
  return change.kind === 'update' && listEdits(change).length === 0 ? [] : [change]
}
