import { Failure } from '../model/problem.ts'
import { type Group, type Groups } from '../model/department.ts'
import { departmentNamed } from '../model/groups.ts'
import type { CasdoorClient, CasdoorSettings } from './client.ts'
import { groupsOf, type GroupRow } from './replies.ts'

/** Casdoor's word for a group that is a unit of the organization; the other is `Virtual`. */
export const groupType = 'Physical'

/** Marks the groups of our making with the corp: two corps that share a name would take each other's. */
export const corpKey = 'wecomCorpId'

type Naming = Pick<CasdoorSettings, 'organization' | 'syncer'>

/** Groups of an organization: how many there are, and those of this syncer. */
export type GroupReading = { readonly total: number; readonly groups: Groups }

/**
 * Every group of the organization, in one call: without paging Casdoor lists them all at one moment, and reads the
 * bindings of the whole server once.
 *
 * @param corpId whose groups are this syncer's, where that is known.
 * @throws Failure `casdoor-group-other-corp`, or one of `CasdoorClient`.
 */
export async function readGroups(
  client: CasdoorClient,
  naming: Naming,
  corpId: string | undefined,
): Promise<GroupReading> {
  const { organization } = naming
  const rows = groupsOf(await client.data('get-groups', { owner: organization }), organization)
  const own = new Map<string, number>()
  const shared = new Set<string>()
  for (const { name, parentId } of rows) {
    const department = departmentNamed(naming, name)
    if (department === undefined) shared.add(parentId)
    else own.set(name, department)
  }
  const departments = rows.flatMap((row) => {
    const id = own.get(row.name)
    return id === undefined ? [] : [groupFrom(row, { id, own, shared, naming, corpId })]
  })
  return {
    total: rows.length,
    groups: { organization, departments: departments.toSorted((a, b) => a.id - b.id) },
  }
}

type Surroundings = {
  readonly id: number
  /** Departments by name of their group. */
  readonly own: ReadonlyMap<string, number>
  /** Names under which groups hang that are not this syncer's. */
  readonly shared: ReadonlySet<string>
  readonly naming: Naming
  readonly corpId: string | undefined
}

function groupFrom(row: GroupRow, { id, own, shared, naming, corpId }: Surroundings): Group {
  const { organization, syncer } = naming
  const mark = row.properties?.[corpKey]
  if (mark !== undefined && corpId !== undefined && mark !== corpId) {
    throw new Failure({ code: 'casdoor-group-other-corp', group: row.name, corpId: mark, syncer })
  }
  // A server that keeps no properties of groups shows no such key, and there the name alone is the mark.
  const handMade = mark === undefined && row.properties !== undefined
  const isTop = row.isTopGroup && row.parentId === organization
  const parent = row.isTopGroup ? undefined : own.get(row.parentId)
  const isPlaced = (isTop || parent !== undefined) && row.type === groupType
  return {
    id,
    name: row.displayName,
    ...(parent !== undefined && { parent }),
    ...(!row.isEnabled && { disabled: true }),
    ...((!isPlaced || handMade) && { altered: true }),
    ...(handMade && { handMade }),
    members: row.users ?? [],
    isShared: shared.has(row.name),
  }
}
