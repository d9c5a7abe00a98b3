import { fieldChanges, linkChanges, memoryChanges, released, statusChange, withoutFrozen } from './edits.ts'
import { groupsFor } from '../model/groups.ts'
import { listEdits, noEdits, type Edits } from '../model/edit.ts'
import { isSame } from '../model/lists.ts'
import { ownerOf, type Leaver, type Pair } from './match.ts'
import {
  holderOf,
  personOf,
  remembered,
  type CurrentUser,
  type Person,
  type RememberedStatus,
  type ShownStatus,
  type WantedUser,
} from '../model/people.ts'
import { type Cause, type Change, type Removal, type Remark } from '../model/plan.ts'
import { type MatchKey, type UniqueField } from '../model/field.ts'
import { type Current, type Directory } from '../model/directory.ts'
import { type Policy } from '../model/policy.ts'

/** What a decision about one person rests on. */
export type Grounds = {
  readonly directory: Directory
  readonly current: Current
  readonly policy: Policy
  /** Ids of the departments that the source shows. */
  readonly visible: ReadonlySet<number>
}

/** What becomes of one person or account: at most one change, and something to say. */
export type Step = { readonly change?: Change; readonly remarks: readonly Remark[] }

/** Administrators and the named accounts are never written to. */
export function isProtected(account: CurrentUser, policy: Policy): boolean {
  return account.administrator || policy.protectedUsers.has(account.name.toLowerCase())
}

/** A person without an account, and the name of the new one. */
export function join(user: WantedUser, name: string, grounds: Grounds): Step {
  const person = personOf(user)
  const shown = { ...user, fields: { ...user.fields, displayName: person.displayName } }
  const edits: Edits = {
    fields: fieldChanges(undefined, shown),
    ...groupChange({ groups: [] }, user, grounds),
    remembered: memoryChanges(undefined, user, remembered(user.status)),
    link: linkChanges(undefined, user, grounds.directory.corpId),
  }
  const forbidden = user.forbidden ?? true
  const cause = forbidden ? { cause: causeOf(user.status) } : {}
  return {
    change: { kind: 'add', ...person, name, ...edits, forbidden, ...cause },
    remarks: unknownStatus(user),
  }
}

/** A person and the account that is theirs; `releases` are values of it that somebody else needs. */
export function compare(pair: Pair, releases: readonly UniqueField[], grounds: Grounds): Step {
  const { wanted, account } = pair
  const { directory, current, policy } = grounds
  const person = personOf({ ...wanted, fields: { ...account.fields, ...wanted.fields } })
  const edits = withoutFrozen(editsFor(pair, releases, grounds), current)
  const parts = { ...person, name: account.name, ...edits, ...adoption(pair, directory.corpId) }
  const remarks = unknownStatus(wanted)
  const canSwitch = !current.frozen.has('isForbidden')
  if (canSwitch && wanted.forbidden === true && !isOff(account)) {
    return { change: { kind: 'forbid', ...parts, cause: causeOf(wanted.status) }, remarks }
  }
  const wakes = canSwitch && wanted.forbidden === false && isOff(account)
  if (wakes && (!isOffByHand(account) || policy.restore === 'all')) {
    const { deleted: undelete } = account
    return { change: { kind: 'restore', ...parts, cause: 'active-again', undelete }, remarks }
  }
  const byHand: readonly Remark[] = wakes
    ? [{ kind: 'noted', person, problem: { code: 'forbidden-by-hand' } }]
    : []
  const update = listEdits(edits).length === 0 ? {} : { change: { kind: 'update', ...parts } as const }
  return { ...update, remarks: [...remarks, ...byHand] }
}

/** Everything that an account lacks of what is wanted, and what it gives up. */
function editsFor({ wanted, account }: Pair, releases: readonly UniqueField[], grounds: Grounds): Edits {
  return {
    fields: released(fieldChanges(account, wanted), account, releases),
    ...(!keepsGroups(wanted, account) && groupChange(account, wanted, grounds)),
    remembered: memoryChanges(account, wanted, statusAfter(wanted, account)),
    link: linkChanges(account, wanted, grounds.directory.corpId),
  }
}

/** Whoever has left keeps what they had until the account goes (specification 7), and a deleted one is in no group. */
function keepsGroups({ status, forbidden }: WantedUser, { deleted }: CurrentUser): boolean {
  return status === 'quit' || (deleted && forbidden !== false)
}

/** Into which groups somebody comes, and out of which, where departments are groups. */
function groupChange(
  account: Pick<CurrentUser, 'groups'>,
  { departments }: WantedUser,
  { current, policy, visible }: Grounds,
): Pick<Edits, 'groups'> {
  if (current.groups === undefined) return {}
  const owner = { organization: current.groups.organization, syncer: policy.syncer }
  const { groups: before } = account
  const after = groupsFor(
    departments.filter((id) => visible.has(id)),
    before,
    owner,
  )
  return isSame(before, after) ? {} : { groups: { before, after } }
}

/** A protected account: what would have changed is reported. */
export function skipProtected(pair: Pair, grounds: Grounds): Step {
  const { change } = compare(pair, [], grounds)
  return { remarks: change === undefined ? [] : [protectedRemark(change, pair.account)] }
}

