import type { CountryCode } from 'libphonenumber-js/max'
import type { Problem } from './errors.ts'
import type { Mapping } from './mapping.ts'

/*
 * The words of this project, as types. A *member* is a person as WeCom sends them, a *wanted user* a person
 * as the source asks for them, a *current user* a person as the target (Casdoor or the snapshot) holds them.
 */

/** A department (部门) as the source shows it. */
export type Department = {
  readonly id: number
  /** Display name; `""` when WeCom does not tell it. */
  readonly name: string
  /** Id of the parent; it may name a department that is not visible. Absent for the root. */
  readonly parent?: number
}

/** A department as a target holds it; Casdoor holds one as a group. */
export type DepartmentState = Department & {
  /** The group is switched off. */
  readonly disabled?: true
  /** Somebody made or moved the group by hand: it has another type, or its place is no department's. */
  readonly altered?: true
}

/** A Casdoor group of this syncer. */
export type Group = DepartmentState & {
  /** Whom Casdoor counts in it, as `<organization>/<account>`. */
  readonly members: readonly string[]
  /** Groups that are not this syncer's hang below it. */
  readonly isShared: boolean
  /** It bears a name of ours, but not our mark: it may become a department's, and is never taken away. */
  readonly handMade?: true
}

/** The Casdoor groups of this syncer. */
export type Groups = {
  readonly organization: string
  /** By ascending id of the department. */
  readonly departments: readonly Group[]
}

/**
 * One row of a department's people list, or somebody who is visible one by one. A person in several departments
 * has several rows.
 */
export type Member = {
  readonly userid: string
  /** The departments WeCom names on the row; those of the whole person, but only the visible ones: maybe none. */
  readonly departments: readonly number[]
  readonly mainDepartment?: number
  /** Heads one of the departments (部门负责人). */
  readonly isHead?: true
  /** `status` as sent (1, 2, 4, 5); absent when WeCom did not send a number. */
  readonly status?: number
  /** `enable` as sent (0, 1); absent is not 0. */
  readonly enable?: number
  /**
   * Text fields by WeCom's own names (`name`, `email`, `mobile`, …, `extattr.<name>`), trimmed.
   * A key that is absent was not sent; `""` was sent empty.
   */
  readonly fields: Readonly<Record<string, string>>
}

/** What became of a person in WeCom (specification 5.2). */
export const statuses = ['active', 'disabled', 'left', 'not-activated', 'unknown'] as const
export type Status = (typeof statuses)[number]

/** Is a remembered word one of ours? */
export function isStatus(word: string): word is Status {
  return statuses.some((status) => status === word)
}

/** Casdoor fields that a mapping may fill; `phone` and `countryCode` always travel together. */
export const fieldNames = [
  'displayName',
  'email',
  'phone',
  'countryCode',
  'avatar',
  'title',
  'gender',
  'affiliation',
  'tag',
  'location',
  'bio',
  'homepage',
] as const
export type FieldName = (typeof fieldNames)[number] | `properties.${string}`

/** A field and what always travels with it: a phone means nothing without its region. */
export function withRegion<Field extends FieldName>(field: Field): readonly (Field | 'countryCode')[] {
  return field === 'phone' ? [field, 'countryCode'] : [field]
}

/** Known values by field. An absent key is *not known*; `""` blanks a stored value (`empty-values: clear`). */
export type Fields = Readonly<Partial<Record<FieldName, string>>>

/** A person as the source asks for them. */
export type WantedUser = {
  /** Exactly as WeCom spells it. */
  readonly userid: string
  readonly fields: Fields
  readonly status: Status
  /** Should the account be forbidden? `undefined`: leave it as it is. */
  readonly forbidden: boolean | undefined
  /** Ascending, without doubles. */
  readonly departments: readonly number[]
  /** Heads a department, as far as the source tells: WeCom does, a snapshot does not. */
  readonly isHead?: true
}

/** Keys of `properties` under which this syncer remembers what it last applied (specification 6.3). */
export const memory = { status: 'wecomStatus', departments: 'wecomDepartments' } as const

/** Fields of which Casdoor allows a value once in an organization. */
export const uniqueFields = ['email', 'phone'] as const
export type UniqueField = (typeof uniqueFields)[number]

