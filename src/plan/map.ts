import type { CountryCode } from 'libphonenumber-js/max'
import type { MappableField, MemberField, Origin } from '../model/mapping.ts'
import { personOf, type Member, type WantedUser } from '../model/people.ts'
import { withRegion, type Fields, type FieldName } from '../model/field.ts'
import { type Policy } from '../model/policy.ts'
import { type Remark } from '../model/plan.ts'
import { parsePhone } from '../model/phone.ts'
import { forbiddenBy, statusOf } from './status.ts'

/** A member as a user, and what got lost on the way. */
export type Mapped = { readonly user: WantedUser; readonly remarks: readonly Remark[] }

/** Names of departments by id; `""` when WeCom does not send it. */
export type DepartmentNames = ReadonlyMap<number, string>

/** Longest text Casdoor's columns take, in characters (PostgreSQL counts code points). */
const longest = 100

/**
 * Turns a merged member into the user the source asks for (specification 5.1, 5.2). What WeCom does not send
 * stays unknown; an explicit `""` blanks the field only under `empty-values: clear`.
 */
export function toUser(member: Member, policy: Policy, names: DepartmentNames = new Map()): Mapped {
  const lookup = lookupOf(member, names)
  const fields: Partial<Record<FieldName, string>> = {}
  let isPhoneRefused = false
  for (const [field, origins] of policy.mapping) {
    if (origins === null) continue
    const { values, refused } = filled(origins, lookup, ruleOf(field, policy.countryCode))
    Object.assign(fields, values === blank ? blanked(field) : values)
    if (field === 'phone') isPhoneRefused = refused
  }
  const status = statusOf(member, policy)
  const user: WantedUser = {
    userid: member.userid,
    fields: withoutBlanks(fields, policy),
    status,
    forbidden: forbiddenBy(status),
    departments: member.departments,
    ...(member.isHead && { isHead: true }),
  }
  return { user, remarks: isPhoneRefused ? [phoneRemark(user)] : [] }
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

/** What WeCom sends under a name; `""` was sent empty, `undefined` is not known. */
type Lookup = (field: MemberField) => string | undefined

function lookupOf({ userid, mainDepartment, fields }: Member, names: DepartmentNames): Lookup {
  return (field) => {
    switch (field) {
      case 'userid':
        return userid
      case 'department': {
        const name = mainDepartment === undefined ? '' : names.get(mainDepartment)
        return name === '' ? undefined : name
      }
      case 'gender':
        return fields[field] === '0' ? undefined : fields[field]
      default:
        return fields[field]
    }
  }
}

/** Puts a value into the form of a field, `undefined` when it has none that Casdoor could take. */
type Rule = (value: string) => Fields | undefined

/** Stands for a field that WeCom sent empty. */
const blank = Symbol('blank')

/**
 * The first value that is known and usable. Sent empty counts only where nothing else was sent: in a list, what
 * one origin withholds another does not blank.
 */
function filled(
  origins: readonly Origin[],
  lookup: Lookup,
  rule: Rule,
): { readonly values: Fields | typeof blank | undefined; readonly refused: boolean } {
  const sent = origins.map((origin) => valueOf(origin, lookup))
  let refused = false
  for (const value of sent) {
    if (value === undefined || value === '') continue
    const values = rule(value)
    if (values !== undefined) return { values, refused: false }
    refused = true
  }
  return { values: sent.every((value) => value === '') ? blank : undefined, refused }
}

/** A template is known when all its fields are; it never blanks anything. */
function valueOf(origin: Origin, lookup: Lookup): string | undefined {
  if (origin.kind === 'field') return lookup(origin.field)
  const parts = origin.parts.map((part) => (part.kind === 'text' ? part.text : (lookup(part.field) ?? '')))
  const isKnown = origin.parts.every((part, index) => part.kind === 'text' || parts[index] !== '')
  return isKnown ? parts.join('') : undefined
}

function blanked(field: MappableField): Fields {
  return Object.fromEntries(withRegion(field).map((each) => [each, '']))
}

function ruleOf(field: MappableField, region: CountryCode): Rule {
  if (field === 'phone') return (value) => parsePhone(value, region)
  const clean = cleanerOf(field)
  return (value) => {
    const cleaned = clean(value)
    return cleaned === undefined || cleaned === '' ? undefined : { [field]: cleaned }
  }
}

function cleanerOf(field: Exclude<MappableField, 'phone'>): (value: string) => string | undefined {
  switch (field) {
    case 'email':
      return email
    case 'avatar':
      return webAddress
    case 'homepage':
      return (value) => (value.length > longest ? undefined : webAddress(value))
    case 'gender':
      return gender
    case 'displayName':
    case 'title':
    case 'affiliation':
    case 'tag':
    case 'location':
    case 'bio':
      return columnText
    default:
      // Properties stand in one column of any length.
      return line
  }
}

/** One line without control characters. */
function line(value: string): string {
  return value.replaceAll(/\p{Cc}+/gu, ' ').trim()
}

/** A line cut to what a column holds. */
export function columnText(value: string): string {
  const whole = line(value)
  return whole.length <= longest ? whole : Array.from(whole).slice(0, longest).join('').trim()
}

/** Whole or not at all: an address cut short would be another one. Casdoor itself takes any text for one. */
function email(value: string): string | undefined {
  return value.length <= longest && /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u.test(value)
    ? value.toLowerCase()
    : undefined
}

function webAddress(value: string): string | undefined {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) ? value : undefined
}

/** WeCom sends 1 or 2, custom fields a word. Casdoor's own syncer writes the same two words. */
function gender(value: string): string | undefined {
  if (/^(?:1|男|male)$/i.test(value)) return 'Male'
  return /^(?:2|女|female)$/i.test(value) ? 'Female' : undefined
}
