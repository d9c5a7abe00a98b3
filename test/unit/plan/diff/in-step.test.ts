import { describe, expect, test } from 'vitest'
import type { CurrentUser, WantedUser } from '../../../../src/model/people.ts'
import { aDirectory, aHandMadeAccount, anAccount, aUser, corpId } from '../../../make.ts'
import { planOf } from './comparison.ts'

describe('nothing to do', () => {
  test('an account in step with WeCom', () => {
    expect(planOf([aUser()], [anAccount()])).toEqual({
      changes: [],
      remarks: [],
      findings: [{ code: 'field-withheld', fields: ['email', 'phone', 'avatar', 'title', 'gender'] }],
      doubts: [],
      unchanged: 1,
      owned: 1,
      exchange: { owned: 1, gone: 0, joining: 0 },
      oneByOne: 0,
      departments: aDirectory().departments,
      visibleDepartments: [1, 2, 3],
      departmentChanges: [],
    })
  })

  test.each<[string, Partial<WantedUser>, Partial<CurrentUser>]>([
    [
      'an e-mail that differs in case',
      { fields: { email: 'a@example.com' } },
      { fields: { email: 'A@Example.com' } },
    ],
    [
      'a value WeCom does not send (FS-11)',
      { fields: {} },
      { fields: { displayName: '陈明', email: 'a@example.com' } },
    ],
    ['an external id that differs in case', {}, { externalId: `wecom:${corpId}:CHEN_MING` }],
    ['an id that somebody changed', {}, { id: '7f1c' }],
    [
      'somebody disabled who is forbidden',
      { status: 'disabled', forbidden: true },
      { status: 'disabled', forbidden: true },
    ],
    [
      'somebody disabled whose account is soft-deleted',
      { status: 'disabled', forbidden: true },
      { status: 'disabled', deleted: true },
    ],
  ])('%s', (_, wanted, account) => {
    expect(planOf([aUser(wanted)], [anAccount(account)]).changes).toEqual([])
  })

  test('FS-15: hand-made accounts, ours or not, are left as they are', () => {
    const accounts = ['a', 'b', 'c'].map((name) => aHandMadeAccount({ name }))
    expect(planOf([], accounts)).toMatchObject({ changes: [], remarks: [], owned: 0 })
  })
})
