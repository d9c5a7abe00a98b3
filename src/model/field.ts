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

/** Keys of `properties` under which this syncer remembers what it last applied (specification 6.3). */
export const memory = { status: 'wecomStatus', departments: 'wecomDepartments' } as const

/** Fields of which Casdoor allows a value once in an organization. */
export const uniqueFields = ['email', 'phone'] as const
export type UniqueField = (typeof uniqueFields)[number]

/** What a target may refuse to change. */
export type FrozenField = FieldName | 'isForbidden' | 'properties' | 'groups'

/** Whatever a change may change of an account; the last four are the syncer's own book-keeping. */
export type ChangedField = FieldName | 'groups' | 'wecom' | 'externalId' | 'departments' | 'status'

/** Which key linked an account to a person. */
export type MatchKey = 'externalId' | 'wecom' | 'id' | 'name' | 'email' | 'phone'
