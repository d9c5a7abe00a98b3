import { afterEach, describe, expect, test } from 'vitest'
import {
  accountItems,
  startCasdoor,
  type CasdoorFault,
  type CasdoorOptions,
  type CasdoorSandbox,
} from '../../sandbox/casdoor/server.ts'
import { ask, onlyOnSandbox, type Reply } from './where.ts'

/* What the sandbox has beside Casdoor's own behaviour: faults, rows to look at and to change, a record. */

onlyOnSandbox()

let open: CasdoorSandbox | undefined

afterEach(async () => {
  await open?.close()
  open = undefined
})

async function start(options: CasdoorOptions = {}): Promise<CasdoorSandbox> {
  open = await startCasdoor(options)
  return open
}

async function call(casdoor: CasdoorSandbox, path: string, body?: object): Promise<Reply> {
  return ask(path, { base: casdoor.url, ...(body && { body }) })
}

/** How a call ended: its envelope's status or HTTP status, or `broken`. */
async function outcome(casdoor: CasdoorSandbox, path: string, body?: object): Promise<unknown> {
  try {
    const { status, http, text } = await ask(path, {
      base: casdoor.url,
      signal: AbortSignal.timeout(200),
      ...(body && { body }),
    })
    return status ?? (text.startsWith('<!DOCTYPE') ? 'page' : http)
  } catch {
    return 'broken'
  }
}

const zhang = { owner: 'acme', name: 'Zhang', displayName: '张三' }

describe('a fault', () => {
  const fault = (what: CasdoorFault['do']): CasdoorFault => ({ call: 'add-user', nth: 1, do: what })

  test.each<[string, CasdoorFault['do'], unknown, number]>([
    ['reset', 'reset', 'broken', 0],
    ['reset-after', 'reset-after', 'broken', 1],
    ['error-after', 'error-after', 'error', 1],
    ['hang', 'hang', 'broken', 0],
    ['html', 'html', 'page', 0],
    ['cut', 'cut', 'broken', 1],
    ['a status', { status: 503 }, 503, 0],
    ['an error', { error: 'database is locked' }, 'error', 0],
  ])('%s', async (_, what, expected, saved) => {
    const casdoor = await start({ faults: [fault(what)] })
    expect(await outcome(casdoor, 'add-user', zhang)).toBe(expected)
    expect(casdoor.users('acme')).toHaveLength(saved)
  })

  test('befalls the nth call of its name, and as many as it says', async () => {
    const casdoor = await start({
      faults: [{ call: 'get-users', nth: 2, times: 2, do: { status: 502 } }],
    })
    await outcome(casdoor, 'health')
    const outcomes: unknown[] = []
    for (let nth = 1; nth <= 4; nth += 1) outcomes.push(await outcome(casdoor, 'get-users?owner=acme'))
    expect(outcomes).toEqual(['ok', 502, 502, 'ok'])
  })

  test('befalls every call with a star and no end', async () => {
    const casdoor = await start({ faults: [{ call: '*', nth: 2, times: Infinity, do: 'reset' }] })
    const outcomes = [await outcome(casdoor, 'health'), await outcome(casdoor, 'get-users?owner=acme')]
    expect([...outcomes, await outcome(casdoor, 'health')]).toEqual(['ok', 'broken', 'broken'])
  })

  test('can be added and taken away while the server runs', async () => {
    const casdoor = await start()
    casdoor.faults.push({ call: 'health', nth: 1, times: Infinity, do: { status: 500 } })
    expect(await outcome(casdoor, 'health')).toBe(500)
    casdoor.faults.length = 0
    expect(await outcome(casdoor, 'health')).toBe('ok')
  })
})

