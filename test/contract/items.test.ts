import { describe, expect, test } from 'vitest'
import { addUser, aUser, readUser, uniquePhone, uniqueName, updateUser, type Reply } from './where.ts'

/*
 * The organization acme-strict: Email, Properties, ID and Is forbidden immutable; Title must match ^[A-Z], Phone
 * ^13; the rule of Gender is empty, which is no rule that Casdoor knows.
 */

const owner = 'acme-strict'

async function strictUser(values: object = {}): Promise<string> {
  return aUser({ properties: { floor: '7' }, ...values }, owner)
}

async function update(name: string, columns: string, values: object): Promise<Reply> {
  return updateUser(name, columns, values, owner)
}

describe('an immutable item', () => {
  test('refuses the client, which counts as an administrator', async () => {
    const reply = await update(await strictUser(), 'email', { email: `${uniqueName()}@example.com` })
    expect(reply).toMatchObject({ status: 'error', msg: 'The Email is immutable.' })
  })

  test('refuses a field that is in the body and not listed', async () => {
    const name = await strictUser()
    const reply = await update(name, 'location', { location: '杭州', email: `${uniqueName()}@example.com` })
    expect(reply).toMatchObject({ msg: 'The Email is immutable.' })
    expect(await readUser(name, owner)).toMatchObject({ location: '' })
  })

  test('does not mind a value that stays', async () => {
    const email = `${uniqueName()}@example.com`
    const name = await strictUser({ email })
    expect(await update(name, 'email,location', { email, location: '杭州' })).toMatchObject({ status: 'ok' })
  })

  test('does not mind who is added', async () => {
    const email = `${uniqueName()}@example.com`
    expect(await addUser({ email, isForbidden: true }, owner)).toMatchObject({ status: 'ok' })
  })

  test('for Is forbidden refuses to forbid', async () => {
    const reply = await update(await strictUser(), 'isForbidden', { isForbidden: true })
    expect(reply).toMatchObject({ msg: 'The Is forbidden is immutable.' })
  })

  test('for Properties refuses every update of somebody who never had any', async () => {
    const name = await aUser({}, owner)
    const reply = await update(name, 'location', { location: '杭州' })
    expect(reply).toMatchObject({ msg: 'The Properties is immutable.' })
  })

  test('for Properties does not refuse to merge into those somebody has', async () => {
    const name = await strictUser()
    expect(await update(name, 'properties', { properties: { floor: '8' } })).toMatchObject({ status: 'ok' })
    expect(await readUser(name, owner)).toMatchObject({ properties: { floor: '8' } })
  })
})

describe('a regex', () => {
  test('refuses with the value in the text', async () => {
    const reply = await update(await strictUser(), 'title', { title: '工程师' })
    const msg = 'The value "工程师" for account field "Title" doesn\'t match the account item regex'
    expect(reply).toMatchObject({ status: 'error', msg })
  })

  test('refuses the whole update', async () => {
    const name = await strictUser()
    await update(name, 'title,location', { title: '工程师', location: '杭州' })
    expect(await readUser(name, owner)).toMatchObject({ title: '', location: '' })
  })

  test('lets pass what matches', async () => {
    expect(await update(await strictUser(), 'title', { title: 'Engineer' })).toMatchObject({ status: 'ok' })
  })

  test('refuses empty text that it does not match', async () => {
    const reply = await update(await strictUser({ title: 'Engineer' }), 'title', { title: '' })
    expect(reply.msg).toContain('The value "" for account field "Title"')
  })

  test('is not asked when somebody is added', async () => {
    expect(await addUser({ title: '工程师' }, owner)).toMatchObject({ status: 'ok' })
  })

  test('sees the phone in its stored form', async () => {
    const phone = uniquePhone()
    const reply = await update(await strictUser(), 'phone,countryCode', {
      phone: `+86${phone}`,
      countryCode: 'CN',
    })
    expect(reply).toMatchObject({ status: 'ok' })
  })
})

describe('other rules', () => {
  test('one that is neither Self nor Admin nor Immutable is refused', async () => {
    const reply = await update(await strictUser(), 'gender', { gender: 'Male' })
    expect(reply).toMatchObject({ msg: 'Unknown modify rule .' })
  })

  test('a field without an item has no rule', async () => {
    expect(await update(await strictUser(), 'wecom', { wecom: 'Zhang_San' })).toMatchObject({ status: 'ok' })
  })

  test('Admin lets the client pass', async () => {
    expect(await update(await strictUser(), 'groups', { groups: [`${owner}/x`] })).toMatchObject({
      status: 'ok',
    })
  })
})
