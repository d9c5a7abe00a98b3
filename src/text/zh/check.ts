import type { CheckName, Fact } from '../../model/check.ts'
import { grouped, percentOf } from '../number.ts'
import { byCode, type CodeTable } from '../table.ts'
import type { CheckText } from '../text.ts'
import { persons } from './words.ts'

const names: Readonly<Record<CheckName, string>> = {
  'wecom-token': '企业微信：Secret',
  'wecom-address': '企业微信：企业可信IP',
  'wecom-agent': '企业微信：单独可见的成员和标签',
  'wecom-range': '企业微信：可见范围',
  'wecom-fields': '企业微信：返回的字段',
  'wecom-contacts': '企业微信：全公司成员列表（通讯录同步）',
  'casdoor-reachable': 'Casdoor：连通性',
  'casdoor-version': 'Casdoor：版本',
  'casdoor-credentials': 'Casdoor：client ID 和 secret',
  'casdoor-organization': 'Casdoor：组织',
  'casdoor-application': 'Casdoor：应用',
  'casdoor-syncer': 'Casdoor：没有其他同步器',
  'casdoor-items': 'Casdoor：账号项',
  'casdoor-accounts': 'Casdoor：账号',
  'casdoor-groups': 'Casdoor：用户组',
  'snapshot-file': '快照：文件',
  'github-branch': 'GitHub：分支',
  'github-permissions': 'GitHub：令牌的权限',
}

const facts: CodeTable<Fact, string> = {
  ok: () => '正常',
  'address-trusted': ({ proxied }) => (proxied ? '企业微信信任代理的 IP' : '企业微信信任当前 IP'),
  agent: ({ people, tags, departments }) =>
    `可见范围中有单独可见的成员 ${persons(people)}、标签 ${grouped(tags)} 个、部门 ${grouped(departments)} 个`,
  range: ({ departments, people }) => `${grouped(departments)} 个部门，${persons(people)}`,
  fields: ({ shares, people }) => {
    const parts = Object.entries(shares).map(([name, share]) => `${name} ${percentOf(share)}%`)
    return `${persons(people)}中有值的比例：${parts.join('，')}`
  },
  contacts: ({ people, hidden }) => `全公司${persons(people)}，其中 ${grouped(hidden)} 人不在可见范围内`,
  version: ({ version }) => version,
  organization: ({ organization }) => organization,
  application: ({ application }) => `新成员使用应用 ${application} 注册`,
  accounts: ({ accounts, owned }) => `${grouped(accounts)} 个账号，其中 ${grouped(owned)} 个来自企业微信`,
  groups: ({ groups, owned }) => `${grouped(groups)} 个用户组，其中 ${grouped(owned)} 个由本同步器创建`,
  snapshot: ({ file, people }) => `${file}，${persons(people)}`,
  'snapshot-new': ({ file }) => `${file} 尚不存在，首次同步时会生成`,
  branch: ({ branch }) => `${branch} 存在`,
  'not-reached': () => '未检查',
}

export const check: CheckText = {
  name: (name) => names[name],
  fact: (fact) => byCode(facts, fact),
  heads: ['', '检查项', '结果', '处理办法'],
  legend: '✓ 正常 · ! 可用，但请留意 · ✗ 需要处理 · – 因前面的 ✗ 未能检查',
}
