import { Failure, type Problem } from '../errors.ts'
import { backOff } from '../http/retry.ts'
import type { CasdoorClient, CasdoorSettings, Query } from './client.ts'
import type { Columns } from './body.ts'
import { userOf, type Envelope, type UserRow } from './replies.ts'

/** Casdoor's answers to a value that another account has (`object/check.go`). */
const taken = new Map([
  ['Username already exists', 'name'],
  ['Email already exists', 'email'],
  ['Phone already exists', 'phone'],
] as const) as ReadonlyMap<string, 'name' | 'email' | 'phone'>

/** What became of one request that was to change something. */
export type Written = { readonly problem?: Problem }

/** One request, and how to see on the stored user whether it was carried out. */
export type Order = {
  readonly call: 'add-user' | 'update-user' | 'delete-user'
  readonly query: Query
  readonly body: object
  /** The account it is about. */
  readonly name: string
  /** Does the stored user look as if it was carried out? `undefined`: there is no such user. */
  readonly isDone: (row: UserRow | undefined) => boolean
}

/** Tries of one order when the connection fails before anything was stored. */
const mostTries = 3

/** So many time-outs in a row, and nothing answered in between: Casdoor is stuck (casdoor-api.md §6.2). */
const mostTimeouts = 3

/**
 * Carries out orders one by one and finds out what became of them. Casdoor can save and then answer an error, and
 * a connection can break after the write: so nothing but the stored user is believed (specification 6.4).
 */
export class Orders {
  readonly #client: CasdoorClient
  readonly #settings: CasdoorSettings
  #timeouts = 0
  #silence: Problem | undefined

  constructor(client: CasdoorClient, settings: CasdoorSettings) {
    this.#client = client
    this.#settings = settings
  }

  /** Why no further order is carried out, if so. */
  get stopped(): Problem | undefined {
    return this.#silence
  }

  async carryOut(order: Order): Promise<Written> {
    for (let tries = 1; ; tries++) {
      const sent = await this.#try(() => this.#client.once('POST', order.call, order.query, order.body))
      if (sent.answer?.status === 'ok' && !(order.call === 'add-user' && sent.answer.data !== 'Affected'))
        return {}
      if (this.#silence !== undefined) return { problem: sent.problem ?? this.#silence }
      const seen = await this.#try(() => this.#readUser(order.name))
      if (seen.problem !== undefined) return { problem: sent.problem ?? seen.problem }
      if (order.isDone(seen.answer)) return {}
      if (sent.answer !== undefined) return { problem: this.#refusal(order, sent.answer, seen.answer) }
      const pause = tries < mostTries ? this.#pauseAfter(sent.problem, tries) : undefined
      if (pause === undefined) return { problem: sent.problem ?? { code: 'casdoor-gone', name: order.name } }
      await this.#settings.clock.sleep(pause)
    }
  }

  /** The user as stored now; `undefined` when there is none. */
  async #readUser(name: string): Promise<UserRow | undefined> {
    const { organization } = this.#settings
    const answer = await this.#client.once('GET', 'get-user', { id: `${organization}/${name}` })
    if (answer.status === 'error') throw new Failure(this.#client.refusal('get-user', answer))
    return answer.data === null ? undefined : userOf(answer.data, 'get-user', organization)
  }

  async #try<Answer>(
    exchange: () => Promise<Answer>,
  ): Promise<{ readonly answer?: Answer; readonly problem?: Problem }> {
    try {
      const answer = await exchange()
      this.#timeouts = 0
      return { answer }
    } catch (thrown) {
      const [problem] = thrown instanceof Failure ? thrown.problems : []
      if (problem === undefined) throw thrown
      this.#count(problem)
      return { problem }
    }
  }

  #count(problem: Problem): void {
    if (problem.code !== 'timeout') {
      this.#timeouts = 0
      return
    }
    this.#timeouts++
    if (this.#timeouts >= mostTimeouts) this.#silence ??= { code: 'casdoor-silent', seconds: problem.seconds }
  }

  #pauseAfter(problem: Problem | undefined, tries: number): number | undefined {
    if (problem === undefined) return undefined
    // What is no JSON comes from a gateway in between, and may pass as a 502 does.
    const passing: Problem =
      problem.code === 'not-json'
        ? { code: 'network', service: 'Casdoor', call: problem.call, cause: '' }
        : problem
    return backOff(passing, tries, this.#settings.clock)
  }

  #refusal({ call, name, body }: Order, answer: Envelope, row: UserRow | undefined): Problem {
    const field = taken.get(answer.msg)
    if (field !== undefined) return { code: 'casdoor-value-taken', field }
    if (call === 'update-user' && row === undefined) return { code: 'casdoor-gone', name }
    return this.#client.refusal(call, answer, body)
  }
}

/** Is every column of an order stored? Of `properties` only the keys that were sent count. */
export function holds(row: UserRow | undefined, columns: Columns): boolean {
  if (row === undefined) return false
  return Object.entries(columns).every(([column, value]) => {
    const stored: unknown = Object.entries(row).find(([key]) => key === column)?.[1]
    if (column === 'properties') return contains(row.properties ?? {}, columns.properties ?? {})
    if (column === 'groups') return JSON.stringify(stored ?? []) === JSON.stringify(value)
    // Not among the kept keys: what was sent with it tells.
    return stored === undefined || stored === value
  })
}

function contains(stored: Readonly<Record<string, string>>, sent: Readonly<Record<string, string>>): boolean {
  return Object.entries(sent).every(([key, value]) => stored[key] === value)
}
