import type { Answer, SeenRequest } from '../server.ts'
import type { OperationId } from './names.ts'
import { refusal, unicorn } from './reply.ts'
import type { GithubSandbox } from './server.ts'

/** Something that goes wrong with certain calls. */
export type GithubFault = {
  /** As GitHub's description names it; `write` is any that changes something, `*` any call. */
  readonly call: OperationId | 'write' | '*'
  /** The first such call it befalls, from 1, counted from when the fault is put in. Default 1. */
  readonly nth?: number
  /** How many calls in a row. Default 1. */
  readonly times?: number
  readonly do: GithubMishap
}

/**
 * `reset`: the connection is cut, nothing is done; `reset-after`: done, then cut; `hang`: no answer, nothing is
 * done; `html`: GitHub's page for when it is out of order, 502, nothing is done; a status: refused with these
 * words, or with `after` done all the same; `before`: something happens just before the call is answered.
 */
export type GithubMishap =
  | 'reset'
  | 'reset-after'
  | 'hang'
  | 'html'
  | {
      readonly status: number
      readonly message: string
      readonly headers?: Readonly<Record<string, string>>
      readonly after?: boolean
    }
  | { readonly before: (github: GithubSandbox) => Promise<void> }

/** The limit of the hour is used up, until then: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
export function primaryRateLimit(resetEpochSeconds: number): GithubMishap {
  return {
    status: 403,
    message:
      'API rate limit exceeded for installation ID 40000001. If you reach out to GitHub Support for help, please include the request ID 0000:00000:0000000:0000000:00000000.',
    headers: {
      'x-ratelimit-limit': '1000',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-used': '1000',
      'x-ratelimit-reset': String(resetEpochSeconds),
      'x-ratelimit-resource': 'core',
    },
  }
}

/** Too much at once: wait so many seconds. */
export function secondaryRateLimit(seconds: number, status: 403 | 429 = 403): GithubMishap {
  return {
    status,
    message:
      'You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you reach out to GitHub Support for help, please include the request ID 0000:00000:0000000:0000000:00000000.',
    headers: { 'retry-after': String(seconds) },
  }
}

/** Looks for the fault that befalls a call. */
export class Faults {
  readonly #counts = new WeakMap<GithubFault, number>()

  /** The first that strikes; each of them counts the call. */
  strike(
    faults: readonly GithubFault[],
    { method }: SeenRequest,
    call: OperationId,
  ): GithubMishap | undefined {
    const names = ['*', call, ...(method === 'GET' ? [] : ['write'])]
    const striking = faults.filter((fault) => {
      if (!names.includes(fault.call)) return false
      const { nth = 1, times = 1 } = fault
      const count = (this.#counts.get(fault) ?? 0) + 1
      this.#counts.set(fault, count)
      return count >= nth && count < nth + times
    })
    return striking[0]?.do
  }
}

/** What is answered instead of, or after, the right answer. */
export async function befallen(
  what: Exclude<GithubMishap, { readonly before: unknown }>,
  perform: () => Promise<Answer>,
): Promise<Answer> {
  if (what === 'reset' || what === 'hang') return { break: what }
  if (what === 'html') return unicorn
  const isDone = what === 'reset-after' || what.after === true
  const answer = isDone ? await perform() : undefined
  if (what === 'reset-after') return { break: 'reset' }
  const { status, message, headers } = what
  return { ...refusal({ status, message, errors: undefined }), headers: { ...answer?.headers, ...headers } }
}
