import { beforeEach, describe, expect, test } from 'vitest'
import type { WecomOptions, WecomSandbox } from '../../../sandbox/wecom/server.ts'
import { aCompany, corpId, secret, start } from './start.ts'

/*
 * The sandbox tells what wecom-api.md tells, or tests against it prove nothing.
 */

let sandbox: WecomSandbox
let token: string

async function get(call: string, query: Record<string, string> = {}) {
  const search = new URLSearchParams({ access_token: token, ...query }).toString()
  const response = await fetch(`${sandbox.url}/cgi-bin/${call}?${search}`)
  expect(response.status).toBe(200)
  return (await response.json()) as Record<string, unknown>
}

async function signIn(corpsecret = secret, corpid = corpId) {
  token = ''
  const reply = await get('gettoken', { corpid, corpsecret })
  token = String(reply['access_token'])
  return reply
}

async function restart(options: Partial<WecomOptions>, corpsecret = secret) {
  sandbox = await start(options)
  await signIn(corpsecret)
}

beforeEach(async () => restart({}))

describe('wecom-api.md §2: tokens', () => {
  test('a token lasts 7200 s and differs from secret to secret', async () => {
    sandbox = await start({ contactsSecret: 'test-contacts-secret' })
    const app = await signIn()
    const contacts = await signIn('test-contacts-secret')
    expect(app).toMatchObject({ errcode: 0, errmsg: 'ok', expires_in: 7200 })
    expect(contacts['access_token']).not.toBe(app['access_token'])
  })

  test('five wrong secrets block even the right one', async () => {
    for (let tries = 0; tries < 5; tries++) expect(await signIn('wrong')).toMatchObject({ errcode: 40001 })
    expect(await signIn()).toMatchObject({ errcode: 45009 })
  })

  test.each([
    ['gettoken', { corpid: '', corpsecret: secret }, 41002],
    ['gettoken', { corpid: corpId, corpsecret: '' }, 41004],
    ['gettoken', { corpid: '1000002', corpsecret: secret }, 40013],
    ['department/list', { access_token: '' }, 41001],
    ['department/list', { access_token: 'x' }, 40014],
  ])('%s with %j: %i', async (call, query, errcode) => {
    const { errmsg, ...reply } = await get(call, query)
    expect(reply).toEqual({ errcode })
    expect(errmsg).toMatch(/, hint: \[\d+\], from ip: 203\.0\.113\.7, more info at https:\/\//)
  })

  test('a token expires', async () => {
    await restart({ tokenLife: 2 })
    expect(await get('department/list')).toMatchObject({ errcode: 0 })
    expect(await get('department/list')).toMatchObject({ errcode: 0 })
    expect(await get('department/list')).toMatchObject({ errcode: 42001 })
  })

  test('an address that is not trusted is told before the parameters are looked at', async () => {
    await restart({ trusted: false })
    expect(await get('user/get', { userid: 'nonsense' })).toMatchObject({ errcode: 60020 })
    sandbox.trusted = true
    expect(await get('user/get', { userid: 'nonsense' })).toMatchObject({ errcode: 60111 })
  })
})

describe('wecom-api.md §2.3: what a secret may do', () => {
  const details = ['department/list', 'department/get', 'user/simplelist', 'user/list', 'user/get']
  test.each(details)('%s is closed to Sync of Contacts', async (call) => {
    await restart({ contactsSecret: 'test-contacts-secret' }, 'test-contacts-secret')
    expect(await get(call)).toMatchObject({ errcode: 48009 })
  })

  test('list_id is open to Sync of Contacts alone; its last page has no cursor', async () => {
    expect(await get('user/list_id')).toMatchObject({ errcode: 48002 })
    await restart({ contactsSecret: 'test-contacts-secret', range: [3] }, 'test-contacts-secret')
    const page = async (body: object) => {
      const url = `${sandbox.url}/cgi-bin/user/list_id?access_token=${token}`
      const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
      return (await response.json()) as { next_cursor?: string; dept_user: object[] }
    }
    const first = await page({ limit: 8 })
    expect(first.dept_user).toHaveLength(8)
    const last = await page({ limit: 8, cursor: first.next_cursor })
    expect(last.dept_user).toHaveLength(3)
    expect(last).not.toHaveProperty('next_cursor')
    expect(await page({ cursor: 'x' })).toMatchObject({ errcode: 50100 })
    expect(await get('user/list_id')).toMatchObject({ errcode: 40058 })
    expect((await get('department/simplelist'))['department_id']).toHaveLength(5)
  })
})

describe('wecom-api.md §3: departments', () => {
  test('a list, its ids under another key, and one as an object', async () => {
    expect((await get('department/list'))['department']).toContainEqual({
      id: 2,
      name: '研发中心',
      name_en: 'R&D',
      department_leader: ['ChenMing'],
      parentid: 1,
      order: 100_000_000,
    })
    const { department_id: ids } = await get('department/simplelist', { id: '3' })
    expect(ids).toEqual([
      { id: 3, parentid: 1, order: 99_999_000 },
      { id: 22, parentid: 3, order: 4_294_967_295 },
    ])
    expect((await get('department/get', { id: '21' }))['department']).toMatchObject({ name: '平台组' })
  })

  test('outside the range', async () => {
    await restart({ range: [3] })
    expect(await get('department/get', { id: '1' })).toMatchObject({ errcode: 60011 })
    expect(await get('user/list', { department_id: '1' })).toMatchObject({ errcode: 60011, userlist: [] })
    expect(await get('user/list', { department_id: '404' })).toMatchObject({ errcode: 60003 })
    expect(await get('user/list')).toMatchObject({ errcode: 40063 })
  })

  test('the range of an app: what it names changes at once, and who is deleted is in none', async () => {
    await restart({ visiblePeople: ['CHENMING', 'nobody'] })
    const range = await get('agent/get', { agentid: '1000002' })
    expect(range).toMatchObject({
      allow_userinfos: { user: [{ userid: 'ChenMing' }] },
      allow_partys: { partyid: [1] },
      close: 0,
    })
    sandbox.visiblePeople = []
    sandbox.range = [3]
    sandbox.closed = true
    expect(await get('agent/get', { agentid: '1000002' })).toMatchObject({
      allow_userinfos: { user: [] },
      allow_partys: { partyid: [3] },
      close: 1,
    })
    expect(await get('department/list', { id: '2' })).toMatchObject({ errcode: 60011 })
    expect(await get('department/list', { id: '404' })).toMatchObject({ errcode: 60003 })
  })

  test('a change of the range is seen from the next list on', async () => {
    sandbox.range = [3]
    expect((await get('department/list'))['department']).toHaveLength(2)
    sandbox.company.departments.push({ id: 31, name: '内容组', parentid: 3 })
    expect((await get('department/list'))['department']).toHaveLength(3)
  })

  test('a range of people alone: an empty list, and the people are reached one by one', async () => {
    const tags = [{ id: 7, name: '外包', people: ['zhao_q', 'nobody'], departments: [] }]
    await restart({ range: [], visiblePeople: ['10086'], tags })
    expect(await get('department/list')).toMatchObject({ errcode: 0, department: [] })
    expect(await get('agent/get', { agentid: '1000002' })).toMatchObject({
      allow_userinfos: { user: [{ userid: '10086' }] },
      allow_partys: { partyid: [] },
      allow_tags: { tagid: [7] },
      close: 0,
    })
    expect(await get('tag/get', { tagid: '7' })).toMatchObject({
      userlist: [{ userid: 'zhao_q', name: '赵琪' }],
      partylist: [],
    })
    expect(await get('user/get', { userid: '10086' })).toMatchObject({ department: [], order: [] })
    expect(await get('user/get', { userid: 'wangwei' })).toMatchObject({ errcode: 60111 })
    expect(await get('user/get')).toMatchObject({ errcode: 40063 })
    expect(await get('agent/get', { agentid: '1' })).toMatchObject({ errcode: 301002 })
    for (const query of [{ agentid: 'x' }, undefined]) {
      expect(await get('agent/get', query)).toMatchObject({ errcode: 40056 })
    }
    expect(await get('tag/get', { tagid: '1' })).toMatchObject({ errcode: 40068 })
  })
})

describe('wecom-api.md §4: members', () => {
  test('direct members only, whatever fetch_child says', async () => {
    const { userlist } = await get('user/list', { department_id: '1', fetch_child: '1' })
    expect(userlist).toHaveLength(1)
    expect(await get('user/simplelist', { department_id: '1' })).toMatchObject({
      userlist: [{ userid: '10086', name: '何岚', department: [1] }],
    })
  })

  test('an old app gets all fields, enable only where the server is old too', async () => {
    const old = await get('user/get', { userid: 'CHENMING' })
    expect(old).toMatchObject({ userid: 'ChenMing', mobile: '13800138000', is_leader_in_dept: [1, 0] })
    expect(old).not.toHaveProperty('enable')
    sandbox.enable = true
    expect(await get('user/get', { userid: 'WangWei2' })).toMatchObject({ status: 2, enable: 0 })
  })

  test('a new app lacks the keys altogether', async () => {
    sandbox.withheld = true
    const keys = Object.keys(await get('user/get', { userid: 'ChenMing' }))
    for (const key of [
      'mobile',
      'email',
      'biz_mail',
      'avatar',
      'thumb_avatar',
      'gender',
      'qr_code',
      'address',
    ]) {
      expect(keys).not.toContain(key)
    }
  })

  test('departments that the app may not see are not in the array', async () => {
    await restart({ range: [3] })
    expect(await get('user/get', { userid: 'liu.yan' })).toMatchObject({ department: [3, 22], order: [0, 0] })
    expect(await get('user/get', { userid: 'liu.yan' })).not.toHaveProperty('main_department')
  })
})

describe('wecom-api.md §8: the wire', () => {
  test('an unknown path is 404 with an empty body', async () => {
    const response = await fetch(`${sandbox.url}/cgi-bin/user/unknown?access_token=${token}`)
    expect([response.status, await response.text()]).toEqual([404, ''])
  })

  test('errors are in two headers too', async () => {
    const { headers } = await fetch(`${sandbox.url}/cgi-bin/department/list?access_token=x`)
    expect(headers.get('error-code')).toBe('40014')
    expect(headers.get('error-msg')).toContain('invalid access_token')
  })

  test('a fault counts from when it is put in, by name or by any', async () => {
    await get('department/list')
    sandbox.faults.push({ call: 'department/list', nth: 2, times: 2, do: { errcode: -1 } })
    sandbox.faults.push({ call: '*', nth: 5, do: { body: { errcode: 7, errmsg: 'seven' } } })
    const seen: unknown[] = []
    for (let round = 0; round < 5; round++) seen.push((await get('department/list'))['errcode'])
    expect(seen).toEqual([0, -1, -1, 0, 7])
    expect([sandbox.calls('department/list'), sandbox.calls()]).toEqual([6, 7])
  })

  test('companies can be exchanged while it runs', async () => {
    sandbox.company = { ...aCompany(), people: [] }
    await signIn()
    expect(await get('user/list', { department_id: '3' })).toMatchObject({ errcode: 0, userlist: [] })
  })
})
