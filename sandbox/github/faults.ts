import type { Strike } from '../fault-matcher.ts'
import type { Answer } from '../server.ts'
import type { OperationId } from './names.ts'
import type { RepositoryPerson } from './person.ts'
import { refusal, unicorn, type Wrong } from './reply.ts'

/** Something that goes wrong with certain calls, by their names in GitHub's description; `write` changes something. */
export type GithubFault = Strike<OperationId | 'write' | '*'> & { readonly do: GithubEffect }

/** Somebody with a hand in the repository, and the branch that the action works on. */
export type Bystander = RepositoryPerson & { readonly defaultBranch: string }

/**
 * `reset`: the connection is cut, nothing is done; `reset-after`: done, then cut; `hang`: no answer, nothing is
 * done; `html`: GitHub's page for when it is out of order, 502, nothing is done; a status: refused with these
 * words, or with `after` done all the same; `instead`: another server answers with 200; `before`: something happens just before the call is answered.
 */
export type GithubEffect =
  | 'reset'
  | 'reset-after'
  | 'hang'
  | 'html'
  | { readonly instead: string | object }
  | {
      readonly status: number
      readonly message: string
      /** What is wrong with the request, one by one. */
      readonly errors?: readonly Wrong[]
      readonly headers?: Readonly<Record<string, string>>
      readonly after?: boolean
    }
  | { readonly before: (person: Bystander) => Promise<void> }

/** The limit of the hour is used up, until then: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
export function primaryRateLimit(resetEpochSeconds: number): GithubEffect {
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
export function secondaryRateLimit(seconds: number, status: 403 | 429 = 403): GithubEffect {
  return {
    status,
    message:
      'You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you reach out to GitHub Support for help, please include the request ID 0000:00000:0000000:0000000:00000000.',
    headers: { 'retry-after': String(seconds) },
  }
}

/** What is answered instead of, or after, the right answer. */
export async function faultyAnswer(
  what: Exclude<GithubEffect, { readonly before: unknown }>,
  perform: () => Promise<Answer>,
): Promise<Answer> {
  if (what === 'reset' || what === 'hang') return { break: what }
  if (what === 'html') return unicorn
  if (typeof what === 'object' && 'instead' in what) return otherServer(what.instead)
  const isDone = what === 'reset-after' || what.after === true
  const answer = isDone ? await perform() : undefined
  if (what === 'reset-after') return { break: 'reset' }
  const { status, message, errors, headers } = what
  return { ...refusal({ status, message, errors }), headers: { ...answer?.headers, ...headers } }
}

function otherServer(body: string | object): Answer {
  return typeof body === 'string' ? { headers: { 'content-type': 'text/html' }, body } : { body }
}
