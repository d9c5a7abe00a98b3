import type { CheckName, Fact } from '../../model/check.ts'
import { grouped } from '../number.ts'
import { byCode, type CodeTable } from '../table.ts'
import type { CheckText } from '../text.ts'
import { many, percent } from './words.ts'

const names: Readonly<Record<CheckName, string>> = {
  'wecom-token': 'WeCom: secret',
  'wecom-address': 'WeCom: trusted address (企业可信IP)',
  'wecom-agent': 'WeCom: people and tags one by one',
  'wecom-range': 'WeCom: visible range (可见范围)',
  'wecom-fields': 'WeCom: fields it sends',
  'wecom-contacts': 'WeCom: list of everybody (通讯录同步)',
  'casdoor-reachable': 'Casdoor: reachable',
  'casdoor-version': 'Casdoor: version',
  'casdoor-credentials': 'Casdoor: client id and secret',
  'casdoor-organization': 'Casdoor: organization',
  'casdoor-application': 'Casdoor: application',
  'casdoor-syncer': 'Casdoor: no other syncer',
  'casdoor-items': 'Casdoor: account items',
  'casdoor-accounts': 'Casdoor: accounts',
  'casdoor-groups': 'Casdoor: groups',
  'snapshot-file': 'Snapshot: file',
  'github-branch': 'GitHub: branch',
  'github-permissions': 'GitHub: what the token may do',
}

const facts: CodeTable<Fact, string> = {
  ok: () => 'good',
  'address-trusted': ({ proxied }) =>
    proxied ? 'WeCom trusts the address of the proxy' : 'WeCom trusts this address',
  agent: ({ people, tags, departments }) =>
    `the app’s range names ${many(people, 'person', 'people')} one by one, ${many(tags, 'tag')} and ${many(departments, 'department')}`,
  range: ({ people, departments }) =>
    `${many(people, 'person', 'people')} in ${many(departments, 'department')}`,
  fields: ({ shares, people }) => {
    const parts = Object.entries(shares).map(([name, share]) => `${name} ${percent(share)}`)
    return `of ${many(people, 'person', 'people')}: ${parts.join(', ')}`
  },
  contacts: ({ people, hidden }) =>
    `${many(people, 'person', 'people')} in the company, ${grouped(hidden)} of them outside the visible range`,
  version: ({ version }) => version,
  organization: ({ organization }) => organization,
  application: ({ application }) => `new people sign up with ${application}`,
  accounts: ({ accounts, owned }) =>
    `${many(accounts, 'account')}, ${owned === 0 ? 'none' : grouped(owned)} of them from WeCom`,
  groups: ({ groups, owned }) =>
    `${many(groups, 'group')}, ${owned === 0 ? 'none' : grouped(owned)} of them from this syncer`,
  snapshot: ({ file, people }) => `${file} with ${many(people, 'person', 'people')}`,
  'snapshot-new': ({ file }) => `${file} is not there yet; the first sync makes it`,
  branch: ({ branch }) => `${branch} is there`,
  'not-reached': () => 'not reached',
}

export const check: CheckText = {
  name: (name) => names[name],
  fact: (fact) => byCode(facts, fact),
  heads: ['', 'check', 'what was found', 'what to do'],
  legend: '✓ good · ! works, but look at it · ✗ has to be mended · – not reached because of a ✗ before it',
}
