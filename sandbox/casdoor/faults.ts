import { FaultMatcher, type Strike } from '../fault-matcher.ts'
import type { Answer, Handler, SeenRequest } from '../server.ts'
import type { Spoil } from '../spoil.ts'
import { envelope, failure, page, type Envelope } from './reply.ts'

/** Something that goes wrong with certain calls, such as `get-users`; `write` is any that changes something. */
export type CasdoorFault = Strike & {
  /**
   * `reset`: the connection is cut, nothing is done; `reset-after`: done, then cut; `error-after`: done, then
   * `status: error`; `hang`: no answer, nothing is done; `html`: a page with HTTP 200; `cut`: done, the answer
   * ends in the middle; `{ status }`: this HTTP status, nothing is done; `{ error }`: `status: error`, nothing is
   * done; `{ edit }`: the right answer with other data; `{ raw }`: the right answer, sent otherwise.
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
    | { readonly edit: (reply: Envelope) => Envelope }
    | { readonly raw: Spoil }
}

/** The name of a call, as faults and the routes know it: `/api/get-users` is `get-users`. */
export function callName({ path }: SeenRequest): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Is the call to change something? */
export function isWrite(request: SeenRequest): boolean {
  return request.method === 'POST' && /^(add|update|delete)-/.test(callName(request))
}

/** Puts faults before a handler. The list is looked at with each call, so that a test may change it meanwhile. */
export function inject(faults: readonly CasdoorFault[], handler: Handler): Handler {
  const matcher = new FaultMatcher<CasdoorFault>()
  return (request) => {
    const fault = matcher.match(faults, callName(request), ...(isWrite(request) ? ['write'] : []))
    return fault === undefined ? handler(request) : faultyAnswer(fault, request, handler)
  }
}

async function faultyAnswer(
  { do: what }: CasdoorFault,
  request: SeenRequest,
  handler: Handler,
): Promise<Answer> {
  const handle = async (): Promise<Answer> => handler(request)
  if (typeof what === 'object') {
    if ('edit' in what || 'raw' in what) {
      const { 'accept-encoding': _, ...headers } = request.headers
      const answer = await handler({ ...request, headers })
      if ('raw' in what) return { ...answer, ...what.raw(JSON.stringify(answer.body)) }
      return { ...answer, body: what.edit(answer.body as Envelope) }
    }
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
