import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Progress } from '../../../src/model/ports.ts'
import { Pace, type Moment } from '../../../src/wecom/pace.ts'
import { most, movingClock, type MovingClock } from './minute.ts'
import { testClock } from './start.ts'

const never: Moment = { pauses: -1, halvings: -1 }

type Flight = { readonly moment: Moment; readonly end: () => void }

/** Requests that are answered when the test says so. */
function sender(pace: Pace) {
  const flying: Flight[] = []
  const fly = async (moment: Moment) =>
    new Promise<void>((resolve) => void flying.push({ moment, end: resolve }))
  return {
    flying,
    send: (count: number) => Array.from({ length: count }, async () => pace.run('user/list', fly)),
    answer: async (count: number) => {
      for (const { end } of flying.splice(0, count)) end()
      await turn()
    },
  }
}

/** A clock whose sleepers wake when the test says so. */
function heldClock() {
  const sleepers: (() => void)[] = []
  const lengths: number[] = []
  const sleep = async (milliseconds: number) => {
    lengths.push(milliseconds)
    return new Promise<void>((resolve) => void sleepers.push(resolve))
  }
  return { ...testClock(), sleep, lengths, wake: () => sleepers.splice(0).forEach((wake) => wake()) }
}

describe('spec 4.1, 4.2: the pace of a client', () => {
  test('so many requests at once', async () => {
    const { flying, send, answer } = sender(new Pace({ concurrency: 3, clock: testClock() }))
    void send(5)
    await turn()
    expect(flying).toHaveLength(3)
    await answer(2)
    expect(flying).toHaveLength(3)
    await answer(1)
    expect(flying).toHaveLength(2)
  })

  test('halving holds for the requests that come next', async () => {
    const pace = new Pace({ concurrency: 8, clock: testClock() })
    const { flying, send, answer } = sender(pace)
    void send(20)
    await turn()
    pace.halve(flying[0]?.moment ?? never)
    await answer(4)
    expect(flying).toHaveLength(4)
    await answer(1)
    expect(flying).toHaveLength(4)
  })

  test('eight workers that are turned away together halve it once', async () => {
    const pace = new Pace({ concurrency: 8, clock: testClock() })
    const { flying, send, answer } = sender(pace)
    void send(30)
    await turn()
    for (const { moment } of flying) pace.halve(moment)
    await answer(8)
    expect(flying).toHaveLength(4)
    pace.halve(flying[0]?.moment ?? never)
    await answer(4)
    expect(flying).toHaveLength(2)
  })

  test('one at a time is the least', async () => {
    const pace = new Pace({ concurrency: 1, clock: testClock() })
    const { flying, send, answer } = sender(pace)
    void send(2)
    await turn()
    pace.halve(flying[0]?.moment ?? never)
    await answer(1)
    expect(flying).toHaveLength(1)
  })

  test('FS-40: nothing is sent during a pause, at least a minute long', async () => {
    const clock = heldClock()
    const pace = new Pace({ concurrency: 4, clock })
    const { flying, send } = sender(pace)
    expect(pace.pause({ pauses: 0, halvings: 0 })).toBe(true)
    void send(4)
    await turn()
    expect(flying).toHaveLength(0)
    clock.wake()
    await turn()
    expect(flying).toHaveLength(4)
    expect(clock.lengths.every((length) => length >= 60_000)).toBe(true)
  })

  test('FS-40: news about requests that left before the pause starts no other one; the third fails', () => {
    const clock = heldClock()
    const pace = new Pace({ concurrency: 4, clock })
    const old = { pauses: 0, halvings: 0 }
    expect([pace.pause(old), pace.pause(old), pace.pause(old)]).toEqual([true, true, true])
    expect(clock.lengths).toHaveLength(1)
    expect(pace.pause({ pauses: 1, halvings: 0 })).toBe(true)
    expect(clock.lengths).toHaveLength(2)
    expect(pace.pause({ pauses: 2, halvings: 0 })).toBe(false)
  })
})

describe('spec 4.8: at most 8,000 calls of one name a minute', () => {
  test('10,000 departments: never more in any 60 seconds, whatever the concurrency', async () => {
    const clock = movingClock()
    const pace = new Pace({ concurrency: 32, clock })
    const sent = await sendAll(pace, clock, 10_000)
    expect(sent).toHaveLength(10_000)
    expect(most(sent)).toBe(8_000)
    // The 8,001st waits for the first to be a minute old, and so on.
    expect(sent.at(-1)).toBeLessThan(1_999 + 62_000)
  })

  test('who waits sleeps once', async () => {
    const clock = movingClock()
    await sendAll(new Pace({ concurrency: 8, clock }), clock, 8_001, 0)
    expect(clock.sleeps.filter((length) => length > 0).map((length) => length >= 60_000)).toEqual([true])
  })

  test('each call has a minute of its own', async () => {
    const clock = movingClock()
    const pace = new Pace({ concurrency: 8, clock })
    await sendAll(pace, clock, 8_000, 0)
    await pace.ready('user/get')
    expect(clock.now()).toBe(0)
    await pace.ready('user/list')
    expect(clock.now()).toBeGreaterThanOrEqual(60_000)
  })

  test('tries count, and so does what was sent before a pause', async () => {
    const clock = movingClock()
    const pace = new Pace({ concurrency: 1, clock })
    await sendAll(pace, clock, 7_999, 0)
    pace.pause({ pauses: 0, halvings: 0 })
    const sent = await sendAll(pace, clock, 8_000, 0)
    expect(new Set(sent)).toEqual(new Set([61_000]))
  })

  test('why nothing moves is said once', async () => {
    const clock = movingClock()
    const seen: Progress[] = []
    const pace = new Pace({ concurrency: 8, clock, onProgress: (progress) => void seen.push(progress) })
    await sendAll(pace, clock, 20_000)
    expect(seen).toEqual([{ stage: 'limit', call: 'user/list', seconds: expect.any(Number) as number }])
  })
})

/** Sends so many requests of `each` milliseconds one after the other, or as the pace lets them; returns when they left. */
async function sendAll(pace: Pace, clock: MovingClock, count: number, each = 1): Promise<readonly number[]> {
  const moments: number[] = []
  const send = async () => {
    moments.push(clock.now())
    clock.pass(each)
    return Promise.resolve()
  }
  await Promise.all(Array.from({ length: count }, async () => pace.run('user/list', send)))
  return moments
}
