import { describe, expect, test } from 'vitest'
import { toUser } from '../../../src/plan/map.ts'
import { personOf } from '../../../src/model/people.ts'
import { aMember, aPolicy } from '../../make.ts'

function fieldsOf(fields: Record<string, string>, policy = aPolicy()) {
  return toUser(aMember({ fields }), policy).user.fields
}

describe('spec 5.1: every field', () => {
  test('of somebody about whom WeCom tells all', () => {
    const { user, remarks } = toUser(
      aMember({
        userid: 'Chen.Ming',
        departments: [2, 21],
        fields: {
          name: '陈明',
          email: 'Chen.Ming@Example.com',
          mobile: '13800138000',
          avatar: 'http://img.example.com/1/0',
          position: '研发总监',
          gender: '1',
          alias: 'Ming',
        },
      }),
      aPolicy(),
    )
    expect(user).toEqual({
      userid: 'Chen.Ming',
      departments: [2, 21],
      status: 'active',
      forbidden: false,
      fields: {
        displayName: '陈明',
        email: 'chen.ming@example.com',
        phone: '13800138000',
        countryCode: 'CN',
        avatar: 'http://img.example.com/1/0',
        title: '研发总监',
        gender: 'Male',
      },
    })
    expect(remarks).toEqual([])
  })

  test('of a new app, which gets no phone, e-mail, avatar or gender (FS-11)', () => {
    const { user, remarks } = toUser(aMember({ fields: { name: '刘燕', position: '' } }), aPolicy())
    expect(user.fields).toEqual({ displayName: '刘燕' })
    expect(remarks).toEqual([])
  })

  test.each([
    ['gender', '2', 'Female'],
    ['gender', '0', undefined],
    ['gender', '3', undefined],
    ['position', 'a'.repeat(101), 'a'.repeat(100)],
    ['position', '😀'.repeat(100), '😀'.repeat(100)],
    ['position', '😀'.repeat(101), '😀'.repeat(100)],
    ['position', `${'a'.repeat(99)} b`, 'a'.repeat(99)],
    ['position', ' 总监\u0000\n二组 ', '总监 二组'],
    ['avatar', 'https://img.example.com/a', 'https://img.example.com/a'],
    ['avatar', 'javascript:alert(1)', undefined],
    ['avatar', 'not a URL', undefined],
    ['avatar', 'https', undefined],
    ['avatar', 'shttps://img.example.com', undefined],
    ['avatar', 'https-x://img.example.com', undefined],
    ['email', `${'a'.repeat(89)}@example.com`, undefined],
    ['email', `${'a'.repeat(88)}@example.com`, `${'a'.repeat(88)}@example.com`],
  ])('%s %s', (field, sent, stored) => {
    const target = { gender: 'gender', position: 'title', avatar: 'avatar', email: 'email' }[field] ?? ''
    expect(fieldsOf({ [field]: sent })).toEqual(stored === undefined ? {} : { [target]: stored })
  })

  test.each([
    ['13800138000', 'CN', '13800138000', 'CN'],
    ['+86 138-0013-8000', 'US', '13800138000', 'CN'],
    ['+852 5123 4567', 'CN', '51234567', 'HK'],
    ['51234567', 'HK', '51234567', 'HK'],
    ['+1-202-555-0143', 'CN', '2025550143', 'US'],
    ['+39 06 698 12345', 'CN', '669812345', 'VA'],
  ] as const)('phone %s in %s becomes the form Casdoor stores', (mobile, countryCode, phone, region) => {
    expect(fieldsOf({ mobile }, aPolicy({ countryCode }))).toEqual({ phone, countryCode: region })
  })

  test.each(['12', 'abc', '10000000000', '+999 1234 5678', '+800 1234 5678'])(
    'phone %s is left out and reported',
    (mobile) => {
      const { user, remarks } = toUser(aMember({ fields: { name: '陈明', mobile } }), aPolicy())
      expect(user.fields).toEqual({ displayName: '陈明' })
      expect(remarks).toEqual([
        {
          kind: 'noted',
          person: { userid: 'chen_ming', displayName: '陈明', departments: [2] },
          problem: { code: 'phone-invalid' },
        },
      ])
    },
  )
})

describe('spec 5.1: absent, empty and gender 0 are not known (FS-11, FS-12)', () => {
  const empty = { name: '', email: '', mobile: '', avatar: '', position: '', gender: '' }

  test('an explicit empty text is not known', () => {
    expect(toUser(aMember({ fields: empty }), aPolicy())).toMatchObject({ user: { fields: {} }, remarks: [] })
    expect(fieldsOf(empty)).toEqual({})
  })

  test('empty-values: clear lets it blank a field, never the display name', () => {
    expect(fieldsOf(empty, aPolicy({ emptyValues: 'clear' }))).toEqual({
      email: '',
      phone: '',
      countryCode: '',
      avatar: '',
      title: '',
      gender: '',
    })
  })

  test('empty-values: clear does not blank what is absent, nor gender 0', () => {
    expect(fieldsOf({ gender: '0' }, aPolicy({ emptyValues: 'clear' }))).toEqual({})
  })
})

test('spec 5.1: the userid stays as WeCom spells it, the status is mapped', () => {
  const { user } = toUser(aMember({ userid: 'Liu.Yan', status: 2 }), aPolicy())
  expect(user).toMatchObject({ userid: 'Liu.Yan', status: 'disabled', forbidden: true })
})

test('who heads a department is named so in the report', () => {
  expect(personOf(toUser(aMember({ isHead: true }), aPolicy()).user)).toMatchObject({ isHead: true })
  expect(personOf(toUser(aMember({}), aPolicy()).user)).not.toHaveProperty('isHead')
})
