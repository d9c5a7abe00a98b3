import type { PlanProblem } from '../../model/problem.ts'
import { grouped, percentOf } from '../number.ts'
import type { Said } from '../text.ts'
import { field, fieldByName, keys } from './fields.ts'
import type { GroupPlanProblem } from '../en/groups.ts'
import { aboutGroupPlan } from './groups.ts'
import { list, persons } from './words.ts'

type PersonCode =
  | 'phone-invalid'
  | 'value-shared'
  | 'forbidden-by-hand'
  | 'leaver-kept'
  | 'hidden'
  | 'person-unread'
  | 'protected'
  | 'status-unknown'
  | 'possible-rename'
  | 'userid-invalid'
type MatchCode = 'match-several' | 'match-taken' | 'match-rivals' | 'match-foreign' | 'name-taken'

export function plan(problem: PlanProblem): Said {
  switch (problem.code) {
    case 'match-several':
    case 'match-taken':
    case 'match-rivals':
    case 'match-foreign':
    case 'name-taken':
      return aboutMatch(problem)
    case 'field-withheld':
    case 'mapping-unfilled':
    case 'field-loss':
    case 'range-change':
    case 'one-by-one-gone':
    case 'over-limit':
    case 'fetch-doubtful':
    case 'approval-other':
    case 'approval-unused':
    case 'bug':
      return aboutRun(problem)
    case 'groups-kept':
    case 'groups-over-limit':
    case 'memberships-over-limit':
    case 'groups-wait':
      return aboutGroupPlan(problem)
    default:
      return aboutPerson(problem)
  }
}

function aboutMatch(problem: Extract<PlanProblem, { code: MatchCode }>): Said {
  switch (problem.code) {
    case 'match-several':
      return {
        sentence: `多个账号的${keys[problem.key]}都与此人相同：${list(problem.accounts)}。没有擅自选择。`,
        remedy: '请在 Casdoor 中为正确的账号填写企业微信 ID，或清除其他账号的该项。',
      }
    case 'match-taken':
      return {
        sentence: `账号 ${problem.account} 已属于 ${problem.userid}。`,
        remedy: '如果它其实属于此人，请在 Casdoor 中清除其外部 ID，并填写此人的企业微信 ID。',
      }
    case 'match-rivals':
      return {
        sentence: `多个人的${keys[problem.key]}都与账号 ${problem.account} 相同。没有分配给任何人。`,
        remedy: '请在 Casdoor 中为该账号填写正确的企业微信 ID。',
      }
    case 'match-foreign':
      return {
        sentence: `账号 ${problem.account} 由其他系统管理，其外部 ID 为 ${problem.externalId}。`,
        remedy: '如果今后由企业微信管理该账号，请在 Casdoor 中清除其外部 ID。',
      }
    case 'name-taken':
      return {
        sentence: `已存在名为 ${problem.account} 的账号，且未与企业微信关联。`,
        remedy: '如果它属于此人，请设置 `match-by: name`，或在 Casdoor 中填写其企业微信 ID。',
      }
  }
}

function aboutPerson(problem: Extract<PlanProblem, { code: PersonCode }>): Said {
  switch (problem.code) {
    case 'phone-invalid':
      return {
        sentence: '企业微信中的手机号无效，其余信息照常同步。',
        remedy: '请在企业微信中更正；如果多数号码属于其他国家/地区，请设置 `country-code`。',
      }
    case 'value-shared':
      return {
        sentence: `该${field(problem.field)}已属于 ${problem.holder}，此人的其余信息照常同步。`,
        remedy: '请在企业微信中更正，或清除另一个账号上的值。',
      }
    case 'forbidden-by-hand':
      return {
        sentence: '在企业微信中为已激活，但账号在 Casdoor 中被人工禁用，因此保持禁用。',
        remedy: '请在 Casdoor 中启用，或设置 `restore: all`。',
      }
    case 'leaver-kept':
      return {
        sentence: '企业微信中已无此人；按 `leavers: keep` 保留。',
        remedy: '请手动禁用该账号，或设置 `leavers: forbid`。',
      }
    case 'hidden':
      return {
        sentence: '仍在企业中，但已不在应用的可见范围内，账号保持不变。',
        remedy: '请把此人所在部门加入「应用管理 › 该应用 › 可见范围」。',
      }
    case 'person-unread':
      return {
        sentence: '应用的可见范围中有此人，但企业微信没有返回其资料，账号保持不变。',
        remedy:
          '如果此人已离开，请把其从「应用管理 › 该应用 › 可见范围」中移除；设置 `wecom-contacts-secret` 可以确认。',
      }
    case 'protected':
      return {
        sentence: `${problem.administrator ? '此账号是管理员' : '此账号列在 `protected-users` 中'}，不会被写入。否则将${otherwise(problem.changes)}。`,
        remedy: '如果改动是对的，请在 Casdoor 中手动完成。',
      }
    case 'status-unknown':
      return {
        sentence: '企业微信没有返回可识别的状态，账号的禁用状态保持不变。',
        remedy: '请在企业微信管理后台查看此人。',
      }
    case 'possible-rename':
      return {
        sentence: `可能就是 ${problem.userid} 更换了账号：姓名和部门都相同。`,
        remedy: '如果确实如此，请设置 `match-by: phone` 或 `email`，沿用原账号而不是新建一个。',
      }
    case 'userid-invalid':
      return {
        sentence: '该账号（userid）不是企业微信的合法账号。',
        remedy: '请使用自建应用：其他类型的应用只能得到加密的 ID。',
      }
  }
}

