import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { makeCompany } from '../../../sandbox/company.ts'
import { withOutsiders } from '../../../sandbox/outside.ts'
import { listen, type SeenRequest } from '../../../sandbox/server.ts'
import type { WecomOptions, WecomSandbox } from '../../../sandbox/wecom/server.ts'
import { merge } from '../../../src/plan/dedupe.ts'
import { byCodePoint } from '../../../src/model/lists.ts'
import { type Directory } from '../../../src/model/directory.ts'
import { type Progress } from '../../../src/model/ports.ts'
import { textOf } from '../../../src/text/language.ts'
import type { WecomSettings } from '../../../src/wecom/client.ts'
import { wecomSource } from '../../../src/wecom/source.ts'
import { aDay, during, run, shutOut } from '../morning.ts'
import { movingClock } from './minute.ts'
import { corpId, problemOf, settingsFor, start, testClock } from './start.ts'

const agentId = '1000002'

type Answers = readonly (readonly [call: string, answer: Readonly<Record<string, unknown>>])[]

async function fetchFrom(sandbox: WecomSandbox, overrides: Partial<WecomSettings> = {}) {
  const directory = await wecomSource(settingsFor(sandbox, { agentId, ...overrides })).fetch()
  if (directory.kind !== 'members') throw new Error('WeCom sends members')
  return directory
}

/** Answers the first call of each name with other keys. */
function changing(sandbox: WecomSandbox, answers: Answers): void {
  for (const [call, changed] of answers) {
    sandbox.faults.push({ call, nth: 1, do: { edit: (reply) => ({ ...reply, ...changed }) } })
  }
}

function peopleIn({ rows }: Extract<Directory, { kind: 'members' }>): readonly string[] {
  return rows.map(({ department, member }) => `${department ?? '-'} ${member.userid}`)
}

function asked({ requests }: WecomSandbox, call: string, parameter: string): readonly string[] {
  return requests
    .filter(({ path }) => path.endsWith(`/${call}`))
    .map(({ query }) => query.get(parameter) ?? '')
}

const people = ['10086', 'zhao_q']

/** An app that sees two people one by one and a tag with two more; one of them is in both. */
const onlySingle: Partial<WecomOptions> = {
  range: [],
  visiblePeople: people,
  tags: [{ id: 7, name: '外包', people: ['li__si', 'zhao_q'], departments: [] }],
}

