import type { PlanProblem } from '../../model/problem.ts'
import { grouped } from '../number.ts'
import type { CodeTable } from '../table.ts'
import type { ProblemText } from '../text.ts'
import { fieldName, keys } from './fields.ts'
import { list, listIds, many, percent } from './words.ts'

export const planProblems: CodeTable<PlanProblem, ProblemText> = {
  'phone-invalid': () => ({
    sentence: 'The phone number in WeCom is not valid; the person goes on without it.',
    remedy: 'Correct it in WeCom, or set `country-code` if most numbers are of another country.',
  }),
  'value-shared': ({ field, holder }) => ({
    sentence: `The ${fieldName(field)} already belongs to ${holder}; this person goes on without it.`,
    remedy: 'Correct it in WeCom, or clear it on the other account.',
  }),
  'forbidden-by-hand': () => ({
    sentence: 'Active in WeCom, but somebody forbade the account in Casdoor by hand; it stays forbidden.',
    remedy: 'Enable it in Casdoor, or set `restore: all`.',
  }),
  'leaver-kept': () => ({
    sentence: 'No longer in WeCom; kept, because of `leavers: keep`.',
    remedy: 'Forbid the account by hand, or set `leavers: forbid`.',
  }),
  hidden: () => ({
    sentence: 'Still in the company, but outside the app’s visible range (可见范围); kept as it is.',
    remedy: 'Add the person’s department under 应用管理 › the app › 可见范围.',
  }),
  'person-unread': () => ({
    sentence:
      'The visible range (可见范围) of the app names this person, but WeCom does not show them; kept as they are.',
    remedy:
      'If they have left, take them out of 应用管理 › the app › 可见范围. `wecom-contacts-secret` would settle it.',
  }),
  protected: ({ administrator, changes }) => ({
    sentence: `${administrator ? 'An administrator' : 'Named in `protected-users`'}, and so never written to. Otherwise the account would be ${otherwise(changes)}.`,
    remedy: 'Make the change by hand in Casdoor, if it is right.',
  }),
  'status-unknown': () => ({
    sentence: 'WeCom tells no status that is known; whether the account is forbidden was left as it is.',
    remedy: 'Look at the person in the WeCom console.',
  }),
  'possible-rename': ({ userid }) => ({
    sentence: `Perhaps ${userid} under a new userid: same name, same department.`,
    remedy: 'If so, set `match-by: phone` or `email`, so that the account goes over instead of a second one.',
  }),
  'userid-invalid': () => ({
    sentence: 'The userid is not one that WeCom gives.',
    remedy: 'Use a self-built app (自建应用): other kinds get encrypted ids.',
  }),
  'match-several': ({ key, accounts }) => ({
    sentence: `Several accounts have this ${keys[key]}: ${list(accounts)}. None was chosen.`,
    remedy: 'Set the WeCom id of the right one in Casdoor, or clear it in the others.',
  }),
  'match-taken': ({ account, userid }) => ({
    sentence: `The account ${account} already belongs to ${userid}.`,
    remedy: 'If it is this person’s, clear its external id and set its WeCom id in Casdoor.',
  }),
  'match-rivals': ({ key, account }) => ({
    sentence: `Several people have the ${keys[key]} of the account ${account}. Nobody was given it.`,
    remedy: 'Set the WeCom id of the right person on that account in Casdoor.',
  }),
  'match-foreign': ({ account, externalId }) => ({
    sentence: `The account ${account} is managed by another system, which set its external id to ${externalId}.`,
    remedy: 'Clear the external id in Casdoor if WeCom shall manage this account from now on.',
  }),
  'name-taken': ({ account }) => ({
    sentence: `An account named ${account} exists and is not linked to WeCom.`,
    remedy: 'If it is this person’s, set `match-by: name`, or set its WeCom id in Casdoor.',
  }),
  'field-withheld': ({ fields }) => ({
    sentence: `WeCom sends no ${list(fields.map(fieldName), 'or')} to this app; stored values are kept.`,
    remedy: 'That is usual for apps made after June 2022; only older ones get them.',
  }),
  'mapping-unfilled': ({ from, field }) => ({
    sentence: `WeCom sends nobody’s ${from}, which \`mapping\` puts into ${fieldName(field)}; stored values are kept.`,
    remedy:
      'Check the name of a custom field in the WeCom console (成员资料), and that the app may read the field.',
  }),
  'field-loss': ({ field, before, after }) => ({
    sentence: `The ${fieldName(field)} was known for ${percent(before / 100)} of the people, and WeCom now sends it for ${percent(after / 100)}. The app may no longer read it, so the field is left alone in this run.`,
    remedy:
      'Apps made after June 2022 get no phone, e-mail, avatar or gender: did the app or its secret change? Compare the fields ticked on its page in the WeCom console.',
  }),
  'range-change': ({ people, departments }) => ({
    sentence: `${many(people, 'person is', 'people are')} gone together with every department they were in (${many(departments.length, 'department')}). A narrowed visible range (可见范围) of the WeCom app looks just like that.`,
    remedy: 'First check the range under 应用管理 › the app › 可见范围.',
  }),
  'one-by-one-gone': ({ people }) => ({
    sentence: `${many(people, 'person', 'people')} without a department, whom the app saw one by one, ${people === 1 ? 'is' : 'are'} gone, and nobody of that kind is left. People and tags taken out of the visible range (可见范围), or a \`wecom-agent-id\` that is no longer set, look just like that.`,
    remedy: 'First check people and tags under 应用管理 › the app › 可见范围, and `wecom-agent-id`.',
  }),
  'over-limit': ({ removals, limit }) => ({
    sentence: `${many(removals, 'person', 'people')} would lose access in one run; the limit is ${grouped(limit)}.`,
    remedy: 'If these people really left, run again with `approve` set to the digest in the job summary.',
  }),
  'fetch-doubtful': ({ removals }) => ({
    sentence: `The answer of WeCom was not complete, so ${many(removals, 'removal')} could not be proved.`,
    remedy: 'Run again; an approval cannot stand in for a complete answer.',
  }),
  'approval-other': ({ by }) => ({
    sentence: `The digest in ${by === 'approve' ? '`approve`' : 'the snapshot (`approved`)'} is not the one of these people: who would go has changed since.`,
    remedy: 'Look at the people again, and approve the new digest.',
  }),
  'approval-unused': () => ({
    sentence: '`approve` is set, but nothing is held back.',
    remedy: 'Remove the input: it has done its work.',
  }),
  bug: ({ message }) => ({
    sentence: `This action has a fault: ${message}`,
    remedy: 'Please report it with the debug log (run the job again with debug logging switched on).',
  }),
  'groups-kept': ({ why, groups }) => keptGroups[why](`${many(groups.length, 'group')} (${listIds(groups)})`),
  'groups-over-limit': ({ groups, limit }) => ({
    sentence: `${many(groups, 'group')} of departments that are gone would be switched off or deleted in one run; the limit is ${limit}. A narrowed visible range (可见范围) of the WeCom app looks just like that.`,
    remedy:
      'First check the visible range under 应用管理 › the app › 可见范围. If the departments really went, run again with `approve` set to the digest in the job summary.',
  }),
  'memberships-over-limit': ({ memberships, limit }) => ({
    sentence: `${many(memberships, 'place')} in groups would be lost in one run, by people who come into no other group for it; the limit is ${limit}. They stay in their groups.`,
    remedy:
      'If the company was really reorganized so, run again with `approve` set to the digest in the job summary.',
  }),
  'groups-wait': ({ groups, memberships }) => ({
    sentence: `${waiting(groups, memberships)} held back with them.`,
    remedy: 'They follow once it is settled who has left.',
  }),
}

