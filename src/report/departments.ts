import type { Department } from '../model/department.ts'
import { upFrom } from '../model/department-tree.ts'
import { groupBy } from '../model/lists.ts'

/** What departments are called, and where they stand. */
export type Tree = {
  /** Names by id: a parent goes before where two departments share a name (`市场部 / 平台组`). */
  readonly name: (id: number) => string
  /** What a department is called where its place is seen. */
  readonly ownName: (id: number) => string
  /** From the top to the department itself, as far as it is visible. */
  readonly path: (id: number) => readonly number[]
}

/** The name of a department itself. @param nameless calls one that has none. */
export function calledAs({ id, name }: Department, nameless: (id: number) => string): string {
  return name.trim() === '' ? nameless(id) : name.trim()
}

/** @param nameless calls a department that has no name. */
export function treeOf(departments: readonly Department[], nameless: (id: number) => string): Tree {
  const byId = new Map(departments.map((department) => [department.id, department]))
  const branch = (id: number): readonly Department[] => upFrom(id, byId).toReversed()
  const nameOf = (department: Department): string => calledAs(department, nameless)
  const names = new Map<number, string>()
  for (const [name, twins] of groupBy([...byId.values()], nameOf)) {
    const ids = twins.map(({ id }) => id)
    const ending = (id: number, depth: number): string => branch(id).map(nameOf).slice(-depth).join(' / ')
    if (ids.length === 1) for (const id of ids) names.set(id, name)
    else for (const [id, long] of distinguish(ids, ending)) names.set(id, long)
  }
  return {
    name: (id) => names.get(id) ?? nameless(id),
    ownName: (id) => nameOf(byId.get(id) ?? { id, name: '' }),
    path: (id) => branch(id).map((each) => each.id),
  }
}

/**
 * Sets as many parents before each name as it takes to tell departments of one name apart; at last the id.
 *
 * @param ending the last names on the way to a department, so many of them.
 */
function distinguish(
  ids: readonly number[],
  ending: (id: number, depth: number) => string,
): ReadonlyMap<number, string> {
  const found = new Map<number, string>()
  let open = ids
  for (let depth = 2; depth <= deepest && open.length > 0; depth += 1) {
    const labels = groupBy(open, (id) => ending(id, depth))
    const taken = new Set(found.values())
    for (const [label, [id, twin]] of labels) {
      if (twin === undefined && !taken.has(label)) found.set(id, label)
    }
    open = open.filter((id) => !found.has(id))
  }
  for (const id of open) found.set(id, `${ending(id, deepest)} (${id})`)
  return found
}

/** So many names in a row still read well; after that the id tells departments apart. */
const deepest = 3