/** A person as the target holds them; only the kept fields (Casdoor sends 181). */
export type CurrentUser = {
  /** The account's name: unique, set once. In a snapshot, the userid. */
  readonly name: string
  readonly id: string
  readonly externalId: string
  readonly wecom: string
  readonly fields: Fields
  readonly forbidden: boolean
  /** Soft-deleted in Casdoor. */
  readonly deleted: boolean
  readonly administrator: boolean
  /** `properties.wecomStatus`: the last status this syncer applied. */
  readonly status?: Status
  /** `properties.wecomDepartments`: the last departments this syncer applied, ascending. */
  readonly departments?: readonly number[]
  /** Casdoor groups as `<organization>/<group>`. */
  readonly groups: readonly string[]
}

/** Everything a source tells in one complete or incomplete fetch. */
export type Directory = {
  readonly corpId: string
  readonly departments: readonly Department[]
  /** Why nobody may be removed by this fetch; empty when the fetch is complete. */
  readonly doubts: readonly Problem[]
  /** What the reader of the report should know about the fetch. */
  readonly remarks: readonly Problem[]
  /**
   * Every userid of the corp in lower case, where a contacts secret allows to read them (specification 4.4):
   * a leaver in this set has only left the visible range.
   */
  readonly everyone?: ReadonlySet<string>
  /**
   * Userids in lower case that the app's visible range names, and of which nothing could be read: no proof that
   * the person is gone.
   */
  readonly unread?: ReadonlySet<string>
  /** Digest of held removals that a merged pull request approved. */
  readonly approved?: string
} & (
  | { readonly kind: 'members'; readonly rows: readonly Row[] }
  | { readonly kind: 'users'; readonly users: readonly WantedUser[] }
)

/** A member together with the department whose list showed them; none where the app sees them one by one. */
export type Row = { readonly department?: number; readonly member: Member }

/** Everything the target holds, and what was learnt while reading it. */
export type Current = {
  readonly users: readonly CurrentUser[]
  /** The departments the target holds; absent when it holds none (Casdoor without groups). */
  readonly departments?: readonly Department[]
  /** The groups that stand for departments; absent where none are kept (`groups: none`, a snapshot). */
  readonly groups?: Groups
  /** The target stores names in lower case (Casdoor's `isUsernameLowered`). */
  readonly lowersNames: boolean
  /** Fields that the target refuses to change, with the reason. */
  readonly frozen: ReadonlyMap<FrozenField, Problem>
  readonly remarks: readonly Problem[]
}

/** What a target may refuse to change. */
export type FrozenField = FieldName | 'isForbidden' | 'properties' | 'groups'

/** Fields of a change; the last four are the syncer's own book-keeping. */
export type ChangedField = FieldName | 'groups' | 'wecom' | 'externalId' | 'departments' | 'status'

/** One field, as stored before and after. Departments are ids joined by `,`, groups a JSON list. */
export type FieldChange = {
  readonly field: ChangedField
  readonly before: string
  readonly after: string
}

/** Who a line of the report is about. */
export type Person = {
  readonly userid: string
  readonly displayName: string
  readonly departments: readonly number[]
  /** Heads a department, as far as the source tells. */
  readonly isHead?: true
}

/** Which key linked an account to a person. */
export type MatchKey = 'externalId' | 'wecom' | 'id' | 'name' | 'email' | 'phone'

/** Why an account is forbidden, restored or deleted. */
export type Cause =
  | 'left' // gone from a complete fetch
  | 'quit' // status 5
  | 'disabled'
  | 'not-activated'
  | 'unknown'
  | 'active-again'

type ChangeOf<Kind extends string> = Person & {
  readonly kind: Kind
  /** Name of the account in the target. */
  readonly name: string
  /** Sorted in the order of the report. */
  readonly fields: readonly FieldChange[]
}

/** Something a run would do to one account. */
export type Change =
  | (ChangeOf<'add'> & { readonly forbidden: boolean; readonly cause?: Cause })
  | (ChangeOf<'update'> & { readonly adopted?: MatchKey })
  /** Of an account that is enabled now: always a removal. */
  | (ChangeOf<'forbid'> & { readonly cause: Cause; readonly adopted?: MatchKey })
  | (ChangeOf<'restore'> & {
      readonly cause: Cause
      /** The account is soft-deleted: un-delete it and bind its groups again. */
      readonly undelete: boolean
      readonly groups: readonly string[]
      readonly adopted?: MatchKey
    })
  /** `enabled`: the account can sign in now, so deleting it is a removal. */
  | (ChangeOf<'delete'> & { readonly cause: Cause; readonly enabled: boolean })

export type ChangeKind = Change['kind']

/** Forbids or deletes an account. */
export type Removal = Extract<Change, { kind: 'forbid' | 'delete' }>

