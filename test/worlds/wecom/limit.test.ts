import { describe, expect, test, vi } from 'vitest'
import type { Reply } from '../../../sandbox/wecom/reply.ts'
import type { WecomFault } from '../../../sandbox/wecom/server.ts'
import { makeCompany } from '../../../sandbox/company.ts'
import { wecomSource } from '../../../src/wecom/source.ts'
import { most, movingClock } from './minute.ts'
import { problemOf, settingsFor, start, testClock } from './start.ts'

describe('FS-40: 45009 stops the whole client for a while', () => {
  test('no request leaves during the pause, then the fetch goes on', async () => {
    const company = makeCompany({ people: 200, departments: 40 })
    const faults = [{ call: 'user/list', nth: 1, times: 8, do: { errcode: 45009 } }]
    const sandbox = await start({ company, faults })
    const pauses: { readonly length: number; readonly over: () => void }[] = []
    const sleep = async (length: number) => {
      if (length > 0) await new Promise<void>((over) => void pauses.push({ length, over }))
    }
    const fetched = wecomSource(settingsFor(sandbox, { clock: { ...testClock(), sleep } })).fetch()
    // Eight are in flight when the limit strikes; then it is quiet.
    await vi.waitFor(() => expect(sandbox.calls('user/list')).toBe(8))
    for (let round = 0; round < 3; round++) await (await fetch(sandbox.url)).text()
    expect(sandbox.calls('user/list')).toBe(8)
    expect(sandbox.calls('gettoken')).toBe(1)
    expect(pauses.map(({ length }) => length >= 60_000)).toEqual([true])
    pauses[0]?.over()
    expect((await fetched).departments).toHaveLength(40)
    expect(sandbox.calls('user/list')).toBe(40 + 8)
    expect(pauses).toHaveLength(1)
  })

  test('two pauses, and the third time it fails', async () => {
    const sandbox = await start({
      faults: [{ call: 'user/list', nth: 1, times: 99, do: { errcode: 45009 } }],
    })
    const clock = testClock()
    const problem = await problemOf(wecomSource(settingsFor(sandbox, { clock, concurrency: 1 })).fetch())
    expect(problem).toMatchObject({ code: 'wecom-errcode', call: 'user/list', errcode: 45009 })
    expect(clock.sleeps.map((length) => length >= 60_000)).toEqual([true, true])
    expect(sandbox.calls('user/list')).toBe(3)
  })

  test('at gettoken it fails at once: the address is blocked for an hour', async () => {
    const sandbox = await start({ faults: [{ call: 'gettoken', nth: 1, times: 99, do: { errcode: 45009 } }] })
    const clock = testClock()
    const problem = await problemOf(wecomSource(settingsFor(sandbox, { clock })).fetch())
    expect(problem).toMatchObject({ code: 'wecom-errcode', call: 'gettoken', errcode: 45009 })
    expect(clock.sleeps).toEqual([])
    expect(sandbox.requests).toHaveLength(1)
  })

  test('at a gettoken in the middle of the run too', async () => {
    const faults = [
      { call: 'user/list', nth: 2, do: { errcode: 42001 } },
      { call: 'gettoken', nth: 2, times: 99, do: { errcode: 45009 } },
    ]
    const sandbox = await start({ faults })
    const clock = testClock()
    const problem = await problemOf(wecomSource(settingsFor(sandbox, { clock, concurrency: 2 })).fetch())
    expect(problem).toMatchObject({ code: 'wecom-errcode', call: 'gettoken', errcode: 45009 })
    expect(clock.sleeps).toEqual([])
    expect(sandbox.calls('gettoken')).toBe(2)
  })

  test('a token that expires meanwhile waits for the end of the pause', async () => {
    const faults = [
      { call: 'user/list', nth: 1, do: { errcode: 45009 } },
      { call: 'user/list', nth: 2, delay: 100, do: { errcode: 42001 } },
    ]
    const sandbox = await start({ faults })
    const renewals: number[] = []
    let over: (() => void) | undefined
    const sleep = async (length: number) => {
      if (length > 0) await new Promise<void>((resolve) => void (over = resolve))
      else renewals.push(sandbox.calls())
    }
    const clock = { ...testClock(), sleep }
    const fetched = wecomSource(settingsFor(sandbox, { clock, concurrency: 2 })).fetch()
    // Both are about to be tried again: the first after the pause, the second with a new token.
    await vi.waitFor(() => expect(renewals).toHaveLength(2))
    await (await fetch(sandbox.url)).text()
    expect(sandbox.calls('gettoken')).toBe(1)
    over?.()
    expect((await fetched).departments).toHaveLength(5)
    expect(sandbox.calls('gettoken')).toBe(2)
  })

  test('after a failure nothing is waited for: a process that has ended should end', async () => {
    const faults = [
      { call: 'user/list', nth: 1, delay: 50, do: { errcode: 45009 } },
      { call: 'user/list', nth: 2, do: { errcode: 50003 } },
    ]
    const sandbox = await start({ faults })
    const clock = testClock()
    const fetched = wecomSource(settingsFor(sandbox, { clock, concurrency: 2 })).fetch()
    expect(await problemOf(fetched)).toMatchObject({ errcode: 50003 })
    // Slower than the answer that is still on its way.
    sandbox.latency = 150
    await (await fetch(sandbox.url)).text()
    expect(clock.sleeps).toEqual([])
    expect(sandbox.calls('user/list')).toBe(2)
  })
})

describe('spec 4.8: WeCom sees at most 8,000 calls of one name in any minute', () => {
  test('of a company with more departments, and with tries that are made again', async () => {
    const company = makeCompany({ people: 100, departments: 8_100 })
    const clock = movingClock()
    const seen: number[] = []
    // Looks at the clock as a request comes in.
    const watch = (reply: Reply) => {
      seen.push(clock.now())
      clock.pass(1)
      return reply
    }
    const faults: WecomFault[] = [
      { call: 'user/list', nth: 50, times: 3, do: { edit: (reply) => ({ ...watch(reply), errcode: -1 }) } },
      { call: 'user/list', times: Infinity, do: { edit: watch } },
    ]
    const sandbox = await start({ company, faults })
    const { departments } = await wecomSource(settingsFor(sandbox, { clock, concurrency: 32 })).fetch()
    expect(departments).toHaveLength(8_100)
    expect(seen).toHaveLength(8_103)
    expect(most(seen)).toBe(8_000)
  }, 120_000)
})