function aboutRun(
  problem: Exclude<PlanProblem, { code: PersonCode | MatchCode | GroupPlanProblem['code'] }>,
): Said {
  switch (problem.code) {
    case 'field-withheld':
      return {
        sentence: `企业微信不向此应用返回${list(problem.fields.map(field))}，已存储的值保持不变。`,
        remedy: '2022 年 6 月之后创建的应用都是如此，只有更早的应用才能读取。',
      }
    case 'mapping-unfilled':
      return {
        sentence: `企业微信没有返回任何人的 ${problem.from}，而 \`mapping\` 要用它填写「${field(problem.field)}」；已存储的值保持不变。`,
        remedy: '请在企业微信管理后台（成员资料）核对自定义字段的名称，并确认应用可以读取该字段。',
      }
    case 'field-loss':
      return {
        sentence: `「${field(problem.field)}」此前 ${points(problem.before)} 的人有值，现在企业微信只对 ${points(problem.after)} 的人返回。应用可能已无权读取，本次不处理该字段。`,
        remedy:
          '2022 年 6 月之后创建的应用读不到手机、邮箱、头像和性别：是否更换了应用或 Secret？请在企业微信管理后台核对该应用勾选的字段。',
      }
    case 'range-change':
      return {
        sentence: `${persons(problem.people)}连同其所在的全部部门（共 ${grouped(problem.departments.length)} 个）一起消失。应用的可见范围被缩小时正是这种情形。`,
        remedy: '请先检查「应用管理 › 该应用 › 可见范围」。',
      }
    case 'one-by-one-gone':
      return {
        sentence: `没有部门、单独可见的 ${persons(problem.people)}全部消失，此类成员一个不剩。可见范围中的成员和标签被移除，或不再设置 \`wecom-agent-id\` 时，正是这种情形。`,
        remedy: '请先检查「应用管理 › 该应用 › 可见范围」中的成员和标签，以及 `wecom-agent-id`。',
      }
    case 'over-limit':
      return {
        sentence: `本次将有 ${persons(problem.removals)}失去访问权限，而上限是 ${persons(problem.limit)}。`,
        remedy: '如果这些人确已离开，请把 `approve` 设为作业摘要中的摘要值后重新运行。',
      }
    case 'fetch-doubtful':
      return {
        sentence: `企业微信的返回结果不完整，${grouped(problem.removals)} 项移除无法确认。`,
        remedy: '请重新运行；批准不能代替完整的读取结果。',
      }
    case 'approval-other':
      return {
        sentence: `${problem.by === 'approve' ? '`approve` 中' : '快照（`approved`）中'}的摘要值与这批人不符：名单此后已有变化。`,
        remedy: '请重新核对名单，然后批准新的摘要值。',
      }
    case 'approval-unused':
      return {
        sentence: '设置了 `approve`，但没有任何待批准的移除。',
        remedy: '它已完成使命，请删除该参数。',
      }
    case 'bug':
      return {
        sentence: `本 Action 出现内部错误：${problem.message}`,
        remedy: '请启用调试日志重新运行作业，并把日志反馈给我们。',
      }
  }
}

function points(value: number): string {
  return `${percentOf(value / 100)}%`
}

/** 若不受保护，账号会怎样：将被禁用，并更改职务。 */
function otherwise(changes: readonly string[]): string {
  const deeds = changes.flatMap((change) => passives[change] ?? [])
  const fields = changes.filter((change) => passives[change] === undefined).map(fieldByName)
  return [...deeds, ...(fields.length > 0 ? [`更改${list(fields)}`] : [])].join('，并')
}

const passives: Readonly<Partial<Record<string, string>>> = {
  add: '新增账号',
  forbid: '被禁用',
  restore: '重新启用',
  delete: '被删除',
}
