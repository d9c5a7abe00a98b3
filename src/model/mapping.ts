import { byCodePoint } from './lists.ts'
import { fieldNames, memory, withRegion, type FieldName, type Fields } from './field.ts'

/** Casdoor fields that a mapping may fill; a phone brings its `countryCode` along. */
export const mappableFields = fieldNames.filter((field) => field !== 'countryCode')
export type MappableField = (typeof mappableFields)[number] | Property
type Property = `properties.${string}`

/** WeCom fields that may fill them, beside `extattr.<name>`; `department` is the name of the main one. */
export const memberFields = [
  'userid',
  'name',
  'alias',
  'english_name',
  'email',
  'biz_mail',
  'mobile',
  'telephone',
  'avatar',
  'thumb_avatar',
  'position',
  'external_position',
  'gender',
  'address',
  'department',
] as const
export type MemberField = (typeof memberFields)[number] | `extattr.${string}`

/** Where a value comes from: one WeCom field, or a template such as `{userid}@acme.example`. */
export type Origin =
  | { readonly kind: 'field'; readonly field: MemberField }
  | { readonly kind: 'template'; readonly parts: readonly Part[] }

/** A piece of a template: a text as it stands, or a WeCom field in braces. */
export type Part =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'field'; readonly field: MemberField }

/**
 * Which WeCom fields fill which Casdoor field (specification 5.1). Of several origins the first known value wins;
 * a field without origins (`null`), or without an entry, is nobody's business here: it is left alone.
 */
export type Mapping = ReadonlyMap<MappableField, readonly Origin[] | null>

/** What the input `mapping` overrides, field by field. */
export const defaultMapping: Mapping = new Map<MappableField, readonly Origin[] | null>([
  ['displayName', [{ kind: 'field', field: 'name' }]],
  ['email', [{ kind: 'field', field: 'email' }]],
  ['phone', [{ kind: 'field', field: 'mobile' }]],
  ['avatar', [{ kind: 'field', field: 'avatar' }]],
  ['title', [{ kind: 'field', field: 'position' }]],
  ['gender', [{ kind: 'field', field: 'gender' }]],
])

export const propertyPrefix = 'properties.'

/** The key of a mapped property; `undefined` for any other field. */
export function propertyKeyOf(field: string): string | undefined {
  return field.startsWith(propertyPrefix) ? field.slice(propertyPrefix.length) : undefined
}

/** May a mapping fill this property? Not those with a meaning to this syncer, or to Casdoor's sign-in. */
export function isFreeProperty(key: string): boolean {
  const own: readonly string[] = [...Object.values(memory), '__proto__']
  return key.trim() !== '' && !own.includes(key) && !key.startsWith('oauth_') && !/\p{Cc}/u.test(key)
}

/** Every Casdoor field that a mapping fills, `phone` with its `countryCode`. */
export function managedFields(mapping: Mapping): readonly FieldName[] {
  const fields = [...mapping].flatMap(([field, origins]) => (origins === null ? [] : [field]))
  return inOrder(fields.flatMap<FieldName>(withRegion))
}

/** Every field of which somebody has a value. */
export function heldFields(people: readonly { readonly fields: Fields }[]): readonly FieldName[] {
  const held = new Set<string>()
  for (const { fields } of people) for (const field of Object.keys(fields)) held.add(field)
  return inOrder([...held].filter(isFieldName))
}

/** The WeCom fields that a mapping reads, each once. */
export function readFields(mapping: Mapping): readonly MemberField[] {
  const origins = [...mapping.values()].flatMap((some) => some ?? [])
  return [...new Set(origins.flatMap(fieldsOf))]
}

function fieldsOf(origin: Origin): readonly MemberField[] {
  if (origin.kind === 'field') return [origin.field]
  return origin.parts.flatMap((part) => (part.kind === 'field' ? [part.field] : []))
}

/** Does a mapping treat the field as `defaultMapping` does? */
export function isDefault(mapping: Mapping, field: MappableField): boolean {
  return printed(mapping.get(field)) === printed(defaultMapping.get(field))
}

/** The lines of a mapping that make a difference, as they could stand in the input. */
export function ownLines(mapping: Mapping): readonly string[] {
  return inOrder([...mapping.keys()])
    .filter((field) => !isDefault(mapping, field))
    .map((field) => `${field}: ${printed(mapping.get(field))}`)
}

/** Where a field comes from, as it could stand in the input. */
export function printed(origins: readonly Origin[] | null = null): string {
  if (origins === null) return 'null'
  const texts = origins.map(printedOrigin)
  return texts.length === 1 ? texts.join('') : `[${texts.join(', ')}]`
}

function printedOrigin(origin: Origin): string {
  if (origin.kind === 'field') return origin.field
  const parts = origin.parts.map((part) => (part.kind === 'field' ? `{${part.field}}` : part.text))
  return `"${parts.join('')}"`
}

const names: readonly string[] = fieldNames

function isFieldName(name: string): name is FieldName {
  return names.includes(name) || propertyKeyOf(name) !== undefined
}

/** The order of the snapshot: the fields that everybody may have, then properties by code point. */
function inOrder<Field extends FieldName>(fields: readonly Field[]): readonly Field[] {
  const rank = (field: Field): number => (names.includes(field) ? names.indexOf(field) : names.length)
  return fields.toSorted((a, b) => rank(a) - rank(b) || byCodePoint(a, b))
}
