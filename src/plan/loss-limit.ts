import type { Limit } from '../model/policy.ts'
import type { LossLimit } from '../model/plan.ts'

/** A small company is neither stuck nor emptied: so many losses are always allowed, up to a third. */
const alwaysAllowed = 3

/**
 * The lowest of the bounds, but never less than the few losses that are always allowed (specification 8).
 *
 * @param total how many could be lost.
 * @param asked how many a plan would lose.
 */
export function lossLimit(
  policy: readonly Limit[],
  { total, asked }: Pick<LossLimit, 'total' | 'asked'>,
): LossLimit {
  const bounds = policy.map((bound) => ({ bound, count: countOf(bound, total) }))
  const lowest = Math.min(...bounds.map(({ count }) => count))
  const limit = Math.max(lowest, Math.min(alwaysAllowed, Math.floor(total / 3)))
  return { asked, total, bounds, limit, isExceeded: asked > limit, isRaised: limit > lowest }
}

function countOf({ kind, value }: Limit, total: number): number {
  return kind === 'count' ? value : Math.floor((total * value) / 100)
}
