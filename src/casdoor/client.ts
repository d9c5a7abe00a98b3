import type { Agent } from 'node:http'
import { Failure, type Problem } from '../model/problem.ts'
import type { Clock } from '../http/clock.ts'
import { redact } from '../http/redact.ts'
import { json, request, type Reply } from '../http/request.ts'
import { backOff, retry } from '../http/retry.ts'
import type { FieldName } from '../model/field.ts'
import type { OnProgress, Stop } from '../model/ports.ts'
import { envelopeOf, type Envelope } from './replies.ts'

export type CasdoorSettings = {
  /** Base URL; a path prefix is kept. */
  readonly endpoint: URL
  readonly clientId: string
  readonly clientSecret: string
  readonly organization: string
  /** `signupApplication` of new users; by default the organization's default application. */
  readonly application?: string
  /** Whose accounts `mode: check` counts; without one those of any WeCom. */
  readonly corpId?: string
  /** Name of this syncer: part of what new users are registered by. */
  readonly syncer: string
  /** Casdoor fields that are compared and written, as the mapping says; people read may have more. */
  readonly fields: readonly FieldName[]
  /** Departments are to be groups. */
  readonly groups?: boolean
  readonly agent: Agent
  /** Requests in flight at most. */
  readonly concurrency: number
  readonly clock: Clock
  /** Reading ends when it is asked for; writing takes no further order, and ends when it is overdue. */
  readonly stop?: Stop
  /** Milliseconds for one exchange: a stuck Casdoor never answers (casdoor-api.md §6.2). */
  readonly timeout?: number
  readonly onProgress?: OnProgress
  /** Gets the session cookie before it is used, so that it can be masked: it alone is a credential (§1.5). */
  readonly onSecret?: (value: string) => void
}

export type Query = Readonly<Record<string, string>>

/** One request, and what cuts it short. */
type Message = {
  readonly method: 'GET' | 'POST'
  readonly call: string
  readonly query: Query
  readonly body?: object | undefined
  readonly stop: AbortSignal | undefined
}

const longestExchange = 60_000
const cookieName = 'casdoor_session_id'

/**
 * Speaks Casdoor's API as the application's client. Casdoor answers HTTP 200 to nearly everything: `status` in
 * the body decides, and a wrong secret goes on as anonymous (casdoor-api.md §1.3).
 */
export class CasdoorClient {
  readonly #settings: CasdoorSettings
  #cookie: string | undefined

  constructor(settings: CasdoorSettings) {
    this.#settings = settings
  }

  /**
   * Reads, again after passing faults.
   *
   * @throws Failure of the connection, or `bad-reply`.
   */
  async get(call: string, query: Query): Promise<Envelope> {
    const { clock, stop } = this.#settings
    return retry(
      () => this.#exchange({ method: 'GET', call, query, stop: stop?.asked }),
      (problem, tries) => backOff(problem, tries, clock),
      clock,
    )
  }

  /**
   * Reads or writes once, and awaits the answer though the run is stopped until that is overdue. What is thrown after
   * a write says nothing about whether it was done.
   *
   * @throws Failure of the connection, or `bad-reply`.
   */
  async once(method: 'GET' | 'POST', call: string, query: Query, body?: object): Promise<Envelope> {
    return this.#exchange({ method, call, query, body, stop: this.#settings.stop?.overdue })
  }

  /** An idle session makes Casdoor refuse a request before it looks at it: then again without the cookie. */
  async #exchange(message: Message): Promise<Envelope> {
    const cookie = this.#cookie
    const answer = await this.#send(message)
    if (cookie === undefined || !answer.msg.startsWith('Timeout for inactivity')) return answer
    // Another request may have come by a new one meanwhile.
    if (this.#cookie === cookie) this.#cookie = undefined
    return this.#send(message)
  }

  async #send({ method, call, query, body, stop }: Message): Promise<Envelope> {
    const { endpoint, agent, timeout = longestExchange } = this.#settings
    const url = new URL(endpoint)
    url.pathname = `${url.pathname.replace(/\/+$/, '')}/api/${call}`
    url.search = new URLSearchParams(query).toString()
    const exchange = {
      service: 'Casdoor' as const,
      call,
      method,
      url,
      agent,
      timeout,
      ...(stop !== undefined && { stop }),
      headers: this.#headers(body !== undefined),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }
    const reply = await request(exchange)
    this.#keepCookie(reply)
    return envelopeOf(json(reply), call)
  }

  /** English, since messages are recognized by their words; the cookie, since each request without one makes a session. */
  #headers(hasBody: boolean): Record<string, string> {
    const { clientId, clientSecret } = this.#settings
    return {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
      accept: 'application/json',
      'accept-language': 'en',
      ...(hasBody && { 'content-type': 'application/json' }),
      ...(this.#cookie !== undefined && { cookie: `${cookieName}=${this.#cookie}` }),
    }
  }

  #keepCookie(reply: Reply): void {
    const value = new RegExp(`${cookieName}=([^;,\\s]+)`).exec(reply.header('set-cookie') ?? '')?.[1]
    if (value === undefined || value === this.#cookie) return
    this.#settings.onSecret?.(value)
    this.#cookie = value
  }

  /**
   * What Casdoor said instead of doing it, with nothing secret or personal in it.
   *
   * @param sent whose values Casdoor may have put into its message.
   */
  refusal(call: string, { msg }: Pick<Envelope, 'msg'>, sent: object = {}): Problem {
    const { clientId, clientSecret } = this.#settings
    return { code: 'casdoor-refused', call, message: redact(msg, [clientSecret, clientId, ...textsIn(sent)]) }
  }

  /** As `get`, for calls that only a fault of ours or of the server makes an error. */
  async data(call: string, query: Query): Promise<Envelope> {
    const envelope = await this.get(call, query)
    if (envelope.status === 'error') throw new Failure(this.refusal(call, envelope))
    return envelope
  }
}

/** The texts in a body that may say who somebody is, the longest first; a region or a digit says nothing. */
function textsIn(sent: object): readonly string[] {
  return Object.values(sent)
    .flatMap((value: unknown) => (typeof value === 'object' && value !== null ? textsIn(value) : value))
    .filter((value) => typeof value === 'string')
    .filter((value) => value.length > 2 || /\P{ASCII}/u.test(value))
    .toSorted((a, b) => b.length - a.length)
}
