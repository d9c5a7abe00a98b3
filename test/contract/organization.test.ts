import { describe, expect, test } from 'vitest'
import type { AccountItem, SandboxOrganization } from '../../sandbox/casdoor/server.ts'
import { ask } from './where.ts'

async function read(name: string): Promise<SandboxOrganization> {
  const { data } = await ask(`get-organization?id=admin/${name}`)
  return data as SandboxOrganization
}

describe('get-organization', () => {
  test('one that is not there is null', async () => {
    expect(await ask('get-organization?id=admin/nobody')).toMatchObject({ status: 'ok', data: null })
  })

  test('its owner is admin, whatever its name', async () => {
    expect(await ask('get-organization?id=acme/acme')).toMatchObject({ status: 'ok', data: null })
  })

  test('an id without a slash is an error', async () => {
    const { msg } = await ask('get-organization?id=acme')
    expect(msg).toBe('GetOwnerAndNameFromId() error, wrong token count for ID: acme')
  })

  test('it tells the countries, the default application and the switches', async () => {
    expect(await read('acme')).toMatchObject({
      owner: 'admin',
      name: 'acme',
      countryCodes: ['CN'],
      defaultApplication: 'app-acme',
      enableSoftDeletion: false,
      useEmailAsUsername: false,
    })
    expect(await read('acme-soft')).toMatchObject({ enableSoftDeletion: true })
    expect(await read('acme-email')).toMatchObject({ useEmailAsUsername: true })
    expect(await read('acme-world')).toMatchObject({ countryCodes: ['US', 'GB', 'CN'] })
  })

  test('without a default application that is empty text', async () => {
    expect(await read('acme-noapp')).toMatchObject({ defaultApplication: '' })
  })

  test('a new one has immutable items for ID, roles and permissions, and no regex', async () => {
    const { accountItems = [] } = await read('acme')
    const immutable = accountItems.filter(({ modifyRule }) => modifyRule === 'Immutable')
    expect(immutable.map(({ name }) => name).toSorted()).toEqual(['ID', 'Permissions', 'Roles'])
    expect(accountItems.every(({ regex }) => regex === '')).toBe(true)
  })

  test('an item is name, visible, viewRule, modifyRule, regex and tab', async () => {
    const { accountItems = [] } = await read('acme-strict')
    const title = accountItems.find(({ name }) => name === 'Title')
    const expected: AccountItem = {
      name: 'Title',
      visible: true,
      viewRule: 'Public',
      modifyRule: 'Self',
      regex: '^[A-Z]',
      tab: '',
    }
    expect(title).toEqual(expected)
  })
})

describe('applications', () => {
  test('one is read by admin and its name', async () => {
    const { data } = await ask('get-application?id=admin/app-acme')
    expect(data).toMatchObject({ owner: 'admin', name: 'app-acme', organization: 'acme' })
  })

  test('one that is not there is null', async () => {
    expect(await ask('get-application?id=admin/nobody')).toMatchObject({ status: 'ok', data: null })
  })

  test('an organization may have none', async () => {
    const path = 'get-organization-applications?owner=admin&organization='
    expect(await ask(`${path}acme-noapp`)).toMatchObject({ status: 'ok', data: [] })
    expect(await ask(`${path}acme-soft`)).toMatchObject({ data: [{ name: 'app-soft' }] })
  })
})

describe('get-syncers', () => {
  test('without any it is an empty list', async () => {
    expect(await ask('get-syncers?owner=admin&organization=acme')).toMatchObject({ status: 'ok', data: [] })
  })
})
