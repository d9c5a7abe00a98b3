import { randomUUID } from 'node:crypto'
import { now, userRow, type CasdoorGroup, type CasdoorUser } from './row.ts'

/** The fields whose values must be unique; each add looks them up. */
const indexed = ['email', 'phone'] as const
type Indexed = (typeof indexed)[number]

/**
 * The database: user rows with indexes, groups, and the bindings between them. Membership lives in two places,
 * as in Casdoor: the user's `groups` column, and the bindings that groups list and delete by (casdoor-api.md 8).
 */
export class Store {
  /** Counts every change, so that what was computed from the rows can be kept until the next one. */
  version = 0
  readonly #groups = new Map<string, CasdoorGroup>()
  readonly #rows = new Map<string, Map<string, CasdoorUser>>()
  readonly #index = new Map<string, readonly CasdoorUser[]>()
  readonly #members = new Map<string, Set<string>>()
  readonly #groupsOf = new Map<string, readonly string[]>()
  readonly #watched = new WeakMap<CasdoorUser, CasdoorUser>()
  readonly #fold: (text: string) => string

  /** @param fold a text as the database compares it. */
  constructor(fold: (text: string) => string = (text) => text) {
    this.#fold = fold
  }

  /** The groups of all organizations, in the order they were added. */
  groups(): readonly CasdoorGroup[] {
    return [...this.#groups.values()]
  }

  group(name: string): CasdoorGroup | undefined {
    return this.#groups.get(this.#fold(name))
  }

  putGroup(group: CasdoorGroup): void {
    this.#groups.set(this.#fold(group.name), group)
  }

  dropGroup({ name }: CasdoorGroup): void {
    this.#groups.delete(this.#fold(name))
  }

  /** The rows of an organization, in the order they were added; of all for `''`. */
  users(owner: string): CasdoorUser[] {
    const tables = owner === '' ? [...this.#rows.values()] : [this.#table(owner)]
    return tables.flatMap((table) => (table === undefined ? [] : [...table.values()]))
  }

  count(owner: string): number {
    return owner === '' ? this.users('').length : (this.#table(owner)?.size ?? 0)
  }

  user(owner: string, name: string): CasdoorUser | undefined {
    return this.#table(owner)?.get(this.#fold(name))
  }

  #table(owner: string): Map<string, CasdoorUser> | undefined {
    return this.#rows.get(this.#fold(owner))
  }

  /** People with this value, as the database compares it, in the order they were added. */
  by(field: Indexed, owner: string, value: string): readonly CasdoorUser[] {
    return this.#index.get(this.#place(field, owner, value)) ?? []
  }

  /** Adds a row; false when the name is taken. */
  insert(row: CasdoorUser): boolean {
    if (this.user(row.owner, row.name) !== undefined) return false
    const table = this.#table(row.owner) ?? new Map<string, CasdoorUser>()
    this.#rows.set(this.#fold(row.owner), table.set(this.#fold(row.name), row))
    this.#enter(row)
    return true
  }

  remove(row: CasdoorUser): void {
    this.#table(row.owner)?.delete(this.#fold(row.name))
    this.#leave(row)
  }

  /** Changes a row; false, and nothing changed, when it would take another row's name. */
  write(row: CasdoorUser, changes: Partial<CasdoorUser>): boolean {
    const { owner = row.owner, name = row.name } = changes
    const isMoved = owner !== row.owner || name !== row.name
    const other = isMoved ? this.user(owner, name) : undefined
    if (other !== undefined && other !== row) return false
    if (isMoved) this.#table(row.owner)?.delete(this.#fold(row.name))
    this.#leave(row)
    Object.assign(row, changes)
    if (isMoved) return this.insert(row)
    this.#enter(row)
    return true
  }

  /** Puts a row in as it is, unchecked, and binds its groups. */
  seed(values: Partial<CasdoorUser> & { readonly owner: string }): void {
    const createdTime = now()
    const row = userRow({ id: randomUUID(), createdTime, updatedTime: createdTime, ...values })
    if (!this.insert(row)) throw new Error(`The sandbox has a user ${row.owner}/${row.name} already`)
    this.bind(`${row.owner}/${row.name}`, row.groups ?? [])
  }

  /** The row as tests see it: what they change in it reaches the indexes too. */
  watched(row: CasdoorUser): CasdoorUser {
    const known = this.#watched.get(row)
    if (known !== undefined) return known
    const proxy = new Proxy(row, {
      set: (_, key, value) => typeof key === 'string' && this.write(row, { [key]: value as unknown }),
    })
    this.#watched.set(row, proxy)
    return proxy
  }

  /** The people bound to a group, as `<owner>/<name>`. */
  members(group: string): readonly string[] {
    return [...(this.#members.get(group) ?? [])]
  }

  /** The groups that a user, `<owner>/<name>`, is bound to; they need not exist. */
  groupsOf(user: string): readonly string[] {
    return this.#groupsOf.get(user) ?? []
  }

  /** Replaces the groups that a user is bound to. */
  bind(user: string, groups: readonly string[]): void {
    for (const group of this.groupsOf(user)) this.#members.get(group)?.delete(user)
    for (const group of groups) {
      const members = this.#members.get(group) ?? new Set()
      this.#members.set(group, members.add(user))
    }
    if (groups.length === 0) this.#groupsOf.delete(user)
    else this.#groupsOf.set(user, groups)
  }

  #enter(row: CasdoorUser): void {
    this.version += 1
    for (const field of indexed) {
      if (row[field] === '') continue
      const at = this.#place(field, row.owner, row[field])
      this.#index.set(at, [...(this.#index.get(at) ?? []), row])
    }
  }

  #leave(row: CasdoorUser): void {
    this.version += 1
    for (const field of indexed) {
      const at = this.#place(field, row.owner, row[field])
      const others = (this.#index.get(at) ?? []).filter((other) => other !== row)
      if (others.length === 0) this.#index.delete(at)
      else this.#index.set(at, others)
    }
  }

  #place(field: Indexed, owner: string, value: string): string {
    return `${this.#fold(owner)}\n${field}\n${this.#fold(value)}`
  }
}
