import { afterEach, describe, expect, test } from 'vitest'
import { startCasdoor, type CasdoorOptions, type CasdoorSandbox } from '../../sandbox/casdoor/server.ts'
import { ask, onlyOnSandbox, type Reply } from './where.ts'

/*
 * Other servers than the one the contract is held on: an older version, PostgreSQL, isUsernameLowered. What is
 * tested here was seen on such servers (casdoor-api.md), the sandbox shows it again.
 */

onlyOnSandbox()

let open: CasdoorSandbox | undefined

afterEach(async () => {
  await open?.close()
  open = undefined
})

async function start(options: CasdoorOptions): Promise<CasdoorSandbox> {
  open = await startCasdoor(options)
  return open
}

async function add(casdoor: CasdoorSandbox, values: object): Promise<Reply> {
  return ask('add-user', { base: casdoor.url, body: { owner: 'acme', displayName: '张三', ...values } })
}

async function update(
  casdoor: CasdoorSandbox,
  name: string,
  columns: string,
  values: object,
): Promise<Reply> {
  const path = `update-user?id=acme/${name}&columns=${columns}`
  return ask(path, { base: casdoor.url, body: { owner: 'acme', name, ...values } })
}

describe('v3.100.0', () => {
  test.each([' 138 0013 8000', '+8613800138000', 'abc'])('stores the phone %j as it is', async (phone) => {
    const casdoor = await start({ version: 'v3.100.0' })
    await add(casdoor, { name: 'Zhang', phone, countryCode: 'CN' })
    expect(casdoor.users('acme')).toMatchObject([{ phone, countryCode: 'CN' }])
  })

  test('writes some fields that are in the body and not listed', async () => {
    const casdoor = await start({ version: 'v3.100.0' })
    await add(casdoor, { name: 'Zhang' })
    const written = { email: 'zhang@example.com', type: 'normal-user', isAdmin: true, isForbidden: true }
    const ignored = { wecom: 'Zhang', affiliation: '青石科技', signupApplication: 'app-acme' }
    await update(casdoor, 'Zhang', 'title', { title: '工程师', ...written, ...ignored })
    expect(casdoor.users('acme')).toMatchObject([
      { title: '工程师', ...written, wecom: '', affiliation: '', signupApplication: '' },
    ])
  })

  test('has no key uidNumber', async () => {
    const casdoor = await start({ version: 'v3.100.0' })
    await add(casdoor, { name: 'Zhang' })
    expect(Object.keys(casdoor.users('acme')[0] ?? {})).toHaveLength(180)
  })
})

describe('v3.40.0', () => {
  test('tells its version', async () => {
    const casdoor = await start({ version: 'v3.40.0' })
    const { data } = await ask('get-version-info', { base: casdoor.url })
    expect(data).toMatchObject({ version: 'v3.40.0' })
  })

  test('takes the body for the whole user, whatever the columns', async () => {
    const casdoor = await start({ version: 'v3.40.0' })
    await add(casdoor, { name: 'Zhang', id: 'zhang', email: 'zhang@example.com' })
    await update(casdoor, 'Zhang', 'title', { id: 'zhang', displayName: '张三', title: '工程师' })
    expect(casdoor.users('acme')).toMatchObject([{ title: '工程师', email: '' }])
  })
})

describe('PostgreSQL', () => {
  test('refuses more than 100 characters and does not name the field', async () => {
    const casdoor = await start({ database: 'postgres' })
    const { msg } = await add(casdoor, { name: 'Zhang', title: '长'.repeat(101) })
    expect(msg).toBe('pq: value too long for type character varying(100)')
  })

  test('counts characters, not bytes', async () => {
    const casdoor = await start({ database: 'postgres' })
    expect(await add(casdoor, { name: 'Zhang', title: '😀'.repeat(100) })).toMatchObject({ status: 'ok' })
  })

  test('refuses a NUL byte', async () => {
    const casdoor = await start({ database: 'postgres' })
    await add(casdoor, { name: 'Zhang' })
    const { msg } = await update(casdoor, 'Zhang', 'title', { title: 'a\0b' })
    expect(msg).toBe('pq: invalid byte sequence for encoding "UTF8": 0x00')
  })

  test('makes Casdoor panic over a NUL byte in an e-mail', async () => {
    const casdoor = await start({ database: 'postgres' })
    expect(await add(casdoor, { name: 'Zhang', email: 'a\0b' })).toMatchObject({ http: 500, text: '' })
  })

  test('holds 100 characters of a group with "group:" before it', async () => {
    const casdoor = await start({ database: 'postgres' })
    const group = 'acme/'.padEnd(94, 'g')
    expect(await add(casdoor, { name: 'Zhang', groups: [group] })).toMatchObject({ status: 'ok' })
    const { msg } = await add(casdoor, { name: 'Li', groups: [`${group}g`] })
    expect(msg).toBe('pq: value too long for type character varying(100)')
  })

  test('tells whose name a group has', async () => {
    const casdoor = await start({ database: 'postgres' })
    const addGroup = async (owner: string) =>
      ask('add-group', { base: casdoor.url, body: { owner, name: 'dev' } })
    await addGroup('acme')
    expect((await addGroup('acme')).msg).toContain('"group_pkey"')
    expect((await addGroup('acme-world')).msg).toContain('"UQE_group_name"')
  })

  test('compares letters by their case in a filter', async () => {
    const casdoor = await start({ database: 'postgres' })
    await add(casdoor, { name: 'Zhang' })
    const path = 'get-users?owner=acme&p=1&pageSize=10&field=name&value='
    expect(await ask(`${path}Zha`, { base: casdoor.url })).toMatchObject({ data2: 1 })
    expect(await ask(`${path}zha`, { base: casdoor.url })).toMatchObject({ data2: 0 })
  })
})

describe('isUsernameLowered', () => {
  test('stores the name in lower case and binds the group to the name as sent', async () => {
    const casdoor = await start({ lowersNames: true })
    await ask('add-group', { base: casdoor.url, body: { owner: 'acme', name: 'dev' } })
    await add(casdoor, { name: 'ZhangSan', groups: ['acme/dev'] })
    expect(casdoor.users('acme')).toMatchObject([{ name: 'zhangsan' }])
    const { data } = await ask('get-group?id=acme/dev', { base: casdoor.url })
    expect(data).toMatchObject({ users: ['acme/ZhangSan'] })
    const members = await ask('get-users?owner=acme&groupName=dev', { base: casdoor.url })
    expect(members).toMatchObject({ data: [] })
  })

  test('finds nobody by the name as sent', async () => {
    const casdoor = await start({ lowersNames: true })
    await add(casdoor, { name: 'ZhangSan' })
    expect(await ask('get-user?id=acme/ZhangSan', { base: casdoor.url })).toMatchObject({ data: null })
  })

  test('answers a second add with the text of the database', async () => {
    const casdoor = await start({ lowersNames: true })
    await add(casdoor, { name: 'ZhangSan' })
    expect((await add(casdoor, { name: 'ZhangSan' })).msg).toMatch(/^constraint failed: UNIQUE/)
    expect((await add(casdoor, { name: 'zhangsan' })).msg).toBe('Username already exists')
  })
})
