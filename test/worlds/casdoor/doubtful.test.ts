import { describe, expect, test } from 'vitest'
import type { CasdoorFault } from '../../../sandbox/casdoor/server.ts'
import { aDelete, aDirectory, aForbid, anAdd, anUpdate, aRow, corpId, edits } from '../../make.ts'
import {
  account,
  anOwned,
  callsOf,
  organization,
  problemsOf,
  read,
  run,
  start,
  stored,
  testClock,
  write,
} from './start.ts'

const title = (userid: string, after = '总监') =>
  anUpdate({ userid, name: userid, fields: [{ field: 'title', before: '', after }] })
const add = (userid: string) =>
  anAdd({
    userid,
    name: userid,
    ...edits({
      displayName: ['', userid],
      wecom: ['', userid],
      externalId: ['', `wecom:${corpId}:${userid}`],
    }),
  })

type Do = CasdoorFault['do']

describe('spec 6.4: after a doubtful answer the stored user is believed', () => {
  const faults: readonly [string, Do, number][] = [
    ['the connection is lost after the write', 'reset-after', 1],
    ['the connection is lost before the write', 'reset', 2],
    ['saved, then an error', 'error-after', 1],
    ['a page of a gateway', 'html', 2],
    ['502', { status: 502 }, 2],
    ['an answer cut in its middle', 'cut', 1],
  ]

  test.each(faults)('an update: %s', async (_, what, posts) => {
    const casdoor = await start({ faults: [{ call: 'update-user', nth: 1, do: what }] })
    casdoor.seed(organization, [anOwned('a')])
    const applied = await write(casdoor, [title('a')])
    expect(applied).toMatchObject({ done: [{ userid: 'a' }], failed: [], changed: true })
    expect(account(casdoor, 'a').title).toBe('总监')
    expect(casdoor.writes()).toHaveLength(posts)
  })

  test.each(faults)('an add: %s', async (_, what, posts) => {
    const casdoor = await start({ faults: [{ call: 'add-user', nth: 1, do: what }] })
    const applied = await write(casdoor, [add('a')])
    expect(applied).toMatchObject({ done: [{ userid: 'a' }], failed: [] })
    expect(casdoor.users(organization)).toHaveLength(1)
    expect(casdoor.writes()).toHaveLength(posts)
  })

  test.each(faults)('a delete: %s', async (_, what, posts) => {
    const casdoor = await start({ faults: [{ call: 'delete-user', nth: 1, do: what }] })
    casdoor.seed(organization, [anOwned('a')])
    const applied = await write(casdoor, [aDelete({ userid: 'a', name: 'a' })])
    expect(applied).toMatchObject({ done: [{ userid: 'a' }], failed: [] })
    expect(casdoor.users(organization)).toEqual([])
    expect(casdoor.writes()).toHaveLength(posts)
  })

  test('an enabled syncer that may write makes Casdoor save and answer an error, each time', async () => {
    const syncer = {
      owner: 'admin',
      name: 'ldap',
      organization,
      type: 'Database',
      isEnabled: true,
      isReadOnly: false,
    }
    const casdoor = await start({ syncers: [syncer] })
    casdoor.seed(organization, [anOwned('a'), anOwned('b')])
    expect(await write(casdoor, [title('a'), title('b')])).toMatchObject({ failed: [], changed: true })
    expect(account(casdoor, 'b').title).toBe('总监')
  })

  test('what can never work is not tried for ever', async () => {
    const casdoor = await start({
      faults: [{ call: 'update-user', nth: 1, times: Infinity, do: { status: 503 } }],
    })
    casdoor.seed(organization, [anOwned('a')])
    const clock = testClock()
    const applied = await write(casdoor, [title('a')], { clock })
    expect(applied).toMatchObject({
      done: [],
      failed: [{ problem: { code: 'http-status', status: 503 } }],
      changed: false,
    })
    expect(casdoor.writes()).toHaveLength(3)
    expect(clock.sleeps).toHaveLength(2)
  })
})