describe('spec 4.3: people and tags that are visible one by one', () => {
  test('are read by three calls more, each person once, and are in no department', async () => {
    const sandbox = await start(onlySingle)
    const directory = await fetchFrom(sandbox)
    expect(directory).toMatchObject({ corpId, departments: [], doubts: [], remarks: [] })
    expect(directory).not.toHaveProperty('unread')
    expect(peopleIn(directory)).toEqual(['- 10086', '- li__si', '- zhao_q'])
    expect(merge(directory.rows)).toMatchObject([
      { userid: '10086', departments: [], status: 1, fields: { name: '何岚', 'extattr.工号': 'A0007' } },
      { userid: 'li__si', departments: [], status: 1, fields: { name: '李四' } },
      { userid: 'zhao_q', departments: [], status: 5, fields: { name: '赵琪' } },
    ])
    // Token, two lists of departments, the range, the tag, and three people.
    expect(sandbox.calls()).toBe(1 + 2 + 1 + 1 + 3)
    expect(asked(sandbox, 'agent/get', 'agentid')).toEqual([agentId])
    expect(asked(sandbox, 'tag/get', 'tagid')).toEqual(['7'])
  })

  test('are not asked for when a department has shown them, however their userid is spelled', async () => {
    const sandbox = await start({
      range: [3],
      visiblePeople: ['wangwei', 'ChenMing'],
      tags: [{ id: 7, name: '外包', people: ['liu.yan', '10086'], departments: [22] }],
    })
    changing(sandbox, [
      ['agent/get', { allow_userinfos: { user: [{ userid: 'WANGWEI' }, { userid: 'chenming' }] } }],
      ['tag/get', { userlist: [{ userid: 'Liu.Yan' }, { userid: '10086' }, { userid: 'ChenMing' }] }],
    ])
    const directory = await fetchFrom(sandbox)
    expect(asked(sandbox, 'user/get', 'userid').toSorted(byCodePoint)).toEqual(['10086', 'ChenMing'])
    expect(peopleIn(directory).slice(-2)).toEqual(['- 10086', '- ChenMing'])
    expect(merge(directory.rows)).toHaveLength(7)
  })

  test('without the agent id nobody asks for them, and the error of an empty range names the input', async () => {
    const sandbox = await start(onlySingle)
    const problem = await problemOf(wecomSource(settingsFor(sandbox)).fetch())
    expect(problem).toEqual({ code: 'wecom-no-departments' })
    for (const language of ['en', 'zh'] as const) {
      expect(textOf(language).problem({ code: 'wecom-no-departments' }).remedy).toContain('`wecom-agent-id`')
    }
    expect(sandbox.calls('agent/get')).toBe(0)
  })

  test('an app that names nobody at all is an error too', async () => {
    const sandbox = await start({ range: [] })
    expect(await problemOf(fetchFrom(sandbox))).toEqual({ code: 'wecom-no-people', departments: 0 })
  })

  test('departments without people are none where people are visible one by one', async () => {
    const sandbox = await start({ range: [2], visiblePeople: people })
    sandbox.company.people = sandbox.company.people.filter(({ userid }) => people.includes(userid))
    expect(peopleIn(await fetchFrom(sandbox))).toEqual(['- 10086', '- zhao_q'])
  })

  test('spec 3: the order of answers changes nothing', async () => {
    const sight = withOutsiders(makeCompany({ people: 80, departments: 12 }), 20)
    const sandboxes = [
      await start(sight),
      await start({ ...sight, shuffle: 7 }),
      await start({ ...sight, shuffle: 8 }),
    ]
    const [first, ...others] = await Promise.all(sandboxes.map(async (sandbox) => fetchFrom(sandbox)))
    for (const directory of others) expect(JSON.stringify(directory)).toBe(JSON.stringify(first))
  })

  test('spec 4.5: progress counts them after the departments', async () => {
    const seen: Progress[] = []
    const sandbox = await start({ range: [22], visiblePeople: people })
    await fetchFrom(sandbox, { onProgress: (progress) => void seen.push(progress) })
    expect(seen).toEqual([
      { stage: 'departments', done: 1, total: 1, people: 2 },
      { stage: 'people', done: 1, total: 2, people: 3 },
      { stage: 'people', done: 2, total: 2, people: 4 },
    ])
  })
})

describe('departments that the range names', () => {
  test('those of a tag are read like any other, with all below them', async () => {
    const sandbox = await start({ range: [], tags: [{ id: 7, name: '外包', people: [], departments: [3] }] })
    const directory = await fetchFrom(sandbox)
    expect(directory.departments.map(({ id }) => id)).toEqual([3, 22])
    expect(merge(directory.rows)).toHaveLength(5)
    expect(sandbox.calls('user/get')).toBe(0)
  })

  test('and the list lacks are asked for by their ids', async () => {
    const sandbox = await start({
      range: [2, 3],
      tags: [{ id: 7, name: '外包', people: [], departments: [3] }],
    })
    changing(sandbox, [['department/list', { department: [{ id: 2, name: '研发中心', parentid: 1 }] }]])
    const directory = await fetchFrom(sandbox)
    expect(asked(sandbox, 'department/list', 'id')).toEqual(['', '3'])
    // The witness still misses the one below the other.
    expect(directory).toMatchObject({
      departments: [{ id: 2 }, { id: 3 }, { id: 22 }],
      doubts: [{ code: 'wecom-departments-missing', ids: [21] }],
    })
  })

  test.each([60003, 60011, 60123, 40066])(
    'one that WeCom refuses with %i makes the fetch incomplete',
    async (errcode) => {
      const sandbox = await start({ range: [2] })
      changing(sandbox, [['agent/get', { allow_partys: { partyid: [99, 2, 77] } }]])
      sandbox.faults.push({ call: 'department/list', nth: 2, times: 2, do: { errcode } })
      expect((await fetchFrom(sandbox)).doubts).toEqual([{ code: 'wecom-departments-unread', ids: [77, 99] }])
    },
  )

  test('one that is not in its own list does so too, and any other error stops', async () => {
    const sandbox = await start({ range: [2] })
    changing(sandbox, [['agent/get', { allow_partys: { partyid: [77] } }]])
    sandbox.faults.push({ call: 'department/list', nth: 2, do: { body: { errcode: 0, department: [] } } })
    expect((await fetchFrom(sandbox)).doubts).toEqual([{ code: 'wecom-departments-unread', ids: [77] }])
    changing(sandbox, [['agent/get', { allow_partys: { partyid: [77] } }]])
    sandbox.faults.push({ call: 'department/list', nth: 2, do: { errcode: 48002 } })
    expect(await problemOf(fetchFrom(sandbox))).toMatchObject({ call: 'department/list', errcode: 48002 })
  })
})

