import { Failure, type Problem } from '../model/problem.ts'
import { byCodePoint } from '../model/lists.ts'
import type { CurrentUser } from '../model/people.ts'
import { type Group, type Groups } from '../model/department.ts'
import { departmentNamed, departmentOf } from '../model/groups.ts'
import type { CasdoorClient, CasdoorSettings } from './client.ts'
import { groupsOf, type GroupRow } from './replies.ts'

/** Casdoor's word for a group that is a unit of the organization; the other is `Virtual`. */
export const groupType = 'Physical'

/** Marks the groups of our making with the corp: two corps that share a name would take each other's. */
export const corpKey = 'wecomCorpId'

type Naming = Pick<CasdoorSettings, 'organization' | 'syncer'>

/** Groups of an organization: how many there are, and those of this syncer. */
export type GroupReading = {
  readonly total: number
  readonly groups: Groups
  readonly findings: readonly Problem[]
}

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
    findings: leftOver(rows, own, corpId),
  }
}

/** Groups of this corp that another `syncer-name` made: nothing puts people in or out of them any more (S11). */
function leftOver(
  rows: readonly GroupRow[],
  own: ReadonlyMap<string, number>,
  corpId: string | undefined,
): readonly Problem[] {
  const isOurs = ({ name, isEnabled, properties }: GroupRow): boolean =>
    isEnabled && corpId !== undefined && !own.has(name) && properties?.[corpKey] === corpId
  const groups = rows.filter(isOurs).map(({ name }) => name)
  return groups.length === 0
    ? []
    : [
        {
          code: 'casdoor-groups-left-over',
          why: 'syncer-name',
          groups: groups.toSorted(byCodePoint),
          people: 0,
        },
      ]
}

/**
 * Groups that people are still in since an earlier run with `groups: departments` put them there (S11).
 *
 * @param accounts of the organization.
 */
export function abandonedGroups(accounts: readonly CurrentUser[], naming: Naming): readonly Problem[] {
  const members = accounts.flatMap(({ deleted, groups }) => {
    const own = deleted ? [] : groups.filter((group) => departmentOf(naming, group) !== undefined)
    return own.length === 0 ? [] : [own]
  })
  if (members.length === 0) return []
  const names = new Set(members.flat().map((group) => group.slice(group.indexOf('/') + 1)))
  const groups = [...names].toSorted(byCodePoint)
  return [{ code: 'casdoor-groups-left-over', why: 'none', groups, people: members.length }]
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
