import { createHash } from 'node:crypto'
import type { Problem } from '../model/problem.ts'
import { groupLosses, holdGroups, type GroupLosses } from './departments/hold-groups.ts'
import { listEdits, type Edits } from '../model/edit.ts'
import { byCodePoint } from '../model/lists.ts'
import { keyOf } from '../model/people.ts'
import { type Directory } from '../model/directory.ts'
import {
  type Addition,
  type Change,
  type Consent,
  type Decision,
  type LossLimit,
  type Plan,
  type Removal,
} from '../model/plan.ts'
import { type Policy } from '../model/policy.ts'
import { lossLimit } from './loss-limit.ts'

/**
 * Decides which changes of a plan are carried out (specification 8). Removals are held back without proof, over
 * the limit, or where they look like a narrowed visible range; everything else goes on. Where people's removals
 * are held, so are those of groups; groups and places in them have limits of their own too (FS-42).
 *
 * @param source whose people they are, and which removals it approves.
 */
export function guard(plan: Plan, policy: Policy, source: Pick<Directory, 'corpId' | 'approved'>): Decision {
  const { corpId, approved } = source
  const asked = plan.changes.filter(isRemoval)
  const losses = groupLosses(plan, policy)
  const limits = {
    people: lossLimit(policy.removalLimit, { total: plan.owned, asked: asked.filter(takesAccess).length }),
    ...losses?.limits,
  }
  const suspect = suspectOf(plan, asked, limits.people, losses)
  const digests = digestsOf(suspect, losses?.pairs ?? [], { corpId, syncer: policy.syncer })
  const [digest] = digests
  const by = suspect.isApprovable ? consentOf(digests, approved, policy) : undefined
  const held = new Set<Change>(by === undefined ? [...suspect.changes, ...suspect.additions] : [])
  const allowed = plan.changes.flatMap((change) => (held.has(change) ? withoutHeld(change) : [change]))
  const isClear = by !== undefined || suspect.reasons.length === 0
  const groups = losses && holdGroups(allowed, plan, losses, isClear ? nothingHeld : heldBy(suspect, losses))
  return {
    allowed,
    held: by === undefined ? suspect.changes : [],
    heldAdditions: by === undefined ? suspect.additions : [],
    ...groups,
    ...(digest !== undefined && { digest }),
    limits,
    reasons: by === undefined ? suspect.reasons : [],
    isApprovable: suspect.isApprovable && by === undefined && digest !== undefined,
    remarks: by === undefined ? aboutApproval(digests, approved, policy) : [],
    ...(by !== undefined && { consent: { by, ...consented(suspect, losses) } }),
  }
}

const nothingHeld = { groups: false, places: false }

/** A doubt about people, or about the groups themselves, holds groups; many lost places hold those. */
function heldBy(suspect: Suspect, losses: GroupLosses): Parameters<typeof holdGroups>[3] {
  const groups = !suspect.isApprovable || suspect.changes.length > 0 || losses.groupsOver.length > 0
  return { groups, places: losses.placesOver.length > 0 }
}

function consented(suspect: Suspect, losses: GroupLosses | undefined): Omit<Consent, 'by'> {
  const { changes: removals, additions, reasons } = suspect
  const pairs = losses?.pairs.length ?? 0
  return {
    removals,
    reasons,
    ...(additions.length > 0 && { additions: additions.length }),
    ...(pairs > 0 && { losses: pairs }),
  }
}

/**
 * Whose word lets exactly this set of removals go on; nobody's is `undefined`. A merged file shows which
 * departments go, and so its approval of the people is one of their groups too.
 */
function consentOf(
  digests: readonly string[],
  approved: string | undefined,
  policy: Policy,
): Consent['by'] | undefined {
  const [digest] = digests
  if (digest === undefined) return undefined
  if (policy.approve === digest) return 'approve'
  if (approved !== undefined && digests.includes(approved)) return 'snapshot'
  return policy.review ? 'review' : undefined
}

/** Changes that are not carried out of themselves, and why. */
type Suspect = {
  readonly changes: readonly Removal[]
  /** Those who come in exchange. */
  readonly additions: readonly Addition[]
  readonly reasons: readonly Problem[]
  /** An approval speaks about people; it proves no fetch. */
  readonly isApprovable: boolean
}

