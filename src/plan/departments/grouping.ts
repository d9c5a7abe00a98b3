import type { Grounds } from '../person.ts'
import type { Problem } from '../../model/problem.ts'
import { groupBy } from '../../model/lists.ts'
import { departmentOf, groupName, groupOf, type GroupOwner } from '../../model/groups.ts'
import { columnText } from '../map.ts'
import type { Change, Plan } from '../../model/plan.ts'
import type { CurrentUser } from '../../model/people.ts'
import type { Department, DepartmentState, Group, Groups } from '../../model/department.ts'
import { placesIn, upFrom, type Place } from '../../model/department-tree.ts'

/** The groups that stand for departments as they are and as they are to be (specification 6.5). */
export type Grouping = {
  readonly before: readonly DepartmentState[]
  readonly after: readonly DepartmentState[]
  readonly groups: NonNullable<Plan['groups']>
  readonly findings: readonly Problem[]
}

/**
 * Every visible department is a group below its parent's; what becomes of the others `leavers` says.
 *
 * @param hidden accounts of people who are still in the company or may be: their departments have not vanished.
 */
export function groupingOf(
  { directory, current, policy }: Grounds,
  groups: Groups,
  changes: readonly Change[],
  hidden: readonly CurrentUser[],
): Grouping {
  const owner = { organization: groups.organization, syncer: policy.syncer }
  const places = placesIn(directory.departments)
  const ours = groups.departments.filter(({ id, handMade }) => places.has(id) || handMade !== true)
  const gone = ours.filter(({ id }) => !places.has(id))
  const theirs = new Set(hidden.flatMap((account) => account.groups))
  const unseen = withAncestors(gone, ({ id }) => theirs.has(groupOf(owner, id)))
  const vanished = gone.filter(({ id }) => !unseen.has(id))
  const { after, inUse } =
    policy.leavers === 'delete'
      ? emptied(vanished, membersAfter(current.users, changes, owner))
      : { after: vanished.map(policy.leavers === 'forbid' ? disabled : stateOf), inUse: [] }
  const kept = (why: 'policy' | 'hidden' | 'in-use', some: readonly Group[]): readonly Problem[] => {
    const names = some.filter((group) => group.disabled !== true).map(({ id }) => groupName(owner, id))
    return names.length === 0 ? [] : [{ code: 'groups-kept', why, groups: names }]
  }
  return {
    before: ours.map(stateOf),
    after: [
      ...directory.departments.map((department) => wantedState(department, places)),
      ...gone.filter(({ id }) => unseen.has(id)).map(stateOf),
      ...after,
    ],
    groups: {
      organization: groups.organization,
      enabled: ours.filter((group) => group.disabled !== true).length,
      memberships: current.users
        .filter((account) => !account.deleted)
        .flatMap((account) => account.groups)
        .filter((group) => departmentOf(owner, group) !== undefined).length,
    },
    findings: [
      ...kept('policy', policy.leavers === 'keep' ? vanished : []),
      ...kept(
        'hidden',
        gone.filter(({ id }) => unseen.has(id)),
      ),
      ...kept('in-use', inUse),
    ],
  }
}

function wantedState(department: Department, places: ReadonlyMap<number, Place>): DepartmentState {
  const { id } = department
  const parent = places.get(id)?.parent
  return { id, name: labelOf(department), ...(parent !== undefined && { parent }) }
}

/** What a group is called for people: the department's name, or its id where it has none. */
export function labelOf({ id, name }: Department): string {
  const label = columnText(name)
  return label === '' ? String(id) : label
}

function stateOf({ members: _, isShared: __, handMade: ___, ...state }: Group): DepartmentState {
  return state
}

function disabled(group: Group): DepartmentState {
  return { ...stateOf(group), disabled: true }
}

/** Those of a kind and everything they hang below. */
function withAncestors(groups: readonly Group[], isOne: (group: Group) => boolean): ReadonlySet<number> {
  const byId = new Map(groups.map((group) => [group.id, group]))
  return new Set(groups.filter(isOne).flatMap(({ id }) => upFrom(id, byId).map((group) => group.id)))
}

/** Groups that nobody is in any more, nor in one below them, are deleted; the others stay, and are reported. */
function emptied(
  groups: readonly Group[],
  membersOf: (group: Group) => number,
): { readonly after: readonly DepartmentState[]; readonly inUse: readonly Group[] } {
  const used = withAncestors(groups, (group) => group.isShared || membersOf(group) > 0)
  const inUse = groups.filter(({ id }) => used.has(id))
  return { after: inUse.map(stateOf), inUse }
}

/** Who is still in a group after the changes: those whom Casdoor counts, and those who name it themselves. */
function membersAfter(
  accounts: readonly CurrentUser[],
  changes: readonly Change[],
  owner: GroupOwner,
): (group: Group) => number {
  const nameOf = (account: CurrentUser): string => `${owner.organization}/${account.name}`
  const changed = new Map(changes.map((change) => [`${owner.organization}/${change.name}`, change]))
  const naming = groupBy(
    accounts
      .filter(({ deleted }) => !deleted)
      .flatMap((account) => account.groups.map((group) => ({ group, member: nameOf(account) }))),
    ({ group }) => group,
  )
  const stays = (member: string, group: string): boolean => {
    const change = changed.get(member)
    if (change?.kind === 'delete') return false
    return change?.groups?.after.includes(group) !== false
  }
  return ({ id, members }) => {
    const group = groupOf(owner, id)
    const all = new Set([...members, ...(naming.get(group) ?? []).map(({ member }) => member)])
    return [...all].filter((member) => stays(member, group)).length
  }
}
