import { describe, expect, test } from 'vitest'
import type { CasdoorSandbox } from '../../sandbox/casdoor/server.ts'
import { makeCompany } from '../../sandbox/company.ts'
import { dayOfChanges } from '../../sandbox/day.ts'
import { set } from './act.ts'

/** Every account without what differs from run to run. */
function state(casdoor: CasdoorSandbox) {
  return casdoor
    .users('acme')
    .map(({ createdTime: _, updatedTime: __, ranking: ___, ...rest }) => JSON.parse(JSON.stringify(rest)) as object)
    .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
}

/** Is aborted as soon as the server has seen so many writes. */
function afterWrites(casdoor: CasdoorSandbox, count: number): AbortSignal {
  const controller = new AbortController()
  const start = casdoor.writes().length
  const watch = setInterval(() => {
    if (casdoor.writes().length - start < count) return
    clearInterval(watch)
    controller.abort()
  }, 1)
  return controller.signal
}

const people = 9

describe('FS-35: a run that is killed at any write, and run again', () => {
  test('ends in the same state as an undisturbed one', async () => {
    const company = makeCompany({ people, departments: 4 })
    const undisturbed = await set({ company })
    await undisturbed.act()
    const imported = state(undisturbed.casdoor)
    expect(imported).toHaveLength(people)
    for (let count = 1; count <= people; count++) {
      const { casdoor, act } = await set({ company })
      await act({ concurrency: '1' }, { signal: afterWrites(casdoor, count) })
      const { code, outputs } = await act()
      expect({ code, failed: outputs['failed'] }).toEqual({ code: 0, failed: '0' })
      expect(state(casdoor)).toEqual(imported)
    }
  })

  test('on a day of changes too', async () => {
    const start = makeCompany({ people: 30, departments: 6 })
    const after = structuredClone(start)
    const events = dayOfChanges(after).length
    const undisturbed = await set({ company: structuredClone(start) })
    await undisturbed.act()
    undisturbed.wecom.company = after
    await undisturbed.act()
    const expected = state(undisturbed.casdoor)
    for (let count = 1; count <= events; count++) {
      const { wecom, casdoor, act } = await set({ company: structuredClone(start) })
      await act()
      wecom.company = after
      await act({ concurrency: '1' }, { signal: afterWrites(casdoor, count) })
      expect((await act()).outputs).toMatchObject({ failed: '0', held: '0' })
      expect(state(casdoor)).toEqual(expected)
    }
  })
})

describe('FS-36: two runs at once', () => {
  test('end in the same state as one', async () => {
    const company = makeCompany({ people: 40, departments: 8 })
    const alone = await set({ company })
    await alone.act()
    const { casdoor, act } = await set({ company })
    const ends = await Promise.all([act(), act()])
    expect(ends.map(({ code, outputs }) => [code, outputs['failed']])).toEqual([
      [0, '0'],
      [0, '0'],
    ])
    expect(state(casdoor)).toEqual(state(alone.casdoor))
    expect((await act()).outputs['outcome']).toBe('unchanged')
  })
})
