import { normalizePhone } from './phone.ts'
import type { Organization } from './organization.ts'
import type { CasdoorUser } from './row.ts'
import type { Store } from './store.ts'

/** What the checks need to know of the server. */
export type Rules = {
  readonly store: Store
  readonly organizations: ReadonlyMap<string, Organization>
  /** From v3.154.0 on phones are normalised and validated; before, they are stored as sent. */
  readonly normalizesPhones: boolean
}

/** The user after the checks, with its phone as Casdoor stores it, or the refusal. */
export type Checked =
  { readonly user: CasdoorUser; readonly refused?: undefined } | { readonly refused: string }

/** A user as `add-user` compares it: with nothing. */
export type Before = Pick<CasdoorUser, 'owner' | 'name' | 'email' | 'phone' | 'countryCode'>

/**
 * The checks of `object.CheckUpdateUser` (`object/check.go:781-840`), in its order: organization, username,
 * name taken, e-mail taken, phone.
 */
export function checkUser(before: Before, user: CasdoorUser, rules: Rules): Checked {
  const refused = before.name === user.name ? undefined : refusedName(before, user, rules)
  if (refused !== undefined) return { refused }
  const isTaken = before.email !== user.email && rules.store.by('email', user.owner, user.email).length > 0
  if (isTaken) return { refused: 'Email already exists' }
  const isSamePhone = before.phone === user.phone && before.countryCode === user.countryCode
  return isSamePhone ? { user } : checkPhone(before, user, rules)
}

function refusedName(before: Before, user: CasdoorUser, { organizations, store }: Rules): string | undefined {
  const owner = before.owner === '' ? user.owner : before.owner
  const organization = organizations.get(owner)
  if (organization === undefined) return `The organization: ${owner} does not exist`
  const refused = organization.useEmailAsUsername ? refusedEmailName(user.name) : refusedUsername(user.name)
  if (refused !== undefined) return refused
  return store.user(user.owner, user.name) === undefined ? undefined : 'Username already exists'
}

const usernameRule =
  'may only contain alphanumeric characters, underlines or hyphens, cannot have consecutive hyphens or underlines, and cannot begin or end with a hyphen or underline.'

function refusedLength(name: string): string | undefined {
  if (name === '') return 'Empty username.'
  return Buffer.byteLength(name) > 255 ? 'Username is too long (maximum is 255 characters).' : undefined
}

function refusedUsername(name: string): string | undefined {
  const fits = /^[a-zA-Z0-9]+([-._][a-zA-Z0-9]+)*$/.test(name)
  return refusedLength(name) ?? (fits ? undefined : `The username ${usernameRule}`)
}

/** With `useEmailAsUsername` the rule is anchored at one end only, so that nearly everything passes. */
function refusedEmailName(name: string): string | undefined {
  const fits = /^[a-zA-Z0-9]+|[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,}$/.test(name)
  const text = `Username supports email format. Also The username ${usernameRule} Also pay attention to the email format.`
  return refusedLength(name) ?? (fits ? undefined : text)
}

function checkPhone(
  before: Before,
  user: CasdoorUser,
  { organizations, store, normalizesPhones }: Rules,
): Checked {
  if (user.phone === '') return { user }
  const region =
    user.countryCode === '' ? (organizations.get(user.owner)?.countryCodes[0] ?? '') : user.countryCode
  const stored = normalizesPhones ? normalizePhone(user.phone, region) : user
  if (stored === undefined) return { refused: 'Phone number is invalid' }
  const { phone, countryCode } = stored
  // A number that only the normal form makes the old one is no change.
  if (before.phone !== phone || before.countryCode !== countryCode) {
    const others = store.by('phone', user.owner, phone)
    const isTaken = others.some((other) => countryCode === '' || other.countryCode === countryCode)
    if (isTaken) return { refused: 'Phone already exists' }
  }
  return { user: { ...user, phone, countryCode } }
}
