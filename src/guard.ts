import { createHash } from 'node:crypto'
import type { Problem } from './errors.ts'
import {
  byCodePoint,
  keyOf,
  type Change,
  type Decision,
  type Limit,
  type Plan,
  type Policy,
} from './model.ts'

/**
 * Decides which changes of a plan are carried out (specification 8). Removals are held back, all of them, when
 * the fetch gives no proof or when they are more than the limit and not approved; everything else goes on.
 */
export function guard(plan: Plan, policy: Policy): Decision {
  const farewells = plan.changes.filter(isFarewell)
  const removals = farewells.filter(isRemoval)
  const limit = limitOf(policy.removalLimit, plan.owned)
  const digest = digestOf(plan, farewells)
  const approved = policy.approve !== undefined && policy.approve === digest
  const reasons = reasonsToHold({ plan, farewells, removals: removals.length, limit, approved })
  const isHeld = reasons.length > 0
  return {
    allowed: isHeld ? plan.changes.flatMap(withoutRemoval) : plan.changes,
    held: isHeld ? farewells : [],
    ...(farewells.length > 0 && { digest }),
    limit,
    removals: removals.length,
    reasons,
    remarks: aboutApproval(policy.approve, digest, isHeld, removals.length > limit),
  }
}

type Case = {
  readonly plan: Plan
  readonly farewells: readonly Change[]
  readonly removals: number
  readonly limit: number
  readonly approved: boolean
}

function reasonsToHold({ plan, farewells, removals, limit, approved }: Case): readonly Problem[] {
  if (farewells.length > 0 && plan.doubts.length > 0) {
    return [{ code: 'fetch-doubtful', removals: farewells.length }, ...plan.doubts]
  }
  return removals > limit && !approved ? [{ code: 'over-limit', removals, limit }] : []
}

/** An approval speaks for one set of people only; one that meets nothing held was not needed. */
function aboutApproval(
  approve: string | undefined,
  digest: string,
  isHeld: boolean,
  isOver: boolean,
): readonly Problem[] {
  if (approve === undefined) return []
  if (isHeld) return approve === digest ? [] : [{ code: 'approval-other', digest }]
  return isOver ? [] : [{ code: 'approval-unused' }]
}

type Farewell = Extract<Change, { kind: 'forbid' | 'delete' }>

/** Takes an account away, also one that is forbidden already. */
function isFarewell(change: Change): change is Farewell {
  return change.kind === 'forbid' || change.kind === 'delete'
}

/** Takes away an account that can sign in now: what the limit counts. */
function isRemoval(change: Farewell): boolean {
  return change.kind === 'forbid' || change.enabled
}

/** What is left of a change when its removal is held: the person's other fields go on. */
function withoutRemoval(change: Change): readonly Change[] {
  if (!isFarewell(change)) return [change]
  const { userid, displayName, departments, name } = change
  const fields = change.fields.filter(({ field }) => field !== 'status')
  const adopted = change.kind === 'forbid' && change.adopted !== undefined ? { adopted: change.adopted } : {}
  return fields.length === 0
    ? []
    : [{ kind: 'update', userid, displayName, departments, name, fields, ...adopted }]
}

/** A small company is neither stuck nor emptied: so many removals are always allowed, up to a third. */
const alwaysAllowed = 3

/** The lowest of the limits, in people. */
export function limitOf(limits: readonly Limit[], owned: number): number {
  const bounds = limits.map(({ kind, value }) =>
    kind === 'count' ? value : Math.floor((owned * value) / 100),
  )
  return Math.max(Math.min(...bounds), Math.min(alwaysAllowed, Math.floor(owned / 3)))
}

/** Names one set of removals: SHA-256 over the corp, the syncer and the pairs of userid and change. */
function digestOf({ corpId, syncer }: Plan, farewells: readonly Farewell[]): string {
  const pairs = farewells.map(({ userid, kind }) => `${keyOf(userid)} ${kind}`).toSorted(byCodePoint)
  return createHash('sha256')
    .update(JSON.stringify([corpId, syncer, pairs]))
    .digest('hex')
}
