import { describe, expect, test } from 'vitest'
import { inputsOf } from '../../../sandbox/runner.ts'
import { problemsOf } from '../../../src/model/problem.ts'
import { readInputs } from '../../../src/github/inputs.ts'
import { readMapping } from '../../../src/github/mapping-input.ts'
import { toUser } from '../../../src/plan/map.ts'
import {
  defaultMapping,
  heldFields,
  isFreeProperty,
  managedFields,
  mappableFields,
  memberFields,
  ownLines,
  readFields,
} from '../../../src/model/mapping.ts'
import type { Policy } from '../../../src/model/policy.ts'
import { aMember, aPolicy } from '../../make.ts'

/** The mapping of a text that has no mistake. */
function mappingOf(text: string): Policy['mapping'] {
  const { mapping, problems } = readMapping(text)
  expect(problems).toEqual([])
  return mapping
}

/** What is wrong with a text, as `line kind value`. */
function mistakesIn(text: string): readonly string[] {
  return readMapping(text).problems.flatMap((problem) => {
    if (problem.code !== 'input-mapping') return [problem.code]
    const { line, fault } = problem
    return [`${line} ${fault.kind}${'value' in fault ? ` ${fault.value}` : ''}`]
  })
}

/** Somebody about whom WeCom tells everything. */
const sent = {
  name: '陈明',
  alias: 'Ming',
  english_name: 'Ming Chen',
  email: 'Chen.Ming@Example.com',
  biz_mail: 'ChenMing@mail.example.com',
  mobile: '13800138000',
  telephone: '010-5550-0001',
  avatar: 'https://img.example.com/0',
  thumb_avatar: 'https://img.example.com/100',
  position: '研发总监',
  external_position: '技术负责人',
  gender: '1',
  address: '示例路 1 号',
  'extattr.工号': 'A0001',
  'extattr.主页': 'https://example.com/chenming',
}

type Sent = Readonly<Record<string, string>>

function userOf(text: string, fields: Sent = sent, policy: Partial<Policy> = {}) {
  const member = aMember({ userid: 'ChenMing', mainDepartment: 2, fields })
  const names = new Map([
    [1, ''],
    [2, '研发中心'],
  ])
  return toUser(member, aPolicy({ mapping: mappingOf(text), ...policy }), names)
}

/** One field of a person, filled by this right side. */
function filled(field: string, source: string, fields: Sent = sent, policy: Partial<Policy> = {}): unknown {
  const { user } = userOf(`${field}: ${source}`, fields, policy)
  return Object.entries(user.fields).find(([each]) => each === field)?.[1]
}

