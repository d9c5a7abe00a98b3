import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer as createHttp } from 'node:http'
import { createServer as createHttps } from 'node:https'
import { connect, createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { agentFor, type Proxy } from '../../../src/http/agent.ts'
import { request } from '../../../src/http/request.ts'
import { canHeal } from '../../../src/http/failed-exchange.ts'
import { Failure, type Problem } from '../../../src/model/problem.ts'
import { textOf } from '../../../src/text/language.ts'

/*
 * Real sockets on this machine: what an exchange without an answer is called, and whether it is worth another try.
 */

const open: { close(): unknown }[] = []
let folder = ''
let certificate: { readonly key: string; readonly cert: string }

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'certificate-'))
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')]
  const subject = ['-subj', '/CN=127.0.0.1', '-days', '2']
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, ...subject]
  execFileSync('openssl', made, { stdio: 'ignore' })
  certificate = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
})

afterAll(() => {
  rmSync(folder, { recursive: true })
})

afterEach(() => {
  for (const server of open.splice(0)) server.close()
})

async function portOf(server: Server): Promise<number> {
  open.push(server)
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** A port where nobody listens any more. */
async function deadPort(): Promise<number> {
  const server = createTcp()
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise<void>((resolve) => void server.close(() => resolve()))
  return port
}

async function secureServer(): Promise<number> {
  return portOf(createHttps(certificate, (_, response) => response.end('{}')))
}

async function plainServer(): Promise<number> {
  return portOf(createHttp((_, response) => response.end('{}')))
}

/** A proxy that answers CONNECT with a status; with 200 it connects. */
async function proxyWith(status: number): Promise<number> {
  const server = createHttp((_, response) => response.writeHead(status).end('the proxy'))
  server.on('connect', ({ url = '' }, socket: Socket) => {
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${status} No\r\ncontent-type: text/html\r\n\r\n<title>secret page</title>`)
      return
    }
    const upstream = connect(Number(url.split(':')[1]), '127.0.0.1')
    socket.write('HTTP/1.1 200 Connected\r\n\r\n')
    upstream.pipe(socket).pipe(upstream)
    for (const each of [socket, upstream]) each.on('error', () => each.destroy())
  })
  return portOf(server)
}

function proxyAt(port: number, scheme = 'http'): Proxy {
  return { url: new URL(`${scheme}://user:hunter2@127.0.0.1:${port}`), setBy: 'HTTPS_PROXY' }
}

async function problemOf(
  address: string,
  { proxy, timeout = 5_000, token = 'x' }: { proxy?: Proxy; timeout?: number; token?: string } = {},
): Promise<Problem> {
  const url = new URL(address)
  const headers = { authorization: token }
  const exchange = { service: 'WeCom', call: 'gettoken', method: 'GET', url, timeout, headers } as const
  const thrown = await request({ ...exchange, agent: agentFor(url, 2, proxy) }).catch(
    (error: unknown) => error,
  )
  if (!(thrown instanceof Failure)) throw new Error('there was an answer')
  const [problem] = thrown.problems
  if (problem === undefined) throw new Error('a failure without a problem')
  expect(JSON.stringify(problem)).not.toMatch(/hunter2|secret page|:\/\//)
  for (const language of ['en', 'zh'] as const) {
    const { sentence, remedy } = textOf(language).problem(problem)
    expect(`${sentence} ${remedy}`).not.toMatch(/hunter2|secret page/)
  }
  return problem
}

describe('P1: a proxy that refuses to connect is named, and who sets it', () => {
  test.each([
    [407, false],
    [403, false],
    [404, false],
    [302, false],
    [502, true],
    [503, true],
    [504, true],
  ])('%i', async (status, heals) => {
    const port = await proxyWith(status)
    const problem = await problemOf('https://wecom.example.com/', { proxy: proxyAt(port) })
    expect(problem).toEqual({
      code: 'proxy-status',
      service: 'WeCom',
      call: 'gettoken',
      proxy: `127.0.0.1:${port}`,
      setBy: 'HTTPS_PROXY',
      status,
    })
    expect(canHeal(problem)).toBe(heals)
  })

  test('407 for plain HTTP is the proxy’s too', async () => {
    const port = await proxyWith(407)
    const url = new URL('http://wecom.example.com/')
    const exchange = { service: 'WeCom', call: 'gettoken', method: 'GET', url, timeout: 5_000 } as const
    const { called, status } = await request({ ...exchange, agent: agentFor(url, 2, proxyAt(port)) })
    expect({ status, ...called }).toMatchObject({ status: 407, proxy: `127.0.0.1:${port}` })
  })

  test('one that connects is not to blame for the server behind it', async () => {
    const [server, port] = [await secureServer(), await proxyWith(200)]
    expect(await problemOf(`https://127.0.0.1:${server}/`, { proxy: proxyAt(port) })).toMatchObject({
      code: 'network',
      reason: 'certificate',
      proxy: `127.0.0.1:${port}`,
    })
  })
})

describe('P4: a proxy that fails is named', () => {
  test.each(['http', 'https'])('nobody listens there, for %s', async (scheme) => {
    const port = await deadPort()
    const problem = await problemOf(`${scheme}://wecom.example.com/`, { proxy: proxyAt(port) })
    expect(problem).toMatchObject({
      code: 'proxy-unreachable',
      proxy: `127.0.0.1:${port}`,
      setBy: 'HTTPS_PROXY',
      reason: 'refused',
    })
    expect(canHeal(problem)).toBe(true)
  })

  test('it hangs up', async () => {
    const port = await portOf(createTcp((socket) => socket.destroy()))
    expect(await problemOf('https://wecom.example.com/', { proxy: proxyAt(port) })).toMatchObject({
      code: 'proxy-unreachable',
      reason: 'connection',
      cause: 'ECONNRESET',
    })
  })

  test('it never answers', async () => {
    const port = await portOf(createTcp())
    const problem = await problemOf('https://wecom.example.com/', { proxy: proxyAt(port), timeout: 300 })
    expect(problem).toMatchObject({ code: 'timeout', proxy: `127.0.0.1:${port}` })
  })

  test('it has a private certificate, or does not speak TLS', async () => {
    const [secure, plain] = [await secureServer(), await plainServer()]
    for (const [port, reason] of [
      [secure, 'certificate'],
      [plain, 'scheme'],
    ] as const) {
      const problem = await problemOf('https://wecom.example.com/', { proxy: proxyAt(port, 'https') })
      expect(problem).toMatchObject({ code: 'proxy-unreachable', reason })
      expect(canHeal(problem)).toBe(false)
    }
  })
})

describe('P5: what cannot heal says why, and is not tried again', () => {
  test.each([
    ['https: on a plain port', async () => `https://127.0.0.1:${await plainServer()}/`, 'scheme', false],
    [
      'http: to a server that speaks something else',
      async () =>
        `http://127.0.0.1:${await portOf(createTcp((socket) => socket.end('\u0015\u0003\u0001')))}/`,
      'scheme',
      false,
    ],
    ['a private certificate', async () => `https://127.0.0.1:${await secureServer()}/`, 'certificate', false],
    ['nobody there', async () => `http://127.0.0.1:${await deadPort()}/`, 'refused', true],
    [
      'a connection that is cut',
      async () => `http://127.0.0.1:${await portOf(createTcp((socket) => socket.destroy()))}/`,
      'connection',
      true,
    ],
  ] as const)('%s', async (_, address, reason, heals) => {
    const problem = await problemOf(await address())
    expect(problem).toMatchObject({ code: 'network', reason })
    expect(canHeal(problem)).toBe(heals)
  })

  test('G1: a header with a line break is not sent', async () => {
    const problem = await problemOf(`http://127.0.0.1:${await plainServer()}/`, { token: 'one\ntwo' })
    expect(problem).toMatchObject({ code: 'network', reason: 'header' })
    expect(canHeal(problem)).toBe(false)
  })
})
