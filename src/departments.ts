import { applyTo } from './apply.ts'
import type { Grounds } from './decide.ts'
import type { Change, CurrentUser, Department, DepartmentChange, Plan } from './model.ts'

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

/** Every department the report may name, and what changes in the target's own list of them. */
export function departmentsOf(
  { directory, current }: Grounds,
  changes: readonly Change[],
): Pick<Plan, 'departments' | 'visibleDepartments' | 'departmentChanges'> {
  const wanted = directory.departments.toSorted(byId)
  const visibleDepartments = wanted.map(({ id }) => id)
  if (current.departments === undefined) {
    return { departments: wanted, visibleDepartments, departmentChanges: [] }
  }
  const before = byIds(current.departments)
  const after = byIds(departmentsAfter(wanted, current.departments, applyTo(current.users, changes)))
  const departments = [...new Map([...before, ...byIds(wanted)]).values()].toSorted(byId)
  return {
    departments,
    visibleDepartments,
    departmentChanges: departments.flatMap(({ id }) => changeOf(id, before.get(id), after.get(id))),
  }
}

function changeOf(
  id: number,
  before: Department | undefined,
  after: Department | undefined,
): readonly DepartmentChange[] {
  if (before?.name === after?.name && before?.parent === after?.parent) return []
  return [{ id, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }]
}

function byIds(departments: readonly Department[]): ReadonlyMap<number, Department> {
  return new Map(departments.map((department) => [department.id, department]))
}

function byId(a: Department, b: Department): number {
  return a.id - b.id
}
