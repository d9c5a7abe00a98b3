import { keyOf } from '../model/people.ts'
import { type Applied } from '../model/applied.ts'
import { type Change, type Decision } from '../model/plan.ts'
import { type Check } from '../model/check.ts'
import { type Outcome, type Result, type Run } from '../model/run.ts'
import { carriedOut, departmentsCarriedOut, isUndone } from '../story/carried-out.ts'
import type { CountName, Tense } from '../text/text.ts'

/** The numbers of a run, in people; `groups` in groups, and what is held or failed in both. */
export type Counts = Readonly<Record<CountName, number>>

const nothing: Counts = {
  added: 0,
  updated: 0,
  forbidden: 0,
  restored: 0,
  deleted: 0,
  held: 0,
  skipped: 0,
  failed: 0,
  unchanged: 0,
  groups: 0,
}

/**
 * How many people of a run were added, updated and so on: what was done, or, where nothing was to be written
 * (`mode: plan`), what would be. All zero for a run that stopped before there was a plan.
 */
export function counts(of: Run | Result): Counts {
  const result = 'plan' in of ? of : of.result
  if (result === undefined) return nothing
  const { plan, decision } = result
  const numbers = { ...nothing, held: heldIn(decision), unchanged: plan.unchanged }
  for (const { kind } of carriedOut(of)) numbers[countOf[kind]] += 1
  numbers.skipped = plan.remarks.filter((remark) => remark.kind === 'skipped').length
  numbers.failed = failedIn(result)
  if (decision.groups !== undefined && !isUndone(of, result)) {
    numbers.groups = departmentsCarriedOut(result).length
  }
  return numbers
}

/** The counts of what is done to people, as against what is not. */
export const changeCounts: readonly CountName[] = ['added', 'updated', 'forbidden', 'restored', 'deleted']

/** What a kind of change is counted as. */
export const countOf = {
  add: 'added',
  update: 'updated',
  forbid: 'forbidden',
  restore: 'restored',
  delete: 'deleted',
} as const satisfies Readonly<Record<Change['kind'], CountName>>

/** Everything that is held back: people, groups, and places in groups. */
export function heldIn({ held, heldAdditions, groups }: Decision): number {
  return held.length + heldAdditions.length + (groups?.held.length ?? 0) + (groups?.memberships ?? 0)
}

/** Everything that was refused, people and groups. */
export function failedIn({ applied }: Result): number {
  return (applied?.failed.length ?? 0) + (applied?.groups?.failed.length ?? 0)
}

/** Everything that was done, people and groups. */
export function doneIn({ done, groups }: Applied): number {
  return done.length + (groups?.done.length ?? 0)
}

/** Everything that is to be written, people and groups. */
export function allowedIn({ allowed, groups }: Decision): number {
  return allowed.length + (groups?.allowed.length ?? 0)
}

/** Did it happen, or would it? */
export function tenseOf(of: Run | Result): Tense {
  const result = 'plan' in of ? of : of.result
  return result?.applied === undefined || awaitsMerge(result) ? 'planned' : 'done'
}

/** Does a pull request show it that nobody has merged yet? */
export function awaitsMerge({ applied }: Result): boolean {
  const pullRequest = applied?.delivery?.pullRequest
  return pullRequest !== undefined && pullRequest.state !== 'closed'
}

/** The changes that were to be made and were neither made nor refused, because writing stopped. */
export function unreached({ decision, applied }: Result): readonly Change[] {
  if (applied?.stopped === undefined) return []
  const reached = [...applied.done, ...applied.failed.map(({ change }) => change)]
  const keys = new Set(reached.map(({ userid }) => keyOf(userid)))
  return decision.allowed.filter(({ userid }) => !keys.has(keyOf(userid)))
}

/** The groups that were neither written nor refused, because writing stopped. */
export function groupsLeft({ decision, applied }: Result): number {
  if (applied?.groups === undefined || decision.groups === undefined) return 0
  const { done, failed } = applied.groups
  return decision.groups.allowed.length - done.length - failed.length
}

/** What a run came to, in a word (specification 2). */
export function outcomeOf(mode: 'sync' | 'plan', result: Result): Outcome {
  const { plan, decision, applied } = result
  const isHeld = heldIn(decision) > 0
  if (mode === 'plan' || applied === undefined) {
    const isEmpty = decision.allowed.length === 0 && plan.departmentChanges.length === 0 && !isHeld
    return isEmpty ? 'unchanged' : 'planned'
  }
  // A pull request that shows it all already is left as it is.
  const isDone = applied.changed || (applied.done.length > 0 && !awaitsMerge(result))
  if (failedIn(result) > 0 || applied.stopped !== undefined) return isDone ? 'partial' : 'failed'
  if (isHeld) return 'held'
  return isDone ? 'applied' : 'unchanged'
}

/** What `mode: check` came to: any ✗ is a failure. */
export function outcomeOfChecks(checks: readonly Check[]): Outcome {
  return checks.some(({ mark }) => mark === 'fail') ? 'failed' : 'unchanged'
}
