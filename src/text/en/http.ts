import type { Called, ConnectionFault, HttpProblem, Service } from '../../model/problem.ts'
import type { CodeTable } from '../table.ts'
import type { ProblemText } from '../text.ts'
import { many } from './words.ts'

export const httpProblems: CodeTable<HttpProblem, ProblemText> = {
  network: (problem) => ({
    sentence: `${problem.service} ${failures[problem.reason]} (${at(problem)}: ${problem.cause}).`,
    remedy: reach(problem),
  }),
  timeout: (problem) => ({
    sentence: `${problem.service} did not answer ${at(problem)} within ${many(problem.seconds, 'second')}, even after several tries.`,
    remedy: `Run again. If it happens again, check whether ${problem.service} is overloaded or a firewall drops the connection; ${setting(problem)}`,
  }),
  'proxy-unreachable': (problem) => ({
    sentence: `The proxy ${problem.proxy}, which ${problem.setBy} sets, ${failures[problem.reason]} (${problem.cause}), so ${problem.service} was not asked${inDepartment(problem)} (${problem.call}).`,
    remedy: reachProxy(problem),
  }),
  'proxy-status': (problem) => ({
    sentence: `The proxy ${problem.proxy}, which ${problem.setBy} sets, refused to connect to ${problem.service}${inDepartment(problem)} (${problem.call}): HTTP status ${problem.status}.`,
    remedy: proxyStatusRemedy(problem.status, problem.setBy),
  }),
  'http-status': (problem) => ({
    sentence: `${problem.service} answered ${at(problem)} with HTTP status ${problem.status}.`,
    remedy: statusRemedy(problem),
  }),
  'not-json': (problem) => ({
    sentence: `${problem.service} answered ${at(problem)} with something that is not JSON (HTTP status ${problem.status}).`,
    remedy: `Usually another server answered, such as a sign-in page or a proxy. ${capital(setting(problem))}`,
  }),
  'bad-text': (problem) => {
    const { what, remedy } = badTexts[problem.reason]
    return {
      sentence: `The answer of ${problem.service} to ${at(problem)} ${what} (${problem.charset}). Nothing of it was used.`,
      remedy: `${remedy} ${capital(setting(problem))}`,
    }
  },
  'bad-reply': (problem) => ({
    sentence: `${problem.service} answered ${at(problem)} in an unexpected format, at ${problem.detail}.`,
    remedy: `Make sure that the address leads to ${problem.service} itself; ${setting(problem)} If it does, please report this: this action may not know this version of ${problem.service} yet.`,
  }),
  redirect: (problem) => ({
    sentence: `${problem.service} redirected ${at(problem)} to another address (HTTP status ${problem.status}). Redirects are not followed, because they could leak secrets.`,
    remedy:
      problem.service === 'GitHub'
        ? `If the repository was just renamed or moved, run again. Otherwise ${setting(problem)}`
        : `Use the address that the redirect leads to: often \`https:\` instead of \`http:\`, or another path. ${capital(setting(problem))}`,
  }),
}

/** The call, what it asked for, and which way it went. */
function at(called: Called): string {
  const { call, proxy, setBy } = called
  const way = proxy === undefined ? '' : ` through the proxy ${proxy} (${setBy})`
  return `${call}${inDepartment(called)}${way}`
}

function inDepartment({ department }: Called): string {
  return department === undefined ? '' : ` for department ${department}`
}

const settings: Readonly<Record<Service, string>> = {
  WeCom: 'check `wecom-api-url` and `wecom-proxy`.',
  Casdoor: 'check `casdoor-endpoint`.',
  GitHub:
    'check that the runner reaches the API of GitHub itself (`GITHUB_API_URL`, its proxy), and https://www.githubstatus.com',
}

/** What to look at: the address, and the proxy on the way to it. */
function setting({ service, setBy }: Called): string {
  if (setBy === undefined) return settings[service]
  const address = { WeCom: '`wecom-api-url`', Casdoor: '`casdoor-endpoint`', GitHub: '`GITHUB_API_URL`' }
  return `check ${address[service]}, and the proxy that ${setBy} sets.`
}

const failures: Readonly<Record<ConnectionFault, string>> = {
  certificate: 'has a certificate that the runner does not trust',
  host: 'has a host name that does not exist',
  lookup: 'could not be reached after several tries',
  refused: 'could not be reached after several tries',
  scheme: 'did not answer in the protocol that its address names',
  header:
    'was not asked, because a value to send contains a line break or another character that no header may have',
  size: 'sent an answer that is too large to be read',
  connection: 'could not be reached after several tries',
}

