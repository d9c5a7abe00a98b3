import { setMaxListeners } from 'node:events'
import { Failure } from '../model/problem.ts'
import type { Stop } from '../model/ports.ts'

/** What the runner sends when a job is cancelled: the second 7.5 s after the first, and 2.5 s later it kills. */
const signals = ['SIGINT', 'SIGTERM'] as const

/** Milliseconds for what is in flight; of the 7 seconds of specification 3.5 the rest is for the report. */
const patience = 4_000

/**
 * Stops the run when the runner cancels it; a further signal changes nothing.
 *
 * @returns `release`, which lets signals end the process again.
 */
export function stopOnSignals(): { readonly stop: Stop; readonly release: () => void } {
  const asked = new AbortController()
  const overdue = new AbortController()
  // Whatever is in flight listens to them.
  setMaxListeners(0, asked.signal, overdue.signal)
  const cancel = (): void => {
    const reason = new Failure({ code: 'cancelled' })
    asked.abort(reason)
    setTimeout(() => {
      overdue.abort(reason)
    }, patience).unref()
  }
  for (const signal of signals) process.on(signal, cancel)
  return {
    stop: { asked: asked.signal, overdue: overdue.signal },
    release: () => {
      for (const signal of signals) process.off(signal, cancel)
    },
  }
}
