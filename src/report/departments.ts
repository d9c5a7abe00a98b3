import type { Department } from '../model.ts'
import { groupBy } from './group.ts'

/** What departments are called, and where they stand. */
export type Tree = {
  /** Names by id: a parent goes before where two departments share a name (`市场部 / 平台组`). */
  readonly name: (id: number) => string
  /** From the top to the department itself, as far as it is visible. */
  readonly path: (id: number) => readonly number[]
}

/** @param nameless calls a department that has no name. */
export function treeOf(departments: readonly Department[], nameless: (id: number) => string): Tree {
  const byId = new Map(departments.map((department) => [department.id, department]))
  const path = (id: number): readonly number[] => {
    const ids = new Set<number>()
    for (let at = byId.get(id); at !== undefined && !ids.has(at.id);) {
      ids.add(at.id)
      at = at.parent === undefined ? undefined : byId.get(at.parent)
    }
    return [...ids].toReversed()
  }
  const nameOf = (id: number): string => {
    const name = byId.get(id)?.name.trim() ?? ''
    return name === '' ? nameless(id) : name
  }
  const names = new Map<number, string>()
  for (const [name, ids] of groupBy([...byId.keys()], nameOf)) {
    if (ids.length === 1) for (const id of ids) names.set(id, name)
    else for (const [id, long] of distinguish(ids, path, nameOf)) names.set(id, long)
  }
  return { name: (id) => names.get(id) ?? nameless(id), path }
}

/** Sets as many parents before each name as it takes to tell departments of one name apart; at last the id. */
function distinguish(
  ids: readonly number[],
  path: Tree['path'],
  nameOf: (id: number) => string,
): ReadonlyMap<number, string> {
  const paths = new Map(ids.map((id) => [id, path(id).map(nameOf)]))
  const ending = (id: number, depth: number): string => (paths.get(id) ?? []).slice(-depth).join(' / ')
  const found = new Map<number, string>()
  let open = ids
  for (let depth = 2; depth <= deepest && open.length > 0; depth += 1) {
    const labels = groupBy(open, (id) => ending(id, depth))
    const taken = new Set(found.values())
    for (const [label, [id, twin]] of labels) {
      if (id !== undefined && twin === undefined && !taken.has(label)) found.set(id, label)
    }
    open = open.filter((id) => !found.has(id))
  }
  for (const id of open) found.set(id, `${ending(id, deepest)} (${id})`)
  return found
}

/** WeCom allows 15 levels of departments. */
const deepest = 16
