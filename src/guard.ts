import { createHash } from 'node:crypto'
import type { Problem } from './errors.ts'
import {
  byCodePoint,
  keyOf,
  type Change,
  type Consent,
  type Decision,
  type Limit,
  type Plan,
  type Policy,
  type Removal,
} from './model.ts'

/**
 * Decides which changes of a plan are carried out (specification 8). Removals are held back without proof, over
 * the limit, or where they look like a narrowed visible range; everything else goes on.
 */
export function guard(plan: Plan, policy: Policy): Decision {
  const asked = plan.changes.filter(isRemoval)
  const removals = asked.filter(takesAccess).length
  const limit = limitOf(policy.removalLimit, plan.owned)
  const suspect = suspectOf(plan, asked, { removals, limit })
  const digest = suspect.changes.length === 0 ? undefined : digestOf(plan, suspect.changes)
  const by = digest === undefined || !suspect.isApprovable ? undefined : consentOf(digest, plan, policy)
  const held = new Set<Removal>(by === undefined ? suspect.changes : [])
  return {
    allowed: plan.changes.flatMap((change) =>
      isRemoval(change) && held.has(change) ? withoutRemoval(change) : [change],
    ),
    held: [...held],
    ...(digest !== undefined && { digest }),
    limit,
    removals,
    reasons: by === undefined ? suspect.reasons : [],
    remarks: by === undefined ? aboutApproval(digest, plan, policy) : [],
    ...(by !== undefined && { consent: { by, removals: suspect.changes, reasons: suspect.reasons } }),
  }
}

/** Whose word lets exactly this set of removals go on; nobody's is `undefined`. */
function consentOf(digest: string, { approved }: Plan, policy: Policy): Consent['by'] | undefined {
  if (policy.approve === digest) return 'approve'
  if (approved === digest) return 'snapshot'
  return policy.review ? 'review' : undefined
}

/** Changes that are not carried out of themselves, and why. */
type Suspect = {
  readonly changes: readonly Removal[]
  readonly reasons: readonly Problem[]
  /** An approval speaks about people; it proves no fetch. */
  readonly isApprovable: boolean
}

function suspectOf(
  { visibleDepartments, doubts, oneByOne }: Plan,
  asked: readonly Removal[],
  { removals, limit }: Pick<Decision, 'removals' | 'limit'>,
): Suspect {
  const visible = new Set(visibleDepartments)
  const access = asked.filter(takesAccess)
  const departed = access.filter((change) => isOutOfRange(change, visible))
  const single = oneByOne > 0 ? [] : access.filter(isOneByOne)
  const narrowed = new Set([...departed, ...single])
  const departments = [...new Set(departed.flatMap((change) => change.departments))]
  const isDoubtful = asked.length > 0 && doubts.length > 0
  const isOver = removals > limit
  const reasons: Problem[] = []
  if (isDoubtful) reasons.push({ code: 'fetch-doubtful', removals: asked.length }, ...doubts)
  if (departed.length > 0) {
    const gone = departments.toSorted((a, b) => a - b)
    reasons.push({ code: 'range-change', departments: gone, people: departed.length })
  }
  if (single.length > 0) reasons.push({ code: 'one-by-one-gone', people: single.length })
  if (isOver) reasons.push({ code: 'over-limit', removals, limit })
  const some = asked.filter((change) => narrowed.has(change))
  return { changes: isDoubtful || isOver ? asked : some, reasons, isApprovable: !isDoubtful }
}

/**
 * Is the person gone together with every department they were in? An administrator who narrows the app's
 * visible range (可见范围) makes people leave in just this way.
 */
function isOutOfRange({ cause, departments }: Removal, visible: ReadonlySet<number>): boolean {
  return cause === 'left' && departments.length > 0 && !departments.some((id) => visible.has(id))
}

/**
 * Is the person gone, and was in no department? One by one they come and go; that the last of them go together
 * looks like people and tags taken out of the visible range.
 */
function isOneByOne({ cause, departments }: Removal): boolean {
  return cause === 'left' && departments.length === 0
}

/**
 * An approval speaks for one set of people only. An input that meets nothing held was not needed; a file keeps
 * its approval until it changes.
 */
function aboutApproval(
  digest: string | undefined,
  { approved }: Plan,
  { approve }: Policy,
): readonly Problem[] {
  if (digest === undefined) return approve === undefined ? [] : [{ code: 'approval-unused' }]
  const isOther = (approval: string | undefined): boolean => approval !== undefined && approval !== digest
  return [
    ...(isOther(approve) ? [{ code: 'approval-other', by: 'approve', digest } as const] : []),
    ...(isOther(approved) ? [{ code: 'approval-other', by: 'snapshot', digest } as const] : []),
  ]
}

function isRemoval(change: Change): change is Removal {
  return change.kind === 'forbid' || change.kind === 'delete'
}

/** Takes away an account that can sign in now: what the limit counts. */
function takesAccess(change: Removal): boolean {
  return change.kind === 'forbid' || change.enabled
}

/** What is left of a change when its removal is held: the person's other fields go on. */
function withoutRemoval(change: Removal): readonly Change[] {
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
function digestOf({ corpId, syncer }: Plan, asked: readonly Removal[]): string {
  const pairs = asked.map(({ userid, kind }) => `${keyOf(userid)} ${kind}`).toSorted(byCodePoint)
  return createHash('sha256')
    .update(JSON.stringify([corpId, syncer, pairs]))
    .digest('hex')
}