describe('the app', () => {
  test('that is disabled is refused, with the reason', async () => {
    const sandbox = await start({ ...onlySingle, closed: true })
    expect(await problemOf(fetchFrom(sandbox))).toEqual({ code: 'wecom-app-disabled' })
    expect(sandbox.calls('tag/get')).toBe(0)
  })

  test.each([
    ['1000003', 301002],
    ['0', 301002],
    ['x', 40056],
  ])('of another id, %s, is refused with %i', async (other, errcode) => {
    const sandbox = await start(onlySingle)
    const problem = await problemOf(fetchFrom(sandbox, { agentId: other }))
    expect(problem).toMatchObject({ code: 'wecom-errcode', call: 'agent/get', errcode })
    expect(sandbox.calls('agent/get')).toBe(1)
  })

  test.each([40056, 301002, 60011, 50003, 48002, 60031, 81013, 987654])(
    '%i at its range stops',
    async (errcode) => {
      const sandbox = await start({ ...onlySingle, faults: [{ call: 'agent/get', nth: 1, do: { errcode } }] })
      const problem = await problemOf(fetchFrom(sandbox))
      expect(problem).toMatchObject({ code: 'wecom-errcode', call: 'agent/get', errcode })
      expect(sandbox.calls('agent/get') + sandbox.calls('user/get')).toBe(1)
    },
  )

  test('60011 at its range is about the app, as 301002 is', () => {
    const problem = { code: 'wecom-errcode', call: 'agent/get', errcode: 60011, proxied: false } as const
    expect(textOf('en').problem(problem).remedy).toContain('wecom-agent-id')
    expect(textOf('zh').problem(problem).remedy).toContain('wecom-agent-id')
  })
})

describe('wecom-api.md §6: a tag', () => {
  test.each([40068, 60011])('that is refused with %i makes the fetch incomplete', async (errcode) => {
    const sandbox = await start({ ...onlySingle, faults: [{ call: 'tag/get', nth: 1, do: { errcode } }] })
    const directory = await fetchFrom(sandbox)
    expect(directory.doubts).toEqual([{ code: 'wecom-tags-unread', ids: [7] }])
    expect(peopleIn(directory)).toEqual(['- 10086', '- zhao_q'])
  })

  test('of several, each once, those that are refused are named', async () => {
    const sandbox = await start(onlySingle)
    changing(sandbox, [['agent/get', { allow_tags: { tagid: [9, '7', 8, 7] } }]])
    const directory = await fetchFrom(sandbox)
    expect(directory.doubts).toEqual([{ code: 'wecom-tags-unread', ids: [8, 9] }])
    expect(asked(sandbox, 'tag/get', 'tagid').toSorted(byCodePoint)).toEqual(['7', '8', '9'])
  })

  test.each([81011, 48002])('that is refused with %i stops', async (errcode) => {
    const sandbox = await start({ ...onlySingle, faults: [{ call: 'tag/get', nth: 1, do: { errcode } }] })
    expect(await problemOf(fetchFrom(sandbox))).toMatchObject({ call: 'tag/get', errcode })
    expect(sandbox.calls('user/get')).toBe(0)
  })
})

