import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { HttpProxyAgent } from 'http-proxy-agent'
import { HttpsProxyAgent } from 'https-proxy-agent'

/**
 * The agent for one service: connections are kept, at most `sockets` of them.
 *
 * @param proxy URL of a forward proxy, credentials in it allowed; none goes direct.
 */
export function agentFor(url: URL, sockets: number, proxy?: string): HttpAgent {
  const options = { keepAlive: true, maxSockets: sockets }
  if (proxy === undefined) return url.protocol === 'https:' ? new HttpsAgent(options) : new HttpAgent(options)
  return url.protocol === 'https:' ? new HttpsProxyAgent(proxy, options) : new HttpProxyAgent(proxy, options)
}
