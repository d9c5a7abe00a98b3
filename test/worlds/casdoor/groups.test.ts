import { listEdits } from '../../../src/model/edit.ts'
import { describe, expect, test } from 'vitest'
import { accountItems, type CasdoorSandbox } from '../../../sandbox/casdoor/server.ts'
import { makeCompany } from '../../../sandbox/company.ts'
import { reorganize } from '../../../sandbox/reorganization.ts'
import type { Department } from '../../../src/model/department.ts'
import type { Directory } from '../../../src/model/directory.ts'
import type { Policy } from '../../../src/model/policy.ts'
import type { Result } from '../../../src/model/run.ts'
import { counts, outcomeOf } from '../../../src/report/counts.ts'
import { snapshotSource } from '../../../src/snapshot/source.ts'
import { snapshotTarget } from '../../../src/snapshot/target.ts'
import { summary } from '../../../src/report/summary.ts'
import { sync } from '../../../src/sync.ts'
import { textOf } from '../../../src/text/language.ts'
import { casdoorTarget } from '../../../src/casdoor/target.ts'
import { aDirectory, aPolicy, aRow, aRun, corpId } from '../../make.ts'
import { storyLines } from '../../story.ts'
import { defaultFields, storeInMemory } from '../snapshot/people.ts'
import { account, callsOf, problemsOf, run, sent, settingsFor, start } from './start.ts'

type Setting = Partial<Policy> & {
  readonly organization?: string
  readonly concurrency?: number
  readonly timeout?: number
}

/** A directory of these people, each with their departments, and these departments. */
function aCompany(
  departments: readonly Department[],
  people: Readonly<Record<string, readonly number[]>>,
  overrides: Partial<Omit<Directory, 'kind'>> = {},
): Directory {
  const rows = Object.entries(people).flatMap(([userid, ids]) =>
    ids.map((id) => aRow({ userid, departments: ids, fields: { name: userid } }, id)),
  )
  return aDirectory(rows, { departments, ...overrides })
}

/** One run with `groups: departments`. */
async function group(casdoor: CasdoorSandbox, directory: Directory, setting: Setting = {}): Promise<Result> {
  const { organization = 'acme', concurrency = 8, timeout = 60_000, ...policy } = setting
  const { syncer = 'wecom' } = policy
  return run(casdoor, directory, {
    groups: true,
    syncer,
    organization,
    concurrency,
    timeout,
    // The little companies here lose a lot at once; what is held back is for the tests of it.
    policy: { groups: 'departments', removalLimit: [{ kind: 'percent', value: 100 }], ...policy },
  })
}

/** The same, and a second one that must have nothing to do. */
async function settle(casdoor: CasdoorSandbox, directory: Directory, setting: Setting = {}) {
  const result = await group(casdoor, directory, setting)
  expect(result.applied).toMatchObject({ failed: [], groups: { failed: [] } })
  const before = casdoor.writes().length
  const second = await group(casdoor, directory, setting)
  expect(outcomeOf('sync', second)).toBe('unchanged')
  expect(casdoor.writes()).toHaveLength(before)
  return result
}

/** The groups as a tree: `name (display name) < parent`, with `off` and the people in them. */
function tree(casdoor: CasdoorSandbox, organization = 'acme'): readonly string[] {
  return casdoor
    .groups(organization)
    .map(({ name, displayName, parentId, isTopGroup, isEnabled }) => {
      const people = casdoor
        .users(organization)
        .filter(({ groups }) => groups?.includes(`${organization}/${name}`) === true)
        .map((user) => user.name)
      const place = isTopGroup ? '' : ` < ${parentId}`
      return `${name} ${displayName}${place}${isEnabled ? '' : ' off'}${people.length > 0 ? `: ${people.toSorted().join(' ')}` : ''}`
    })
    .toSorted()
}

function aGroup(casdoor: CasdoorSandbox, name: string, organization = 'acme') {
  const found = casdoor.groups(organization).find((one) => one.name === name)
  if (found === undefined) throw new Error(`no group is called ${name}`)
  return found
}

/** Calls Casdoor as a person in its console does. */
async function byHand(casdoor: CasdoorSandbox, call: string, body: object, query = ''): Promise<unknown> {
  const { clientId, clientSecret } = casdoor
  const answer = await fetch(`${casdoor.url}/api/${call}${query}`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: JSON.stringify({ owner: 'acme', ...body }),
  })
  return answer.json()
}

