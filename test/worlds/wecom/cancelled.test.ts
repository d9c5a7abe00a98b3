import { describe, expect, test, vi } from 'vitest'
import type { WecomFault } from '../../../sandbox/wecom/server.ts'
import { makeCompany } from '../../../sandbox/company.ts'
import { clockUntil } from '../../../src/http/clock.ts'
import { Failure } from '../../../src/model/problem.ts'
import { wecomSource } from '../../../src/wecom/source.ts'
import { problemOf, settingsFor, start } from './start.ts'

describe('spec 3.5: a run that is cancelled while it fetches', () => {
  test.each<[string, WecomFault['do']]>([
    ['does not wait for an answer', 'hang'],
    ['does not wait for the next try', { errcode: -1 }],
    ['does not wait for the end of a limit', { errcode: 45009 }],
  ])('%s, and sends nothing more', async (_, what) => {
    const company = makeCompany({ people: 30, departments: 20 })
    const sandbox = await start({ company, faults: [{ call: 'user/list', nth: 3, times: 4, do: what }] })
    const asked = new AbortController()
    const stop = { asked: asked.signal, overdue: new AbortController().signal }
    const settings = settingsFor(sandbox, { stop, clock: clockUntil(asked.signal), concurrency: 4 })
    const failed = problemOf(wecomSource(settings).fetch())
    await vi.waitFor(() => expect(sandbox.calls('user/list')).toBeGreaterThanOrEqual(6))
    // What they wait for now is either of these.
    for (let round = 0; round < 3; round++) await (await fetch(sandbox.url)).text()
    const sent = sandbox.calls('user/list')
    asked.abort(new Failure({ code: 'cancelled' }))
    expect(await failed).toEqual({ code: 'cancelled' })
    await (await fetch(sandbox.url)).text()
    expect(sandbox.calls('user/list')).toBe(sent)
  })
})