/** An account of this syncer whose person is gone from the source. */
export function leave({ account, key }: Leaver, releases: readonly UniqueField[], grounds: Grounds): Step {
  const { directory, current, policy } = grounds
  const person = holderOf(account)
  const whereabouts = whereaboutsOf(key, directory)
  const stays = whereabouts !== 'gone' || policy.leavers === 'keep'
  const change = stays ? undefined : removalOf(account, grounds)
  if (change !== undefined && isProtected(account, policy)) {
    return { remarks: [protectedRemark(change, account)] }
  }
  const remarks = stays && !isOff(account) ? [keptRemark(person, whereabouts)] : []
  const fields = released([], account, releases)
  const edits = withoutFrozen({ ...(change ?? noEdits), fields }, current)
  if (change !== undefined && change.kind !== 'update') return { change: { ...change, ...edits }, remarks }
  if (listEdits(edits).length === 0) return { remarks }
  return { change: { kind: 'update', ...person, name: account.name, ...edits }, remarks }
}

/**
 * What `leavers` does to somebody who is gone: nothing twice, and nothing without proof. Of an account that is off
 * already, only that they left is noted.
 */
function removalOf(
  account: CurrentUser,
  { directory, current, policy, visible }: Grounds,
): Removal | Extract<Change, { kind: 'update' }> | undefined {
  const status = statusChange(account.status, remembered('gone'))
  const isNoted = status.before === status.after
  const edits: Edits = { ...noEdits, remembered: isNoted ? {} : { status } }
  const parts = { ...holderOf(account), name: account.name, ...edits }
  if (policy.leavers === 'delete') {
    return account.deleted ? undefined : { kind: 'delete', ...parts, cause: 'gone', enabled: !isOff(account) }
  }
  if (!isOff(account)) {
    return current.frozen.has('isForbidden') ? undefined : { kind: 'forbid', ...parts, cause: 'gone' }
  }
  const isProved = directory.doubts.length === 0 && isInRange(account, visible)
  return !isNoted && isProved && !isOffByHand(account) ? { kind: 'update', ...parts } : undefined
}

/** Is a department of theirs still visible? Else the range may have been narrowed (specification 8). */
function isInRange({ departments = [] }: CurrentUser, visible: Grounds['visible']): boolean {
  return departments.some((id) => visible.has(id))
}

function keptRemark(person: Person, whereabouts: Whereabouts): Remark {
  switch (whereabouts) {
    case 'hidden':
      return { kind: 'hidden', person, problem: { code: 'hidden' } }
    case 'unread':
      return { kind: 'noted', person, problem: { code: 'person-unread' } }
    case 'gone':
      return { kind: 'noted', person, problem: { code: 'leaver-kept' } }
  }
}

/**
 * Where somebody is whom the source does not show: still in the company, perhaps so (the visible range names
 * them, but nothing could be read of them), or gone. A list of everybody settles it.
 */
export type Whereabouts = 'hidden' | 'unread' | 'gone'

/** @param key the lower-cased userid of somebody the source does not show. */
export function whereaboutsOf(
  key: string,
  { everyone, unread }: Pick<Directory, 'everyone' | 'unread'>,
): Whereabouts {
  if (everyone !== undefined) return everyone.has(key) ? 'hidden' : 'gone'
  return unread?.has(key) === true ? 'unread' : 'gone'
}

/** Nobody can sign in to it. */
function isOff(account: CurrentUser): boolean {
  return account.forbidden || account.deleted
}

/** It is off although this syncer never had a reason: a person did it (specification 6.3). */
function isOffByHand(account: CurrentUser): boolean {
  return isOff(account) && (account.status === undefined || account.status === 'active')
}

/**
 * The status to remember. `unknown` teaches nothing; and what a hand forbade while the person was active here
 * keeps that mark, else WeCom's next `active` would enable it.
 */
function statusAfter(wanted: WantedUser, account: CurrentUser): RememberedStatus | undefined {
  const keeps = wanted.status === 'unknown' || (isOff(account) && account.status === 'active')
  return keeps ? account.status : remembered(wanted.status)
}

/** Says how the account was found, where that links it to this person only now. */
function adoption({ wanted, account, key }: Pair, corpId: string): { readonly adopted?: MatchKey } {
  return ownerOf(account, corpId) === wanted.userid.toLowerCase() ? {} : { adopted: key }
}

function unknownStatus(user: WantedUser): readonly Remark[] {
  return user.status === 'unknown'
    ? [{ kind: 'noted', person: personOf(user), problem: { code: 'status-unknown' } }]
    : []
}

function protectedRemark(change: Change, { administrator }: CurrentUser): Remark {
  const { userid, displayName, departments } = change
  const fields = listEdits(change).map(({ field }) => field)
  const changes = change.kind === 'update' ? fields : [change.kind, ...fields]
  return {
    kind: 'protected',
    person: { userid, displayName, departments },
    problem: { code: 'protected', administrator, changes },
  }
}

/** Somebody forbidden without a reason was disabled by someone. */
function causeOf(status: ShownStatus): Cause {
  return status === 'active' ? 'disabled' : status
}