async function putInto(casdoor: CasdoorSandbox, name: string, groups: readonly string[]): Promise<unknown> {
  return byHand(casdoor, 'update-user', { name, groups }, `?id=acme/${name}&columns=groups`)
}

const top = { id: 1, name: '青石科技' }
const research = { id: 2, name: '研发中心', parent: 1 }
const sales = { id: 3, name: '市场部', parent: 1 }
const platform = { id: 21, name: '平台组', parent: 2 }
const all = [top, research, sales, platform]
const people = { a: [2], b: [2, 3], c: [21], d: [1] }

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
    const casdoor = await start({ postgres: true })
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

describe('what somebody changed by hand comes back', () => {
  test('who is in which group', async () => {
    const casdoor = await start()
    await settle(casdoor, aCompany(all, people))
    await putInto(casdoor, 'a', ['acme/acme-wecom-3', 'acme/own'])
    await putInto(casdoor, 'b', [])
    await settle(casdoor, aCompany(all, people))
    expect(account(casdoor, 'a').groups).toEqual(['acme/own', 'acme/acme-wecom-2'])
    expect(account(casdoor, 'b').groups).toEqual(['acme/acme-wecom-2', 'acme/acme-wecom-3'])
  })

  test.each<[string, object]>([
    ['name', { displayName: 'R&D' }],
    ['type', { type: 'Virtual' }],
    ['switch', { isEnabled: false }],
    ['place, below a group of theirs', { parentId: 'own' }],
    ['place, at the top', { parentId: 'acme', isTopGroup: true }],
    ['place, at a top that is none', { parentId: 'acme-wecom-1', isTopGroup: true }],
    ['place, nowhere', { parentId: '' }],
    ['place, in a circle', { parentId: 'acme-wecom-21' }],
    ['mark', { properties: null }],
  ])('a group: its %s', async (_, values) => {
    const casdoor = await start()
    await settle(casdoor, aCompany(all, people))
    const before = { ...aGroup(casdoor, 'acme-wecom-2'), updatedTime: '' }
    Object.assign(aGroup(casdoor, 'acme-wecom-2'), values)
    const { plan } = await settle(casdoor, aCompany(all, people))
    expect(plan.departmentChanges).toMatchObject([{ id: 2 }])
    expect({ ...aGroup(casdoor, 'acme-wecom-2'), updatedTime: '' }).toEqual(before)
  })

  test('FS-30: what an update does not know of survives it', async () => {
    const casdoor = await start()
    await settle(casdoor, aCompany(all, people))
    const others = { manager: 'acme/a', contactEmail: 'rd@example.com', gidNumber: 77 }
    Object.assign(aGroup(casdoor, 'acme-wecom-2'), others, {
      properties: { wecomCorpId: corpId, key: 'value' },
    })
    await settle(casdoor, aCompany([top, { ...research, name: '研究院' }, sales, platform], people))
    expect(aGroup(casdoor, 'acme-wecom-2')).toMatchObject({
      ...others,
      displayName: '研究院',
      properties: { wecomCorpId: corpId, key: 'value' },
    })
    const [, body] =
      casdoor
        .writes()
        .map(sent)
        .find(([call]) => call.startsWith('update-group')) ?? []
    expect(Object.keys(body as object)).not.toContain('users')
    expect(Object.keys(body as object)).not.toContain('haveChildren')
  })

  test('a server that knows no properties of groups: the name alone is the mark', async () => {
    const casdoor = await start()
    await settle(casdoor, aCompany(all, people))
    casdoor.faults.push({
      call: 'get-groups',
      nth: 1,
      times: 2,
      do: {
        edit: (reply) => ({
          ...reply,
          data: (reply.data as object[]).map((row) => ({ ...row, properties: undefined })),
        }),
      },
    })
    await settle(casdoor, aCompany([top, research, platform], { ...people, b: [2] }))
    expect(tree(casdoor)).toContain('acme-wecom-3 市场部 < acme-wecom-1 off')
  })
})

