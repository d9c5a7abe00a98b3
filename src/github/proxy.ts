import { getProxyUrl } from '@actions/http-client/lib/proxy'

/**
 * The proxy for a service: its own where it has one, else what `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` say.
 * They are read as GitHub's own client reads them, so that all traffic of a run obeys one rule.
 */
export function proxyFor(url: URL, own?: URL): string | undefined {
  return own?.href ?? getProxyUrl(url)?.href
}
