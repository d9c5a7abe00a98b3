import { describe, expect, test } from 'vitest'
import { lossLimit } from '../../../src/plan/loss-limit.ts'
import type { Limit } from '../../../src/model/policy.ts'
import { aLimit, aPolicy } from '../../make.ts'

const defaults = aPolicy().removalLimit
const limitOf = (limits: readonly Limit[], total: number): number =>
  lossLimit(limits, { total, asked: 0 }).limit

describe('spec 8: how many removals are allowed', () => {
  test.each([
    [1000, 50],
    [10_000, 200],
    [4000, 200],
    [3999, 199],
    [60, 3],
    [20, 3],
    [9, 3],
    [8, 2],
    [3, 1],
    [2, 0],
    [0, 0],
  ])('of %i owned users the default allows %i', (owned, limit) => {
    expect(limitOf(defaults, owned)).toBe(limit)
  })

  test('the lowest wins, and a small company may always lose three, up to a third', () => {
    expect(limitOf([{ kind: 'count', value: 0 }], 1000)).toBe(3)
    expect(limitOf([{ kind: 'percent', value: 0 }], 5)).toBe(1)
    expect(limitOf([{ kind: 'percent', value: 100 }], 1000)).toBe(1000)
    const [half, ten] = [{ kind: 'percent', value: 50 } as const, { kind: 'count', value: 10 } as const]
    expect(limitOf([half, ten], 1000)).toBe(10)
    expect(limitOf([ten, half], 8)).toBe(4)
  })

  test('how it came about goes with it', () => {
    expect(lossLimit(defaults, { total: 100, asked: 5 })).toEqual(aLimit({ asked: 5 }))
    expect(lossLimit(defaults, { total: 100, asked: 6 })).toEqual(aLimit({ asked: 6, isExceeded: true }))
  })

  test('it is raised where the lowest bound alone would allow less', () => {
    const [none, many] = [{ kind: 'count', value: 0 } as const, { kind: 'count', value: 500 } as const]
    expect(lossLimit([none, many], { total: 100, asked: 0 })).toMatchObject({ limit: 3, isRaised: true })
    expect(lossLimit([{ kind: 'count', value: 3 }], { total: 100, asked: 0 }).isRaised).toBe(false)
  })
})
