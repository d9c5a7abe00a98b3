import { expect, test } from 'vitest'
import { sharedSignIns } from '../../../src/plan/sign-in.ts'
import { aUser } from '../../make.ts'

const phone = { phone: '13800138000', countryCode: 'CN' }

test('S12: a userid that is somebody else’s phone or e-mail is remarked upon, one’s own is not', () => {
  const byPhone = aUser({ userid: '13800138000', fields: {} })
  const byEmail = aUser({ userid: 'Li@example.com', fields: {} })
  const holder = aUser({ userid: 'li', fields: { ...phone, email: 'li@example.com' } })
  expect(sharedSignIns([byPhone, byEmail, holder])).toMatchObject([
    { kind: 'noted', person: { userid: 'Li@example.com' }, problem: { field: 'email', userid: 'li' } },
    { kind: 'noted', person: { userid: '13800138000' }, problem: { field: 'phone', userid: 'li' } },
  ])
  expect(sharedSignIns([{ ...byPhone, fields: phone }, aUser()])).toEqual([])
})
