import { getOctokit } from '@actions/github'
import { Failure, messageOf, type GithubPermission, type Problem } from '../model/problem.ts'
import type { Clock } from '../http/clock.ts'
import { badStatus, canHeal, withoutAnswer } from '../http/failed-exchange.ts'
import { redact } from '../http/redact.ts'
import { backOff, retry } from '../http/retry.ts'

export type GithubSettings = {
  readonly token: string
  /** `owner/name`. */
  readonly repository: string
  /** Base URL of the REST API. */
  readonly apiUrl: string
  readonly clock: Clock
  /** Milliseconds for one exchange. */
  readonly timeout?: number
}

export type Octokit = ReturnType<typeof getOctokit>

/** How one call is made. */
export type Call<Answer> = {
  /** As GitHub's documentation calls it, such as `git/create-commit`. */
  readonly name: string
  /** What a token needs for it. */
  readonly permission: GithubPermission
  readonly send: (octokit: Octokit, at: At) => Promise<{ readonly data: Answer }>
  /** To be sent once: when the answer is lost, nobody knows whether it was done. */
  readonly once?: boolean
}

/** What every call carries. */
export type At = {
  readonly owner: string
  readonly repo: string
  readonly request: { readonly signal: AbortSignal }
}

/** A tree of thousands of files is made in one request. */
const longestExchange = 60_000

/** Longer than this no run waits for a limit to pass, in seconds. */
const longestWait = 60

/** Calls GitHub's REST API for one repository: with time-outs, again after passing faults, errors explained. */
export class Github {
  readonly repository: string
  readonly owner: string
  readonly #repo: string
  readonly #octokit: Octokit
  readonly #settings: GithubSettings

  constructor(settings: GithubSettings) {
    this.repository = settings.repository
    const [owner = '', repo = ''] = settings.repository.split('/')
    this.owner = owner
    this.#repo = repo
    this.#octokit = getOctokit(settings.token, { baseUrl: settings.apiUrl })
    this.#settings = settings
  }

  /**
   * @throws Failure `github-token`, `github-permission`, `github-rate-limit`, `github-pulls-forbidden`,
   * `github-refused`, or `http-status` when GitHub is out of order.
   */
  async ask<Answer>({ name, permission, send, once = false }: Call<Answer>): Promise<Answer> {
    const { timeout = longestExchange, clock } = this.#settings
    const attempt = async (): Promise<Answer> => {
      try {
        const request = { signal: AbortSignal.timeout(timeout) }
        return (await send(this.#octokit, { owner: this.owner, repo: this.#repo, request })).data
      } catch (thrown) {
        throw new Failure(this.#problemOf(thrown, { call: name, permission, timeout }))
      }
    }
    try {
      return await retry(
        attempt,
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

  #problemOf(
    thrown: unknown,
    { call, permission, timeout }: { call: string; permission: GithubPermission; timeout: number },
  ): Problem {
    const called = { service: 'GitHub', call } as const
    const refusal = refusalIn(thrown)
    if (refusal === undefined) return withoutAnswer(thrown, { ...called, timeout })
    const { status, header, message } = refusal
    if (status === 429 || (status === 403 && isLimit(message, header))) {
      const seconds = secondsToWait(header, this.#settings.clock)
      return seconds > longestWait ? { code: 'github-rate-limit', call } : badStatus(called, 429, seconds)
    }
    if (status === 401) return { code: 'github-token', call }
    if (/not permitted to create or approve pull requests/i.test(message)) {
      return { code: 'github-pulls-forbidden', repository: this.repository }
    }
    if (status === 403 && /not accessible|must have|write access|permission/i.test(message)) {
      return { code: 'github-permission', call, permission }
    }
    if (status >= 500) return badStatus(called, status)
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
  return thrown instanceof Failure && thrown.problems.some(canHeal)
}

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

type Header = (name: string) => string | undefined
type Refusal = { readonly status: number; readonly message: string; readonly header: Header }

/** What GitHub said, in all its words; `undefined` when it did not answer. */
function refusalIn(thrown: unknown): Refusal | undefined {
  const response = partOf(thrown, 'response')
  if (response === undefined) return undefined
  const status = Number(partOf(thrown, 'status'))
  const data = partOf(response, 'data')
  const errors = partOf(data, 'errors')
  const details = (Array.isArray(errors) ? errors : []).map((each: unknown) =>
    textOf(partOf(each, 'message')),
  )
  const said = textOf(partOf(data, 'message'))
  const words = [said === '' ? messageOf(thrown) : said, ...details]
  const headers = partOf(response, 'headers')
  return {
    status: Number.isInteger(status) ? status : 500,
    message: words
      .filter((word) => word !== '')
      .join(': ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
    header: (name) => textOf(partOf(headers, name)) || undefined,
  }
}

function partOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

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
