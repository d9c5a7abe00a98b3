import { describe, expect, test } from 'vitest'
import { makeCompany } from '../../../sandbox/company.ts'
import { loseShare } from '../../../sandbox/day.ts'
import { merge } from '../../../src/plan/dedupe.ts'
import type { Directory, Row } from '../../../src/model/directory.ts'
import type { Progress } from '../../../src/model/ports.ts'
import { wecomSource } from '../../../src/wecom/source.ts'
import { aCompany, corpId, problemOf, settingsFor, start } from './start.ts'

function rowsOf(directory: Directory): readonly Row[] {
  if (directory.kind !== 'members') throw new Error('WeCom sends members')
  return directory.rows
}

describe('spec 4.1: one fetch', () => {
  test('reads every department and everybody in them', async () => {
    const directory = await wecomSource(settingsFor(await start())).fetch()
    expect(directory).toMatchObject({ corpId, kind: 'members', doubts: [], remarks: [] })
    expect(directory.departments).toEqual([
      { id: 1, name: '青石科技' },
      { id: 2, name: '研发中心', parent: 1 },
      { id: 3, name: '市场部', parent: 1 },
      { id: 21, name: '平台组', parent: 2 },
      { id: 22, name: '平台组', parent: 3 },
    ])
    expect(rowsOf(directory).map(({ department, member }) => [department, member.userid])).toEqual([
      [1, '10086'],
      [2, 'ChenMing'],
      [3, 'liu.yan'],
      [3, 'sun.jie@example.com'],
      [3, 'wangwei'],
      [3, 'zhao_q'],
      [21, 'ChenMing'],
      [21, 'li__si'],
      [21, 'liu.yan'],
      [22, 'liu.yan'],
      [22, 'WangWei2'],
    ])
    expect(rowsOf(directory)[1]?.member).toEqual({
      userid: 'ChenMing',
      departments: [2, 21],
      mainDepartment: 2,
      isHead: true,
      status: 1,
      fields: {
        name: '陈明',
        position: '研发总监',
        mobile: '13800138000',
        gender: '1',
        email: 'chen.ming@example.com',
        avatar: 'http://avatar.example.com/ChenMing/0',
        thumb_avatar: 'http://avatar.example.com/ChenMing/100',
      },
    })
  })

  test('FS-24: takes 1 token, 2 lists of departments and one call a department', async () => {
    const sandbox = await start({ company: makeCompany({ people: 500, departments: 60 }) })
    const directory = await wecomSource(settingsFor(sandbox)).fetch()
    expect(new Set(rowsOf(directory).map(({ member }) => member.userid)).size).toBe(500)
    expect(sandbox.calls()).toBe(1 + 2 + 60)
    expect(sandbox.calls('gettoken')).toBe(1)
    expect(sandbox.calls('user/list')).toBe(60)
    expect(new Set(sandbox.requests.map(({ method }) => method))).toEqual(new Set(['GET']))
  })

  test.each([5001, 10_001])('FS-04: %i people in one company are all there', async (people) => {
    const company = makeCompany({ people, departments: 3 })
    const directory = await wecomSource(settingsFor(await start({ company }))).fetch()
    expect(merge(rowsOf(directory))).toHaveLength(people)
  })

  test('the token is fetched once for a process, whatever it fetches', async () => {
    const sandbox = await start()
    const source = wecomSource(settingsFor(sandbox))
    await source.fetch()
    await source.fetch()
    expect(sandbox.calls('gettoken')).toBe(1)
  })

  test('FS-23: fetch_child is never sent, and nobody is missing without it', async () => {
    const sandbox = await start()
    await wecomSource(settingsFor(sandbox)).fetch()
    expect(sandbox.requests.filter(({ query }) => query.has('fetch_child'))).toEqual([])
  })

  test('a prefix of the API address is kept', async () => {
    const sandbox = await start()
    const apiUrl = new URL(`${sandbox.url}/wecom/`)
    const problem = await problemOf(wecomSource(settingsFor(sandbox, { apiUrl })).fetch())
    expect(problem).toEqual({
      code: 'http-status',
      service: 'WeCom',
      call: 'gettoken',
      status: 404,
      address: `${apiUrl.host}/wecom/cgi-bin/gettoken`,
    })
    expect(sandbox.requests.map(({ path }) => path)).toEqual(['/wecom/cgi-bin/gettoken'])
  })

  test('spec 3: the order of answers changes nothing', async () => {
    const company = makeCompany({ people: 200, departments: 30 })
    const plain = await start({ company })
    const mixed = await start({ company, shuffle: 7 })
    const other = await start({ company, shuffle: 8 })
    const [first, ...others] = await Promise.all(
      [plain, mixed, other].map(async (sandbox) => wecomSource(settingsFor(sandbox)).fetch()),
    )
    for (const directory of others) expect(JSON.stringify(directory)).toBe(JSON.stringify(first))
  })

  test('spec 4.5: progress counts departments and people', async () => {
    const seen: Progress[] = []
    const settings = settingsFor(await start(), { onProgress: (progress) => void seen.push(progress) })
    await wecomSource(settings).fetch()
    expect(seen).toMatchObject([{ done: 1 }, { done: 2 }, { done: 3 }, { done: 4 }, { done: 5 }])
    expect(seen.at(-1)).toEqual({ stage: 'departments', done: 5, total: 5, people: 8 })
  })
})

