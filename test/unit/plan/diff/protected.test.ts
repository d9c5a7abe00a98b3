import { describe, expect, test } from 'vitest'
import { anAccount, aUser } from '../../../make.ts'
import { planOf, person } from './comparison.ts'

describe('spec 6.4: protected users', () => {
  const leaver = anAccount({ administrator: true })

  test('an administrator is never written to; what would have changed is listed', () => {
    const wanted = aUser({ status: 'disabled', forbidden: true, fields: { displayName: '新' } })
    expect(planOf([wanted], [leaver])).toMatchObject({
      changes: [],
      unchanged: 1,
      remarks: [
        {
          kind: 'protected',
          person: { ...person, displayName: '新' },
          problem: { code: 'protected', administrator: true, changes: ['forbid', 'displayName', 'status'] },
        },
      ],
    })
  })

  test('nor is an administrator who left', () => {
    expect(planOf([], [leaver])).toMatchObject({
      changes: [],
      remarks: [{ kind: 'protected', problem: { changes: ['forbid', 'status'] } }],
    })
  })

  test('an account named in protected-users, whatever the case', () => {
    const policy = { protectedUsers: new Set(['chen_ming']) }
    const account = anAccount({ name: 'Chen_Ming' })
    expect(planOf([aUser({ fields: { displayName: '新' } })], [account], { policy })).toMatchObject({
      changes: [],
      remarks: [{ problem: { code: 'protected', administrator: false, changes: ['displayName'] } }],
    })
    expect(planOf([aUser()], [account], { policy })).toMatchObject({ changes: [], remarks: [], unchanged: 1 })
    expect(planOf([], [{ ...account, forbidden: true, status: 'left' }], { policy }).remarks).toEqual([])
  })
})
