/**
 * One user as Casdoor v3.158.0 stores and lists it: 181 keys (casdoor-api.md 3.1). Only the keys that the
 * sandbox or its tests speak of are typed, the rest is there all the same.
 */
export type CasdoorUser = {
  owner: string
  name: string
  createdTime: string
  updatedTime: string
  deletedTime: string
  id: string
  externalId: string
  type: string
  password: string
  displayName: string
  avatar: string
  permanentAvatar: string
  email: string
  phone: string
  countryCode: string
  region: string
  location: string
  address: string[] | null
  affiliation: string
  title: string
  homepage: string
  bio: string
  tag: string
  language: string
  gender: string
  score: number
  ranking: number
  balanceCurrency: string
  isAdmin: boolean
  isForbidden: boolean
  isDeleted: boolean
  signupApplication: string
  hash: string
  registerType: string
  registerSource: string
  wecom: string
  properties: Record<string, string> | null
  /** `null` in lists when never set, where `get-user` answers `[]`. */
  groups: string[] | null
  mfaPhoneEnabled: boolean
  mfaEmailEnabled: boolean
  [key: string]: unknown
}

/** A group as it is stored; the keys that Casdoor computes for its answers are not here. */
export type CasdoorGroup = {
  owner: string
  /** Unique over all organizations. */
  name: string
  createdTime: string
  updatedTime: string
  displayName: string
  manager: string
  contactEmail: string
  type: string
  /** The name of the parent group, or of the organization for a top group. */
  parentId: string
  isTopGroup: boolean
  isEnabled: boolean
  gidNumber: number
  properties: Record<string, string> | null
}

/** What the JSON of a key must be. Arrays of objects are taken as they come. */
export type Kind = 'string' | 'boolean' | 'int' | 'float' | 'strings' | 'objects' | 'map'

/** The keys of an object in the server's order, each with its kind. */
export type Shape = ReadonlyMap<string, Kind>

/** Keys in order; those that are not text carry a mark: `?` boolean, `#` int, `~` float, `[]`, `{}` objects, `:` map. */
const userKeys = `
  owner name createdTime updatedTime deletedTime id externalId type password passwordSalt passwordType
  displayName firstName lastName avatar avatarType permanentAvatar email emailVerified? phone countryCode
  region location address[] addresses{} affiliation title idCardType idCard realName isVerified? homepage bio
  tag language gender birthday education score# karma# ranking# balance~ balanceCredit~ currency
  balanceCurrency isDefaultAvatar? isOnline? isAdmin? isForbidden? isDeleted? signupApplication hash preHash
  registerType registerSource accessToken originalToken originalRefreshToken createdIp lastSigninTime
  lastSigninIp github google qq wechat facebook dingtalk weibo gitee linkedin wecom lark gitlab adfs baidu
  alipay casdoor infoflow apple azuread azureadb2c slack steam bilibili okta douyin kwai line amazon auth0
  battlenet bitbucket box cloudfoundry dailymotion deezer digitalocean discord dropbox eveonline fitbit gitea
  heroku influxcloud instagram intercom kakao lastfm mailru meetup microsoftonline naver nextcloud onedrive
  oura patreon paypal salesforce shopify soundcloud spotify strava stripe telegram tiktok tumblr twitch twitter
  typetalk uber vk wepay xero yahoo yammer yandex zoom metamask web3onboard custom custom2 custom3 custom4
  custom5 custom6 custom7 custom8 custom9 custom10 webauthnCredentials{} preferredMfaType recoveryCodes[]
  totpSecret mfaPhoneEnabled? mfaEmailEnabled? mfaRadiusEnabled? mfaRadiusUsername mfaRadiusProvider
  mfaPushEnabled? mfaPushReceiver mfaPushProvider invitation invitationCode faceIds{} cart{} ldap uidNumber#
  properties: roles{} permissions{} groups[] lastChangePasswordTime lastSigninWrongTime signinWrongTimes#
  managedAccounts{} mfaAccounts{} mfaItems{} mfaRememberDeadline needUpdatePassword? ipWhitelist
  applicationScopes{}`

const marks: readonly (readonly [mark: string, kind: Kind])[] = [
  ['?', 'boolean'],
  ['#', 'int'],
  ['~', 'float'],
  ['[]', 'strings'],
  ['{}', 'objects'],
  [':', 'map'],
]

/** Reads a list of keys with their marks. */
export function shapeOf(keys: string): Shape {
  return new Map(
    keys
      .trim()
      .split(/\s+/)
      .map((word): [string, Kind] => {
        const marked = marks.find(([mark]) => word.endsWith(mark))
        return marked === undefined ? [word, 'string'] : [word.slice(0, -marked[0].length), marked[1]]
      }),
  )
}

export const userShape: Shape = shapeOf(userKeys)

const zero: Readonly<Record<Kind, unknown>> = {
  string: '',
  boolean: false,
  int: 0,
  float: 0,
  strings: null,
  objects: null,
  map: null,
}

/** An object with every key unset, as Go's zero value: `""`, `false`, `0` or `null`. */
export function zeroOf(shape: Shape): Record<string, unknown> {
  return Object.fromEntries([...shape].map(([key, kind]) => [key, zero[kind]]))
}

const emptyUser = zeroOf(userShape) as CasdoorUser

/** A new row; keys that are not given are unset. */
export function userRow(values: Partial<CasdoorUser>): CasdoorUser {
  return { ...emptyUser, ...values }
}

/** Casdoor's column of a JSON key (`util.CamelToSnakeCase`); a column name given stays as it is. */
export function columnOf(key: string): string {
  return key
    .replace(/[A-Z]/g, (letter, at: number) => (at > 0 ? `_${letter.toLowerCase()}` : letter.toLowerCase()))
    .replaceAll(' ', '')
}

/** Columns whose name in the database is not the one made from the JSON key (`object/user.go`). */
const oddColumns: ReadonlyMap<string, string> = new Map(
  ['webauthnCredentials', 'managedAccounts', 'mfaAccounts'].map((key) => [key, key]),
)

/** Column → JSON key of a user. */
export const userColumns: ReadonlyMap<string, string> = new Map(
  [...userShape.keys()].map((key) => [oddColumns.get(key) ?? columnOf(key), key]),
)

/** The server's clock as it stores it: whole seconds. */
export function now(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, 'Z')
}
