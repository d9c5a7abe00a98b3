import type { CasdoorProblem } from '../../model/problem.ts'
import { aboutGroups } from './groups.ts'
import type { Said } from '../text.ts'
import { of, many } from './words.ts'
import { field } from './fields.ts'

export function casdoor(problem: CasdoorProblem): Said {
  switch (problem.code) {
    case 'casdoor-credentials':
      return {
        sentence: `Casdoor at ${problem.endpoint} does not know this client id and secret. It does not say so itself: it answers with status 200 and goes on as if nobody had signed in.`,
        remedy:
          'Copy `casdoor-client-id` and `casdoor-client-secret` again from the page of the application in Casdoor, and see that `casdoor-endpoint` is that Casdoor.',
      }
    case 'casdoor-organization-missing':
      return {
        sentence: `Casdoor has no organization ${problem.organization}.`,
        remedy:
          'Correct `casdoor-organization` (the name, not the display name), or make the organization first.',
      }
    case 'casdoor-application-missing':
      return {
        sentence: `The organization ${problem.organization} has no application, and Casdoor adds no people without one.`,
        remedy: 'Make an application in that organization, or name one with `casdoor-application`.',
      }
    case 'casdoor-application-unknown':
      return {
        sentence: `Casdoor has no application ${problem.application}.`,
        remedy:
          'Correct `casdoor-application` (the name, not the display name), or leave it empty for the organization’s own.',
      }
    case 'casdoor-version-old':
      return {
        sentence: `Casdoor ${problem.version} is too old: before v3.50.0 an update overwrites fields that were not sent.`,
        remedy: 'Update Casdoor to v3.50.0 or newer, best to v3.154.1 or newer.',
      }
    case 'casdoor-version-unknown':
      return {
        sentence: `Casdoor does not tell its version (${problem.version}); it is taken for a new one.`,
        remedy: 'Make sure that it is v3.50.0 or newer.',
      }
    case 'casdoor-competing-syncer':
      return {
        sentence: `Casdoor’s own syncer ${problem.syncer} also writes to the organization ${problem.organization}: two writers would undo each other’s work.`,
        remedy: 'Switch that syncer off in Casdoor, then run again.',
      }
    case 'casdoor-item-immutable':
      return {
        sentence: `The account item ${problem.item} of the organization is Immutable, so ${managed(problem.field)} is left alone.`,
        remedy:
          'Set its modify rule to Admin in Casdoor, on the page of the organization, under account items.',
      }
    case 'casdoor-item-regex':
      return {
        sentence: `The account item ${problem.item} of the organization has a pattern that values from WeCom may not meet, so ${managed(problem.field)} is left alone.`,
        remedy: 'Empty the pattern in Casdoor, on the page of the organization, under account items.',
      }
    case 'casdoor-plain-http':
      return {
        sentence: `${problem.endpoint} is plain \`http:\`: client secret and personal data travel in the clear.`,
        remedy: 'Use `https:` for `casdoor-endpoint`.',
      }
    case 'casdoor-listing-unstable':
      return {
        sentence: `Casdoor’s list of accounts changed while it was read, each time: ${of(problem.seen, problem.total)} came through.`,
        remedy: 'Run again when nobody else is importing people.',
      }
    case 'casdoor-group-gone':
    case 'casdoor-group-taken':
    case 'casdoor-group-parent':
    case 'casdoor-groups-missing':
    case 'casdoor-group-other-corp':
      return aboutGroups(problem)
    default:
      return aboutAccounts(problem)
  }
}

type AccountProblem = Extract<
  CasdoorProblem,
  {
    code:
      | 'casdoor-refused'
      | 'casdoor-other-owner'
      | 'casdoor-silent'
      | 'casdoor-names-lowered'
      | 'casdoor-phone-refused'
      | 'casdoor-gone'
      | 'casdoor-value-taken'
  }
>

function aboutAccounts(problem: AccountProblem): Said {
  switch (problem.code) {
    case 'casdoor-refused':
      return {
        sentence: `Casdoor refused ${problem.call}: ${problem.message}`,
        remedy: 'Mend in Casdoor or WeCom what it complains about; the next run tries again.',
      }
    case 'casdoor-other-owner':
      return {
        sentence: `Casdoor answered with an object of ${problem.got} when one of ${problem.expected} was asked for; it was not touched.`,
        remedy: 'Check `casdoor-organization`.',
      }
    case 'casdoor-silent':
      return {
        sentence: `Casdoor no longer answers writes: several waited ${many(problem.seconds, 'second')} in vain.`,
        remedy: 'Restart Casdoor, then run again.',
      }
    case 'casdoor-names-lowered':
      return {
        sentence: `This Casdoor stores names in lower case, but the account is called ${problem.name}; updating it could hang the server, so it was left alone.`,
        remedy:
          'Write the name of this account in lower case in Casdoor’s database, or switch isUsernameLowered off.',
      }
    case 'casdoor-phone-refused':
      return {
        sentence: 'Casdoor does not take the phone number; everything else was written.',
        remedy: 'Correct the number in WeCom, or allow its country in the Casdoor organization.',
      }
    case 'casdoor-gone':
      return {
        sentence: `The account ${problem.name} was deleted in Casdoor during this run.`,
        remedy: 'Nothing has to be done: the next run plans anew.',
      }
    case 'casdoor-value-taken':
      return {
        sentence: `Another account already has this ${problem.field === 'name' ? 'account name' : field(problem.field)}.`,
        remedy: 'Run again. If it stays, look for the other account in Casdoor, also among the deleted ones.',
      }
  }
}

function managed(name: Extract<CasdoorProblem, { code: 'casdoor-item-regex' }>['field']): string {
  switch (name) {
    case 'isForbidden':
      return 'whether people may sign in'
    case 'properties':
      return 'what this syncer remembers about people'
    case 'groups':
      return 'in which groups people are'
    default:
      return `the field ${field(name)}`
  }
}
