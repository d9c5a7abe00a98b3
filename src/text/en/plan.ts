import type { PlanProblem } from '../../model/problem.ts'
import { grouped } from '../number.ts'
import type { Said } from '../text.ts'
import { field, fieldByName, keys } from './fields.ts'
import { aboutGroupPlan, type GroupPlanProblem } from './groups.ts'
import { list, many, percent } from './words.ts'

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
        sentence: `Several accounts have this ${keys[problem.key]}: ${list(problem.accounts)}. None was chosen.`,
        remedy: 'Set the WeCom id of the right one in Casdoor, or clear it in the others.',
      }
    case 'match-taken':
      return {
        sentence: `The account ${problem.account} already belongs to ${problem.userid}.`,
        remedy: 'If it is this person’s, clear its external id and set its WeCom id in Casdoor.',
      }
    case 'match-rivals':
      return {
        sentence: `Several people have the ${keys[problem.key]} of the account ${problem.account}. Nobody was given it.`,
        remedy: 'Set the WeCom id of the right person on that account in Casdoor.',
      }
    case 'match-foreign':
      return {
        sentence: `The account ${problem.account} is managed by another system, which set its external id to ${problem.externalId}.`,
        remedy: 'Clear the external id in Casdoor if WeCom shall manage this account from now on.',
      }
    case 'name-taken':
      return {
        sentence: `An account named ${problem.account} exists and is not linked to WeCom.`,
        remedy: 'If it is this person’s, set `match-by: name`, or set its WeCom id in Casdoor.',
      }
  }
}

function aboutPerson(problem: Extract<PlanProblem, { code: PersonCode }>): Said {
  switch (problem.code) {
    case 'phone-invalid':
      return {
        sentence: 'The phone number in WeCom is not valid; the person goes on without it.',
        remedy: 'Correct it in WeCom, or set `country-code` if most numbers are of another country.',
      }
    case 'value-shared':
      return {
        sentence: `The ${field(problem.field)} already belongs to ${problem.holder}; this person goes on without it.`,
        remedy: 'Correct it in WeCom, or clear it on the other account.',
      }
    case 'forbidden-by-hand':
      return {
        sentence: 'Active in WeCom, but somebody forbade the account in Casdoor by hand; it stays forbidden.',
        remedy: 'Enable it in Casdoor, or set `restore: all`.',
      }
    case 'leaver-kept':
      return {
        sentence: 'No longer in WeCom; kept, because of `leavers: keep`.',
        remedy: 'Forbid the account by hand, or set `leavers: forbid`.',
      }
    case 'hidden':
      return {
        sentence: 'Still in the company, but outside the app’s visible range (可见范围); kept as it is.',
        remedy: 'Add the person’s department under 应用管理 › the app › 可见范围.',
      }
    case 'person-unread':
      return {
        sentence:
          'The visible range (可见范围) of the app names this person, but WeCom does not show them; kept as they are.',
        remedy:
          'If they have left, take them out of 应用管理 › the app › 可见范围. `wecom-contacts-secret` would settle it.',
      }
    case 'protected':
      return {
        sentence: `${problem.administrator ? 'An administrator' : 'Named in `protected-users`'}, and so never written to. Otherwise the account would be ${otherwise(problem.changes)}.`,
        remedy: 'Make the change by hand in Casdoor, if it is right.',
      }
    case 'status-unknown':
      return {
        sentence: 'WeCom tells no status that is known; whether the account is forbidden was left as it is.',
        remedy: 'Look at the person in the WeCom console.',
      }
    case 'possible-rename':
      return {
        sentence: `Perhaps ${problem.userid} under a new userid: same name, same department.`,
        remedy:
          'If so, set `match-by: phone` or `email`, so that the account goes over instead of a second one.',
      }
    case 'userid-invalid':
      return {
        sentence: 'The userid is not one that WeCom gives.',
        remedy: 'Use a self-built app (自建应用): other kinds get encrypted ids.',
      }
  }
}

function aboutRun(
  problem: Exclude<PlanProblem, { code: PersonCode | MatchCode | GroupPlanProblem['code'] }>,
): Said {
  switch (problem.code) {
    case 'field-withheld':
      return {
        sentence: `WeCom sends no ${list(problem.fields.map(field), 'or')} to this app; stored values are kept.`,
        remedy: 'That is usual for apps made after June 2022; only older ones get them.',
      }
    case 'mapping-unfilled':
      return {
        sentence: `WeCom sends nobody’s ${problem.from}, which \`mapping\` puts into ${field(problem.field)}; stored values are kept.`,
        remedy:
          'Check the name of a custom field in the WeCom console (成员资料), and that the app may read the field.',
      }
    case 'field-loss':
      return {
        sentence: `The ${field(problem.field)} was known for ${percent(problem.before / 100)} of the people, and WeCom now sends it for ${percent(problem.after / 100)}. The app may no longer read it, so the field is left alone in this run.`,
        remedy:
          'Apps made after June 2022 get no phone, e-mail, avatar or gender: did the app or its secret change? Compare the fields ticked on its page in the WeCom console.',
      }
    case 'range-change':
      return {
        sentence: `${many(problem.people, 'person is', 'people are')} gone together with every department they were in (${many(problem.departments.length, 'department')}). A narrowed visible range (可见范围) of the WeCom app looks just like that.`,
        remedy: 'First check the range under 应用管理 › the app › 可见范围.',
      }
    case 'one-by-one-gone':
      return {
        sentence: `${many(problem.people, 'person', 'people')} without a department, whom the app saw one by one, ${problem.people === 1 ? 'is' : 'are'} gone, and nobody of that kind is left. People and tags taken out of the visible range (可见范围), or a \`wecom-agent-id\` that is no longer set, look just like that.`,
        remedy: 'First check people and tags under 应用管理 › the app › 可见范围, and `wecom-agent-id`.',
      }
    case 'over-limit':
      return {
        sentence: `${many(problem.removals, 'person', 'people')} would lose access in one run; the limit is ${grouped(problem.limit)}.`,
        remedy: 'If these people really left, run again with `approve` set to the digest in the job summary.',
      }
    case 'fetch-doubtful':
      return {
        sentence: `The answer of WeCom was not complete, so ${many(problem.removals, 'removal')} could not be proved.`,
        remedy: 'Run again; an approval cannot stand in for a complete answer.',
      }
    case 'approval-other':
      return {
        sentence: `The digest in ${problem.by === 'approve' ? '`approve`' : 'the snapshot (`approved`)'} is not the one of these people: who would go has changed since.`,
        remedy: 'Look at the people again, and approve the new digest.',
      }
    case 'approval-unused':
      return {
        sentence: '`approve` is set, but nothing is held back.',
        remedy: 'Remove the input: it has done its work.',
      }
    case 'bug':
      return {
        sentence: `This action has a fault: ${problem.message}`,
        remedy: 'Please report it with the debug log (run the job again with debug logging switched on).',
      }
  }
}

/** What would happen to an account: it would be forbidden, changed in its title. */
function otherwise(changes: readonly string[]): string {
  const deeds = changes.flatMap((change) => participles[change] ?? [])
  const fields = changes.filter((change) => participles[change] === undefined).map(fieldByName)
  return list([...deeds, ...(fields.length > 0 ? [`changed in ${list(fields)}`] : [])])
}

const participles: Readonly<Partial<Record<string, string>>> = {
  add: 'added',
  forbid: 'forbidden',
  restore: 'enabled again',
  delete: 'deleted',
}
