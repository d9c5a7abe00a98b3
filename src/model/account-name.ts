import { createHash } from 'node:crypto'
import { keyOf } from './people.ts'

/** Casdoor's rule for account names (`util/validation.go` of v3.158.0): 1 to 255 characters. */
const rule = /^[a-zA-Z0-9]+([-._][a-zA-Z0-9]+)*$/
const longest = 255

/**
 * The account name of a userid (specification 6.2): the userid where Casdoor accepts it, else its accepted
 * parts joined by `-` and the first 6 hex digits of SHA-256 of the lower-cased userid.
 */
export function nameOf(userid: string): string {
  return rule.test(userid) && userid.length <= longest ? userid : safeName(userid)
}

/**
 * Names for all wanted users: a userid that another one's made-up name would take (ignoring case) gets a
 * made-up name too.
 */
export function namesFor(userids: readonly string[]): (userid: string) => string {
  const madeUp = new Set(
    userids.filter((userid) => nameOf(userid) !== userid).map((userid) => keyOf(safeName(userid))),
  )
  return (userid) => (madeUp.has(keyOf(userid)) ? safeName(userid) : nameOf(userid))
}

function safeName(userid: string): string {
  const digits = createHash('sha256').update(keyOf(userid)).digest('hex').slice(0, 6)
  const rest = userid
    .replaceAll(/[^a-zA-Z0-9]{2,}|[^a-zA-Z0-9._-]/g, '-')
    .slice(0, longest - 7)
    .replaceAll(/^[-._]+|[-._]+$/g, '')
  return `${rest === '' ? 'user' : rest}-${digits}`
}
