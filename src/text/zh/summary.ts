import type { ChangeKind } from '../../model/plan.ts'
import { grouped } from '../number.ts'
import type { DepartmentChangeKind } from '../../model/department.ts'
import type { Column, CountName, Section, SummaryText, Tense } from '../text.ts'
import { keys } from './fields.ts'
import { duration, persons } from './words.ts'

const counts: Readonly<Record<CountName, Readonly<Record<Tense, string>>>> = {
  added: { done: '新增', planned: '将新增' },
  updated: { done: '更新', planned: '将更新' },
  forbidden: { done: '禁用', planned: '将禁用' },
  restored: { done: '恢复', planned: '将恢复' },
  deleted: { done: '删除', planned: '将删除' },
  held: { done: '暂缓', planned: '将暂缓' },
  skipped: { done: '跳过', planned: '将跳过' },
  failed: { done: '失败', planned: '失败' },
  unchanged: { done: '不变', planned: '不变' },
  groups: { done: '用户组变动', planned: '用户组将变动' },
}

const titles: Readonly<Record<Section, Readonly<Record<Tense, string>>>> = {
  consent: { done: '已批准的移除', planned: '请先核对这些移除' },
  held: { done: '已暂缓', planned: '将暂缓' },
  failed: { done: '失败', planned: '失败' },
  skipped: { done: '已跳过', planned: '将跳过' },
  hidden: { done: '不在可见范围内', planned: '不在可见范围内' },
  protected: { done: '受保护', planned: '受保护' },
  noted: { done: '值得留意', planned: '值得留意' },
  partly: { done: '部分写入', planned: '部分写入' },
  forbidden: { done: '已禁用', planned: '将禁用' },
  deleted: { done: '已删除', planned: '将删除' },
  restored: { done: '已恢复', planned: '将恢复' },
  added: { done: '已新增', planned: '将新增' },
  updated: { done: '已更新', planned: '将更新' },
  'groups-failed': { done: '失败的用户组', planned: '失败的用户组' },
  'groups-held': { done: '暂缓的用户组', planned: '将暂缓的用户组' },
}

const none = { done: '', planned: '' } as const

const intros: Readonly<Record<Section, Readonly<Record<Tense, string>>>> = {
  consent: none,
  held: none,
  failed: { done: '这些变更失败了，下次运行会重试。', planned: '' },
  skipped: {
    done: '无法确定对应的账号，因此保持不变。',
    planned: '无法确定对应的账号，因此将保持不变。',
  },
  hidden: {
    done: '仍在企业中，但企业微信应用已看不到他们。账号已保留。',
    planned: '仍在企业中，但企业微信应用已看不到他们。账号将保留。',
  },
  protected: {
    done: '这些账号不会被修改，此处只列出本来会发生的变更。',
    planned: '这些账号不会被修改，此处只列出本来会发生的变更。',
  },
  noted: none,
  partly: { done: '变更中有一部分被拒绝，其余均已写入。', planned: '' },
  forbidden: { done: '账号保留，但不能再登录。', planned: '账号将保留，但不能再登录。' },
  deleted: none,
  restored: { done: '这些人可以重新登录。', planned: '这些人将可以重新登录。' },
  added: none,
  updated: none,
  'groups-failed': { done: '下次运行会重试。', planned: '' },
  'groups-held': none,
}

const heads: Readonly<Record<Column, string>> = {
  person: '姓名',
  department: '部门',
  why: '原因',
  found: '情况',
  remedy: '处理办法',
  change: '变更内容',
  kind: '操作',
  people: '人数',
  state: '状态',
  groups: '用户组数',
  before: '变更前',
  after: '变更后',
}

const groupChange: Readonly<Record<DepartmentChangeKind, string>> = {
  added: '新增',
  removed: '删除',
  renamed: '改名',
  moved: '移动',
  disabled: '停用',
  enabled: '重新启用',
  repaired: '修复',
}

const changeKinds: Readonly<Record<ChangeKind, string>> = {
  add: '新增',
  update: '更新',
  forbid: '禁用',
  restore: '恢复',
  delete: '删除',
}

