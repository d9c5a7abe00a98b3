import type { Agent } from 'node:http'
import fetch, { AbortError, type RequestInit } from 'node-fetch'
import { Failure, messageOf, type Service } from '../model/problem.ts'

/** One HTTP exchange with a service, free of anything secret in what it throws. */
export type Exchange = {
  readonly service: Service
  /** What the call is called in reports, such as `user/list`: never a URL, it may carry a secret. */
  readonly call: string
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  readonly url: URL
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Milliseconds until the exchange is given up, the body included. */
  readonly timeout: number
  readonly agent?: Agent
}

/** Status, headers and whole text of an answer, whatever the status. */
export type Reply = {
  readonly status: number
  readonly header: (name: string) => string | null
  readonly text: string
}

/**
 * The JSON of an answer with a good status.
 *
 * @throws Failure `http-status` or `not-json`.
 */
export function json(reply: Reply, { service, call }: Pick<Exchange, 'service' | 'call'>): unknown {
  const { status } = reply
  if (status < 200 || status >= 300) {
    const seconds = Number(reply.header('retry-after') ?? '')
    throw new Failure({
      code: 'http-status',
      service,
      call,
      status,
      ...(seconds > 0 && { retryAfter: seconds }),
    })
  }
  try {
    return JSON.parse(reply.text)
  } catch {
    throw new Failure({ code: 'not-json', service, call, status })
  }
}

/** The largest answer that is read, in bytes: a department of 30,000 people has about 30 MB. */
const maximumSize = 256 * 1024 * 1024

/**
 * Sends one request and reads the whole answer. The only caller of node-fetch: its errors carry the URL, and
 * WeCom's URLs carry secrets, so they are never passed on (toolchain.md: "error texts carry the whole URL").
 *
 * @throws Failure `network`, `timeout`, or `redirect` (following one would turn a POST into a GET).
 */
export async function request(exchange: Exchange): Promise<Reply> {
  const { service, call, timeout } = exchange
  const init: RequestInit = {
    method: exchange.method,
    redirect: 'manual',
    size: maximumSize,
    signal: AbortSignal.timeout(timeout),
    headers: { ...exchange.headers },
  }
  if (exchange.body !== undefined) init.body = exchange.body
  if (exchange.agent !== undefined) init.agent = exchange.agent
  try {
    const response = await fetch(exchange.url, init)
    const text = await response.text()
    const { status, headers } = response
    if (status >= 300 && status < 400) throw new Failure({ code: 'redirect', service, call, status })
    return { status, header: (name) => headers.get(name), text }
  } catch (thrown) {
    if (thrown instanceof Failure) throw thrown
    if (thrown instanceof AbortError || (thrown instanceof Error && thrown.name === 'TimeoutError')) {
      throw new Failure({ code: 'timeout', service, call, seconds: timeout / 1000 })
    }
    throw new Failure({ code: 'network', service, call, cause: causeOf(thrown) })
  }
}

/** The system's word for a failed exchange (`ECONNRESET`), never its message: that has the URL in it. */
function causeOf(thrown: unknown): string {
  if (typeof thrown === 'object' && thrown !== null) {
    const { code, type } = thrown as { code?: unknown; type?: unknown }
    if (typeof code === 'string') return code
    if (typeof type === 'string') return type
  }
  return messageOf(thrown).includes('://') ? 'unknown' : messageOf(thrown)
}
