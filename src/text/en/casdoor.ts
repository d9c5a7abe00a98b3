import type { FrozenField } from '../../model/field.ts'
import type { CasdoorProblem } from '../../model/problem.ts'
import type { CodeTable } from '../table.ts'
import type { ProblemText } from '../text.ts'
import { fieldName } from './fields.ts'
import { listIds, many, of } from './words.ts'

export const casdoorProblems: CodeTable<CasdoorProblem, ProblemText> = {
  'casdoor-credentials': ({ endpoint }) => ({
    sentence: `Casdoor at ${endpoint} does not know this client id and secret. It does not say so itself: it answers with status 200 and goes on as if nobody had signed in.`,
    remedy:
      'Copy `casdoor-client-id` and `casdoor-client-secret` again from the page of the application in Casdoor, and see that `casdoor-endpoint` is that Casdoor.',
  }),
  'casdoor-organization-missing': ({ organization }) => ({
    sentence: `Casdoor has no organization ${organization}.`,
    remedy:
      'Correct `casdoor-organization` (the name, not the display name), or make the organization first.',
  }),
  'casdoor-application-missing': ({ organization }) => ({
    sentence: `The organization ${organization} has no application, and Casdoor adds no people without one.`,
    remedy: 'Make an application in that organization, or name one with `casdoor-application`.',
  }),
  'casdoor-application-unknown': ({ application }) => ({
    sentence: `Casdoor has no application ${application}.`,
    remedy:
      'Correct `casdoor-application` (the name, not the display name), or leave it empty for the organization’s own.',
  }),
  'casdoor-version-old': ({ version }) => ({
    sentence: `Casdoor ${version} is too old: before v3.50.0 an update overwrites fields that were not sent.`,
    remedy: 'Update Casdoor to v3.50.0 or newer, best to v3.154.1 or newer.',
  }),
  'casdoor-version-unknown': ({ version }) => ({
    sentence: `Casdoor does not tell its version (${version}); it is taken for a new one.`,
    remedy: 'Make sure that it is v3.50.0 or newer.',
  }),
  'casdoor-competing-syncer': ({ syncer, organization }) => ({
    sentence: `Casdoor’s own syncer ${syncer} also writes to the organization ${organization}: two writers would undo each other’s work.`,
    remedy: 'Switch that syncer off in Casdoor, then run again.',
  }),
  'casdoor-item-immutable': ({ item, field }) => ({
    sentence: `The account item ${item} of the organization is Immutable, so ${managed(field)} is left alone.`,
    remedy: 'Set its modify rule to Admin in Casdoor, on the page of the organization, under account items.',
  }),
  'casdoor-item-regex': ({ item, field }) => ({
    sentence: `The account item ${item} of the organization has a pattern that values from WeCom may not meet, so ${managed(field)} is left alone.`,
    remedy: 'Empty the pattern in Casdoor, on the page of the organization, under account items.',
  }),
  'casdoor-plain-http': ({ endpoint }) => ({
    sentence: `${endpoint} is plain \`http:\`: client secret and personal data travel in the clear.`,
    remedy: 'Use `https:` for `casdoor-endpoint`.',
  }),
  'casdoor-listing-unstable': ({ seen, total }) => ({
    sentence: `Casdoor’s list of accounts changed while it was read, each time: ${of(seen, total)} came through.`,
    remedy: 'Run again when nobody else is importing people.',
  }),
  'casdoor-refused': ({ call, message }) => ({
    sentence: `Casdoor refused ${call}: ${message}`,
    remedy: 'Mend in Casdoor or WeCom what it complains about; the next run tries again.',
  }),
  'casdoor-other-owner': ({ got, expected }) => ({
    sentence: `Casdoor answered with an object of ${got} when one of ${expected} was asked for; it was not touched.`,
    remedy: 'Check `casdoor-organization`.',
  }),
  'casdoor-silent': ({ seconds }) => ({
    sentence: `Casdoor no longer answers writes: several waited ${many(seconds, 'second')} in vain.`,
    remedy: 'Restart Casdoor, then run again.',
  }),
  'casdoor-names-lowered': ({ name }) => ({
    sentence: `This Casdoor stores names in lower case, but the account is called ${name}; updating it could hang the server, so it was left alone.`,
    remedy:
      'Write the name of this account in lower case in Casdoor’s database, or switch isUsernameLowered off.',
  }),
  'casdoor-phone-refused': () => ({
    sentence: 'Casdoor does not take the phone number; everything else was written.',
    remedy: 'Correct the number in WeCom, or allow its country in the Casdoor organization.',
  }),
  'casdoor-gone': ({ name }) => ({
    sentence: `The account ${name} was deleted in Casdoor during this run.`,
    remedy: 'Nothing has to be done: the next run plans anew.',
  }),
  'casdoor-value-taken': ({ field }) => ({
    sentence: `Another account already has this ${field === 'name' ? 'account name' : fieldName(field)}.`,
    remedy: 'Run again. If it stays, look for the other account in Casdoor, also among the deleted ones.',
  }),
  'casdoor-group-gone': ({ group }) => ({
    sentence: `The group ${group} was deleted in Casdoor during this run.`,
    remedy: 'Nothing has to be done: the next run makes it again.',
  }),
  'casdoor-group-taken': ({ group }) => ({
    sentence: `Another organization of this Casdoor has a group ${group}, and names of groups are unique over all organizations.`,
    remedy: 'Choose another `syncer-name`, or rename that group in Casdoor.',
  }),
  'casdoor-group-parent': ({ group }) => ({
    sentence: `The group above it, ${group}, could not be written, so this one was left as it is.`,
    remedy: 'Mend what is said of that group; the next run goes on from there.',
  }),
  'casdoor-groups-missing': ({ people, groups }) => ({
    sentence: `${many(people, 'person was', 'people were')} written without groups that could not be made: ${listIds(groups)}.`,
    remedy: 'The next run that makes the groups puts them in.',
  }),
  'casdoor-group-other-corp': ({ group, corpId, syncer }) => ({
    sentence: `The group ${group} belongs to the corp ${corpId}, which is also kept by a syncer named ${syncer}. Nothing was written, since the two would take each other’s groups.`,
    remedy: 'Give each corp a `syncer-name` of its own.',
  }),
}

/** What a frozen account item keeps this syncer from writing. */
function managed(field: FrozenField): string {
  return managedWords[field] ?? `the field ${fieldName(field)}`
}

const managedWords: Readonly<Partial<Record<FrozenField, string>>> = {
  isForbidden: 'whether people may sign in',
  properties: 'what this syncer remembers about people',
  groups: 'in which groups people are',
}
