import { randomUUID } from 'node:crypto'
import type { Answer } from '../server.ts'
import { laidOver, readBody } from './body.ts'
import { checkUser } from './check.ts'
import { duplicateUser, refusedBinding, refusedText, unaskable, userLimits } from './database.ts'
import { affected, envelope, failure, type Envelope } from './reply.ts'
import { now, userRow, userShape, type CasdoorUser } from './row.ts'
import type { Call, State } from './state.ts'

const nobody = { owner: '', name: '', email: '', phone: '', countryCode: '' }

/** `POST /api/add-user`, in the order of `object.AddUser` (casdoor-api.md 5.1). */
export function addUser(state: State, { body: text }: Call): Answer {
  const body = readBody(text, userShape, 'User')
  if (body.error !== undefined) return envelope(failure(body.error))
  const sent = laidOver(userRow({}), body.values, userShape)
  const panic = unaskable(nobody, sent, state.database)
  if (panic !== undefined) return panic
  const checked = checkUser(nobody, sent, state)
  if (checked.refused !== undefined) return envelope(failure(checked.refused))
  const refused = refusedPlace(state, checked.user)
  if (refused !== undefined) return envelope(failure(refused))
  return envelope(insert(state, withDefaults(state, checked.user)))
}

function insert({ store, database, lowersNames }: State, row: CasdoorUser): Envelope {
  // The bindings are made first, with the name as it was sent, and stay when the row is refused.
  const id = `${row.owner}/${row.name}`
  const groups = row.groups ?? []
  const wrongBinding = refusedBinding(id, groups, database)
  if (wrongBinding !== undefined) return failure(wrongBinding)
  if (groups.length > 0) store.bind(id, groups)
  if (lowersNames) row.name = row.name.toLowerCase()
  const wrongText = refusedText(row, userLimits, database)
  if (wrongText !== undefined) return failure(wrongText)
  return store.insert(row) ? affected : failure(duplicateUser(row, database))
}

function refusedPlace({ organizations }: State, { owner, name }: CasdoorUser): string | undefined {
  if (owner === '' || name === '') return "the user's owner and name should not be empty"
  const organization = organizations.get(owner)
  if (organization === undefined) return `the organization: ${owner} is not found`
  // The text prints the owner of the organization, not its name.
  if (organization.applications.length === 0) {
    return 'The organization: admin should have one application at least'
  }
  return owner === 'built-in' && !organization.hasPrivilegeConsent ? builtInIsClosed : undefined
}

const builtInIsClosed =
  "adding a new user to the 'built-in' organization is currently disabled. Please note: all users in the 'built-in' organization are global administrators in Casdoor. Refer to the docs: https://casdoor.org/docs/basic/core-concepts#how-does-casdoor-manage-itself. If you still wish to create a user for the 'built-in' organization, go to the organization's settings page and enable the 'Has privilege consent' option."

function withDefaults({ organizations, store, hasUidNumber }: State, user: CasdoorUser): CasdoorUser {
  const organization = organizations.get(user.owner)
  const isRanked = organization?.accountItems.some((item) => item.name === 'Ranking') === true
  const currency = organization?.balanceCurrency ?? ''
  const createdTime = user.createdTime === '' ? now() : user.createdTime
  const row = {
    ...user,
    id: user.id === '' ? randomUUID() : user.id,
    registerType: user.registerType === '' ? 'Add User' : user.registerType,
    balanceCurrency: [user.balanceCurrency, currency, 'USD'].find((text) => text !== '') ?? '',
    avatar: user.avatar === '' ? (organization?.defaultAvatar ?? '') : user.avatar,
    createdTime,
    updatedTime: user.updatedTime === '' ? createdTime : user.updatedTime,
    ranking: isRanked ? store.count(user.owner) + 1 : user.ranking,
  }
  if (!hasUidNumber) Reflect.deleteProperty(row, 'uidNumber')
  return row
}
