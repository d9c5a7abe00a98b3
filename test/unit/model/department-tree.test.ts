import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Department, DepartmentChange } from '../../../src/model/department.ts'
import { placesIn, wavesOf } from '../../../src/model/department-tree.ts'

/** Any parents at all: circles, selves, parents that are not there. */
const tangles = fc
  .uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 25 })
  .chain((ids) =>
    fc.tuple(
      ...ids.map((id) =>
        fc
          .option(fc.integer({ min: 0, max: 32 }), { nil: undefined })
          .map((parent): Department => ({ id, name: '', ...(parent !== undefined && { parent }) })),
      ),
    ),
  )

/** A forest as it stands in a target. */
const forests = tangles.map((departments) => treeOf(departments))

function treeOf(departments: readonly Department[]): readonly Department[] {
  const places = placesIn(departments)
  return departments.map(({ id }) => {
    const parent = places.get(id)?.parent
    return { id, name: '', ...(parent !== undefined && { parent }) }
  })
}

/** Fails unless every parent is there and no way up leads back. */
function expectWhole(parents: ReadonlyMap<number, number | undefined>): void {
  for (const id of parents.keys()) {
    const seen = new Set<number>()
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      expect(parents.has(at)).toBe(true)
      expect(seen.has(at)).toBe(false)
      seen.add(at)
    }
  }
}

function parentsOf(departments: readonly Department[]): Map<number, number | undefined> {
  return new Map(departments.map(({ id, parent }) => [id, parent]))
}

describe('the places of departments', () => {
  test('are a forest whatever their parents are, each below its parent', () => {
    fc.assert(
      fc.property(tangles, (departments) => {
        const places = placesIn(departments)
        expect(new Set(places.keys())).toEqual(new Set(departments.map(({ id }) => id)))
        expectWhole(new Map([...places].map(([id, { parent }]) => [id, parent])))
        for (const { depth, parent } of places.values()) {
          expect(depth).toBe(parent === undefined ? 0 : (places.get(parent)?.depth ?? -9) + 1)
        }
      }),
    )
  })

  test('keep every parent that leads to a top, and do not depend on the order', () => {
    fc.assert(
      fc.property(tangles, fc.integer(), (departments, seed) => {
        const forest = treeOf(departments)
        expect(treeOf(forest)).toEqual(forest)
        const shuffled = departments.toSorted((a, b) => ((a.id * seed) % 7) - ((b.id * seed) % 7))
        expect(placesIn(shuffled)).toEqual(placesIn(departments))
      }),
    )
  })

  test('of a circle the lowest id is the top', () => {
    const circle = [
      { id: 7, name: '', parent: 5 },
      { id: 5, name: '', parent: 6 },
      { id: 6, name: '', parent: 7 },
      { id: 8, name: '', parent: 6 },
    ]
    expect(placesIn(circle)).toEqual(
      new Map([
        [5, { depth: 0 }],
        [7, { depth: 1, parent: 5 }],
        [6, { depth: 2, parent: 7 }],
        [8, { depth: 3, parent: 6 }],
      ]),
    )
  })

  test('of 10,000 in a row are found at once', () => {
    const row = Array.from({ length: 10_000 }, (_, index) => ({ id: index + 1, name: '', parent: index }))
    expect(placesIn(row.toReversed()).get(10_000)).toEqual({ depth: 9999, parent: 9999 })
    expect(placesIn([...row, { id: 1, name: '', parent: 10_000 }]).size).toBe(10_000)
  })
})

describe('the order of writes', () => {
  test('from any forest to any other: every prefix keeps parents existing, and no circle arises', () => {
    fc.assert(
      fc.property(forests, tangles, fc.infiniteStream(fc.nat()), (before, wanted, choices) => {
        const after = treeOf(wanted)
        const old = parentsOf(before)
        const now = parentsOf(after)
        const changes = after.flatMap(({ id, parent }): readonly Pick<DepartmentChange, 'id' | 'after'>[] =>
          old.has(id) && old.get(id) === parent
            ? []
            : [{ id, after: { id, name: '', ...(parent !== undefined && { parent }) } }],
        )
        const parents = new Map(old)
        for (const wave of wavesOf(changes, placesIn(wanted))) {
          // Within a wave anything may come first.
          const open = [...wave]
          while (open.length > 0) {
            const [next] = open.splice((choices.next().value ?? 0) % open.length, 1)
            if (next === undefined) break
            parents.set(next.id, next.after?.parent)
            expectWhole(parents)
          }
        }
        for (const [id, parent] of now) expect(parents.get(id)).toBe(parent)

        // What is not wanted goes, children first, without leaving an orphan.
        const gone = before.filter(({ id }) => !now.has(id))
        const removals = gone.map((department) => ({ id: department.id, before: department }))
        for (const wave of wavesOf(removals, placesIn(gone)).toReversed()) {
          for (const { id } of wave) {
            expect([...parents.values()]).not.toContain(id)
            parents.delete(id)
          }
          expectWhole(parents)
        }
        expect(parents).toEqual(now)
      }),
      { numRuns: 300 },
    )
  })

  test('a change of what has no place comes first', () => {
    expect(wavesOf([{ id: 1 }], new Map())).toEqual([[{ id: 1 }]])
  })
})
