import { pick, type Random } from './random.ts'
import { careers, givenNames, mobilePrefixes, surnames } from './words.ts'

/** A custom field (扩展属性) in one of the three forms that WeCom servers send (wecom-api.md §4.3). */
export type CompanyAttribute =
  | { type: 0; name: string; value?: string; text: { value: string } }
  | { type: 1; name: string; web: { url: string; title: string } }
  | { name: string; value: string }

/** A person of a company; tests change it while the sandbox runs. What is absent is not sent. */
export type CompanyPerson = {
  userid: string
  name: string
  departments: number[]
  mainDepartment?: number
  /** Departments the person leads. */
  leads?: number[]
  position?: string
  mobile?: string
  gender?: string | number
  email?: string
  bizMail?: string
  avatar?: string
  /** 1 activated, 2 disabled, 4 not activated, 5 left. */
  status?: number
  enable?: number
  alias?: string
  telephone?: string
  address?: string
  externalPosition?: string
  extattr?: { attrs: CompanyAttribute[] }
}

/** What no two people of a company share. */
export type Taken = { readonly userids: Set<string>; readonly mobiles: Set<string>; people: number }

/** What the people of a company have. */
export function takenBy(people: readonly CompanyPerson[]): Taken {
  return {
    userids: new Set(people.map(({ userid }) => userid.toLowerCase())),
    mobiles: new Set(people.map(({ mobile = '' }) => nationalDigits(mobile))),
    people: people.length,
  }
}

/**
 * Somebody new, whose userid, number and e-mail nobody else has.
 *
 * @param division name of the division the main department is in: it decides the career.
 * @param known userid and name to have instead of made-up ones.
 */
export function newPerson(
  random: Random,
  taken: Taken,
  place: { readonly departments: readonly number[]; readonly division: string },
  known?: { readonly userid: string; readonly name: string },
): CompanyPerson {
  const surname = pick(random, surnames)
  const given = Array.from({ length: random() < 0.35 ? 1 : 2 }, () => pick(random, givenNames))
  const { userid, name } = known ?? {
    userid: freeUserid(random, taken, surname[1], given.map(([, pinyin]) => pinyin).join('')),
    name: surname[0] + given.map(([character]) => character).join(''),
  }
  taken.userids.add(userid.toLowerCase())
  taken.people++
  return {
    userid,
    name,
    departments: [...place.departments],
    ...mainDepartmentOf(random, place.departments),
    position: random() < 0.05 ? '' : positionIn(random, place.division),
    ...contactsOf(random, taken, userid),
    ...lifeOf(random, userid),
    ...(random() < 0.5 && { alias: random() < 0.4 ? '' : (given[0]?.[1] ?? '') }),
    ...attributesOf(random, taken.people),
  }
}

/** The career of a division, from its first position to its last. */
export function careerOf(division: string): readonly string[] {
  const career = careers.find(({ divisions }) => divisions.some((name) => name === division))
  return (career ?? careers[2]).positions
}

function mainDepartmentOf(random: Random, departments: readonly number[]): { mainDepartment?: number } {
  const [first] = departments
  return first === undefined || random() < 0.04 ? {} : { mainDepartment: first }
}

/** Most are in the middle of their career. */
function positionIn(random: Random, division: string): string {
  const career = careerOf(division)
  return career[Math.floor(((random() + random()) / 2) * (career.length - 1))] ?? ''
}

function freeUserid(random: Random, taken: Taken, surname: string, given: string): string {
  const [family, own] = [surname.toLowerCase(), given.toLowerCase()]
  const plain = pick(random, [
    surname + given,
    `${family}.${own}`,
    `${family}_${own.slice(0, 1)}`,
    `${surname}.${given}`,
    `${own}${family}`,
    `${family}-${own}`,
  ])
  if (!taken.userids.has(plain.toLowerCase())) return plain
  // Companies that number their people do so through the whole company, not within a name.
  let number = taken.people
  while (taken.userids.has(`${plain}${number}`.toLowerCase())) number++
  return `${plain}${number}`
}

function contactsOf(random: Random, taken: Taken, userid: string): Partial<CompanyPerson> {
  const local = userid.toLowerCase().replaceAll('@', '-at-')
  const digits = freeMobile(taken)
  const mobile = pick(random, [...Array.from({ length: 18 }, () => digits), `+86 ${digits}`, `+86-${digits}`])
  return {
    ...(random() < 0.95 ? { mobile } : random() < 0.5 && { mobile: '' }),
    ...(random() < 0.9 ? { email: `${local}@example.com` } : random() < 0.5 && { email: '' }),
    ...(random() < 0.6 && { bizMail: `${local}@mail.example.com` }),
    telephone: random() < 0.8 ? '' : `021-5550-${String(taken.people % 10_000).padStart(4, '0')}`,
    ...(random() < 0.1 && { address: `示例路 ${taken.people} 号` }),
    ...(random() < 0.05 && { externalPosition: '客户顾问' }),
  }
}

/** Each number once: 7919 and 10^8 have no common factor, so the digits repeat only after 10^8 people. */
function freeMobile(taken: Taken): string {
  for (let index = taken.people; ; index++) {
    const prefix = mobilePrefixes[index % mobilePrefixes.length] ?? '138'
    const mobile = prefix + String((12_345_678 + index * 7_919) % 100_000_000).padStart(8, '0')
    if (taken.mobiles.has(mobile)) continue
    taken.mobiles.add(mobile)
    return mobile
  }
}

function nationalDigits(mobile: string): string {
  return mobile.replaceAll(/^\+86|\D/g, '')
}

function lifeOf(random: Random, userid: string): Partial<CompanyPerson> {
  const chance = random()
  const status = chance < 0.9 ? 1 : chance < 0.955 ? 4 : chance < 0.985 ? 2 : 5
  const gender = pick(random, ['1', '1', '1', '1', '2', '2', '2', '2', '0', 1, 2])
  const picture = status !== 4 && random() < 0.85
  return {
    status,
    gender,
    ...(picture && { avatar: `http://avatar.example.com/${encodeURIComponent(userid)}/0` }),
  }
}

function attributesOf(random: Random, people: number): Pick<CompanyPerson, 'extattr'> {
  const value = `A${String(people).padStart(6, '0')}`
  const chance = random()
  if (chance < 0.1) return {}
  if (chance < 0.2) return { extattr: { attrs: [] } }
  if (chance < 0.4) return { extattr: { attrs: [{ name: '工号', value }] } }
  const number = { type: 0 as const, name: '工号', ...(chance < 0.7 && { value }), text: { value } }
  if (chance < 0.9) return { extattr: { attrs: [number] } }
  const page = { url: `https://example.com/people/${people}`, title: '主页' }
  return { extattr: { attrs: [number, { type: 1, name: '主页', web: page }] } }
}
