import type { DepartmentChange } from '../model/department.ts'
import type { Change } from '../model/plan.ts'
import type { Result, Run } from '../model/run.ts'

/** The changes that were made, or in a plan those that would be. */
export function carriedOut(of: Run | Result): readonly Change[] {
  const result = 'plan' in of ? of : of.result
  if (result === undefined) return []
  if (result.applied !== undefined) return result.applied.done
  return isUndone(of, result) ? [] : result.decision.allowed
}

/** Did a run that was to write come to its end before it wrote? */
export function isUndone(of: Run | Result, { applied }: Result): boolean {
  return applied === undefined && 'mode' in of && of.mode !== 'plan'
}

/** The changes of departments that were made, or in a plan those that would be. */
export function departmentsCarriedOut({ plan, decision, applied }: Result): readonly DepartmentChange[] {
  // A list of departments is written together with the people, or not at all.
  if (decision.groups === undefined) return applied?.stopped === undefined ? plan.departmentChanges : []
  return applied?.groups?.done ?? decision.groups.allowed
}
