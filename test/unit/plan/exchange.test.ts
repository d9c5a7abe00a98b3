import { describe, expect, test } from 'vitest'
import { aForbid, anAdd, aPlan, aPolicy, guarded } from '../../make.ts'

const people = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`)

/** So many of so many are gone, and so many others join. */
function exchanged(gone: number, owned: number, joining: number) {
  const changes = [
    ...people(gone, 'old').map((userid) => aForbid({ userid, departments: [1] })),
    ...people(joining, 'new').map((userid) => anAdd({ userid })),
  ]
  return aPlan({ changes, owned, exchange: { owned, gone, joining } })
}

const generous = aPolicy({ removalLimit: [{ kind: 'percent', value: 100 }] })

describe('S7, spec 8: an exchange', () => {
  test('is held whole, whatever the limit, and `approve` takes all of it', () => {
    const plan = exchanged(12, 12, 12)
    const decision = guarded(plan, generous)
    expect(decision).toMatchObject({ allowed: [], isApprovable: true })
    expect([decision.held.length, decision.heldAdditions.length]).toEqual([12, 12])
    expect(decision.reasons[0]).toEqual({ code: 'exchange', gone: 12, owned: 12, joining: 12 })
    const { digest = '' } = decision
    const approved = guarded(plan, { ...generous, approve: digest })
    expect(approved).toMatchObject({ held: [], heldAdditions: [], allowed: plan.changes })
    expect(approved.consent).toMatchObject({ by: 'approve', additions: 12 })
    // One more who joins is another exchange.
    expect(guarded(exchanged(12, 12, 13), { ...generous, approve: digest }).heldAdditions).toHaveLength(13)
  })

  test.each([
    [10, 20, 5, true],
    [5, 10, 3, true],
    [9, 20, 20, false],
    [10, 20, 4, false],
    [9, 9, 9, false],
  ])('%i of %i gone, %i joining: %s', (gone, owned, joining, isOne) => {
    const { reasons, heldAdditions } = guarded(exchanged(gone, owned, joining), generous)
    expect(reasons.some(({ code }) => code === 'exchange')).toBe(isOne)
    expect(heldAdditions).toHaveLength(isOne ? joining : 0)
  })
})