describe('wecom-api.md §6: a person', () => {
  test.each([60111, 40003, 60011, 60021, 50002, 46004, 301021])(
    'who is refused with %i is not taken for gone',
    async (errcode) => {
      const sandbox = await start({ ...onlySingle, faults: [{ call: 'user/get', nth: 1, do: { errcode } }] })
      const directory = await fetchFrom(sandbox, { concurrency: 1 })
      expect(peopleIn(directory)).toEqual(['- li__si', '- zhao_q'])
      expect(directory).toMatchObject({
        doubts: [],
        remarks: [{ code: 'wecom-people-unread', people: 1 }],
        unread: new Set(['10086']),
      })
    },
  )

  test('nobody can be read: an error, with how many', async () => {
    const faults = [{ call: 'user/get', nth: 1, times: Infinity, do: { errcode: 60111 } }]
    const sandbox = await start({ ...onlySingle, faults })
    await expect(fetchFrom(sandbox)).rejects.toMatchObject({
      problems: [
        { code: 'wecom-no-people', departments: 0 },
        { code: 'wecom-people-unread', people: 3 },
      ],
    })
  })

  test.each([48002, 40058, 60020])(
    'who is refused with %i stops, and nobody else is asked',
    async (errcode) => {
      const sandbox = await start({ ...onlySingle, faults: [{ call: 'user/get', nth: 1, do: { errcode } }] })
      expect(await problemOf(fetchFrom(sandbox, { concurrency: 1 }))).toMatchObject({
        call: 'user/get',
        errcode,
      })
      expect(sandbox.calls('user/get')).toBe(1)
    },
  )

  test('more than a thousand who cannot be read stop before WeCom blocks the address', async () => {
    const company = makeCompany({ people: 1_500, departments: 2 })
    const visiblePeople = company.people.map(({ userid }) => userid)
    const faults = [{ call: 'user/get', nth: 1, times: Infinity, do: { errcode: 60111 } }]
    const sandbox = await start({ company, range: [], visiblePeople, faults })
    expect(await problemOf(fetchFrom(sandbox))).toEqual({ code: 'wecom-people-unread', people: 1_001 })
    expect(sandbox.calls('user/get')).toBeLessThan(1_100)
  })

  test('who is another than was asked for stops', async () => {
    const sandbox = await start(onlySingle)
    changing(sandbox, [['user/get', { userid: 'somebody' }]])
    expect(await problemOf(fetchFrom(sandbox))).toEqual({
      code: 'bad-reply',
      service: 'WeCom',
      call: 'user/get',
      detail: 'userid',
    })
  })
})

