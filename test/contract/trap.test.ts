import { afterEach, describe, expect, test } from 'vitest'
import { startCasdoor, type CasdoorOptions, type CasdoorSandbox } from '../../sandbox/casdoor/server.ts'
import { ask, onlyOnSandbox } from './where.ts'

/*
 * Beliefs that hang a real server for good (casdoor-api.md 6.2): on the sandbox only. A call that would never be
 * answered is given up after a moment.
 */

onlyOnSandbox()

let open: CasdoorSandbox | undefined

afterEach(async () => {
  await open?.close()
  open = undefined
})

async function start(options: CasdoorOptions = {}): Promise<CasdoorSandbox> {
  const casdoor = await startCasdoor(options)
  open = casdoor
  casdoor.seed('acme', [
    { name: 'Grouped', displayName: '张三', groups: ['acme/dev'] },
    { name: 'Alone', displayName: '李四' },
  ])
  return casdoor
}

/** Does an answer come? */
async function answers(casdoor: CasdoorSandbox, path: string, body?: object): Promise<boolean> {
  try {
    await ask(path, { base: casdoor.url, signal: AbortSignal.timeout(200), ...(body && { body }) })
    return true
  } catch {
    return false
  }
}

const otherName = { owner: 'acme', name: 'Other', title: '架构师' }

describe('a body with another name, for somebody with a group', () => {
  test.each(['title', 'name'])('is never answered (columns=%s)', async (columns) => {
    const casdoor = await start()
    const path = `update-user?id=acme/Grouped&columns=${columns}`
    expect(await answers(casdoor, path, otherName)).toBe(false)
    expect(casdoor.users('acme').map(({ name }) => name)).toEqual(['Grouped', 'Alone'])
  })

  test('stops every write and get-user and get-groups, for everybody', async () => {
    const casdoor = await start()
    await answers(casdoor, 'update-user?id=acme/Grouped&columns=title', otherName)
    const stuck = [
      answers(casdoor, 'get-user?id=acme/Alone'),
      answers(casdoor, 'get-groups?owner=acme'),
      answers(casdoor, 'add-user', { owner: 'acme', name: 'New' }),
      answers(casdoor, 'add-group', { owner: 'acme', name: 'new' }),
      answers(casdoor, 'update-user?id=acme/Alone&columns=title', { title: '架构师' }),
      answers(casdoor, 'delete-user', { owner: 'acme', name: 'Alone' }),
    ]
    expect(await Promise.all(stuck)).toEqual([false, false, false, false, false, false])
  })

  test('leaves health and the listing of people alive', async () => {
    const casdoor = await start()
    await answers(casdoor, 'update-user?id=acme/Grouped&columns=title', otherName)
    const alive = ['health', 'get-version-info', 'get-users?owner=acme', 'get-organization?id=admin/acme']
    expect(await Promise.all(alive.map((path) => answers(casdoor, path)))).toEqual([true, true, true, true])
  })

  test('on PostgreSQL is answered, and the group shows the name that nobody has', async () => {
    const casdoor = await start({ database: 'postgres' })
    await ask('add-group', { base: casdoor.url, body: { owner: 'acme', name: 'dev' } })
    const path = 'update-user?id=acme/Grouped&columns=title'
    expect(await ask(path, { base: casdoor.url, body: otherName })).toMatchObject({ data: 'Affected' })
    const { data } = await ask('get-group?id=acme/dev', { base: casdoor.url })
    expect(data).toMatchObject({ users: ['acme/Other'] })
    expect(casdoor.users('acme').map(({ name }) => name)).toEqual(['Grouped', 'Alone'])
  })

  test('before v3.154.1 renames', async () => {
    const casdoor = await start({ version: 'v3.100.0' })
    const path = 'update-user?id=acme/Grouped&columns=title'
    expect(await ask(path, { base: casdoor.url, body: otherName })).toMatchObject({ data: 'Affected' })
    expect(casdoor.users('acme').map(({ name }) => name)).toEqual(['Alone', 'Other'])
  })
})

describe('other ways into it', () => {
  test('with isUsernameLowered, any update of somebody with capitals and a group', async () => {
    const casdoor = await start({ lowersNames: true })
    const body = { owner: 'acme', name: 'Grouped', title: '架构师' }
    expect(await answers(casdoor, 'update-user?id=acme/Grouped&columns=title', body)).toBe(false)
  })

  test('renaming a group that has people', async () => {
    const casdoor = await start()
    await ask('add-group', { base: casdoor.url, body: { owner: 'acme', name: 'dev' } })
    const renamed = { owner: 'acme', name: 'research', displayName: '研发部' }
    expect(await answers(casdoor, 'update-group?id=acme/dev', renamed)).toBe(false)
    expect(await answers(casdoor, 'add-user', { owner: 'acme', name: 'New' })).toBe(false)
  })
})

describe('what is no trap', () => {
  test('another name for somebody without a group', async () => {
    const casdoor = await start()
    expect(await answers(casdoor, 'update-user?id=acme/Alone&columns=title', otherName)).toBe(true)
  })

  test('no name at all', async () => {
    const casdoor = await start()
    expect(await answers(casdoor, 'update-user?id=acme/Grouped&columns=title', { title: 'x' })).toBe(true)
  })

  test('with isUsernameLowered, somebody with capitals and no group', async () => {
    const casdoor = await start({ lowersNames: true })
    expect(await answers(casdoor, 'update-user?id=acme/Alone&columns=title', { title: 'x' })).toBe(true)
    expect(casdoor.users('acme')).toMatchObject([{ name: 'Grouped' }, { name: 'Alone', title: 'x' }])
  })
})
