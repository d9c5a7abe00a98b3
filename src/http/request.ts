import type { Agent } from 'node:http'
import fetch, { type RequestInit } from 'node-fetch'
import { Failure } from '../model/problem.ts'
import { badStatus, notJson, redirected, withoutAnswer, type Called } from './failed-exchange.ts'

/** One HTTP exchange with a service, free of anything secret in what it throws. */
export type Exchange = Called & {
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
export function json(reply: Reply, called: Called): unknown {
  const { status } = reply
  if (status < 200 || status >= 300) {
    throw new Failure(badStatus(called, status, Number(reply.header('retry-after') ?? '')))
  }
  try {
    return JSON.parse(reply.text)
  } catch {
    throw new Failure(notJson(called, status))
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
  const init: RequestInit = {
    method: exchange.method,
    redirect: 'manual',
    size: maximumSize,
    signal: AbortSignal.timeout(exchange.timeout),
    headers: { ...exchange.headers },
  }
  if (exchange.body !== undefined) init.body = exchange.body
  if (exchange.agent !== undefined) init.agent = exchange.agent
  try {
    const response = await fetch(exchange.url, init)
    const text = await response.text()
    const { status, headers } = response
    if (status >= 300 && status < 400) throw new Failure(redirected(exchange, status))
    return { status, header: (name) => headers.get(name), text }
  } catch (thrown) {
    if (thrown instanceof Failure) throw thrown
    throw new Failure(withoutAnswer(thrown, exchange))
  }
}
