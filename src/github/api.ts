import { z } from 'zod'
import { Failure, type GithubPermission, type Problem } from '../model/problem.ts'
import { agentFor } from '../http/agent.ts'
import type { Stop } from '../model/ports.ts'
import type { Clock } from '../http/clock.ts'
import { badStatus, canHeal } from '../http/failed-exchange.ts'
import { parsed } from '../http/parsed.ts'
import { redact } from '../http/redact.ts'
import { isSuccess, json, jsonIn, request, type Exchange, type Reply } from '../http/request.ts'
import { backOff, retry } from '../http/retry.ts'
import { proxyFor } from './proxy.ts'

export type GithubSettings = {
  readonly token: string
  /** `owner/name`. */
  readonly repository: string
  /** Base URL of the REST API. */
  readonly apiUrl: string
  readonly clock: Clock
  /** Milliseconds for one exchange. */
  readonly timeout?: number
  readonly stop?: Stop
}

/** How one call is made. */
export type Call<Schema extends z.ZodType> = {
  /** As GitHub's documentation calls it, such as `git/create-commit`. */
  readonly name: string
  /** What a token needs for it. */
  readonly permission: GithubPermission
  /** Below the repository's address, made by `pathOf`; `""` is the repository itself. */
  readonly path: string
  /** Default GET. */
  readonly method?: Exchange['method']
  readonly query?: Readonly<Record<string, string | number>>
  readonly body?: object
  /** What is used of the answer: whatever else answers at GitHub's address is not taken for GitHub. */
  readonly answer: Schema
  /** To be sent once: when the answer is lost, nobody knows whether it was done. */
  readonly once?: boolean
  /** GitHub redirects a branch that was renamed to the new one. */
  readonly follows?: boolean
  /** Completes what earlier calls began: it is sent though the run is stopped. */
  readonly completes?: boolean
}

/** A path with its values escaped, slashes too. */
export function pathOf(words: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return String.raw({ raw: words }, ...values.map(encodeURIComponent))
}

/** A tree of thousands of files is made in one request. */
const longestExchange = 60_000

/** Longer than this no run waits for a limit to pass, in seconds. */
const longestWait = 60

const mostSockets = 32

/** Calls GitHub's REST API for one repository: with time-outs, again after passing faults, errors explained. */
export class Github {
  readonly repository: string
  readonly owner: string
  readonly #settings: GithubSettings
  readonly #agent: ReturnType<typeof agentFor>

  /** @throws Failure `proxy-variable`. */
  constructor(settings: GithubSettings) {
    this.repository = settings.repository
    this.owner = settings.repository.replace(/\/.*/, '')
    this.#settings = settings
    const url = new URL(settings.apiUrl)
    this.#agent = agentFor(url, mostSockets, proxyFor(url))
  }

  /**
   * Once the run is stopped nothing new is sent; what is in flight is awaited until that is overdue.
   *
   * @returns what was asked for, in the form that was promised.
   * @throws Failure `github-token`, `github-permission`, `github-rate-limit`, `github-pulls-forbidden`,
   * `github-refused`, or an `HttpProblem` when it is not GitHub that answers, or GitHub is out of order.
   */
  async ask<Schema extends z.ZodType>(call: Call<Schema>): Promise<z.output<Schema>> {
    const { clock } = this.#settings
    const { name, once = false } = call
    try {
      return await retry(
        async () => this.#send(call),
        (problem, tries) => (once && !isUnsent(problem) ? undefined : backOff(problem, tries, clock)),
        clock,
      )
    } catch (thrown) {
      if (thrown instanceof Failure && thrown.problems.some(isUnsent)) {
        throw new Failure({ code: 'github-rate-limit', call: name })
      }
      throw thrown
    }
  }

