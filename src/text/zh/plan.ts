import type { PlanProblem } from '../../model/problem.ts'
import { grouped, percentOf } from '../number.ts'
import type { CodeTable } from '../table.ts'
import type { ProblemText } from '../text.ts'
import { fieldName, keys } from './fields.ts'
import { list, listIds, persons } from './words.ts'

export const planProblems: CodeTable<PlanProblem, ProblemText> = {
  'phone-invalid': () => ({
    sentence: '企业微信中的手机号无效，因此未同步。',
    remedy: '请在企业微信中更正；如果多数号码属于其他国家/地区，请设置 `country-code`。',
  }),
  'value-shared': ({ field, holder }) => ({
    sentence: `该${fieldName(field)}已属于 ${holder}，因此未同步给此人。`,
    remedy: '请在企业微信中更正，或清除另一个账号上的值。',
  }),
  'forbidden-by-hand': () => ({
    sentence: '在企业微信中已激活，但账号在 Casdoor 中被手动禁用，因此保持禁用。',
    remedy: '请在 Casdoor 中启用，或设置 `restore: all`。',
  }),
  'leaver-kept': () => ({
    sentence: '企业微信中已无此人；按 `leavers: keep` 保留。',
    remedy: '请手动禁用该账号，或设置 `leavers: forbid`。',
  }),
  hidden: () => ({
    sentence: '仍在企业中，但已不在应用的可见范围内，账号保持不变。',
    remedy: '请把此人所在部门加入“应用管理 › 该应用 › 可见范围”。',
  }),
  'person-unread': () => ({
    sentence: '应用的可见范围中有此人，但企业微信没有返回其资料，账号保持不变。',
    remedy:
      '如果此人已离开，请从“应用管理 › 该应用 › 可见范围”中移除；设置 `wecom-contacts-secret` 即可确认。',
  }),
  protected: ({ administrator, changes }) => ({
    sentence: `${administrator ? '此账号是管理员' : '此账号列在 `protected-users` 中'}，不会被修改。否则将${otherwise(changes)}。`,
    remedy: '如果这项变更正确，请在 Casdoor 中手动完成。',
  }),
  'status-unknown': () => ({
    sentence: '企业微信没有返回可识别的状态，账号的禁用状态保持不变。',
    remedy: '请在企业微信管理后台查看此人。',
  }),
  'possible-rename': ({ userid }) => ({
    sentence: `可能就是 ${userid} 更换了账号：姓名和部门都相同。`,
    remedy: '如果确实如此，请设置 `match-by: phone` 或 `email`，沿用原账号而不是新建一个。',
  }),
  'sign-in-shared': ({ field, userid }) => ({
    sentence: `该账号（userid）同时是 ${userid} 的${field === 'phone' ? '手机号' : '邮箱'}：在 Casdoor 中只有其中一人能用它登录。`,
    remedy: '请让其中一人改用其他方式登录，或由管理员在企业微信中修改其账号。',
  }),
  'userid-invalid': () => ({
    sentence: '该账号（userid）不是企业微信的合法账号。',
    remedy: '请使用自建应用：其他类型的应用只能得到加密的 ID。',
  }),
  'match-several': ({ key, accounts }) => ({
    sentence: `多个账号的${keys[key]}都与此人相同：${list(accounts)}。未选择其中任何一个。`,
    remedy: '请在 Casdoor 中为正确的账号填写企业微信 ID，或清除其他账号的这一项。',
  }),
  'match-taken': ({ account, userid }) => ({
    sentence: `账号 ${account} 已属于 ${userid}。`,
    remedy: '如果它其实属于此人，请在 Casdoor 中清除其外部 ID，并填写此人的企业微信 ID。',
  }),
  'match-rivals': ({ key, account }) => ({
    sentence: `多个人的${keys[key]}都与账号 ${account} 相同。未关联到任何人。`,
    remedy: '请在 Casdoor 中为该账号填写正确人员的企业微信 ID。',
  }),
  'match-foreign': ({ account, externalId }) => ({
    sentence: `账号 ${account} 由其他系统管理，其外部 ID 为 ${externalId}。`,
    remedy: '如果今后由企业微信管理该账号，请在 Casdoor 中清除其外部 ID。',
  }),
  'name-taken': ({ account }) => ({
    sentence: `已存在名为 ${account} 的账号，且未与企业微信关联。`,
    remedy: '如果它属于此人，请设置 `match-by: name`，或在 Casdoor 中填写其企业微信 ID。',
  }),
  'field-withheld': ({ fields }) => ({
    sentence: `企业微信不向此应用返回${list(fields.map(fieldName))}，已存储的值保持不变。`,
    remedy: '2022 年 6 月之后创建的应用都是如此，只有更早的应用才能读取。',
  }),
  'mapping-unfilled': ({ from, field }) => ({
    sentence: `企业微信没有返回任何人的 ${from}，而 \`mapping\` 要用它填写“${fieldName(field)}”；已存储的值保持不变。`,
    remedy: '请在企业微信管理后台（成员资料）核对自定义字段的名称，并确认应用可以读取该字段。',
  }),
  'field-loss': ({ field, before, after }) => ({
    sentence: `“${fieldName(field)}”此前 ${points(before)} 的人有值，现在企业微信只对 ${points(after)} 的人返回。应用可能已无权读取，因此本次不修改该字段。`,
    remedy:
      '2022 年 6 月之后创建的应用读不到手机、邮箱、头像和性别：是否更换了应用或 Secret？请在企业微信管理后台核对该应用勾选的字段。',
  }),
  'range-change': ({ people, departments }) => ({
    sentence: `${persons(people)}连同其所在的全部部门（共 ${grouped(departments.length)} 个）一起消失。应用的可见范围缩小时就会出现这种情况。`,
    remedy: '请先检查“应用管理 › 该应用 › 可见范围”。',
  }),
  'one-by-one-gone': ({ people }) => ({
    sentence: `没有部门、单独可见的 ${persons(people)}全部消失，已没有其他单独可见的成员。可见范围中的成员和标签被移除，或不再设置 \`wecom-agent-id\` 时，就会出现这种情况。`,
    remedy: '请先检查“应用管理 › 该应用 › 可见范围”中的成员和标签，以及 `wecom-agent-id`。',
  }),
  exchange: ({ gone, owned, joining }) => ({
    sentence: `${persons(owned)}中有 ${persons(gone)}消失，同时将新增 ${persons(joining)}：这像是换了企业、测试通讯录，或换成了只能得到加密账号的其他类型应用。未新增也未移除任何人。`,
    remedy: '请先检查 `wecom-corp-id`，并确认使用的是自建应用的 Secret。',
  }),
  'over-limit': ({ removals, limit }) => ({
    sentence: `本次将有 ${persons(removals)}失去访问权限，而上限是 ${persons(limit)}。`,
    remedy: '如果这些人确已离开，请把 `approve` 设为任务摘要中的确认码后重新运行。',
  }),
  'fetch-doubtful': ({ removals }) => ({
    sentence: `企业微信的返回结果不完整，${grouped(removals)} 项移除无法确认。`,
    remedy: '请重新运行；批准不能代替完整的读取结果。',
  }),
  'approval-other': ({ by }) => ({
    sentence: `${by === 'approve' ? '`approve` 中' : '快照（`approved`）中'}的确认码与本次移除不符：名单此后已有变化。`,
    remedy: '请重新核对名单，然后批准新的确认码。',
  }),
  'approval-unused': () => ({
    sentence: '设置了 `approve`，但没有任何暂缓的移除。',
    remedy: '该参数已不再需要，请删除。',
  }),
  bug: ({ message }) => ({
    sentence: `本 Action 出现内部错误：${message}`,
    remedy: '请启用调试日志重新运行任务，并把日志反馈给我们。',
  }),
  'groups-kept': ({ why, groups }) =>
    keptGroups[why](`${grouped(groups.length)} 个用户组（${listIds(groups)}）`),
  'groups-over-limit': ({ groups, limit }) => ({
    sentence: `本次将停用或删除 ${grouped(groups)} 个部门已不存在的用户组，而上限是 ${grouped(limit)} 个。应用的可见范围缩小时就会出现这种情况。`,
    remedy:
      '请先检查“应用管理 › 该应用 › 可见范围”。如果这些部门确已撤销，请把 `approve` 设为任务摘要中的确认码后重新运行。',
  }),
  'memberships-over-limit': ({ memberships, limit }) => ({
    sentence: `本次将有 ${grouped(memberships)} 人次退出用户组且未加入其他用户组，而上限是 ${grouped(limit)} 人次。这些人暂留在原来的用户组。`,
    remedy: '如果组织架构确实有此调整，请把 `approve` 设为任务摘要中的确认码后重新运行。',
  }),
  'groups-wait': ({ groups, memberships }) => ({
    sentence: `${waiting(groups, memberships)}一并暂缓。`,
    remedy: '待离开的人员确认之后再执行。',
  }),
}

