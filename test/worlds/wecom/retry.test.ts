import { describe, expect, test, vi } from 'vitest'
import { makeCompany } from '../../../sandbox/company.ts'
import type { WecomFault } from '../../../sandbox/wecom/server.ts'
import { wecomSource } from '../../../src/wecom/source.ts'
import { problemOf, settingsFor, start, testClock } from './start.ts'

type Broken = WecomFault['do']

/** Fetches with one fault, one request at a time. */
async function fetchWith(fault: WecomFault, overrides: Parameters<typeof settingsFor>[1] = {}) {
  const sandbox = await start({ faults: [fault] })
  const clock = testClock()
  const source = wecomSource(settingsFor(sandbox, { clock, concurrency: 1, ...overrides }))
  return { sandbox, clock, fetched: source.fetch() }
}

const calls = ['gettoken', 'department/list', 'department/simplelist', 'user/list'] as const

describe('spec 4.2: passing faults are tried again', () => {
  test.each(calls)('−1 at %s: three retries after 1, 2 and 4 s, then it fails', async (call) => {
    const { sandbox, clock, fetched } = await fetchWith({ call, nth: 1, times: 99, do: { errcode: -1 } })
    expect(await problemOf(fetched)).toEqual({ code: 'wecom-errcode', call, errcode: -1, proxied: false })
    expect(sandbox.calls(call)).toBe(4)
    expect(clock.sleeps).toEqual([1000, 2000, 4000])
  })

  test.each([-1, 6000])('errcode %i three times in a row is no failure', async (errcode) => {
    const { sandbox, clock, fetched } = await fetchWith({
      call: 'user/list',
      nth: 2,
      times: 3,
      do: { errcode },
    })
    expect(await fetched).toMatchObject({ kind: 'members', doubts: [], remarks: [] })
    expect(sandbox.calls('user/list')).toBe(5 + 3)
    expect(clock.sleeps).toEqual([1000, 2000, 4000])
  })

  test('81026 (maintenance) waits longer', async () => {
    const { clock, fetched } = await fetchWith({
      call: 'user/list',
      nth: 1,
      times: 3,
      do: { errcode: 81026 },
    })
    await fetched
    expect(clock.sleeps).toEqual([15_000, 30_000, 60_000])
  })

  test('45033 backs off between 1 and 5 s, five tries in all', async () => {
    const fault = { call: 'user/list', nth: 1, times: 99, do: { errcode: 45033 } }
    const { sandbox, clock, fetched } = await fetchWith(fault)
    expect(await problemOf(fetched)).toMatchObject({ code: 'wecom-errcode', errcode: 45033 })
    expect(sandbox.calls('user/list')).toBe(5)
    expect(clock.sleeps).toEqual([3000, 3000, 3000, 3000])
  })

  test('45033 for eight at once leaves four at once', async () => {
    const company = makeCompany({ people: 200, departments: 30 })
    const faults: WecomFault[] = [
      { call: 'user/list', nth: 1, times: 8, do: { errcode: 45033 } },
      { call: 'user/list', nth: 9, times: 99, do: 'hang' },
    ]
    const sandbox = await start({ company, faults })
    const sleepers: (() => void)[] = []
    const sleep = async () => {
      const slept = new Promise<void>((resolve) => void sleepers.push(resolve))
      if (sleepers.length >= 8) for (const wake of sleepers) wake()
      return slept
    }
    const fetched = problemOf(wecomSource(settingsFor(sandbox, { clock: { ...testClock(), sleep } })).fetch())
    await vi.waitFor(() => expect(sandbox.calls('user/list')).toBe(8 + 4))
    await (await fetch(sandbox.url)).text()
    expect(sandbox.calls('user/list')).toBe(8 + 4)
    await sandbox.close()
    expect(await fetched).toMatchObject({ code: 'network' })
  })

  test('45033 now and then: the fetch is complete', async () => {
    const faults = [2, 9, 17].map((nth) => ({ call: 'user/list', nth, do: { errcode: 45033 } }))
    const sandbox = await start({ company: makeCompany({ people: 200, departments: 30 }), faults })
    expect((await wecomSource(settingsFor(sandbox)).fetch()).departments).toHaveLength(30)
    expect(sandbox.calls('user/list')).toBe(30 + 3)
  })

  const passing: readonly (readonly [string, Broken])[] = [
    ['503', { status: 503 }],
    ['500', { status: 500 }],
    ['429', { status: 429 }],
    ['a reset connection', 'reset'],
    ['an answer cut in the middle', 'cut'],
    ['no answer', 'hang'],
  ]
  test.each(passing)('%s once is no failure', async (_, fault) => {
    const { sandbox, clock, fetched } = await fetchWith(
      { call: 'user/list', nth: 3, do: fault },
      { timeout: 700 },
    )
    expect(await fetched).toMatchObject({ kind: 'members', doubts: [] })
    expect(sandbox.calls('user/list')).toBe(5 + 1)
    expect(clock.sleeps).toEqual([750])
  })

  test('Retry-After is obeyed', async () => {
    const fault = { call: 'department/list', nth: 1, do: { status: 503, retryAfter: 17 } }
    const { clock, fetched } = await fetchWith(fault)
    await fetched
    expect(clock.sleeps).toEqual([17_000])
  })

  const lasting: readonly (readonly [string, Broken, object])[] = [
    ['503', { status: 503 }, { code: 'http-status', status: 503 }],
    ['a reset connection', 'reset', { code: 'network' }],
    ['an answer cut in the middle', 'cut', { code: 'network' }],
    ['no answer', 'hang', { code: 'timeout', seconds: 0.3 }],
  ]
  test.each(lasting)('%s for ever: five tries, then it fails', async (_, fault, problem) => {
    const { sandbox, fetched } = await fetchWith(
      { call: 'user/list', nth: 3, times: 99, do: fault },
      { timeout: 300 },
    )
    expect(await problemOf(fetched)).toMatchObject({ service: 'WeCom', call: 'user/list', ...problem })
    expect(sandbox.calls('user/list')).toBe(2 + 5)
  })
})

