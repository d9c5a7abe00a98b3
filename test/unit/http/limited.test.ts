import { describe, expect, test } from 'vitest'
import { clockUntil } from '../../../src/http/clock.ts'
import { limited } from '../../../src/http/limited.ts'

const reason = new Error('cancelled')

/** Ends when its signal is aborted, with another error than the reason, as HTTP clients do. */
async function wait(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')))
  })
}

describe('an exchange that has to end in time', () => {
  test('gives its answer', async () => {
    const stop = new AbortController().signal
    expect(await limited(async () => Promise.resolve(1), { timeout: 1000 })).toBe(1)
    expect(await limited(async () => Promise.resolve(1), { timeout: 1000, stop })).toBe(1)
  })

  test('its own error stays when the time is up', async () => {
    const stop = new AbortController().signal
    await expect(limited(wait, { timeout: 1 })).rejects.toThrow('aborted')
    await expect(limited(wait, { timeout: 1, stop })).rejects.toThrow('aborted')
  })

  test('spec 3.5: throws the reason when it is stopped', async () => {
    const stop = new AbortController()
    const ended = limited(wait, { timeout: 60_000, stop: stop.signal })
    stop.abort(reason)
    await expect(ended).rejects.toBe(reason)
  })

  test('spec 3.5: is not begun once it is stopped', async () => {
    const ended = limited(() => expect.fail('sent'), { timeout: 60_000, stop: AbortSignal.abort(reason) })
    await expect(ended).rejects.toBe(reason)
  })
})

describe('spec 3.5: the clock of a run that may be stopped', () => {
  test('sleeps', async () => {
    await expect(clockUntil(new AbortController().signal).sleep(1)).resolves.toBeUndefined()
  })

  test('is woken with the reason, and does not fall asleep again', async () => {
    const stop = new AbortController()
    const clock = clockUntil(stop.signal)
    const slept = clock.sleep(60_000)
    stop.abort(reason)
    await expect(slept).rejects.toBe(reason)
    await expect(clock.sleep(60_000)).rejects.toBe(reason)
  })
})
