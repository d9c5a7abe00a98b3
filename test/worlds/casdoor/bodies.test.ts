import { describe, expect, test } from 'vitest'
import { externalIdOf } from '../../../src/model/people.ts'
import { aDelete, aForbid, anAdd, anUpdate, aRestore, corpId, edits, type Values } from '../../make.ts'
import { account, anOwned, sent, start, write } from './start.ts'

/** Every field a change can have, as the plan of a new person has them. */
const everything = edits({
  displayName: ['', '陈明'],
  email: ['', 'chen.ming@example.com'],
  phone: ['', '13800138000'],
  countryCode: ['', 'CN'],
  title: ['', '研发总监'],
  gender: ['', 'Male'],
  avatar: ['', 'https://avatar.example.com/0'],
  affiliation: ['', '青石科技'],
  tag: ['', 'A0007'],
  location: ['', '上海'],
  bio: ['', '。'],
  homepage: ['', 'https://example.com/'],
  'properties.employeeNumber': ['', 'A0007'],
  departments: [[], [2, 21]],
  status: [undefined, 'active'],
  wecom: ['', 'ChenMing'],
  externalId: ['', externalIdOf(corpId, 'ChenMing')],
})

const everyValue = {
  displayName: '陈明',
  email: 'chen.ming@example.com',
  phone: '13800138000',
  countryCode: 'CN',
  title: '研发总监',
  gender: 'Male',
  avatar: 'https://avatar.example.com/0',
  affiliation: '青石科技',
  tag: 'A0007',
  location: '上海',
  bio: '。',
  homepage: 'https://example.com/',
  wecom: 'ChenMing',
  externalId: `wecom:${corpId}:chenming`,
  properties: { employeeNumber: 'A0007', wecomDepartments: '2,21', wecomStatus: 'active' },
}

describe('spec 6.4: add-user has every known field and nothing else', () => {
  test('all fields', async () => {
    const casdoor = await start()
    await write(casdoor, [anAdd({ userid: 'ChenMing', name: 'ChenMing', ...everything })])
    expect(casdoor.writes().map(sent)).toEqual([
      [
        'add-user',
        {
          owner: 'acme',
          name: 'ChenMing',
          id: 'ChenMing',
          ...everyValue,
          isForbidden: false,
          type: 'normal-user',
          signupApplication: 'app-acme',
          registerType: 'WeCom Sync',
          registerSource: 'acme/wecom',
        },
      ],
    ])
    expect(account(casdoor, 'ChenMing')).toMatchObject(everyValue)
  })

  test('somebody forbidden, of whom only the userid is known; the name is not the userid', async () => {
    const casdoor = await start()
    const known = edits({ status: [undefined, 'disabled'], wecom: ['', 'li__si'] })
    const add = anAdd({
      userid: 'li__si',
      name: 'li-si-3a7bd3',
      ...known,
      forbidden: true,
      cause: 'disabled',
    })
    await write(casdoor, [add], { application: 'app-acme', syncer: 'wecom-north' })
    expect(casdoor.writes().map(sent)).toEqual([
      [
        'add-user',
        {
          owner: 'acme',
          name: 'li-si-3a7bd3',
          id: 'li__si',
          wecom: 'li__si',
          externalId: `wecom:${corpId}:li__si`,
          isForbidden: true,
          type: 'normal-user',
          signupApplication: 'app-acme',
          registerType: 'WeCom Sync',
          registerSource: 'acme/wecom-north',
          properties: { wecomStatus: 'disabled' },
        },
      ],
    ])
  })

  test('properties are never left unset: an immutable item would refuse every later update', async () => {
    const casdoor = await start()
    await write(casdoor, [anAdd()])
    expect(account(casdoor, 'chen_ming').properties).toEqual({})
  })
})

