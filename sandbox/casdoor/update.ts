import { isDeepStrictEqual } from 'node:util'
import type { Answer } from '../server.ts'
import { laidOver, readBody } from './body.ts'
import { checkUser } from './check.ts'
import { duplicateUser, refusedBinding, refusedText, unaskable, userLimits } from './database.ts'
import { refusedByItems, type Edit } from './items.ts'
import { affected, envelope, failure, silence, unaffected, type Envelope } from './reply.ts'
import { columnOf, now, userColumns, userRow, userShape, type CasdoorUser } from './row.ts'
import { isId, wrongId, type Call, type State } from './state.ts'

/** `POST /api/update-user` (casdoor-api.md 6). */
export function updateUser(state: State, call: Call): Answer {
  const body = readBody(call.body, userShape, 'User')
  if (body.error !== undefined) return envelope(failure(body.error))
  const row = addressed(state, call)
  if (typeof row === 'string') return envelope(failure(row))
  const columns = call.query.get('columns') ?? ''
  const isMerged = columns !== '' && state.mergesBodies
  const after = laidOver(isMerged ? row : userRow({}), body.values, userShape)
  const panic = unaskable(row, after, state.database)
  if (panic !== undefined) return panic
  const allowsNoDisplayName = (call.query.get('allowEmpty') ?? '') !== ''
  const checked = checkEdit(state, { before: row, after, isMerged, allowsNoDisplayName })
  if (typeof checked === 'string') return envelope(failure(checked))
  if (springsTrap(state, row, checked)) return silence
  return envelope(save(state, row, checked, columns))
}

/** The user that the query names, or the text of the error. */
function addressed({ store }: State, { query, subject }: Call): CasdoorUser | string {
  const id = query.get('id') ?? ''
  const userId = query.get('userId') ?? ''
  if (id === '' && userId === '') return `The user: ${subject} doesn't exist`
  if (userId !== '') {
    const owner = query.get('owner') ?? ''
    const found = owner === '' ? undefined : store.users(owner).find((user) => user.id === userId)
    return found ?? `The user: ${owner === '' ? id : userId} doesn't exist`
  }
  if (!isId(id)) return wrongId(id)
  const [owner = '', name = ''] = id.split('/')
  return store.user(owner, name) ?? `The user: ${id} doesn't exist`
}

/** All checks of an update in Casdoor's order: the user as it would be saved, or the refusal. */
function checkEdit(state: State, edit: Edit): CasdoorUser | string {
  const { before, after } = edit
  const isAdmin = before.owner === 'built-in' && before.name === 'admin'
  if (isAdmin && (after.owner !== before.owner || after.name !== before.name)) return 'Unauthorized operation'
  if (after.mfaEmailEnabled && after.email === '') return 'MFA email is enabled but email is empty'
  if (after.mfaPhoneEnabled && after.phone === '') return 'MFA phone is enabled but phone number is empty'
  const checked = checkUser(before, after, state)
  if (checked.refused !== undefined) return checked.refused
  const user = { ...checked.user }
  if (state.lowersNames) user.name = user.name.toLowerCase()
  const organization = state.organizations.get(before.owner)
  const refused = organization && refusedByItems({ ...edit, after: user }, organization)
  return refused ?? user
}

/**
 * The name trap (casdoor-api.md 6.2): a body whose `name` is not the stored one renames, listed or not. On SQLite
 * the server then waits for itself for ever if the user is bound to a group; on the others the bindings move to
 * the other name while the row may keep its own.
 */
function springsTrap(state: State, row: CasdoorUser, user: CasdoorUser): boolean {
  const from = `${row.owner}/${row.name}`
  const groups = state.store.groupsOf(from)
  if (row.name === user.name || groups.length === 0 || !state.movesBindings) return false
  if (state.database === 'sqlite') {
    state.isStuck = true
    return true
  }
  state.store.bind(from, [])
  state.store.bind(`${row.owner}/${user.name}`, groups)
  return false
}

