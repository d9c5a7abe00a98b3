import type { Answer } from '../server.ts'
import { folded } from './database.ts'
import { arrange, cut, isPaged, listingKey, newestFirst, type Listing } from './listing.ts'
import { lookedUp } from './phone.ts'
import { envelope, failure, ok, panicked } from './reply.ts'
import { userColumns, type CasdoorUser } from './row.ts'
import { isId, wrongId, type Call, type State } from './state.ts'

/** `GET /api/get-users` (casdoor-api.md 3). */
export function getUsers(state: State, { query }: Call): Answer {
  if (!isPaged(query)) {
    return envelope(ok(newestFirst(usersOf(state, query)).map(masked)))
  }
  const listing = listed(state, query)
  if (typeof listing === 'string') return envelope(failure(listing))
  const page = cut(listing, query)
  return page === undefined ? panicked : envelope(ok(page.map(masked), total(state, query, listing)))
}

/** With a group and no filter its bindings are counted, also those of people who are not there. */
function total({ store }: State, query: URLSearchParams, { rows }: Listing<CasdoorUser>): number {
  const group = query.get('groupName') ?? ''
  const isFiltered = (query.get('field') ?? '') !== '' || (query.get('value') ?? '') !== ''
  return group === '' || isFiltered ? rows.length : store.members(`${query.get('owner')}/${group}`).length
}

/** `GET /api/get-user-count`: deleted and forbidden people count. */
export function getUserCount({ store }: State, { query }: Call): Answer {
  return envelope(ok(store.count(query.get('owner') ?? '')))
}

function usersOf({ store }: State, query: URLSearchParams): readonly CasdoorUser[] {
  const owner = query.get('owner') ?? ''
  const group = query.get('groupName') ?? ''
  if (group === '') return store.users(owner)
  const names = new Set(store.members(`${owner}/${group}`).map((member) => member.split('/')[1]))
  return store.users(owner).filter((user) => names.has(user.name))
}

/** The last listing of each server, kept while nothing changes: the next page most likely belongs to it. */
const kept = new WeakMap<State, { readonly key: string; readonly listing: Listing<CasdoorUser> | string }>()

function listed(state: State, query: URLSearchParams): Listing<CasdoorUser> | string {
  const key = `${state.store.version} ${listingKey(query)}`
  const known = kept.get(state)
  if (known?.key === key) return known.listing
  const table = { rows: usersOf(state, query), columns: userColumns, alias: 'a.', database: state.database }
  const listing = arrange(table, query)
  kept.set(state, { key, listing })
  return listing
}

/** A row as it is listed (`object/user.go:673-724`): some secrets are hidden, others are not. */
function masked(row: CasdoorUser): CasdoorUser {
  const isOpen = [row.password, row['originalToken'], row['originalRefreshToken'], row['totpSecret']].some(
    (secret) => secret !== '',
  )
  const hasTokens = row.properties !== null && Object.keys(row.properties).some(isToken)
  if (!isOpen && !hasTokens && row['recoveryCodes'] === null) return row
  return {
    ...hidden(row),
    originalToken: starred(row['originalToken']),
    originalRefreshToken: starred(row['originalRefreshToken']),
    properties:
      row.properties &&
      Object.fromEntries(
        Object.entries(row.properties).map(([key, text]) => [key, isToken(key) ? '***' : text]),
      ),
  }
}

/** What nobody is shown, an administrator neither. */
function hidden(row: CasdoorUser): CasdoorUser {
  return { ...row, password: starred(row.password), totpSecret: '', recoveryCodes: null }
}

function starred(secret: unknown): string {
  return secret === '' ? '' : '***'
}

function isToken(key: string): boolean {
  return /^oauth_.*_(accessToken|refreshToken)$/.test(key)
}

/** `GET /api/get-user` (casdoor-api.md 4): nobody there is `ok` and `null`, for everybody who asks. */
export function getUser(state: State, call: Call): Answer {
  const found = looked(state, call.query)
  if (typeof found === 'string') return envelope(failure(found))
  if (found === undefined) return envelope(ok())
  const isPublic = state.organizations.get(found.owner)?.isProfilePublic === true
  if (call.subject === '' && !isPublic) return envelope(failure('Please login first'))
  return envelope(ok({ ...hidden(found), ...filled, groups: found.groups ?? [] }))
}

/** What `get-user` adds to a row, or fills in, that lists leave `null`. */
const filled = {
  multiFactorAuths: ['sms', 'email', 'app', 'radius', 'push'].map((mfaType) => ({
    enabled: false,
    isPreferred: false,
    mfaType,
    mfaRememberInHours: 0,
  })),
  roles: [],
  permissions: [],
}

function looked({ store, database }: State, query: URLSearchParams): CasdoorUser | undefined | string {
  const [id = '', email = '', phone = '', userId = ''] = ['id', 'email', 'phone', 'userId'].map(
    (key) => query.get(key) ?? '',
  )
  const owner = query.get('owner') ?? id.split('/')[0] ?? ''
  const isSame = (one: string, other: string) => folded(one, database) === folded(other, database)
  if (userId !== '' && owner !== '') return store.users(owner).find((user) => isSame(user.id, userId))
  if (email !== '') return store.users(owner).find((user) => isSame(user.email, email))
  if (phone !== '') {
    const wanted = lookedUp(phone)
    const isOne = (user: CasdoorUser) => wanted.countryCode === '' || user.countryCode === wanted.countryCode
    return store.users(owner).find((user) => user.phone === wanted.phone && isOne(user))
  }
  if (userId !== '') return store.users('').find((user) => isSame(user.id, userId))
  if (id === '' && owner === '') return undefined
  if (!isId(id)) return wrongId(id)
  const [organization = '', name = ''] = id.split('/')
  return store.user(organization, name)
}
