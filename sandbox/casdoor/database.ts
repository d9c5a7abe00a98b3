import type { Answer } from '../server.ts'
import { panicked } from './reply.ts'
import { columnOf, type CasdoorUser } from './row.ts'

/** Which database a sandbox stands on: they compare, limit and refuse differently. */
export type Database = 'sqlite' | 'mysql' | 'postgres'

/**
 * A text as the database compares it. MySQL's `utf8mb4_general_ci`, which Casdoor creates, knows neither case nor
 * accents nor trailing blanks, and takes all characters of four bytes for one; those put together of several it
 * compares one by one. Seen on MariaDB; of other scripts than Latin and Greek only the case is folded here.
 */
export function folded(text: string, database: Database): string {
  if (database !== 'mysql' || plain.test(text)) return text
  return Array.from(text.replace(/ +$/, ''), weight).join('')
}

/** What folds to itself, as most names in lower case do not. */
const plain = /^[0-9-]*$/

function weight(character: string): string {
  if (character.length > 1) return '\uFFFD'
  if (character === 'ß') return 'S'
  const [base = character] = /[\p{Script=Latin}\p{Script=Greek}]/u.test(character)
    ? character.normalize('NFD')
    : character
  const upper = base.toUpperCase()
  return upper.length === 1 ? upper : base
}

/** Characters that a text column holds, by JSON key; those not named hold 100. SQLite has no such limits. */
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
 * The refusal of text: too long, counted in characters, or with a NUL byte (casdoor-api.md 5.6). Only MySQL names
 * the column.
 */
export function refusedText(
  values: Readonly<Record<string, unknown>>,
  limits: Limits,
  database: Database,
): string | undefined {
  const texts = Object.entries(values).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  for (const [key, text] of texts) {
    const refused = refusedColumn(text, { column: columnOf(key), limit: limits.get(key) ?? 100 }, database)
    if (refused !== undefined) return refused
  }
  return undefined
}

function refusedColumn(
  text: string,
  { column, limit }: { readonly column: string; readonly limit: number },
  database: Database,
): string | undefined {
  if (database === 'sqlite') return undefined
  if (database === 'postgres' && text.includes('\0')) return nul
  if (text.length <= limit || Array.from(text).length <= limit) return undefined
  return database === 'mysql'
    ? `Error 1406 (22001): Data too long for column '${column}' at row 1`
    : `pq: value too long for type character varying(${limit})`
}

/** Bindings are rows of their own: `<owner>/<name>` and `group:<group>`, 100 characters each. */
export function refusedBinding(
  user: string,
  groups: readonly string[],
  database: Database,
): string | undefined {
  const texts: readonly (readonly [string, string])[] =
    groups.length === 0 ? [] : [['v0', user], ...groups.map((group) => ['v1', `group:${group}`] as const)]
  return texts
    .map(([column, text]) => refusedColumn(text, { column, limit: 100 }, database))
    .find((refused) => refused !== undefined)
}

/** PostgreSQL cannot even look up whether an e-mail with a NUL byte is taken, and Casdoor panics over that. */
export function unaskable(
  before: { readonly email: string },
  user: CasdoorUser,
  database: Database,
): Answer | undefined {
  const isAsked = database === 'postgres' && before.email !== user.email
  return isAsked && user.email.includes('\0') ? panicked : undefined
}

/** What MySQL says of a key that is taken: the values, and which index. */
function duplicateEntry(value: string, index: string): string {
  return `Error 1062 (23000): Duplicate entry '${value}' for key '${index}'`
}

/** A row whose key is taken; SQLite names the columns, the others the index. */
export function duplicateUser({ owner, name }: CasdoorUser, database: Database): string {
  switch (database) {
    case 'sqlite':
      return 'constraint failed: UNIQUE constraint failed: user.owner, user.name (1555)'
    case 'mysql':
      return duplicateEntry(`${owner}-${name}`, 'PRIMARY')
    case 'postgres':
      return 'pq: duplicate key value violates unique constraint "user_pkey"'
  }
}

/** The name of a group that is taken, by a group of the same organization or of another. */
export function duplicateGroup(
  { owner, name }: { readonly owner: string; readonly name: string },
  isSameOwner: boolean,
  database: Database,
): string {
  switch (database) {
    case 'sqlite':
      return 'constraint failed: UNIQUE constraint failed: group.name (2067)'
    case 'mysql':
      return isSameOwner
        ? duplicateEntry(`${owner}-${name}`, 'PRIMARY')
        : duplicateEntry(name, 'UQE_group_name')
    case 'postgres': {
      const index = isSameOwner ? 'group_pkey' : 'UQE_group_name'
      return `pq: duplicate key value violates unique constraint "${index}"`
    }
  }
}

/** A column that is not there, in a filter or a sort. */
export function noSuchColumn(column: string, clause: 'WHERE' | 'ORDER BY', database: Database): string {
  switch (database) {
    case 'sqlite':
      return `SQL logic error: no such column: ${column} (1)`
    case 'mysql':
      return `Error 1054 (42S22): Unknown column '${column}' in '${clause}'`
    case 'postgres':
      return `pq: column ${column.includes('.') ? column : `"${column}"`} does not exist`
  }
}