function save(state: State, row: CasdoorUser, user: CasdoorUser, columns: string): Envelope {
  const keys = writtenKeys(state, columns)
  if (user.deletedTime !== '') keys.add('deletedTime')
  // What Casdoor makes of unset lists and maps when it writes them.
  const saved: CasdoorUser = {
    ...user,
    id: user.id === '' ? row.id : user.id,
    password: user.password === '***' ? row.password : user.password,
    properties: user.properties ?? {},
    groups: user.groups ?? [],
    address: user.address ?? [],
    cart: user['cart'] ?? [],
    updatedTime: now(),
  }
  const changes = Object.fromEntries([...keys, 'updatedTime'].map((key) => [key, saved[key]]))
  const id = `${user.owner}/${user.name}`
  const groups = keys.has('groups') ? (user.groups ?? []) : undefined
  const wrongText =
    refusedBinding(id, groups ?? [], state.database) ?? refusedText(changes, userLimits, state.database)
  if (wrongText !== undefined) return failure(wrongText)
  if (groups !== undefined) state.store.bind(id, groups)
  const written = write(state, row, changes)
  return written === affected ? toldToSyncer(state, user.owner) : written
}

/** MySQL counts the rows that it changed; the time among the changes is in whole seconds. */
function write({ store, database }: State, row: CasdoorUser, changes: Partial<CasdoorUser>): Envelope {
  const isSame = database === 'mysql' && isDeepStrictEqual({ ...row, ...changes }, { ...row })
  if (!store.write(row, changes)) return failure(duplicateUser({ ...row, ...changes }, database))
  return isSame ? unaffected : affected
}

/** An enabled syncer that may write is called after the row was saved, and WeCom's always fails (casdoor-api.md 6.8). */
function toldToSyncer({ syncers }: State, organization: string): Envelope {
  const syncer = syncers.find((one) => one.organization === organization && one.isEnabled === true)
  if (syncer === undefined || syncer.isReadOnly === true) return affected
  return failure(`updating users in ${syncer.type ?? 'WeCom'} is not supported`)
}

/** Never written by an update without columns (`object/user.go:861-881`). */
const keptWithoutColumns = `createdTime deletedTime externalId password passwordSalt passwordType avatarType
  permanentAvatar realName isVerified currency isOnline preHash accessToken originalToken originalRefreshToken
  createdIp lastSigninTime lastSigninIp metamask web3onboard custom2 custom3 custom4 custom5 custom6 custom7
  custom8 custom9 custom10 preferredMfaType recoveryCodes totpSecret mfaRadiusEnabled mfaRadiusUsername
  mfaRadiusProvider mfaPushEnabled mfaPushReceiver mfaPushProvider invitation invitationCode ldap roles
  permissions`.split(/\s+/)

/** Written for an administrator before v3.154.1, listed or not (casdoor-api.md 15). */
const alwaysWrittenBefore =
  `name id email phone countryCode type balance balanceCredit balanceCurrency mfaItems
  registerType registerSource isAdmin isForbidden isDeleted`.split(/\s+/)

/** The keys of the columns that an update writes; names that are no column's are ignored. */
function writtenKeys({ mergesBodies, writesOnlyListed }: State, columns: string): Set<string> {
  if (columns === '') return new Set([...userShape.keys()].filter((key) => !keptWithoutColumns.includes(key)))
  const listed = columns
    .split(',')
    .map((column) => userColumns.get(mergesBodies ? columnOf(column) : column))
    .filter((key) => key !== undefined)
  return new Set(writesOnlyListed ? listed : [...listed, ...alwaysWrittenBefore])
}

/** `POST /api/delete-user` (casdoor-api.md 7). */
export function deleteUser(state: State, { body: text }: Call): Answer {
  const body = readBody(text, userShape, 'User')
  if (body.error !== undefined) return envelope(failure(body.error))
  const { owner, name } = laidOver(userRow({}), body.values, userShape)
  if (owner === 'built-in' && name === 'admin') return envelope(failure('Unauthorized operation'))
  state.store.bind(`${owner}/${name}`, [])
  const row = state.store.user(owner, name)
  if (state.organizations.get(owner)?.enableSoftDeletion === true) {
    if (row === undefined) return envelope(failure(`the user: ${owner}/${name} is not found`))
    return envelope(write(state, row, { isDeleted: true, deletedTime: now(), updatedTime: now() }))
  }
  if (row === undefined) return envelope(unaffected)
  state.store.remove(row)
  return envelope(affected)
}