describe('spec 4.2: the new calls are made again as the others are', () => {
  const calls = ['agent/get', 'tag/get', 'user/get'] as const

  test.each(
    calls.flatMap((call) => [
      [call, { errcode: -1 }, [1_000]] as const,
      [call, { errcode: 45009 }, [61_000]] as const,
      [call, { errcode: 81026 }, [15_000]] as const,
      [call, { errcode: 42001 }, []] as const,
      [call, { errcode: 45033 }, [3_000]] as const,
      [call, { status: 502 }, [750]] as const,
    ]),
  )('%s after %j', async (call, fault, sleeps) => {
    const clock = testClock()
    const sandbox = await start({ ...onlySingle, faults: [{ call, nth: 1, do: fault }] })
    const directory = await fetchFrom(sandbox, { clock })
    expect(directory).toMatchObject({ doubts: [], remarks: [] })
    expect(peopleIn(directory)).toHaveLength(3)
    expect(clock.sleeps).toEqual(sleeps)
    expect(sandbox.calls('gettoken')).toBe('errcode' in fault && fault.errcode === 42001 ? 2 : 1)
  })

  test.each(calls)('%s again and again fails the fetch', async (call) => {
    const sandbox = await start({
      ...onlySingle,
      faults: [{ call, nth: 1, times: Infinity, do: { errcode: -1 } }],
    })
    expect(await problemOf(fetchFrom(sandbox, { concurrency: 1 }))).toMatchObject({ call, errcode: -1 })
    expect(sandbox.calls(call)).toBe(4)
  })

  test('10,000 people one by one, never more at once than allowed', async () => {
    const userids = Array.from({ length: 10_000 }, (_, index) => `u${index}`)
    let flying = 0
    let most = 0
    const bodies = ({ path, query }: SeenRequest): object => {
      switch (path) {
        case '/cgi-bin/gettoken':
          return { access_token: 'FAKE-token' }
        case '/cgi-bin/department/list':
          return { department: [] }
        case '/cgi-bin/department/simplelist':
          return { department_id: [] }
        case '/cgi-bin/agent/get':
          return { allow_userinfos: { user: userids.map((userid) => ({ userid })) } }
        default:
          return { userid: query.get('userid'), name: '何岚', department: [], status: 1 }
      }
    }
    const server = await listen(async (request) => {
      most = Math.max(most, ++flying)
      await turn()
      flying--
      return { body: bodies(request) }
    })
    const seen: Progress[] = []
    const onProgress = (progress: Progress) => void seen.push(progress)
    const source = wecomSource(
      settingsFor(server, { agentId, concurrency: 4, onProgress, clock: movingClock() }),
    )
    const directory = await source.fetch()
    await server.close()
    expect(directory).toMatchObject({ rows: { length: 10_000 }, doubts: [] })
    expect(server.requests).toHaveLength(1 + 2 + 1 + 10_000)
    expect(most).toBeGreaterThan(1)
    expect(most).toBeLessThanOrEqual(4)
    expect(seen.at(-1)).toEqual({ stage: 'people', done: 10_000, total: 10_000, people: 10_000 })
  })
})

describe('spec 8: through to Casdoor', () => {
  const { before } = aDay()
  const sight = withOutsiders(before, 6)
  const outsiders = Array.from({ length: 6 }, (_, index) => `consultant_${index + 1}`)

  test('they get accounts, and a second run has nothing to do', async () => {
    await during(sight, [], async (morning) => {
      const { plan } = await run(morning)
      const added = plan.changes.filter(({ userid }) => outsiders.includes(userid))
      expect(added).toMatchObject(outsiders.map((userid) => ({ kind: 'add', userid, departments: [] })))
      expect((await run(morning)).plan).toMatchObject({ changes: [], oneByOne: 6 })
    })
  })

  test('a range without them, or an agent id that is taken out, removes nobody', async () => {
    await during(sight, [], async ({ wecom, casdoor, agentId: id = '' }) => {
      await run({ wecom, casdoor, agentId: id })
      const out = shutOut({ wecom, casdoor })
      const { decision } = await run({ wecom, casdoor })
      expect(decision.held.map(({ userid }) => userid)).toEqual(outsiders)
      wecom.visiblePeople = []
      wecom.tags = []
      const narrowed = await run({ wecom, casdoor, agentId: id })
      expect(narrowed.decision.reasons).toContainEqual({ code: 'one-by-one-gone', people: 6 })
      expect(shutOut({ wecom, casdoor })).toEqual(out)
    })
  })

  test('who leaves while others stay is a leaver; who cannot be read is kept, and named', async () => {
    await during(sight, [], async (morning) => {
      await run(morning)
      const { wecom } = morning
      const [gone = '', lost = ''] = outsiders
      wecom.company.people = wecom.company.people.filter(({ userid }) => userid !== gone)
      wecom.faults.push({ call: 'user/get', nth: 1, do: { errcode: 60111 } })
      const { plan, decision } = await run(morning)
      expect(decision.allowed).toMatchObject([{ kind: 'forbid', userid: gone, cause: 'gone' }])
      expect(plan.remarks.map(({ problem }) => problem.code)).toContain('person-unread')
      expect(plan.findings).toContainEqual({ code: 'wecom-people-unread', people: 1 })
      expect(shutOut(morning)).not.toContain(lost)
    })
  })
})
