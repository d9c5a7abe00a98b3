import {
  messageOf,
  type ConnectionFault,
  type HttpProblem,
  type Problem,
  type ProxyName,
  type Called,
} from '../model/problem.ts'
import { atProxy } from './agent.ts'

export type { Called } from '../model/problem.ts'

/*
 * What went wrong with one exchange: every `HttpProblem` is made here, whoever sent the request.
 */

/** It ended without an answer: the connection failed, or the time was up. */
export type Unanswered = Called & { readonly timeout: number }

/**
 * @param thrown by an HTTP client.
 * @param exchange.timeout milliseconds that it was given.
 */
export function withoutAnswer(thrown: unknown, exchange: Unanswered): HttpProblem {
  const called = namesIn(exchange)
  const errors = [...causesOf(thrown)]
  const isLate = errors.some((error) => error.name === 'TimeoutError' || error.name === 'AbortError')
  if (isLate) return { code: 'timeout', ...called, seconds: exchange.timeout / 1000 }
  const cause = wordFor(thrown, errors)
  const isProxys = errors.some((error) => Reflect.get(error, 'erroredSysCall') === atProxy)
  const { proxy = '', setBy = '' } = called
  if (!isProxys) return { code: 'network', ...called, reason: faultOf(cause), cause }
  if (/^\d+$/.test(cause)) return refusedByProxy(called, { proxy, setBy }, Number(cause))
  return { code: 'proxy-unreachable', ...called, proxy, setBy, reason: faultOf(cause), cause }
}

/** @param retryAfter seconds that the server asks to wait; none when it asks for nothing. */
export function badStatus(called: Called, status: number, retryAfter = 0): HttpProblem {
  const { proxy, setBy } = called
  // No server but a proxy answers so.
  if (status === 407 && proxy !== undefined && setBy !== undefined) {
    return refusedByProxy(called, { proxy, setBy }, status)
  }
  return {
    code: 'http-status',
    ...namesIn(called),
    status,
    ...(retryAfter > 0 && { retryAfter }),
    ...(status === 404 && called.address !== undefined && { address: called.address }),
  }
}

function refusedByProxy(called: Called, name: ProxyName, status: number): HttpProblem {
  return { code: 'proxy-status', ...namesIn(called), ...name, status }
}

/** Another server answers, or a gateway in between. */
export function notJson(called: Called, status: number): HttpProblem {
  return { code: 'not-json', ...namesIn(called), status }
}

/**
 * Bytes that are no text, a charset that nobody knows, or a text with a mistake in its JSON.
 *
 * @param charset by which the bytes were read.
 */
export function badText(
  called: Called,
  reason: Extract<HttpProblem, { code: 'bad-text' }>['reason'],
  charset: string,
): HttpProblem {
  return { code: 'bad-text', ...namesIn(called), reason, charset }
}

/** It was sent to another address, which is never followed. */
export function redirected(called: Called, status: number): HttpProblem {
  return { code: 'redirect', ...namesIn(called), status }
}

/** @param detail the place that is not as promised, never what is there: it may be personal. */
export function badReply(called: Called, detail: string): HttpProblem {
  return { code: 'bad-reply', ...namesIn(called), detail }
}

/** May the same request go well in a while: was it the connection, or a server that is busy or in trouble? */
export function canHeal(problem: Problem): boolean {
  switch (problem.code) {
    case 'network':
    case 'proxy-unreachable':
      return passing.has(problem.reason)
    case 'timeout':
      return true
    case 'http-status':
    case 'proxy-status':
      return problem.status === 429 || problem.status >= 500
    default:
      return false
  }
}

const passing: ReadonlySet<ConnectionFault> = new Set(['connection', 'lookup', 'refused'])

/** Words of Node and OpenSSL for what keeps a connection from being made, the first that fits. */
const faults: readonly (readonly [RegExp, ConnectionFault])[] = [
  [/CERT|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH/, 'certificate'],
  [/^EAI_AGAIN$/, 'lookup'],
  [/^ENOTFOUND$|^EAI_|^ENODATA$/, 'host'],
  [/^ECONNREFUSED$/, 'refused'],
  [/^EPROTO$|^ERR_SSL_|^HPE_/, 'scheme'],
  [/^ERR_INVALID_CHAR$/, 'header'],
  [/^max-size$/, 'size'],
]

function faultOf(cause: string): ConnectionFault {
  return faults.find(([words]) => words.test(cause))?.[1] ?? 'connection'
}

/** What a problem says of an exchange, and no more: what is sent is secret. */
function namesIn({ service, call, department, proxy, setBy }: Called): Omit<Called, 'address'> {
  return {
    service,
    call,
    ...(department !== undefined && { department }),
    ...(proxy !== undefined && setBy !== undefined && { proxy, setBy }),
  }
}

/** An error, and those it was made of. */
function* causesOf(thrown: unknown): Generator<Error> {
  for (let error = thrown; error instanceof Error; error = error.cause) yield error
}

/** The system's word for a failed exchange (`ECONNRESET`), never its message where that has a URL in it. */
function wordFor(thrown: unknown, errors: readonly Error[]): string {
  const words = errors.flatMap(
    (error) => [Reflect.get(error, 'code'), Reflect.get(error, 'type')] as unknown[],
  )
  const word = words.find((each) => typeof each === 'string')
  if (word !== undefined) return word
  return messageOf(thrown).includes('://') ? 'unknown' : messageOf(thrown)
}
