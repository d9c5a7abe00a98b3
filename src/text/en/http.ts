import type { HttpProblem, Service } from '../../model/problem.ts'
import type { CodeTable } from '../table.ts'
import type { ProblemText } from '../text.ts'
import { many } from './words.ts'

export const httpProblems: CodeTable<HttpProblem, ProblemText> = {
  network: ({ service, call, cause }) => ({
    sentence: `${service} could not be reached (${call}: ${cause}), also after several tries.`,
    remedy: reach(service, cause),
  }),
  timeout: ({ service, call, seconds }) => ({
    sentence: `${service} did not answer ${call} within ${many(seconds, 'second')}, also after several tries.`,
    remedy: `Run again. If it stays, see whether ${service} is overloaded or a firewall swallows the connection; ${setting[service]}`,
  }),
  'http-status': ({ service, call, status, retryAfter }) => ({
    sentence: `${service} answered ${call} with HTTP status ${status}.`,
    remedy: statusRemedy(service, status, retryAfter),
  }),
  'not-json': ({ service, call, status }) => ({
    sentence: `${service} answered ${call} with something that is not JSON (HTTP status ${status}).`,
    remedy: `Most often another server answers: a sign-in page, or a proxy. ${capital(setting[service])}`,
  }),
  'bad-reply': ({ service, call, detail }) => ({
    sentence: `${service} answered ${call} in another form than promised: look at ${detail}.`,
    remedy: `See that the address leads to ${service} itself; ${setting[service]} Otherwise please report it: this version of ${service} may be new to this action.`,
  }),
  redirect: ({ service, call, status }) => ({
    sentence: `${service} sent ${call} to another address (HTTP status ${status}), which is not followed, because it could carry secrets away.`,
    remedy: `Set the address that the redirect leads to: often \`https:\` for \`http:\`, or another path. ${capital(setting[service])}`,
  }),
}

const setting: Readonly<Record<Service, string>> = {
  WeCom: 'check `wecom-api-url` and `wecom-proxy`.',
  Casdoor: 'check `casdoor-endpoint`.',
  GitHub: 'check the runner’s proxy and https://www.githubstatus.com',
}

function reach(service: Service, cause: string): string {
  if (cause.includes('ENOTFOUND') || cause.includes('EAI_AGAIN')) {
    return `The runner cannot find that host name; ${setting[service]}`
  }
  if (cause.includes('CERT') || cause.includes('SELF_SIGNED') || cause.includes('UNABLE_TO')) {
    return `The runner does not trust the certificate: let the server send its whole chain, or name your authority in \`NODE_EXTRA_CA_CERTS\`.`
  }
  const inside =
    service === 'Casdoor' ? ' A GitHub-hosted runner cannot reach a server inside your network.' : ''
  return `Nothing was lost; run again. If it stays, ${setting[service]}${inside}`
}

function statusRemedy(service: Service, status: number, retryAfter: number | undefined): string {
  switch (status) {
    case 407:
      return 'The proxy wants a user name and password; put them into the proxy’s address.'
    case 401:
    case 403:
      return service === 'GitHub'
        ? 'Give the job the permission it needs (`permissions:`), or another `github-token`.'
        : `Something before ${service}, such as a gateway or firewall, refuses the runner; ${setting[service]}`
    case 404:
      return `The address leads nowhere; ${setting[service]}`
    case 429:
      return retryAfter === undefined
        ? 'Wait a while, then run again with a lower `concurrency`.'
        : `Wait ${many(retryAfter, 'second')}, then run again with a lower \`concurrency\`.`
    default:
      return status >= 500
        ? `${service} is in trouble; run again later.`
        : `That is not an answer ${service} gives; ${setting[service]}`
  }
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}
