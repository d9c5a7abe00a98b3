import type { PlanProblem } from '../../model/problem.ts'
import { grouped } from '../number.ts'
import type { CodeTable } from '../table.ts'
import type { ProblemText } from '../text.ts'
import { fieldName, keys } from './fields.ts'
import { list, listIds, many, percent } from './words.ts'

export const planProblems: CodeTable<PlanProblem, ProblemText> = {
  'phone-invalid': () => ({
    sentence: 'The phone number in WeCom is not valid, so it was left out.',
    remedy: 'Correct it in WeCom, or set `country-code` if most numbers belong to another country.',
  }),
  'value-shared': ({ field, holder }) => ({
    sentence: `The ${fieldName(field)} already belongs to ${holder}, so it was left out for this person.`,
    remedy: 'Correct it in WeCom, or clear it on the other account.',
  }),
  'forbidden-by-hand': () => ({
    sentence: 'Active in WeCom, but somebody forbade the account in Casdoor by hand, so it stays forbidden.',
    remedy: 'Enable it in Casdoor, or set `restore: all`.',
  }),
  'leaver-kept': () => ({
    sentence: 'No longer in WeCom; kept because of `leavers: keep`.',
    remedy: 'Forbid the account by hand, or set `leavers: forbid`.',
  }),
  hidden: () => ({
    sentence: 'Still in the company, but outside the app’s visible range (可见范围); left unchanged.',
    remedy: 'Add the person’s department under 应用管理 › the app › 可见范围.',
  }),
  'person-unread': () => ({
    sentence:
      'The app’s visible range (可见范围) includes this person, but WeCom does not return them; left unchanged.',
    remedy:
      'If they have left, remove them from 应用管理 › the app › 可见范围. Set `wecom-contacts-secret` to be certain.',
  }),
  protected: ({ administrator, changes }) => ({
    sentence: `${administrator ? 'An administrator' : 'Listed in `protected-users`'}, so never changed. Otherwise the account would be ${otherwise(changes)}.`,
    remedy: 'If the change is right, make it by hand in Casdoor.',
  }),
  'status-unknown': () => ({
    sentence: 'WeCom reports no known status, so the account stays enabled or forbidden as it is.',
    remedy: 'Check the person in the WeCom console.',
  }),
  'possible-rename': ({ userid }) => ({
    sentence: `Possibly ${userid} under a new userid: same name, same department.`,
    remedy:
      'If so, set `match-by: phone` or `email`, so that the account is kept and no second one is added.',
  }),
  'sign-in-shared': ({ field, userid }) => ({
    sentence: `This userid is also the ${field === 'phone' ? 'phone number' : 'e-mail address'} of ${userid}: Casdoor lets only one of the two sign in with it.`,
    remedy: 'Let one of them sign in another way, or have an administrator change the userid in WeCom.',
  }),
  'userid-invalid': () => ({
    sentence: 'The userid is not a valid WeCom userid.',
    remedy: 'Use a self-built app (自建应用): other kinds get encrypted IDs.',
  }),
  'match-several': ({ key, accounts }) => ({
    sentence: `Several accounts have this ${keys[key]}: ${list(accounts)}. None was chosen.`,
    remedy: 'In Casdoor, set the WeCom ID on the right one, or clear this value on the others.',
  }),
  'match-taken': ({ account, userid }) => ({
    sentence: `The account ${account} already belongs to ${userid}.`,
    remedy: 'If it is this person’s, clear its external ID and set its WeCom ID in Casdoor.',
  }),
  'match-rivals': ({ key, account }) => ({
    sentence: `Several people have the ${keys[key]} of the account ${account}. It was not linked to any of them.`,
    remedy: 'In Casdoor, set the right person’s WeCom ID on that account.',
  }),
  'match-foreign': ({ account, externalId }) => ({
    sentence: `The account ${account} is managed by another system, which set its external ID to ${externalId}.`,
    remedy: 'If WeCom is to manage this account from now on, clear its external ID in Casdoor.',
  }),
  'name-taken': ({ account }) => ({
    sentence: `An account named ${account} exists and is not linked to WeCom.`,
    remedy: 'If it is this person’s, set `match-by: name`, or set its WeCom ID in Casdoor.',
  }),
  'field-withheld': ({ fields }) => ({
    sentence: `WeCom sends no ${list(fields.map(fieldName), 'or')} to this app; stored values are kept.`,
    remedy: 'This is normal for apps created after June 2022; only older ones get these fields.',
  }),
  'mapping-unfilled': ({ from, field }) => ({
    sentence: `WeCom sends no ${from} for anybody, which \`mapping\` uses to fill ${fieldName(field)}; stored values are kept.`,
    remedy:
      'Check the name of the custom field in the WeCom console (成员资料), and that the app may read it.',
  }),
  'field-loss': ({ field, before, after }) => ({
    sentence: `${percent(before / 100)} of the people had a known ${fieldName(field)}, but WeCom now sends it for ${percent(after / 100)}. The app may have lost access to it, so this run does not change the field.`,
    remedy:
      'Apps created after June 2022 get no phone, e-mail, avatar or gender: did the app or its secret change? Check the fields selected on its page in the WeCom console.',
  }),
  'range-change': ({ people, departments }) => ({
    sentence: `${many(people, 'person is', 'people are')} gone, and so is every department they were in (${many(departments.length, 'department')}). This is what a reduced visible range (可见范围) of the WeCom app looks like.`,
    remedy: 'First check the visible range under 应用管理 › the app › 可见范围.',
  }),
  'one-by-one-gone': ({ people }) => ({
    sentence: `${many(people, 'person', 'people')} without a department, who were visible individually, ${people === 1 ? 'is' : 'are'} gone, and nobody else is visible that way. This is what happens when people and tags are removed from the visible range (可见范围), or when \`wecom-agent-id\` is no longer set.`,
    remedy: 'First check the people and tags under 应用管理 › the app › 可见范围, and `wecom-agent-id`.',
  }),
  exchange: ({ gone, owned, joining }) => ({
    sentence: `${grouped(gone)} of ${many(owned, 'person', 'people')} are gone and ${many(joining, 'other')} would join: this looks like another corp, a test directory, or an app of another kind, which gets encrypted userids. Nobody is added or removed.`,
    remedy: 'First check `wecom-corp-id`, and that the secret is that of a self-built app (自建应用).',
  }),
  'over-limit': ({ removals, limit }) => ({
    sentence: `${many(removals, 'person', 'people')} would lose access in one run; the limit is ${grouped(limit)}.`,
    remedy: 'If these people really left, run again with `approve` set to the digest in the job summary.',
  }),
  'fetch-doubtful': ({ removals }) => ({
    sentence: `WeCom’s answer was incomplete, so ${many(removals, 'removal')} could not be confirmed.`,
    remedy: 'Run again; an approval cannot replace a complete answer.',
  }),
  'approval-other': ({ by }) => ({
    sentence: `The digest in ${by === 'approve' ? '`approve`' : 'the snapshot (`approved`)'} does not match these removals: they have changed since.`,
    remedy: 'Check the removals again, then approve the new digest.',
  }),
  'approval-unused': () => ({
    sentence: '`approve` is set, but nothing is held back.',
    remedy: 'Remove the input: it is no longer needed.',
  }),
  bug: ({ message }) => ({
    sentence: `This action has a bug: ${message}`,
    remedy: 'Please report it with the debug log (run the job again with debug logging enabled).',
  }),
  'groups-kept': ({ why, groups }) => keptGroups[why](`${many(groups.length, 'group')} (${listIds(groups)})`),
  'groups-over-limit': ({ groups, limit }) => ({
    sentence: `${many(groups, 'group')} of departments that are gone would be disabled or deleted in one run; the limit is ${grouped(limit)}. This is what a reduced visible range (可见范围) of the WeCom app looks like.`,
    remedy:
      'First check the visible range under 应用管理 › the app › 可见范围. If the departments are really gone, run again with `approve` set to the digest in the job summary.',
  }),
  'memberships-over-limit': ({ memberships, limit }) => ({
    sentence: `${many(memberships, 'group membership')} would be lost in one run by people who join no other group; the limit is ${grouped(limit)}. They stay in their groups.`,
    remedy:
      'If the company was really reorganized like this, run again with `approve` set to the digest in the job summary.',
  }),
  'groups-wait': ({ groups, memberships }) => ({
    sentence: `${waiting(groups, memberships)} held back with them.`,
    remedy: 'They are removed once it is certain who has left.',
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
    sentence: `The departments of ${groups} are no longer in WeCom; kept because of \`leavers: keep\`.`,
    remedy: 'Disable them by hand, or set `leavers: forbid`.',
  }),
  hidden: (groups) => ({
    sentence: `The departments of ${groups} are outside the app’s visible range (可见范围), but people in them are still in the company, or may be; left unchanged.`,
    remedy: 'Add the departments under 应用管理 › the app › 可见范围.',
  }),
  'in-use': (groups) => ({
    sentence: `The departments of ${groups} are no longer in WeCom, but the groups still contain other people or groups, so they were not deleted.`,
    remedy: 'Remove those in Casdoor; the next run deletes the empty groups.',
  }),
}

function waiting(groups: number, memberships: number): string {
  const some = [
    ...(groups > 0 ? [`${many(groups, 'group')} of departments that are gone`] : []),
    ...(memberships > 0 ? [`${many(memberships, 'membership')} in groups of such departments`] : []),
  ]
  return `${list(some)} ${groups + memberships === 1 ? 'is' : 'are'}`
}
