import { applyTo } from './apply.ts'
import type { Grounds } from './decide.ts'
import { groupingOf } from './grouping.ts'
import type { Change, CurrentUser, Department, DepartmentChange, DepartmentState, Plan } from './model.ts'
import type { Problem } from './errors.ts'

/** The departments a target lists: the wanted ones, and those its accounts still name (leavers'). */
export function departmentsAfter(
  wanted: readonly Department[],
  current: readonly Department[],
  accounts: readonly CurrentUser[],
): readonly Department[] {
  const ids = new Set(wanted.map(({ id }) => id))
  const named = new Set(accounts.flatMap((account) => account.departments ?? []))
  const kept = current.filter(({ id }) => !ids.has(id) && named.has(id))
  return [...wanted, ...kept].toSorted(byId)
}

/** What a plan tells about departments. */
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
export function departmentsOf(
  grounds: Grounds,
  changes: readonly Change[],
  hidden: readonly CurrentUser[],
): Departments {
  const { directory, current } = grounds
  const wanted = directory.departments.toSorted(byId)
  const visibleDepartments = wanted.map(({ id }) => id)
  if (current.groups !== undefined) {
    const { before, after, ...found } = groupingOf(grounds, current.groups, changes, hidden)
    return {
      departments: united(before.map(plain), wanted),
      visibleDepartments,
      departmentChanges: departmentChanges(before, after),
      ...found,
    }
  }
  if (current.departments === undefined) {
    return { departments: wanted, visibleDepartments, departmentChanges: [], findings: [] }
  }
  const after = departmentsAfter(wanted, current.departments, applyTo(current.users, changes))
  return {
    departments: united(current.departments, wanted),
    visibleDepartments,
    departmentChanges: departmentChanges(current.departments, after),
    findings: [],
  }
}

function plain({ id, name, parent }: Department): Department {
  return parent === undefined ? { id, name } : { id, name, parent }
}

/** What becomes of each department, by ascending id. */
export function departmentChanges(
  before: readonly DepartmentState[],
  after: readonly DepartmentState[],
): readonly DepartmentChange[] {
  const [old, now] = [byIds(before), byIds(after)]
  return united(before, after).flatMap(({ id }) => changeOf(id, old.get(id), now.get(id)))
}

function changeOf(
  id: number,
  before: DepartmentState | undefined,
  after: DepartmentState | undefined,
): readonly DepartmentChange[] {
  const keys = ['name', 'parent', 'disabled', 'altered'] as const
  if (keys.every((key) => before?.[key] === after?.[key])) return []
  return [{ id, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }]
}

/** All of both, as the second has them. */
function united<Some extends Department>(first: readonly Some[], second: readonly Some[]): readonly Some[] {
  return [...new Map([...byIds(first), ...byIds(second)]).values()].toSorted(byId)
}

function byIds<Some extends Department>(departments: readonly Some[]): ReadonlyMap<number, Some> {
  return new Map(departments.map((department) => [department.id, department]))
}

function byId(a: Department, b: Department): number {
  return a.id - b.id
}
