import { describe, expect, test } from 'vitest'
import { corpId } from '../../../make.ts'
import { anOwned, account, problemsOf, start } from '../start.ts'
import { aCompany, group, settle, tree, aGroup, byHand, putInto, top, all, people } from './company.ts'

describe('spec 6.5: groups that are not ours', () => {
  test('a group that hangs below ours, and hand-made ones of nearly our name, are never touched', async () => {
    const casdoor = await start()
    await settle(casdoor, aCompany(all, people))
    const names = [
      'acme-wecom-',
      'acme-wecom-07',
      'acme-wecom-2-5',
      'acme-wecom-x',
      'acme-wecom',
      'acme-wecom-999',
    ]
    for (const name of names) {
      await byHand(casdoor, 'add-group', {
        name,
        displayName: 'mine',
        parentId: 'acme-wecom-2',
        type: 'Virtual',
      })
    }
    await putInto(casdoor, 'a', [
      ...names.map((name) => `acme/${name}`).slice(0, 5),
      'acme/acme-wecom-2',
      'other/x',
      'y',
    ])
    const before = structuredClone(names.map((name) => aGroup(casdoor, name)))
    await settle(casdoor, aCompany([top], { a: [1], b: [1], c: [1], d: [1] }), { leavers: 'delete' })
    expect(names.map((name) => aGroup(casdoor, name))).toEqual(before)
    expect(account(casdoor, 'a').groups).toEqual([
      ...names.map((name) => `acme/${name}`).slice(0, 5),
      'other/x',
      'y',
      'acme/acme-wecom-1',
    ])
    expect(tree(casdoor)).toContain('acme-wecom-2 研发中心 < acme-wecom-1')
    expect(tree(casdoor).join()).not.toContain('acme-wecom-3 ')
  })

  test('syncers whose names begin alike share an organization', async () => {
    const casdoor = await start()
    const corps = [
      { syncer: 'wecom', corp: corpId },
      { syncer: 'wecom-2', corp: 'ww2' },
      { syncer: 'wecom-2-1', corp: 'ww3' },
    ]
    const made = (corp: string) =>
      aCompany(
        [
          { id: 1, name: corp },
          { id: 2, name: corp, parent: 1 },
        ],
        { [`p-${corp}`]: [1, 2] },
        { corpId: corp },
      )
    // An organization takes a further corp once one of its accounts is linked by hand (S8).
    const linked = corps.map(({ corp }) => anOwned(`p-${corp}`, { externalId: `wecom:${corp}:p-${corp}` }))
    casdoor.seed('acme', linked)
    for (const { syncer, corp } of corps) await group(casdoor, made(corp), { syncer })
    for (const { syncer, corp } of corps) await settle(casdoor, made(corp), { syncer, leavers: 'delete' })
    expect(tree(casdoor)).toEqual([
      `acme-wecom-1 ${corpId}: p-${corpId}`,
      `acme-wecom-2 ${corpId} < acme-wecom-1: p-${corpId}`,
      'acme-wecom-2-1 ww2: p-ww2',
      'acme-wecom-2-1-1 ww3: p-ww3',
      'acme-wecom-2-1-2 ww3 < acme-wecom-2-1-1: p-ww3',
      'acme-wecom-2-2 ww2 < acme-wecom-2-1: p-ww2',
    ])
  })

  test('FS-26: two corps with one syncer name are refused before anything is written', async () => {
    const casdoor = await start()
    await settle(casdoor, aCompany(all, people))
    const before = casdoor.writes().length
    expect(await problemsOf(group(casdoor, aCompany(all, { z: [2] }, { corpId: 'ww2' })))).toEqual([
      { code: 'casdoor-group-other-corp', group: 'acme-wecom-1', corpId, syncer: 'wecom' },
    ])
    expect(casdoor.writes()).toHaveLength(before)
  })

  test('a name that another organization has: nobody is put into that group, the rest goes on', async () => {
    const casdoor = await start()
    await byHand(casdoor, 'add-group', { owner: 'acme-world', name: 'acme-wecom-2' })
    const { applied } = await group(casdoor, aCompany(all, people))
    const problems = applied?.groups?.failed.map(({ change, problem }) => ({ id: change.id, ...problem }))
    expect(problems).toEqual([
      { id: 2, code: 'casdoor-group-taken', group: 'acme-wecom-2' },
      { id: 21, code: 'casdoor-group-parent', group: 'acme-wecom-2' },
    ])
    expect(applied?.findings).toEqual([
      { code: 'casdoor-groups-missing', groups: ['acme-wecom-2', 'acme-wecom-21'], people: 3 },
    ])
    expect(applied?.failed).toEqual([])
    expect(tree(casdoor)).toEqual(['acme-wecom-1 青石科技: d', 'acme-wecom-3 市场部 < acme-wecom-1: b'])
    await byHand(casdoor, 'delete-group', { owner: 'acme-world', name: 'acme-wecom-2' })
    await settle(casdoor, aCompany(all, people))
    expect(tree(casdoor)).toContain('acme-wecom-21 平台组 < acme-wecom-2: c')
  })
})