function reach(problem: Extract<HttpProblem, { code: 'network' }>): string {
  const { service, reason, cause } = problem
  switch (reason) {
    case 'certificate':
      return trust(cause)
    case 'host':
      return `Correct the host name; ${setting(problem)}${insideOf(service)}`
    case 'lookup':
      return `The runner cannot resolve that host name; ${setting(problem)}`
    case 'scheme':
      return `Often \`https:\` leads to a port that speaks plain HTTP, or \`http:\` to one that speaks TLS: correct the \`http:\`, the \`https:\` or the port. ${capital(setting(problem))}`
    case 'header':
      return service === 'GitHub'
        ? 'Store the token again, without a line break, in the secret that `github-token` comes from.'
        : 'Store the secrets again, without line breaks.'
    case 'size':
      return `Split the department, or exclude it from the app’s visible range; ${setting(problem)}`
    case 'refused':
      return `Nothing listens at that address and port, or a firewall refuses; ${setting(problem)}${insideOf(service)}`
    case 'connection':
      return `Nothing was lost; run again. If it happens again, ${setting(problem)}${insideOf(service)}`
  }
}

function insideOf(service: Service): string {
  return service === 'Casdoor' ? ' A GitHub-hosted runner cannot reach a server inside your network.' : ''
}

function trust(cause: string): string {
  if (cause.includes('EXPIRED')) return 'Renew the server’s certificate, and check the runner’s clock.'
  if (cause.includes('ALTNAME') || cause.includes('HOSTNAME')) {
    return 'Use a host name that the certificate contains, or have a certificate issued for this one.'
  }
  return 'Make the server send its full certificate chain, or set `NODE_EXTRA_CA_CERTS` in the job’s `env:` to the file of your own certificate authority.'
}

function reachProxy({ reason, cause, setBy }: Extract<HttpProblem, { code: 'proxy-unreachable' }>): string {
  switch (reason) {
    case 'certificate':
      return trust(cause)
    case 'scheme':
      return `Most proxies are reached by plain HTTP, for \`https:\` services too: start the address in ${setBy} with \`http:\`, and check its port.`
    default:
      return `Check that the proxy runs and that the runner may reach it, and the address in ${setBy}.`
  }
}

function proxyStatusRemedy(status: number, setBy: string): string {
  switch (status) {
    case 407:
      return `The proxy requires a user name and password, or does not accept these: set ${setBy} to \`http://user:password@host:port\`.`
    case 403:
      return 'Let the proxy allow connections to this host and port.'
    default:
      return status >= 500
        ? 'The proxy cannot reach that host: check its network, its name server and its log, then run again.'
        : `Check that the address in ${setBy} is that of a forward proxy that accepts CONNECT.`
  }
}

const badTexts = {
  bytes: {
    what: 'contains bytes that are no text in the charset it is sent in',
    remedy:
      'A gateway or a private server sends another charset, such as GBK, without naming it: it must send UTF-8, or name its charset in `content-type`.',
  },
  charset: {
    what: 'is in a charset that is not known here',
    remedy: 'The server must send UTF-8.',
  },
  json: {
    what: 'begins as JSON and has a mistake in it',
    remedy:
      'Run again. If it happens again, a gateway changes or cuts the answer, or a text was stored that the server cannot write as JSON.',
  },
} as const

function statusRemedy(problem: Extract<HttpProblem, { code: 'http-status' }>): string {
  const { service, status, retryAfter, address } = problem
  switch (status) {
    case 407:
      return 'The proxy requires a user name and password; add them to the proxy’s address.'
    case 401:
    case 403:
      return `Something in front of ${service}, such as a gateway or firewall, rejects the runner; ${setting(problem)}`
    case 404:
      return `There is nothing at ${address ?? 'this address'}${baseOnly[service]}; ${setting(problem)}`
    case 429:
      return retryAfter === undefined
        ? 'Wait a while, then run again with a lower `concurrency`.'
        : `Wait ${many(retryAfter, 'second')}, then run again with a lower \`concurrency\`.`
    default:
      return status >= 500
        ? `${service} has a server error; run again later.`
        : `${service} itself does not give this answer; ${setting(problem)}`
  }
}

const baseOnly: Readonly<Record<Service, string>> = {
  WeCom: ': the input takes the base URL, without `/cgi-bin`',
  Casdoor: ': the input takes the base URL, without `/login` or `/api`',
  GitHub: '',
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}
