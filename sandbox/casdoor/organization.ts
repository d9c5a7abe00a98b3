import { shapeOf, zeroOf } from './row.ts'

/** A rule for one field of the people of an organization (casdoor-api.md 6.4). */
export type AccountItem = {
  readonly name: string
  readonly visible?: boolean
  readonly viewRule?: string
  /** `Self`, `Admin` or `Immutable`; anything else is refused as unknown. */
  readonly modifyRule: string
  readonly regex?: string
  readonly tab?: string
}

/** An organization of the sandbox: Casdoor's own keys, all but `name` optional. */
export type SandboxOrganization = {
  readonly name: string
  readonly displayName?: string
  /** Default `['CN']`. */
  readonly countryCodes?: readonly string[]
  /** Default `app-<name>`; `''` for an organization without any application. */
  readonly defaultApplication?: string
  /** Default: the default application alone. */
  readonly applications?: readonly string[]
  /** Default: the 61 items of a new organization. */
  readonly accountItems?: readonly AccountItem[]
  readonly enableSoftDeletion?: boolean
  readonly isProfilePublic?: boolean
  readonly useEmailAsUsername?: boolean
  readonly hasPrivilegeConsent?: boolean
  readonly defaultAvatar?: string
  readonly balanceCurrency?: string
}

/** An organization with every default filled in. */
export type Organization = Required<SandboxOrganization>

/** What the sandbox has by default. */
export const defaultOrganizations: readonly SandboxOrganization[] = [
  { name: 'acme', displayName: 'Acme' },
  { name: 'acme-noapp', displayName: 'Acme without an application', defaultApplication: '' },
  {
    name: 'acme-soft',
    displayName: 'Acme with soft deletion',
    defaultApplication: 'app-soft',
    enableSoftDeletion: true,
  },
  {
    name: 'acme-world',
    displayName: 'Acme around the world',
    defaultApplication: 'app-world',
    countryCodes: ['US', 'GB', 'CN'],
  },
]

/** The organization that every Casdoor has; its users are global administrators. */
const builtIn: SandboxOrganization = {
  name: 'built-in',
  displayName: 'Built-in Organization',
  countryCodes: ['US', 'ES', 'FR', 'DE', 'GB', 'CN', 'JP', 'KR', 'VN', 'ID', 'SG', 'IN'],
}

/** Fills in the defaults and adds `built-in`; the result is keyed by name. */
export function organizationsOf(given: readonly SandboxOrganization[]): Map<string, Organization> {
  return new Map([...given, builtIn].map((organization) => [organization.name, filled(organization)]))
}

function filled(organization: SandboxOrganization): Organization {
  const { name, defaultApplication = `app-${name}` } = organization
  return {
    displayName: name,
    countryCodes: ['CN'],
    defaultApplication,
    applications: defaultApplication === '' ? [] : [defaultApplication],
    accountItems: accountItems(),
    enableSoftDeletion: false,
    isProfilePublic: false,
    useEmailAsUsername: false,
    hasPrivilegeConsent: false,
    defaultAvatar: '',
    balanceCurrency: '',
    ...organization,
  }
}

/** The items of a new organization, by their view and modify rule. */
const itemNames: readonly (readonly [viewRule: string, modifyRule: string, names: string])[] = [
  [
    'Public',
    'Self',
    'Display name,First name,Last name,Avatar,Email,Phone,Country/Region,Location,Address,Addresses,Affiliation,Title,ID card type,ID card,Real name,Homepage,Bio,Language,Gender,Birthday,Education,Score,Karma,Ranking',
  ],
  [
    'Public',
    'Admin',
    'Organization,Name,User type,Country code,Tag,Signup application,Register type,Register source,Groups',
  ],
  ['Public', 'Immutable', 'ID,Roles,Permissions'],
  [
    'Self',
    'Self',
    'Password,ID card info,ID verification,Balance,Balance credit,Balance currency,Cart,Transactions,Consents,3rd-party logins,Multi-factor authentication,MFA items,WebAuthn credentials,Managed accounts,Face ID,MFA accounts',
  ],
  [
    'Admin',
    'Admin',
    'UID number,Properties,Is online,Is admin,Is forbidden,Is deleted,Last change password time,Need update password,IP whitelist',
  ],
]

/**
 * The 61 account items of a new organization, with changes by name, as in
 * `accountItems({ Email: { modifyRule: 'Immutable' } })`.
 */
export function accountItems(
  changes: Readonly<Record<string, Partial<AccountItem>>> = {},
): Required<AccountItem>[] {
  return itemNames.flatMap(([viewRule, modifyRule, names]) =>
    names.split(',').map((name) => ({
      name,
      visible: true,
      viewRule,
      modifyRule,
      regex: '',
      tab: '',
      ...changes[name],
    })),
  )
}

const organizationShape = shapeOf(`
  owner name createdTime displayName websiteUrl logo logoDark favicon hasPrivilegeConsent? passwordType
  passwordSalt passwordOptions[] passwordObfuscatorType passwordObfuscatorKey passwordExpireDays#
  tokenRetentionDays# recordRetentionDays# countryCodes[] defaultAvatar usePermanentAvatar? defaultApplication
  defaultTokenFormat userTypes[] tags[] languages[] themeData{} masterPassword defaultPassword
  masterVerificationCode ipWhitelist initScore# enableSoftDeletion? isProfilePublic? useEmailAsUsername?
  enableTour? disableSignin? ipRestriction navItems[] userNavItems[] widgetItems[] mfaItems{}
  mfaRememberInHours# accountMenu accountItems{} dcrPolicy ldapAttributes[] kerberosRealm kerberosKdcHost
  kerberosKeytab kerberosServiceName orgBalance~ userBalance~ balanceCredit~ balanceCurrency`)

/** The organization as `get-organization` answers it: 54 keys. */
export function organizationObject(organization: Organization): object {
  const shown = Object.entries(organization).filter(([key]) => key !== 'applications')
  return {
    ...zeroOf(organizationShape),
    owner: 'admin',
    createdTime: '2026-11-01T00:00:00Z',
    passwordType: 'bcrypt',
    passwordOptions: ['AtLeast6'],
    tags: [],
    languages: ['en', 'zh'],
    mfaRememberInHours: 12,
    ...Object.fromEntries(shown),
  }
}

/** An application of the organization, with the keys that a client of the directory could ask for. */
export function applicationObject(
  name: string,
  organization: Organization,
  clientId: string,
  secret: string,
): object {
  return {
    owner: 'admin',
    name,
    createdTime: '2026-11-01T00:00:00Z',
    displayName: name,
    organization: organization.name,
    enablePassword: true,
    enableSignUp: false,
    providers: [],
    tags: [],
    organizationObj: organizationObject(organization),
    clientId,
    clientSecret: secret,
  }
}
