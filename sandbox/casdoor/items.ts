import type { AccountItem, Organization } from './organization.ts'
import { userColumns, type CasdoorUser } from './row.ts'

/** Fields and the account item that rules each, in the order Casdoor looks at them (`object/user_util.go:529-981`). */
const ruledBy: readonly (readonly [key: string, item: string])[] = [
  ['owner', 'Organization'],
  ['name', 'Name'],
  ['id', 'ID'],
  ['displayName', 'Display name'],
  ['avatar', 'Avatar'],
  ['type', 'User type'],
  ['password', 'Password'],
  ['email', 'Email'],
  ['phone', 'Phone'],
  ['countryCode', 'Country code'],
  ['region', 'Country/Region'],
  ['location', 'Location'],
  ['affiliation', 'Affiliation'],
  ['title', 'Title'],
  ['homepage', 'Homepage'],
  ['bio', 'Bio'],
  ['tag', 'Tag'],
  ['language', 'Language'],
  ['gender', 'Gender'],
  ['birthday', 'Birthday'],
  ['education', 'Education'],
  ['balance', 'Balance'],
  ['balanceCredit', 'Balance credit'],
  ['balanceCurrency', 'Balance currency'],
  ['cart', 'Cart'],
  ['uidNumber', 'UID number'],
  ['score', 'Score'],
  ['karma', 'Karma'],
  ['ranking', 'Ranking'],
  ['signupApplication', 'Signup application'],
  ['idCard', 'ID card'],
  ['idCardType', 'ID card type'],
  ['properties', 'Properties'],
  ['preferredMfaType', 'Multi-factor authentication'],
  ['groups', 'Groups'],
  ['address', 'Address'],
  ['faceIds', 'Face ID'],
  ['isAdmin', 'Is admin'],
  ['isForbidden', 'Is forbidden'],
  ['isDeleted', 'Is deleted'],
  ['needUpdatePassword', 'Need update password'],
  ['ipWhitelist', 'IP whitelist'],
]

/** An update as the account items see it. */
export type Edit = {
  readonly before: CasdoorUser
  readonly after: CasdoorUser
  /** The body was laid over the stored user, so that Go's maps and arrays are shared between the two. */
  readonly isMerged: boolean
  /** The query said `allowEmpty`. */
  readonly allowsNoDisplayName: boolean
}

/**
 * The refusal of an administrator's update by the organization's account items (casdoor-api.md 6.4). Every
 * changed field counts, also one whose column is not listed; no item, no rule.
 */
export function refusedByItems(edit: Edit, organization: Organization): string | undefined {
  const changed = ruledBy.filter(([key]) => isChanged(key, edit))
  const isCleared = changed.some(([key]) => key === 'displayName') && edit.after.displayName === ''
  if (isCleared && !edit.allowsNoDisplayName) return 'Display name cannot be empty'
  for (const [, name] of changed) {
    const item = organization.accountItems.find((one) => one.name === name)
    const refused = item === undefined ? undefined : refusedByItem(item, edit.after)
    if (refused !== undefined) return refused
  }
  return undefined
}

function refusedByItem({ name, modifyRule, regex = '' }: AccountItem, user: CasdoorUser): string | undefined {
  if (modifyRule === 'Immutable') return `The ${name} is immutable.`
  if (modifyRule !== 'Self' && modifyRule !== 'Admin') return `Unknown modify rule ${modifyRule}.`
  const value = ruledValue(name, user)
  if (regex === '' || value === undefined || new RegExp(regex).test(value)) return undefined
  return `The value "${value}" for account field "${name}" doesn't match the account item regex`
}

/** The text that a regex is held against; items whose name is no field's, such as `User type`, have none. */
function ruledValue(item: string, user: CasdoorUser): string | undefined {
  const key = userColumns.get(item.toLowerCase().replaceAll(' ', '_'))
  if (key === undefined) return undefined
  const value = user[key]
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/**
 * Casdoor compares with the stored user after it has read the body into a copy that shares maps and arrays with
 * it: a merged map has changed on both sides, and an array is seen to change by its length alone.
 */
function isChanged(key: string, { before, after, isMerged }: Edit): boolean {
  switch (key) {
    case 'password':
      return before.password !== after.password && after.password !== '***'
    case 'faceIds':
      return after['faceIds'] !== null
    case 'cart':
      return JSON.stringify(before['cart']) !== JSON.stringify(after['cart'] ?? [])
    case 'properties':
      if (isMerged && before.properties !== null && after.properties !== null) return false
      return sorted(before.properties) !== sorted(after.properties ?? {})
    case 'groups':
    case 'address': {
      const [old, wanted] = [before[key] ?? [], after[key] ?? []]
      return isMerged ? old.length !== wanted.length : JSON.stringify(old) !== JSON.stringify(wanted)
    }
    default:
      return before[key] !== after[key]
  }
}

function sorted(map: Readonly<Record<string, string>> | null): string {
  return JSON.stringify(map === null ? null : Object.entries(map).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