describe('rows', () => {
  test('can be put in past every check', async () => {
    const casdoor = await start()
    casdoor.seed('acme', [
      { name: 'li__7', email: 'same@example.com', phone: '12' },
      { name: 'user5@acme.example', email: 'same@example.com', wecom: 'user5' },
    ])
    const reply = await call(casdoor, 'get-users?owner=acme&p=1&pageSize=10&sortField=name&sortOrder=ascend')
    expect(reply).toMatchObject({ data: [{ name: 'li__7', phone: '12' }, { wecom: 'user5' }], data2: 2 })
  })

  test('that a test changes are changed, for the checks too', async () => {
    const casdoor = await start()
    casdoor.seed('acme', [{ name: 'Zhang', email: 'old@example.com' }])
    const [row] = casdoor.users('acme')
    if (row !== undefined) row.email = 'new@example.com'
    expect(await call(casdoor, 'get-user?id=acme/Zhang')).toMatchObject({
      data: { email: 'new@example.com' },
    })
    const add = async (name: string, email: string) =>
      call(casdoor, 'add-user', { owner: 'acme', name, email })
    expect(await add('Li', 'new@example.com')).toMatchObject({ msg: 'Email already exists' })
    expect(await add('Wang', 'old@example.com')).toMatchObject({ status: 'ok' })
  })

  test('are live: they show what the server saves', async () => {
    const casdoor = await start()
    casdoor.seed('acme', [zhang])
    const [row] = casdoor.users('acme')
    await call(casdoor, 'update-user?id=acme/Zhang&columns=title', { title: '工程师' })
    expect(row).toMatchObject({ title: '工程师' })
  })

  test('of groups can be looked at', async () => {
    const casdoor = await start()
    await call(casdoor, 'add-group', { owner: 'acme', name: 'dev', displayName: '研发部' })
    expect(casdoor.groups('acme')).toMatchObject([{ name: 'dev', displayName: '研发部' }])
    expect(casdoor.groups('acme-world')).toEqual([])
  })

  test('two of one name are a mistake of the test', async () => {
    const casdoor = await start()
    expect(() => {
      casdoor.seed('acme', [zhang, zhang])
    }).toThrow('acme/Zhang')
  })
})

describe('settings', () => {
  test('the writes are told apart from all requests', async () => {
    const casdoor = await start()
    await call(casdoor, 'get-users?owner=acme')
    await call(casdoor, 'add-user', zhang)
    expect(casdoor.writes().map(({ path }) => path)).toEqual(['/api/add-user'])
    expect(casdoor.requests).toHaveLength(2)
  })

  test('items of an organization can be changed by name', async () => {
    const items = accountItems({ Email: { modifyRule: 'Immutable' } })
    const casdoor = await start({ organizations: [{ name: 'acme', accountItems: items }] })
    casdoor.seed('acme', [zhang])
    const reply = await call(casdoor, 'update-user?id=acme/Zhang&columns=email', { email: 'a@example.com' })
    expect(items).toHaveLength(61)
    expect(reply).toMatchObject({ msg: 'The Email is immutable.' })
  })

  test('syncers are listed, without their password', async () => {
    const syncer = { name: 'wecom', organization: 'acme', password: 'secret', isEnabled: true }
    const casdoor = await start({ syncers: [syncer] })
    const { data } = await call(casdoor, 'get-syncers?owner=admin&organization=acme')
    expect(data).toEqual([{ ...syncer, owner: 'admin', password: '***' }])
  })

  test('another client has its own id and secret', async () => {
    const casdoor = await start({ clientId: 'other', clientSecret: 'secret' })
    expect(await call(casdoor, 'get-users?owner=acme')).toMatchObject({ msg: 'Unauthorized operation' })
    expect(casdoor).toMatchObject({ clientId: 'other', clientSecret: 'secret' })
  })

  test('compression can be switched off', async () => {
    const casdoor = await start({ gzip: false })
    const { headers } = await ask('health', { base: casdoor.url, headers: { 'accept-encoding': 'gzip' } })
    expect(headers.get('content-encoding')).toBeNull()
  })
})
