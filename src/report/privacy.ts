import type { Problem } from '../model/problem.ts'
import { fieldNames, type ChangedField } from '../model/field.ts'
import { type Revision } from '../model/edit.ts'
import { type Person } from '../model/people.ts'
import { type PersonalData } from '../model/run.ts'
import { isPersonal, mapParameters } from './parameters.ts'

/** Stands for what may not be shown. */
export const covered = '•••'

/** `138••••0001`: enough to recognise a number by, too little to call it. */
export function maskPhone(phone: string): string {
  const digits = Array.from(phone)
  if (digits.length === 0) return ''
  if (digits.length < 8) return '••••'
  const [head, tail] = digits.length < 11 ? [2, 2] : [3, 4]
  return `${digits.slice(0, head).join('')}••••${digits.slice(-tail).join('')}`
}

/** `c•••@example.com`. */
export function maskEmail(email: string): string {
  if (email === '') return ''
  const at = email.lastIndexOf('@')
  const [first = ''] = email
  return at < 1 ? covered : `${first}${covered}${email.slice(at)}`
}

/** An address begins where the text before it ends, else a long word would be tried from each of its letters. */
const emails = /(?<![\p{L}\p{N}._%+'-])[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu
const phones = /\+\d[\d ()-]{5,18}\d|(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)|(?<!\d)0\d{2,3}[ -]\d{7,8}(?!\d)/g

/** Any text without the phones and e-mails in it: userids and titles can hold them too. */
export function maskText(text: string): string {
  return text.replaceAll(emails, maskEmail).replaceAll(phones, maskPhone)
}

/** Seven digits are the shortest phone there is, whatever its country, and however they are set apart. */
const numbers = /\p{Nd}(?:[ ().·–-]{0,2}\p{Nd}){6,}/gu
const addresses = /[^\s@]+@[^\s@]+/g

/**
 * A value that a mapping may have made of a phone or an e-mail, in whatever form: long numbers are covered with
 * them, since nobody can tell an employee's number from a phone of another country.
 */
export function maskValue(value: string): string {
  return maskText(value.replaceAll(addresses, maskEmail)).replaceAll(numbers, maskPhone)
}

/** A person's name; one that stands for a name that is not known is a userid. */
export function shownName(
  { userid, displayName }: Pick<Person, 'userid' | 'displayName'>,
  level: PersonalData,
): string {
  return level === 'masked' && displayName !== userid ? maskValue(displayName) : shown(displayName, level)
}

/** A text as the level allows to show it; at `hidden` nobody should come to show one. */
export function shown(text: string, level: PersonalData): string {
  switch (level) {
    case 'full':
      return text
    case 'masked':
      return maskText(text)
    case 'hidden':
      return covered
  }
}

/** What changes of an account, in texts. */
export type TextChange = Revision<string> & { readonly field: ChangedField }

/** The texts of a change as the level allows to show them. */
export function shownChange({ field, before, after }: TextChange, level: PersonalData): TextChange {
  return { field, before: shownValue(field, before, level), after: shownValue(field, after, level) }
}

/** What no mapping fills: ids may be long. */
const unmapped: readonly ChangedField[] = ['countryCode', 'wecom', 'externalId', 'departments', 'status']

function shownValue(field: ChangedField, value: string, level: PersonalData): string {
  if (level !== 'masked') return shown(value, level)
  if (field === 'phone') return maskPhone(value)
  if (field === 'email') return maskEmail(value)
  return unmapped.includes(field) ? maskText(value) : maskValue(value)
}

/** A problem as the level allows it to be shown. */
export function shownProblem(problem: Problem, level: PersonalData): Problem {
  if (level === 'full') return problem
  return mapParameters(problem, (value, parameter) => {
    if (level === 'masked') return parameter === 'message' ? maskMessage(value) : maskText(value)
    if (!isPersonal(parameter)) return value
    return parameter === 'key' ? knownKey(value) : covered
  })
}

/** A server's own words may quote any number. */
function maskMessage(message: string): string {
  return maskText(message).replaceAll(/\d{7,}/g, maskPhone)
}

/** Of a place in a snapshot, the part that is a word of the format; the other part is a userid. */
function knownKey(key: string): string {
  const last = key.slice(key.lastIndexOf('.') + 1)
  return snapshotWords.has(last) ? last : covered
}

const snapshotWords: ReadonlySet<string> = new Set([
  'version',
  'syncer',
  'corpId',
  'approved',
  'files',
  'departments',
  'users',
  'name',
  'parent',
  'isForbidden',
  'status',
  ...fieldNames,
])