describe('spec 6.4: update-user lists exactly what changed, and its body has nothing else', () => {
  const owner = 'acme'
  const name = 'chen_ming'
  const known = { phone: '13800138000', countryCode: 'CN', email: 'chen@example.com', title: '总监' }

  test('every field at once', async () => {
    const casdoor = await start()
    casdoor.seed('acme', [anOwned(name)])
    await write(casdoor, [anUpdate(everything)])
    const columns = Object.keys(everyValue).toSorted().join(',')
    expect(casdoor.writes().map(sent)).toEqual([
      [`update-user acme/chen_ming ${columns}`, { owner, name, ...everyValue }],
    ])
    expect(account(casdoor, name)).toMatchObject(everyValue)
  })

  test.each<[string, Values, string, object]>([
    ['title', { title: ['总监', '架构师'] }, 'title', { title: '架构师' }],
    ['a value blanked', { title: ['总监', ''] }, 'title', { title: '' }],
    [
      'the number alone: its region goes along',
      { phone: ['13800138000', '13900139000'] },
      'countryCode,phone',
      { phone: '13900139000', countryCode: 'CN' },
    ],
    [
      'the region alone: its number goes along',
      { countryCode: ['US', 'CN'] },
      'countryCode,phone',
      { phone: '13800138000', countryCode: 'CN' },
    ],
    [
      'number and region',
      { phone: ['13800138000', '51234567'], countryCode: ['CN', 'HK'] },
      'countryCode,phone',
      { phone: '51234567', countryCode: 'HK' },
    ],
    [
      'the last number removed',
      { phone: ['13800138000', ''], countryCode: ['CN', ''] },
      'countryCode,phone',
      { phone: '', countryCode: '' },
    ],
    [
      'what the syncer remembers: other properties are not sent, Casdoor merges them',
      { departments: [[2], []], status: [undefined, 'active'] },
      'properties',
      { properties: { wecomDepartments: '', wecomStatus: 'active' } },
    ],
    ['the case of a userid', { wecom: ['chen_ming', 'Chen_Ming'] }, 'wecom', { wecom: 'Chen_Ming' }],
  ])('%s', async (_, changed, columns, values) => {
    const casdoor = await start()
    casdoor.seed('acme', [anOwned(name, known)])
    const { done } = await write(casdoor, [anUpdate(edits(changed))])
    expect(casdoor.writes().map(sent)).toEqual([
      [`update-user acme/chen_ming ${columns}`, { owner, name, ...values }],
    ])
    expect(done).toHaveLength(1)
  })

  test('the name is the stored one, whatever the userid is called today', async () => {
    const casdoor = await start()
    casdoor.seed('acme', [anOwned('wang', { name: 'Wang.Wei' })])
    await write(casdoor, [
      anUpdate({ userid: 'WANG', name: 'Wang.Wei', ...edits({ wecom: ['wang', 'WANG'] }) }),
    ])
    expect(casdoor.writes().map(sent)).toEqual([
      ['update-user acme/Wang.Wei wecom', { owner, name: 'Wang.Wei', wecom: 'WANG' }],
    ])
  })

  test('a change without fields sends nothing: empty columns would overwrite the whole row', async () => {
    const casdoor = await start()
    casdoor.seed('acme', [anOwned(name)])
    expect(await write(casdoor, [anUpdate()])).toMatchObject({ done: [{ name }], failed: [] })
    expect(casdoor.writes()).toEqual([])
  })

  test('forbid, restore, un-delete', async () => {
    const casdoor = await start()
    casdoor.seed(
      'acme',
      ['a', 'b', 'c'].map((each) => anOwned(each, each === 'c' ? { groups: ['acme/dev'] } : {})),
    )
    const person = (userid: string) => ({ userid, name: userid })
    await write(casdoor, [
      aForbid({ ...person('a'), ...edits({ status: ['active', 'left'] }) }),
      aRestore({ ...person('b'), ...edits({ status: ['left', 'active'] }) }),
      aRestore({ ...person('c'), undelete: true }),
    ])
    const sorted = casdoor
      .writes()
      .map(sent)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
    expect(sorted).toEqual([
      [
        'update-user acme/a isForbidden,properties',
        { owner, name: 'a', isForbidden: true, properties: { wecomStatus: 'left' } },
      ],
      [
        'update-user acme/b isForbidden,properties',
        { owner, name: 'b', isForbidden: false, properties: { wecomStatus: 'active' } },
      ],
      [
        'update-user acme/c deletedTime,groups,isDeleted,isForbidden',
        { owner, name: 'c', isForbidden: false, isDeleted: false, deletedTime: '', groups: ['acme/dev'] },
      ],
    ])
  })

  test('spec 6.3: before a delete the status is written', async () => {
    const casdoor = await start()
    casdoor.seed('acme', [anOwned(name)])
    await write(casdoor, [aDelete({ ...edits({ status: ['active', 'left'] }) })])
    expect(casdoor.writes().map(sent)).toEqual([
      ['update-user acme/chen_ming properties', { owner, name, properties: { wecomStatus: 'left' } }],
      ['delete-user', { owner, name }],
    ])
    expect(casdoor.users('acme')).toEqual([])
  })

  test('FS-28: the id in the query is URL-encoded', async () => {
    const casdoor = await start()
    casdoor.seed('acme', [anOwned('li', { name: 'li+si&a=1 #' })])
    await write(casdoor, [
      anUpdate({ userid: 'li', name: 'li+si&a=1 #', ...edits({ title: ['', '架构师'] }) }),
    ])
    expect(casdoor.writes()[0]?.query.get('id')).toBe('acme/li+si&a=1 #')
  })
})

describe('FS-30: what a newer Casdoor may add survives', () => {
  test('an update leaves every other key of the row alone', async () => {
    const casdoor = await start()
    casdoor.seed('acme', [anOwned('chen_ming', { score: 7, password: '$2a$', wechat: 'o1', isAdmin: false })])
    const before = { ...account(casdoor, 'chen_ming') }
    const properties = { ...before.properties, oauth_WeCom_id: 'x' }
    account(casdoor, 'chen_ming').properties = properties
    await write(casdoor, [anUpdate({ ...edits({ title: ['', '架构师'], departments: [[2], [3]] }) })])
    expect(account(casdoor, 'chen_ming')).toEqual({
      ...before,
      title: '架构师',
      properties: { ...properties, wecomDepartments: '3' },
      updatedTime: expect.any(String) as string,
    })
  })
})
