import { describe, expect, test } from 'vitest'
import { addUser, ask, aUser, readUser, uniquePhone, updateUser, maybeAffected } from './where.ts'

/** The digits with a space or hyphen after the third and seventh. */
const spaced = (phone: string, between: string) =>
  [phone.slice(0, 3), phone.slice(3, 7), phone.slice(7)].join(between)

const fullWidth = (phone: string) =>
  phone.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)))

/** Adds somebody with this phone, whoever had it before. */
async function stored(values: { phone: string; countryCode?: string }, owner = 'acme'): Promise<unknown> {
  const name = await aUser(values, owner)
  const { phone, countryCode } = await readUser(name, owner)
  await ask('delete-user', { body: { owner, name } })
  return { phone, countryCode }
}

describe('a mainland phone becomes national digits and CN', () => {
  test.each<[string, (phone: string) => string]>([
    ['digits', (phone) => phone],
    ['+86 before them', (phone) => `+86${phone}`],
    ['+86, spaces and hyphens', (phone) => `+86 ${spaced(phone, '-')}`],
    ['86 and a space', (phone) => `86 ${phone}`],
    ['86', (phone) => `86${phone}`],
    ['0086', (phone) => `0086 ${phone}`],
    ['spaces', (phone) => spaced(phone, ' ')],
    ['full-width digits', fullWidth],
    ['an extension', (phone) => `${phone} ext 5`],
  ])('%s', async (_, written) => {
    const phone = uniquePhone()
    const expected = { phone, countryCode: 'CN' }
    expect(await stored({ phone: written(phone) })).toEqual(expected)
    expect(await stored({ phone: written(phone), countryCode: 'CN' })).toEqual(expected)
    expect(await stored({ phone: written(phone), countryCode: '' })).toEqual(expected)
  })

  test('the region is the first of the organization when none is sent', async () => {
    const phone = `13800${uniquePhone().slice(5)}`
    expect(await addUser({ phone }, 'acme-world')).toMatchObject({ msg: 'Phone number is invalid' })
    expect(await stored({ phone, countryCode: 'CN' }, 'acme-world')).toEqual({ phone, countryCode: 'CN' })
  })

  test('a mainland phone can pass for one of that region', async () => {
    const american = { phone: '3105550143', countryCode: 'US' }
    expect(await stored({ phone: '13105550143' }, 'acme-world')).toEqual(american)
  })
})

describe('other numbers', () => {
  test.each([
    ['+852 5123 4567', 'CN', '51234567', 'HK'],
    ['51234567', 'HK', '51234567', 'HK'],
    ['+1-202-555-0143', 'CN', '2025550143', 'US'],
    ['+886912345678', 'CN', '912345678', 'TW'],
    ['+65 8123 4567', 'CN', '81234567', 'SG'],
    ['+81 90-1234-5678', 'CN', '9012345678', 'JP'],
    ['+44 7400 123456', 'CN', '7400123456', 'GB'],
    ['+39 06 698 12345', 'CN', '669812345', 'VA'],
    ['010-12345678', 'CN', '1012345678', 'CN'],
    ['400-820-8820', 'CN', '4008208820', 'CN'],
  ])('%s with %s', async (phone, countryCode, digits, region) => {
    expect(await stored({ phone, countryCode })).toEqual({ phone: digits, countryCode: region })
  })
})

