import type { CheckName, Fact } from '../../model/check.ts'
import { grouped } from '../number.ts'
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

export const check: CheckText = {
  name: (name) => names[name],
  fact,
  heads: ['', 'check', 'what was found', 'what to do'],
  legend: '✓ good · ! works, but look at it · ✗ has to be mended · – not reached because of a ✗ before it',
}

function fact(found: Fact): string {
  switch (found.code) {
    case 'ok':
      return 'good'
    case 'address-trusted':
      return found.proxied ? 'WeCom trusts the address of the proxy' : 'WeCom trusts this address'
    case 'agent':
      return `the app’s range names ${many(found.people, 'person', 'people')} one by one, ${many(found.tags, 'tag')} and ${many(found.departments, 'department')}`
    case 'range':
      return `${many(found.people, 'person', 'people')} in ${many(found.departments, 'department')}`
    case 'fields': {
      const shares = Object.entries(found.shares).map(([name, share]) => `${name} ${percent(share)}`)
      return `of ${many(found.people, 'person', 'people')}: ${shares.join(', ')}`
    }
    case 'contacts':
      return `${many(found.people, 'person', 'people')} in the company, ${grouped(found.hidden)} of them outside the visible range`
    case 'version':
      return found.version
    case 'organization':
      return found.organization
    case 'application':
      return `new people sign up with ${found.application}`
    case 'accounts':
      return `${many(found.accounts, 'account')}, ${found.owned === 0 ? 'none' : grouped(found.owned)} of them from WeCom`
    case 'groups':
      return `${many(found.groups, 'group')}, ${found.owned === 0 ? 'none' : grouped(found.owned)} of them from this syncer`
    case 'snapshot':
      return `${found.file} with ${many(found.people, 'person', 'people')}`
    case 'snapshot-new':
      return `${found.file} is not there yet; the first sync makes it`
    case 'branch':
      return `${found.branch} is there`
    case 'not-reached':
      return 'not reached'
  }
}
