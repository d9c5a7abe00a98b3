import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { Pace, type Moment } from '../../../src/wecom/pace.ts'
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
    send: (count: number) => Array.from({ length: count }, async () => pace.run(fly)),
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
    const { flying, send, answer } = sender(new Pace(3, testClock()))
    void send(5)
    await turn()
    expect(flying).toHaveLength(3)
    await answer(2)
    expect(flying).toHaveLength(3)
    await answer(1)
    expect(flying).toHaveLength(2)
  })

  test('halving holds for the requests that come next', async () => {
    const pace = new Pace(8, testClock())
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
    const pace = new Pace(8, testClock())
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
    const pace = new Pace(1, testClock())
    const { flying, send, answer } = sender(pace)
    void send(2)
    await turn()
    pace.halve(flying[0]?.moment ?? never)
    await answer(1)
    expect(flying).toHaveLength(1)
  })

  test('FS-40: nothing is sent during a pause, at least a minute long', async () => {
    const clock = heldClock()
    const pace = new Pace(4, clock)
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
    const pace = new Pace(4, clock)
    const old = { pauses: 0, halvings: 0 }
    expect([pace.pause(old), pace.pause(old), pace.pause(old)]).toEqual([true, true, true])
    expect(clock.lengths).toHaveLength(1)
    expect(pace.pause({ pauses: 1, halvings: 0 })).toBe(true)
    expect(clock.lengths).toHaveLength(2)
    expect(pace.pause({ pauses: 2, halvings: 0 })).toBe(false)
  })
})
