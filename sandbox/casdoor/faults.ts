import type { Answer, Handler, SeenRequest } from '../server.ts'
import { envelope, failure, page } from './reply.ts'

/** Something that goes wrong with certain calls. */
export type CasdoorFault = {
  /** The last part of the path, such as `get-users`, or `*` for any call. */
  readonly call: string
  /** The first call it befalls, counted from 1 for each name; `*` counts all calls. */
  readonly nth: number
  /** How many calls in a row. Default 1. */
  readonly times?: number
  /**
   * `reset`: the connection is cut, nothing is done; `reset-after`: done, then cut; `error-after`: done, then
   * `status: error`; `hang`: no answer, nothing is done; `html`: a page with HTTP 200; `cut`: done, the answer
   * ends in the middle; `{ status }`: this HTTP status, nothing is done; `{ error }`: `status: error`, nothing is
   * done.
   */
  readonly do:
    | 'reset'
    | 'reset-after'
    | 'error-after'
    | 'hang'
    | 'html'
    | 'cut'
    | { readonly status: number }
    | { readonly error: string }
}

/** The name of a call, as faults and the routes know it: `/api/get-users` is `get-users`. */
export function callName({ path }: SeenRequest): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Puts faults before a handler. The list is looked at with each call, so that a test may change it meanwhile. */
export function inject(faults: readonly CasdoorFault[], handler: Handler): Handler {
  const counts = new Map<string, number>()
  const count = (name: string): number => {
    const next = (counts.get(name) ?? 0) + 1
    counts.set(name, next)
    return next
  }
  return (request) => {
    const name = callName(request)
    const seen = new Map([
      [name, count(name)],
      ['*', count('*')],
    ])
    const fault = faults.find(({ call, nth, times = 1 }) => {
      const nthNow = seen.get(call) ?? 0
      return nthNow >= nth && nthNow < nth + times
    })
    return fault === undefined ? handler(request) : befallen(fault, () => handler(request))
  }
}

async function befallen({ do: what }: CasdoorFault, handle: () => Answer | Promise<Answer>): Promise<Answer> {
  if (typeof what === 'object') {
    if ('error' in what) return envelope(failure(what.error))
    const body = what.status === 500 ? '' : `<html><head><title>${what.status}</title></head></html>`
    return { status: what.status, headers: { 'content-type': 'text/html' }, body }
  }
  switch (what) {
    case 'reset':
    case 'hang':
      return { break: what }
    case 'html':
      return page
    case 'reset-after':
      await handle()
      return { break: 'reset' }
    case 'error-after':
      await handle()
      return envelope(failure('updating users in WeCom is not supported'))
    case 'cut':
      return { ...(await handle()), break: 'cut' }
  }
}
