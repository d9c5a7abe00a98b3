import type { Problem } from '../errors.ts'
import { fieldNames, type FieldChange, type PersonalData } from '../model.ts'
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

/** The values of a change as the level allows to show them. */
export function shownChange({ field, before, after }: FieldChange, level: PersonalData): FieldChange {
  return { field, before: shownValue(field, before, level), after: shownValue(field, after, level) }
}

function shownValue(field: FieldChange['field'], value: string, level: PersonalData): string {
  if (level !== 'masked') return shown(value, level)
  if (field === 'phone') return maskPhone(value)
  return field === 'email' ? maskEmail(value) : maskText(value)
}

/** A problem as the level allows to tell it. */
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
  'departments',
  'users',
  'name',
  'parent',
  'isForbidden',
  'status',
  ...fieldNames,
])
