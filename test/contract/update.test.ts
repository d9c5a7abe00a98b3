import { describe, expect, test } from 'vitest'
import { ask, aUser, readUser, uniqueName, uniquePhone, updateUser, maybeAffected } from './where.ts'

describe('with columns', () => {
  test('only the listed ones are written', async () => {
    const name = await aUser({ title: '工程师' })
    const values = { title: '架构师', affiliation: '青石科技', wecom: 'other', isForbidden: true, tag: 'x' }
    expect(await updateUser(name, 'title', values)).toMatchObject({ status: 'ok', data: 'Affected' })
    const unlisted = { affiliation: '', wecom: '', isForbidden: false, tag: '' }
    expect(await readUser(name)).toMatchObject({ title: '架构师', ...unlisted })
  })

  test('a listed one that the body lacks keeps its value', async () => {
    const name = await aUser({ title: '工程师', gender: 'Male' })
    await updateUser(name, 'title,gender', { gender: 'Female' })
    expect(await readUser(name)).toMatchObject({ title: '工程师', gender: 'Female' })
  })

  test.each([
    ['displayName', { displayName: '张三丰' }],
    ['email', { email: `${uniqueName()}@example.com` }],
    ['phone,countryCode', { phone: uniquePhone(), countryCode: 'CN' }],
    ['avatar', { avatar: 'https://wework.example.com/avatar/3/0' }],
    ['title', { title: '架构师' }],
    ['gender', { gender: 'Female' }],
    ['isForbidden', { isForbidden: true }],
    ['wecom', { wecom: 'Zhang_San' }],
    ['externalId', { externalId: 'wecom:ww0123456789abcdef:zhang_san' }],
    ['affiliation', { affiliation: '青石科技/研发' }],
    ['location', { location: '杭州' }],
    ['bio', { bio: '…' }],
    ['homepage', { homepage: 'https://example.com' }],
    ['tag', { tag: 'staff' }],
    ['groups', { groups: ['acme/none'] }],
    ['properties', { properties: { wecomStatus: 'active' } }],
    ['registerType', { registerType: 'WeCom Sync' }],
  ])('%s may be written', async (columns, values) => {
    const name = await aUser()
    expect(await updateUser(name, columns, values)).toMatchObject({ data: 'Affected' })
    expect(await readUser(name)).toMatchObject(values)
  })

  test('they may be written in snake_case', async () => {
    const name = await aUser()
    await updateUser(name, 'display_name,external_id,is_forbidden', {
      displayName: '张三丰',
      externalId: 'outside',
      isForbidden: true,
    })
    expect(await readUser(name)).toMatchObject({
      displayName: '张三丰',
      externalId: 'outside',
      isForbidden: true,
    })
  })

  test.each(['wecomId', 'TITLE', 'nothing'])('%s is no column, which is not told', async (columns) => {
    const name = await aUser({ title: '工程师' })
    expect(await updateUser(name, columns, { title: '架构师' })).toMatchObject({ data: maybeAffected })
    expect(await readUser(name)).toMatchObject({ title: '工程师' })
  })

  test('equal values are Affected too, but on MySQL', async () => {
    const name = await aUser({ title: '工程师' })
    expect(await updateUser(name, 'title', { title: '工程师' })).toMatchObject({ data: maybeAffected })
  })

  test('owner and name need not be in the body', async () => {
    const name = await aUser()
    const reply = await ask(`update-user?id=acme/${name}&columns=title`, { body: { title: '架构师' } })
    expect(reply).toMatchObject({ data: 'Affected' })
    expect(await readUser(name)).toMatchObject({ title: '架构师' })
  })

  test('another owner in the body moves nobody', async () => {
    const name = await aUser()
    await ask(`update-user?id=acme/${name}&columns=title`, { body: { owner: 'acme-world', name } })
    expect(await readUser(name)).toMatchObject({ owner: 'acme' })
  })

  test('a changed id is refused, listed or not', async () => {
    const reply = await updateUser(await aUser(), 'title', { id: uniqueName('id') })
    expect(reply).toMatchObject({ msg: 'The ID is immutable.' })
  })

  test('without a group, another name in the body leaves the row its name', async () => {
    const name = await aUser()
    const body = { owner: 'acme', name: uniqueName(), title: '架构师' }
    expect(await ask(`update-user?id=acme/${name}&columns=title`, { body })).toMatchObject({ status: 'ok' })
    expect(await readUser(name)).toMatchObject({ name, title: '架构师' })
  })
})

describe('what is empty', () => {
  test.each(['email', 'title', 'gender', 'wecom', 'externalId', 'affiliation', 'avatar'])(
    '%s is cleared by empty text',
    async (field) => {
      const name = await aUser({ [field]: uniqueName() })
      await updateUser(name, field, { [field]: '' })
      expect(await readUser(name)).toMatchObject({ [field]: '' })
    },
  )

  test('a display name cannot be', async () => {
    const reply = await updateUser(await aUser(), 'displayName', { displayName: '' })
    expect(reply).toMatchObject({ msg: 'Display name cannot be empty' })
  })

  test('null leaves a text as it is', async () => {
    const name = await aUser({ title: '工程师' })
    await updateUser(name, 'title', { title: null })
    expect(await readUser(name)).toMatchObject({ title: '工程师' })
  })

  test('null empties properties and groups', async () => {
    const name = await aUser({ properties: { floor: '7' }, groups: ['acme/none'] })
    await updateUser(name, 'properties,groups', { properties: null, groups: null })
    expect(await readUser(name)).toMatchObject({ properties: {}, groups: [] })
  })
})