describe('spec 5.1: every form of a mapping', () => {
  test('the example of the specification', () => {
    const { user, remarks } = userOf(`
email: [biz_mail, email, "{userid}@acme.example"]
title: null
affiliation: department          # name of the main department
tag: extattr.工号                # a custom field by its name
properties.employeeNumber: extattr.工号
`)
    expect(user.fields).toEqual({
      displayName: '陈明',
      email: 'chenming@mail.example.com',
      phone: '13800138000',
      countryCode: 'CN',
      avatar: 'https://img.example.com/0',
      gender: 'Male',
      affiliation: '研发中心',
      tag: 'A0001',
      'properties.employeeNumber': 'A0001',
    })
    expect(remarks).toEqual([])
  })

  test.each([
    ['userid', 'ChenMing'],
    ['department', '研发中心'],
    ...Object.entries(sent).filter(([field]) => field !== 'gender'),
    ['gender', '1'],
  ])('a property can be filled by %s', (field, value) => {
    expect(filled('properties.any', field)).toBe(value)
  })

  test('every WeCom field and every Casdoor field can be used', () => {
    for (const field of memberFields) {
      expect(mappingOf(`tag: ${field}`).get('tag')).toEqual([{ kind: 'field', field }])
    }
    for (const field of mappableFields) {
      expect(mappingOf(`${field}: name`).get(field)).toEqual([{ kind: 'field', field: 'name' }])
    }
  })

  test.each([
    ['a field', 'biz_mail', 'chenming@mail.example.com'],
    ['in quotes', '"biz_mail"', 'chenming@mail.example.com'],
    ['a list of one', '[biz_mail]', 'chenming@mail.example.com'],
    ['a list in lines', '\n  - extattr.邮箱\n  - email', 'chen.ming@example.com'],
    ['a template', '"{userid}@acme.example"', 'chenming@acme.example'],
    ['a template with blanks in its braces', '"{ userid }@acme.example"', 'chenming@acme.example'],
    ['a template of two fields', '"{userid}.{extattr.工号}@acme.example"', 'chenming.a0001@acme.example'],
    ['nothing', 'null', undefined],
    ['nothing, in short', '~', undefined],
  ])('%s', (_, source, email) => {
    expect(filled('email', source)).toBe(email)
  })

  test('the rest keeps the default, and an empty input is the default', () => {
    for (const text of ['', '\n', '# email: biz_mail\n', '{}'])
      expect(mappingOf(text)).toEqual(defaultMapping)
    const mapping = mappingOf('title: external_position')
    expect([...mapping].filter(([field]) => field !== 'title')).toEqual(
      [...defaultMapping].filter(([field]) => field !== 'title'),
    )
  })

  test('what is managed and read, in one order', () => {
    const mapping = mappingOf(
      'properties.b: name\nproperties.a: "{name} {address}"\ntitle: null\nbio: address\ntag: null',
    )
    const managed = ['displayName', 'email', 'phone', 'countryCode', 'avatar', 'gender', 'bio']
    expect(managedFields(mapping)).toEqual([...managed, 'properties.a', 'properties.b'])
    expect(readFields(mapping)).toEqual(['name', 'email', 'mobile', 'avatar', 'gender', 'address'])
    expect(ownLines(mapping)).toEqual([
      'title: null',
      'bio: address',
      'properties.a: "{name} {address}"',
      'properties.b: name',
    ])
    expect(ownLines(mappingOf('email: [biz_mail, "{userid}@a.example"]\nphone: mobile'))).toEqual([
      'email: [biz_mail, "{userid}@a.example"]',
    ])
    expect(
      heldFields([{ fields: { tag: 'x', 'properties.z': 'x' } }, { fields: { displayName: 'a' } }]),
    ).toEqual(['displayName', 'tag', 'properties.z'])
  })

  test('without its phone, a person has no country code either', () => {
    expect(userOf('phone: null').user.fields).not.toHaveProperty('countryCode')
  })
})

describe('spec 5.1: the first known value wins', () => {
  const list = '[biz_mail, email, "{userid}@acme.example"]'

  test.each<[string, Sent, string]>([
    ['the first', { biz_mail: 'a@x.example', email: 'b@x.example' }, 'a@x.example'],
    ['the second where the first is absent', { email: 'b@x.example' }, 'b@x.example'],
    ['the second where the first is empty', { biz_mail: '', email: 'b@x.example' }, 'b@x.example'],
    ['the second where the first is no e-mail', { biz_mail: '无', email: 'b@x.example' }, 'b@x.example'],
    ['the template at last', {}, 'chenming@acme.example'],
  ])('%s', (_, fields, email) => {
    expect(filled('email', list, fields)).toBe(email)
  })

  test('gender 0 is not known, in a list and in a template', () => {
    expect(filled('gender', '[gender, extattr.性别]', { gender: '0', 'extattr.性别': '女' })).toBe('Female')
    expect(filled('tag', '"{gender}"', { gender: '0' })).toBeUndefined()
  })

  test('a template whose fields are not all known is not known', () => {
    const template = '"{position} {alias}"'
    expect(filled('title', template, { position: '总监', alias: 'Ming' })).toBe('总监 Ming')
    expect(filled('title', template, { position: '总监' })).toBeUndefined()
    expect(filled('title', template, { position: '总监', alias: '' })).toBeUndefined()
  })

  test.each([
    ['not told', undefined],
    ['without a name', 1],
    ['out of sight', 77],
  ])('a main department that is %s is not known', (_, mainDepartment) => {
    const member = aMember({
      departments: [2],
      ...(mainDepartment !== undefined && { mainDepartment }),
    })
    const names = new Map([
      [1, ''],
      [2, '研发中心'],
    ])
    const { user } = toUser(member, aPolicy({ mapping: mappingOf('affiliation: department') }), names)
    expect(user.fields).toEqual({ displayName: '陈明' })
  })

  test('a phone that is not valid is reported only where no other is', () => {
    const list2 = 'phone: [mobile, telephone]'
    expect(userOf(list2, { mobile: '12', telephone: '010-62345678' })).toMatchObject({
      user: { fields: { phone: '1062345678', countryCode: 'CN' } },
      remarks: [],
    })
    expect(userOf(list2, { mobile: '12', telephone: 'x' }).remarks).toMatchObject([
      { problem: { code: 'phone-invalid' } },
    ])
  })
})