describe('what the app may see', () => {
  test('a range without the root: the top departments have parents that are not in the list', async () => {
    const directory = await wecomSource(settingsFor(await start({ range: [2, 3] }))).fetch()
    expect(directory.departments.map(({ id, parent }) => [id, parent])).toEqual([
      [2, 1],
      [3, 1],
      [21, 2],
      [22, 3],
    ])
    expect(rowsOf(directory).some(({ member }) => member.userid === '10086')).toBe(false)
  })

  test('FS-13: a main department outside the range drops nobody', async () => {
    const company = aCompany()
    Object.assign(company.people[1] ?? {}, { mainDepartment: 1 })
    const directory = await wecomSource(settingsFor(await start({ company, range: [3] }))).fetch()
    const rows = rowsOf(directory).filter(({ member }) => member.userid === 'liu.yan')
    expect(rows.map(({ department }) => department)).toEqual([3, 22])
    expect(rows[0]?.member).not.toHaveProperty('mainDepartment')
    expect(rows[0]?.member.departments).toEqual([3, 22])
  })

  test('FS-11: a new app gets no mobile, e-mail, avatar or gender, and that is no error', async () => {
    const directory = await wecomSource(settingsFor(await start({ withheld: true }))).fetch()
    const chen = rowsOf(directory).find(({ member }) => member.userid === 'ChenMing')
    expect(chen?.member.fields).toEqual({ name: '陈明', position: '研发总监' })
  })

  test('FS-09: enable is kept when it is sent and absent when it is not', async () => {
    const without = rowsOf(await wecomSource(settingsFor(await start())).fetch())
    expect(without.filter(({ member }) => 'enable' in member)).toEqual([])
    const withKey = rowsOf(await wecomSource(settingsFor(await start({ enable: true }))).fetch())
    const sent = withKey.map(({ member }) => [member.userid, member.enable] as const)
    expect(new Map(sent).get('WangWei2')).toBe(0)
    expect(new Map(sent).get('ChenMing')).toBe(1)
  })

  test('FS-10: every status is passed on as it is', async () => {
    const rows = rowsOf(await wecomSource(settingsFor(await start())).fetch())
    expect(new Set(rows.map(({ member }) => member.status))).toEqual(new Set([1, 2, 4, 5]))
  })

  test('FS-22: rows of one person whose userid is spelled differently are one person', async () => {
    const sandbox = await start()
    const spelled = { userid: 'LIU.Yan', name: '刘燕', department: [21, 3, 22], status: 1 }
    sandbox.faults.push({ call: 'user/list', nth: 5, do: { body: { errcode: 0, userlist: [spelled] } } })
    const directory = await wecomSource(settingsFor(sandbox, { concurrency: 1 })).fetch()
    expect(rowsOf(directory).at(-1)).toMatchObject({ department: 22, member: { userid: 'LIU.Yan' } })
    expect(merge(rowsOf(directory)).filter(({ userid }) => /liu\.yan/i.test(userid))).toHaveLength(1)
  })
})

