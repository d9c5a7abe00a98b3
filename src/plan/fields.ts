import { byCodePoint } from '../model/lists.ts'
import { externalIdOf, type CurrentUser, type RememberedStatus, type WantedUser } from '../model/people.ts'
import {
  withRegion,
  type ChangedField,
  type FieldName,
  type Fields,
  type UniqueField,
} from '../model/field.ts'
import { type FieldChange } from '../model/plan.ts'

/**
 * The fields of an account that differ from what is wanted, in the order of the report. What is not known is
 * left alone (specification 5.1); e-mails are compared without regard to case, a phone together with its region.
 *
 * @param account `undefined` for a new one.
 * @param status to remember; `undefined` leaves what is remembered.
 */
export function fieldChanges(
  account: CurrentUser | undefined,
  wanted: WantedUser,
  status: RememberedStatus | undefined,
  corpId: string,
): readonly FieldChange[] {
  const before = account?.fields ?? {}
  const fields = knownFields(wanted.fields).map(([field, after]) => ({
    field,
    before: before[field] ?? '',
    after,
  }))
  const externalId = externalIdOf(corpId, wanted.userid)
  const own: readonly FieldChange[] = [
    { field: 'wecom', before: account?.wecom ?? '', after: wanted.userid },
    { field: 'externalId', before: account?.externalId ?? '', after: externalId },
    { field: 'departments', before: joined(account?.departments), after: joined(wanted.departments) },
    { field: 'status', before: account?.status ?? '', after: status ?? account?.status ?? '' },
  ]
  return [...fields.filter(differs), ...own.filter(differs)].toSorted(byOrder)
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

function knownFields(fields: Fields): readonly (readonly [FieldName, string])[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.entries forgets the type of the keys.
  return Object.entries(fields) as [FieldName, string][]
}

function differs({ field, before, after }: FieldChange): boolean {
  if (field === 'email') return before.toLowerCase() !== after.toLowerCase()
  // An external id that differs in case alone names the same person.
  if (field === 'externalId') return before.toLowerCase() !== after.toLowerCase()
  return before !== after
}

function joined(departments: readonly number[] | undefined): string {
  return (departments ?? []).join(',')
}

const order: readonly string[] = [
  'displayName',
  'email',
  'phone',
  'countryCode',
  'title',
  'gender',
  'avatar',
  'departments',
  'groups',
  'status',
  'wecom',
  'externalId',
]

/** Sorts the fields of a change. */
export function byOrder(a: FieldChange, b: FieldChange): number {
  return rank(a.field) - rank(b.field) || byCodePoint(a.field, b.field)
}

/** Mapped fields without a place of their own come between the fields of everybody and the book-keeping. */
function rank(field: ChangedField): number {
  const place = order.indexOf(field)
  return place === -1 ? order.indexOf('avatar') + 0.5 : place
}
