import { type Fields } from './field.ts'
import { byCodePoint } from './lists.ts'

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

/** What became of a person (specification 5.2). */
export type Status =
  | 'active'
  | 'disabled'
  | 'quit' // WeCom says that they left the company (`status` 5)
  | 'gone' // no longer in a complete fetch
  | 'not-activated'
  | 'unknown'

/** The status of somebody whom the source shows. */
export type ShownStatus = Exclude<Status, 'gone'>

/**
 * What targets remember of a status: `properties.wecomStatus` in Casdoor, `status` in a snapshot. How it became
 * known that somebody left is not remembered: `left` is both `quit` and `gone`.
 */
export const rememberedStatuses = ['active', 'disabled', 'left', 'not-activated', 'unknown'] as const
export type RememberedStatus = (typeof rememberedStatuses)[number]

/** Is it a word that targets remember? */
export function isRememberedStatus(word: string): word is RememberedStatus {
  return rememberedStatuses.some((status) => status === word)
}

/** What a target remembers of a status. */
export function remembered(status: Status): RememberedStatus {
  return status === 'quit' || status === 'gone' ? 'left' : status
}

/** A person as the source asks for them. */
export type WantedUser = {
  /** Exactly as WeCom spells it. */
  readonly userid: string
  readonly fields: Fields
  readonly status: ShownStatus
  /** Should the account be forbidden? `undefined`: leave it as it is. */
  readonly forbidden: boolean | undefined
  /** Ascending, without doubles. */
  readonly departments: readonly number[]
  /** Heads a department, as far as the source says: WeCom does, a snapshot does not. */
  readonly isHead?: true
}

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
  readonly status?: RememberedStatus
  /** `properties.wecomDepartments`: the last departments this syncer applied, ascending. */
  readonly departments?: readonly number[]
  /** Casdoor groups as `<organization>/<group>`. */
  readonly groups: readonly string[]
}

/** Who a line of the report is about. */
export type Person = {
  readonly userid: string
  readonly displayName: string
  readonly departments: readonly number[]
  /** Heads a department, as far as the source says. */
  readonly isHead?: true
}

/** Puts text into the key by which people are told apart: WeCom ignores case in userids. */
export function keyOf(userid: string): string {
  return userid.toLowerCase()
}

/** Is a name only the userid, as apps send it that may not read names? It says less than any other (spec 5.1). */
export function isPlaceholder(name: string, userid: string): boolean {
  return keyOf(name) === keyOf(userid)
}

/** The prefix of `externalId` that marks the users of this corp's syncers. */
export function ownerPrefix(corpId: string): string {
  return `wecom:${corpId}:`
}

/** `externalId` of a person: corp id and lower-cased userid. */
export function externalIdOf(corpId: string, userid: string): string {
  return ownerPrefix(corpId) + keyOf(userid)
}

/** Sorts people as every list of a plan is sorted. */
export function byUserid(a: { readonly userid: string }, b: { readonly userid: string }): number {
  return byCodePoint(keyOf(a.userid), keyOf(b.userid))
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
