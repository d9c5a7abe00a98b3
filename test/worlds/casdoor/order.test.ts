import { describe, expect, test } from 'vitest'
import type { CasdoorOptions } from '../../../sandbox/casdoor/server.ts'
import { aDirectory, aRow, corpId } from '../../make.ts'
import { account, anOwned, read, run, sent, start } from './start.ts'

/** A run, then one that must have nothing to do. */
async function settle(
  casdoor: Awaited<ReturnType<typeof start>>,
  people: Readonly<Record<string, Readonly<Record<string, string>>>>,
) {
  const rows = Object.entries(people).map(([userid, fields]) =>
    aRow({ userid, fields: { name: userid, ...fields } }),
  )
  const result = await run(casdoor, aDirectory(rows))
  expect(result.applied).toMatchObject({ failed: [], remarks: [] })
  expect((await run(casdoor, aDirectory(rows))).plan.changes).toEqual([])
  return result
}

const phones = ['13800138000', '13900139000', '15100151000'] as const

describe('FS-19: an e-mail or phone is released before it is taken', () => {
  test('two people swap both', async () => {
    const casdoor = await start()
    await settle(casdoor, {
      a: { email: 'a@example.com', mobile: phones[0] },
      b: { email: 'b@example.com', mobile: phones[1] },
    })
    await settle(casdoor, {
      a: { email: 'b@example.com', mobile: phones[1] },
      b: { email: 'a@example.com', mobile: phones[0] },
    })
    expect(account(casdoor, 'a')).toMatchObject({
      email: 'b@example.com',
      phone: phones[1],
      countryCode: 'CN',
    })
    expect(account(casdoor, 'b')).toMatchObject({
      email: 'a@example.com',
      phone: phones[0],
      countryCode: 'CN',
    })
  })

  test('three in a ring', async () => {
    const casdoor = await start()
    await settle(casdoor, { a: { mobile: phones[0] }, b: { mobile: phones[1] }, c: { mobile: phones[2] } })
    await settle(casdoor, { a: { mobile: phones[1] }, b: { mobile: phones[2] }, c: { mobile: phones[0] } })
    expect(['a', 'b', 'c'].map((name) => account(casdoor, name).phone)).toEqual([
      phones[1],
      phones[2],
      phones[0],
    ])
  })

  test("a joiner inherits a leaver's number and mailbox", async () => {
    const casdoor = await start()
    const contacts = { email: 'desk@example.com', mobile: phones[0] }
    await settle(casdoor, { old: contacts, b: {}, c: {} })
    const { applied } = await settle(casdoor, { b: {}, c: {}, new: contacts })
    expect(applied?.done.map(({ kind }) => kind)).toEqual(['forbid', 'add'])
    expect(account(casdoor, 'new')).toMatchObject({ email: 'desk@example.com', phone: phones[0] })
    expect(account(casdoor, 'old')).toMatchObject({ email: '', phone: '', isForbidden: true })
    expect(
      casdoor
        .writes()
        .slice(-2)
        .map(sent)
        .map(([what]) => what.split(' ')[0]),
    ).toEqual(['update-user', 'add-user'])
  })
})

test('spec 6.4: a phone that Casdoor refuses is left out, of an add and of an update, and reported', async () => {
  const error = 'Phone number is invalid'
  const casdoor = await start({
    faults: ['add-user', 'update-user'].map((call) => ({ call, nth: 1, do: { error } })),
  })
  casdoor.seed('acme', [anOwned('a')])
  const rows = ['a', 'b'].map((userid, index) =>
    aRow({ userid, fields: { name: '陈明', position: '总监', mobile: phones[index] ?? '' } }),
  )
  const { applied } = await run(casdoor, aDirectory(rows))
  expect(applied).toMatchObject({ failed: [], changed: true })
  expect(applied?.remarks.map(({ person, problem }) => `${person.userid} ${problem.code}`)).toEqual([
    'a casdoor-phone-refused',
    'b casdoor-phone-refused',
  ])
  for (const name of ['a', 'b']) expect(account(casdoor, name)).toMatchObject({ title: '总监', phone: '' })
})

describe('spec 6.3: soft deletion', () => {
  const soft: CasdoorOptions = { organizations: [{ name: 'acme', enableSoftDeletion: true }] }

  test('a deleted leaver who comes back gets the same account, un-deleted, with its groups', async () => {
    const casdoor = await start(soft)
    casdoor.seed('acme', [anOwned('a', { groups: ['acme/dev'] }), anOwned('b'), anOwned('c')])
    const all = ['a', 'b', 'c'].map((userid) => aRow({ userid, fields: { name: '陈明' } }))
    const policy = { leavers: 'delete' } as const
    await run(casdoor, aDirectory(all.slice(1)), { policy })
    expect(account(casdoor, 'a')).toMatchObject({ isDeleted: true, properties: { wecomStatus: 'left' } })
    expect((await run(casdoor, aDirectory(all.slice(1)), { policy })).plan.changes).toEqual([])
    const { id } = account(casdoor, 'a')
    expect((await run(casdoor, aDirectory(all), { policy })).applied?.done).toMatchObject([
      { kind: 'restore', undelete: true },
    ])
    expect(account(casdoor, 'a')).toMatchObject({
      id,
      isDeleted: false,
      deletedTime: '',
      isForbidden: false,
      groups: ['acme/dev'],
    })
    expect((await run(casdoor, aDirectory(all), { policy })).plan.changes).toEqual([])
  })
})

describe('spec 6.4: a server that lowers names', () => {
  test('is known by the first added name with capitals; the run after has nothing to do', async () => {
    const casdoor = await start({ lowersNames: true })
    await settle(casdoor, { 'Chen.Ming': {}, LiuYan: {}, zhao: {} })
    expect(casdoor.users('acme').map(({ name, wecom }) => `${name} ${wecom}`)).toEqual([
      'chen.ming Chen.Ming',
      'liuyan LiuYan',
      'zhao zhao',
    ])
    expect((await read(casdoor)).lowersNames).toBe(true)
  })

  test('an account that is older than the setting is not updated but reported', async () => {
    const casdoor = await start({ lowersNames: true })
    await settle(casdoor, { LiuYan: {} })
    casdoor.seed('acme', [anOwned('ChenMing', { groups: ['acme/dev'] })])
    const rows = ['LiuYan', 'ChenMing'].map((userid) =>
      aRow({ userid, fields: { name: userid, position: '总监' } }),
    )
    const { applied } = await run(casdoor, aDirectory(rows))
    expect(applied).toMatchObject({
      done: [{ userid: 'LiuYan' }],
      failed: [
        { change: { userid: 'ChenMing' }, problem: { code: 'casdoor-names-lowered', name: 'ChenMing' } },
      ],
    })
  })
})

test('casdoor-api.md §15: on v3.100.0 too nothing changes but the listed columns', async () => {
  const casdoor = await start({ version: 'v3.100.0' })
  casdoor.seed('acme', [
    anOwned('a', { isAdmin: false, affiliation: '手工', score: 7, phone: '13800138000', countryCode: 'CN' }),
  ])
  const before = structuredClone({ ...account(casdoor, 'a') })
  await run(casdoor, aDirectory([aRow({ userid: 'a', fields: { name: '陈明', position: '总监' } })]))
  const { updatedTime: _, ...after } = { ...account(casdoor, 'a') }
  const { updatedTime: __, ...expected } = { ...before, title: '总监' }
  expect(after).toEqual(expected)
  expect(after.externalId).toBe(`wecom:${corpId}:a`)
})
