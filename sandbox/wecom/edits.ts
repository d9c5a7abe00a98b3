import type { Click } from './faults.ts'
import type { Reply } from './reply.ts'
import type { World } from './world.ts'

type Row = Readonly<Record<string, unknown>>
type Edit = (reply: Reply) => Reply

const keys = ['department', 'department_id', 'userlist']

/** Puts something else where a list should be; `undefined` omits the key. */
export function withoutLists(instead: unknown): Edit {
  return (reply) =>
    Object.fromEntries(
      Object.entries(reply).map(([key, value]) => [key, keys.includes(key) ? instead : value]),
    )
}

/** Omits keys. */
export function withoutKeys(...names: readonly string[]): Edit {
  return (reply) => Object.fromEntries(Object.entries(reply).filter(([key]) => !names.includes(key)))
}

/** A visible range of another shape. */
export function allows(range: Reply): Edit {
  return (reply) => ({ ...reply, ...range })
}

/** Changes one list, where it is. */
export function edits(key: string, change: (list: readonly Row[]) => readonly unknown[]): Edit {
  return (reply) => {
    const list = reply[key]
    return Array.isArray(list) ? { ...reply, [key]: change(list as readonly Row[]) } : reply
  }
}

/** Changes every row of a list of people. */
export function everyMember(change: (member: Row) => Row): Edit {
  return edits('userlist', (list) => list.map(change))
}

/** Changes its first row. */
export function firstMember(change: (member: Row) => Row): Edit {
  return edits('userlist', (list) => list.map((member, index) => (index === 0 ? change(member) : member)))
}

/** The visible range without the last of the divisions that has people in it, or anybody below it. */
export function narrowed({ company }: World): Click {
  const root = company.departments.find(({ parentid }) => parentid === 0)?.id
  const divisions = company.departments.filter(({ parentid }) => parentid === root)
  return { range: divisions.slice(0, -1).map(({ id }) => id) }
}