describe('properties and groups', () => {
  test('properties are merged key by key', async () => {
    const name = await aUser({ properties: { floor: '7', seat: 'A' } })
    await updateUser(name, 'properties', { properties: { seat: 'B', wecomStatus: 'left' } })
    const { properties } = await readUser(name)
    expect(properties).toEqual({ floor: '7', seat: 'B', wecomStatus: 'left' })
  })

  test('no properties in the body change none', async () => {
    const name = await aUser({ properties: { floor: '7' } })
    await updateUser(name, 'properties', { properties: {} })
    expect(await readUser(name)).toMatchObject({ properties: { floor: '7' } })
  })

  test('properties that were never set can be', async () => {
    const name = await aUser()
    await updateUser(name, 'properties', { properties: { wecomStatus: 'active' } })
    expect(await readUser(name)).toMatchObject({ properties: { wecomStatus: 'active' } })
  })

  test('groups are replaced', async () => {
    const name = await aUser({ groups: ['acme/a', 'acme/b'] })
    await updateUser(name, 'groups', { groups: ['acme/c'] })
    expect(await readUser(name)).toMatchObject({ groups: ['acme/c'] })
  })
})

describe('the e-mail', () => {
  test('of another is refused, listed or not', async () => {
    const email = `${uniqueName()}@example.com`
    await aUser({ email })
    const name = await aUser()
    expect(await updateUser(name, 'email', { email })).toMatchObject({ msg: 'Email already exists' })
    expect(await updateUser(name, 'title', { email })).toMatchObject({ msg: 'Email already exists' })
  })

  test('can be had again once it was released', async () => {
    const email = `${uniqueName()}@example.com`
    const holder = await aUser({ email })
    const name = await aUser()
    await updateUser(holder, 'email', { email: '' })
    expect(await updateUser(name, 'email', { email })).toMatchObject({ data: 'Affected' })
  })
})

describe('whom it is for', () => {
  test('somebody who is not there', async () => {
    const name = uniqueName()
    const reply = await updateUser(name, 'title', { title: '架构师' })
    expect(reply).toMatchObject({ status: 'error', msg: `The user: acme/${name} doesn't exist` })
  })

  test('by the column id', async () => {
    const id = uniqueName('id')
    const name = await aUser({ id })
    const path = `update-user?owner=acme&userId=${id}&columns=title`
    expect(await ask(path, { body: { title: '架构师' } })).toMatchObject({ data: 'Affected' })
    expect(await readUser(name)).toMatchObject({ title: '架构师' })
  })
})

describe('without columns', () => {
  const full = { wecom: 'Zhang_San', externalId: 'outside', title: '工程师', type: 'normal-user' }

  test('a body without a display name is refused', async () => {
    const reply = await updateUser(await aUser(full), undefined, { title: '架构师' })
    expect(reply).toMatchObject({ msg: 'Display name cannot be empty' })
  })

  test('then one without the id', async () => {
    const reply = await updateUser(await aUser(full), undefined, { displayName: '张三' })
    expect(reply).toMatchObject({ msg: 'The ID is immutable.' })
  })

  test.each([undefined, ''])('with both (columns=%j) everything else is wiped', async (columns) => {
    const id = uniqueName('id')
    const email = `${uniqueName()}@example.com`
    const name = await aUser({ id, email, ...full })
    expect(await updateUser(name, columns, { id, displayName: '张三' })).toMatchObject({ data: 'Affected' })
    expect(await readUser(name)).toMatchObject({
      email: '',
      wecom: '',
      title: '',
      type: '',
      registerType: '',
    })
  })

  test('but for a few, of which externalId is one', async () => {
    const id = uniqueName('id')
    const name = await aUser({ id, ...full })
    await updateUser(name, undefined, { id, displayName: '张三' })
    expect(await readUser(name)).toMatchObject({ externalId: 'outside' })
  })
})

describe('beside a syncer of Casdoor', () => {
  const syncer = { owner: 'admin', organization: 'acme-mirror', type: 'WeCom', tableColumns: [] }
  const list = 'get-syncers?owner=admin&organization=acme-mirror'

  /** Runs `check` while the organization has this syncer. */
  async function during(values: object, check: () => Promise<void>): Promise<void> {
    const name = uniqueName('syncer')
    await ask('add-syncer', { body: { ...syncer, name, ...values } })
    try {
      await check()
    } finally {
      await ask('delete-syncer', { body: { ...syncer, name } })
    }
  }

  test('that is enabled and may write, a change is saved and then answered with an error', async () => {
    const name = await aUser({}, 'acme-mirror')
    await during({ isEnabled: true, isReadOnly: false }, async () => {
      expect(await ask(list)).toMatchObject({ data: [{ isEnabled: true, organization: 'acme-mirror' }] })
      const reply = await updateUser(name, 'title', { title: '架构师' }, 'acme-mirror')
      expect(reply).toMatchObject({ status: 'error', msg: 'updating users in WeCom is not supported' })
      expect(await readUser(name, 'acme-mirror')).toMatchObject({ title: '架构师' })
    })
  })

  test.each([
    ['is disabled', { isEnabled: false, isReadOnly: false }],
    ['only reads', { isEnabled: true, isReadOnly: true }],
  ])('that %s, nothing is different', async (_, values) => {
    const name = await aUser({}, 'acme-mirror')
    await during(values, async () => {
      const reply = await updateUser(name, 'title', { title: '架构师' }, 'acme-mirror')
      expect(reply).toMatchObject({ status: 'ok', data: 'Affected' })
    })
  })

  test('people are added and deleted as ever', async () => {
    await during({ isEnabled: true, isReadOnly: false }, async () => {
      const name = await aUser({}, 'acme-mirror')
      const body = { owner: 'acme-mirror', name }
      expect(await ask('delete-user', { body })).toMatchObject({ data: 'Affected' })
    })
  })
})
