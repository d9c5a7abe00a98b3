import { describe, expect, test } from 'vitest'
import { nameOf } from '../../../../src/model/account-name.ts'
import { aHandMadeAccount, aUser, edits } from '../../../make.ts'
import { planOf, person, named, asNew } from './comparison.ts'

describe('a joiner', () => {
  test('is added with everything known, in the order of the report', () => {
    const fields = {
      displayName: '陈明',
      gender: 'Male',
      phone: '13800138000',
      countryCode: 'CN',
      email: 'a@example.com',
      title: '工程师',
      avatar: 'https://a.example.com',
      tag: 'x',
      bio: 'y',
    }
    expect(planOf([aUser({ fields })], []).changes).toEqual([
      {
        kind: 'add',
        ...named,
        forbidden: false,
        ...edits({
          displayName: ['', '陈明'],
          email: ['', 'a@example.com'],
          phone: ['', '13800138000'],
          countryCode: ['', 'CN'],
          title: ['', '工程师'],
          gender: ['', 'Male'],
          avatar: ['', 'https://a.example.com'],
          bio: ['', 'y'],
          tag: ['', 'x'],
          ...asNew,
        }),
      },
    ])
  })

  test('without a name gets the userid as display name', () => {
    const [change] = planOf([aUser({ fields: {} })], []).changes
    expect(change).toMatchObject({ displayName: 'chen_ming' })
    expect(change?.fields[0]).toEqual({ field: 'displayName', before: '', after: 'chen_ming' })
  })

  test.each([
    ['disabled', true, 'disabled'],
    ['not-activated', true, 'not-activated'],
    ['quit', true, 'quit'],
    ['unknown', undefined, 'unknown'],
    ['active', true, 'disabled'],
  ] as const)('who is %s is added forbidden', (status, forbidden, cause) => {
    const plan = planOf([aUser({ status, forbidden })], [])
    expect(plan.changes).toMatchObject([{ kind: 'add', forbidden: true, cause }])
    const remark = { kind: 'noted', person, problem: { code: 'status-unknown' } }
    expect(plan.remarks).toEqual(status === 'unknown' ? [remark] : [])
  })

  test('whose userid is no valid name gets one that is (spec 6.2)', () => {
    expect(planOf([aUser({ userid: 'li__si' })], []).changes).toMatchObject([
      { userid: 'li__si', name: nameOf('li__si') },
    ])
  })

  test('whose name an unrelated account holds, in any case, is skipped', () => {
    const account = aHandMadeAccount({ name: 'Chen_Ming' })
    expect(planOf([aUser()], [account])).toMatchObject({
      changes: [],
      unchanged: 0,
      remarks: [{ kind: 'skipped', person, problem: { code: 'name-taken', account: 'Chen_Ming' } }],
    })
  })

  test('on a server that stores names in lower case gets such a name', () => {
    expect(
      planOf([aUser({ userid: 'Chen.Ming' })], [], { current: { lowersNames: true } }).changes,
    ).toMatchObject([{ name: 'chen.ming', userid: 'Chen.Ming' }])
  })

  test('under a protected name is not added', () => {
    const policy = { protectedUsers: new Set(['chen_ming']) }
    expect(planOf([aUser()], [], { policy })).toMatchObject({
      changes: [],
      remarks: [
        { kind: 'protected', problem: { code: 'protected', administrator: false, changes: ['add'] } },
      ],
    })
  })
})
