import type { MappingFault, Problem, SnapshotFault } from '../model/problem.ts'
import { propertyKeyOf } from '../model/mapping.ts'

/*
 * The texts that problems carry. They come from outside, and some name a person; the sentences of `text/` take
 * them as they are, so that this is the one place where they are made fit to be shown.
 */

type TextKeys<Type> = Type extends unknown
  ? { [Key in keyof Type]-?: IsText<Type[Key]> extends true ? Key : never }[keyof Type]
  : never
type IsText<Value> = string extends Value
  ? true
  : Value extends readonly (infer Item)[]
    ? string extends Item
      ? true
      : false
    : false

/** Name of a parameter that holds any text, as against a word of ours. */
export type Parameter = TextKeys<Problem> | TextKeys<Fault>
type Fault = SnapshotFault | MappingFault

type Nature = {
  /** May name a person, or quote something about one. */
  readonly personal: boolean
  /** `name`: an identifier, shown as such; `prose`: words among words. */
  readonly form: 'name' | 'prose'
}

const name = { personal: false, form: 'name' } as const
const prose = { personal: false, form: 'prose' } as const
const personalName = { personal: true, form: 'name' } as const

const natures: Readonly<Record<Parameter, Nature>> = {
  input: name,
  value: name,
  allowed: name,
  repository: name,
  call: name,
  cause: name,
  detail: name,
  address: name,
  charset: name,
  proxy: name,
  setBy: name,
  endpoint: name,
  organization: name,
  application: name,
  version: name,
  syncer: name,
  item: name,
  expected: name,
  got: name,
  file: name,
  corpId: name,
  found: name,
  digest: name,
  branch: name,
  commit: name,
  names: name,
  group: name,
  groups: name,
  other: name,
  place: name,
  from: name,
  changes: prose,
  message: { personal: true, form: 'prose' },
  key: personalName,
  name: personalName,
  account: personalName,
  accounts: personalName,
  holder: personalName,
  userid: personalName,
  externalId: personalName,
}

const natureOf: Readonly<Partial<Record<string, Nature>>> = natures

/** May this parameter name a person? */
export function isPersonal(parameter: string): boolean {
  return natureOf[parameter]?.personal === true
}

/** Is this parameter an identifier? */
export function isName(parameter: string): boolean {
  return natureOf[parameter]?.form !== 'prose'
}

/** How one text of a problem is to be shown. */
export type Show = (value: string, parameter: string) => string

/** Shows every text of a problem in another way; words of ours (codes, fields, keys of a match) stay. */
export function mapParameters(problem: Problem, show: Show): Problem {
  const changed = mapTexts(problem, show)
  if (!('fault' in problem)) return Object.assign({}, problem, changed)
  const fault = Object.assign({}, problem.fault, mapTexts(problem.fault, show))
  return Object.assign({}, problem, changed, { fault })
}

function mapTexts(values: Problem | Fault, show: Show): Readonly<Record<string, string | readonly string[]>> {
  const changed: Record<string, string | readonly string[]> = {}
  const entries: readonly [string, unknown][] = Object.entries(values)
  for (const [parameter, value] of entries) {
    const showOne = (each: unknown): string =>
      isOpen(values, parameter, String(each)) ? show(String(each), parameter) : String(each)
    if (typeof value === 'string') changed[parameter] = showOne(value)
    if (Array.isArray(value) && value.some((each) => typeof each === 'string')) {
      changed[parameter] = value.map(showOne)
    }
  }
  return changed
}

/** Some parameters hold any text in one problem and a word of ours in another; a mapped property is text. */
function isOpen(values: Problem | Fault, parameter: string, value: string): boolean {
  if (parameter === 'key') return 'kind' in values
  if (parameter === 'expected') return 'code' in values
  if (parameter === 'field' || parameter === 'fields') return propertyKeyOf(value) !== undefined
  return natureOf[parameter] !== undefined
}
