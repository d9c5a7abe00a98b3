import type { Answer, SeenRequest } from '../server.ts'
import { addUser } from './add.ts'
import { callName } from './faults.ts'
import { addGroup, deleteGroup, getGroup, getGroups, updateGroup } from './groups.ts'
import { applicationObject, organizationObject, type Organization } from './organization.ts'
import { affected, envelope, failure, notFound, ok, refusal, silence, unaffected } from './reply.ts'
import { isId, wrongId, type Call, type State, type Syncer } from './state.ts'
import { deleteUser, updateUser } from './update.ts'
import { getUser, getUserCount, getUsers } from './users.ts'

type Route = {
  readonly method: 'GET' | 'POST'
  readonly handle: (state: State, call: Call) => Answer
  /** Anybody may ask (`authz/authz.go`). */
  readonly isOpen?: boolean
  /** Waits for ever once the name trap has sprung; so does everything that writes. */
  readonly getsStuck?: boolean
}

const routes: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['health', { method: 'GET', isOpen: true, handle: () => envelope(ok()) }],
  ['get-version-info', { method: 'GET', handle: getVersion }],
  ['get-organization', { method: 'GET', handle: getOrganization }],
  ['get-application', { method: 'GET', isOpen: true, handle: getApplication }],
  ['get-organization-applications', { method: 'GET', isOpen: true, handle: getApplications }],
  ['get-applications', { method: 'GET', handle: getApplications }],
  ['get-syncers', { method: 'GET', handle: getSyncers }],
  ['add-syncer', { method: 'POST', handle: addSyncer }],
  ['delete-syncer', { method: 'POST', handle: deleteSyncer }],
  ['get-users', { method: 'GET', handle: getUsers }],
  ['get-user', { method: 'GET', isOpen: true, getsStuck: true, handle: getUser }],
  ['get-user-count', { method: 'GET', handle: getUserCount }],
  ['add-user', { method: 'POST', handle: addUser }],
  ['update-user', { method: 'POST', handle: updateUser }],
  ['delete-user', { method: 'POST', handle: deleteUser }],
  ['get-groups', { method: 'GET', getsStuck: true, handle: getGroups }],
  ['get-group', { method: 'GET', getsStuck: true, handle: getGroup }],
  ['add-group', { method: 'POST', handle: addGroup }],
  ['update-group', { method: 'POST', handle: updateGroup }],
  ['delete-group', { method: 'POST', handle: deleteGroup }],
])

/**
 * Answers a request that has come past the sign-in, in the order of Casdoor's filters (`main.go:102-113`): a
 * malformed id, then permission, then the name's characters, and only then whether the route exists.
 */
export function answer(state: State, request: SeenRequest, subject: string): Answer {
  const route = request.path.startsWith('/api/') ? routes.get(request.path.slice('/api/'.length)) : undefined
  const { method, query, body, headers } = request
  const id = query.get('id') ?? ''
  const isList = /^\/api\/get-.*s$/.test(request.path)
  if (method === 'GET' && !isList && id !== '' && !isId(id)) return refusal(wrongId(id))
  const isAllowed = subject !== '' || (route?.isOpen === true && route.method === method)
  if (!isAllowed)
    return refusal(headers['accept-language'] === 'zh' ? '未授权的操作' : 'Unauthorized operation')
  if (hasForbiddenName(request)) {
    return refusal(`Field 'name' contains forbidden characters: "/?:#&%=+;"`)
  }
  if (route === undefined || route.method !== method) return notFound
  if (state.isStuck && (method === 'POST' || route.getsStuck === true)) return silence
  return route.handle(state, { query, body, subject })
}

/** `routers/field_validation_filter.go`: it looks at the key `name` alone, spelled exactly so. */
function hasForbiddenName(request: SeenRequest): boolean {
  if (request.method !== 'POST' || !/^(add|update)-/.test(callName(request))) return false
  try {
    const parsed = JSON.parse(request.body) as { name?: unknown } | null
    const name = parsed?.name
    return typeof name === 'string' && /[/?:#&%=+;]/.test(name)
  } catch {
    return false
  }
}

function getVersion({ version }: State): Answer {
  const isBuilt = version !== 'dev' && version !== ''
  return envelope(
    ok({
      version,
      commitId: isBuilt ? 'e6b2338f00000000000000000000000000000000' : 'unknown',
      commitOffset: 0,
    }),
  )
}

function getOrganization({ organizations }: State, { query }: Call): Answer {
  const id = query.get('id') ?? ''
  if (!isId(id)) return envelope(failure(wrongId(id)))
  const [owner, name = ''] = id.split('/')
  const organization = owner === 'admin' ? organizations.get(name) : undefined
  return envelope(ok(organization === undefined ? null : organizationObject(organization)))
}

function getApplication(state: State, { query, subject }: Call): Answer {
  const id = query.get('id') ?? ''
  if (!isId(id)) return envelope(failure(wrongId(id)))
  const [owner, name = ''] = id.split('/')
  const organization = [...state.organizations.values()].find((one) => one.applications.includes(name))
  const isFound = owner === 'admin' && organization !== undefined
  return envelope(ok(isFound ? application(state, organization, name, subject) : null))
}

function getApplications(state: State, { query, subject }: Call): Answer {
  const wanted = query.get('organization') ?? ''
  const organizations = [...state.organizations.values()].filter(
    (one) => wanted === '' || one.name === wanted,
  )
  const applications = organizations.flatMap((organization) =>
    organization.applications.map((name) => application(state, organization, name, subject)),
  )
  return envelope(ok(applications))
}

/** Only the client that the sandbox was started for has credentials that open it. */
function application({ client }: State, organization: Organization, name: string, subject: string): object {
  const isClient = name === client.application
  const id = isClient ? client.clientId : `client-id-of-${name}`
  const secret = isClient ? client.clientSecret : `client-secret-of-${name}`
  return applicationObject(name, organization, id, subject === '' ? '***' : secret)
}

function getSyncers({ syncers }: State, { query }: Call): Answer {
  const organization = query.get('organization') ?? ''
  const owner = query.get('owner') ?? ''
  const listed = syncers.filter(
    (syncer) =>
      (organization === '' || syncer.organization === organization) &&
      (owner === '' || (syncer.owner ?? 'admin') === owner),
  )
  return envelope(ok(listed.map((syncer) => ({ owner: 'admin', ...syncer, password: '***' }))))
}

/** An enabled syncer runs when it is saved; without table columns that fails, and it is saved all the same. */
function addSyncer({ syncers }: State, { body }: Call): Answer {
  const syncer = JSON.parse(body) as Syncer
  syncers.push(syncer)
  const fails = syncer.isEnabled === true && (syncer.tableColumns ?? []).length === 0
  return envelope(fails ? failure('The syncer table columns should not be empty') : affected)
}

function deleteSyncer({ syncers }: State, { body }: Call): Answer {
  const { name } = JSON.parse(body) as Syncer
  const at = syncers.findIndex((syncer) => syncer.name === name)
  if (at === -1) return envelope(unaffected)
  syncers.splice(at, 1)
  return envelope(affected)
}
