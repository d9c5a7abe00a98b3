import type { HttpProblem, Service } from '../../model/problem.ts'
import type { CodeTable } from '../table.ts'
import type { ProblemText } from '../text.ts'
import { many } from './words.ts'

export const httpProblems: CodeTable<HttpProblem, ProblemText> = {
  network: ({ service, call, cause }) => ({
    sentence: `${service} could not be reached after several tries (${call}: ${cause}).`,
    remedy: reach(service, cause),
  }),
  timeout: ({ service, call, seconds }) => ({
    sentence: `${service} did not answer ${call} within ${many(seconds, 'second')}, even after several tries.`,
    remedy: `Run again. If it happens again, check whether ${service} is overloaded or a firewall drops the connection; ${setting[service]}`,
  }),
  'http-status': ({ service, call, status, retryAfter }) => ({
    sentence: `${service} answered ${call} with HTTP status ${status}.`,
    remedy: statusRemedy(service, status, retryAfter),
  }),
  'not-json': ({ service, call, status }) => ({
    sentence: `${service} answered ${call} with something that is not JSON (HTTP status ${status}).`,
    remedy: `Usually another server answered, such as a sign-in page or a proxy. ${capital(setting[service])}`,
  }),
  'bad-reply': ({ service, call, detail }) => ({
    sentence: `${service} answered ${call} in an unexpected format, at ${detail}.`,
    remedy: `Make sure that the address leads to ${service} itself; ${setting[service]} If it does, please report this: this action may not know this version of ${service} yet.`,
  }),
  redirect: ({ service, call, status }) => ({
    sentence: `${service} redirected ${call} to another address (HTTP status ${status}). Redirects are not followed, because they could leak secrets.`,
    remedy: `Use the address that the redirect leads to: often \`https:\` instead of \`http:\`, or another path. ${capital(setting[service])}`,
  }),
}

const setting: Readonly<Record<Service, string>> = {
  WeCom: 'check `wecom-api-url` and `wecom-proxy`.',
  Casdoor: 'check `casdoor-endpoint`.',
  GitHub: 'check the runner’s proxy and https://www.githubstatus.com',
}

function reach(service: Service, cause: string): string {
  if (cause.includes('ENOTFOUND') || cause.includes('EAI_AGAIN')) {
    return `The runner cannot resolve that host name; ${setting[service]}`
  }
  if (cause.includes('CERT') || cause.includes('SELF_SIGNED') || cause.includes('UNABLE_TO')) {
    return `The runner does not trust the certificate: make the server send its full certificate chain, or set \`NODE_EXTRA_CA_CERTS\` to your own certificate authority.`
  }
  const inside =
    service === 'Casdoor' ? ' A GitHub-hosted runner cannot reach a server inside your network.' : ''
  return `Nothing was lost; run again. If it happens again, ${setting[service]}${inside}`
}

function statusRemedy(service: Service, status: number, retryAfter: number | undefined): string {
  switch (status) {
    case 407:
      return 'The proxy requires a user name and password; add them to the proxy’s address.'
    case 401:
    case 403:
      return service === 'GitHub'
        ? 'Give the job the permission it needs (`permissions:`), or another `github-token`.'
        : `Something in front of ${service}, such as a gateway or firewall, rejects the runner; ${setting[service]}`
    case 404:
      return `There is nothing at this address; ${setting[service]}`
    case 429:
      return retryAfter === undefined
        ? 'Wait a while, then run again with a lower `concurrency`.'
        : `Wait ${many(retryAfter, 'second')}, then run again with a lower \`concurrency\`.`
    default:
      return status >= 500
        ? `${service} has a server error; run again later.`
        : `${service} itself does not give this answer; ${setting[service]}`
  }
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}
