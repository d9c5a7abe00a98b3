import { checkBypass } from '@actions/http-client/lib/proxy'
import type { Proxy } from '../http/agent.ts'
import { Failure } from '../model/problem.ts'

/**
 * The proxy for a service: the one of `wecom-proxy` where that is set, else what `HTTPS_PROXY` or `HTTP_PROXY` says,
 * in small letters first. `NO_PROXY` is read as GitHub's own clients read it.
 *
 * @throws Failure `proxy-variable` for a variable that would be passed over, and everything would go direct.
 */
export function proxyFor(url: URL, own?: URL): Proxy | undefined {
  if (own !== undefined) return { url: own, setBy: 'wecom-proxy' }
  if (checkBypass(url)) return undefined
  const name = url.protocol === 'https:' ? 'https_proxy' : 'http_proxy'
  const setBy = [name, name.toUpperCase()].find((each) => (process.env[each] ?? '') !== '')
  if (setBy === undefined) return undefined
  const proxy = proxyUrlOf(process.env[setBy] ?? '')
  if (proxy === undefined) throw new Failure({ code: 'proxy-variable', setBy })
  return { url: proxy, setBy }
}

/**
 * `http://[user:password@]host:port`, or `https:`. A mark that cuts a password short (`#`, `?`, `/`) makes another
 * address of it, and a `%` one that cannot be sent.
 *
 * @returns `undefined` for anything else.
 */
export function proxyUrlOf(value: string): URL | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) return undefined
  const rest = url.pathname.replace(/^\/$/, '') + url.search + url.hash
  return rest === '' && isEscaped(url.username) && isEscaped(url.password) ? url : undefined
}

function isEscaped(part: string): boolean {
  try {
    decodeURIComponent(part)
    return true
  } catch {
    return false
  }
}