function points(value: number): string {
  return `${percentOf(value / 100)}%`
}

/** 若不受保护，账号会怎样：将被禁用，并更改职务。 */
function otherwise(changes: readonly string[]): string {
  const verbs = changes.flatMap((change) => passives[change] ?? [])
  const fields = changes.filter((change) => passives[change] === undefined).map(fieldName)
  return [...verbs, ...(fields.length > 0 ? [`更改${list(fields)}`] : [])].join('，并')
}

const passives: Readonly<Partial<Record<string, string>>> = {
  add: '新增账号',
  forbid: '被禁用',
  restore: '重新启用',
  delete: '被删除',
}

type GroupsKept = Extract<PlanProblem, { code: 'groups-kept' }>

const keptGroups: Readonly<Record<GroupsKept['why'], (groups: string) => ProblemText>> = {
  policy: (groups) => ({
    sentence: `${groups}对应的部门在企业微信中已不存在；按 \`leavers: keep\` 保留。`,
    remedy: '请手动停用，或设置 `leavers: forbid`。',
  }),
  hidden: (groups) => ({
    sentence: `${groups}对应的部门已不在应用的可见范围内，但其中的人仍在或可能仍在企业中，因此保持不变。`,
    remedy: '请把这些部门加入“应用管理 › 该应用 › 可见范围”。',
  }),
  'in-use': (groups) => ({
    sentence: `${groups}对应的部门在企业微信中已不存在，但组内还有其他用户或下级用户组，因此没有删除。`,
    remedy: '请在 Casdoor 中移出它们，下次运行会删除空的用户组。',
  }),
}

function waiting(groups: number, memberships: number): string {
  const some = [
    ...(groups > 0 ? [`${grouped(groups)} 个部门已不存在的用户组`] : []),
    ...(memberships > 0 ? [`此类用户组中 ${grouped(memberships)} 人次的退出`] : []),
  ]
  return some.join('，以及')
}
