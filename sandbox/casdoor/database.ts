import type { Answer } from '../server.ts'
import { panicked } from './reply.ts'
import type { CasdoorUser } from './row.ts'

/** Characters that a text column of PostgreSQL holds, by JSON key; those not named hold 100. */
export type Limits = ReadonlyMap<string, number>

const unlimited =
  'avatar accessToken originalToken originalRefreshToken custom2 custom3 custom4 custom5 custom6 custom7 custom8 custom9 custom10'

/** `object/user.go:58-252`. */
export const userLimits: Limits = new Map([
  ['name', 255],
  ['password', 150],
  ['permanentAvatar', 500],
  ['countryCode', 6],
  ['ipWhitelist', 200],
  ...unlimited.split(' ').map((key): [string, number] => [key, Infinity]),
])

export const groupLimits: Limits = new Map()

const nul = 'pq: invalid byte sequence for encoding "UTF8": 0x00'

/**
 * The refusal of text by PostgreSQL: too long, counted in characters, or with a NUL byte (casdoor-api.md 5.6).
 * It does not name the field.
 */
export function refusedText(values: Readonly<Record<string, unknown>>, limits: Limits): string | undefined {
  const texts = Object.entries(values).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  for (const [key, text] of texts) {
    const refused = refusedColumn(text, limits.get(key) ?? 100)
    if (refused !== undefined) return refused
  }
  return undefined
}

function refusedColumn(text: string, limit: number): string | undefined {
  if (text.includes('\0')) return nul
  return Array.from(text).length > limit
    ? `pq: value too long for type character varying(${limit})`
    : undefined
}

/** Bindings are rows of their own: `<owner>/<name>` and `group:<group>`, 100 characters each. */
export function refusedBinding(user: string, groups: readonly string[]): string | undefined {
  const texts = groups.length === 0 ? [] : [user, ...groups.map((group) => `group:${group}`)]
  return texts.map((text) => refusedColumn(text, 100)).find((refused) => refused !== undefined)
}

/** PostgreSQL cannot even look up whether an e-mail with a NUL byte is taken, and Casdoor panics over that. */
export function unaskable(before: { readonly email: string }, user: CasdoorUser): Answer | undefined {
  return before.email !== user.email && user.email.includes('\0') ? panicked : undefined
}

/** A row whose key is taken; SQLite names the columns, PostgreSQL the index. */
export function duplicateUser(isPostgres: boolean): string {
  if (isPostgres) return 'pq: duplicate key value violates unique constraint "user_pkey"'
  return 'constraint failed: UNIQUE constraint failed: user.owner, user.name (1555)'
}

/** The name of a group that is taken, by a group of the same organization or of another. */
export function duplicateGroup(isPostgres: boolean, isSameOwner: boolean): string {
  if (!isPostgres) return 'constraint failed: UNIQUE constraint failed: group.name (2067)'
  const index = isSameOwner ? 'group_pkey' : 'UQE_group_name'
  return `pq: duplicate key value violates unique constraint "${index}"`
}

/** A column that is not there, in a filter or a sort. */
export function noSuchColumn(column: string, isPostgres: boolean): string {
  if (!isPostgres) return `SQL logic error: no such column: ${column} (1)`
  return `pq: column ${column.includes('.') ? column : `"${column}"`} does not exist`
}
