import type { CheckName, Fact } from '../../model/check.ts'
import { grouped, percentOf } from '../number.ts'
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
  'casdoor-credentials': 'Casdoor：client id 和 secret',
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

export const check: CheckText = {
  name: (name) => names[name],
  fact,
  heads: ['', '检查项', '结果', '处理办法'],
  legend: '✓ 正常 · ! 可用，但请留意 · ✗ 需要处理 · – 因前面的 ✗ 未能检查',
}

function fact(found: Fact): string {
  switch (found.code) {
    case 'ok':
      return '正常'
    case 'address-trusted':
      return found.proxied ? '企业微信信任代理的 IP' : '企业微信信任当前 IP'
    case 'agent':
      return `可见范围中有单独可见的成员 ${persons(found.people)}、标签 ${grouped(found.tags)} 个、部门 ${grouped(found.departments)} 个`
    case 'range':
      return `${grouped(found.departments)} 个部门，${persons(found.people)}`
    case 'fields': {
      const shares = Object.entries(found.shares).map(([name, share]) => `${name} ${percentOf(share)}%`)
      return `${persons(found.people)}中有值的比例：${shares.join('，')}`
    }
    case 'contacts':
      return `全公司${persons(found.people)}，其中 ${grouped(found.hidden)} 人不在可见范围内`
    case 'version':
      return found.version
    case 'organization':
      return found.organization
    case 'application':
      return `新成员使用应用 ${found.application} 注册`
    case 'accounts':
      return `${grouped(found.accounts)} 个账号，其中 ${grouped(found.owned)} 个来自企业微信`
    case 'groups':
      return `${grouped(found.groups)} 个用户组，其中 ${grouped(found.owned)} 个由本同步器创建`
    case 'snapshot':
      return `${found.file}，${persons(found.people)}`
    case 'snapshot-new':
      return `${found.file} 尚不存在，首次同步时会生成`
    case 'branch':
      return `${found.branch} 存在`
    case 'not-reached':
      return '未检查'
  }
}
