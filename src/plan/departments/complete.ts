import type { Department } from '../../model/department.ts'

/**
 * Departments with what the target knows of them where WeCom does not send it: what is not sent never overwrites,
 * neither a name nor a place (specification 5.1, S6).
 *
 * @param known as the target holds them.
 */
export function completed(
  departments: readonly Department[],
  known: readonly Department[],
): readonly Department[] {
  const byId = new Map(known.map((department) => [department.id, department]))
  return departments.map(({ isUnplaced, ...department }) => {
    const stored = byId.get(department.id)
    if (stored === undefined) return department
    const name = department.name === '' ? stored.name : department.name
    const isKept = isUnplaced === true && stored.parent !== undefined
    return { ...department, name, ...(isKept && { parent: stored.parent }) }
  })
}
