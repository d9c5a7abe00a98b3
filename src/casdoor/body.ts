import { listEdits, type Edit } from '../model/edit.ts'
import { isSame } from '../model/lists.ts'
import { propertyKeyOf } from '../model/mapping.ts'
import { externalIdOf, type CurrentUser } from '../model/people.ts'
import { memory } from '../model/field.ts'
import { type Change } from '../model/plan.ts'
import type { CasdoorSettings } from './client.ts'
import { joinIds } from './memory.ts'
import { registerType, type UserRow } from './replies.ts'

/** Values by column, as `add-user` and `update-user` take them. `properties` are merged key by key. */
export type Columns = Partial<
  Omit<UserRow, 'properties' | 'groups'> & {
    properties: Record<string, string>
    groups: readonly string[]
    deletedTime: string
    type: string
    signupApplication: string
    registerSource: string
  }
>

/**
 * What a change writes: exactly the changed columns. A phone and its region always go together, since Casdoor
 * checks the one against the other (casdoor-api.md §5.3).
 */
export function columnsOf(change: Change, account?: CurrentUser): Columns {
  const columns = listEdits(change).reduce<Columns>(withEdit, {})
  return {
    ...(change.kind === 'restore' && change.undelete && undeleted(account?.groups)),
    ...columns,
    ...pairOf(columns, account),
    ...(change.kind === 'forbid' && { isForbidden: true }),
    ...(change.kind === 'restore' && { isForbidden: false }),
  }
}

/** Un-deleting binds the groups again only when they are sent, unchanged as they may be (§7). */
function undeleted(groups: readonly string[] = []): Columns {
  return { isDeleted: false, deletedTime: '', groups }
}

function pairOf({ phone, countryCode }: Columns, account?: CurrentUser): Columns {
  if (phone === undefined && countryCode === undefined) return {}
  return {
    phone: phone ?? account?.fields.phone ?? '',
    countryCode: countryCode ?? account?.fields.countryCode ?? '',
  }
}

function withEdit(columns: Columns, { field, after }: Edit): Columns {
  switch (field) {
    case 'groups':
      return { ...columns, groups: after }
    case 'departments':
      return withProperty(columns, memory.departments, joinIds(after))
    case 'status':
      return withProperty(columns, memory.status, after)
    default: {
      const key = propertyKeyOf(field)
      return key === undefined ? { ...columns, [field]: after } : withProperty(columns, key, after)
    }
  }
}

function withProperty(columns: Columns, key: string, value: string): Columns {
  return { ...columns, properties: { ...columns.properties, [key]: value } }
}

/**
 * The body of `add-user`. It never names `isAdmin`, `password`, `score` or the like; `properties` is never left
 * out, since Casdoor takes every later update of an unset map for one of the whole map (§6.4).
 */
export function newUser(
  change: Extract<Change, { kind: 'add' }>,
  { organization, syncer }: Pick<CasdoorSettings, 'organization' | 'syncer'>,
  { application, corpId }: { readonly application: string; readonly corpId: string },
): Columns & { readonly owner: string; readonly name: string } {
  return {
    owner: organization,
    name: change.name,
    id: change.userid,
    wecom: change.userid,
    externalId: externalIdOf(corpId, change.userid),
    isForbidden: change.forbidden,
    type: 'normal-user',
    signupApplication: application,
    registerType,
    registerSource: `${organization}/${syncer}`,
    properties: {},
    ...columnsOf(change),
  }
}

/** Is every column stored, as far as it is among the kept keys? Of `properties` only the keys that were sent count. */
export function holds(row: UserRow | undefined, columns: Columns): boolean {
  if (row === undefined) return false
  const { properties = {}, groups, ...plain } = columns
  const stored = new Map<string, unknown>(Object.entries(row))
  return (
    Object.entries(plain).every(([column, value]) => !stored.has(column) || stored.get(column) === value) &&
    Object.entries(properties).every(([key, value]) => row.properties?.[key] === value) &&
    (groups === undefined || isSame(row.groups ?? [], groups))
  )
}
