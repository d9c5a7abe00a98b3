import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** One request as a sandbox server saw it. */
export type SeenRequest = {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** What a sandbox server answers: an object is sent as JSON, a string or bytes as they are. */
export type Answer = {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  readonly body?: object | string | Uint8Array
  /** Milliseconds to wait before answering. */
  readonly delay?: number
  /** `reset`: cut the connection unanswered; `cut`: cut it in the middle of the body; `hang`: never answer. */
  readonly break?: 'reset' | 'cut' | 'hang'
}

export type Handler = (request: SeenRequest) => Answer | Promise<Answer>

/** A server on 127.0.0.1 with all requests it received. */
export type SandboxServer = {
  readonly url: string
  readonly requests: SeenRequest[]
  close(): Promise<void>
}

/** Starts a server on 127.0.0.1, on a free port unless one is given. Close it, it does not keep itself alive. */
export async function listen(handler: Handler, port = 0): Promise<SandboxServer> {
  const requests: SeenRequest[] = []
  const server = createServer((incoming, response) => {
    void serve(incoming, response, handler, requests)
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

async function serve(
  incoming: IncomingMessage,
  response: ServerResponse,
  handler: Handler,
  requests: SeenRequest[],
): Promise<void> {
  try {
    const chunks = (await incoming.toArray()) as Buffer[]
    const url = target(incoming.url ?? '/')
    const seen = {
      method: incoming.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: incoming.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    }
    requests.push(seen)
    send(response, await answered(handler, seen))
  } catch {
    // The client went away, or the test closed the server.
    response.destroy()
  }
}

/** A path like `//api/x` is a path, not a host; a proxy's client sends the whole URL. */
function target(requested: string): URL {
  return new URL(requested.startsWith('/') ? `http://sandbox${requested}` : requested, 'http://sandbox')
}

async function answered(handler: Handler, seen: SeenRequest): Promise<Answer> {
  const answer = await handle(handler, seen)
  if (answer.delay !== undefined && answer.delay > 0) await sleep(answer.delay)
  return answer
}

/** A sandbox that fails says so, instead of looking like a broken connection. */
async function handle(handler: Handler, seen: SeenRequest): Promise<Answer> {
  try {
    return await handler(seen)
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { status: 500, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: text }
  }
}

function send(response: ServerResponse, answer: Answer): void {
  if (answer.break === 'hang') return
  if (answer.break === 'reset') {
    response.destroy()
    return
  }
  const { body = '' } = answer
  const isJson = typeof body === 'object' && !(body instanceof Uint8Array)
  const bytes = isJson ? Buffer.from(JSON.stringify(body)) : Buffer.from(body)
  if (isJson) response.setHeader('content-type', 'application/json; charset=utf-8')
  response.setHeader('content-length', bytes.length)
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value)
  response.writeHead(answer.status ?? 200)
  if (answer.break === 'cut') {
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy())
    return
  }
  response.end(bytes)
}