/** A person about whom the report says something, beside the changes. */
export type Remark = {
  readonly kind: 'skipped' | 'noted' | 'protected' | 'hidden'
  readonly person: Person
  readonly problem: Problem
}

/** Everything a run would do, as one value. The same input gives the same plan, byte for byte. */
export type Plan = {
  readonly corpId: string
  readonly syncer: string
  /** Sorted by kind of change, then by lower-cased userid. */
  readonly changes: readonly Change[]
  readonly remarks: readonly Remark[]
  /** Run-wide findings, the fetch's and the target's included. */
  readonly findings: readonly Problem[]
  /** Why nobody may be removed; empty when the fetch was complete. */
  readonly doubts: readonly Problem[]
  readonly unchanged: number
  /** Accounts that belong to this syncer, those adopted by this plan included. */
  readonly owned: number
  /** Those of them of which no department is remembered, and whose person the source still shows. */
  readonly oneByOne: number
  /** Every department the source shows and those only the target remembers, by ascending id. */
  readonly departments: readonly Department[]
  /** Ids of those the source shows now, ascending. */
  readonly visibleDepartments: readonly number[]
  /** What would change in the target's own list of departments; empty where it keeps none. */
  readonly departmentChanges: readonly DepartmentChange[]
  /** What is at stake where departments are groups; absent where they are not. */
  readonly groups?: {
    readonly organization: string
    /** Groups of this syncer that are switched on. */
    readonly enabled: number
    /** How often an account is in a group of this syncer. */
    readonly memberships: number
  }
  /** Digest of removals that the source approves: a merged pull request did. */
  readonly approved?: string
}

/**
 * A department that is new (`after` alone), gone (`before` alone), renamed or moved; a group that is switched off
 * or on.
 */
export type DepartmentChange = {
  readonly id: number
  readonly before?: DepartmentState
  readonly after?: DepartmentState
  /** Who was in it or below it before the run, or, where it is new or back, who will be; leavers do not count. */
  readonly people: number
}

/** What the guard decided about a plan. */
export type Decision = {
  readonly allowed: readonly Change[]
  /** Removals that are not carried out. */
  readonly held: readonly Removal[]
  /** What becomes of groups; absent where departments are none. */
  readonly groups?: GroupDecision
  /** Digest of the removals asked for: what `approve` takes. Absent without removals. */
  readonly digest?: string
  /** Removals allowed in one run. */
  readonly limit: number
  /** Removals asked for. */
  readonly removals: number
  /** Why removals are held; empty when none is. */
  readonly reasons: readonly Problem[]
  readonly remarks: readonly Problem[]
  /** What would be held, were it not for somebody's word. */
  readonly consent?: Consent
}

/** What the guard decided about groups. */
export type GroupDecision = {
  readonly allowed: readonly DepartmentChange[]
  /** Groups that are neither switched off nor deleted. */
  readonly held: readonly DepartmentChange[]
  /** How often somebody stays in a group that they would have lost. */
  readonly memberships: number
}

/** Removals that go on although the guard has reasons to hold them. */
export type Consent = {
  /** `approve`: the input names them; `snapshot`: the merged file does; `review`: merging the file will. */
  readonly by: 'approve' | 'snapshot' | 'review'
  readonly removals: readonly Removal[]
  /** Losses of groups and of places in them that are part of it. */
  readonly losses?: number
  readonly reasons: readonly Problem[]
}

/** What became of the allowed changes. */
export type Applied = {
  readonly done: readonly Change[]
  readonly failed: readonly { readonly change: Change; readonly problem: Problem }[]
  /** What became of the groups; absent where departments are no groups. */
  readonly groups?: {
    readonly done: readonly DepartmentChange[]
    readonly failed: readonly { readonly change: DepartmentChange; readonly problem: Problem }[]
  }
  /** People whose change was carried out in part, such as without a refused phone. */
  readonly remarks: readonly Remark[]
  /** Why writing stopped before the end, if it did. */
  readonly stopped?: Problem
  /** Something in the target is different now. */
  readonly changed: boolean
  /** What writing found out about the run as a whole. */
  readonly findings?: readonly Problem[]
  /** Where the change lies now, where that is a place of its own. */
  readonly delivery?: Delivery
}

/** A commit, and the pull request that it belongs to. */
export type Delivery = {
  /** Absent when there was nothing to commit. */
  readonly commit?: string
  readonly pullRequest?: {
    readonly number: number
    readonly url: string
    /** `same`: it shows just this already. */
    readonly state: 'opened' | 'reopened' | 'updated' | 'same' | 'closed' | 'declined'
  }
}

