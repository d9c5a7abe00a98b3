import { promisify } from 'node:util'
import { gzip as zlibGzip } from 'node:zlib'
import { listen, type Answer, type Handler, type SeenRequest } from '../server.ts'
import { credential, Sessions } from './access.ts'
import { folded, type Database } from './database.ts'
import { inject, isWrite, type CasdoorFault } from './faults.ts'
import { defaultOrganizations, organizationsOf, type SandboxOrganization } from './organization.ts'
import { noFrontEnd, refusal } from './reply.ts'
import { answer } from './routes.ts'
import type { CasdoorGroup, CasdoorUser } from './row.ts'
import { behaviourOf, type State, type Syncer } from './state.ts'
import { Store } from './store.ts'

export type { Database } from './database.ts'
export type { CasdoorFault } from './faults.ts'
export type { AccountItem, SandboxOrganization } from './organization.ts'
export type { CasdoorGroup, CasdoorUser } from './row.ts'
export { accountItems, defaultOrganizations } from './organization.ts'

/** How the sandbox's Casdoor is set up; everything is optional. */
export type CasdoorOptions = {
  /** Default: `acme`, `acme-noapp`, `acme-soft` and `acme-world`. `built-in` is always there. */
  readonly organizations?: readonly SandboxOrganization[]
  readonly clientId?: string
  readonly clientSecret?: string
  /** Default `v3.158.0`; others behave as they do (casdoor-api.md 15), `dev` as the newest. */
  readonly version?: string
  /** What `get-syncers` lists. An enabled one that may write makes `update-user` save and then answer an error. */
  readonly syncers?: readonly object[]
  /** The server setting `isUsernameLowered`. */
  readonly lowersNames?: boolean
  /** Default `sqlite`; what each takes for the same text, how long a text may be, and its errors. */
  readonly database?: Database
  /** Default true: compress for who accepts gzip. */
  readonly gzip?: boolean
  /** Milliseconds before every answer. */
  readonly latency?: number
  readonly faults?: readonly CasdoorFault[]
}

/** A running sandbox Casdoor. */
export type CasdoorSandbox = {
  readonly url: string
  readonly requests: SeenRequest[]
  readonly clientId: string
  readonly clientSecret: string
  /** The rows of an organization as they are now, all 181 keys; what a test changes in them is changed. */
  users(organization: string): CasdoorUser[]
  groups(organization: string): CasdoorGroup[]
  /** Adds people past every check, as accounts made by hand or by an older server. */
  seed(organization: string, users: readonly Partial<CasdoorUser>[]): void
  /** Faults still to come; a test may add and remove them. */
  readonly faults: CasdoorFault[]
  /** The requests that were to change something. */
  writes(): SeenRequest[]
  close(): Promise<void>
}

/** Starts a stand-in of a Casdoor server on 127.0.0.1, as `reference/casdoor-api.md` describes the real one. */
export async function startCasdoor(options: CasdoorOptions = {}, port = 0): Promise<CasdoorSandbox> {
  const state = stateOf(options)
  const faults = [...(options.faults ?? [])]
  const server = await listen(inject(faults, handler(state, options)), port)
  const { clientId, clientSecret } = state.client
  const { store } = state
  return {
    ...server,
    clientId,
    clientSecret,
    faults,
    users: (organization) => store.users(organization).map((row) => store.watched(row)),
    groups: (organization) => store.groups().filter((group) => group.owner === organization),
    seed: (organization, users) => {
      for (const user of users) store.seed({ ...user, owner: organization })
    },
    writes: () => server.requests.filter((request) => isWrite(request)),
  }
}

function stateOf(options: CasdoorOptions): State {
  const { version = 'v3.158.0', lowersNames = false, database = 'sqlite' } = options
  const { clientId = 'test-client-id', clientSecret = 'test-client-secret' } = options
  const organizations = organizationsOf(options.organizations ?? defaultOrganizations)
  const application = [...organizations.values()].flatMap((one) => one.applications)[0] ?? 'app-built-in'
  return {
    ...behaviourOf(version),
    client: { clientId, clientSecret, application },
    store: new Store((text) => folded(text, database)),
    organizations,
    syncers: [...((options.syncers ?? []) as Syncer[])],
    version,
    lowersNames,
    database,
    isStuck: false,
  }
}

/** Signs the request in, answers it, and adds what the transport adds: the cookie, compression, the wait. */
function handler(state: State, { gzip = true, latency = 0 }: CasdoorOptions): Handler {
  const sessions = new Sessions()
  return async (request) => {
    const { id, cookie } = sessions.open(request)
    const answered = signedIn(state, request, sessions, id)
    const headers = { ...answered.headers, ...(cookie === undefined ? {} : { 'set-cookie': cookie }) }
    const isCompressed = gzip && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
    const sent = { ...answered, headers, delay: latency }
    return isCompressed && typeof answered.body === 'object' ? compressed(sent, answered.body) : sent
  }
}

function signedIn(state: State, request: SeenRequest, sessions: Sessions, session: string): Answer {
  if (!request.path.startsWith('/api/')) return noFrontEnd
  const access = credential(request, state.client)
  if (access.refused !== undefined) return refusal(access.refused)
  if (access.subject !== '') sessions.signIn(session, access.subject)
  return answer(state, request, sessions.subject(session))
}

const deflate = promisify(zlibGzip)

async function compressed(sent: Answer, body: object): Promise<Answer> {
  const headers = {
    ...sent.headers,
    'content-type': 'application/json; charset=utf-8',
    'content-encoding': 'gzip',
  }
  return { ...sent, headers, body: await deflate(JSON.stringify(body), { level: 1 }) }
}