describe('a phone is invalid', () => {
  test.each(['10000000000', '012345', '12', 'abc', ' ', '51234567'])('%j in CN', async (phone) => {
    expect(await addUser({ phone, countryCode: 'CN' })).toMatchObject({ msg: 'Phone number is invalid' })
  })

  test.each(['cn', '86', '+86', 'XX'])('without + and with the region %j', async (countryCode) => {
    const reply = await addUser({ phone: uniquePhone(), countryCode })
    expect(reply).toMatchObject({ msg: 'Phone number is invalid' })
  })

  test.each([140, 141, 142, 143, 144, 146, 148, 149, 154, 160, 161, 163, 164, 168, 169, 179, 194])(
    'with the prefix %i',
    async (prefix) => {
      const phone = `${prefix}${uniquePhone().slice(3)}`
      expect(await addUser({ phone, countryCode: 'CN' })).toMatchObject({ msg: 'Phone number is invalid' })
    },
  )

  test.each([
    130, 134, 139, 145, 147, 150, 153, 155, 159, 162, 165, 166, 167, 170, 173, 175, 178, 180, 189, 190, 199,
  ])('but not with the prefix %i', async (prefix) => {
    const phone = `${prefix}${uniquePhone().slice(3)}`
    expect(await stored({ phone, countryCode: 'CN' })).toEqual({ phone, countryCode: 'CN' })
  })

  test('none is valid, with any region', async () => {
    expect(await readUser(await aUser({ phone: '', countryCode: 'zzzz' }))).toMatchObject({
      countryCode: 'zzzz',
    })
  })
})

describe('a phone has one owner in the organization', () => {
  test('in whatever form it is sent', async () => {
    const phone = uniquePhone()
    await aUser({ phone, countryCode: 'CN' })
    expect(await addUser({ phone: `+86 ${phone}` })).toMatchObject({ msg: 'Phone already exists' })
  })

  test('also one who is forbidden', async () => {
    const phone = uniquePhone()
    await aUser({ phone, countryCode: 'CN', isForbidden: true })
    expect(await addUser({ phone, countryCode: 'CN' })).toMatchObject({ msg: 'Phone already exists' })
  })

  test('on an update too', async () => {
    const phone = uniquePhone()
    await aUser({ phone, countryCode: 'CN' })
    const reply = await updateUser(await aUser(), 'phone,countryCode', { phone, countryCode: 'CN' })
    expect(reply).toMatchObject({ msg: 'Phone already exists' })
  })

  test('and can be had again when it was released', async () => {
    const phone = uniquePhone()
    const name = await aUser({ phone, countryCode: 'CN' })
    await updateUser(name, 'phone,countryCode', { phone: '', countryCode: '' })
    expect(await readUser(name)).toMatchObject({ phone: '', countryCode: '' })
    await aUser({ phone, countryCode: 'CN' })
  })

  test('but may be the same in another organization', async () => {
    const phone = uniquePhone()
    await aUser({ phone, countryCode: 'CN' })
    expect(await addUser({ phone, countryCode: 'CN' }, 'acme-world')).toMatchObject({ status: 'ok' })
  })
})

describe('updating a phone', () => {
  test('to another form of the same number is no conflict', async () => {
    const phone = uniquePhone()
    const name = await aUser({ phone, countryCode: 'CN' })
    const reply = await updateUser(name, 'phone,countryCode', { phone: `+86${phone}`, countryCode: 'CN' })
    expect(reply).toMatchObject({ data: maybeAffected })
    expect(await readUser(name)).toMatchObject({ phone, countryCode: 'CN' })
  })

  test('without its region leaves a wrong pair', async () => {
    const name = await aUser({ phone: uniquePhone(), countryCode: 'CN' })
    await updateUser(name, 'phone', { phone: '+1 202 555 0143' })
    expect(await readUser(name)).toMatchObject({ phone: '2025550143', countryCode: 'CN' })
  })

  test('a region that does not fit the number is refused, listed or not', async () => {
    const name = await aUser({ phone: uniquePhone(), countryCode: 'CN' })
    const reply = await updateUser(name, 'title', { title: '工程师', countryCode: 'HK' })
    expect(reply).toMatchObject({ msg: 'Phone number is invalid' })
  })

  test('a region alone is not looked at when there is no number', async () => {
    const name = await aUser()
    expect(await updateUser(name, 'countryCode', { countryCode: 'zzzz' })).toMatchObject({ status: 'ok' })
  })
})

describe('looking somebody up by phone', () => {
  test('national digits are enough, a + names the region too', async () => {
    const phone = uniquePhone()
    const name = await aUser({ phone, countryCode: 'CN' })
    expect(await ask(`get-user?owner=acme&phone=${phone}`)).toMatchObject({ data: { name } })
    expect(await ask(`get-user?owner=acme&phone=%2B86${phone}`)).toMatchObject({ data: { name } })
  })
})