/** What a run is going to do. */
export type Planned = {
  readonly plan: Plan
  readonly decision: Decision
  /** By which it was decided. */
  readonly policy: Policy
  /** People read from the source. */
  readonly people: number
}

/** Everything a run found and did; `applied` is absent when nothing was to be written (`mode: plan`). */
export type Result = Planned & { readonly applied?: Applied }

export type Outcome = 'unchanged' | 'planned' | 'applied' | 'partial' | 'held' | 'failed'

/** Where people come from. */
export interface Source {
  fetch(): Promise<Directory>
}

/** What the target holds. Comparing needs only this. */
export interface Reader {
  /**
   * @param corpId whose users are this syncer's; a snapshot as source tells it only when it is read.
   * @param wanted the people asked for: what holds just them need not be read to be known.
   */
  read(corpId: string, wanted: readonly WantedUser[]): Promise<Current>
}

/** Carries changes out. `mode: plan` has none. */
export interface Writer {
  /**
   * Carries the allowed changes out.
   *
   * @returns what became of them; never throws for a single person. `stopped` with the code `target-moved` says
   * that somebody else wrote meanwhile: nothing was written, and another plan has to be made.
   */
  write(planned: Planned): Promise<Applied>
}

/**
 * Text files that are read as they stand at one moment and replaced together. Paths are relative to the store,
 * with `/`.
 */
