import { describe, expect, test } from 'vitest'
import {
  addUser,
  aGroup,
  ask,
  aUser,
  readGroup,
  readUser,
  uniqueName,
  uniquePhone,
  updateUser,
  maybeAffected,
} from './where.ts'

async function deleteUser(name: string, owner = 'acme') {
  return ask('delete-user', { body: { owner, name } })
}

describe('forbidding', () => {
  test('sets isForbidden and nothing else', async () => {
    const name = await aUser({ title: '工程师' })
    await updateUser(name, 'isForbidden', { isForbidden: true })
    expect(await readUser(name)).toMatchObject({ isForbidden: true, isDeleted: false, title: '工程师' })
  })

  test('can be taken back', async () => {
    const name = await aUser({ isForbidden: true })
    await updateUser(name, 'isForbidden', { isForbidden: false })
    expect(await readUser(name)).toMatchObject({ isForbidden: false })
  })

  test('goes together with what the syncer remembers', async () => {
    const name = await aUser({ properties: { wecomStatus: 'active', floor: '7' } })
    const values = { isForbidden: true, properties: { wecomStatus: 'left' } }
    await updateUser(name, 'isForbidden,properties', values)
    const properties = { wecomStatus: 'left', floor: '7' }
    expect(await readUser(name)).toMatchObject({ isForbidden: true, properties })
  })
})

describe('deleting', () => {
  test('removes the row', async () => {
    const name = await aUser()
    expect(await deleteUser(name)).toMatchObject({ status: 'ok', data: 'Affected' })
    expect(await ask(`get-user?id=acme/${name}`)).toMatchObject({ status: 'ok', data: null })
  })

  test('somebody who is not there is Unaffected', async () => {
    expect(await deleteUser(uniqueName())).toMatchObject({ status: 'ok', data: 'Unaffected' })
  })

  test('in an organization that is not there is Unaffected too', async () => {
    expect(await deleteUser(uniqueName(), 'nobody')).toMatchObject({ status: 'ok', data: 'Unaffected' })
  })

  test('frees the name, the e-mail and the phone', async () => {
    const values = { name: uniqueName(), email: `${uniqueName()}@example.com`, phone: uniquePhone() }
    await aUser(values)
    await deleteUser(values.name)
    expect(await addUser(values)).toMatchObject({ status: 'ok' })
  })

  test('takes people out of their groups', async () => {
    const group = await aGroup()
    const name = await aUser({ groups: [`acme/${group}`] })
    await deleteUser(name)
    expect(await readGroup(group)).toMatchObject({ users: null })
  })

  test('the first administrator is refused', async () => {
    const reply = await deleteUser('admin', 'built-in')
    expect(reply).toMatchObject({ status: 'error', msg: 'Unauthorized operation' })
  })
})

describe('deleting softly', () => {
  const owner = 'acme-soft'

  async function aDeletedUser(values: object = {}): Promise<string> {
    const name = await aUser(values, owner)
    expect(await deleteUser(name, owner)).toMatchObject({ data: 'Affected' })
    return name
  }

  test('marks the row and keeps it', async () => {
    const user = await readUser(await aDeletedUser({ title: '工程师' }), owner)
    expect(user).toMatchObject({ isDeleted: true, isForbidden: false, title: '工程师' })
    expect(user.deletedTime).toMatch(/^\d{4}-\d\d-\d\dT/)
  })

  test('leaves isForbidden as it was', async () => {
    const name = await aDeletedUser({ isForbidden: true })
    expect(await readUser(name, owner)).toMatchObject({ isDeleted: true, isForbidden: true })
  })

  test('again is Affected, but on MySQL', async () => {
    expect(await deleteUser(await aDeletedUser(), owner)).toMatchObject({ data: maybeAffected })
  })

  test('somebody who is not there is an error', async () => {
    const name = uniqueName()
    const msg = `the user: ${owner}/${name} is not found`
    expect(await deleteUser(name, owner)).toMatchObject({ status: 'error', msg })
  })

  test('keeps the name, the e-mail and the phone', async () => {
    const values = { email: `${uniqueName()}@example.com`, phone: uniquePhone(), countryCode: 'CN' }
    const name = await aDeletedUser(values)
    const { email, phone } = values
    expect(await addUser({ name }, owner)).toMatchObject({ msg: 'Username already exists' })
    expect(await addUser({ email }, owner)).toMatchObject({ msg: 'Email already exists' })
    expect(await addUser({ phone }, owner)).toMatchObject({ msg: 'Phone already exists' })
  })

  test('takes people out of the group and leaves their column', async () => {
    const group = await aGroup({}, owner)
    const name = await aDeletedUser({ groups: [`${owner}/${group}`] })
    expect(await readGroup(group, owner)).toMatchObject({ users: null })
    expect(await readUser(name, owner)).toMatchObject({ groups: [`${owner}/${group}`] })
  })

  test('is taken back by isDeleted and deletedTime', async () => {
    const name = await aDeletedUser()
    await updateUser(name, 'isDeleted,deletedTime', { isDeleted: false, deletedTime: '' }, owner)
    expect(await readUser(name, owner)).toMatchObject({ isDeleted: false, deletedTime: '' })
  })

  test('the group comes back only with the column, the same value suffices', async () => {
    const group = await aGroup({}, owner)
    const groups = [`${owner}/${group}`]
    const name = await aDeletedUser({ groups })
    await updateUser(name, 'isDeleted,deletedTime', { isDeleted: false, deletedTime: '' }, owner)
    expect(await readGroup(group, owner)).toMatchObject({ users: null })
    await updateUser(name, 'groups', { groups }, owner)
    expect(await readGroup(group, owner)).toMatchObject({ users: [`${owner}/${name}`] })
    await updateUser(name, 'groups', { groups: [] }, owner)
  })
})
