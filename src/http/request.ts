import type { Agent } from 'node:http'
import fetch, { type RequestInit } from 'node-fetch'
import { Failure } from '../model/problem.ts'
import { charsetIn, decoded, isCharset, parsedJson } from '../model/strict-text.ts'
import { proxyOf } from './agent.ts'
import { badStatus, badText, notJson, redirected, withoutAnswer, type Called } from './failed-exchange.ts'
import { limited, type Limit } from './limited.ts'

/** One HTTP exchange with a service, free of anything secret in what it throws. */
export type Exchange = Pick<Called, 'service' | 'call' | 'department'> &
  Limit & {
    readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
    readonly url: URL
    readonly headers?: Readonly<Record<string, string>>
    readonly body?: string
    readonly agent?: Agent
    /** A GET that is redirected within the same origin is sent there, once. */
    readonly follows?: boolean
  }

/** Status, headers and all bytes of an answer, whatever the status. */
export type Reply = {
  readonly called: Called
  readonly status: number
  readonly header: (name: string) => string | null
  readonly bytes: Uint8Array
}

/** Was it done? */
export function isSuccess({ status }: Pick<Reply, 'status'>): boolean {
  return status >= 200 && status < 300
}

/**
 * The JSON of an answer with a good status.
 *
 * @throws Failure `http-status`, or as `jsonIn()`.
 */
export function json(reply: Reply): unknown {
  const { called, status } = reply
  if (isSuccess(reply)) return jsonIn(reply)
  throw new Failure(badStatus(called, status, Number(reply.header('retry-after') ?? '')))
}

/**
 * The JSON of an answer, its bytes read strictly and its texts well-formed.
 *
 * @throws Failure `bad-text`, or `not-json` for what was never meant to be any.
 */
export function jsonIn({ called, status, header, bytes }: Reply): unknown {
  const charset = charsetIn(header('content-type') ?? '')
  if (!isCharset(charset)) throw new Failure(badText(called, 'charset', charset))
  const text = decoded(bytes, charset)
  if (text === undefined) throw new Failure(badText(called, 'bytes', charset))
  try {
    return parsedJson(text)
  } catch {
    throw new Failure(/^\s*[[{]/.test(text) ? badText(called, 'json', charset) : notJson(called, status))
  }
}

/** The largest answer that is read, in bytes: a department of 30,000 people has about 30 MB. */
const maximumSize = 256 * 1024 * 1024

/**
 * Sends one request and reads the whole answer. The only caller of node-fetch: its errors carry the URL, and
 * WeCom's URLs carry secrets, so they are never passed on (toolchain.md: "error texts carry the whole URL").
 *
 * @throws Failure `network`, `timeout`, `proxy-unreachable`, `proxy-status`, or `redirect` (following one would turn
 * a POST into a GET); or the reason of `stop`.
 */
export async function request(exchange: Exchange): Promise<Reply> {
  const init: RequestInit = {
    method: exchange.method,
    redirect: 'manual',
    size: maximumSize,
    headers: { ...exchange.headers },
  }
  if (exchange.body !== undefined) init.body = exchange.body
  if (exchange.agent !== undefined) init.agent = exchange.agent
  const called = calledIn(exchange)
  try {
    return await limited(async (signal) => {
      const response = await fetch(exchange.url, { ...init, signal })
      const bytes = new Uint8Array(await response.arrayBuffer())
      const { status, headers } = response
      if (status >= 300 && status < 400) {
        const next = nextOf(exchange, headers.get('location'))
        if (next === undefined) throw new Failure(redirected(called, status))
        return request({ ...exchange, url: next, follows: false })
      }
      return { called, status, header: (name) => headers.get(name), bytes }
    }, exchange)
  } catch (thrown) {
    if (thrown instanceof Failure) throw thrown
    throw new Failure(withoutAnswer(thrown, { ...called, timeout: exchange.timeout }))
  }
}

/** Where a redirect leads that may be followed: no other host gets the headers. */
function nextOf({ url, follows = false }: Exchange, location: string | null): URL | undefined {
  if (!follows || location === null || !URL.canParse(location, url.href)) return undefined
  const next = new URL(location, url)
  return next.origin === url.origin ? next : undefined
}

function calledIn({ service, call, department, url, agent }: Exchange): Called {
  return {
    service,
    call,
    ...(department !== undefined && { department }),
    ...proxyOf(agent),
    address: `${url.host}${url.pathname}`,
  }
}
