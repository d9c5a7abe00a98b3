import type { CasdoorProblem } from '../../model/problem.ts'
import { aboutGroups } from './groups.ts'
import { grouped } from '../number.ts'
import type { Said } from '../text.ts'
import { field } from './fields.ts'

export function casdoor(problem: CasdoorProblem): Said {
  switch (problem.code) {
    case 'casdoor-credentials':
      return {
        sentence: `位于 ${problem.endpoint} 的 Casdoor 不认识这组 client id 和 secret。它不会直接报错，而是返回状态码 200，并按未登录（匿名）处理。`,
        remedy:
          '请从 Casdoor 的应用编辑页面重新复制 `casdoor-client-id` 和 `casdoor-client-secret`，并确认 `casdoor-endpoint` 指向同一个 Casdoor。',
      }
    case 'casdoor-organization-missing':
      return {
        sentence: `Casdoor 中没有组织 ${problem.organization}。`,
        remedy: '请更正 `casdoor-organization`（填名称而不是显示名称），或先创建该组织。',
      }
    case 'casdoor-application-missing':
      return {
        sentence: `组织 ${problem.organization} 没有应用，Casdoor 因此无法添加用户。`,
        remedy: '请在该组织中创建一个应用，或用 `casdoor-application` 指定一个。',
      }
    case 'casdoor-application-unknown':
      return {
        sentence: `Casdoor 中没有应用 ${problem.application}。`,
        remedy: '请更正 `casdoor-application`（填名称而不是显示名称），或留空以使用组织自己的应用。',
      }
    case 'casdoor-version-old':
      return {
        sentence: `Casdoor ${problem.version} 版本过低：v3.50.0 之前的更新会覆盖未提交的字段。`,
        remedy: '请把 Casdoor 升级到 v3.50.0 以上，最好是 v3.154.1 以上。',
      }
    case 'casdoor-version-unknown':
      return {
        sentence: `Casdoor 没有说明自己的版本（${problem.version}），本次按新版本处理。`,
        remedy: '请确认版本不低于 v3.50.0。',
      }
    case 'casdoor-competing-syncer':
      return {
        sentence: `Casdoor 自带的同步器 ${problem.syncer} 也在写入组织 ${problem.organization}，两者会互相覆盖。`,
        remedy: '请在 Casdoor 中停用该同步器，然后重新运行。',
      }
    case 'casdoor-item-immutable':
      return {
        sentence: `该组织的账号项 ${problem.item} 被设为不可修改（Immutable），因此不处理${managed(problem.field)}。`,
        remedy: '请在 Casdoor 的组织编辑页面，把该账号项的修改规则改为 Admin。',
      }
    case 'casdoor-item-regex':
      return {
        sentence: `该组织的账号项 ${problem.item} 设有正则表达式，企业微信的值可能不符合，因此不处理${managed(problem.field)}。`,
        remedy: '请在 Casdoor 的组织编辑页面，清空该账号项的正则表达式。',
      }
    case 'casdoor-plain-http':
      return {
        sentence: `${problem.endpoint} 使用 \`http:\`，client secret 和个人信息会以明文传输。`,
        remedy: '请让 `casdoor-endpoint` 使用 `https:`。',
      }
    case 'casdoor-listing-unstable':
      return {
        sentence: `读取期间 Casdoor 的用户列表一直在变化：共 ${grouped(problem.total)} 个，只读到 ${grouped(problem.seen)} 个。`,
        remedy: '请在没有其他人导入用户时重新运行。',
      }
    case 'casdoor-group-gone':
    case 'casdoor-group-taken':
    case 'casdoor-group-parent':
    case 'casdoor-groups-missing':
    case 'casdoor-group-other-corp':
      return aboutGroups(problem)
    default:
      return aboutAccounts(problem)
  }
}

type AccountProblem = Extract<
  CasdoorProblem,
  {
    code:
      | 'casdoor-refused'
      | 'casdoor-other-owner'
      | 'casdoor-silent'
      | 'casdoor-names-lowered'
      | 'casdoor-phone-refused'
      | 'casdoor-gone'
      | 'casdoor-value-taken'
  }
>

function aboutAccounts(problem: AccountProblem): Said {
  switch (problem.code) {
    case 'casdoor-refused':
      return {
        sentence: `Casdoor 拒绝了 ${problem.call}：${problem.message}`,
        remedy: '请按提示在 Casdoor 或企业微信中处理，下次运行会自动重试。',
      }
    case 'casdoor-other-owner':
      return {
        sentence: `向 Casdoor 请求组织 ${problem.expected} 的对象，却得到了组织 ${problem.got} 的对象；未做任何改动。`,
        remedy: '请检查 `casdoor-organization`。',
      }
    case 'casdoor-silent':
      return {
        sentence: `Casdoor 不再响应写入请求：多个请求等待 ${grouped(problem.seconds)} 秒仍无结果。`,
        remedy: '请重启 Casdoor，然后重新运行。',
      }
    case 'casdoor-names-lowered':
      return {
        sentence: `此 Casdoor 的用户名一律为小写，但该账号名为 ${problem.name}；更新它可能使服务器卡死，因此未做改动。`,
        remedy: '请在 Casdoor 的数据库中把该账号名改为小写，或关闭 isUsernameLowered。',
      }
    case 'casdoor-phone-refused':
      return {
        sentence: 'Casdoor 不接受该手机号，其余内容均已写入。',
        remedy: '请在企业微信中更正号码，或在 Casdoor 组织中允许该国家/地区。',
      }
    case 'casdoor-gone':
      return {
        sentence: `账号 ${problem.name} 在运行期间被从 Casdoor 中删除。`,
        remedy: '无需处理，下次运行会重新计划。',
      }
    case 'casdoor-value-taken':
      return {
        sentence: `${problem.field === 'name' ? '该用户名' : `该${field(problem.field)}`}已被其他账号使用。`,
        remedy: '请重新运行。如仍出现，请在 Casdoor 中查找该账号，包括已删除的账号。',
      }
  }
}

function managed(name: Extract<CasdoorProblem, { code: 'casdoor-item-regex' }>['field']): string {
  switch (name) {
    case 'isForbidden':
      return '账号的禁用状态'
    case 'properties':
      return '本同步器在账号上的记录'
    case 'groups':
      return '账号所属的用户组'
    default:
      return `字段「${field(name)}」`
  }
}
