import { Agent as HttpAgent, type ClientRequest } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { Socket } from 'node:net'
import { HttpProxyAgent } from 'http-proxy-agent'
import { HttpsProxyAgent } from 'https-proxy-agent'
import type { ProxyName } from '../model/problem.ts'

/** A forward proxy, credentials in its URL allowed. */
export type Proxy = {
  readonly url: URL
  /** The input or the environment variable that names it. */
  readonly setBy: string
}

type Options = { readonly keepAlive: boolean; readonly maxSockets: number }

/** The agent for one service: connections are kept, at most `sockets` of them. Without a proxy it goes direct. */
export function agentFor(url: URL, sockets: number, proxy?: Proxy): HttpAgent {
  const options = { keepAlive: true, maxSockets: sockets }
  const isSecure = url.protocol === 'https:'
  if (proxy === undefined) return isSecure ? new HttpsAgent(options) : new HttpAgent(options)
  return isSecure ? new Tunnel(proxy, options) : new Forward(proxy, options)
}

/** The proxy that an agent goes through, without its credentials. */
export function proxyOf(agent: HttpAgent | undefined): ProxyName | undefined {
  return agent instanceof Tunnel || agent instanceof Forward ? agent.proxyName : undefined
}

/** What stands for the system call of a connection that failed at the proxy. */
export const atProxy = 'proxy connect'

/** For `https:`. A proxy that refuses would pass for the server: the library hands its answer on as the server's. */
class Tunnel extends HttpsProxyAgent<string> {
  readonly proxyName: ProxyName

  constructor(proxy: Proxy, options: Options) {
    super(proxy.url.href, options)
    this.proxyName = nameOf(proxy)
  }

  override async connect(
    request: ClientRequest,
    options: Parameters<HttpsProxyAgent<string>['connect']>[1],
  ): Promise<Socket> {
    let status = 0
    request.once('proxyConnect', ({ statusCode }: { readonly statusCode: number }) => {
      status = statusCode
    })
    const socket = await atTheProxy(super.connect(request, options))
    if (status === 200) return socket
    socket.destroy()
    throw proxyError(String(status))
  }
}

/** For `http:`. What the proxy answers itself looks like the server's answer. */
class Forward extends HttpProxyAgent<string> {
  readonly proxyName: ProxyName

  constructor(proxy: Proxy, options: Options) {
    super(proxy.url.href, options)
    this.proxyName = nameOf(proxy)
  }

  override async connect(
    request: Parameters<HttpProxyAgent<string>['connect']>[0],
    options: Parameters<HttpProxyAgent<string>['connect']>[1],
  ): Promise<Socket> {
    return atTheProxy(super.connect(request, options))
  }
}

function nameOf({ url, setBy }: Proxy): ProxyName {
  return { proxy: url.host, setBy }
}

async function atTheProxy(connected: Promise<Socket>): Promise<Socket> {
  try {
    return await connected
  } catch (thrown) {
    const code: unknown = thrown instanceof Error ? Reflect.get(thrown, 'code') : undefined
    throw proxyError(typeof code === 'string' ? code : 'ECONNRESET')
  }
}

/** node-fetch keeps of an error its code and its system call alone. */
function proxyError(code: string): Error {
  return Object.assign(new Error(atProxy), { code, syscall: atProxy })
}
