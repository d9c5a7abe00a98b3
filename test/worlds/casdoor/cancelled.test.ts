import { describe, expect, test, vi } from 'vitest'
import type { CasdoorFault } from '../../../sandbox/casdoor/server.ts'
import { Failure } from '../../../src/model/problem.ts'
import type { Stop } from '../../../src/model/ports.ts'
import { aDelete, aDirectory, anUpdate, aRow } from '../../make.ts'
import { account, anOwned, organization, problemsOf, read, run, start, testClock, write } from './start.ts'

const title = (userid: string) =>
  anUpdate({ userid, name: userid, fields: [{ field: 'title', before: '', after: '总监' }] })
const userids = ['a', 'b', 'c', 'd', 'e', 'f']

/** A run that a test cancels. */
function cancellable() {
  const reason = new Failure({ code: 'cancelled' })
  const asked = new AbortController()
  const overdue = new AbortController()
  const stop: Stop = { asked: asked.signal, overdue: overdue.signal }
  return { stop, ask: () => asked.abort(reason), giveUp: () => overdue.abort(reason) }
}

async function seeded(faults: CasdoorFault[] = []) {
  const casdoor = await start({ faults })
  casdoor.seed(
    organization,
    userids.map((userid) => anOwned(userid)),
  )
  return casdoor
}

/** Cancels the run as a call comes in, before it is answered. */
function cancelling(call: CasdoorFault['call'], nth: number, ask: () => void): CasdoorFault {
  return {
    call,
    nth,
    do: {
      edit: (reply) => {
        ask()
        return reply
      },
    },
  }
}

describe('spec 3.5: a run that is cancelled while it writes', () => {
  test('sends nothing new, and awaits what is in flight', async () => {
    const { stop, ask } = cancellable()
    const casdoor = await seeded([cancelling('write', 3, ask)])
    const applied = await write(casdoor, userids.map(title), { stop, concurrency: 2 })
    expect(applied).toMatchObject({ failed: [], changed: true, stopped: { code: 'cancelled' } })
    expect(applied.done.map(({ userid }) => userid)).toEqual(
      ['a', 'b', 'c', 'd'].slice(0, applied.done.length),
    )
    expect(casdoor.writes()).toHaveLength(applied.done.length)
    expect(applied.done.length).toBeLessThanOrEqual(4)
  })

  test('before its first order sends none', async () => {
    const { stop, ask } = cancellable()
    const casdoor = await seeded([cancelling('get-groups', 1, ask), cancelling('get-users', 1, ask)])
    const failed = problemsOf(write(casdoor, userids.map(title), { stop }))
    expect(await failed).toEqual([{ code: 'cancelled' }])
    expect(casdoor.writes()).toEqual([])
  })

  test('with its last order is not cut short', async () => {
    const { stop, ask } = cancellable()
    const casdoor = await seeded([cancelling('write', 1, ask)])
    const applied = await write(casdoor, [title('a')], { stop })
    expect(applied).toMatchObject({ done: [{ userid: 'a' }], changed: true })
    expect(applied.stopped).toBeUndefined()
  })

  test('a refusal in flight is still looked at', async () => {
    const { stop, ask } = cancellable()
    const casdoor = await seeded([{ call: 'write', do: 'error-after' }])
    const looking = cancelling('get-user', 1, ask)
    casdoor.faults.push(looking)
    const applied = await write(casdoor, [title('a'), title('b')], { stop, concurrency: 1 })
    expect(applied).toMatchObject({ done: [{ userid: 'a' }], failed: [], stopped: { code: 'cancelled' } })
  })

  test('what was not done is not sent again, and is neither done nor failed', async () => {
    const { stop, ask } = cancellable()
    const casdoor = await seeded([{ call: 'write', do: 'reset' }, cancelling('get-user', 1, ask)])
    // As the clock of a run does.
    const sleep = async () => Promise.resolve(stop.asked.throwIfAborted())
    const settings = { stop, concurrency: 1, clock: { ...testClock(), sleep } }
    const applied = await write(casdoor, [title('a'), title('b')], settings)
    expect(applied).toMatchObject({ done: [], failed: [], changed: false, stopped: { code: 'cancelled' } })
    expect(casdoor.writes()).toHaveLength(1)
  })

  test('of a change of two orders the second is not sent', async () => {
    const { stop, ask } = cancellable()
    const casdoor = await seeded([cancelling('update-user', 1, ask)])
    const applied = await write(casdoor, [aDelete({ userid: 'a', name: 'a', fields: title('a').fields })], {
      stop,
    })
    expect(applied).toMatchObject({ done: [], failed: [], stopped: { code: 'cancelled' } })
    expect(casdoor.writes().map(({ path }) => path)).toEqual(['/api/update-user'])
    expect(account(casdoor, 'a').title).toBe('总监')
  })

  test('what is overdue is given up: nobody knows whether it was done', async () => {
    const { stop, ask, giveUp } = cancellable()
    const casdoor = await seeded([{ call: 'write', nth: 2, do: 'hang' }])
    const applied = write(casdoor, userids.map(title), { stop, concurrency: 1 })
    await vi.waitFor(() => expect(casdoor.writes()).toHaveLength(2))
    ask()
    giveUp()
    expect(await applied).toMatchObject({
      done: [{ userid: 'a' }],
      failed: [{ change: { userid: 'b' }, problem: { code: 'casdoor-write-unknown', call: 'update-user' } }],
      changed: true,
      stopped: { code: 'cancelled' },
    })
    expect(casdoor.writes()).toHaveLength(2)
  })

  test('groups that wait are neither done nor failed, and their people are not written', async () => {
    const { stop, ask } = cancellable()
    const casdoor = await start({ faults: [cancelling('add-group', 1, ask)] })
    const directory = aDirectory([aRow()], {
      departments: [
        { id: 2, name: '研发' },
        { id: 3, name: '平台', parent: 2 },
      ],
    })
    const { applied } = await run(casdoor, directory, {
      stop,
      groups: true,
      policy: { groups: 'departments' },
    })
    expect(applied).toMatchObject({
      done: [],
      failed: [],
      groups: { done: [{ id: 2 }], failed: [] },
      changed: true,
      stopped: { code: 'cancelled' },
    })
    expect(casdoor.writes()).toHaveLength(1)
  })
})

test('spec 3.5: a run that is cancelled while it reads does not wait for an answer', async () => {
  const { stop, ask } = cancellable()
  const casdoor = await seeded([{ call: 'get-users', do: 'hang' }])
  const failed = problemsOf(read(casdoor, { stop }))
  await vi.waitFor(() => expect(casdoor.requests.some(({ path }) => path.endsWith('/get-users'))).toBe(true))
  ask()
  expect(await failed).toEqual([{ code: 'cancelled' }])
})
