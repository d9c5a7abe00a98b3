import type { FrozenField } from '../../model/field.ts'
import type { CasdoorProblem } from '../../model/problem.ts'
import type { CodeTable } from '../table.ts'
import type { ProblemText } from '../text.ts'
import { fieldName } from './fields.ts'
import { grouped } from '../number.ts'
import { listIds, persons } from './words.ts'

export const casdoorProblems: CodeTable<CasdoorProblem, ProblemText> = {
  'casdoor-credentials': ({ endpoint }) => ({
    sentence: `位于 ${endpoint} 的 Casdoor 不接受这组 client ID 和 secret。它不会直接报错，而是返回状态码 200，并按匿名请求处理。`,
    remedy:
      '请从 Casdoor 的应用编辑页面重新复制 `casdoor-client-id` 和 `casdoor-client-secret`，并确认 `casdoor-endpoint` 指向同一个 Casdoor。',
  }),
  'casdoor-organization-missing': ({ organization }) => ({
    sentence: `Casdoor 中没有组织 ${organization}。`,
    remedy: '请更正 `casdoor-organization`（填名称而不是显示名称），或先创建该组织。',
  }),
  'casdoor-application-missing': ({ organization }) => ({
    sentence: `组织 ${organization} 没有应用，Casdoor 因此无法添加用户。`,
    remedy: '请在该组织中创建一个应用，或用 `casdoor-application` 指定一个。',
  }),
  'casdoor-application-unknown': ({ application }) => ({
    sentence: `Casdoor 中没有应用 ${application}。`,
    remedy: '请更正 `casdoor-application`（填名称而不是显示名称），或留空以使用组织自己的应用。',
  }),
  'casdoor-version-old': ({ version }) => ({
    sentence: `Casdoor ${version} 版本过低：v3.50.0 之前的更新会覆盖未提交的字段。`,
    remedy: '请把 Casdoor 升级到 v3.50.0 或更高版本，建议 v3.154.1 或更高版本。',
  }),
  'casdoor-version-unknown': ({ version }) => ({
    sentence: `Casdoor 没有返回版本号（${version}），本次按较新的版本处理。`,
    remedy: '请确认版本不低于 v3.50.0。',
  }),
  'casdoor-competing-syncer': ({ syncer, organization }) => ({
    sentence: `Casdoor 自带的同步器 ${syncer} 也在写入组织 ${organization}，两者会互相覆盖对方的修改。`,
    remedy: '请在 Casdoor 中停用该同步器，然后重新运行。',
  }),
  'casdoor-item-immutable': ({ item, field }) => ({
    sentence: `该组织的账号项 ${item} 被设为不可修改（Immutable），因此本 Action 不修改${managed(field)}。`,
    remedy: '请在 Casdoor 的组织编辑页面，把该账号项的修改规则改为 Admin。',
  }),
  'casdoor-item-regex': ({ item, field }) => ({
    sentence: `该组织的账号项 ${item} 设有正则表达式，企业微信的值可能不符合，因此本 Action 不修改${managed(field)}。`,
    remedy: '请在 Casdoor 的组织编辑页面，清空该账号项的正则表达式。',
  }),
  'casdoor-plain-http': ({ endpoint }) => ({
    sentence: `${endpoint} 使用 \`http:\`，client secret 和个人信息会以明文传输。`,
    remedy: '请让 `casdoor-endpoint` 使用 `https:`。',
  }),
  'casdoor-listing-unstable': ({ total, seen }) => ({
    sentence: `每次读取期间，Casdoor 的账号列表都在变化：共 ${grouped(total)} 个，只读到 ${grouped(seen)} 个。`,
    remedy: '请在没有其他程序添加账号时重新运行。',
  }),
  'casdoor-refused': ({ call, message }) => ({
    sentence: `Casdoor 拒绝了 ${call}：${message}`,
    remedy: '请按 Casdoor 的提示，在 Casdoor 或企业微信中处理；下次运行会自动重试。',
  }),
  'casdoor-write-unknown': ({ call }) => ({
    sentence: `Casdoor 响应 ${call} 之前运行被取消，无法确定这项变更是否已执行。`,
    remedy: '重新运行即可，下次运行会重新比较，未执行的变更会补上。',
  }),
  'casdoor-other-owner': ({ expected, got }) => ({
    sentence: `向 Casdoor 请求组织 ${expected} 的对象，返回的却是组织 ${got} 的对象；未做任何改动。`,
    remedy: '请检查 `casdoor-organization`。',
  }),
  'casdoor-silent': ({ seconds }) => ({
    sentence: `Casdoor 不再响应写入请求：多个请求在 ${grouped(seconds)} 秒后超时。`,
    remedy: '请重启 Casdoor，然后重新运行。',
  }),
  'casdoor-names-lowered': ({ name }) => ({
    sentence: `此 Casdoor 的用户名一律为小写，但该账号名为 ${name}；更新它可能使服务器卡死，因此未做改动。`,
    remedy: '请在 Casdoor 的数据库中把该账号名改为小写，或关闭 isUsernameLowered。',
  }),
  'casdoor-phone-refused': () => ({
    sentence: 'Casdoor 拒绝了该手机号，其余内容均已写入。',
    remedy: '请在企业微信中更正号码，或在 Casdoor 组织中允许该国家/地区。',
  }),
  'casdoor-gone': ({ name }) => ({
    sentence: `账号 ${name} 在运行期间从 Casdoor 中删除。`,
    remedy: '无需处理，下次运行会重新生成计划。',
  }),
  'casdoor-value-taken': ({ field }) => ({
    sentence: `${field === 'name' ? '该用户名' : `该${fieldName(field)}`}已被其他账号使用。`,
    remedy: '请重新运行。如仍出现，请在 Casdoor 中查找该账号，包括已删除的账号。',
  }),
  'casdoor-group-gone': ({ group }) => ({
    sentence: `用户组 ${group} 在运行期间从 Casdoor 中删除。`,
    remedy: '无需处理，下次运行会重新创建。',
  }),
  'casdoor-group-taken': ({ group }) => ({
    sentence: `此 Casdoor 的另一个组织已有用户组 ${group}，而用户组名在所有组织之间必须唯一。`,
    remedy: '请换一个 `syncer-name`，或在 Casdoor 中重命名该用户组。',
  }),
  'casdoor-group-parent': ({ group }) => ({
    sentence: `其上级用户组 ${group} 未能写入，因此该组保持不变。`,
    remedy: '请先处理上级用户组的问题，下次运行会继续。',
  }),
  'casdoor-groups-missing': ({ people, groups }) => ({
    sentence: `有用户组未能创建，${persons(people)}暂未加入：${listIds(groups)}。`,
    remedy: '下次运行创建用户组后，会自动把他们加入。',
  }),
  'casdoor-group-other-corp': ({ group, corpId, syncer }) => ({
    sentence: `用户组 ${group} 属于企业 ${corpId}，该企业使用了相同的同步器名称 ${syncer}。两者会争用同一批用户组，因此没有写入任何内容。`,
    remedy: '请为每个企业使用不同的 `syncer-name`。',
  }),
  'casdoor-other-corp': ({ organization, corpId, expected }) => ({
    sentence: `${organization} 中的账号属于企业 ${corpId}，而本次运行针对的是企业 ${expected}。没有写入任何内容。`,
    remedy: '请检查 `wecom-corp-id` 和 `casdoor-organization`：每个企业需要单独的组织。',
  }),
  'casdoor-groups-left-over': ({ why, groups, people }) => ({
    sentence:
      why === 'none'
        ? `${persons(people)}仍在此前以 \`groups: departments\` 创建的 ${grouped(groups.length)} 个用户组中：${listIds(groups)}。`
        : `该企业有 ${grouped(groups.length)} 个用户组是以其他 \`syncer-name\` 创建的，成员不会再随之变动：${listIds(groups)}。`,
    remedy:
      why === 'none'
        ? '请在 Casdoor 中删除这些用户组，或重新设置 `groups: departments`。'
        : '请把 `syncer-name` 改回原来的名称，或在 Casdoor 中删除这些用户组。',
  }),
}

function managed(field: FrozenField): string {
  return managedWords[field] ?? `字段“${fieldName(field)}”`
}

const managedWords: Readonly<Partial<Record<FrozenField, string>>> = {
  isForbidden: '账号的禁用状态',
  properties: '本同步器在账号上保存的记录',
  groups: '账号所属的用户组',
}
