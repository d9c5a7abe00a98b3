import type { InputForm, InputProblem, MappingFault } from '../../model/problem.ts'
import { byKind, type CodeTable, type KindTable } from '../table.ts'
import type { ProblemText } from '../text.ts'
import { list } from './words.ts'

export const inputProblems: CodeTable<InputProblem, ProblemText> = {
  'input-missing': ({ input }) => ({ sentence: `缺少必需的参数 ${input}。`, remedy: whereToFind(input) }),
  'input-secret-empty': ({ input }) => ({
    sentence: `参数 ${input} 为空。`,
    remedy:
      '常见原因是工作流中 Secret 的名称写错，或该仓库、环境没有定义这个 Secret。来自复刻（fork）的拉取请求得不到任何 Secret。',
  }),
  'input-word': ({ input, value, allowed }) => ({
    sentence: `参数 ${input}：${value} 是不支持的取值。`,
    remedy: `可选值为 ${list(allowed, '或')}。`,
  }),
  'input-form': ({ input, value, form }) => ({
    sentence: `参数 ${input} 的值 ${value} 格式不正确。`,
    remedy: forms[form],
  }),
  'input-snapshot-to-snapshot': () => ({
    sentence: '`from` 和 `to` 都是 `snapshot`，等于把文件复制到自身。',
    remedy: '要生成快照请设置 `from: wecom`；要应用快照请设置 `to: casdoor`。',
  }),
  'input-built-in': () => ({
    sentence: '`casdoor-organization` 不能是 `built-in`：其中的账号都是整个 Casdoor 的管理员。',
    remedy: '请在 Casdoor 中另建一个组织，把成员导入该组织。',
  }),
  'input-http': ({ input }) => ({
    sentence: `参数 ${input} 以 \`http:\` 开头，Secret 会以明文传输。`,
    remedy: '请使用 `https:`。只有本机地址（`localhost`）才可以使用 `http:`。',
  }),
  'input-mapping': ({ line, fault }) => {
    const { sentence, remedy } = byKind(faults, fault)
    return { sentence: `\`mapping\` 第 ${line} 行：${sentence}`, remedy }
  },
  'proxy-variable': ({ setBy }) => ({
    sentence: `环境变量 ${setBy} 的值不是有效的代理地址。`,
    remedy: proxyForm,
  }),
  'input-visibility-unknown': ({ repository }) => ({
    sentence: `无法得知仓库 ${repository} 是否公开，而快照包含所有人的姓名、手机和邮箱。没有读取或写入任何内容。`,
    remedy: '请为此步骤提供可以读取该仓库的 `github-token`。',
  }),
}

const faults: KindTable<MappingFault, ProblemText> = {
  yaml: ({ detail }) => ({
    sentence: `不是有效的 YAML：${detail}。`,
    remedy: '请检查冒号和缩进；模板需要加引号，例如 `"{userid}@acme.example"`。',
  }),
  shape: () => ({
    sentence: '每行应为一个 Casdoor 字段、一个冒号和一个企业微信字段。',
    remedy: '请写成 `title: position` 的形式。',
  }),
  target: ({ value, allowed }) => ({
    sentence: `${value} 不是可以填写的 Casdoor 字段。`,
    remedy: `冒号左边可以是 ${list(allowed, '或')}。`,
  }),
  property: ({ value }) => ({
    sentence: `${value} 不是可以填写的属性。`,
    remedy:
      '请使用单独的名称，例如 `properties.employeeNumber`。`wecomStatus` 和 `wecomDepartments` 由本 Action 使用，以 `oauth_` 开头的名称由 Casdoor 使用。',
  }),
  double: ({ value }) => ({
    sentence: `${value} 重复出现。`,
    remedy: '请删除其中一个。多个来源请写成列表，例如 `email: [biz_mail, email]`。',
  }),
  empty: ({ value }) => ({
    sentence: `没有指定 ${value} 的来源。`,
    remedy: '请填写企业微信字段；如果不想改动该 Casdoor 字段，请写 `null`。',
  }),
  type: ({ value }) => ({
    sentence: `${value} 只能用文本填写。`,
    remedy: '请填写企业微信字段、方括号中的列表，或加引号的模板，例如 `"{userid}@acme.example"`。',
  }),
  source: ({ value, allowed }) => ({
    sentence: `${value} 不是可以读取的企业微信字段。`,
    remedy: `冒号右边可以是 ${list(allowed, '或')}；固定文字只能与花括号中的字段一起使用。`,
  }),
  braces: ({ value }) => ({
    sentence: `${value} 中的花括号不成对。`,
    remedy: '请把每个企业微信字段放在一对 `{` 和 `}` 之间；模板中不能有其他花括号。',
  }),
}

