import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max'
import {
  personOf,
  type Fields,
  type FieldName,
  type Member,
  type Policy,
  type Remark,
  type WantedUser,
} from './model.ts'
import { forbiddenBy, statusOf } from './status.ts'

/** A member as a user, and what got lost on the way. */
export type Mapped = { readonly user: WantedUser; readonly remarks: readonly Remark[] }

/** Longest text Casdoor's columns take, in characters (PostgreSQL counts code points). */
const longest = 100

/** The fields of which every one is filled from one WeCom field (specification 5.1). */
const textFields = [
  ['displayName', 'name', text],
  ['email', 'email', email],
  ['avatar', 'avatar', webAddress],
  ['title', 'position', text],
  ['gender', 'gender', gender],
] as const satisfies readonly (readonly [FieldName, string, (value: string) => string | undefined])[]

/** Every Casdoor field that this mapping can fill, `phone` with its `countryCode`. */
export const mappedFields: readonly FieldName[] = [
  ...textFields.map(([field]) => field),
  'phone',
  'countryCode',
]

/**
 * Turns a merged member into the user the source asks for (specification 5.1, 5.2). What WeCom does not send
 * stays unknown; an explicit `""` blanks the field only under `empty-values: clear`.
 */
export function toUser(member: Member, policy: Policy): Mapped {
  const phone = phoneOf(member.fields['mobile'], policy.countryCode)
  const fields: Partial<Record<FieldName, string>> = { ...phone.fields }
  for (const [field, source, clean] of textFields) {
    const sent = member.fields[source]
    const value = sent === undefined ? undefined : clean(sent)
    if (value !== undefined) fields[field] = value
  }
  const status = statusOf(member, policy)
  const user: WantedUser = {
    userid: member.userid,
    fields: withoutBlanks(fields, policy),
    status,
    forbidden: forbiddenBy(status),
    departments: member.departments,
  }
  return { user, remarks: phone.valid ? [] : [phoneRemark(user)] }
}

function phoneRemark(user: WantedUser): Remark {
  return { kind: 'noted', person: personOf(user), problem: { code: 'phone-invalid' } }
}

/** A display name can never be blank in Casdoor; other fields only by policy. */
function withoutBlanks(fields: Fields, policy: Policy): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([field, value]) => value !== '' || (policy.emptyValues === 'clear' && field !== 'displayName'),
    ),
  )
}

/** One line without control characters, cut to what a column holds. */
function text(value: string): string {
  const line = value.replaceAll(/\p{Cc}+/gu, ' ').trim()
  return line.length <= longest ? line : Array.from(line).slice(0, longest).join('').trim()
}

/** Whole or not at all: an address cut short would be another one. */
function email(value: string): string | undefined {
  return value.length > longest ? undefined : text(value).toLowerCase()
}

function webAddress(value: string): string | undefined {
  if (value === '') return ''
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) ? value : undefined
}

/** WeCom sends 1 or 2; 0 is *not known*. Casdoor's own syncer writes the same two words. */
function gender(value: string): string | undefined {
  return value === '1' ? 'Male' : value === '2' ? 'Female' : value === '' ? '' : undefined
}

/**
 * A number in the form Casdoor stores since v3.154.0: the national digits without leading zeros, and the
 * region (`util/validation.go`, which prints libphonenumber's national number as an integer).
 */
function phoneOf(sent: string | undefined, region: CountryCode): { fields: Fields; valid: boolean } {
  if (sent === undefined) return { fields: {}, valid: true }
  if (sent === '') return { fields: { phone: '', countryCode: '' }, valid: true }
  const number = parsePhoneNumberFromString(sent, region)
  if (number === undefined || !number.isValid() || number.country === undefined) {
    return { fields: {}, valid: false }
  }
  return {
    fields: { phone: number.nationalNumber.replace(/^0+/, ''), countryCode: number.country },
    valid: true,
  }
}