describe('spec 6.5: departments that vanish', () => {
  const later = aCompany([top, research], { a: [2], b: [2], c: [2], d: [1] })

  test('`leavers: forbid` switches their groups off, and one that returns is switched on again', async () => {
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

describe('spec 8: what must not be taken away', () => {
  const doubts = [{ code: 'wecom-departments-missing', ids: [3] }] as const
  const shown = [top, research, platform]

  test.each(['forbid', 'keep', 'delete'] as const)(
    'an incomplete fetch touches no group, and puts nobody out of one (`leavers: %s`)',
    async (leavers) => {
      const casdoor = await start()
      await settle(casdoor, aCompany(all, people))
      const before = tree(casdoor)
      const result = await group(casdoor, aCompany(shown, { ...people, b: [2] }, { doubts }), { leavers })
      expect(tree(casdoor)).toEqual(before)
      expect(outcomeOf('sync', result)).toBe('held')
      expect(result.decision).toMatchObject({
        held: [],
        groups: { allowed: [], held: leavers === 'keep' ? [] : [{ id: 3 }], memberships: 1 },
      })
      expect(result.decision.reasons[0]).toMatchObject({ code: 'fetch-doubtful' })
    },
  )

  test('FS-16: where a narrowed range takes people along, their groups stay until somebody approves', async () => {
    const casdoor = await start()
    const many = { ...people, e: [2], f: [2], g: [2], h: [2], i: [3], j: [21] }
    await settle(casdoor, aCompany(all, many))
    const before = tree(casdoor)
    const narrow = aCompany([top, research, platform], {
      ...people,
      b: [2],
      e: [2],
      f: [2],
      g: [2],
      h: [2],
      j: [21],
    })
    const result = await group(casdoor, narrow)
    expect(tree(casdoor)).toEqual(before)
    expect(result.decision.reasons.map(({ code }) => code)).toEqual(['range-change', 'groups-wait'])
    expect(result.decision.groups).toMatchObject({ held: [{ id: 3 }], memberships: 1 })
    await settle(casdoor, narrow, { approve: result.decision.digest ?? '' })
    expect(tree(casdoor)).toContain('acme-wecom-3 市场部 < acme-wecom-1 off: i')
    expect(account(casdoor, 'b').groups).toEqual(['acme/acme-wecom-2'])
  })

  test.each([
    ['are still in the company', { everyone: new Set(['a', 'b', 'c', 'd', 'e']) }],
    ['cannot be read though the range names them', { unread: new Set(['e']) }],
  ])('people who %s: their departments have not vanished', async (_, told) => {
    const casdoor = await start()
    await settle(casdoor, aCompany([...all, { id: 211, name: '二级', parent: 21 }], { ...people, e: [211] }))
    const before = tree(casdoor)
    const { plan } = await settle(
      casdoor,
      aCompany([top, research, sales], { a: [2], b: [2, 3], c: [2], d: [1] }, told),
    )
    expect(plan.findings).toContainEqual({
      code: 'groups-kept',
      why: 'hidden',
      groups: ['acme-wecom-21', 'acme-wecom-211'],
    })
    expect(tree(casdoor).filter((line) => line.includes(' off'))).toEqual([])
    expect(tree(casdoor)).toHaveLength(before.length)
  })

  const departments = [
    top,
    ...Array.from({ length: 30 }, (_, index) => ({ id: index + 2, name: `${index}`, parent: 1 })),
  ]
  const staff = Object.fromEntries(departments.map(({ id }) => [`p${id}`, [1, id]]))

  test('FS-42: more groups than the limit stay, and an approval lets just them go', async () => {
    const casdoor = await start()
    await settle(casdoor, aCompany(departments, staff))
    const before = tree(casdoor)
    const kept = departments.slice(0, 20)
    const fewerOf = (ids: readonly Department[]) =>
      aCompany(
        ids,
        Object.fromEntries(
          Object.entries(staff).map(([who, of]) => [
            who,
            of.filter((id) => ids.some((each) => each.id === id)),
          ]),
        ),
      )
    const limits = { removalLimit: [{ kind: 'percent', value: 30 }] } as const
    const result = await group(casdoor, fewerOf(kept), limits)
    expect(tree(casdoor)).toEqual(before)
    expect(result.decision).toMatchObject({
      held: [],
      groups: { allowed: [] },
      reasons: [{ code: 'groups-over-limit', groups: 11, limit: 9 }],
    })
    expect(result.decision.groups?.held).toHaveLength(11)
    expect(counts(result).groups).toBe(0)
    const approve = result.decision.digest ?? ''
    const other = await group(casdoor, fewerOf(departments.slice(0, 19)), { ...limits, approve })
    expect(other.decision.remarks).toMatchObject([{ code: 'approval-other', by: 'approve' }])
    await settle(casdoor, fewerOf(kept), { ...limits, approve })
    expect(tree(casdoor).filter((line) => line.includes(' off'))).toHaveLength(11)
  })

  test('FS-42: more lost places in groups than the limit are all kept; who comes in is let in', async () => {
    const casdoor = await start()
    await settle(casdoor, aCompany(departments, staff))
    const fewer = Object.fromEntries(Object.keys(staff).map((who) => [who, who === 'p3' ? [1, 4] : [1]]))
    const { removalLimit } = aPolicy()
    const result = await group(casdoor, aCompany(departments, fewer), { removalLimit })
    expect(result.decision).toMatchObject({
      groups: { held: [], memberships: 29 },
      reasons: [{ code: 'memberships-over-limit', memberships: 29, limit: 3 }],
    })
    expect(account(casdoor, 'p3').groups).toEqual(['acme/acme-wecom-1', 'acme/acme-wecom-4'])
    expect(account(casdoor, 'p5').groups).toEqual(['acme/acme-wecom-1', 'acme/acme-wecom-5'])
    await settle(casdoor, aCompany(departments, fewer), {
      removalLimit,
      approve: result.decision.digest ?? '',
    })
    expect(account(casdoor, 'p5').groups).toEqual(['acme/acme-wecom-1'])
  })
})

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

describe('what a group tells of itself is checked', () => {
  test.each<[string, object, object]>([
    ['another owner', { owner: 'other' }, { code: 'casdoor-other-owner', expected: 'acme', got: 'other' }],
    ['no name', { name: 7 }, { code: 'bad-reply', service: 'Casdoor', call: 'get-groups', detail: 'name' }],
  ])('%s', async (_, values, problem) => {
    const casdoor = await start()
    await settle(casdoor, aCompany(all, people))
    casdoor.faults.push({
      call: 'get-groups',
      nth: 1,
      do: {
        edit: (reply) => ({ ...reply, data: (reply.data as object[]).map((row) => ({ ...row, ...values })) }),
      },
    })
    expect(await problemsOf(group(casdoor, aCompany(all, people)))).toEqual([problem])
  })

  test.each([
    ['another group than the one asked for', { name: 'other' }, 'name'],
    ['one of another form than promised', { isEnabled: 'yes' }, 'isEnabled'],
  ])('%s is not written to', async (_, values, detail) => {
    const casdoor = await start()
    await settle(casdoor, aCompany(all, people))
    const edit = (reply: { readonly data?: unknown }) => ({
      data: { ...(reply.data as object), ...values },
    })
    casdoor.faults.push({
      call: 'get-group',
      nth: 1,
      do: { edit: (reply) => ({ ...reply, ...edit(reply) }) },
    })
    const { applied } = await group(
      casdoor,
      aCompany([{ ...top, name: '青石' }, research, sales, platform], people),
    )
    expect(applied?.groups?.failed.map(({ problem }) => problem)).toEqual([
      { code: 'bad-reply', service: 'Casdoor', call: 'get-group', detail },
    ])
  })

  test('no groups at all may be null', async () => {
    const casdoor = await start()
    casdoor.faults.push({ call: 'get-groups', nth: 1, do: { edit: (reply) => ({ ...reply, data: null }) } })
    await settle(casdoor, aCompany(all, people))
    expect(tree(casdoor)).toHaveLength(4)
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

test('spec 9: a check counts the groups, and says what is wrong with them', async () => {
  const casdoor = await start()
  await settle(casdoor, aCompany(all, people))
  await byHand(casdoor, 'add-group', { name: 'vpn' })
  const lineOf = async (settings: object) => {
    const lines = await casdoorTarget(settingsFor(casdoor, settings)).checker.check()
    return lines.find(({ name }) => name === 'casdoor-groups')
  }
  expect(await lineOf({})).toBeUndefined()
  expect(await lineOf({ groups: true })).toMatchObject({
    mark: 'pass',
    fact: { code: 'groups', groups: 5, owned: 4 },
  })
  expect(await lineOf({ groups: true, corpId: 'ww2' })).toMatchObject({
    mark: 'fail',
    problems: [{ code: 'casdoor-group-other-corp' }],
  })
  expect(await lineOf({ groups: true, organization: 'nobody' })).toMatchObject({ mark: 'skip' })
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

describe('flow D: a snapshot makes the same groups', () => {
  test.each(['people.yaml', 'people/'])('%s', async (path) => {
    const [direct, merged] = [await start(), await start()]
    const store = storeInMemory({})
    const target = snapshotTarget({ path, fields: defaultFields, corpId, syncer: 'wecom', store })
    const company = makeCompany({ people: 60, departments: 40 })
    const directoryNow = (): Directory =>
      aCompany(
        company.departments.map(({ id, name, nameEn = '', parentid }) => ({
          id,
          name: id % 7 === 0 ? '' : name || nameEn,
          ...(parentid !== 0 && { parent: parentid }),
        })),
        Object.fromEntries(
          company.people.map(({ userid, departments }) => [userid, departments.toSorted((a, b) => a - b)]),
        ),
      )
    for (let day = 0; day < 3; day++) {
      const directory = directoryNow()
      await settle(direct, directory)
      await sync({ source: { fetch: async () => Promise.resolve(directory) }, ...target, policy: aPolicy() })
      const { reader, writer } = casdoorTarget(settingsFor(merged, { groups: true }))
      await sync({
        source: snapshotSource({ path, store }),
        reader,
        writer,
        policy: aPolicy({ groups: 'departments', removalLimit: [{ kind: 'percent', value: 100 }] }),
      })
      expect(tree(merged)).toEqual(tree(direct))
      // Somebody moves, a unit moves with its people, one is renamed, one is new, one is dissolved.
      const [a, b, c] = company.departments.filter(({ parentid }) => parentid === 1)
      if (a === undefined || b === undefined || c === undefined) throw new Error('too small a company')
      const child = company.departments.find(({ parentid }) => parentid === a.id)
      if (child !== undefined) child.parentid = b.id
      c.name = `${c.name}${day}`
      const gone = company.departments.findLast(
        ({ id }) => !company.departments.some(({ parentid }) => parentid === id),
      )
      company.departments = [
        ...company.departments.filter((department) => department !== gone),
        { id: 900 + day, name: '新部', parentid: c.id },
      ]
      for (const person of company.people) {
        person.departments = person.departments.map((id) => (id === gone?.id ? b.id : id))
        person.departments = [...new Set(person.departments)]
      }
      const [first] = company.people
      if (first !== undefined) first.departments = [1, 900 + day]
    }
  })
})

test('spec 11: 240 departments and 2,000 people; a day of reorganization', { timeout: 120_000 }, async () => {
  const casdoor = await start()
  const company = makeCompany({ people: 2000, departments: 240, seed: 2 })
  const directory = (): Directory =>
    aCompany(
      company.departments.map(({ id, name, parentid: parent }) => ({ id, name, parent })),
      Object.fromEntries(company.people.map(({ userid, departments }) => [userid, departments])),
    )
  const { removalLimit } = aPolicy()
  const first = await settle(casdoor, directory(), { removalLimit })
  expect(counts(first)).toMatchObject({ added: 2000, groups: 240, failed: 0 })
  const members = new Map(casdoor.users('acme').map(({ name, wecom, groups }) => [wecom, { name, groups }]))
  await byHand(casdoor, 'add-group', { name: 'vpn', isTopGroup: true, parentId: 'acme', isEnabled: true })
  const { moved, renamed, dissolved, made } = reorganize(company)
  const guests = company.people.filter(({ departments }) =>
    departments.some((id) => id === moved.id || id === made.id),
  )
  for (const { userid } of guests) {
    const { name = '', groups } = members.get(userid) ?? {}
    await putInto(casdoor, name, ['acme/vpn', ...(groups ?? [])])
  }

  const second = await settle(casdoor, directory(), { removalLimit })
  const staff = company.people.filter(({ departments }) => departments.includes(made.id))
  expect(counts(second)).toMatchObject({ updated: staff.length, groups: 4, failed: 0, held: 0 })
  for (const { userid, departments } of company.people) {
    const row = casdoor.users('acme').find(({ wecom }) => wecom === userid)
    const others = guests.some((guest) => guest.userid === userid) ? ['acme/vpn'] : []
    const groups = [...departments.map((id) => `acme/acme-wecom-${id}`), ...others]
    expect(row?.groups?.toSorted()).toEqual(groups.toSorted())
  }
  const home = company.departments.find(({ id }) => id === made.parentid)?.name
  const lines = storyLines(
    summary(aRun({ outcome: 'applied', result: second }), { text: textOf('en'), level: 'masked' }),
  )
  expect(lines).toEqual([
    expect.stringMatching(new RegExp(`${moved.name} moved from .* to ${home}: 40 people$`)),
    expect.stringMatching(new RegExp(`${renamed.name} is now called .*新${renamed.name}: \\d+ people$`)),
    `${dissolved.name} is gone: ${staff.length} people, now in ${made.name}; its group is switched off`,
    `${made.name} has a group now, under ${home}: ${staff.length} people`,
  ])
})
