import { describe, expect, test } from 'vitest'
import {
  addUser,
  ask,
  aUser,
  readUser,
  rowsOf,
  uniqueName,
  uniquePhone,
  isFolding,
  updateUser,
} from './where.ts'

describe('what add-user keeps', () => {
  test('every field that the client sends', async () => {
    const phone = uniquePhone()
    const values = {
      wecom: 'Zhang_San@acme',
      externalId: 'wecom:ww0123456789abcdef:zhang_san@acme',
      type: 'normal-user',
      signupApplication: 'app-acme',
      displayName: '张三',
      email: `${uniqueName()}@example.com`,
      phone,
      countryCode: 'CN',
      title: '工程师',
      gender: 'Male',
      avatar: 'https://wework.example.com/avatar/1/0',
      affiliation: '青石科技/研发',
      location: '杭州',
      tag: 'staff',
      isForbidden: true,
      groups: ['acme/wecom-acme-2'],
      properties: { wecomStatus: 'active' },
      registerType: 'WeCom Sync',
      registerSource: 'acme/wecom-sync',
    }
    expect(await readUser(await aUser(values))).toMatchObject(values)
  })

  test('the id that is sent', async () => {
    const id = uniqueName('id')
    expect(await readUser(await aUser({ id }))).toMatchObject({ id })
  })

  test('an id, a wecom and an externalId that others have too', async () => {
    const same = { id: uniqueName('id'), wecom: uniqueName('wecom'), externalId: uniqueName('external') }
    await aUser(same)
    expect(await addUser(same)).toMatchObject({ status: 'ok' })
  })

  test('that somebody is an administrator', async () => {
    expect(await readUser(await aUser({ isAdmin: true }))).toMatchObject({ isAdmin: true })
  })

  test('groups that do not exist', async () => {
    const groups = ['acme/none', 'other/none', 'nogroup']
    expect(await readUser(await aUser({ groups }))).toMatchObject({ groups })
  })

  test('an avatar as it is: nothing is downloaded', async () => {
    const avatar = 'https://wework.example.com/avatar/2/0'
    expect(await readUser(await aUser({ avatar }))).toMatchObject({ avatar, permanentAvatar: '' })
  })
})

