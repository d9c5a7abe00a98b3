import type { CurrentUser } from './people.ts'
import type { DepartmentChange } from './department.ts'
import type { FieldChange } from './plan.ts'

/*
 * Departments as Casdoor groups (specification 6.5): what they are called, and who is in which.
 */

/** Whose groups: those that a syncer made in an organization. */
export type GroupOwner = { readonly organization: string; readonly syncer: string }

/** The name of a department's group, unique over all organizations of a Casdoor. */
export function groupName({ organization, syncer }: GroupOwner, department: number): string {
  return `${organization}-${syncer}-${department}`
}

/** The same as accounts name it. */
export function groupOf(owner: GroupOwner, department: number): string {
  return `${owner.organization}/${groupName(owner, department)}`
}

/**
 * The department that a group stands for, told by its name; `undefined` for a group that is not this syncer's. An
 * id holds no `-`, so that the last one ends the name of the syncer: `acme-wecom-2-5` is department 5 of `wecom-2`
 * and can be none of `wecom`.
 */
export function departmentNamed(owner: GroupOwner, name: string): number | undefined {
  const prefix = groupName(owner, 0).slice(0, -1)
  const id = name.startsWith(prefix) ? name.slice(prefix.length) : ''
  return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : undefined
}

/** The same for a group as accounts name it. */
export function departmentOf(owner: GroupOwner, group: string): number | undefined {
  const prefix = `${owner.organization}/`
  return group.startsWith(prefix) ? departmentNamed(owner, group.slice(prefix.length)) : undefined
}

/**
 * The groups of an account: those of all its departments, and every other one that is not this syncer's. What is
 * right already keeps its place.
 */
export function groupsIn(
  departments: readonly number[],
  { groups }: Pick<CurrentUser, 'groups'>,
  owner: GroupOwner,
): readonly string[] {
  const wanted = new Set(departments.map((id) => groupOf(owner, id)))
  const isRight = (group: string, index: number): boolean =>
    departmentOf(owner, group) === undefined || (wanted.has(group) && groups.indexOf(group) === index)
  const kept = groups.filter(isRight)
  const missing = [...wanted].filter((group) => !groups.includes(group))
  return [...kept, ...missing]
}

/** Groups as one text, as changes carry them: any name survives. */
export function joinGroups(groups: readonly string[]): string {
  return groups.length === 0 ? '' : JSON.stringify(groups)
}

export function splitGroups(joined: string): readonly string[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `joinGroups()` made it.
  return joined === '' ? [] : (JSON.parse(joined) as string[])
}

/** Does a change switch a group off, or delete it? */
export function isLoss({ kind }: Pick<DepartmentChange, 'kind'>): boolean {
  return kind === 'removed' || kind === 'disabled'
}

/** What a change does to somebody's groups, if it does. */
export function groupChange(fields: readonly FieldChange[]): FieldChange | undefined {
  return fields.find(({ field }) => field === 'groups')
}

/** The groups that somebody leaves and enters by a change of groups. */
export function groupsChanged({ before, after }: Pick<FieldChange, 'before' | 'after'>): {
  readonly left: readonly string[]
  readonly entered: readonly string[]
} {
  const [old, now] = [splitGroups(before), splitGroups(after)]
  return {
    left: old.filter((group) => !now.includes(group)),
    entered: now.filter((group) => !old.includes(group)),
  }
}

/** The departments whose groups somebody leaves and enters by a change. */
export function departmentsChanged(
  fields: readonly FieldChange[],
  owner: GroupOwner,
): { readonly left: readonly number[]; readonly entered: readonly number[] } {
  const { left, entered } = groupsChanged(groupChange(fields) ?? { before: '', after: '' })
  const idsOf = (groups: readonly string[]): readonly number[] =>
    groups.flatMap((group) => departmentOf(owner, group) ?? [])
  return { left: idsOf(left), entered: idsOf(entered) }
}
