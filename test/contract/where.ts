import { randomBytes, randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeEach, expect } from 'vitest'
import {
  startCasdoor,
  type CasdoorUser,
  type Database,
  type SandboxOrganization,
} from '../../sandbox/casdoor/server.ts'

/*
 * The contract tests run on the sandbox, and on the real server of CASDOOR_URL when there is one. That server was
 * started with `init_data.json`, whose client CASDOOR_CLIENT_ID and CASDOOR_CLIENT_SECRET stand for by default.
 */

const { organizations } = JSON.parse(readFileSync(new URL('init_data.json', import.meta.url), 'utf8')) as {
  organizations: readonly SandboxOrganization[]
}

/** The organizations of `init_data.json`, for a sandbox. */
export const initOrganizations = organizations.map((one) => ({ defaultApplication: '', ...one }))

const given = process.env['CASDOOR_URL'] ?? ''

/** Is it a real server? What would hang or hurt one is left out there. */
export const isReal = given !== ''

/** Skips the tests of a file on a real server: what they do would hang it, or is the sandbox's own. */
export function onlyOnSandbox(): void {
  beforeEach(({ skip }) => {
    skip(isReal)
  })
}

/** What the server stands on: the sandbox once on each (`vitest.config.ts`), a real one on what its starter says. */
export const database = databaseOf(process.env['CASDOOR_DATABASE'] ?? '')

function databaseOf(name: string): Database {
  if (name === '' || name === 'sqlite') return 'sqlite'
  if (name === 'mysql' || name === 'postgres') return name
  throw new Error(`CASDOOR_DATABASE is ${name}: sqlite, mysql or postgres`)
}

/** Does the database know neither case nor accents nor trailing blanks? */
export const isFolding = database === 'mysql'

/** What an update of equal values answers: MySQL counts changed rows, and the time is in whole seconds. */
export const maybeAffected: unknown =
  database === 'mysql' ? expect.stringMatching(/^(?:Affected|Unaffected)$/) : 'Affected'

const sandbox = isReal ? undefined : await startCasdoor({ organizations: initOrganizations, database })
export const url = sandbox?.url ?? given.replace(/\/+$/, '')
const clientId = process.env['CASDOOR_CLIENT_ID'] ?? 'test-client-id'
const clientSecret = process.env['CASDOOR_CLIENT_SECRET'] ?? 'test-client-secret'

/** An Authorization header of the client, or of one with another secret or id. */
export function basic(secret = clientSecret, id = clientId): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
}

/** An answer of Casdoor: its transport, and its envelope when it has one. */
export type Reply = {
  readonly http: number
  readonly headers: Headers
  readonly text: string
  readonly status?: string
  readonly msg?: string
  readonly data?: unknown
  readonly data2?: unknown
}

export type Asking = {
  readonly method?: string
  /** An object is sent as JSON, text as it is; a body makes it a POST. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** `null` for none. */
  readonly authorization?: string | null
  readonly base?: string
  readonly signal?: AbortSignal
}

/** Calls Casdoor as the client does. `path` is below `/api/` unless it begins with a slash. */
export async function ask(path: string, asking: Asking = {}): Promise<Reply> {
  const { body, authorization = basic(), base = url, signal = AbortSignal.timeout(20_000) } = asking
  const response = await fetch(base + (path.startsWith('/') ? path : `/api/${path}`), {
    method: asking.method ?? (body === undefined ? 'GET' : 'POST'),
    redirect: 'manual',
    headers: {
      'accept-language': 'en',
      ...(authorization === null ? {} : { authorization }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...asking.headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    signal,
  })
  const text = await response.text()
  const isJson = (response.headers.get('content-type') ?? '').includes('json')
  const envelope = isJson ? (JSON.parse(text) as Partial<Reply>) : {}
  return { http: response.status, headers: response.headers, text, ...envelope }
}

const run = randomBytes(4).toString('hex')
let named = 0

/** A name that no other test and no other run uses. */
export function uniqueName(kind = 'user'): string {
  named += 1
  return `contract-${run}-${kind}-${named}`
}

/** A mainland mobile number that nobody else here has. */
export function uniquePhone(): string {
  return `13${randomInt(10)}${String(randomInt(100_000_000)).padStart(8, '0')}`
}

const added: { readonly call: string; readonly owner: string; readonly name: string }[] = []

/** `add-user`; whoever was added is deleted after the tests. */
export async function addUser(
  values: object = {},
  owner = 'acme',
): Promise<Reply & { readonly name: string }> {
  const user = { owner, name: uniqueName(), displayName: '张三', ...values }
  const reply = await ask('add-user', { body: user })
  if (reply.status === 'ok') added.push({ call: 'delete-user', owner, name: user.name })
  return { ...reply, name: user.name }
}

/** A user who was added without an objection: the name. */
export async function aUser(values: object = {}, owner = 'acme'): Promise<string> {
  const { msg, data, name } = await addUser(values, owner)
  expect({ msg, data }).toEqual({ msg: '', data: 'Affected' })
  return name
}

/** `get-user` by name. */
export async function readUser(name: string, owner = 'acme'): Promise<CasdoorUser> {
  const { data } = await ask(`get-user?id=${owner}/${encodeURIComponent(name)}`)
  return data as CasdoorUser
}

/** `update-user` with these columns, as the client sends it: with owner and name in the body. */
export async function updateUser(
  name: string,
  columns: string | undefined,
  values: object,
  owner = 'acme',
): Promise<Reply> {
  const listed = columns === undefined ? '' : `&columns=${encodeURIComponent(columns)}`
  return ask(`update-user?id=${owner}/${name}${listed}`, { body: { owner, name, ...values } })
}

/** `add-group`; it is deleted after the tests. */
export async function addGroup(
  values: object = {},
  owner = 'acme',
): Promise<Reply & { readonly name: string }> {
  const group = { owner, name: uniqueName('group'), displayName: '研发部', ...values }
  const reply = await ask('add-group', { body: group })
  if (reply.status === 'ok') added.push({ call: 'delete-group', owner, name: group.name })
  return { ...reply, name: group.name }
}

/** A group that was added without an objection: the name. */
export async function aGroup(values: object = {}, owner = 'acme'): Promise<string> {
  const { msg, data, name } = await addGroup(values, owner)
  expect({ msg, data }).toEqual({ msg: '', data: 'Affected' })
  return name
}

/** `get-group` by name. */
export async function readGroup(name: string, owner = 'acme'): Promise<Record<string, unknown> | null> {
  const { data } = await ask(`get-group?id=${owner}/${encodeURIComponent(name)}`)
  return data as Record<string, unknown> | null
}

/** Rows of a list. */
export function rowsOf({ data }: Reply): CasdoorUser[] {
  return data as CasdoorUser[]
}

/** The names in a list, in its order. */
export function namesOf(reply: Reply): string[] {
  return rowsOf(reply).map((row) => row.name)
}

afterAll(async () => {
  // People before groups, subgroups before their parents.
  const users = added.filter(({ call }) => call === 'delete-user')
  const groups = added.filter(({ call }) => call === 'delete-group').toReversed()
  for (const { call, owner, name } of [...users, ...groups]) await ask(call, { body: { owner, name } })
  await sandbox?.close()
})