describe('what add-user fills in', () => {
  test('a UUID, the times, a rank and the currency', async () => {
    const user = await readUser(await aUser())
    expect(user.id).toMatch(/^[0-9a-f-]{36}$/)
    expect(user.createdTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    expect(user.updatedTime).toBe(user.createdTime)
    expect(user.ranking).toBeGreaterThan(0)
    expect(user.balanceCurrency).toBe('USD')
  })

  test('the register type, unless one is sent', async () => {
    expect(await readUser(await aUser())).toMatchObject({ registerType: 'Add User', registerSource: '' })
  })

  test('neither type nor application nor display name', async () => {
    const name = await aUser({ displayName: '' })
    expect(await readUser(name)).toMatchObject({ displayName: '', type: '', signupApplication: '' })
  })

  test('no password', async () => {
    expect(await readUser(await aUser())).toMatchObject({ password: '' })
  })

  test('null is the same as absent', async () => {
    const nulls = { title: null, isForbidden: null, properties: null, groups: null }
    const unset = { title: '', isForbidden: false, properties: null, groups: [] }
    expect(await readUser(await aUser(nulls))).toMatchObject(unset)
  })
})

describe('what add-user refuses', () => {
  test.each([
    ['no name', { name: '' }, "the user's owner and name should not be empty"],
    ['an organization that is not there', { owner: 'nobody' }, 'The organization: nobody does not exist'],
    ['no organization', { owner: '' }, 'The organization:  does not exist'],
  ])('%s', async (_, values, msg) => {
    expect(await addUser(values)).toMatchObject({ status: 'error', msg })
  })

  test('an organization without an application, in whose text stands admin', async () => {
    const { msg } = await addUser({}, 'acme-noapp')
    expect(msg).toBe('The organization: admin should have one application at least')
  })

  test('the organization built-in', async () => {
    const { msg } = await addUser({}, 'built-in')
    expect(msg).toContain("adding a new user to the 'built-in' organization is currently disabled")
  })

  test('a name that is taken', async () => {
    expect(await addUser({ name: await aUser() })).toMatchObject({ msg: 'Username already exists' })
  })

  test('all but one of adds of one name at once', async () => {
    const name = uniqueName()
    const replies = await Promise.all(Array.from({ length: 6 }, () => addUser({ name })))
    expect(replies.filter(({ status }) => status === 'ok')).toHaveLength(1)
  })
})

describe('e-mail', () => {
  test('has one owner in the organization', async () => {
    const email = `${uniqueName()}@example.com`
    await aUser({ email })
    expect(await addUser({ email })).toMatchObject({ msg: 'Email already exists' })
  })

  test('in another spelling has another owner, but on MySQL', async () => {
    const email = `${uniqueName()}@example.com`
    await aUser({ email })
    const taken = { status: 'error', msg: 'Email already exists' }
    expect(await addUser({ email: email.toUpperCase() })).toMatchObject(isFolding ? taken : { status: 'ok' })
  })

  test('of its own in another spelling is taken on MySQL', async () => {
    const email = `${uniqueName()}@example.com`
    const name = await aUser({ email })
    const reply = await updateUser(name, 'email', { email: email.toUpperCase() })
    expect(reply).toMatchObject(isFolding ? { msg: 'Email already exists' } : { data: 'Affected' })
  })

  test.each([
    ['jose', 'josé', true],
    ['jose', 'jos\u0065\u0301', false],
    ['jose', 'jose ', true],
    ['jose', ' jose', false],
    ['jose', 'ｊose', false],
    ['strasse', 'straße', false],
    ['stras', 'straß', true],
    ['😀', '😁', true],
    ['ω', 'Ώ', true],
    ['張', '张', false],
    ['か', 'が', false],
    ['ae', 'æ', false],
    ['ı', 'i', true],
    ['о', 'О', true],
  ])('%j and %j are one on MySQL: %s', async (one, other, isSame) => {
    const email = uniqueName()
    await aUser({ email: email + one })
    const { status } = await addUser({ email: email + other })
    expect(status).toBe(isFolding && isSame ? 'error' : 'ok')
  })

  test('may be the same in another organization', async () => {
    const email = `${uniqueName()}@example.com`
    await aUser({ email })
    expect(await addUser({ email }, 'acme-world')).toMatchObject({ status: 'ok' })
  })

  test('stays with whoever is forbidden', async () => {
    const email = `${uniqueName()}@example.com`
    await aUser({ email, isForbidden: true })
    expect(await addUser({ email })).toMatchObject({ msg: 'Email already exists' })
  })

  test('is looked at before the phone', async () => {
    const taken = { email: `${uniqueName()}@example.com`, phone: uniquePhone(), countryCode: 'CN' }
    await aUser(taken)
    expect(await addUser(taken)).toMatchObject({ msg: 'Email already exists' })
  })

  test('need not look like one', async () => {
    const email = `${uniqueName()} at example`
    expect(await readUser(await aUser({ email }))).toMatchObject({ email })
  })

  test('none is no conflict', async () => {
    await aUser({ email: '' })
    expect(await addUser({ email: '' })).toMatchObject({ status: 'ok' })
  })
})

describe('finding who was added', () => {
  test('by wecom, for the name may not be the one sent', async () => {
    const wecom = uniqueName('Userid')
    const name = await aUser({ wecom })
    const reply = await ask(`get-users?owner=acme&field=wecom&value=${wecom}&p=1&pageSize=10`)
    expect(rowsOf(reply)).toMatchObject([{ name, wecom }])
  })
})
