import type { CasdoorProblem, PlanProblem } from '../../model/problem.ts'
import type { Said } from '../text.ts'
import { ids, list, many } from './words.ts'

export type GroupProblem = Extract<CasdoorProblem, { code: `casdoor-group${string}` }>
export type GroupPlanProblem = Extract<
  PlanProblem,
  { code: 'groups-kept' | 'groups-over-limit' | 'memberships-over-limit' | 'groups-wait' }
>

/** What Casdoor does with groups. */
export function aboutGroups(problem: GroupProblem): Said {
  switch (problem.code) {
    case 'casdoor-group-gone':
      return {
        sentence: `The group ${problem.group} was deleted in Casdoor during this run.`,
        remedy: 'Nothing has to be done: the next run makes it again.',
      }
    case 'casdoor-group-taken':
      return {
        sentence: `Another organization of this Casdoor has a group ${problem.group}, and names of groups are unique over all organizations.`,
        remedy: 'Choose another `syncer-name`, or rename that group in Casdoor.',
      }
    case 'casdoor-group-parent':
      return {
        sentence: `The group above it, ${problem.group}, could not be written, so this one was left as it is.`,
        remedy: 'Mend what is said of that group; the next run goes on from there.',
      }
    case 'casdoor-groups-missing':
      return {
        sentence: `${many(problem.people, 'person was', 'people were')} written without groups that could not be made: ${ids(problem.groups)}.`,
        remedy: 'The next run that makes the groups puts them in.',
      }
    case 'casdoor-group-other-corp':
      return {
        sentence: `The group ${problem.group} belongs to the corp ${problem.corpId}, which is also kept by a syncer named ${problem.syncer}. Nothing was written, since the two would take each other’s groups.`,
        remedy: 'Give each corp a `syncer-name` of its own.',
      }
  }
}

/** What the plan says of groups as a whole. */
export function aboutGroupPlan(problem: GroupPlanProblem): Said {
  switch (problem.code) {
    case 'groups-kept': {
      const groups = `${many(problem.groups.length, 'group')} (${ids(problem.groups)})`
      return {
        policy: {
          sentence: `The departments of ${groups} are gone from WeCom; kept, because of \`leavers: keep\`.`,
          remedy: 'Switch them off by hand, or set `leavers: forbid`.',
        },
        hidden: {
          sentence: `The departments of ${groups} are out of the app’s visible range (可见范围), but people in them are still in the company, or may be; kept as they are.`,
          remedy: 'Add the departments under 应用管理 › the app › 可见范围.',
        },
        'in-use': {
          sentence: `The departments of ${groups} are gone from WeCom, but other people or groups are still in them, so they were not deleted.`,
          remedy: 'Take those out in Casdoor; the next run deletes what is empty.',
        },
      }[problem.why]
    }
    case 'groups-over-limit':
      return {
        sentence: `${many(problem.groups, 'group')} of departments that are gone would be switched off or deleted in one run; the limit is ${problem.limit}. A narrowed visible range (可见范围) of the WeCom app looks just like that.`,
        remedy:
          'First check the visible range under 应用管理 › the app › 可见范围. If the departments really went, run again with `approve` set to the digest in the job summary.',
      }
    case 'memberships-over-limit':
      return {
        sentence: `${many(problem.memberships, 'place')} in groups would be lost in one run, by people who come into no other group for it; the limit is ${problem.limit}. They stay in their groups.`,
        remedy:
          'If the company was really reorganized so, run again with `approve` set to the digest in the job summary.',
      }
    case 'groups-wait':
      return {
        sentence: `${waiting(problem)} held back with them.`,
        remedy: 'They follow once it is settled who has left.',
      }
  }
}

function waiting({ groups, memberships }: Extract<GroupPlanProblem, { code: 'groups-wait' }>): string {
  const some = [
    ...(groups > 0 ? [`${many(groups, 'group')} of departments that are gone`] : []),
    ...(memberships > 0 ? [`${many(memberships, 'place')} in groups of such departments`] : []),
  ]
  return `${list(some)} ${groups + memberships === 1 ? 'is' : 'are'}`
}
