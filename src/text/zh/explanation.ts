import type { Limit, Policy } from '../../model/policy.ts'
import type { PersonalData, PersonalDataReason } from '../../model/run.ts'
import { grouped } from '../number.ts'
import type { About, ExplanationText } from '../text.ts'
import { fieldName } from './fields.ts'
import { list } from './words.ts'

export const explanation: ExplanationText = {
  title: '这些结果是如何得出的',
  what: ({ target, kind, source }) =>
    source === 'wecom'
      ? `此任务让${kind === 'casdoor' ? ' ' : ''}${placeOf(kind)} ${target} 与企业微信通讯录保持一致：新增入职人员，同步信息变动，收回离职人员的访问权限。`
      : `此任务把经过审核的企业微信通讯录快照应用到 ${placeOf(kind)} ${target}。`,
  route: ({ target, kind }, corp, syncer) => `企业 ${corp} → ${placeOf(kind)} ${target}，同步器 ${syncer}。`,
  policy,
  mapping: (lines) => `由 \`mapping\` 指定，其余按默认填写：${lines.join('、')}。`,
  limit: ({ limit, total, bounds, isRaised }) => {
    const arithmetic = bounds.map(({ bound, count }) => boundOf(bound, count))
    const lowest = bounds.length > 1 ? `取 ${arithmetic.join('、')} 中的最小者` : `即 ${arithmetic.join('')}`
    const floor = isRaised ? '；但始终允许少量移除，最多为账号数的三分之一' : ''
    return `来自企业微信的账号共 ${grouped(total)} 个，每次运行最多移除 ${grouped(limit)} 个：${lowest}${floor}。`
  },
  asked: (removals) => (removals === 0 ? '本次没有移除。' : `本次需要移除 ${grouped(removals)} 个。`),
  withheld: (fields) =>
    `企业微信不向此应用返回${list(fields)}（2022 年 6 月之后创建的应用都是如此），已存储的值保持不变。`,
  personalData: (level, why) => levels[level](`\`personal-data: ${level}\`${reasons[why]}`),
}

function placeOf(kind: About['kind']): string {
  return kind === 'casdoor' ? 'Casdoor 组织' : '快照文件'
}

function boundOf(bound: Limit, count: number): string {
  return bound.kind === 'percent' ? `${bound.value}%（${grouped(count)}）` : grouped(count)
}

const levels: Readonly<Record<PersonalData, (setting: string) => string>> = {
  full: () => '姓名、手机和邮箱完整显示（`personal-data: full`）。',
  masked: (setting) => `手机和邮箱已打码（${setting}）；\`full\` 完整显示，\`hidden\` 只显示数量。`,
  hidden: (setting) => `此处不显示任何人的信息（${setting}）；\`masked\` 会显示姓名。`,
}

const reasons: Readonly<Record<PersonalDataReason, string>> = {
  set: '，由工作流设定',
  private: '，私有仓库的默认值',
  public: '，公开仓库的默认值，因为人人都能看到此页',
  unknown: '，这是默认值，因为 GitHub 没有说明仓库是否公开',
}

function policy({
  leavers,
  groups,
  notActivated,
  emptyValues,
  restore,
  matchBy,
  countryCode,
}: Policy): readonly string[] {
  return [
    {
      forbid: '企业微信中已不存在的人会被禁用：账号保留，但不能登录。',
      keep: '企业微信中已不存在的人只在报告中列出。',
      delete: '企业微信中已不存在的人会被删除。',
    }[leavers],
    ...(groups === 'none'
      ? []
      : ['部门对应 Casdoor 用户组，组名由组织、同步器名称和部门 ID 组成；其他用户组保持不变。']),
    {
      forbid: '尚未激活企业微信的人在激活之前保持禁用。',
      allow: '尚未激活企业微信的人可以登录。',
    }[notActivated],
    {
      own: '被手动禁用的账号保持禁用。',
      all: '在企业微信中已激活的人会重新启用，包括被手动禁用的账号。',
    }[restore],
    {
      keep: '企业微信没有返回的值不会覆盖已存储的值。',
      clear: '企业微信中为空的值会清空已存储的值。',
    }[emptyValues],
    matchBy.length === 0
      ? '手动创建的账号只有填写了企业微信 ID 才会被接管。'
      : `手动创建的账号也会按${list(
          matchBy.map((key) => (key === 'name' ? '用户名' : fieldName(key))),
          '或',
        )}接管。`,
    `不带 \`+\` 的手机号按 ${countryCode} 处理。`,
  ]
}