describe('FS-01: an empty answer is never "everybody left"', () => {
  test('no visible department', async () => {
    const sandbox = await start({ range: [], visiblePeople: ['liu.yan'] })
    expect(await problemOf(wecomSource(settingsFor(sandbox)).fetch())).toEqual({
      code: 'wecom-no-departments',
    })
    expect(sandbox.calls('user/list')).toBe(0)
  })

  test('departments without people', async () => {
    const company = { ...aCompany(), people: [] }
    const problem = await problemOf(wecomSource(settingsFor(await start({ company }))).fetch())
    expect(problem).toEqual({ code: 'wecom-no-people', departments: 5 })
  })

  test('a person who is seen through one department alone is enough', async () => {
    const company = aCompany()
    company.people = company.people.slice(6, 7)
    expect(rowsOf(await wecomSource(settingsFor(await start({ company }))).fetch())).toHaveLength(1)
  })
})

describe('FS-03: the second witness', () => {
  test('an id that the list lacks makes the fetch incomplete', async () => {
    const sandbox = await start()
    const ids = [1, 22, 2, 3, 21, 99, 7].map((id) => ({ id, parentid: 1, order: 0 }))
    sandbox.faults.push({ call: 'department/simplelist', nth: 1, do: { body: { department_id: ids } } })
    const directory = await wecomSource(settingsFor(sandbox)).fetch()
    expect(directory.doubts).toEqual([{ code: 'wecom-departments-missing', ids: [7, 99] }])
    expect(rowsOf(directory)).toHaveLength(11)
  })

  test('more ids in the list than in the witness are fine', async () => {
    const sandbox = await start()
    sandbox.faults.push({
      call: 'department/simplelist',
      nth: 1,
      do: { body: { errcode: 0, department_id: [{ id: '1' }] } },
    })
    expect(await wecomSource(settingsFor(sandbox)).fetch()).toMatchObject({ doubts: [], remarks: [] })
  })

  test.each([48002, 48006, 60011])('a refusal by %i is a remark, not a doubt', async (errcode) => {
    const sandbox = await start({ faults: [{ call: 'department/simplelist', nth: 1, do: { errcode } }] })
    const directory = await wecomSource(settingsFor(sandbox)).fetch()
    expect(directory).toMatchObject({ doubts: [], remarks: [{ code: 'wecom-witness-refused', errcode }] })
  })

  test.each([
    ['-1', { errcode: -1 }, 'wecom-errcode'],
    ['45009', { errcode: 45009 }, 'wecom-errcode'],
    ['503', { status: 503 }, 'http-status'],
    ['a missing list', { body: { errcode: 0 } }, 'bad-reply'],
  ] as const)('%s again and again fails the fetch', async (_, fault, code) => {
    const faults = [{ call: 'department/simplelist', nth: 1, times: 99, do: fault }]
    const sandbox = await start({ faults })
    expect(await problemOf(wecomSource(settingsFor(sandbox)).fetch())).toMatchObject({ code })
    expect(sandbox.calls('user/list')).toBe(0)
  })

  test('spec 8: a range that was narrowed is a complete fetch of less', async () => {
    const company = makeCompany({ people: 300, departments: 40 })
    const sandbox = await start({ company })
    const undo = loseShare(company, 0.3)
    const less = await wecomSource(settingsFor(sandbox)).fetch()
    undo()
    const all = await wecomSource(settingsFor(sandbox)).fetch()
    expect(less.doubts).toEqual([])
    expect(less.departments.length).toBeLessThan(all.departments.length)
    expect(merge(rowsOf(less)).length / merge(rowsOf(all)).length).toBeLessThan(0.75)
  })
})
