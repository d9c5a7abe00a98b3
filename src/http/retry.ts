import { Failure, type Problem } from '../model/problem.ts'
import type { Clock } from './clock.ts'
import { canHeal } from './failed-exchange.ts'

/** How long to wait before the next try, in milliseconds; `undefined`: this problem is not worth one. */
export type Wait = (problem: Problem, tries: number) => number | undefined

/**
 * Tries until it works or `wait` gives up.
 *
 * @param wait is asked after each failed try; `tries` counts from 1.
 * @throws the last try's error.
 */
export async function retry<Answer>(
  attempt: () => Promise<Answer>,
  wait: Wait,
  clock: Clock,
): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (thrown) {
      const problem = thrown instanceof Failure ? thrown.problems[0] : undefined
      const pause = problem === undefined ? undefined : wait(problem, tries)
      if (pause === undefined) throw thrown
      await clock.sleep(pause)
    }
  }
}

const mostTries = 5
const longestPause = 30_000

/**
 * The pause after a passing fault of the connection or the server (network, time-out, 429, 5xx): full jitter
 * over 1, 2, 4, 8 s, or what `Retry-After` asks for, up to a minute. Gives up after 5 tries.
 */
export function backOff(problem: Problem, tries: number, clock: Pick<Clock, 'random'>): number | undefined {
  if (tries >= mostTries || !canHeal(problem)) return undefined
  if (problem.code === 'http-status' && problem.retryAfter !== undefined) {
    return Math.min(problem.retryAfter * 1000, 60_000)
  }
  return jitter(Math.min(1000 * 2 ** (tries - 1), longestPause), clock)
}

/** Between half and all of so many milliseconds, so that workers do not come back at the same moment. */
export function jitter(milliseconds: number, { random }: Pick<Clock, 'random'>): number {
  return milliseconds * (0.5 + random() / 2)
}
