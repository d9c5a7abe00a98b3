import type { Department } from './department.ts'

/** Where a department hangs. */
export type Place = { readonly depth: number; readonly parent?: number }

/** A department and all above it that are known, upwards; where parents lead in a circle, each once. */
export function upFrom<Some extends Department>(
  id: number,
  byId: ReadonlyMap<number, Some>,
): readonly Some[] {
  const found = new Set<Some>()
  for (let at = byId.get(id); at !== undefined && !found.has(at);) {
    found.add(at)
    at = at.parent === undefined ? undefined : byId.get(at.parent)
  }
  return [...found]
}

/**
 * The places of departments in a tree that has no circle and no orphan: a parent that is not among them is
 * dropped, and where parents lead back to where they came from, the lowest id of that circle becomes a top.
 */
export function placesIn(departments: readonly Department[]): ReadonlyMap<number, Place> {
  const ids = new Set(departments.map(({ id }) => id))
  const parents = new Map(
    departments.flatMap(({ id, parent }) =>
      parent !== undefined && ids.has(parent) ? [[id, parent] as const] : [],
    ),
  )
  const depths = new Map<number, number>()
  for (const id of ids) {
    const path = pathUp(id, parents, depths)
    // No department has the id 0, and so nothing is below it.
    for (const each of path) depths.set(each, 1 + (depths.get(parents.get(each) ?? 0) ?? -1))
  }
  return new Map([...depths].map(([id, depth]) => [id, placeOf(depth, parents.get(id))]))
}

function placeOf(depth: number, parent: number | undefined): Place {
  return parent === undefined ? { depth } : { depth, parent }
}

/** The way from the first ancestor whose depth is not known yet down to a department; circles are cut open. */
function pathUp(
  id: number,
  parents: Map<number, number>,
  known: ReadonlyMap<number, number>,
): readonly number[] {
  const path: number[] = []
  const seen = new Set<number>()
  for (let at: number | undefined = id; at !== undefined && !known.has(at); at = parents.get(at)) {
    if (seen.has(at)) {
      const circle = path.slice(path.indexOf(at))
      parents.delete(circle.reduce((lowest, each) => Math.min(lowest, each)))
      return pathUp(id, parents, known)
    }
    seen.add(at)
    path.push(at)
  }
  return path.toReversed()
}

/** Changes in waves, by the depth of each: what is in one wave may be made at once. */
export function wavesOf<Change extends { readonly id: number }>(
  changes: readonly Change[],
  places: ReadonlyMap<number, Place>,
): readonly (readonly Change[])[] {
  const waves: Change[][] = []
  for (const change of changes) {
    const depth = places.get(change.id)?.depth ?? 0
    while (waves.length <= depth) waves.push([])
    waves[depth]?.push(change)
  }
  return waves.filter((wave) => wave.length > 0)
}
