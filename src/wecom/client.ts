import type { Agent } from 'node:http'
import { Failure, type Problem, type WecomProblem } from '../model/problem.ts'
import type { Clock } from '../http/clock.ts'
import { json, request } from '../http/request.ts'
import { backOff, retry } from '../http/retry.ts'
import type { OnProgress, Stop } from '../model/ports.ts'
import { addressIn, classOf } from './errcode.ts'
import { Pace, type Moment } from './pace.ts'
import { envelopeOf, tokenOf } from './replies.ts'

export type WecomSettings = {
  readonly corpId: string
  /** Of the self-built app (自建应用). */
  readonly secret: string
  /** Of Sync of Contacts (通讯录同步): only it may list everybody in the corp (wecom-api.md §2.3). */
  readonly contactsSecret?: string
  /** Of the app whose secret it is: with it, people and tags that are visible one by one are read. */
  readonly agentId?: string
  /** A path prefix is kept. */
  readonly apiUrl: URL
  /** Does the agent go through a proxy? Errors say so: an ignored proxy looks like a missing trusted IP. */
  readonly proxied: boolean
  readonly agent: Agent
  /** Requests in flight at most. */
  readonly concurrency: number
  readonly clock: Clock
  /** Once it is asked for, nothing is sent, and no answer is awaited. */
  readonly stop?: Stop
  readonly onProgress?: OnProgress
  /** Milliseconds for one exchange. */
  readonly timeout?: number
  /** Gets every token before it is used, so that it can be masked. */
  readonly onSecret?: (token: string) => void
}

/** A department of 30,000 people is one answer of some 30 MB. */
const longestExchange = 60_000

/** Pauses after passing faults, in milliseconds; WeCom asks for at most 3 retries (path/90313, −1). */
const pauses = { busy: [1_000, 2_000, 4_000], maintenance: [15_000, 30_000, 60_000] }

/** Tries of a call that WeCom's concurrency limit turned away. */
const mostCrowdedTries = 5

/** What else is known of a call. */
type Asked = { readonly body?: object; readonly department?: number }

/** What a call was last sent with; nothing when it already failed for want of a token. */
type Try = { readonly token: Promise<string>; readonly moment: Moment }

/**
 * Calls WeCom with one token for the whole process. Neither the token nor the secret ever leaves in an error:
 * both travel in URLs, so errors name the call only.
 */
export class WecomClient {
  readonly #settings: WecomSettings
  readonly #pace: Pace
  #token: Promise<string> | undefined

  constructor(settings: WecomSettings) {
    this.#settings = settings
    this.#pace = new Pace(settings)
  }

  /**
   * Fetches the token unless that was done. It proves the secret alone: WeCom checks the address later.
   *
   * @throws Failure as `call`. It is thrown again ever after, since a second wrong try brings a block nearer.
   */
  async authorize(): Promise<void> {
    await this.#currentToken()
  }

  /**
   * One call, tried again where that helps (specification 4.2). All of them only read, those with a body too.
   *
   * @param body is sent as JSON by POST; without one the call is a GET.
   * @param department that it asks for: what goes wrong names it.
   * @param stop once it is aborted nothing is sent any more, and its reason is thrown.
   * @returns the body of an answer that WeCom calls a success.
   * @throws Failure `wecom-errcode`, `bad-reply`, or one of `request()` and `json()`.
   */
  async call(
    call: string,
    query: Readonly<Record<string, string>>,
    { stop, ...asked }: Asked & { readonly stop?: AbortSignal } = {},
  ): Promise<unknown> {
    let last: Try | undefined
    let renewed = false
    const attempt = async () => {
      last = undefined
      const token = this.#currentToken()
      const access_token = await token
      return this.#pace.run(call, async (moment) => {
        stop?.throwIfAborted()
        last = { token, moment }
        return this.#exchange(call, { access_token, ...query }, asked)
      })
    }
    const wait = (problem: Problem, tries: number) => {
      if (last === undefined || stop?.aborted === true) return undefined
      switch (kindOf(problem)) {
        case 'token':
          if (renewed) return undefined
          renewed = true
          this.#drop(last.token)
          return 0
        case 'limit':
          return this.#pace.pause(last.moment) ? 0 : undefined
        case 'crowded':
          this.#pace.halve(last.moment)
          return this.#passingPause(problem, tries)
        default:
          return this.#passingPause(problem, tries)
      }
    }
    return retry(attempt, wait, this.#settings.clock)
  }

  #currentToken(): Promise<string> {
    return (this.#token ??= this.#fetchToken())
  }

  /** Lets go of a spent token; of the workers that shared it only the first does, the others find the new one. */
  #drop(spent: Promise<string>): void {
    if (this.#token === spent) this.#token = undefined
  }

  async #fetchToken(): Promise<string> {
    const { corpId, secret, clock, onSecret } = this.#settings
    const attempt = async () => {
      await this.#pace.ready('gettoken')
      return tokenOf(await this.#exchange('gettoken', { corpid: corpId, corpsecret: secret }))
    }
    const token = await retry(attempt, (problem, tries) => this.#passingPause(problem, tries), clock)
    onSecret?.(token)
    return token
  }

  /** The pause before a call is simply made again, in milliseconds. */
  #passingPause(problem: Problem, tries: number): number | undefined {
    const { clock } = this.#settings
    switch (kindOf(problem)) {
      case 'busy':
        return pauses.busy[tries - 1]
      case 'maintenance':
        return pauses.maintenance[tries - 1]
      case 'crowded':
        return tries < mostCrowdedTries ? 1_000 + clock.random() * 4_000 : undefined
      default:
        return backOff(problem, tries, clock)
    }
  }

  /** Sends once; errcode decides, not the HTTP status, and it is looked at before anything else (path/90664). */
  async #exchange(
    call: string,
    query: Readonly<Record<string, string>>,
    { body: sent, department }: Asked = {},
  ): Promise<unknown> {
    const { apiUrl, agent, proxied, stop, timeout = longestExchange } = this.#settings
    const url = new URL(apiUrl)
    url.pathname = `${url.pathname.replace(/\/+$/, '')}/cgi-bin/${call}`
    url.search = new URLSearchParams(query).toString()
    const exchange = {
      service: 'WeCom' as const,
      call,
      method: sent === undefined ? ('GET' as const) : ('POST' as const),
      url,
      agent,
      timeout,
      ...(department !== undefined && { department }),
      ...(stop !== undefined && { stop: stop.asked }),
      ...(sent !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(sent),
      }),
    }
    const body = json(await request(exchange))
    const { errcode, errmsg } = envelopeOf(body, call)
    if (errcode !== 0) throw new Failure(errcodeProblem(call, errcode, errmsg, proxied))
    return body
  }
}

function kindOf(problem: Problem) {
  return problem.code === 'wecom-errcode' ? classOf(problem.errcode) : undefined
}

function errcodeProblem(call: string, errcode: number, errmsg: string, proxied: boolean): WecomProblem {
  const address = addressIn(errmsg)
  return { code: 'wecom-errcode', call, errcode, proxied, ...(address !== undefined && { address }) }
}
