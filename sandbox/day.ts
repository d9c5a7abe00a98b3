import { divisionOf, type Company, type CompanyDepartment, type CompanyPerson } from './company.ts'
import { careerOf, newPerson, takenBy } from './people.ts'
import { pick, randomFrom, type Random } from './random.ts'
import { careers } from './words.ts'

/** What happened to one person of a company, as plain data. */
export type Event = { readonly userid: string; readonly name: string } & (
  | { readonly kind: 'join'; readonly departments: readonly number[] }
  | { readonly kind: 'leave' | 'disable' }
  | {
      readonly kind: 'move' | 'add-departments'
      readonly from: readonly number[]
      readonly to: readonly number[]
    }
  | { readonly kind: 'promote'; readonly from: string; readonly to: string }
)

/** Somebody new joins a department. */
export function join(company: Company, department: number, seed = company.people.length): Event {
  const division = divisionOf(company.departments, department)
  const place = { departments: [department], division }
  const person = newPerson(randomFrom(seed), takenBy(company.people), place)
  company.people.push({ ...person, status: 1 })
  return { kind: 'join', ...naming(person), departments: [department] }
}

/** Somebody leaves: WeCom keeps nothing of them (wecom-api.md §1). */
export function leave(company: Company, userid: string): Event {
  const person = find(company, userid)
  company.people.splice(company.people.indexOf(person), 1)
  return { kind: 'leave', ...naming(person) }
}

/** Somebody moves to one other department, out of all they were in. */
export function move(company: Company, userid: string, department: number): Event {
  const person = find(company, userid)
  const from = person.departments
  person.departments = [department]
  person.mainDepartment = department
  return { kind: 'move', ...naming(person), from, to: [department] }
}

/** Somebody gets the next position of their career. */
export function promote(company: Company, userid: string): Event {
  const person = find(company, userid)
  const from = person.position ?? ''
  const division = divisionOf(company.departments, person.departments[0] ?? 1)
  person.position = nextPosition(from, division)
  return { kind: 'promote', ...naming(person), from, to: person.position }
}

/** An administrator disables somebody in WeCom (status 2). */
export function disable(company: Company, userid: string): Event {
  const person = find(company, userid)
  person.status = 2
  return { kind: 'disable', ...naming(person) }
}

/** Somebody works for more departments than before. */
export function addToDepartments(company: Company, userid: string, departments: readonly number[]): Event {
  const person = find(company, userid)
  const from = person.departments
  person.departments = [...new Set([...from, ...departments])]
  return { kind: 'add-departments', ...naming(person), from, to: person.departments }
}

/**
 * An ordinary day: one joins, one leaves, one moves, one is promoted, one is disabled, and one works for three
 * departments from now on. The company needs 3 departments and 6 active people.
 */
export function dayOfChanges(company: Company, seed = 1): readonly Event[] {
  const random = randomFrom(seed)
  const [leaver, mover, risen, disabled, busy] = colleagues(random, company, 5)
  const elsewhere = (person: CompanyPerson): number[] =>
    company.departments.map(({ id }) => id).filter((id) => !person.departments.includes(id))
  return [
    join(company, pick(random, company.departments).id),
    leave(company, leaver.userid),
    move(company, mover.userid, pick(random, elsewhere(mover))),
    promote(company, risen.userid),
    disable(company, disabled.userid),
    addToDepartments(company, busy.userid, elsewhere(busy).slice(-(3 - busy.departments.length))),
  ]
}

/**
 * Drops whole departments, from the bottom of the tree, until about that share of the people is in none of the
 * rest: what an app sees when somebody narrows its visible range.
 *
 * @returns brings everything back.
 */
export function loseShare(company: Company, share: number): () => void {
  const before = structuredClone(company)
  const lost = departmentsToLose(company, share)
  company.departments = company.departments.filter(({ id }) => !lost.has(id))
  company.people = company.people.filter(({ departments }) => departments.some((id) => !lost.has(id)))
  for (const person of company.people) {
    person.departments = person.departments.filter((id) => !lost.has(id))
    if (person.mainDepartment !== undefined && lost.has(person.mainDepartment)) delete person.mainDepartment
  }
  return () => {
    Object.assign(company, before)
  }
}

function departmentsToLose({ departments, people }: Company, share: number): ReadonlySet<number> {
  const members = new Map<number, CompanyPerson[]>(departments.map(({ id }) => [id, []]))
  for (const person of people) for (const id of person.departments) members.get(id)?.push(person)
  const lost = new Set<number>()
  let gone = 0
  for (const { id } of bottomUp(departments)) {
    if (gone >= share * people.length) break
    lost.add(id)
    gone += (members.get(id) ?? []).filter((person) =>
      person.departments.every((its) => lost.has(its)),
    ).length
  }
  return lost
}

/** Branch by branch, children before their parents, without the root. */
function bottomUp(departments: readonly CompanyDepartment[]): readonly CompanyDepartment[] {
  const children = new Map<number, CompanyDepartment[]>()
  for (const department of departments) {
    children.set(department.parentid, [...(children.get(department.parentid) ?? []), department])
  }
  const below = (id: number): CompanyDepartment[] =>
    (children.get(id) ?? []).flatMap((child) => [...below(child.id), child])
  return departments.filter(({ parentid }) => parentid === 0).flatMap(({ id }) => below(id))
}

/** Active people who know nobody's job but their own: they lead no department. */
function colleagues(random: Random, { people }: Company, count: number) {
  const active = people.filter(
    ({ status, leads, departments }) => status === 1 && leads === undefined && departments.length < 3,
  )
  if (active.length < count) throw new Error(`a day needs ${count} active colleagues, not ${active.length}`)
  const chosen = new Set<CompanyPerson>()
  while (chosen.size < count) chosen.add(pick(random, active))
  return [...chosen] as [CompanyPerson, CompanyPerson, CompanyPerson, CompanyPerson, CompanyPerson]
}

function nextPosition(position: string, division: string): string {
  const all = careers.map(({ positions }) => positions as readonly string[])
  const career = all.find((positions) => positions.includes(position)) ?? careerOf(division)
  return career[career.indexOf(position) + 1] ?? `高级${position}`
}

function find(company: Company, userid: string): CompanyPerson {
  const person = company.people.find((somebody) => somebody.userid === userid)
  if (person === undefined) throw new Error(`nobody has the userid ${userid}`)
  return person
}

function naming({ userid, name }: CompanyPerson): { userid: string; name: string } {
  return { userid, name }
}
