import { describe, expect, test } from 'vitest'
import {
  departmentNamed,
  departmentOf,
  departmentTurnover,
  groupName,
  groupOf,
  groupsFor,
} from '../../../src/model/groups.ts'

const owner = { organization: 'acme', syncer: 'wecom' }

describe('spec 6.5: whose a group is, told by its name', () => {
  test('a department has a name in its organization, for its syncer', () => {
    expect(groupName(owner, 2)).toBe('acme-wecom-2')
    expect(groupOf(owner, 2)).toBe('acme/acme-wecom-2')
    expect(departmentNamed(owner, 'acme-wecom-2')).toBe(2)
    expect(departmentOf(owner, 'acme/acme-wecom-2')).toBe(2)
  })

  test.each([
    'acme-wecom',
    'acme-wecom-',
    'acme-wecom-0',
    'acme-wecom-02',
    'acme-wecom-2-5',
    'acme-wecom-2x',
    'acme-wecom- 2',
    'acme-wecom-+2',
    'acme-wecom-2.0',
    'acme-wecom-1e3',
    'acme-wecom-9999999999999999',
    'Acme-wecom-2',
    'acme-wecom2',
    'xacme-wecom-2',
  ])('%j is none of ours', (name) => {
    expect(departmentNamed(owner, name)).toBeUndefined()
  })

  test.each(['other/acme-wecom-2', 'acme-wecom-2', 'acme/acme/acme-wecom-2'])(
    'nor is the group %j',
    (group) => {
      expect(departmentOf(owner, group)).toBeUndefined()
    },
  )

  test('no name belongs to two syncers of an organization', () => {
    const syncers = ['wecom', 'wecom-2', 'wecom-2-2', '2', '2-2', 'a', 'a-1']
    const names = syncers.flatMap((syncer) => [1, 2, 22].map((id) => groupName({ ...owner, syncer }, id)))
    for (const name of names) {
      const claims = syncers.filter((syncer) => departmentNamed({ ...owner, syncer }, name) !== undefined)
      expect([name, claims.length]).toEqual([name, 1])
    }
    expect(new Set(names).size).toBe(names.length)
  })
})

describe('spec 6.5: the groups of an account', () => {
  test.each<[string, readonly number[], readonly string[], readonly string[]]>([
    ['none yet', [2, 3], [], ['acme/acme-wecom-2', 'acme/acme-wecom-3']],
    [
      'what is right keeps its place',
      [2, 3],
      ['acme/acme-wecom-3', 'x', 'acme/acme-wecom-2'],
      ['acme/acme-wecom-3', 'x', 'acme/acme-wecom-2'],
    ],
    [
      'others’ are kept, also when they are there twice',
      [2],
      ['x', 'acme/acme-wecom-3', 'x', 'acme/own'],
      ['x', 'x', 'acme/own', 'acme/acme-wecom-2'],
    ],
    ['ours twice', [2], ['acme/acme-wecom-2', 'x', 'acme/acme-wecom-2'], ['acme/acme-wecom-2', 'x']],
    ['in no department', [], ['acme/acme-wecom-3'], []],
  ])('%s', (_, departments, groups, expected) => {
    expect(groupsFor(departments, groups, owner)).toEqual(expected)
    expect(groupsFor(departments, expected, owner)).toEqual(expected)
  })

  test('a change tells which departments somebody leaves and enters', () => {
    const groups = {
      before: ['x', 'y', 'acme/acme-wecom-2', 'acme/acme-wecom-3'],
      after: ['x', 'acme/acme-wecom-3', 'acme/acme-wecom-4'],
    }
    expect(departmentTurnover({ groups }, owner)).toEqual({ left: [2], entered: [4] })
    expect(departmentTurnover({}, owner)).toEqual({ left: [], entered: [] })
  })
})
