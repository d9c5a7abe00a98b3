import type { DepartmentChange } from './department.ts'
import { turnover, type Edits, type Turnover } from './edit.ts'

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
 * The department that a group stands for, by its name; `undefined` for a group that is not this syncer's. An
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
 * The groups an account with these is to have: those of all its departments, and each that is not this syncer's. What is
 * right already keeps its place.
 */
export function groupsFor(
  departments: readonly number[],
  groups: readonly string[],
  owner: GroupOwner,
): readonly string[] {
  const wanted = new Set(departments.map((id) => groupOf(owner, id)))
  const isRight = (group: string, index: number): boolean =>
    departmentOf(owner, group) === undefined || (wanted.has(group) && groups.indexOf(group) === index)
  const kept = groups.filter(isRight)
  const missing = [...wanted].filter((group) => !groups.includes(group))
  return [...kept, ...missing]
}

/** Does a change switch a group off, or delete it? */
export function isLoss({ kind }: Pick<DepartmentChange, 'kind'>): boolean {
  return kind === 'removed' || kind === 'disabled'
}

/** The departments whose groups somebody leaves and enters by a change. */
export function departmentTurnover({ groups }: Pick<Edits, 'groups'>, owner: GroupOwner): Turnover<number> {
  const idsOf = (some: readonly string[]): readonly number[] =>
    some.flatMap((group) => departmentOf(owner, group) ?? [])
  const { left, entered } = turnover(groups ?? { before: [], after: [] })
  return { left: idsOf(left), entered: idsOf(entered) }
}
