import { describe, expect, test } from 'vitest'
import { aRow } from '../../../make.ts'
import { account, sent, start } from '../start.ts'
import { aCompany, settle, tree, byHand, top, research, all, people } from './company.ts'

describe('spec 6.5: departments that vanish', () => {
  const later = aCompany([top, research], { a: [2], b: [2], c: [2], d: [1] })

  test('`leavers: forbid` switches their groups off, and one that returns is enabled again', async () => {
    const casdoor = await start()
    await settle(casdoor, aCompany(all, people))
    await settle(casdoor, later)
    expect(tree(casdoor)).toEqual([
      'acme-wecom-1 青石科技: d',
      'acme-wecom-2 研发中心 < acme-wecom-1: a b c',
      'acme-wecom-21 平台组 < acme-wecom-2 off',
      'acme-wecom-3 市场部 < acme-wecom-1 off',
    ])
    await settle(casdoor, aCompany(all, people))
    expect(tree(casdoor)).toContain('acme-wecom-21 平台组 < acme-wecom-2: c')
  })

  test('`leavers: delete` deletes them once they are empty, children first', async () => {
    const casdoor = await start()
    await settle(casdoor, aCompany([...all, { id: 31, name: '华东', parent: 3 }], { ...people, e: [2, 31] }))
    const { applied } = await settle(casdoor, aCompany([top, research], { a: [2], b: [2], c: [2], d: [1] }), {
      leavers: 'delete',
    })
    expect(applied?.done.map(({ kind, userid }) => `${kind} ${userid}`)).toContain('delete e')
    expect(tree(casdoor)).toHaveLength(2)
    const deleted = casdoor
      .writes()
      .map(sent)
      .filter(([call]) => call === 'delete-group')
    expect(deleted.map(([, body]) => (body as { name: string }).name)).toEqual([
      'acme-wecom-31',
      'acme-wecom-3',
      'acme-wecom-21',
    ])
  })

  test('a group that was only switched off is deleted when `leavers` says so later', async () => {
    const casdoor = await start()
    await settle(casdoor, aCompany(all, people))
    await settle(casdoor, later)
    await settle(casdoor, later, { leavers: 'delete' })
    expect(tree(casdoor)).toHaveLength(2)
  })

  test('one with people or groups of others in it is not deleted, nor what is above it, and that is told', async () => {
    const casdoor = await start()
    await settle(casdoor, aCompany([...all, { id: 31, name: '华东', parent: 3 }], people))
    casdoor.seed('acme', [{ name: 'guest', groups: ['acme/acme-wecom-31'] }])
    await byHand(casdoor, 'add-group', { name: 'own', parentId: 'acme-wecom-21' })
    const { plan, applied } = await settle(casdoor, later, { leavers: 'delete' })
    expect(applied?.groups?.done).toEqual([])
    expect(plan.findings).toContainEqual({
      code: 'groups-kept',
      why: 'in-use',
      groups: ['acme-wecom-3', 'acme-wecom-21', 'acme-wecom-31'],
    })
    expect(account(casdoor, 'guest').groups).toEqual(['acme/acme-wecom-31'])
  })

  test('`leavers: keep` leaves them alone and tells', async () => {
    const casdoor = await start()
    await settle(casdoor, aCompany(all, people))
    const { plan, applied } = await settle(casdoor, later, { leavers: 'keep' })
    expect(applied?.groups?.done).toEqual([])
    expect(plan.findings).toContainEqual({
      code: 'groups-kept',
      why: 'policy',
      groups: ['acme-wecom-3', 'acme-wecom-21'],
    })
  })

  test('spec 7: a forbidden leaver keeps the groups, until the account goes', async () => {
    const casdoor = await start()
    await settle(casdoor, aCompany(all, { ...people, e: [2], f: [2] }))
    await settle(casdoor, aCompany(all, { ...people, e: [2] }))
    expect(account(casdoor, 'f')).toMatchObject({ isForbidden: true, groups: ['acme/acme-wecom-2'] })
    const quit = aCompany(all, people)
    const rows = 'rows' in quit ? quit.rows : []
    await settle(casdoor, {
      ...quit,
      kind: 'members',
      rows: [...rows, aRow({ userid: 'e', departments: [3], status: 5, fields: { name: 'e' } })],
    })
    expect(account(casdoor, 'e')).toMatchObject({ isForbidden: true, groups: ['acme/acme-wecom-2'] })
  })

  test('a rehire after a soft delete is bound to the groups of today', async () => {
    const casdoor = await start()
    const acme = { organization: 'acme-soft', leavers: 'delete' } as const
    const others = { a: [2], b: [2], d: [1] }
    await settle(casdoor, aCompany(all, { ...others, c: [21] }), acme)
    await settle(casdoor, aCompany(all, others), acme)
    expect(account(casdoor, 'c', 'acme-soft')).toMatchObject({ isDeleted: true })
    await settle(casdoor, aCompany(all, { ...others, c: [3] }), acme)
    expect(account(casdoor, 'c', 'acme-soft')).toMatchObject({
      isDeleted: false,
      groups: ['acme-soft/acme-soft-wecom-3'],
    })
    await settle(casdoor, aCompany(all, others), acme)
    await settle(casdoor, aCompany(all, { ...others, c: [3] }), acme)
    const { users } = (await (
      await fetch(`${casdoor.url}/api/get-group?id=acme-soft/acme-soft-wecom-3`, {
        headers: {
          authorization: `Basic ${Buffer.from(`${casdoor.clientId}:${casdoor.clientSecret}`).toString('base64')}`,
        },
      })
    )
      .json()
      .then((reply) => (reply as { data: object }).data)) as { users: string[] }
    expect(users).toEqual(['acme-soft/c'])
  })
})