describe('spec 5.1: empty values of mapped fields', () => {
  const clear = { emptyValues: 'clear' } as const

  test.each<[string, string, Sent, string | undefined]>([
    ['sent empty', 'extattr.工号', { 'extattr.工号': '' }, ''],
    ['not sent', 'extattr.工号', {}, undefined],
    ['all of a list sent empty', '[extattr.工号, alias]', { 'extattr.工号': '', alias: '' }, ''],
    ['a part of a list withheld', '[extattr.工号, alias]', { 'extattr.工号': '' }, undefined],
    ['a template of what was sent empty', '"{alias}"', { alias: '' }, undefined],
  ])('%s, under empty-values: clear', (_, source, fields, value) => {
    expect(filled('tag', source, fields, clear)).toBe(value)
    expect(filled('properties.number', source, fields, clear)).toBe(value)
    expect(filled('tag', source, fields)).toBeUndefined()
  })

  test('a value that Casdoor cannot take blanks nothing', () => {
    expect(filled('homepage', 'extattr.主页', { 'extattr.主页': '无' }, clear)).toBeUndefined()
    expect(filled('phone', 'mobile', { mobile: '12' }, clear)).toBeUndefined()
  })
})

describe('spec 5.1: values are in the form of the Casdoor field, wherever they come from', () => {
  const long = '长'.repeat(101)

  test.each([
    ['email', 'Chen@Example.COM', 'chen@example.com'],
    ['email', 'a@b@c.example', undefined],
    ['email', '无', undefined],
    ['phone', '+852 5123 4567', '51234567'],
    ['phone', '无', undefined],
    ['avatar', 'https://img.example.com/0', 'https://img.example.com/0'],
    ['avatar', 'ftp://img.example.com/0', undefined],
    ['homepage', 'https://example.com/', 'https://example.com/'],
    ['homepage', 'javascript:alert(1)', undefined],
    ['homepage', `https://example.com/${'a'.repeat(81)}`, undefined],
    ['homepage', `https://example.com/${'a'.repeat(80)}`, `https://example.com/${'a'.repeat(80)}`],
    ['gender', '1', 'Male'],
    ['gender', '男', 'Male'],
    ['gender', 'female', 'Female'],
    ['gender', 'Female', 'Female'],
    ['gender', '男孩', undefined],
    ['gender', '12', undefined],
    ['gender', '不女', undefined],
    ['gender', '女士', undefined],
    ['displayName', long, '长'.repeat(100)],
    ['title', long, '长'.repeat(100)],
    ['affiliation', long, '长'.repeat(100)],
    ['tag', 'a\u0000\nb', 'a b'],
    ['location', long, '长'.repeat(100)],
    ['bio', long, '长'.repeat(100)],
    ['bio', '\u0000', undefined],
    ['properties.any', long, long],
    ['properties.any', ' a\nb ', 'a b'],
  ])('%s of %j', (field, value, expected) => {
    expect(filled(field, 'extattr.x', { 'extattr.x': value })).toBe(expected)
  })
})