export interface Store {
  /**
   * What is there from now on counts as the moment.
   *
   * @param paths of files, or of folders, which end in `/` and are looked at with what lies below them.
   * @returns ids as git names blobs, by path.
   */
  list(paths: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** The text of a listed file. */
  read(path: string): Promise<string>
  /**
   * Replaces files, all of them or none, if they are still those that were listed.
   *
   * @param files whole texts by path; `undefined` takes a file away. Empty when nothing is to change.
   * @throws Failure `target-moved` when somebody else wrote meanwhile.
   */
  replace(files: ReadonlyMap<string, string | undefined>, planned: Planned): Promise<Replaced>
}

export type Replaced = Pick<Applied, 'changed' | 'stopped' | 'findings' | 'delivery'>

/** How far a long stage is; reported again and again while it works. */
export type Progress =
  | { readonly stage: 'departments'; readonly done: number; readonly total: number; readonly people: number }
  /** Those who are visible one by one; `people` are all. */
  | { readonly stage: 'people'; readonly done: number; readonly total: number; readonly people: number }
  | { readonly stage: 'accounts' | 'writes'; readonly done: number; readonly total: number }
export type OnProgress = (progress: Progress) => void

/** What one line of `mode: check` looked at. */
export type CheckName =
  | 'wecom-token'
  | 'wecom-address'
  | 'wecom-agent'
  | 'wecom-range'
  | 'wecom-fields'
  | 'wecom-contacts'
  | 'casdoor-reachable'
  | 'casdoor-version'
  | 'casdoor-credentials'
  | 'casdoor-organization'
  | 'casdoor-application'
  | 'casdoor-syncer'
  | 'casdoor-items'
  | 'casdoor-accounts'
  | 'casdoor-groups'
  | 'snapshot-file'
  | 'github-branch'
  | 'github-permissions'

/** What a check found when it found nothing wrong. */
export type Fact =
  | { readonly code: 'ok' }
  | { readonly code: 'address-trusted'; readonly proxied: boolean }
  /** What the app's visible range names: people one by one and in tags, tags, and departments. */
  | {
      readonly code: 'agent'
      readonly people: number
      readonly tags: number
      readonly departments: number
    }
  | { readonly code: 'range'; readonly departments: number; readonly people: number }
  /** For which share of the people read (0 to 1) each WeCom field came with a value. */
  | { readonly code: 'fields'; readonly shares: Readonly<Record<string, number>>; readonly people: number }
  /** Everybody in the corp, and how many of them the app does not show. */
  | { readonly code: 'contacts'; readonly people: number; readonly hidden: number }
  | { readonly code: 'version'; readonly version: string }
  | { readonly code: 'organization'; readonly organization: string }
  | { readonly code: 'application'; readonly application: string }
  | { readonly code: 'accounts'; readonly accounts: number; readonly owned: number }
  /** Groups of the organization, and those of this syncer. */
  | { readonly code: 'groups'; readonly groups: number; readonly owned: number }
  | { readonly code: 'snapshot'; readonly file: string; readonly people: number }
  | { readonly code: 'snapshot-new'; readonly file: string }
  | { readonly code: 'branch'; readonly branch: string }
  /** An earlier check failed, so that this one could not run. */
  | { readonly code: 'not-reached' }

/** One line of `mode: check`. With problems it is a warning or a failure, and they say how to mend it. */
export type Check = {
  readonly name: CheckName
  readonly mark: 'pass' | 'warn' | 'fail' | 'skip'
  readonly fact?: Fact
  readonly problems: readonly Problem[]
}

/** Looks at one world without writing anything; never throws for what it is there to find. */
export interface Checker {
  check(): Promise<readonly Check[]>
}

/** How much of a person a report may show (specification 10.4). */
export type PersonalData = 'full' | 'masked' | 'hidden'

/** What a report is about: a run that went through, or the problems that stopped it. */
export type Run = {
  readonly mode: 'sync' | 'plan' | 'check'
  readonly source: { readonly kind: 'wecom' | 'snapshot' }
  readonly target:
    | { readonly kind: 'casdoor'; readonly organization: string }
    | { readonly kind: 'snapshot'; readonly path: string }
  readonly outcome: Outcome
  readonly result?: Result
  /** Lines of `mode: check`. */
  readonly checks?: readonly Check[]
  /** Why the run stopped; empty when it did not. */
  readonly problems: readonly Problem[]
  /** Seconds from the first request to the plan, and from there to the last write. */
  readonly seconds: { readonly read: number; readonly write: number }
}

/** A bound on removals: a share of the owned users or a number. */
export type Limit =
  { readonly kind: 'percent'; readonly value: number } | { readonly kind: 'count'; readonly value: number }

/** How this run decides; made from the inputs, the same for every flow. */
export type Policy = {
  readonly syncer: string
  readonly notActivated: 'forbid' | 'allow'
  readonly leavers: 'forbid' | 'keep' | 'delete'
  /** Do departments become Casdoor groups? Never in a snapshot, which lists them anyway. */
  readonly groups: 'none' | 'departments'
  readonly emptyValues: 'keep' | 'clear'
  readonly restore: 'own' | 'all'
  readonly removalLimit: readonly Limit[]
  readonly approve?: string
  /** A person decides about the result before it counts: removals are shown to them instead of held. */
  readonly review: boolean
  /** Lower-cased names of accounts that are never written to. */
  readonly protectedUsers: ReadonlySet<string>
  /** ISO region of phone numbers without `+`. */
  readonly countryCode: CountryCode
  /** Which WeCom field fills which Casdoor field; a snapshot was filled when it was made. */
  readonly mapping: Mapping
  /** Further keys by which accounts are adopted, in this order. */
  readonly matchBy: readonly ('name' | 'email' | 'phone')[]
}

/** Puts text into the key by which people are told apart: WeCom ignores case in userids. */
export function keyOf(userid: string): string {
  return userid.toLowerCase()
}

/** The prefix of `externalId` that marks the users of this corp's syncers. */
export function ownerPrefix(corpId: string): string {
  return `wecom:${corpId}:`
}

/** `externalId` of a person: corp id and lower-cased userid. */
export function externalIdOf(corpId: string, userid: string): string {
  return ownerPrefix(corpId) + keyOf(userid)
}

/** Compares by code point, the same on every machine and in every locale. */
export function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Sorts people as every list of a plan is sorted. */
export function byUserid(a: { readonly userid: string }, b: { readonly userid: string }): number {
  return byCodePoint(keyOf(a.userid), keyOf(b.userid))
}

/** The departments a plan wants: those the source shows. */
export function wantedDepartments({ departments, visibleDepartments }: Plan): readonly Department[] {
  const visible = new Set(visibleDepartments)
  return departments.filter(({ id }) => visible.has(id))
}

/** A wanted user as the report names them. */
export function personOf({
  userid,
  fields,
  departments,
  isHead,
}: Omit<WantedUser, 'status' | 'forbidden'>): Person {
  const { displayName } = fields
  return {
    userid,
    displayName: displayName === undefined || displayName === '' ? userid : displayName,
    departments,
    ...(isHead && { isHead }),
  }
}

/** An account's person as the report names them: by the userid it is linked to. */
export function holderOf(account: CurrentUser): Person {
  const userid = account.wecom === '' ? account.name : account.wecom
  return personOf({ userid, fields: account.fields, departments: account.departments ?? [] })
}