function suspectOf(
  { changes: all, exchange, visibleDepartments, doubts, oneByOne }: Plan,
  asked: readonly Removal[],
  { asked: removals, limit, isExceeded: isOver }: LossLimit,
  losses: GroupLosses | undefined,
): Suspect {
  const { removals: groups = [], withGone = 0, groupsOver = [], placesOver = [] } = losses ?? {}
  const visible = new Set(visibleDepartments)
  const access = asked.filter(takesAccess)
  const departed = access.filter((change) => isOutOfRange(change, visible))
  const single = oneByOne > 0 ? [] : access.filter(isOneByOne)
  const narrowed = new Set([...departed, ...single])
  const departments = [...new Set(departed.flatMap((change) => change.departments))]
  const unproved = asked.length + groups.length + withGone
  const isDoubtful = unproved > 0 && doubts.length > 0
  const isExchanged = isExchange(exchange)
  const changes = isDoubtful || isOver || isExchanged ? asked : asked.filter((change) => narrowed.has(change))
  const reasons: Problem[] = []
  if (isDoubtful) reasons.push({ code: 'fetch-doubtful', removals: unproved }, ...doubts)
  if (isExchanged) reasons.push({ code: 'exchange', ...exchange })
  if (departed.length > 0) {
    const gone = departments.toSorted((a, b) => a - b)
    reasons.push({ code: 'range-change', departments: gone, people: departed.length })
  }
  if (single.length > 0) reasons.push({ code: 'one-by-one-gone', people: single.length })
  if (isOver) reasons.push({ code: 'over-limit', removals, limit })
  reasons.push(...groupsOver, ...placesOver)
  const isWaiting = !isDoubtful && changes.length > 0 && groupsOver.length === 0
  if (isWaiting && groups.length + withGone > 0) {
    reasons.push({ code: 'groups-wait', groups: groups.length, memberships: withGone })
  }
  const additions = isExchanged ? all.filter((change) => change.kind === 'add') : []
  return { changes, additions, reasons, isApprovable: !isDoubtful }
}

/** Fewer people come and go as it happens. */
const fewestExchanged = 10

/**
 * Is at least half of the company gone, and comes at least half as many others? Encrypted userids, another corp or
 * a test directory look like that (specification 8, S7).
 */
function isExchange({ owned, gone, joining }: Plan['exchange']): boolean {
  return owned >= fewestExchanged && 2 * gone >= owned && 2 * joining >= gone
}

/**
 * Is the person gone together with every department they were in? An administrator who narrows the app's
 * visible range (可见范围) makes people leave in just this way.
 */
function isOutOfRange({ cause, departments }: Removal, visible: ReadonlySet<number>): boolean {
  return cause === 'gone' && departments.length > 0 && !departments.some((id) => visible.has(id))
}

/**
 * Is the person gone, and was in no department? One by one they come and go; that the last of them go together
 * looks like people and tags taken out of the visible range.
 */
function isOneByOne({ cause, departments }: Removal): boolean {
  return cause === 'gone' && departments.length === 0
}

/**
 * An approval speaks for one set of people only. An input that meets nothing held was not needed; a file keeps
 * its approval until it changes.
 */
function aboutApproval(
  digests: readonly string[],
  approved: string | undefined,
  { approve }: Policy,
): readonly Problem[] {
  const [digest] = digests
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

/** Removes an account that can sign in now: what the limit counts. */
function takesAccess(change: Removal): boolean {
  return change.kind === 'forbid' || change.enabled
}

/** What is left of a change when it is held: nothing of an addition; of a removal the person's other fields go on, but not what became of them. */
function withoutHeld(change: Change): readonly Change[] {
  if (change.kind === 'add') return []
  const { userid, displayName, departments, name, fields, groups, link } = change
  const { status: _, ...remembered } = change.remembered
  const edits: Edits = { fields, ...(groups && { groups }), remembered, link }
  const adopted = change.kind === 'forbid' && change.adopted !== undefined ? { adopted: change.adopted } : {}
  return listEdits(edits).length === 0
    ? []
    : [{ kind: 'update', userid, displayName, departments, name, ...edits, ...adopted }]
}

/** Whose removals a digest names. */
type Names = { readonly corpId: string; readonly syncer: string }

/**
 * Names one set of removals: SHA-256 over the corp, the syncer and the pairs of userid and change. First all of
 * it, then, where groups are part of it, the people alone: that is what a snapshot names.
 */
function digestsOf(
  { changes, additions }: Suspect,
  losses: readonly string[],
  names: Names,
): readonly string[] {
  const pairs = [...changes, ...additions].map(({ userid, kind }) => `${keyOf(userid)} ${kind}`)
  const sets = losses.length === 0 ? [pairs] : [[...pairs, ...losses], pairs]
  return sets.filter((set) => set.length > 0).map((set) => digestOf(names, set))
}

function digestOf({ corpId, syncer }: Names, pairs: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([corpId, syncer, pairs.toSorted(byCodePoint)]))
    .digest('hex')
}