describe('every mistake is told with its line', () => {
  test.each([
    ['a field that may never be filled', 'isAdmin: name', '1 target isAdmin'],
    ['a password', 'password: extattr.x', '1 target password'],
    ['the type', 'type: name', '1 target type'],
    ['the region of a phone', 'countryCode: name', '1 target countryCode'],
    ['all properties', 'properties: name', '1 target properties'],
    ['another case', 'displayname: name', '1 target displayname'],
    ['no field', ': name', '1 target '],
    ['null as a field', 'null: name', '1 target null'],
    ['a list as a field', '? [a, b]\n: name', '1 target [a, b]'],
    ['a property without a name', 'properties.: name', '1 property properties.'],
    ['a property of ours', 'properties.wecomStatus: name', '1 property properties.wecomStatus'],
    ['another of ours', 'properties.wecomDepartments: name', '1 property properties.wecomDepartments'],
    ['a token', 'properties.oauth_WeCom_accessToken: name', '1 property properties.oauth_WeCom_accessToken'],
    ['no plain word', 'properties.__proto__: name', '1 property properties.__proto__'],
    ['a line break in a name', '"properties.a\\nb": name', '1 property properties.a\nb'],
    ['an unknown WeCom field', 'title: postition', '1 source postition'],
    ['a fixed text', 'tag: staff', '1 source staff'],
    ['a field of Casdoor', 'title: displayName', '1 source displayName'],
    ['a custom field without a name', 'tag: extattr.', '1 source extattr.'],
    ['an unknown field in a list', 'email:\n  - biz_mail\n  - mail', '3 source mail'],
    ['an unknown field in a template', 'email: "{mail}@acme.example"', '1 source mail'],
    ['nothing in braces', 'email: "{}@acme.example"', '1 source '],
    ['an open brace', 'email: "{userid@acme.example"', '1 braces {userid@acme.example'],
    ['a closing brace', 'email: "userid}@acme.example"', '1 braces userid}@acme.example'],
    ['braces in braces', 'email: "{{userid}}"', '1 braces {{userid}}'],
    ['an empty list', 'email: []', '1 empty email'],
    ['an empty text', 'email: ""', '1 empty email'],
    ['an empty text in a list', 'email: [""]', '1 empty email'],
    ['nothing behind the colon', 'name: 1\nemail:', '1 target name|1 type name|2 empty email'],
    ['null in a list', 'email: [biz_mail, null]', '1 type email'],
    ['a number', 'title: 5', '1 type title'],
    ['a truth', 'title: true', '1 type title'],
    ['a template without quotes', 'title: {userid}', '1 type title'],
    ['such a template with more', 'email: {userid}@acme.example', '1 yaml'],
    ['lists in lists', 'title: [[name]]', '1 type title'],
    ['a field twice', 'title: position\ntag: name\ntitle: name', '3 double title'],
    ['a tag', 'title: !secret name', '1 yaml'],
    ['an anchor', 'title: &a name', '1 yaml'],
    ['an alias', 'title: &a name\ntag: *a', '1 yaml|2 yaml'],
    ['an anchor on nothing', 'title: &a', '1 yaml'],
    ['a list of fields', '- title', '1 shape'],
    ['a word', 'title', '1 shape'],
    ['an alias alone', '*a', '1 shape'],
    ['two documents', 'title: name\n---\ntag: name', '2 yaml'],
    ['broken YAML', 'title: position\ntag: [name', '2 yaml'],
    ['a tab', 'email:\n\t- biz_mail', '2 yaml'],
  ])('%s', (_, text, mistakes) => {
    expect(mistakesIn(text)).toEqual(mistakes.split('|'))
  })

  test('all of them at once, lines counted from the first of the input', () => {
    const text = '\n\n# comment\nisAdmin: nme\n\nemail: [biz_mail, mail, ""]\ntitle: position\n'
    expect(mistakesIn(text)).toEqual(['4 target isAdmin', '4 source nme', '6 source mail', '6 empty email'])
  })

  test('with what is allowed', () => {
    const [target, source] = readMapping('isAdmin: nme').problems
    expect(target).toMatchObject({
      fault: {
        allowed: [
          'displayName',
          'email',
          'phone',
          'avatar',
          'title',
          'gender',
          'affiliation',
          'tag',
          'location',
          'bio',
          'homepage',
          'properties.<key>',
        ],
      },
    })
    expect(source).toMatchObject({ fault: { allowed: [...memberFields, 'extattr.<name>'] } })
  })

  test('together with the other inputs that are wrong; not with from: snapshot, where it is not needed', () => {
    const wrong = { mapping: 'isAdmin: name', 'country-code': 'xx' }
    expect(codesOf(wrong)).toEqual(expect.arrayContaining(['input-form', 'input-mapping']))
    expect(codesOf({ ...wrong, from: 'snapshot' })).not.toContain('input-mapping')
  })

  test('YAML keeps the blanks of the input', () => {
    const mapping = '  title: external_position\n  tag: name\n'
    expect(codesOf({ mapping })).not.toContain('input-mapping')
  })
})

function codesOf(inputs: Record<string, string>): readonly string[] {
  try {
    readInputs(inputsOf(inputs))
    return []
  } catch (thrown) {
    return problemsOf(thrown).map(({ code }) => code)
  }
}

test.each([
  ['employeeNumber', true],
  ['工号', true],
  ['a b', true],
  ['constructor', true],
  ['', false],
  [' ', false],
  ['wecomStatus', false],
  ['oauth_WeCom_id', false],
])('the property %j is free: %s', (key, isFree) => {
  expect(isFreeProperty(key)).toBe(isFree)
})