export const summary: SummaryText = {
  unnamedTarget: 'Casdoor',
  unnamedSnapshot: '快照',
  headline: {
    inStep: ({ target, source: kind }) => `${target} 已与${source(kind)}保持一致`,
    planned: ({ target }) => `若执行同步，${target} 将发生以下变化`,
    held: (count, others, tense) =>
      tense === 'planned'
        ? `${grouped(count)} 项移除将暂缓${others ? '，其余将照常执行' : ''}`
        : `${grouped(count)} 项移除已暂缓${others ? '，其余已执行' : ''}`,
    merging: ({ target }, isChange) =>
      isChange ? `合并后 ${target} 将发生以下变化` : `合并不会改变 ${target}`,
    partly: ({ target }, failed) => `${target} 有 ${grouped(failed)} 项变更失败，其余已执行`,
    cutShort: ({ target }, done, total) =>
      `${target} 的写入中途停止：已完成 ${grouped(done)} / ${grouped(total)} 项`,
    cancelled: ({ target }, done, total) =>
      `运行被取消：${target} 的变更已完成 ${grouped(done)} / ${grouped(total)} 项，其余由下次运行完成`,
    nothingDone: ({ target }, total) => `${target} 的 ${grouped(total)} 项变更全部失败`,
    stopped: ({ target }) => `运行已停止，${target} 未被写入`,
    stoppedLate: ({ target }) => `运行在写入 ${target} 之后停止`,
    checked: (total) => `${grouped(total)} 项检查全部通过`,
    checksFailed: (failed, total) => `${grouped(total)} 项检查中有 ${grouped(failed)} 项未通过`,
  },
  count: (name, count, tense) =>
    `${counts[name][tense]} ${name === 'groups' ? `${grouped(count)} 个` : persons(count)}`,
  column: (name, tense) => counts[name][tense],
  nothingToDo: '无需变更',
  nothingDone: '未执行任何变更',
  nothingWritten: '没有写入任何内容。',
  planOnly: '本次为 `mode: plan`，没有写入任何内容。',
  safeAgain: '没有写入任何内容。重新运行始终是安全的。',
  compared: (people, departments, read, write) =>
    `用时 ${duration(read)}比较了 ${departments === 0 ? '' : `${grouped(departments)} 个部门的 `}${persons(people)}${
      write === undefined ? '' : `，写入用时 ${duration(write)}`
    }。`,
  shortened: (leftOut, medium, runUrl) => {
    const place = medium === 'summary' ? '任务摘要' : 'GitHub 允许的'
    const where = runUrl === undefined ? '' : `[本次运行](${runUrl})的`
    return `受${place}大小限制，省略了 ${grouped(leftOut)} 行。数量是完整的，完整计划见${where}计划文件（输出 \`plan-file\`）。`
  },
  more: (count) => `……另有 ${grouped(count)} 行，见计划文件（输出 \`plan-file\`）。`,
  unfold: (shown, count) =>
    shown === count
      ? `展开全部 ${grouped(count)} 行`
      : `展开其中 ${grouped(shown)} 行（共 ${grouped(count)} 行）`,
  title: (section, tense, count) => `${titles[section][tense]}（${grouped(count)}）`,
  intro: (section, tense) => intros[section][tense],
  head: (column) => heads[column],
  changeKind: (kind) => changeKinds[kind],
  departmentAndBelow: (name, below) => `${name}及其下 ${grouped(below)} 个部门`,
  otherDepartments: (count) => `其他 ${grouped(count)} 个部门`,
  otherReasons: (count) => `其他 ${grouped(count)} 种原因`,
  otherFields: (count) => `其他 ${grouped(count)} 个字段`,
  noDepartment: '无部门',
  changed: '已更换',
  maskedAlike: '（打码部分不同）',
  nothing: '–',
  sameAsAbove: '同上',
  bookkeeping: '仅本同步器保存的记录',
  semicolon: '；',
  account: (name) => `账号 ${name}`,
  adopted: (key) => `接管已有账号（按${keys[key]}匹配）`,
  undeleted: '此前已被软删除',
  alreadyForbidden: '此前已被禁用',
  wasBefore: (status) => `此前${status}`,
  addedForbidden: '禁用',
  addedEnabled: '可以登录',
  approve: (people) =>
    people > 0
      ? '如果这些人确已离开，请设置以下参数并重新运行工作流。它只批准这些移除：'
      : '如果组织架构确实有此变化，请设置以下参数并重新运行工作流。它只批准这些变更：',
  consent: (by, count, tense) => {
    switch (by) {
      case 'review':
        return `合并即批准移除这 ${grouped(count)} 人，且仅限这些人。如有不妥，请勿合并。以下确认码将写入快照：`
      case 'snapshot':
        return `快照通过以下确认码批准移除这 ${grouped(count)} 人${tense === 'planned' ? '，合并后执行' : ''}：`
      case 'approve':
        return `参数 \`approve\` 批准移除的正是这 ${grouped(count)} 人：`
    }
  },
  unreached: (count) => `还有 ${grouped(count)} 项变更未执行，下次运行只处理剩余的部分。`,
  groupChange,
}

function source(kind: 'wecom' | 'snapshot'): string {
  return kind === 'wecom' ? '企业微信' : '快照'
}
