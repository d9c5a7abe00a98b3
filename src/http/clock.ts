import { setTimeout as sleep } from 'node:timers/promises'

/** Time and chance, passed in so that tests decide them. */
export type Clock = {
  /** Milliseconds since the epoch. */
  now(): number
  /** Waits so many milliseconds. */
  sleep(milliseconds: number): Promise<void>
  /** A number from 0 up to, but not including, 1. */
  random(): number
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds) => {
    await sleep(milliseconds)
  },
  random: () => Math.random(),
}

/** The clock of a run that may be stopped: its sleeps are cut short, and throw the reason. */
export function clockUntil(stop: AbortSignal): Clock {
  return {
    ...systemClock,
    sleep: async (milliseconds) => {
      stop.throwIfAborted()
      try {
        await sleep(milliseconds, undefined, { signal: stop })
      } catch (thrown) {
        stop.throwIfAborted()
        throw thrown
      }
    },
  }
}
