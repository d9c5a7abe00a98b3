import { setImmediate as turn } from 'node:timers/promises'
import { testClock, type TestClock } from './start.ts'

/** A clock that goes on when somebody sleeps, or when it is told to. */
export type MovingClock = TestClock & { pass(milliseconds: number): void }

export function movingClock(): MovingClock {
  const clock = testClock()
  let now = 0
  return {
    ...clock,
    now: () => now,
    pass: (milliseconds) => void (now += milliseconds),
    sleep: async (milliseconds) => {
      const end = now + milliseconds
      clock.sleeps.push(milliseconds)
      await turn()
      now = Math.max(now, end)
    },
  }
}

/** The most that left within any 60 seconds. */
export function most(moments: readonly number[]): number {
  let first = 0
  return moments.reduce((largest, moment, index) => {
    while (moment - (moments[first] ?? 0) >= 60_000) first++
    return Math.max(largest, index - first + 1)
  }, 0)
}
