import type { CheckName, Fact } from '../../model/check.ts'
import { grouped } from '../number.ts'
import { byCode, type CodeTable } from '../table.ts'
import type { CheckText } from '../text.ts'
import { many, percent } from './words.ts'

const names: Readonly<Record<CheckName, string>> = {
  'wecom-token': 'WeCom: secret',
  'wecom-address': 'WeCom: trusted address (企业可信IP)',
  'wecom-agent': 'WeCom: individual people and tags',
  'wecom-range': 'WeCom: visible range (可见范围)',
  'wecom-fields': 'WeCom: available fields',
  'wecom-contacts': 'WeCom: list of all people (通讯录同步)',
  'casdoor-reachable': 'Casdoor: reachable',
  'casdoor-version': 'Casdoor: version',
  'casdoor-credentials': 'Casdoor: client ID and secret',
  'casdoor-organization': 'Casdoor: organization',
  'casdoor-application': 'Casdoor: application',
  'casdoor-syncer': 'Casdoor: no other syncer',
  'casdoor-items': 'Casdoor: account items',
  'casdoor-accounts': 'Casdoor: accounts',
  'casdoor-groups': 'Casdoor: groups',
  'snapshot-file': 'Snapshot: file',
  'github-branch': 'GitHub: branch',
  'github-permissions': 'GitHub: token permissions',
}

const facts: CodeTable<Fact, string> = {
  ok: () => 'OK',
  'address-trusted': ({ proxied }) =>
    proxied ? 'WeCom trusts the proxy’s address' : 'WeCom trusts this address',
  agent: ({ people, tags, departments }) =>
    `the app’s visible range contains ${many(people, 'individual person', 'individual people')}, ${many(tags, 'tag')} and ${many(departments, 'department')}`,
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
  application: ({ application }) => `new people are signed up with ${application}`,
  accounts: ({ accounts, owned }) =>
    `${many(accounts, 'account')}, ${owned === 0 ? 'none' : grouped(owned)} of them from WeCom`,
  groups: ({ groups, owned }) =>
    `${many(groups, 'group')}, ${owned === 0 ? 'none' : grouped(owned)} of them from this syncer`,
  snapshot: ({ file, people }) => `${file} with ${many(people, 'person', 'people')}`,
  'snapshot-new': ({ file }) => `${file} does not exist yet; the first sync creates it`,
  branch: ({ branch }) => `${branch} exists`,
  'not-reached': () => 'not reached',
}

export const check: CheckText = {
  name: (name) => names[name],
  fact: (fact) => byCode(facts, fact),
  heads: ['', 'check', 'result', 'what to do'],
  legend: '✓ OK · ! works, but needs attention · ✗ must be fixed · – not reached because of an earlier ✗',
}