describe('spec 4.2: what is not worth a second try', () => {
  const hopeless: readonly (readonly [string, Broken, object])[] = [
    ['a page of HTML', 'html', { code: 'not-json', status: 200 }],
    ['an empty body', 'empty', { code: 'not-json', status: 200 }],
    ['404', { status: 404 }, { code: 'http-status', status: 404 }],
    ['407', { status: 407 }, { code: 'http-status', status: 407 }],
    ['a redirect', { status: 302 }, { code: 'redirect', status: 302 }],
    [
      'a list that is missing',
      { body: { errcode: 0, errmsg: 'ok' } },
      { code: 'bad-reply', detail: 'userlist' },
    ],
    [
      'a list that is null',
      { body: { errcode: 0, userlist: null } },
      { code: 'bad-reply', detail: 'userlist' },
    ],
    ['a bare list', { body: [] }, { code: 'bad-reply', detail: 'body' }],
    ['a code that is none', { body: { errcode: 'E1' } }, { code: 'bad-reply', detail: 'errcode' }],
    [
      'somebody without a userid',
      { body: { userlist: [{ userid: 'a' }, { name: '何岚' }] } },
      { code: 'bad-reply', detail: 'userlist.1.userid' },
    ],
  ]
  test.each(hopeless)('%s', async (_, fault, problem) => {
    const { sandbox, clock, fetched } = await fetchWith({ call: 'user/list', nth: 2, do: fault })
    expect(await problemOf(fetched)).toMatchObject({ service: 'WeCom', call: 'user/list', ...problem })
    expect(sandbox.calls('user/list')).toBe(2)
    expect(clock.sleeps).toEqual([])
  })

  test('errcode is looked at before the data: an error may carry an empty list', async () => {
    const body = { errcode: 60011, errmsg: 'no privilege', userlist: [] }
    const { fetched } = await fetchWith({ call: 'user/list', nth: 1, times: 99, do: { body } })
    expect(await problemOf(fetched)).toMatchObject({ code: 'wecom-errcode', errcode: 60011 })
  })

  test('an absent errcode is a success', async () => {
    const { fetched } = await fetchWith({
      call: 'user/list',
      nth: 1,
      do: { body: { userlist: [{ userid: 'he_lan' }] } },
    })
    expect(await fetched).toMatchObject({ kind: 'members' })
  })
})

describe('FS-02, FS-05: all or nothing', () => {
  test.each([1, 2, 3, 4, 5])('a lasting 503 at department %i fails the fetch', async (nth) => {
    const { sandbox, fetched } = await fetchWith({ call: 'user/list', nth, times: 99, do: { status: 503 } })
    expect(await problemOf(fetched)).toMatchObject({ code: 'http-status', status: 503 })
    expect(sandbox.calls('user/list')).toBe(nth - 1 + 5)
  })

  test('after the first failure the departments in the queue are not asked', async () => {
    const company = makeCompany({ people: 400, departments: 100 })
    const faults = [{ call: 'user/list', nth: 1, times: 99, do: { errcode: 60011 } }]
    const sandbox = await start({ company, faults })
    await problemOf(wecomSource(settingsFor(sandbox, { concurrency: 4 })).fetch())
    expect(sandbox.calls('user/list')).toBeLessThanOrEqual(4)
  })

  test('after the first failure nobody tries again either', async () => {
    const faults = [
      { call: 'user/list', nth: 1, do: { status: 503 } },
      { call: 'user/list', nth: 3, times: 99, do: { status: 503 } },
    ]
    const sandbox = await start({ faults })
    const sleeps: number[] = []
    let wakeFirst: (() => void) | undefined
    const sleep = async (length: number) => {
      sleeps.push(length)
      if (sleeps.length === 1) await new Promise<void>((resolve) => void (wakeFirst = resolve))
    }
    const clock = { ...testClock(), sleep }
    const fetched = wecomSource(settingsFor(sandbox, { clock, concurrency: 2 })).fetch()
    expect(await problemOf(fetched)).toMatchObject({ status: 503 })
    expect(sleeps).toHaveLength(1 + 4)
    wakeFirst?.()
    // Whatever the sleeper would send now arrives before this.
    await (await fetch(sandbox.url)).text()
    expect(sandbox.calls('user/list')).toBe(1 + 1 + 5)
    expect(sleeps).toHaveLength(1 + 4)
  })
})
