import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dedupe, merge } from '../../../src/plan/dedupe.ts'
import { aMember, aRow, aUser } from '../../make.ts'

describe('spec 5.3: one person, several departments', () => {
  test('departments are united in ascending order, each other field is the first known one', () => {
    const rows = [
      aRow({ userid: 'liu', departments: [21, 3], fields: { name: '刘燕', position: '' } }, 21),
      aRow(
        { userid: 'liu', departments: [3], fields: { name: '刘', position: '主管', email: 'a@example.com' } },
        3,
      ),
      aRow({ userid: 'liu', departments: [22, 3], fields: { email: 'b@example.com' } }, 22),
    ]
    expect(merge(rows)).toEqual([
      {
        userid: 'liu',
        departments: [3, 21, 22],
        status: 1,
        fields: { name: '刘', position: '主管', email: 'a@example.com' },
      },
    ])
  })

  test('who heads one of the departments is a head', () => {
    expect(merge([aRow({ isHead: true }, 3), aRow({}, 2)])).toMatchObject([{ isHead: true }])
  })

  test('FS-22: userids that differ in case are one person, spelt as in the first department', () => {
    const people = merge([aRow({ userid: 'Liu.Yan' }, 21), aRow({ userid: 'liu.yan' }, 3)])
    expect(people.map(({ userid }) => userid)).toEqual(['liu.yan'])
  })

  test('two spellings in one department: the first by code point', () => {
    expect(merge([aRow({ userid: 'liu' }, 2), aRow({ userid: 'LIU' }, 2)])).toMatchObject([{ userid: 'LIU' }])
  })

  test('FS-13: a member whose array is empty belongs to the department that listed them', () => {
    expect(merge([aRow({ departments: [] }, 7)])).toMatchObject([{ departments: [7] }])
    expect(merge([aRow({ departments: [2] }, 7)])).toMatchObject([{ departments: [2] }])
    expect(merge([aRow({ departments: [10, 9] }, 7)])).toMatchObject([{ departments: [9, 10] }])
  })

  test('spec 4.3: somebody visible one by one may be in no department, and comes after the lists', () => {
    const { department: _, ...single } = aRow({ departments: [], fields: { name: '陈', position: '顾问' } })
    expect(merge([single])).toEqual([{ ...single.member, departments: [] }])
    expect(merge([single, aRow({ departments: [] }, 7)])).toMatchObject([
      { departments: [7], fields: { name: '陈明', position: '顾问' } },
    ])
    expect(merge([single, { member: aMember({ userid: 'CHEN_MING', departments: [] }) }])).toMatchObject([
      { userid: 'CHEN_MING', departments: [] },
    ])
  })

  test('a status that only a later department tells is known', () => {
    const { status: _, ...silent } = aRow({}, 2).member
    const rows = [{ department: 2, member: silent }, aRow({ status: 2, enable: 0 }, 3)]
    expect(merge(rows)).toMatchObject([{ status: 2, enable: 0 }])
  })

  test('the order of the rows does not matter', () => {
    const row = fc
      .record({
        userid: fc.constantFrom('a', 'A', 'b', 'c'),
        department: fc.integer({ min: 1, max: 4 }),
        departments: fc.uniqueArray(fc.integer({ min: 1, max: 4 })),
        name: fc.constantFrom('', '一', '二'),
      })
      .map(({ userid, department, departments, name }) =>
        aRow({ userid, departments, fields: name === '' ? {} : { name } }, department),
      )
    // WeCom lists nobody twice in one department.
    const rows = fc.uniqueArray(row, {
      selector: ({ department, member }) => `${department} ${member.userid}`,
    })
    fc.assert(
      fc.property(
        rows.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(merge(shuffled)).toEqual(merge(all))
        },
      ),
    )
  })
})

describe('spec 5.3: one e-mail or phone, several people', () => {
  const shared = (userid: string) =>
    aUser({
      userid,
      fields: { displayName: userid, email: 'a@example.com', phone: '13800138000', countryCode: 'CN' },
    })

  test('the first by userid keeps it, the others go on without and are reported', () => {
    const { users, remarks } = dedupe([shared('zhou'), shared('An')])
    expect(users).toEqual([shared('An'), aUser({ userid: 'zhou', fields: { displayName: 'zhou' } })])
    const person = { userid: 'zhou', displayName: 'zhou', departments: [2] }
    expect(remarks).toEqual([
      { kind: 'noted', person, problem: { code: 'value-shared', field: 'email', holder: 'An' } },
      { kind: 'noted', person, problem: { code: 'value-shared', field: 'phone', holder: 'An' } },
    ])
  })

  test('e-mails are compared without regard to case', () => {
    const one = aUser({ userid: 'a', fields: { email: 'A@example.com' } })
    const two = aUser({ userid: 'b', fields: { email: 'a@EXAMPLE.com' } })
    expect(dedupe([one, two]).users).toMatchObject([{ fields: { email: 'A@example.com' } }, { fields: {} }])
  })

  test('the same digits in two regions are two phones', () => {
    const one = aUser({ userid: 'a', fields: { phone: '51234567', countryCode: 'HK' } })
    const two = aUser({ userid: 'b', fields: { phone: '51234567', countryCode: 'US' } })
    expect(dedupe([one, two])).toEqual({ users: [one, two], remarks: [] })
  })

  test('a phone without a region is one of its own', () => {
    const one = aUser({ userid: 'a', fields: { phone: '51234567' } })
    const two = aUser({ userid: 'b', fields: { phone: '51234567' } })
    expect(dedupe([one, two]).users).toEqual([one, { ...two, fields: {} }])
  })

  test('two people without an e-mail share nothing', () => {
    const blank = { email: '', phone: '', countryCode: '' }
    const users = [
      aUser({ userid: 'a', fields: blank }),
      aUser({ userid: 'b', fields: {} }),
      aUser({ userid: 'c', fields: blank }),
    ]
    expect(dedupe(users)).toEqual({ users, remarks: [] })
  })
})
