import type { Called, ConnectionFault, HttpProblem, Service } from '../../model/problem.ts'
import { grouped } from '../number.ts'
import type { CodeTable } from '../table.ts'
import type { ProblemText } from '../text.ts'

export const httpProblems: CodeTable<HttpProblem, ProblemText> = {
  network: (problem) => ({
    sentence: `${failed(services[problem.service], problem.reason)}（${at(problem)}：${problem.cause}）。`,
    remedy: reach(problem),
  }),
  timeout: (problem) => ({
    sentence: `${services[problem.service]}在 ${grouped(problem.seconds)} 秒内没有响应 ${at(problem)}，多次尝试后仍然如此。`,
    remedy: `请重新运行。如仍出现，请查看服务是否过载、连接是否被防火墙拦截；${setting(problem)}`,
  }),
  'proxy-unreachable': (problem) => ({
    sentence: `${failed(`代理 ${problem.proxy}（由 ${problem.setBy} 设置）`, problem.reason)}（${problem.cause}），因此没有访问到${services[problem.service]}（${problem.call}${inDepartment(problem)}）。`,
    remedy: reachProxy(problem),
  }),
  'proxy-status': (problem) => ({
    sentence: `代理 ${problem.proxy}（由 ${problem.setBy} 设置）拒绝连接${services[problem.service]}（${problem.call}${inDepartment(problem)}）：HTTP 状态码 ${problem.status}。`,
    remedy: proxyStatusRemedy(problem.status, problem.setBy),
  }),
  'http-status': (problem) => ({
    sentence: `${services[problem.service]}对 ${at(problem)} 返回了 HTTP 状态码 ${problem.status}。`,
    remedy: statusRemedy(problem),
  }),
  'not-json': (problem) => ({
    sentence: `${services[problem.service]}对 ${at(problem)} 返回的内容不是 JSON（HTTP 状态码 ${problem.status}）。`,
    remedy: `通常是其他服务器在应答，例如登录页或代理。${setting(problem)}`,
  }),
  'bad-text': (problem) => {
    const { what, remedy } = badTexts[problem.reason]
    return {
      sentence: `${services[problem.service]}对 ${at(problem)} 返回的内容${what}（${problem.charset}），未使用其中任何内容。`,
      remedy: `${remedy}${setting(problem)}`,
    }
  },
  'bad-reply': (problem) => ({
    sentence: `${services[problem.service]}对 ${at(problem)} 返回的格式不符合预期，位置：${problem.detail}。`,
    remedy: `请确认地址直接指向该服务；${setting(problem)}如果无误，可能是本 Action 尚不支持的服务端版本，请反馈给我们。`,
  }),
  redirect: (problem) => ({
    sentence: `${services[problem.service]}把 ${at(problem)} 重定向到了别的地址（HTTP 状态码 ${problem.status}）。为避免泄露 Secret，不会跟随重定向。`,
    remedy:
      problem.service === 'GitHub'
        ? `如果仓库刚刚改名或转移，请重新运行。否则${setting(problem)}`
        : `请直接填写重定向后的地址：通常是把 \`http:\` 改为 \`https:\`，或更正路径。${setting(problem)}`,
  }),
}

const services: Readonly<Record<Service, string>> = {
  WeCom: '企业微信',
  Casdoor: ' Casdoor ',
  GitHub: ' GitHub ',
}

/** 调用、所查的部门，以及经过的代理。 */
function at(called: Called): string {
  const { call, proxy, setBy } = called
  return `${call}${inDepartment(called)}${proxy === undefined ? '' : `（经代理 ${proxy}，由 ${setBy} 设置）`}`
}

function inDepartment({ department }: Called): string {
  return department === undefined ? '' : `（部门 ${department}）`
}

const settings: Readonly<Record<Service, string>> = {
  WeCom: '请检查 `wecom-api-url` 和 `wecom-proxy`。',
  Casdoor: '请检查 `casdoor-endpoint`。',
  GitHub:
    '请检查运行器能否直接访问 GitHub 的 API（`GITHUB_API_URL` 和代理设置），并查看 https://www.githubstatus.com 。',
}

function setting({ service, setBy }: Called): string {
  if (setBy === undefined) return settings[service]
  const address = { WeCom: '`wecom-api-url`', Casdoor: '`casdoor-endpoint`', GitHub: '`GITHUB_API_URL`' }
  return `请检查 ${address[service]} 和由 ${setBy} 设置的代理。`
}

function failed(who: string, reason: ConnectionFault): string {
  switch (reason) {
    case 'certificate':
      return `运行器不信任${who}的证书`
    case 'host':
      return `${who}的域名不存在`
    case 'scheme':
      return `${who}没有按地址所写的协议应答`
    case 'header':
      return `没有向${who}发送请求：要发送的值中含有换行或其他不能出现在请求头中的字符`
    case 'size':
      return `${who}返回的内容过大，无法读取`
    default:
      return `多次尝试后仍无法连接${who}`
  }
}

