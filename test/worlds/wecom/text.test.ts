import { describe, expect, test } from 'vitest'
import { brokenBytes, inGbk, rawControl, unclosed } from '../../../sandbox/spoil.ts'
import type { WecomFault } from '../../../sandbox/wecom/server.ts'
import type { Problem } from '../../../src/model/problem.ts'
import { wecomChecker } from '../../../src/wecom/check.ts'
import { departmentsOf, memberOf, membersOf } from '../../../src/wecom/replies.ts'
import { wecomSource } from '../../../src/wecom/source.ts'
import { textOf } from '../../../src/text/language.ts'
import { during, endState, run } from '../morning.ts'
import { aCompany, problemOf, settingsFor, start } from './start.ts'

const agentId = '1000002'
const tags = [{ id: 7, name: '外包', people: ['zhao_q'], departments: [] }]

/** The first problem of a fetch with one fault, one request at a time. */
async function problemWith(call: string, what: WecomFault['do'], nth = 1): Promise<Problem | undefined> {
  const sandbox = await start({
    range: [2, 3],
    visiblePeople: ['10086'],
    tags,
    contactsSecret: 'contacts',
    faults: [{ call, nth, times: 9, do: what }],
  })
  const settings = settingsFor(sandbox, { concurrency: 1, agentId })
  return problemOf(wecomSource(settings).fetch())
}

const calls = [
  'gettoken',
  'agent/get',
  'tag/get',
  'department/list',
  'department/simplelist',
  'user/list',
  'user/get',
]

describe('S1: bytes that are no text stop the run', () => {
  test.each(calls)('at %s', async (call) => {
    expect(await problemWith(call, { raw: brokenBytes })).toMatchObject({
      code: 'bad-text',
      service: 'WeCom',
      call,
      reason: 'bytes',
      charset: 'utf-8',
    })
  })

  test('the department is named, in both languages', async () => {
    const problem = await problemWith('user/list', { raw: inGbk() })
    expect(problem).toMatchObject({ code: 'bad-text', reason: 'bytes', department: 2 })
    for (const language of ['en', 'zh'] as const) {
      const { sentence } = problem === undefined ? { sentence: '' } : textOf(language).problem(problem)
      expect(sentence).toMatch(/user\/list.*2/)
    }
  })

  test('a charset that the answer names is read by it, one that nobody knows stops the run', async () => {
    const faults = [{ call: '*', times: Infinity, do: { raw: inGbk('gbk') } }]
    const plain = await wecomSource(settingsFor(await start())).fetch()
    expect(await wecomSource(settingsFor(await start({ faults }))).fetch()).toEqual(plain)
    expect(await problemWith('user/list', { raw: inGbk('x-our-own') })).toMatchObject({
      code: 'bad-text',
      reason: 'charset',
      charset: 'x-our-own',
      department: 2,
    })
  })
})

describe('S2: a raw control character', () => {
  test('is read as a blank, whatever the call', async () => {
    const faults = [{ call: '*', times: Infinity, do: { raw: rawControl } }]
    const plain = await wecomSource(settingsFor(await start())).fetch()
    expect(await wecomSource(settingsFor(await start({ faults }))).fetch()).toEqual(plain)
  })

  test('any other mistake names call and department, and is no sign-in page', async () => {
    expect(await problemWith('user/list', { raw: unclosed })).toMatchObject({
      code: 'bad-text',
      reason: 'json',
      department: 2,
    })
  })

  test.each([
    ['bytes', { raw: brokenBytes }],
    ['a mistake', { raw: unclosed }],
    ['another form', { body: { errcode: 0 } }],
  ])('%s in the departments: the address is trusted, the range is at fault', async (_, what) => {
    const sandbox = await start({ faults: [{ call: 'department/list', do: what }] })
    const checks = await wecomChecker(settingsFor(sandbox)).check()
    expect(checks.map(({ name, mark }) => `${name} ${mark}`)).toEqual([
      'wecom-token pass',
      'wecom-address pass',
      'wecom-range fail',
      'wecom-fields skip',
    ])
  })

  test('a sign-in page may come from anywhere: the address is not known to be trusted', async () => {
    const sandbox = await start({ faults: [{ call: 'department/list', do: 'html' }] })
    const checks = await wecomChecker(settingsFor(sandbox)).check()
    expect(checks.map(({ mark }) => mark)).toEqual(['pass', 'fail', 'skip', 'skip'])
  })

  test('NUL in a text is a blank too: no database takes it', () => {
    expect(memberOf({ userid: 'he_lan', name: '何\0岚\0' }).fields).toEqual({ name: '何 岚' })
  })
})

test('S3: half a surrogate pair settles after one run, in every field', async () => {
  const company = aCompany()
  const [person] = company.people
  const half = '\ud83d'
  Object.assign(person ?? {}, { name: `陈明${half}`, position: `${half}总监`, email: '' })
  await during({ company }, [], async (morning) => {
    expect((await run(morning)).applied?.changed).toBe(true)
    const state = endState(morning)
    expect(state.isWellFormed()).toBe(true)
    expect(state).toContain('陈明\ufffd')
    expect((await run(morning)).plan.changes).toEqual([])
    expect(endState(morning)).toBe(state)
  })
})

describe('S4: a whole number past 2^53 has lost its last digits', () => {
  const huge = 2 ** 53
  const unreadable = (detail: string) =>
    expect.objectContaining({ problems: [expect.objectContaining({ code: 'bad-reply', detail })] }) as Error

  test.each([
    ['userlist.0.userid', () => membersOf({ userlist: [{ userid: huge }] })],
    ['userlist.0.userid', () => membersOf({ userlist: [{ userid: 1e21 }] })],
    ['userlist.0.userid', () => membersOf({ userlist: [{ userid: 1.5 }] })],
    ['userlist.0.userid', () => membersOf({ userlist: [{ userid: 'a\ufffd' }] })],
    ['userlist.0.department.1', () => membersOf({ userlist: [{ userid: 'a', department: [1, huge] }] })],
    ['userlist.0.department.0', () => membersOf({ userlist: [{ userid: 'a', department: [`${huge}`] }] })],
    ['department.0.id', () => departmentsOf({ department: [{ id: huge }] })],
    ['department.0.parentid', () => departmentsOf({ department: [{ id: 1, parentid: huge }] })],
    ['department.0.parentid', () => departmentsOf({ department: [{ id: 1, parentid: `${huge}1` }] })],
  ])('%s tells one from another: the answer is unreadable', (detail, parse) => {
    expect(parse).toThrow(unreadable(detail))
  })

  test('the problem names the department', async () => {
    const what = { body: { errcode: 0, userlist: [{ userid: huge }] } }
    expect(await problemWith('user/list', what)).toMatchObject({ detail: 'userlist.0.userid', department: 2 })
  })

  test('in any other field, custom ones too, it is not known', () => {
    const attrs = [
      { type: 0, name: '工号', value: huge },
      { type: 0, name: '座机', text: { value: -huge } },
      { type: 0, name: '工位', value: huge - 1 },
      { type: 0, name: '身高', value: 1.75 },
    ]
    const row = { userid: 7, position: huge, telephone: 1e300, main_department: huge, status: huge }
    expect(memberOf({ ...row, extattr: { attrs } })).toEqual({
      userid: '7',
      departments: [],
      fields: { 'extattr.工位': String(huge - 1), 'extattr.身高': '1.75' },
    })
  })
})
