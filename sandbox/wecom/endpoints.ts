import type { CompanyDepartment } from '../company.ts'
import type { SeenRequest } from '../server.ts'
import { onWire } from './member.ts'
import type { Reply } from './reply.ts'
import { subtrees } from './view.ts'
import type { SecretKind, World } from './world.ts'

export type Endpoint = (world: World, request: SeenRequest, kind: SecretKind) => Reply

/** The calls of wecom-api.md §3 and §4, by name. `fetch_child` is no longer known (FS-23). */
export const endpoints: Readonly<Record<string, Endpoint>> = {
  'department/list': (world, { query }) => {
    const visible = visibleUnder(world, query)
    if (visible.size === 0 && query.has('id')) return { errcode: unseen(world, idIn(query, 'id')) }
    return { department: [...visible.values()].map((department) => named(world, department)) }
  },

  'department/simplelist': (world, { query }, kind) => ({
    department_id: [...visibleUnder(world, query, kind).values()].map(({ id, parentid, order = 0 }) => ({
      id,
      parentid,
      order,
    })),
  }),

  'department/get': (world, { query }) => {
    const department = world.view.departments.get(idIn(query, 'id'))
    return department === undefined ? { errcode: 60011 } : { department: named(world, department) }
  },

  'user/list': (world, { query }) => {
    const { errcode, people = [] } = peopleIn(world, query)
    return {
      ...(errcode !== undefined && { errcode }),
      userlist: people.map((person) => onWire(person, world)),
    }
  },

  'user/simplelist': (world, { query }) => {
    const { errcode, people = [] } = peopleIn(world, query)
    const userlist = people.map((person) => {
      const { userid, name, department } = onWire(person, world)
      return { userid, name, department }
    })
    return { ...(errcode !== undefined && { errcode }), userlist }
  },

  'user/get': (world, { query }) => {
    if (!query.has('userid')) return { errcode: 40063 }
    const person = world.view.people.get((query.get('userid') ?? '').toLowerCase())
    return person === undefined ? { errcode: 60111 } : onWire(person, world)
  },

  'user/list_id': ({ company }, { method, body }) => {
    if (method !== 'POST') return { errcode: 40058 }
    const { cursor = '', limit = 10_000 } = JSON.parse(body) as { cursor?: string; limit?: number }
    const start = cursor === '' ? 0 : Number(cursor.replace(/^c/, ''))
    if (!Number.isInteger(start)) return { errcode: 50100 }
    const rows = company.people.flatMap(({ userid, departments }) =>
      departments.map((department) => ({ userid, department })),
    )
    // The last page has no key at all (wecom-api.md §4.1).
    const next = start + limit < rows.length && { next_cursor: `c${start + limit}` }
    return { ...next, dept_user: rows.slice(start, start + limit) }
  },

  'agent/get': (world, { query }) => {
    const { agentId, view, company, range, visiblePeople, tags, closed } = world
    if (!/^\d+$/.test(query.get('agentid') ?? '')) return { errcode: 40056 }
    if (idIn(query, 'agentid') !== agentId) return { errcode: 301002 }
    // Who is deleted is in no range any more.
    const people = visiblePeople.flatMap((userid) => view.people.get(userid.toLowerCase()) ?? [])
    const tops = company.departments.filter(({ parentid }) => parentid === 0).map(({ id }) => id)
    return {
      agentid: agentId,
      name: '账号同步',
      allow_userinfos: { user: people.map(({ userid }) => ({ userid })) },
      allow_partys: { partyid: range ?? tops },
      allow_tags: { tagid: tags.map(({ id }) => id) },
      close: closed ? 1 : 0,
    }
  },

  'tag/get': ({ tags, view }, { query }) => {
    const tag = tags.find(({ id }) => id === idIn(query, 'tagid'))
    if (tag === undefined) return { errcode: 40068 }
    const people = tag.people.flatMap((userid) => view.people.get(userid.toLowerCase()) ?? [])
    return {
      tagname: tag.name,
      userlist: people.map(({ userid, name }) => ({ userid, name })),
      partylist: tag.departments.filter((id) => view.departments.has(id)),
    }
  },
}

/** One department and its descendants, or all of them; Sync of Contacts sees the whole company. */
function visibleUnder(
  { company, view }: World,
  query: URLSearchParams,
  kind: SecretKind = 'app',
): ReadonlyMap<number, CompanyDepartment> {
  const visible = kind === 'contacts' ? company.departments : [...view.departments.values()]
  const id = idIn(query, 'id')
  if (id > 0) return subtrees(visible, [id])
  return new Map(visible.map((department) => [department.id, department]))
}

function named({ view }: World, { id, name, nameEn, parentid, order = 0 }: CompanyDepartment): object {
  const names = { name, ...(nameEn !== undefined && { name_en: nameEn }) }
  return { id, ...names, department_leader: view.leaders.get(id) ?? [], parentid, order }
}

function peopleIn({ company, view }: World, query: URLSearchParams) {
  if (!query.has('department_id')) return { errcode: 40063 }
  const id = idIn(query, 'department_id')
  const people = view.members.get(id)
  if (people !== undefined) return { people }
  return { errcode: unseen({ company }, id) }
}

/** Of a department that is not visible, or not there at all. */
function unseen({ company }: Pick<World, 'company'>, id: number): number {
  return company.departments.some((department) => department.id === id) ? 60011 : 60003
}

function idIn(query: URLSearchParams, key: string): number {
  return Number(query.get(key) ?? 0)
}
