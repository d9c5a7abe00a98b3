import { grouped } from '../number.ts'
import type { GroupPlanProblem, GroupProblem } from '../en/groups.ts'
import type { Said } from '../text.ts'
import { ids, persons } from './words.ts'

/** Casdoor 如何处理用户组。 */
export function aboutGroups(problem: GroupProblem): Said {
  switch (problem.code) {
    case 'casdoor-group-gone':
      return {
        sentence: `用户组 ${problem.group} 在运行期间被从 Casdoor 中删除。`,
        remedy: '无需处理，下次运行会重新创建。',
      }
    case 'casdoor-group-taken':
      return {
        sentence: `此 Casdoor 的另一个组织已有用户组 ${problem.group}，而用户组名在所有组织之间必须唯一。`,
        remedy: '请换一个 `syncer-name`，或在 Casdoor 中重命名该用户组。',
      }
    case 'casdoor-group-parent':
      return {
        sentence: `其上级用户组 ${problem.group} 未能写入，因此该组保持原样。`,
        remedy: '请先处理上级用户组的问题，下次运行会继续。',
      }
    case 'casdoor-groups-missing':
      return {
        sentence: `有用户组未能创建，${persons(problem.people)}暂未加入：${ids(problem.groups)}。`,
        remedy: '下次运行创建用户组后，会自动加入。',
      }
    case 'casdoor-group-other-corp':
      return {
        sentence: `用户组 ${problem.group} 属于企业 ${problem.corpId}，它的同步器也名为 ${problem.syncer}。两者会争用同一批用户组，因此没有写入任何内容。`,
        remedy: '请为每个企业使用不同的 `syncer-name`。',
      }
  }
}

/** 计划中与用户组整体有关的情况。 */
export function aboutGroupPlan(problem: GroupPlanProblem): Said {
  switch (problem.code) {
    case 'groups-kept': {
      const groups = `${grouped(problem.groups.length)} 个用户组（${ids(problem.groups)}）`
      return {
        policy: {
          sentence: `${groups}对应的部门在企业微信中已不存在；按 \`leavers: keep\` 保留。`,
          remedy: '请手动停用，或设置 `leavers: forbid`。',
        },
        hidden: {
          sentence: `${groups}对应的部门已不在应用的可见范围内，但其中的人仍在或可能仍在企业中，因此保持不变。`,
          remedy: '请把这些部门加入「应用管理 › 该应用 › 可见范围」。',
        },
        'in-use': {
          sentence: `${groups}对应的部门在企业微信中已不存在，但组内还有其他用户或下级用户组，因此没有删除。`,
          remedy: '请在 Casdoor 中移出它们，下次运行会删除空的用户组。',
        },
      }[problem.why]
    }
    case 'groups-over-limit':
      return {
        sentence: `本次将停用或删除 ${grouped(problem.groups)} 个用户组，其部门已不存在，而上限是 ${grouped(problem.limit)} 个。应用的可见范围被缩小时正是这种情形。`,
        remedy:
          '请先检查「应用管理 › 该应用 › 可见范围」。如果这些部门确已撤销，请把 `approve` 设为作业摘要中的摘要值后重新运行。',
      }
    case 'memberships-over-limit':
      return {
        sentence: `本次将有 ${grouped(problem.memberships)} 人次退出用户组且未加入其他用户组，而上限是 ${grouped(problem.limit)} 人次。这些人暂留在原来的用户组。`,
        remedy: '如果组织架构确有此调整，请把 `approve` 设为作业摘要中的摘要值后重新运行。',
      }
    case 'groups-wait':
      return {
        sentence: `${waiting(problem)}一并暂缓。`,
        remedy: '待离开人员确认之后再继续。',
      }
  }
}

function waiting({ groups, memberships }: Extract<GroupPlanProblem, { code: 'groups-wait' }>): string {
  const some = [
    ...(groups > 0 ? [`${grouped(groups)} 个部门已不存在的用户组`] : []),
    ...(memberships > 0 ? [`此类用户组中 ${grouped(memberships)} 人次的退出`] : []),
  ]
  return some.join('，以及')
}