  async #send<Schema extends z.ZodType>(call: Call<Schema>): Promise<z.output<Schema>> {
    if (call.completes !== true) this.#settings.stop?.asked.throwIfAborted()
    const reply = await request(this.#exchange(call))
    if (!isSuccess(reply)) throw new Failure(this.#refusal(call, reply))
    return parsed(call.answer, reply.status === 204 ? undefined : json(reply), reply.called)
  }

  #exchange({ name, path, method = 'GET', query = {}, body, follows }: Call<z.ZodType>): Exchange {
    const { token, apiUrl, stop, timeout = longestExchange } = this.#settings
    const url = new URL(`${apiUrl.replace(/\/+$/, '')}/repos/${this.repository}${path}`)
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, String(value))
    return {
      service: 'GitHub',
      call: name,
      method,
      url,
      agent: this.#agent,
      timeout,
      ...(stop !== undefined && { stop: stop.overdue }),
      ...(follows !== undefined && { follows }),
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `token ${token}`,
        // GitHub answers nobody without a name.
        'user-agent': 'wecom-syncer-for-casdoor',
        'x-github-api-version': '2022-11-28',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }
  }

  #refusal({ name: call, permission }: Call<z.ZodType>, reply: Reply): Problem {
    const { status, header, called } = reply
    const message = refusalIn(reply)
    if (status === 429 || (status === 403 && isLimit(message ?? '', header))) {
      const seconds = secondsToWait(header, this.#settings.clock)
      return seconds > longestWait ? { code: 'github-rate-limit', call } : badStatus(called, 429, seconds)
    }
    if (status >= 500 || message === undefined) return badStatus(called, status)
    if (status === 401) return { code: 'github-token', call }
    if (/not permitted to create or approve pull requests/i.test(message)) {
      return { code: 'github-pulls-forbidden', repository: this.repository }
    }
    if (status === 403 && /not accessible|must have|write access|permission/i.test(message)) {
      return { code: 'github-permission', call, permission }
    }
    return { code: 'github-refused', call, status, message: redact(message, [this.#settings.token]) }
  }
}

/** Is it GitHub's refusal of a call with this status, in these words? */
export function isRefusal(thrown: unknown, status: number, words = /(?:)/): boolean {
  const refusal = refused(thrown)
  return refusal?.status === status && words.test(refusal.message)
}

/** Did a call end without an answer that says whether it was done? */
export function isLost(thrown: unknown): boolean {
  return (
    thrown instanceof Failure &&
    thrown.problems.some((problem) => canHeal(problem) || unreadable.has(problem.code))
  )
}

const unreadable: ReadonlySet<Problem['code']> = new Set(['not-json', 'bad-text', 'bad-reply'])

/** What GitHub said when it refused; `""` for any other error. */
export function messageIn(thrown: unknown): string {
  return refused(thrown)?.message ?? ''
}

function refused(thrown: unknown): Extract<Problem, { code: 'github-refused' }> | undefined {
  const [problem] = thrown instanceof Failure ? thrown.problems : []
  return problem?.code === 'github-refused' ? problem : undefined
}

/** Turned away at a limit: it was not even looked at. */
function isUnsent(problem: Problem): boolean {
  return problem.code === 'http-status' && problem.status === 429
}

/** Errors are texts, or objects with a text for people (https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api). */
const maybe = z.string().optional().catch(undefined)
const detail = z.union([
  z.string(),
  z.object({ message: maybe, resource: maybe, field: maybe, code: maybe }).catch({}),
])
const refusal = z.object({ message: z.string(), errors: z.array(detail).catch([]) })

/** What GitHub said, in all its words; `undefined` when something else answered. */
function refusalIn(reply: Reply): string | undefined {
  try {
    const { message, errors } = parsed(refusal, jsonIn(reply), reply.called)
    const words = [message, ...errors.map(detailOf)]
    return words
      .filter((word) => word !== '')
      .join(': ')
      .replaceAll(/\s+/g, ' ')
      .trim()
  } catch {
    return undefined
  }
}

/** One thing that is wrong with a request: in GitHub's words, or else as `Label.name already_exists` (G10). */
function detailOf(error: z.output<typeof detail>): string {
  if (typeof error === 'string') return error
  const { message = '', resource, field, code } = error
  if (message !== '') return message
  const place = [resource, field].filter((word) => word !== undefined).join('.')
  return [place, code ?? ''].join(' ').trim()
}

type Header = Reply['header']

function isLimit(message: string, header: Header): boolean {
  return /rate limit|abuse detection/i.test(message) || header('x-ratelimit-remaining') === '0'
}

/** As `Retry-After` or the reset of the limit says; without either a minute, as GitHub's documentation asks. */
function secondsToWait(header: Header, { now }: Pick<Clock, 'now'>): number {
  const after = Number(header('retry-after') ?? '')
  if (after > 0) return after
  const reset = Number(header('x-ratelimit-reset') ?? '')
  const isSpent = header('x-ratelimit-remaining') === '0' && reset > 0
  return isSpent ? Math.max(1, Math.ceil(reset - now() / 1000)) : 60
}
