import { describe, expect, test } from 'vitest'
import { accountItems } from '../../../../sandbox/casdoor/server.ts'
import { outcomeOf } from '../../../../src/report/counts.ts'
import { account, run, sent, start } from '../start.ts'
import { aCompany, group, settle, tree, top, research, platform, all, people } from './company.ts'

describe('spec 6.4: a group that is refused', () => {
  const refused = (call: string, nth = 1, times = 1) => ({ call, nth, times, do: { error: 'no' } }) as const

  test('when it moves: what is to hang below it waits, so that no circle arises', async () => {
    const casdoor = await start()
    const chain = [
      top,
      { id: 2, name: 'x', parent: 1 },
      { id: 3, name: 'y', parent: 2 },
      { id: 4, name: 'z', parent: 3 },
    ]
    await settle(casdoor, aCompany(chain, { a: [4] }))
    casdoor.faults.push(refused('update-group'))
    // z to the top, x below z, y stays below x: z is refused.
    const turned = [
      top,
      { id: 4, name: 'z', parent: 1 },
      { id: 2, name: 'x', parent: 4 },
      { id: 3, name: 'Y', parent: 2 },
    ]
    const { applied } = await group(
      casdoor,
      aCompany([...turned, { id: 5, name: 'new', parent: 2 }], { a: [4], b: [5] }),
    )
    expect(applied?.groups?.done.map(({ id }) => id)).toEqual([3, 5])
    expect(applied?.groups?.failed.map(({ change, problem }) => [change.id, problem.code])).toEqual([
      [2, 'casdoor-group-parent'],
      [4, 'casdoor-refused'],
    ])
    expect(applied?.findings).toBeUndefined()
    expect(tree(casdoor)).toEqual([
      'acme-wecom-1 青石科技',
      'acme-wecom-2 x < acme-wecom-1',
      'acme-wecom-3 Y < acme-wecom-2',
      'acme-wecom-4 z < acme-wecom-3: a',
      'acme-wecom-5 new < acme-wecom-2: b',
    ])
    await settle(casdoor, aCompany([...turned, { id: 5, name: 'new', parent: 2 }], { a: [4], b: [5] }))
    expect(tree(casdoor)).toContain('acme-wecom-2 x < acme-wecom-4')
  })

  test('when it is new: its people stay in their other groups, and are not written for it alone', async () => {
    const casdoor = await start()
    await settle(casdoor, aCompany(all, people))
    const written = casdoor.writes().length
    casdoor.faults.push(refused('add-group'))
    const result = await group(casdoor, aCompany([...all, { id: 4, name: '新部' }], { ...people, a: [2, 4] }))
    expect(outcomeOf('sync', result)).toBe('partial')
    expect(account(casdoor, 'a')).toMatchObject({ groups: ['acme/acme-wecom-2'] })
    expect(
      casdoor
        .writes()
        .slice(written)
        .map(sent)
        .map(([call]) => call),
    ).toEqual(['add-group', 'update-user acme/a properties'])
    await settle(casdoor, aCompany([...all, { id: 4, name: '新部' }], { ...people, a: [2, 4] }))
    expect(account(casdoor, 'a').groups).toEqual(['acme/acme-wecom-2', 'acme/acme-wecom-4'])
  })

  test('when it goes: somebody came in meanwhile', async () => {
    const casdoor = await start()
    await settle(casdoor, aCompany(all, people))
    casdoor.faults.push({
      call: 'get-groups',
      nth: 1,
      do: {
        edit: (reply) => {
          casdoor.seed('acme', [{ name: 'guest', groups: ['acme/acme-wecom-3'] }])
          return reply
        },
      },
    })
    casdoor.faults.push({ call: 'get-users', nth: 1, do: { edit: (reply) => withoutGuest(reply) } })
    const result = await group(casdoor, aCompany([top, research, platform], { ...people, b: [2] }), {
      leavers: 'delete',
    })
    expect(result.applied?.groups?.failed.map(({ problem }) => problem)).toEqual([
      { code: 'casdoor-refused', call: 'delete-group', message: 'group has users' },
    ])
    expect(outcomeOf('sync', result)).toBe('partial')
  })

  function withoutGuest<Reply extends { data?: unknown; data2?: unknown }>(reply: Reply): Reply {
    const rows = reply.data as readonly { readonly name: string }[]
    const others = rows.filter(({ name }) => name !== 'guest')
    return { ...reply, data: others, data2: others.length }
  }

  test.each([
    ['the connection is lost after the write', 'reset-after'],
    ['the connection is lost before the write', 'reset'],
    ['saved, then an error', 'error-after'],
    ['a page of a gateway', 'html'],
    ['an answer cut in its middle', 'cut'],
  ] as const)('after a doubtful answer what is stored is believed: %s', async (_, what) => {
    const casdoor = await start()
    for (const call of ['add-group', 'update-group', 'delete-group'])
      casdoor.faults.push({ call, nth: 1, do: what })
    await settle(casdoor, aCompany(all, people))
    await settle(
      casdoor,
      aCompany([{ ...top, name: '青石' }, research], { a: [2], b: [2], c: [2], d: [1] }),
      {
        leavers: 'delete',
      },
    )
    expect(tree(casdoor)).toHaveLength(2)
  })

  test('one that was deleted meanwhile, and one that cannot be read', async () => {
    const casdoor = await start()
    await settle(casdoor, aCompany(all, people))
    const renamed = all.map((department) => ({ ...department, name: `${department.name}!` }))
    casdoor.faults.push({ call: 'get-group', nth: 1, do: { edit: (reply) => ({ ...reply, data: null }) } })
    casdoor.faults.push(refused('get-group', 2))
    casdoor.faults.push({
      call: 'update-group',
      nth: 1,
      do: { edit: (reply) => ({ ...reply, data: 'Unaffected' }) },
    })
    casdoor.faults.push({ call: 'get-group', nth: 4, do: { edit: (reply) => ({ ...reply, data: null }) } })
    const { applied } = await group(casdoor, aCompany(renamed, people), { concurrency: 1 })
    expect(applied?.groups?.failed.map(({ problem }) => problem.code)).toEqual([
      'casdoor-group-gone',
      'casdoor-refused',
      'casdoor-group-gone',
    ])
    await settle(casdoor, aCompany(renamed, people))
  })

  test('a killed run: the next one does what is left', async () => {
    const casdoor = await start()
    casdoor.faults.push({ call: 'write', nth: 4, times: 1000, do: { status: 503 } })
    const killed = await group(casdoor, aCompany(all, people))
    expect(killed.applied?.stopped ?? killed.applied?.failed.length).toBeTruthy()
    casdoor.faults.length = 0
    await settle(casdoor, aCompany(all, people))
    expect(tree(casdoor)).toContain('acme-wecom-21 平台组 < acme-wecom-2: c')
  })

  test('a stuck Casdoor is not asked for the rest', async () => {
    const casdoor = await start()
    casdoor.faults.push({ call: '*', nth: 7, times: 1000, do: 'hang' })
    const { applied } = await group(casdoor, aCompany(all, people), { timeout: 50 })
    expect(applied).toMatchObject({ done: [], stopped: { code: 'casdoor-silent' }, changed: false })
  })
})

describe('spec 6.4: the account item `Groups`', () => {
  const organizations = [
    {
      name: 'acme',
      applications: ['app-acme'],
      accountItems: accountItems({ Groups: { modifyRule: 'Immutable' } }),
    },
  ]

  test('that nobody may change is told, and people are only put into groups as they are added', async () => {
    const casdoor = await start({ organizations })
    const { plan } = await settle(casdoor, aCompany(all, people))
    expect(plan.findings).toContainEqual({ code: 'casdoor-item-immutable', item: 'Groups', field: 'groups' })
    await settle(casdoor, aCompany(all, { ...people, a: [3] }))
    expect(account(casdoor, 'a').groups).toEqual(['acme/acme-wecom-2'])
  })

  test('does not matter without groups', async () => {
    const casdoor = await start({ organizations })
    expect((await run(casdoor, aCompany(all, people))).plan.findings).not.toContainEqual(
      expect.objectContaining({ code: 'casdoor-item-immutable' }),
    )
  })
})
