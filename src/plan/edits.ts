import { type Current } from '../model/directory.ts'
import { type Edits, type FieldChange } from '../model/edit.ts'
import { withRegion, type FieldName, type Fields, type UniqueField } from '../model/field.ts'
import { byCodePoint, isSame } from '../model/lists.ts'
import { propertyKeyOf } from '../model/mapping.ts'
import { isSamePhone } from '../model/phone.ts'
import {
  externalIdOf,
  isPlaceholder,
  type CurrentUser,
  type RememberedStatus,
  type WantedUser,
} from '../model/people.ts'

/**
 * The texts of an account that differ from what is wanted, in the order of the report. What is not known is left
 * alone (specification 5.1); e-mails are compared without regard to case, a phone together with its region.
 *
 * @param account `undefined` for a new one.
 */
export function fieldChanges(
  account: CurrentUser | undefined,
  { userid, fields }: Pick<WantedUser, 'userid' | 'fields'>,
): readonly FieldChange[] {
  const before = account?.fields ?? {}
  const hasNumber = (fields.phone ?? '') !== '' && isSamePhone(before, fields)
  const hasName = (before.displayName ?? '') !== ''
  return knownFields(fields)
    .filter(([field, value]) => !(field === 'displayName' && hasName && isPlaceholder(value, userid)))
    .map(([field, after]) => ({ field, before: before[field] ?? '', after }))
    .filter(differs)
    .filter(({ field }) => !(hasNumber && (field === 'phone' || field === 'countryCode')))
    .toSorted(byOrder)
}

/**
 * What is to be remembered of a person from now on.
 *
 * @param status `undefined` leaves what is remembered.
 */
export function memoryChanges(
  account: CurrentUser | undefined,
  { departments: after }: Pick<WantedUser, 'departments'>,
  status: RememberedStatus | undefined,
): Edits['remembered'] {
  const { departments: before = [], status: old } = account ?? {}
  return {
    ...(!isSame(before, after) && { departments: { before, after } }),
    ...(status !== undefined && status !== old && { status: statusChange(old, status) }),
  }
}

/** A status to remember in place of what is remembered, if anything is. */
export function statusChange(
  before: RememberedStatus | undefined,
  after: RememberedStatus,
): NonNullable<Edits['remembered']['status']> {
  return { ...(before !== undefined && { before }), after }
}

/** How an account is linked to a person; an external id that differs in case alone names the same person. */
export function linkChanges(
  account: CurrentUser | undefined,
  { userid }: Pick<WantedUser, 'userid'>,
  corpId: string,
): Edits['link'] {
  const wecom = { before: account?.wecom ?? '', after: userid }
  const externalId = { before: account?.externalId ?? '', after: externalIdOf(corpId, userid) }
  return {
    ...(wecom.before !== wecom.after && { wecom }),
    ...(externalId.before.toLowerCase() !== externalId.after.toLowerCase() && { externalId }),
  }
}

/** The changes, with those e-mails and phones blanked that somebody else needs and no change frees anyway. */
export function released(
  changes: readonly FieldChange[],
  account: CurrentUser,
  fields: readonly UniqueField[],
): readonly FieldChange[] {
  // Another number of the same region keeps the region.
  const blanked = fields
    .map(withRegion)
    .filter((parts) => !changes.some(({ field }) => parts.some((part) => part === field)))
    .flat()
    .map((field) => ({ field, before: account.fields[field] ?? '', after: '' }))
  return [...changes, ...blanked.filter(differs)].toSorted(byOrder)
}

/** What is left without that which the target refuses to change. */
export function withoutFrozen({ fields, groups, remembered, link }: Edits, { frozen }: Current): Edits {
  const isFrozen = (field: FieldName): boolean =>
    (propertyKeyOf(field) !== undefined && frozen.has('properties')) ||
    frozen.has(field === 'countryCode' ? 'phone' : field)
  return {
    fields: fields.filter(({ field }) => !isFrozen(field)),
    ...(groups !== undefined && !frozen.has('groups') && { groups }),
    remembered: frozen.has('properties') ? {} : remembered,
    link,
  }
}

function knownFields(fields: Fields): readonly (readonly [FieldName, string])[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.entries forgets the type of the keys.
  return Object.entries(fields) as [FieldName, string][]
}

function differs({ field, before, after }: FieldChange): boolean {
  if (field === 'email') return before.toLowerCase() !== after.toLowerCase()
  return before !== after
}

const order: readonly FieldName[] = [
  'displayName',
  'email',
  'phone',
  'countryCode',
  'title',
  'gender',
  'avatar',
]

/** Fields without a place of their own come last. */
function byOrder(a: FieldChange, b: FieldChange): number {
  return rank(a.field) - rank(b.field) || byCodePoint(a.field, b.field)
}

function rank(field: FieldName): number {
  const place = order.indexOf(field)
  return place === -1 ? order.length : place
}
