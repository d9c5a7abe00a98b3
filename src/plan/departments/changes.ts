import { applyTo, departmentsAfter } from '../../model/apply.ts'
import type { Grounds } from '../person.ts'
import { groupingOf } from './grouping.ts'
import type { Change, Plan } from '../../model/plan.ts'
import type { CurrentUser } from '../../model/people.ts'
import {
  byId,
  type Department,
  type DepartmentChange,
  type DepartmentEvent,
  type DepartmentState,
} from '../../model/department.ts'
import type { Problem } from '../../model/problem.ts'
import { upFrom } from '../../model/department-tree.ts'

/** The part of a plan that is about departments. */
export type Departments = Pick<
  Plan,
  'departments' | 'visibleDepartments' | 'departmentChanges' | 'groups'
> & {
  readonly findings: readonly Problem[]
}

/**
 * Every department the report may name, and what changes in the target's own list of them.
 *
 * @param hidden accounts of people whom, for all that is known, only the app does not see any more.
 */
export function planDepartments(
  grounds: Grounds,
  changes: readonly Change[],
  hidden: readonly CurrentUser[],
): Departments {
  const { directory, current } = grounds
  const wanted = directory.departments.toSorted(byId)
  const listed = (
    before: readonly DepartmentState[],
    after: readonly DepartmentState[],
    accountsAfter: () => readonly CurrentUser[],
  ): Omit<Departments, 'findings'> => ({
    departments: united(before.map(plain), wanted),
    visibleDepartments: wanted.map(({ id }) => id),
    departmentChanges: departmentChanges(
      { departments: before, accounts: () => current.users },
      { departments: after, accounts: accountsAfter },
    ),
  })
  const accountsAfter = (): readonly CurrentUser[] => applyTo(current.users, changes)
  if (current.groups !== undefined) {
    const { before, after, ...found } = groupingOf(grounds, current.groups, changes, hidden)
    return { ...listed(before, after, accountsAfter), ...found }
  }
  if (current.departments === undefined) return { ...listed([], [], accountsAfter), findings: [] }
  const accounts = accountsAfter()
  const after = departmentsAfter(wanted, current.departments, accounts)
  return { ...listed(current.departments, after, () => accounts), findings: [] }
}

function plain({ id, name, parent }: Department): Department {
  return parent === undefined ? { id, name } : { id, name, parent }
}

/** Departments and who is in them, which is only asked for where it matters. */
type Staff = {
  readonly departments: readonly DepartmentState[]
  readonly accounts: () => readonly CurrentUser[]
}

/** What becomes of each department, by ascending id. */
function departmentChanges(before: Staff, after: Staff): readonly DepartmentChange[] {
  const [old, now] = [byIds(before.departments), byIds(after.departments)]
  const changed = united(before.departments, after.departments).flatMap(({ id }) => {
    const event = departmentEvent(old.get(id), now.get(id))
    return event === undefined ? [] : [{ id, ...event }]
  })
  if (changed.length === 0) return []
  const [were, are] = [headcounts(before), headcounts(after)]
  return changed.map((change) => {
    // What is held back still counts where somebody was; nobody was in what is new or back.
    const isNew = change.kind === 'added' || change.isBack === true
    return { ...change, people: (isNew ? are : were).get(change.id) ?? 0 }
  })
}

/** What happens to a department between two states of it; `undefined` where nothing does. */
export function departmentEvent(
  before: DepartmentState | undefined,
  after: DepartmentState | undefined,
): DepartmentEvent | undefined {
  if (before === undefined) return after && { kind: 'added', after }
  if (after === undefined) return { kind: 'removed', before }
  const keys = ['name', 'parent', 'disabled', 'altered'] as const
  if (keys.every((key) => before[key] === after[key])) return undefined
  const states = { before, after }
  if (after.disabled === true) return { kind: 'disabled', ...states }
  const hasMoved = before.altered !== true && before.parent !== after.parent
  const isBack = before.disabled === true
  const facts = { ...states, ...(hasMoved && { hasMoved }), ...(isBack && { isBack }) }
  if (before.name !== after.name) return { kind: 'renamed', ...facts }
  if (hasMoved) return { kind: 'moved', ...facts }
  return { kind: isBack ? 'enabled' : 'repaired', ...facts }
}

/** How many people are in each department or below it; whoever is in several of those counts once. */
function headcounts({ departments, accounts }: Staff): ReadonlyMap<number, number> {
  const known = byIds(departments)
  const counts = new Map<number, number>()
  for (const { status, deleted, departments: own = [] } of accounts()) {
    if (status === 'left' || deleted) continue
    const places = new Set(own.flatMap((id) => upFrom(id, known)))
    for (const { id } of places) counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return counts
}

/** All of both, as the second has them. */
function united<Some extends Department>(first: readonly Some[], second: readonly Some[]): readonly Some[] {
  return [...new Map([...byIds(first), ...byIds(second)]).values()].toSorted(byId)
}

function byIds<Some extends Department>(departments: readonly Some[]): ReadonlyMap<number, Some> {
  return new Map(departments.map((department) => [department.id, department]))
}
