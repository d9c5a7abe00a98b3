import { describe, expect, test } from 'vitest'
import { wecomChecker } from '../../../src/wecom/check.ts'
import { readMapping } from '../../../src/github/mapping-input.ts'
import { readFields } from '../../../src/model/mapping.ts'
import { aCompany, settingsFor, start } from './start.ts'

const skipped = { mark: 'skip', fact: { code: 'not-reached' }, problems: [] }

describe('spec 9: mode check', () => {
  test('a line each for token, address, range and fields', async () => {
    const sandbox = await start()
    expect(await wecomChecker(settingsFor(sandbox, { proxied: true })).check()).toEqual([
      { name: 'wecom-token', mark: 'pass', fact: { code: 'ok' }, problems: [] },
      { name: 'wecom-address', mark: 'pass', fact: { code: 'address-trusted', proxied: true }, problems: [] },
      { name: 'wecom-range', mark: 'pass', fact: { code: 'range', departments: 5, people: 8 }, problems: [] },
      {
        name: 'wecom-fields',
        mark: 'pass',
        fact: {
          code: 'fields',
          shares: { name: 1, email: 1 / 8, mobile: 1 / 8, avatar: 1 / 8, position: 1 / 8, gender: 2 / 8 },
          people: 8,
        },
        problems: [],
      },
    ])
    expect(sandbox.calls()).toBe(1 + 2 + 5)
  })

  test('a new app reads no mobile, e-mail, avatar or gender: shares of 0', async () => {
    const checks = await wecomChecker(settingsFor(await start({ withheld: true }))).check()
    expect(checks[3]).toMatchObject({
      mark: 'pass',
      fact: { shares: { name: 1, email: 0, mobile: 0, avatar: 0, position: 1 / 8, gender: 0 } },
    })
  })

  test('spec 5.1: of the fields that the mapping reads, custom ones by their names', async () => {
    const fields = readFields(
      readMapping(
        'email: [extattr.邮箱, "{userid}@acme.example"]\ntag: extattr.工号\naffiliation: department\ntitle: null',
      ).mapping,
    )
    const checks = await wecomChecker(settingsFor(await start(), { fields })).check()
    expect(checks[3]).toEqual({
      name: 'wecom-fields',
      mark: 'pass',
      fact: {
        code: 'fields',
        shares: {
          name: 1,
          'extattr.邮箱': 0,
          userid: 1,
          mobile: 1 / 8,
          avatar: 1 / 8,
          gender: 2 / 8,
          'extattr.工号': 1 / 8,
          department: 2 / 8,
        },
        people: 8,
      },
      problems: [],
    })
    const company = aCompany()
    company.departments.push({ id: 9, name: '', parentid: 1 })
    company.people.push({ userid: 'nameless', name: '何岚', departments: [9], mainDepartment: 9, status: 1 })
    const [, , , line] = await wecomChecker(
      settingsFor(await start({ company }), { fields: ['department'] }),
    ).check()
    expect(line).toMatchObject({ fact: { shares: { department: 2 / 9 } } })
  })

  test('a wrong secret fails the first line; the rest is not reached', async () => {
    const sandbox = await start()
    const checks = await wecomChecker(settingsFor(sandbox, { secret: 'wrong' })).check()
    expect(checks).toEqual([
      { name: 'wecom-token', mark: 'fail', problems: [expect.objectContaining({ errcode: 40001 })] },
      { name: 'wecom-address', ...skipped },
      { name: 'wecom-range', ...skipped },
      { name: 'wecom-fields', ...skipped },
    ])
    expect(sandbox.calls()).toBe(1)
  })

  test('an address that is not trusted', async () => {
    const checks = await wecomChecker(settingsFor(await start({ trusted: false }))).check()
    expect(checks.map(({ mark }) => mark)).toEqual(['pass', 'fail', 'skip', 'skip'])
    expect(checks[1]?.problems).toMatchObject([{ errcode: 60020, address: '203.0.113.7' }])
  })

  test('nothing visible: the address is right, the range is not', async () => {
    const checks = await wecomChecker(settingsFor(await start({ range: [] }))).check()
    expect(checks.map(({ mark }) => mark)).toEqual(['pass', 'pass', 'fail', 'skip'])
    expect(checks[2]?.problems).toEqual([{ code: 'wecom-no-departments' }])
  })

  describe('with an agent id', () => {
    const agentId = '1000002'
    const tags = [{ id: 7, name: '外包', people: ['zhao_q', 'ChenMing'], departments: [22] }]

    test('a line tells what the range names, and everybody is read', async () => {
      const sandbox = await start({ range: [2], visiblePeople: ['10086'], tags })
      const checks = await wecomChecker(settingsFor(sandbox, { agentId })).check()
      expect(checks.map(({ name }) => name)).toEqual([
        'wecom-token',
        'wecom-address',
        'wecom-agent',
        'wecom-range',
        'wecom-fields',
      ])
      expect(checks[2]).toEqual({
        name: 'wecom-agent',
        mark: 'pass',
        fact: { code: 'agent', people: 3, tags: 1, departments: 2 },
        problems: [],
      })
      expect(checks[3]).toMatchObject({ mark: 'pass', fact: { departments: 3, people: 6 } })
      expect(checks[4]).toMatchObject({ mark: 'pass', fact: { people: 6 } })
    })

    test.each([
      ['is disabled', { closed: true }, { code: 'wecom-app-disabled' }],
      ['is another', { agentId: 1_000_003 }, { errcode: 301002, call: 'agent/get' }],
    ])(
      'an app that %s has to be mended; its departments are looked at all the same',
      async (_, options, problem) => {
        const sandbox = await start(options)
        const checks = await wecomChecker(settingsFor(sandbox, { agentId })).check()
        expect(checks[2]).toMatchObject({ name: 'wecom-agent', mark: 'fail', problems: [problem] })
        expect(checks.map(({ mark }) => mark)).toEqual(['pass', 'pass', 'fail', 'pass', 'pass'])
      },
    )

    test('an app without departments that cannot be looked at shows nobody', async () => {
      const sandbox = await start({ range: [], visiblePeople: ['10086'], closed: true })
      const checks = await wecomChecker(settingsFor(sandbox, { agentId })).check()
      expect(checks.map(({ mark }) => mark)).toEqual(['pass', 'pass', 'fail', 'fail', 'skip'])
    })

    test('a tag or a person that cannot be read is a warning', async () => {
      const faults = [
        { call: 'tag/get', nth: 1, do: { errcode: 40068 } },
        { call: 'user/get', nth: 1, do: { errcode: 60111 } },
      ]
      const sandbox = await start({ range: [2], visiblePeople: ['10086'], tags, faults })
      const checks = await wecomChecker(settingsFor(sandbox, { agentId })).check()
      expect(checks[2]).toMatchObject({ mark: 'warn', problems: [{ code: 'wecom-tags-unread', ids: [7] }] })
      expect(checks[3]).toMatchObject({
        mark: 'warn',
        problems: [{ code: 'wecom-people-unread', people: 1 }],
      })
    })
  })

  test('nobody visible', async () => {
    const company = { ...aCompany(), people: [] }
    const checks = await wecomChecker(settingsFor(await start({ company }))).check()
    expect(checks[2]).toMatchObject({ mark: 'fail', problems: [{ code: 'wecom-no-people', departments: 5 }] })
  })

  test('a second witness that refuses or knows more is a warning', async () => {
    const refused = await start({
      faults: [{ call: 'department/simplelist', nth: 1, do: { errcode: 48002 } }],
    })
    const checks = await wecomChecker(settingsFor(refused)).check()
    expect(checks[2]).toMatchObject({ mark: 'warn', fact: { people: 8 }, problems: [{ errcode: 48002 }] })
    expect(checks[3]?.mark).toBe('pass')
    const body = { department_id: [{ id: 77 }] }
    const more = await start({ faults: [{ call: 'department/simplelist', nth: 1, do: { body } }] })
    const [, , range] = await wecomChecker(settingsFor(more)).check()
    expect(range).toMatchObject({
      mark: 'warn',
      problems: [{ code: 'wecom-departments-missing', ids: [77] }],
    })
  })
})
