import { createHash } from 'node:crypto'
import { newPerson, takenBy, type CompanyPerson } from './people.ts'
import { pick, randomFrom, shuffled, type Random } from './random.ts'
import { divisions, numerals, unitsByDepth, unitsByName } from './words.ts'

export type { CompanyAttribute, CompanyPerson } from './people.ts'

/** A department; tests change it while the sandbox runs. */
export type CompanyDepartment = {
  id: number
  name: string
  nameEn?: string
  /** 0 for the root. */
  parentid: number
  order?: number
}

/** A corp as its administrators see it: everything, whatever an app may see of it. */
export type Company = { corpId: string; departments: CompanyDepartment[]; people: CompanyPerson[] }

/** WeCom allows so many levels, the root included (wecom-api.md §3.4). */
const deepest = 15
const mostUnits = 12

/**
 * A believable Chinese company, the same for the same options: a tree of departments with names that repeat,
 * people in several of them, same names, odd userids, fields that are missing or empty, all states.
 *
 * @param options.departments the root included, at least 1.
 */
export function makeCompany(options: {
  people: number
  departments: number
  seed?: number
  corpId?: string
}): Company {
  const { people, departments, seed = 1, corpId = 'ww0123456789abcdef' } = options
  const random = randomFrom(seed)
  const tree = growTree(random, departments)
  return { corpId, departments: tree, people: hire(random, tree, people) }
}

/** The name of the division a department is in: its ancestor right below the root, or itself. */
export function divisionOf(departments: readonly CompanyDepartment[], id: number): string {
  return divisionNames(departments).get(id) ?? ''
}

type Node = { name: string; nameEn?: string; parent?: Node; level: number; units: number; order: number }

function growTree(random: Random, count: number): CompanyDepartment[] {
  const nodes: Node[] = [{ name: '青石科技', nameEn: 'Bluestone', level: 1, units: 0, order: 100_000_000 }]
  while (nodes.length < count) nodes.push(childOf(parentFor(random, nodes, count)))
  const ids = idsOf(random, nodes)
  return nodes.map((node) => ({
    id: ids.get(node) ?? 0,
    name: node.name,
    ...(node.nameEn !== undefined && { nameEn: node.nameEn }),
    parentid: node.parent === undefined ? 0 : (ids.get(node.parent) ?? 0),
    order: node.order,
  }))
}

/** Divisions first, then one branch to the deepest level, then anywhere, rather near the top. */
function parentFor(random: Random, nodes: readonly Node[], count: number): Node {
  const [root] = nodes as [Node]
  const wanted = Math.min(divisions.length, Math.ceil(count / 5))
  if (root.units < wanted) return root
  const last = nodes.at(-1) as Node
  if (count >= 60 && nodes.length < wanted + deepest && last.level < deepest) return last
  for (;;) {
    const candidates = [pick(random, nodes), pick(random, nodes), pick(random, nodes)]
    const parent = candidates.reduce((a, b) => (b.level < a.level ? b : a))
    if (parent !== root && parent.units < mostUnits && parent.level < deepest) return parent
  }
}

function childOf(parent: Node): Node {
  const number = parent.units++
  const level = parent.level + 1
  const place = { parent, level, units: 0, order: 100_000_000 - number * 1000 }
  const division = parent.level === 1 ? divisions[number] : undefined
  if (division !== undefined) return { name: division[0], nameEn: division[1], ...place }
  return { name: unitName(parent, number), ...(number === 3 && { nameEn: '' }), ...place }
}

function unitName({ name, level }: Node, number: number): string {
  const named = unitsByName[name]?.[number]
  if (named !== undefined) return named
  const unit = unitsByDepth[Math.min(level, unitsByDepth.length) - 1] ?? ''
  return `${numerals[number] ?? String(number + 1)}${unit}`
}

/** Their creators choose ids, so some children have lower ids than their parents. The root has 1. */
function idsOf(random: Random, nodes: readonly Node[]): ReadonlyMap<Node, number> {
  const ids = nodes.slice(1).map((_, index) => index + 2)
  const blocks = Array.from({ length: Math.ceil(ids.length / 5) }, (_, block) =>
    shuffled(random, ids.slice(block * 5, block * 5 + 5)),
  )
  const mixed = [1, ...blocks.flat()]
  return new Map(nodes.map((node, index) => [node, mixed[index] ?? 0]))
}

/**
 * Legal userids that other systems stumble over. Two pairs would have one name in Casdoor: `a@b.cn` with
 * `a-b.cn` where refused characters simply become `-`, and `li__si` with what specification 6.2 makes of it.
 */
const oddPeople = [
  { userid: 'li__si', name: '李四' },
  { userid: `li-si-${createHash('sha256').update('li__si').digest('hex').slice(0, 6)}`, name: '李思' },
  { userid: 'a@b.cn', name: '安博' },
  { userid: 'a-b.cn', name: '安博' },
  { userid: 'Zhang.San', name: '张三' },
  { userid: 'wang-wu-', name: '王五' },
  { userid: '10086', name: '赵六' },
  { userid: '007', name: '钱七' },
  { userid: 'sun.jie@example.com', name: '孙洁' },
  { userid: 'zhao_', name: '赵琪' },
  { userid: 'LIU_-_YAN', name: '刘燕' },
  // 64 bytes, the longest there is.
  { userid: 'warehouse.project.of.the.east.china.supply.chain.center.2026-001', name: '仓储项目一号' },
] as const

/** The first people of a company are ordinary, so that small companies are. */
const firstOdd = 12

function hire(random: Random, departments: readonly CompanyDepartment[], count: number): CompanyPerson[] {
  const names = divisionNames(departments)
  const taken = takenBy([])
  const led = new Set<number>()
  const places = departments.length > 1 ? departments.slice(1) : departments
  return Array.from({ length: count }, (_, index) => {
    const main = index === 0 ? 1 : pick(random, places).id
    const place = { departments: departmentsOf(random, departments, main), division: names.get(main) ?? '' }
    const odd = index >= firstOdd && index % 2 === 0 ? oddPeople[(index - firstOdd) / 2] : undefined
    const person = newPerson(random, taken, place, odd)
    if (index === 0) return { ...person, position: '总经理', status: 1, leads: [1] }
    if (led.has(main)) return person
    led.add(main)
    return { ...person, leads: [main] }
  })
}

/** One department in seven cases of eight, else two or three. */
function departmentsOf(random: Random, departments: readonly CompanyDepartment[], main: number): number[] {
  const more = random() < 0.87 ? 0 : random() < 0.75 ? 1 : 2
  return [...new Set([main, ...Array.from({ length: more }, () => pick(random, departments).id)])]
}

function divisionNames(departments: readonly CompanyDepartment[]): ReadonlyMap<number, string> {
  const byId = new Map(departments.map((department) => [department.id, department]))
  const names = new Map<number, string>()
  const nameOf = (department: CompanyDepartment): string => {
    const known = names.get(department.id)
    if (known !== undefined) return known
    const parent = byId.get(department.parentid)
    const name = parent === undefined || parent.parentid === 0 ? department.name : nameOf(parent)
    names.set(department.id, name)
    return name
  }
  for (const department of departments) nameOf(department)
  return names
}