/** What would happen to an account: it would be forbidden, changed in its title. */
function otherwise(changes: readonly string[]): string {
  const verbs = changes.flatMap((change) => participles[change] ?? [])
  const fields = changes.filter((change) => participles[change] === undefined).map(fieldName)
  return list([...verbs, ...(fields.length > 0 ? [`changed in ${list(fields)}`] : [])])
}

const participles: Readonly<Partial<Record<string, string>>> = {
  add: 'added',
  forbid: 'forbidden',
  restore: 'enabled again',
  delete: 'deleted',
}

type GroupsKept = Extract<PlanProblem, { code: 'groups-kept' }>

const keptGroups: Readonly<Record<GroupsKept['why'], (groups: string) => ProblemText>> = {
  policy: (groups) => ({
    sentence: `The departments of ${groups} are gone from WeCom; kept, because of \`leavers: keep\`.`,
    remedy: 'Switch them off by hand, or set `leavers: forbid`.',
  }),
  hidden: (groups) => ({
    sentence: `The departments of ${groups} are out of the app’s visible range (可见范围), but people in them are still in the company, or may be; kept as they are.`,
    remedy: 'Add the departments under 应用管理 › the app › 可见范围.',
  }),
  'in-use': (groups) => ({
    sentence: `The departments of ${groups} are gone from WeCom, but other people or groups are still in them, so they were not deleted.`,
    remedy: 'Take those out in Casdoor; the next run deletes what is empty.',
  }),
}

function waiting(groups: number, memberships: number): string {
  const some = [
    ...(groups > 0 ? [`${many(groups, 'group')} of departments that are gone`] : []),
    ...(memberships > 0 ? [`${many(memberships, 'place')} in groups of such departments`] : []),
  ]
  return `${list(some)} ${groups + memberships === 1 ? 'is' : 'are'}`
}
