import type { Company, CompanyDepartment, CompanyPerson } from '../company.ts'

/** A tag (标签) that the app sees. */
export type WecomTag = {
  id: number
  name: string
  people: readonly string[]
  departments: readonly number[]
}

/** What an app sees of a company. */
export type View = {
  readonly departments: ReadonlyMap<number, CompanyDepartment>
  /** Direct members of each visible department. */
  readonly members: ReadonlyMap<number, readonly CompanyPerson[]>
  /** Userids of the people who lead a visible department. */
  readonly leaders: ReadonlyMap<number, readonly string[]>
  /** Everybody visible, through a department or one by one, by lower-cased userid. */
  readonly people: ReadonlyMap<string, CompanyPerson>
}

/** What an app with this visible range (可见范围) sees now. */
export function viewOf(settings: {
  readonly company: Company
  readonly range: readonly number[] | undefined
  readonly visiblePeople: readonly string[]
  readonly tags: readonly WecomTag[]
}): View {
  const { company, range, visiblePeople, tags } = settings
  const shown = range ?? company.departments.filter(({ parentid }) => parentid === 0).map(({ id }) => id)
  const departments = subtrees(company.departments, [...shown, ...tags.flatMap((tag) => tag.departments)])
  const members = new Map<number, CompanyPerson[]>([...departments.keys()].map((id) => [id, []]))
  const leaders = new Map<number, string[]>()
  const people = new Map<string, CompanyPerson>()
  const oneByOne = new Set(
    [...visiblePeople, ...tags.flatMap((tag) => tag.people)].map((id) => id.toLowerCase()),
  )
  for (const person of company.people) {
    const visible = person.departments.filter((id) => departments.has(id))
    const key = person.userid.toLowerCase()
    if (visible.length === 0 && !oneByOne.has(key)) continue
    people.set(key, person)
    for (const id of visible) members.get(id)?.push(person)
    for (const id of person.leads ?? []) leaders.set(id, [...(leaders.get(id) ?? []), person.userid])
  }
  return { departments, members, leaders, people }
}

/** Departments with all their descendants, in the company's order. */
export function subtrees(
  departments: readonly CompanyDepartment[],
  tops: readonly number[],
): ReadonlyMap<number, CompanyDepartment> {
  const children = new Map<number, number[]>()
  for (const { id, parentid } of departments) {
    const siblings = children.get(parentid)
    if (siblings === undefined) children.set(parentid, [id])
    else siblings.push(id)
  }
  const inside = new Set<number>()
  const open = [...tops]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (inside.has(id)) continue
    inside.add(id)
    open.push(...(children.get(id) ?? []))
  }
  return new Map(
    departments.filter(({ id }) => inside.has(id)).map((department) => [department.id, department]),
  )
}
