import type { Company, CompanyDepartment } from './company.ts'

/** Departments to which something happened, as they were before. */
export type Reorganization = Readonly<Record<'moved' | 'renamed' | 'dissolved', CompanyDepartment>> & {
  readonly made: CompanyDepartment
}

/**
 * The day of a reorganization: a department of about so many people moves with all that is below it, another one
 * gets a new name, one is dissolved, and its people go to one that is new. The company needs some 20 departments.
 *
 * @param size people in the department that moves and below it.
 */
export function reorganize(company: Company, size = 40): Reorganization {
  const { departments, people } = company
  const staffOf = headcounts(company)
  // Rather near the top, where a department is large by itself and not by a long chain below it.
  const unfitness = ({ id }: CompanyDepartment): number =>
    Math.abs(staffOf(id) - size) + 4 * pathTo(departments, id).length
  const [moved] = departments
    .filter(({ parentid }) => parentid > 0)
    .toSorted((a, b) => unfitness(a) - unfitness(b))
  if (moved === undefined) throw new Error('a reorganization needs departments below departments')
  const apart = departments.filter(
    ({ id, parentid }) =>
      parentid > 0 &&
      !pathTo(departments, id).includes(moved.id) &&
      !pathTo(departments, moved.id).includes(id),
  )
  const [home] = apart.filter(({ parentid }) => parentid === 1)
  const teams = apart.filter(
    ({ id }) => id !== home?.id && staffOf(id) >= 5 && !departments.some(({ parentid }) => parentid === id),
  )
  const [renamed, dissolved] = teams
  if (home === undefined || renamed === undefined || dissolved === undefined) {
    throw new Error('a reorganization needs two teams of five besides the department that moves')
  }
  const before = structuredClone({ moved, renamed, dissolved })
  const made = { id: Math.max(...departments.map(({ id }) => id)) + 1, name: '战略创新部', parentid: home.id }
  moved.parentid = home.id
  renamed.name = `新${renamed.name}`
  company.departments = [...departments.filter((department) => department !== dissolved), made]
  const placeNow = (id: number): number => (id === dissolved.id ? made.id : id)
  for (const person of people) {
    person.departments = person.departments.map(placeNow)
    if (person.mainDepartment !== undefined) person.mainDepartment = placeNow(person.mainDepartment)
    if (person.leads !== undefined) person.leads = person.leads.map(placeNow)
  }
  return { ...before, made }
}

/** The ids from a department up to the root. */
function pathTo(departments: readonly CompanyDepartment[], id: number): readonly number[] {
  const parent = departments.find((department) => department.id === id)?.parentid ?? 0
  return parent === 0 ? [id] : [id, ...pathTo(departments, parent)]
}

/** How many people are in a department or below it. */
function headcounts({ departments, people }: Company): (id: number) => number {
  const paths = new Map(departments.map(({ id }) => [id, pathTo(departments, id)]))
  const staff = people.map((person) => new Set(person.departments.flatMap((id) => paths.get(id) ?? [])))
  const counts = new Map(departments.map(({ id }) => [id, staff.filter((places) => places.has(id)).length]))
  return (id) => counts.get(id) ?? 0
}
