import type { HttpProblem, Service } from '../../model/problem.ts'
import { grouped } from '../number.ts'
import type { CodeTable } from '../table.ts'
import type { ProblemText } from '../text.ts'

export const httpProblems: CodeTable<HttpProblem, ProblemText> = {
  network: ({ service, call, cause }) => ({
    sentence: `多次尝试后仍无法连接${services[service]}（${call}：${cause}）。`,
    remedy: reach(service, cause),
  }),
  timeout: ({ service, call, seconds }) => ({
    sentence: `${services[service]}在 ${grouped(seconds)} 秒内没有响应 ${call}，多次尝试后仍然如此。`,
    remedy: `请重新运行。如仍出现，请查看服务是否过载、连接是否被防火墙拦截；${settings[service]}`,
  }),
  'http-status': ({ service, call, status, retryAfter }) => ({
    sentence: `${services[service]}对 ${call} 返回了 HTTP 状态码 ${status}。`,
    remedy: statusRemedy(service, status, retryAfter),
  }),
  'not-json': ({ service, call, status }) => ({
    sentence: `${services[service]}对 ${call} 返回的内容不是 JSON（HTTP 状态码 ${status}）。`,
    remedy: `通常是其他服务器在应答，例如登录页或代理。${settings[service]}`,
  }),
  'bad-reply': ({ service, call, detail }) => ({
    sentence: `${services[service]}对 ${call} 返回的格式不符合预期，位置：${detail}。`,
    remedy: `请确认地址直接指向该服务；${settings[service]}如果无误，可能是本 Action 尚不支持的服务端版本，请反馈给我们。`,
  }),
  redirect: ({ service, call, status }) => ({
    sentence: `${services[service]}把 ${call} 重定向到了别的地址（HTTP 状态码 ${status}）。为避免泄露 Secret，不会跟随重定向。`,
    remedy: `请直接填写重定向后的地址：通常是把 \`http:\` 改为 \`https:\`，或更正路径。${settings[service]}`,
  }),
}

const services: Readonly<Record<Service, string>> = {
  WeCom: '企业微信',
  Casdoor: ' Casdoor ',
  GitHub: ' GitHub ',
}

const settings: Readonly<Record<Service, string>> = {
  WeCom: '请检查 `wecom-api-url` 和 `wecom-proxy`。',
  Casdoor: '请检查 `casdoor-endpoint`。',
  GitHub: '请检查运行器的代理设置，并查看 https://www.githubstatus.com 。',
}

function reach(service: Service, cause: string): string {
  const setting = settings[service]
  if (cause.includes('ENOTFOUND') || cause.includes('EAI_AGAIN')) return `运行器无法解析该域名；${setting}`
  if (cause.includes('CERT') || cause.includes('SELF_SIGNED') || cause.includes('UNABLE_TO')) {
    return '运行器不信任该证书：请让服务器返回完整的证书链，或用 `NODE_EXTRA_CA_CERTS` 指定自有的 CA。'
  }
  const inside = service === 'Casdoor' ? 'GitHub 托管的运行器无法访问内网中的服务器。' : ''
  return `没有任何损失，请重新运行。如仍出现，${setting}${inside}`
}

function statusRemedy(service: Service, status: number, retryAfter: number | undefined): string {
  const setting = settings[service]
  switch (status) {
    case 407:
      return '代理需要用户名和密码，请写入代理地址。'
    case 401:
    case 403:
      return service === 'GitHub'
        ? '请为该任务授予所需的权限（`permissions:`），或更换 `github-token`。'
        : `请求在到达服务之前被网关或防火墙拒绝；${setting}`
    case 404:
      return `该地址不存在；${setting}`
    case 429:
      return retryAfter === undefined
        ? '请稍等片刻，调低 `concurrency` 后重新运行。'
        : `请等待 ${grouped(retryAfter)} 秒，调低 \`concurrency\` 后重新运行。`
    default:
      return status >= 500 ? '服务端出现故障，请稍后重新运行。' : `该服务通常不会返回此状态码；${setting}`
  }
}
