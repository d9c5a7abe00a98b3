import { expect, test } from 'vitest'
import { isSamePhone, storedPhone } from '../../../src/model/phone.ts'

test.each([
  [{ phone: '13811110002', countryCode: 'CN' }],
  [{ phone: '13811110002' }],
  [{ phone: '+8613811110002' }],
  [{ phone: '+86 138 1111 0002', countryCode: 'CN' }],
  [{ phone: '138-1111-0002', countryCode: '' }],
])('S10: %o is one number', (fields) => {
  expect(storedPhone(fields, 'CN')).toEqual({ phone: '13811110002', countryCode: 'CN' })
})

test('S10: what is no number stays as it is', () => {
  const nowhere = { phone: '+86 1', countryCode: 'XX' }
  expect(storedPhone(nowhere, 'CN')).toEqual(nowhere)
  expect(storedPhone({ phone: 'ext. 7' }, 'CN')).toEqual({ phone: 'ext. 7', countryCode: 'CN' })
  expect(storedPhone({}, 'CN')).toEqual({ phone: '', countryCode: 'CN' })
})

test('S9: a number that Casdoor took only with `+` is the same number', () => {
  const wanted = { phone: '61234567', countryCode: 'IT' }
  expect(isSamePhone({ phone: '+39061234567', countryCode: 'IT' }, wanted)).toBe(true)
  expect(isSamePhone({ phone: '61234567', countryCode: 'IT' }, wanted)).toBe(true)
  expect(isSamePhone({ phone: '+39061234568', countryCode: 'IT' }, wanted)).toBe(false)
  // Without its region it cannot be looked up: it is written once more.
  expect(isSamePhone({ phone: '+39061234567' }, wanted)).toBe(false)
})
