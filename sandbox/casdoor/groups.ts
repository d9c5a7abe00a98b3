import { isDeepStrictEqual } from 'node:util'
import type { Answer } from '../server.ts'
import { laidOver, readBody } from './body.ts'
import { duplicateGroup, groupLimits, refusedText } from './database.ts'
import { arrange, cut, isPaged, newestFirst } from './listing.ts'
import { affected, envelope, failure, ok, panicked, silence, unaffected } from './reply.ts'
import { columnOf, shapeOf, zeroOf, type CasdoorGroup } from './row.ts'
import { isId, wrongId, type Call, type State } from './state.ts'

const groupShape = shapeOf(
  'owner name createdTime updatedTime displayName manager contactEmail type parentId isTopGroup? isEnabled? gidNumber# properties:',
)
const groupColumns: ReadonlyMap<string, string> = new Map(
  [...groupShape.keys()].map((key) => [columnOf(key), key]),
)

/** `GET /api/get-groups` (casdoor-api.md 8). */
export function getGroups(state: State, { query }: Call): Answer {
  const owner = query.get('owner') ?? ''
  const rows = state.store.groups().filter((group) => owner === '' || group.owner === owner)
  if (!isPaged(query)) {
    return envelope(ok(newestFirst(rows).map((group) => shown(state, group))))
  }
  const table = { rows, columns: groupColumns, alias: '', database: state.database }
  const listing = arrange(table, query)
  if (typeof listing === 'string') return envelope(failure(listing))
  const page = cut(listing, query)
  if (page === undefined) return panicked
  // With paging Casdoor says of every group that it has children, and of none without.
  const paged = page.map((group) => {
    const parent = state.store.group(group.parentId)
    return { ...shown(state, group), haveChildren: true, parentName: parent?.displayName ?? '' }
  })
  return envelope(ok(paged, listing.rows.length))
}

/** `GET /api/get-group`. */
export function getGroup(state: State, { query }: Call): Answer {
  const id = query.get('id') ?? ''
  if (!isId(id)) return envelope(failure(wrongId(id)))
  const group = found(state, id)
  return envelope(ok(group === undefined ? null : shown(state, group)))
}

function found({ store }: State, id: string): CasdoorGroup | undefined {
  const [owner, name = ''] = id.split('/')
  const group = store.group(name)
  return group?.owner === owner ? group : undefined
}

function shown({ store }: State, group: CasdoorGroup): object {
  const users = store.members(`${group.owner}/${group.name}`)
  return { ...group, parentName: '', users: users.length === 0 ? null : users, haveChildren: false }
}

/** `POST /api/add-group`: neither the organization nor the parent need exist. */
export function addGroup(state: State, { body }: Call): Answer {
  const group = readGroup(state, body)
  if (typeof group === 'string') return envelope(failure(group))
  const taken = refusedDuplicate(state, group)
  if (taken !== undefined) return envelope(failure(taken))
  state.store.putGroup(group)
  return envelope(affected)
}

function refusedDuplicate(
  { store, database }: State,
  group: CasdoorGroup,
  old?: CasdoorGroup,
): string | undefined {
  const other = store.group(group.name)
  return other && other !== old ? duplicateGroup(group, other.owner === group.owner, database) : undefined
}

function readGroup(state: State, text: string): CasdoorGroup | string {
  const body = readBody(text, groupShape, 'Group')
  if (body.error !== undefined) return body.error
  const group = laidOver(zeroOf(groupShape), body.values, groupShape) as CasdoorGroup
  return refusedName(state, group.name) ?? refusedText(group, groupLimits, state.database) ?? group
}

function refusedName({ organizations }: State, name: string): string | undefined {
  if (name === '') return "group name can't be empty"
  if (name.includes('/')) return 'group name can\'t contain "/"'
  return organizations.has(name) ? "group name can't be same as the organization name" : undefined
}

/** `POST /api/update-group`: every column is written from the body, whatever `columns` says. */
export function updateGroup(state: State, { query, body }: Call): Answer {
  const id = query.get('id') ?? ''
  if (!isId(id)) return envelope(failure(wrongId(id)))
  const old = found(state, id)
  if (old === undefined) return envelope(unaffected)
  const group = readGroup(state, body)
  if (typeof group === 'string') return envelope(failure(group))
  if (group.name !== old.name) return renameGroup(state, old, group)
  if (state.database === 'mysql' && isDeepStrictEqual(group, old)) return envelope(unaffected)
  state.store.putGroup(group)
  return envelope(affected)
}

/**
 * A rename takes the subgroups along, not the people (`object/group.go:443-467`). On SQLite it hangs the server
 * when anybody's `groups` mention the old name.
 */
function renameGroup(state: State, old: CasdoorGroup, group: CasdoorGroup): Answer {
  const { store } = state
  const isMentioned = store.users('').some((user) => JSON.stringify(user.groups).includes(old.name))
  if (isMentioned && state.database === 'sqlite') {
    state.isStuck = true
    return silence
  }
  const taken = refusedDuplicate(state, group, old)
  if (taken !== undefined) return envelope(failure(taken))
  for (const child of store.groups()) if (child.parentId === old.name) child.parentId = group.name
  store.dropGroup(old)
  store.putGroup(group)
  return envelope(affected)
}

/** `POST /api/delete-group`: not while it has subgroups or people. */
export function deleteGroup(state: State, { body: text }: Call): Answer {
  const body = readBody(text, groupShape, 'Group')
  if (body.error !== undefined) return envelope(failure(body.error))
  const { owner, name } = laidOver(zeroOf(groupShape), body.values, groupShape) as CasdoorGroup
  const group = found(state, `${owner}/${name}`)
  const hasChildren = state.store.groups().some(({ parentId }) => parentId === name)
  if (hasChildren) return envelope(failure('group has children group'))
  if (state.store.members(`${owner}/${name}`).length > 0) return envelope(failure('group has users'))
  if (group === undefined) return envelope(unaffected)
  state.store.dropGroup(group)
  return envelope(affected)
}
