import type { FrozenField } from '../../model/field.ts'
import type { CasdoorProblem } from '../../model/problem.ts'
import type { CodeTable } from '../table.ts'
import type { ProblemText } from '../text.ts'
import { fieldName } from './fields.ts'
import { listIds, many, of } from './words.ts'

export const casdoorProblems: CodeTable<CasdoorProblem, ProblemText> = {
  'casdoor-credentials': ({ endpoint }) => ({
    sentence: `Casdoor at ${endpoint} does not accept this client ID and secret. It does not report an error: it answers with status 200 and treats the request as anonymous.`,
    remedy:
      'Copy `casdoor-client-id` and `casdoor-client-secret` again from the application’s page in Casdoor, and make sure that `casdoor-endpoint` is that Casdoor.',
  }),
  'casdoor-organization-missing': ({ organization }) => ({
    sentence: `Casdoor has no organization ${organization}.`,
    remedy:
      'Correct `casdoor-organization` (the name, not the display name), or create the organization first.',
  }),
  'casdoor-application-missing': ({ organization }) => ({
    sentence: `The organization ${organization} has no application, and Casdoor cannot add people without one.`,
    remedy: 'Create an application in that organization, or name one in `casdoor-application`.',
  }),
  'casdoor-application-unknown': ({ application }) => ({
    sentence: `Casdoor has no application ${application}.`,
    remedy:
      'Correct `casdoor-application` (the name, not the display name), or leave it empty to use the organization’s own.',
  }),
  'casdoor-version-old': ({ version }) => ({
    sentence: `Casdoor ${version} is too old: before v3.50.0, an update overwrites fields that were not sent.`,
    remedy: 'Update Casdoor to v3.50.0 or later, ideally to v3.154.1 or later.',
  }),
  'casdoor-version-unknown': ({ version }) => ({
    sentence: `Casdoor does not report its version (${version}); this run assumes a recent one.`,
    remedy: 'Make sure that it is v3.50.0 or later.',
  }),
  'casdoor-competing-syncer': ({ syncer, organization }) => ({
    sentence: `Casdoor’s own syncer ${syncer} also writes to the organization ${organization}. The two would overwrite each other’s changes.`,
    remedy: 'Disable that syncer in Casdoor, then run again.',
  }),
  'casdoor-item-immutable': ({ item, field }) => ({
    sentence: `The account item ${item} of the organization is Immutable, so this action does not change ${managed(field)}.`,
    remedy: 'In Casdoor, on the organization’s page under account items, set its modify rule to Admin.',
  }),
  'casdoor-item-regex': ({ item, field }) => ({
    sentence: `The account item ${item} of the organization has a pattern that values from WeCom may not match, so this action does not change ${managed(field)}.`,
    remedy: 'In Casdoor, on the organization’s page under account items, clear the pattern.',
  }),
  'casdoor-plain-http': ({ endpoint }) => ({
    sentence: `${endpoint} uses plain \`http:\`, so the client secret and personal data are sent unencrypted.`,
    remedy: 'Use `https:` for `casdoor-endpoint`.',
  }),
  'casdoor-listing-unstable': ({ seen, total }) => ({
    sentence: `Casdoor’s list of accounts changed during every attempt to read it: only ${of(seen, total)} could be read.`,
    remedy: 'Run again when nothing else is adding accounts.',
  }),
  'casdoor-refused': ({ call, message }) => ({
    sentence: `Casdoor refused ${call}: ${message}`,
    remedy: 'Fix what Casdoor reports, there or in WeCom; the next run tries again.',
  }),
  'casdoor-write-unknown': ({ call }) => ({
    sentence: `The run was cancelled before Casdoor answered ${call}, so it is not known whether this change was made.`,
    remedy: 'Run again: the next run compares anew and makes the change if it is missing.',
  }),
  'casdoor-other-owner': ({ got, expected }) => ({
    sentence: `Casdoor was asked for an object of the organization ${expected}, but returned one of ${got}; nothing was changed.`,
    remedy: 'Check `casdoor-organization`.',
  }),
  'casdoor-silent': ({ seconds }) => ({
    sentence: `Casdoor has stopped answering writes: several timed out after ${many(seconds, 'second')}.`,
    remedy: 'Restart Casdoor, then run again.',
  }),
  'casdoor-names-lowered': ({ name }) => ({
    sentence: `This Casdoor stores names in lower case, but the account is named ${name}. Updating it could hang the server, so it was left unchanged.`,
    remedy: 'Change this account’s name to lower case in Casdoor’s database, or turn off isUsernameLowered.',
  }),
  'casdoor-phone-refused': () => ({
    sentence: 'Casdoor rejected the phone number; everything else was written.',
    remedy: 'Correct the number in WeCom, or allow its country in the Casdoor organization.',
  }),
  'casdoor-gone': ({ name }) => ({
    sentence: `The account ${name} was deleted in Casdoor during this run.`,
    remedy: 'Nothing to do: the next run makes a new plan.',
  }),
  'casdoor-value-taken': ({ field }) => ({
    sentence: `Another account already has this ${field === 'name' ? 'account name' : fieldName(field)}.`,
    remedy: 'Run again. If it happens again, look for the other account in Casdoor, including deleted ones.',
  }),
  'casdoor-group-gone': ({ group }) => ({
    sentence: `The group ${group} was deleted in Casdoor during this run.`,
    remedy: 'Nothing to do: the next run creates it again.',
  }),
  'casdoor-group-taken': ({ group }) => ({
    sentence: `Another organization in this Casdoor already has a group ${group}, and group names must be unique across organizations.`,
    remedy: 'Choose another `syncer-name`, or rename that group in Casdoor.',
  }),
  'casdoor-group-parent': ({ group }) => ({
    sentence: `Its parent group ${group} could not be written, so this one was left unchanged.`,
    remedy: 'Fix the problem reported for that group; the next run continues from there.',
  }),
  'casdoor-groups-missing': ({ people, groups }) => ({
    sentence: `${many(people, 'person was', 'people were')} written without groups that could not be created: ${listIds(groups)}.`,
    remedy: 'The next run that creates the groups adds them.',
  }),
  'casdoor-group-other-corp': ({ group, corpId, syncer }) => ({
    sentence: `The group ${group} belongs to the corp ${corpId}, which also uses the syncer name ${syncer}. Nothing was written, because the two would take over each other’s groups.`,
    remedy: 'Give each corp its own `syncer-name`.',
  }),
  'casdoor-other-corp': ({ organization, corpId, expected }) => ({
    sentence: `Accounts in ${organization} belong to corp ${corpId}; this run is for corp ${expected}. Nothing was written.`,
    remedy: 'Check `wecom-corp-id` and `casdoor-organization`: each corp needs an organization of its own.',
  }),
  'casdoor-groups-left-over': ({ why, groups, people }) => ({
    sentence:
      why === 'none'
        ? `${many(people, 'person is', 'people are')} still in ${many(groups.length, 'group')} that earlier runs with \`groups: departments\` made: ${listIds(groups)}.`
        : `${many(groups.length, 'group')} of this corp ${groups.length === 1 ? 'was' : 'were'} made under another \`syncer-name\`, and nobody leaves ${groups.length === 1 ? 'it' : 'them'} any more: ${listIds(groups)}.`,
    remedy:
      why === 'none'
        ? 'Delete these groups in Casdoor, or set `groups: departments` again.'
        : 'Set `syncer-name` back to that name, or delete these groups in Casdoor.',
  }),
}

/** What a frozen account item keeps this syncer from writing. */
function managed(field: FrozenField): string {
  return managedWords[field] ?? `the field ${fieldName(field)}`
}

const managedWords: Readonly<Partial<Record<FrozenField, string>>> = {
  isForbidden: 'whether people may sign in',
  properties: 'what this syncer stores about people',
  groups: 'which groups people are in',
}