describe('FS-18: one person never stops the others', () => {
  test.each<[string, string, object]>([
    [
      'a refusal, told without what was sent',
      'Error: 总监 of 13800138000 a@example.com',
      { code: 'casdoor-refused', call: 'update-user' },
    ],
    ['an e-mail that is taken', 'Email already exists', { code: 'casdoor-value-taken', field: 'email' }],
    ['a phone that is taken', 'Phone already exists', { code: 'casdoor-value-taken', field: 'phone' }],
    ['a name that is taken', 'Username already exists', { code: 'casdoor-value-taken', field: 'name' }],
  ])('%s', async (_, error, problem) => {
    const casdoor = await start({ faults: [{ call: 'update-user', nth: 1, do: { error } }] })
    casdoor.seed(organization, [anOwned('a'), anOwned('b')])
    const applied = await write(casdoor, [title('a'), title('b')], { concurrency: 1 })
    expect(applied).toMatchObject({
      done: [{ userid: 'b' }],
      failed: [{ change: { userid: 'a' }, problem }],
      changed: true,
    })
    expect(JSON.stringify(applied.failed)).not.toMatch(/138001|a@example|"message":"[^"]*总监/)
  })

  test('FS-27: an add that Casdoor calls ok although it affected nobody', async () => {
    const unaffected: CasdoorFault = {
      call: 'add-user',
      nth: 1,
      do: { edit: (reply) => ({ ...reply, data: 'Unaffected' }) },
    }
    const casdoor = await start({ faults: [unaffected] })
    // What is stored decides, not the word: this one was added all the same.
    expect(await write(casdoor, [add('a')])).toMatchObject({ done: [{ userid: 'a' }], failed: [] })
    const empty = await start({
      faults: [
        { ...unaffected, times: 3 },
        { call: 'get-user', nth: 1, times: 9, do: { edit: (reply) => ({ ...reply, data: null }) } },
      ],
    })
    expect(await write(empty, [add('b')])).toMatchObject({
      done: [],
      failed: [{ change: { userid: 'b' }, problem: { code: 'casdoor-refused', call: 'add-user' } }],
    })
  })

  test('an account that somebody deleted meanwhile', async () => {
    const casdoor = await start()
    casdoor.seed(organization, [anOwned('b')])
    expect(await write(casdoor, [title('a'), title('b')])).toMatchObject({
      done: [{ userid: 'b' }],
      failed: [{ change: { userid: 'a' }, problem: { code: 'casdoor-gone', name: 'a' } }],
    })
  })
})

describe('spec 6.4: Casdoor no longer answers writes', () => {
  test('after three time-outs writing stops; the rest is neither done nor failed', async () => {
    const casdoor = await start({
      faults: [
        { call: 'update-user', nth: 2, times: Infinity, do: 'hang' },
        { call: 'get-user', nth: 1, times: Infinity, do: 'hang' },
      ],
    })
    const people = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
    casdoor.seed(
      organization,
      people.map((userid) => anOwned(userid)),
    )
    const applied = await write(
      casdoor,
      people.map((userid) => title(userid)),
      { concurrency: 1, timeout: 60 },
    )
    expect(applied.stopped).toEqual({ code: 'casdoor-silent', seconds: 0.06 })
    expect(applied.done.map(({ userid }) => userid)).toEqual(['a'])
    expect(applied.done.length + applied.failed.length).toBeLessThan(people.length)
    expect(casdoor.writes().length).toBeLessThan(people.length)
  })
})

describe('the session (casdoor-api.md §1.5)', () => {
  test('is kept in memory, masked before use and sent back', async () => {
    const casdoor = await start()
    casdoor.seed(organization, [anOwned('a')])
    const secrets: string[] = []
    await write(casdoor, [title('a')], { onSecret: (value) => secrets.push(value) })
    expect(secrets).toHaveLength(1)
    const [first, ...rest] = casdoor.requests.map(({ headers }) => headers.cookie)
    expect(first).toBeUndefined()
    expect(new Set(rest)).toEqual(new Set([`casdoor_session_id=${secrets[0]}`]))
  })

  test('an idle one is dropped once', async () => {
    const casdoor = await start({
      faults: [{ call: 'get-users', nth: 1, do: { error: 'Timeout for inactivity of 30 minutes' } }],
    })
    casdoor.seed(organization, [anOwned('a')])
    expect((await read(casdoor)).users).toHaveLength(1)
    expect(callsOf(casdoor).filter((call) => call === 'GET get-users')).toHaveLength(2)
  })
})

describe('FS-36: two runs at once', () => {
  test('end in the same state as one', async () => {
    const rows = ['a', 'b', 'C.d', 'e__f'].map((userid) => aRow({ userid, fields: { name: userid } }))
    const alone = await start()
    await run(alone, aDirectory(rows))
    const casdoor = await start()
    const results = await Promise.all([run(casdoor, aDirectory(rows)), run(casdoor, aDirectory(rows))])
    expect(results.flatMap(({ applied }) => applied?.failed)).toEqual([])
    expect(stored(casdoor)).toEqual(stored(alone))
    expect((await run(casdoor, aDirectory(rows))).plan.changes).toEqual([])
  })
})

test('a failing read ends the run with nothing secret or personal in it', async () => {
  const casdoor = await start({
    faults: [{ call: 'get-users', nth: 1, times: Infinity, do: { status: 500 } }],
  })
  expect(await problemsOf(read(casdoor))).toEqual([
    { code: 'http-status', service: 'Casdoor', call: 'get-users', status: 500 },
  ])
  expect(await write(await start(), [aForbid({ userid: 'x', name: 'x' })])).toMatchObject({
    failed: [{ problem: { code: 'casdoor-gone' } }],
  })
})