function reach(problem: Extract<HttpProblem, { code: 'network' }>): string {
  const { service, reason, cause } = problem
  const inside = service === 'Casdoor' ? 'GitHub 托管的运行器无法访问内网中的服务器。' : ''
  switch (reason) {
    case 'certificate':
      return trust(cause)
    case 'host':
      return `请更正域名；${setting(problem)}${inside}`
    case 'lookup':
      return `运行器无法解析该域名；${setting(problem)}`
    case 'scheme':
      return `通常是 \`https:\` 指向了只支持 HTTP 的端口，或 \`http:\` 指向了 TLS 端口：请更正协议或端口。${setting(problem)}`
    case 'header':
      return service === 'GitHub'
        ? '请重新保存 `github-token` 所引用的 Secret，其中的令牌不能含有换行。'
        : '请重新保存各个 Secret，其中不能含有换行。'
    case 'size':
      return `请拆分该部门，或将其移出应用的可见范围；${setting(problem)}`
    case 'refused':
      return `该地址和端口上没有服务，或被防火墙拒绝；${setting(problem)}${inside}`
    case 'connection':
      return `没有任何损失，请重新运行。如仍出现，${setting(problem)}${inside}`
  }
}

function trust(cause: string): string {
  if (cause.includes('EXPIRED')) return '请更新服务器的证书，并检查运行器的时钟。'
  if (cause.includes('ALTNAME') || cause.includes('HOSTNAME')) {
    return '请使用证书中包含的域名，或为该域名签发证书。'
  }
  return '请让服务器返回完整的证书链，或在任务的 `env:` 中用 `NODE_EXTRA_CA_CERTS` 指定自有 CA 的证书文件。'
}

function reachProxy({ reason, cause, setBy }: Extract<HttpProblem, { code: 'proxy-unreachable' }>): string {
  switch (reason) {
    case 'certificate':
      return trust(cause)
    case 'scheme':
      return `多数代理本身使用 HTTP，访问 \`https:\` 服务时也是如此：请把 ${setBy} 中的地址改为以 \`http:\` 开头，并检查端口。`
    default:
      return `请确认代理正在运行、运行器可以访问它，并检查 ${setBy} 中的地址。`
  }
}

function proxyStatusRemedy(status: number, setBy: string): string {
  switch (status) {
    case 407:
      return `代理需要用户名和密码，或不接受现有的用户名和密码：请把 ${setBy} 设为 \`http://用户名:密码@主机:端口\`。`
    case 403:
      return '请在代理上放行该主机和端口。'
    default:
      return status >= 500
        ? '代理无法访问该主机：请检查代理的网络、域名解析和日志，然后重新运行。'
        : `请确认 ${setBy} 中的地址是支持 CONNECT 的正向代理。`
  }
}

const badTexts = {
  bytes: {
    what: '含有不符合其字符编码的字节',
    remedy:
      '网关或私有部署的服务器使用了其他编码（例如 GBK）却没有注明：请改用 UTF-8，或在 `content-type` 中注明编码。',
  },
  charset: { what: '使用了无法识别的字符编码', remedy: '请让服务器使用 UTF-8。' },
  json: {
    what: '是有错误的 JSON',
    remedy: '请重新运行。如仍出现，可能是网关改动或截断了内容，或服务器中存有无法写成 JSON 的文本。',
  },
} as const

function statusRemedy(problem: Extract<HttpProblem, { code: 'http-status' }>): string {
  const { service, status, retryAfter, address } = problem
  switch (status) {
    case 407:
      return '代理需要用户名和密码，请写入代理地址。'
    case 401:
    case 403:
      return `请求在到达服务之前被网关或防火墙拒绝；${setting(problem)}`
    case 404:
      return `${address === undefined ? '该地址' : `地址 ${address} `}不存在${baseOnly[service]}；${setting(problem)}`
    case 429:
      return retryAfter === undefined
        ? '请稍等片刻，调低 `concurrency` 后重新运行。'
        : `请等待 ${grouped(retryAfter)} 秒，调低 \`concurrency\` 后重新运行。`
    default:
      return status >= 500
        ? '服务端出现故障，请稍后重新运行。'
        : `该服务通常不会返回此状态码；${setting(problem)}`
  }
}

const baseOnly: Readonly<Record<Service, string>> = {
  WeCom: '：参数应为根地址，不带 `/cgi-bin`',
  Casdoor: '：参数应为根地址，不带 `/login` 或 `/api`',
  GitHub: '',
}
