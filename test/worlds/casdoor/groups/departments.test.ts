import { listEdits } from '../../../../src/model/edit.ts'
import { describe, expect, test } from 'vitest'
import { makeCompany } from '../../../../sandbox/company.ts'
import { counts, outcomeOf } from '../../../../src/report/counts.ts'
import { sync } from '../../../../src/sync.ts'
import { casdoorTarget } from '../../../../src/casdoor/target.ts'
import { aPolicy, corpId } from '../../../make.ts'
import { account, callsOf, run, sent, settingsFor, start } from '../start.ts'
import {
  aCompany,
  group,
  settle,
  tree,
  aGroup,
  byHand,
  putInto,
  top,
  research,
  sales,
  platform,
  all,
  people,
} from './company.ts'

describe('spec 6.5: departments become groups', () => {
  test('each below its parent, people in those of all their departments, and a second run writes nothing', async () => {
    const casdoor = await start()
    const { applied } = await settle(casdoor, aCompany(all, people))
    expect(applied).toMatchObject({ changed: true })
    expect(tree(casdoor)).toEqual([
      'acme-wecom-1 青石科技: d',
      'acme-wecom-2 研发中心 < acme-wecom-1: a b',
      'acme-wecom-21 平台组 < acme-wecom-2: c',
      'acme-wecom-3 市场部 < acme-wecom-1: b',
    ])
    expect(aGroup(casdoor, 'acme-wecom-1')).toMatchObject({
      type: 'Physical',
      parentId: 'acme',
      isTopGroup: true,
      isEnabled: true,
      createdTime: '1970-01-01T00:00:00Z',
      properties: { wecomCorpId: corpId },
    })
  })

  test('groups are asked for once a run, and not at all without them', async () => {
    const casdoor = await start()
    await settle(casdoor, aCompany(all, people))
    expect(callsOf(casdoor).filter((call) => call === 'GET get-groups')).toHaveLength(2)
    await run(casdoor, aCompany([top], people))
    expect(callsOf(casdoor).filter((call) => call === 'GET get-groups')).toHaveLength(2)
    expect(tree(casdoor)).toContain('acme-wecom-21 平台组 < acme-wecom-2: c')
  })

  test('people who are there already come in when groups are switched on', async () => {
    const casdoor = await start()
    await run(casdoor, aCompany(all, people))
    const { decision } = await settle(casdoor, aCompany(all, people))
    expect(
      decision.allowed.map((change) => [change.kind, listEdits(change).map(({ field }) => field)]),
    ).toEqual(Object.keys(people).map(() => ['update', ['groups']]))
    expect(tree(casdoor)).toContain('acme-wecom-3 市场部 < acme-wecom-1: b')
  })

  test('a department renamed, one moved with everybody in it, one dissolved, one new', async () => {
    const casdoor = await start()
    await settle(casdoor, aCompany(all, people))
    await byHand(casdoor, 'add-group', { name: 'vpn', isTopGroup: true, parentId: 'acme', isEnabled: true })
    await putInto(casdoor, 'c', ['acme/vpn', 'acme/acme-wecom-21'])
    const written = casdoor.writes().length
    const { plan, applied } = await settle(
      casdoor,
      aCompany(
        [
          top,
          { ...research, name: '研究院' },
          { ...platform, parent: 1 },
          { id: 4, name: '新部', parent: 21 },
        ],
        {
          a: [2],
          b: [2],
          c: [21, 4],
          d: [1],
        },
      ),
      { concurrency: 1 },
    )
    expect(plan.departmentChanges.map(({ id }) => id)).toEqual([2, 3, 4, 21])
    expect(applied?.groups?.done).toEqual(plan.departmentChanges)
    expect(tree(casdoor)).toEqual([
      'acme-wecom-1 青石科技: d',
      'acme-wecom-2 研究院 < acme-wecom-1: a b',
      'acme-wecom-21 平台组 < acme-wecom-1: c',
      'acme-wecom-3 市场部 < acme-wecom-1 off',
      'acme-wecom-4 新部 < acme-wecom-21: c',
      'vpn : c',
    ])
    expect(account(casdoor, 'c').groups).toEqual(['acme/vpn', 'acme/acme-wecom-21', 'acme/acme-wecom-4'])
    // The moved people themselves are not written: their group is where it was, in another place.
    const calls = casdoor.writes().slice(written).map(sent)
    expect(calls.map(([call]) => call)).toEqual([
      'update-group acme/acme-wecom-2',
      'update-group acme/acme-wecom-21',
      'add-group',
      'update-user acme/b groups,properties',
      'update-user acme/c groups,properties',
      'update-group acme/acme-wecom-3',
    ])
  })

  test.each([
    ['named like an organization', 'acme', 'acme'],
    ['with a slash', '研发/一组', '研发/一组'],
    ['with quotes', `"大"'客户'`, `"大"'客户'`],
    ['with an emoji', '🚀战略部', '🚀战略部'],
    ['of 32 characters', '部'.repeat(32), '部'.repeat(32)],
    ['longer than a column', '部'.repeat(101), '部'.repeat(100)],
    ['with line breaks', ' 研发\n部 ', '研发 部'],
    ['without a name', '', '2'],
  ])('a department %s', async (_, name, shown) => {
    const casdoor = await start({ database: 'postgres' })
    await settle(casdoor, aCompany([top, { ...research, name }], { a: [2] }))
    expect(tree(casdoor)).toEqual(['acme-wecom-1 青石科技', `acme-wecom-2 ${shown} < acme-wecom-1: a`])
  })

  test('departments of one name are two groups; a root that is not visible leaves several tops', async () => {
    const casdoor = await start()
    await settle(
      casdoor,
      aCompany(
        [
          { ...research, name: '一组' },
          { ...sales, name: '一组' },
        ],
        { a: [2], b: [3] },
      ),
    )
    expect(tree(casdoor)).toEqual(['acme-wecom-2 一组: a', 'acme-wecom-3 一组: b'])
  })

  test('circles, orphans, a parent that comes later, and one that appears', async () => {
    const casdoor = await start()
    const odd = [
      { id: 5, name: '甲', parent: 6 },
      { id: 6, name: '乙', parent: 7 },
      { id: 7, name: '丙', parent: 5 },
      { id: 8, name: '丁', parent: 7 },
      { id: 9, name: '戊', parent: 9 },
      { id: 10, name: '己', parent: 77 },
    ]
    await settle(casdoor, aCompany(odd, { a: [8] }))
    expect(tree(casdoor)).toEqual([
      'acme-wecom-10 己',
      'acme-wecom-5 甲',
      'acme-wecom-6 乙 < acme-wecom-7',
      'acme-wecom-7 丙 < acme-wecom-5',
      'acme-wecom-8 丁 < acme-wecom-7: a',
      'acme-wecom-9 戊',
    ])
    await settle(casdoor, aCompany([...odd, { id: 77, name: '庚' }], { a: [8] }))
    expect(tree(casdoor)).toContain('acme-wecom-10 己 < acme-wecom-77')
  })

  test('a department that nobody can see, of somebody who is seen alone, is no group', async () => {
    const casdoor = await start()
    await settle(casdoor, aCompany([top, research], { a: [2, 999] }))
    expect(account(casdoor, 'a').groups).toEqual(['acme/acme-wecom-2'])
  })

  test('15 levels, turned upside down', async () => {
    const casdoor = await start()
    const chain = Array.from({ length: 15 }, (_, index) => ({
      id: index + 1,
      name: `${index + 1}`,
      parent: index,
    }))
    const turned = chain.map(({ id, name }) => ({ id, name, parent: id + 1 }))
    await settle(casdoor, aCompany(chain, { a: [15] }))
    await settle(casdoor, aCompany(turned, { a: [15] }))
    expect(aGroup(casdoor, 'acme-wecom-1').parentId).toBe('acme-wecom-2')
    expect(aGroup(casdoor, 'acme-wecom-15')).toMatchObject({ parentId: 'acme', isTopGroup: true })
  })

  test('10,000 departments', { timeout: 120_000 }, async () => {
    const { departments } = makeCompany({ people: 0, departments: 10_000 })
    const casdoor = await start({ gzip: false })
    const shown = departments.map(({ id, name, parentid: parent }) => ({ id, name, parent }))
    const seen = new Set(['acme'])
    await settle(casdoor, aCompany(shown.toReversed(), { a: [2] }))
    for (const { path, body } of casdoor.writes()) {
      const { name, parentId } = JSON.parse(body) as { readonly name: string; readonly parentId: string }
      if (path !== '/api/add-group') continue
      expect(seen).toContain(parentId)
      seen.add(name)
    }
    expect(seen.size).toBe(10_001)
  })
})

test('`mode: plan` gives the same plan, and writes nothing', async () => {
  const casdoor = await start()
  const directory = aCompany(all, people)
  const { reader } = casdoorTarget(settingsFor(casdoor, { groups: true }))
  const source = { fetch: async () => Promise.resolve(directory) }
  const planned = await sync({ source, reader, policy: aPolicy({ groups: 'departments' }) })
  expect(casdoor.writes()).toEqual([])
  expect(outcomeOf('plan', planned)).toBe('planned')
  expect(counts(planned).groups).toBe(4)
  expect((await group(casdoor, directory, { removalLimit: aPolicy().removalLimit })).plan).toEqual(
    planned.plan,
  )
  expect(counts(await group(casdoor, directory)).groups).toBe(0)
})
