import { byId, type Department } from './department.ts'
import { listEdits, type Edit } from './edit.ts'
import { type CurrentUser } from './people.ts'
import { type Change } from './plan.ts'
import { type FieldName } from './field.ts'

/**
 * The accounts as they are after the changes. The snapshot is written so; a server gets there by requests.
 * Accounts keep their order, new ones come last.
 */
export function applyTo(
  accounts: readonly CurrentUser[],
  changes: readonly Change[],
): readonly CurrentUser[] {
  const byName = new Map(accounts.map((account) => [account.name, account]))
  for (const change of changes) {
    if (change.kind === 'delete') {
      byName.delete(change.name)
      continue
    }
    const before = change.kind === 'add' ? newAccount(change) : byName.get(change.name)
    if (before !== undefined) byName.set(change.name, changed(before, change))
  }
  return [...byName.values()]
}

function newAccount({ name, userid }: Change): CurrentUser {
  return {
    name,
    id: userid,
    externalId: '',
    wecom: '',
    fields: {},
    forbidden: false,
    deleted: false,
    administrator: false,
    groups: [],
  }
}

function changed(account: CurrentUser, change: Exclude<Change, { kind: 'delete' }>): CurrentUser {
  const after = listEdits(change).reduce(withEdit, account)
  switch (change.kind) {
    case 'update':
      return after
    case 'add':
      return { ...after, forbidden: change.forbidden }
    case 'forbid':
      return { ...after, forbidden: true }
    case 'restore':
      return { ...after, forbidden: false, deleted: false }
  }
}

function withEdit(account: CurrentUser, { field, after }: Edit): CurrentUser {
  switch (field) {
    case 'groups':
      return { ...account, groups: after }
    case 'departments':
      return { ...account, departments: after }
    case 'status':
      return { ...account, status: after }
    case 'wecom':
    case 'externalId':
      return { ...account, [field]: after }
    default:
      return { ...account, fields: withValue(account.fields, field, after) }
  }
}

function withValue(fields: CurrentUser['fields'], field: FieldName, value: string): CurrentUser['fields'] {
  const { [field]: _, ...others } = fields
  return value === '' ? others : { ...others, [field]: value }
}

/** The departments a target lists: the wanted ones, and those its accounts still name (leavers'). */
export function departmentsAfter(
  wanted: readonly Department[],
  current: readonly Department[],
  accounts: readonly CurrentUser[],
): readonly Department[] {
  const ids = new Set(wanted.map(({ id }) => id))
  const named = new Set(accounts.flatMap((account) => account.departments ?? []))
  const kept = current.filter(({ id }) => !ids.has(id) && named.has(id))
  return [...wanted, ...kept].toSorted(byId)
}