const proxyForm =
  '请写成 `http://主机:端口` 或 `http://用户名:密码@主机:端口`。密码中的 # 写作 `%23`，/ 写作 `%2F`，? 写作 `%3F`，% 写作 `%25`。不支持 SOCKS。'

const forms: Readonly<Record<InputForm, string>> = {
  'syncer-name': '请使用以 `-` 连接的小写单词，最多 30 个字符，例如 `wecom-hq`。',
  url: '请填写完整地址，例如 `https://sso.example.com`，不要带用户名、密码、`?` 或 `#`。',
  'casdoor-url': '请填写根地址，不要带 `/login` 或 `/api`，例如 `https://sso.example.com`。',
  'wecom-url': '请填写根地址，不要带 `/cgi-bin`，例如 `https://qyapi.weixin.qq.com`。',
  proxy: proxyForm,
  limits: '请列出百分比和整数，例如 `5%, 200`，以最小者为准。',
  digest: '请从任务摘要中完整复制 64 位确认码。',
  country: '请使用两位大写国家/地区代码，例如 `CN` 或 `SG`。',
  concurrency: '请填写 1 到 32 之间的整数。',
  'corp-id': '请从企业微信管理后台“我的企业 › 企业信息”复制企业 ID，它以 `ww` 或 `wx` 开头。',
  'agent-id': '请从企业微信管理后台“应用管理 › 该应用”复制 AgentId，它是一个整数，例如 `1000002`。',
  path: '请填写工作区内的路径，例如 `wecom-users.yaml`，或表示目录的 `wecom-users/`，不能包含 `..`，也不能以 `/` 开头。',
  'portable-path':
    '请用 `/` 分隔目录，并只使用 git、Windows 和 macOS 都接受的名称：不能包含 `\\ : * ? |`、双引号、尖括号或不可见字符，不能以点或空格结尾，不能是 `.git`，也不能是 `CON` 等设备名。',
  branch: '请填写分支名称，例如 `main`。',
  reviewers: '请列出用户名；团队写成 `org/team`。',
  organization: '请填写组织的名称（Casdoor 地址栏中的那个），例如 `acme`。',
}

/** 参数的值在哪里可以找到。参数名已经过转义，因此用包含来判断。 */
function whereToFind(name: string): string {
  const found = places.find(([key]) => name.includes(key))
  return `请在此步骤的 \`with:\` 下设置。${found === undefined ? '' : found[1]}`
}

const places = [
  ['wecom-corp-id', '它在企业微信管理后台“我的企业 › 企业信息”中。'],
  ['wecom-corp-secret', '它在企业微信管理后台“应用管理 › 该应用 › Secret”中。'],
  ['casdoor-endpoint', '它是 Casdoor 的地址，例如 `https://sso.example.com`。'],
  ['casdoor-client', '它在 Casdoor 中该应用的编辑页面上。'],
  ['snapshot-branch', '本次运行不在任何分支上，请指定存放快照的分支，例如 `main`。'],
  ['github-token', '不填则使用任务自带的令牌；请不要设为空值。'],
  ['casdoor-organization', '它是 Casdoor 中用来导入成员的组织。'],
] as const
