import { inspect } from 'node:util'
import { afterEach, expect } from 'vitest'
import {
  startCasdoor,
  type CasdoorOptions,
  type CasdoorSandbox,
  type CasdoorUser,
} from '../../../sandbox/casdoor/server.ts'
import type { SeenRequest } from '../../../sandbox/server.ts'
import { casdoorTarget, type CasdoorSettings } from '../../../src/casdoor/target.ts'
import { Failure, type Problem } from '../../../src/model/problem.ts'
import { agentFor } from '../../../src/http/agent.ts'
import type { Clock } from '../../../src/http/clock.ts'
import { defaultMapping, managedFields } from '../../../src/model/mapping.ts'
import { externalIdOf } from '../../../src/model/people.ts'
import { type Applied } from '../../../src/model/applied.ts'
import { type Change } from '../../../src/model/plan.ts'
import { type Directory } from '../../../src/model/directory.ts'
import { type Policy } from '../../../src/model/policy.ts'
import { type Result } from '../../../src/model/run.ts'
import { sync } from '../../../src/sync.ts'
import { aDecision, aPlan, aPolicy, corpId } from '../../make.ts'

export const organization = 'acme'
export const clientSecret = 'canary-client-secret-19bd'

const open: CasdoorSandbox[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map(async (sandbox) => sandbox.close()))
})

/** A Casdoor that is closed after the test, without anybody in it. */
export async function start(options: CasdoorOptions = {}): Promise<CasdoorSandbox> {
  const sandbox = await startCasdoor({ clientSecret, ...options })
  open.push(sandbox)
  return sandbox
}

/** A clock on which no time passes: it writes down what it is asked to sleep. */
export type TestClock = Clock & { readonly sleeps: number[] }

export function testClock(): TestClock {
  const sleeps: number[] = []
  const sleep = async (milliseconds: number) => {
    if (milliseconds > 0) sleeps.push(milliseconds)
    return Promise.resolve()
  }
  return { now: () => 0, random: () => 0.5, sleep, sleeps }
}

export function settingsFor(
  { url, clientId }: Pick<CasdoorSandbox, 'url' | 'clientId'>,
  overrides: Partial<CasdoorSettings> = {},
): CasdoorSettings {
  const endpoint = new URL(url)
  return {
    endpoint,
    clientId,
    clientSecret,
    organization,
    syncer: 'wecom',
    fields: managedFields(defaultMapping),
    agent: agentFor(endpoint, 32),
    concurrency: 8,
    clock: testClock(),
    ...overrides,
  }
}

/** The row of an account as this syncer left it, for `seed`; in step with `aMember()`. */
export function anOwned(userid: string, overrides: Partial<CasdoorUser> = {}): Partial<CasdoorUser> {
  return {
    name: userid,
    id: userid,
    wecom: userid,
    externalId: externalIdOf(corpId, userid),
    displayName: '陈明',
    registerType: 'WeCom Sync',
    properties: { wecomStatus: 'active', wecomDepartments: '2' },
    ...overrides,
  }
}

type Settings = Partial<CasdoorSettings>

/** Reads the accounts as a run does before it compares. */
export async function read(casdoor: CasdoorSandbox, settings: Settings = {}) {
  return (await casdoorTarget(settingsFor(casdoor, settings)).reader.read(corpId, [])).current
}

/** Reads, then writes these changes. */
export async function write(
  casdoor: CasdoorSandbox,
  changes: readonly Change[],
  settings: Settings = {},
): Promise<Applied> {
  const { reader, writer } = casdoorTarget(settingsFor(casdoor, settings))
  const { basis } = await reader.read(corpId, [])
  const decision = aDecision({ allowed: changes })
  return writer.write({ plan: aPlan({ changes }), decision, policy: aPolicy(), corpId, people: 0 }, basis)
}

/** One whole run from this directory. */
export async function run(
  casdoor: CasdoorSandbox,
  directory: Directory,
  { policy = {}, ...settings }: Settings & { readonly policy?: Partial<Policy> } = {},
): Promise<Result> {
  const { reader, writer } = casdoorTarget(settingsFor(casdoor, settings))
  const source = { fetch: async () => Promise.resolve(directory) }
  return sync({ source, reader, writer, policy: aPolicy(policy) })
}

/** The row of an account, with every key that the server keeps. */
export function account(casdoor: CasdoorSandbox, name: string, from = organization): CasdoorUser {
  const row = casdoor.users(from).find((user) => user.name === name)
  if (row === undefined) throw new Error(`nobody is called ${name}`)
  return row
}

/** A write as it went over the wire: `update-user acme/chen_ming gender,title` (sorted) and the body. */
export function sent({ path, query, body }: SeenRequest): readonly [string, unknown] {
  const parts = [
    path.replace('/api/', ''),
    query.get('id'),
    query.get('columns')?.split(',').toSorted().join(','),
  ]
  return [parts.filter((part) => typeof part === 'string').join(' '), JSON.parse(body)]
}

/** The calls that a server has seen, in order: `POST add-user`. */
export function callsOf({ requests }: Pick<CasdoorSandbox, 'requests'>): readonly string[] {
  return requests.map(({ method, path }) => `${method} ${path.replace('/api/', '')}`)
}

/** What Casdoor holds, without what differs from run to run: times and ranking. */
export function stored(casdoor: CasdoorSandbox, from = organization): readonly object[] {
  return casdoor
    .users(from)
    .map((row) => {
      const { createdTime: _, updatedTime: __, ranking: ___, ...kept } = row
      return kept
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/** What a promise was rejected with; it must be, by a `Failure` in which nothing is secret or personal. */
export async function problemsOf(promise: Promise<unknown>): Promise<readonly Problem[]> {
  const value = await promise.catch((thrown: unknown) => thrown)
  if (!(value instanceof Failure)) throw new Error(`not a Failure: ${inspect(value)}`)
  expectNothingTold(value)
  return value.problems
}

/** Everything that may not be in a problem, an error text or a stack: the secret alone, and with the client's id. */
const canaries = [clientSecret, Buffer.from(`test-client-id:${clientSecret}`).toString('base64'), 'http://']

/** Fails where a problem, an error or its stack tells a secret, or what else is given. */
export function expectNothingTold(value: unknown, more: readonly string[] = []): void {
  const stack = value instanceof Error ? String(value.stack) : ''
  const told = `${inspect(value, { depth: null, showHidden: true })} ${JSON.stringify(value)} ${stack}`
  expect([...canaries, ...more].filter((canary) => told.includes(canary))).toEqual([])
}
