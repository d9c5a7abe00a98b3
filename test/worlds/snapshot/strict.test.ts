import { describe, expect, test } from 'vitest'
import type { SnapshotFault, SnapshotForm } from '../../../src/model/problem.ts'
import { problemsIn, sample } from './people.ts'

/** Faults of the sample after one edit, with the line (from 1) each is on. */
function faultAfter(found: string | RegExp, replacement: string): unknown {
  const text = sample.replace(found, replacement)
  expect(text).not.toBe(sample)
  const problems = problemsIn(text)
  expect(problems).toHaveLength(1)
  expect(problems).toMatchObject([{ code: 'snapshot-invalid', file: 'people.yaml' }])
  const [problem] = problems
  return problem?.code === 'snapshot-invalid' ? [problem.line, problem.fault] : problem
}

const top = ['version', 'syncer', 'corpId', 'approved', 'departments', 'users']
const user = (
  'displayName email phone countryCode avatar title gender affiliation tag location bio homepage ' +
  'properties isForbidden status departments'
).split(' ')

describe('spec 7: reading is strict about', () => {
  test.each<[string, string | RegExp, string, number, SnapshotFault]>([
    ['another version', 'version: 1', 'version: 2', 2, { kind: 'version', found: '2' }],
    ['a version in quotes', 'version: 1', 'version: "1"', 2, { kind: 'version', found: '"1"' }],
    ['a version that is none', 'version: 1', 'version: [1]', 2, { kind: 'version', found: '…' }],
    ['an unknown key', 'syncer:', 'sincer:', 3, { kind: 'unknown-key', key: 'sincer', allowed: top }],
    ['an unknown key of a person', 'gender:', 'sex:', 16, { kind: 'unknown-key', key: 'sex', allowed: user }],
    ['a password', 'gender:', 'password:', 16, { kind: 'unknown-key', key: 'password', allowed: user }],
    [
      'an unknown key of a department',
      '"1" }',
      '"1", leader: "a" }',
      7,
      { kind: 'unknown-key', key: 'leader', allowed: ['name', 'parent'] },
    ],
    ['a double key', 'corpId:', 'syncer: a\ncorpId:', 4, { kind: 'duplicate-key', key: 'syncer' }],
    ['a double list of people', /$/, 'users: {}\n', 24, { kind: 'duplicate-key', key: 'users' }],
    ['a double key of a person', 'email:', 'displayName:', 11, { kind: 'duplicate-key', key: 'displayName' }],
    ['a double department', '  "2":', '  "1":', 7, { kind: 'duplicate-key', key: '1' }],
    ['a person twice', '"zhao_q":', '"chenming":', 19, { kind: 'duplicate-key', key: 'chenming' }],
    [
      'a property twice',
      /tle: .*/,
      'tle: ""\n    properties: { a: b, a: c }',
      16,
      { kind: 'duplicate-key', key: 'a' },
    ],
    ['no version', 'version: 1\n', '', 1, { kind: 'missing-key', key: 'version' }],
    ['no corp id', /corpId.*\n/, '', 1, { kind: 'missing-key', key: 'corpId' }],
    ['no list of people', /users:[^]*/, '', 1, { kind: 'missing-key', key: 'users' }],
    ['nothing at all', /[^]*/, '', 1, { kind: 'missing-key', key: 'version' }],
    ['no isForbidden', '    isForbidden: true\n', '', 19, { kind: 'missing-key', key: 'isForbidden' }],
    ['no departments', '    departments: [3]\n', '', 19, { kind: 'missing-key', key: 'departments' }],
    ['a department without a name', '{ name: "青石科技" }', '{}', 6, { kind: 'missing-key', key: 'name' }],
    [
      'a phone without its country',
      /    countryCode.*\n/,
      '',
      12,
      { kind: 'missing-key', key: 'countryCode' },
    ],
    [
      'a conflict',
      '    departments: [3]',
      '<<<<<<< HEAD\n    departments: [3]',
      23,
      { kind: 'conflict-marker' },
    ],
    [
      'the middle of one',
      '    departments: [3]',
      '=======\n    departments: [3]',
      23,
      { kind: 'conflict-marker' },
    ],
    ['the end of one', /$/, '>>>>>>> sync', 24, { kind: 'conflict-marker' }],
    ['the base of one', 'users:', '||||||| 0a1b\nusers:', 8, { kind: 'conflict-marker' }],
  ])('%s', (_, found, replacement, line, fault) => {
    expect(faultAfter(found, replacement)).toEqual([line, fault])
  })

  test.each<[string, string | RegExp, string, number, string, SnapshotForm]>([
    ['a phone without quotes', '"13800138000"', '13800138000', 12, 'phone', 'text'],
    ['a title that is a number', '"研发总监"', '0755', 15, 'title', 'text'],
    ['a name that is nothing', '"陈明"', 'null', 10, 'displayName', 'text'],
    ['a name that is left out', ' "陈明"', '', 10, 'displayName', 'text'],
    ['a list of e-mails', '"chen.ming@example.com"', '[a, b]', 11, 'email', 'text'],
    ['a syncer without a name', '"wecom"', '""', 3, 'syncer', 'text'],
    ['a corp id that is a number', '"ww0123456789abcdef"', '12', 4, 'corpId', 'text'],
    ['a department without a name', '"青石科技"', '1', 6, 'name', 'text'],
    ['a property that is a number', /tle: .*/, 'tle: ""\n    properties:\n      a: 1', 17, 'a', 'text'],
    ['properties that are none', /tle: .*/, 'tle: ""\n    properties: a', 16, 'properties', 'mapping'],
    ['isForbidden in quotes', 'isForbidden: true', 'isForbidden: "true"', 21, 'isForbidden', 'boolean'],
    ['isForbidden of YAML 1.1', 'isForbidden: true', 'isForbidden: yes', 21, 'isForbidden', 'boolean'],
    ['a status that is not ours', '"left"', '"gone"', 22, 'status', 'status'],
    ['a status of active people', '"left"', '"active"', 22, 'status', 'status'],
    ['a country that is none', '"CN"', '"XX"', 13, 'countryCode', 'country'],
    ['a country of YAML 1.1', '"CN"', 'no', 13, 'countryCode', 'country'],
    ['departments in quotes', '[2, 21]', '["2", 21]', 18, 'departments', 'department-ids'],
    ['broken departments', '[2, 21]', '[2.5]', 18, 'departments', 'department-ids'],
    ['negative departments', '[2, 21]', '[-2]', 18, 'departments', 'department-ids'],
    ['one department', '[2, 21]', '2', 18, 'departments', 'department-ids'],
    ['a department of another name', '  "2":', '  "two":', 7, 'departments', 'department-id'],
    ['a department with a zero', '  "2":', '  "02":', 7, 'departments', 'department-id'],
    ['a parent of another name', 'parent: "1"', 'parent: "top"', 7, 'parent', 'department-id'],
    ['a list of parents', 'parent: "1"', 'parent: [1]', 7, 'parent', 'department-id'],
    ['a department that is a text', '{ name: "青石科技" }', '"青石科技"', 6, 'departments', 'mapping'],
    [
      'departments that are a list',
      /departments:[^]*users/,
      'departments: []\nusers',
      5,
      'departments',
      'mapping',
    ],
    ['people that are a list', /users:[^]*/, 'users: [a]\n', 8, 'users', 'mapping'],
    ['people that are nothing', /users:[^]*/, 'users:\n', 8, 'users', 'mapping'],
    ['a person that is nothing', /"zhao_q":[^]*/, '"zhao_q":\n', 19, 'users', 'mapping'],
    ['a person without a userid', '"zhao_q":', '"":', 19, 'users', 'userid'],
    ['a short digest', 'departments:', 'approved: "abc"\ndepartments:', 5, 'approved', 'digest'],
  ])('%s', (_, found, replacement, line, key, expected) => {
    expect(faultAfter(found, replacement)).toEqual([line, { kind: 'type', key, expected }])
  })

  test.each(['wecomStatus', 'wecomDepartments', 'oauth_WeCom_accessToken', '""', '__proto__'])(
    'the property %s, which has a meaning already',
    (key) => {
      const found = faultAfter(/tle: .*/, `tle: ""\n    properties:\n      ${key}: "a"`)
      expect(found).toEqual([17, { kind: 'reserved-key', key: key === '""' ? '' : key }])
    },
  )

  test.each<[string, string | RegExp, string, number]>([
    ['a quote that does not end', '"陈明"', '"陈明', 10],
    ['a bracket that does not end', '[2, 21]', '[2, 21', 18],
    ['an anchor', '"陈明"', '&a "陈明"', 10],
    ['an alias', '"陈明"', '*a', 10],
    ['a tag', '"陈明"', '!!str 陈明', 10],
    ['a key with an anchor', '"zhao_q":', '&a "zhao_q":', 19],
    ['a list as a key', '"zhao_q":', '[a]:', 19],
    ['a merge key that takes from elsewhere', 'title: "研发总监"', '<<: *a', 15],
    ['a second document', 'users:', '---\nusers:', 8],
    ['the end of the document', 'users:', '...\nusers:', 8],
    ['a directive', 'version: 1', '%YAML 1.1', 2],
    ['a line that is no key', 'syncer: "wecom"', 'wecom', 3],
    ['people that are a list below', /users:[^]*/, 'users:\n- a\n', 9],
    ['a list of people further in', /users:[^]*/, 'users:\n  - a\n', 9],
    ['a whole file in braces', /[^]*/, '{ version: 1, users: {} }', 1],
    ['a person in braces', '  "zhao_q":', '  { a: { isForbidden: true, departments: [] } }\n  "zhao_q":', 19],
    ['tabs', '  "zhao_q":', '\t"zhao_q":', 19],
    ['tabs further in', '    isForbidden: true', '\tisForbidden: true', 21],
    ['a key that stands too far out', '    isForbidden: true', '   isForbidden: true', 21],
    ['a key that stands too far in', '    isForbidden: true', '     isForbidden: true', 21],
    ['a person who stands too far out', '  "zhao_q":', ' "zhao_q":', 19],
  ])('%s', (_, found, replacement, line) => {
    expect(faultAfter(found, replacement)).toMatchObject([line, { kind: 'yaml' }])
  })
})
