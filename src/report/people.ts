import type { Person } from '../model/people.ts'
import type { Section } from '../text/text.ts'
import { bySize, groupBy } from '../model/lists.ts'
import { folded, stack, table } from './markdown.ts'
import { departmentCell, namesPeople, noPart, type Page, type Part } from './page.ts'

/** The table of a list. */
export type Rows<Item> = {
  readonly items: readonly Item[]
  readonly heads: readonly string[]
  readonly row: (item: Item, index: number) => readonly string[]
}

/** A list of people under a title. */
export type Listing<Item> = Rows<Item> & {
  readonly section: Section
  /** Stands under the title, in place of the usual sentence. */
  readonly intro?: string
  /** How many more there are, whom the story explains. */
  readonly explained?: number
  /** The list in numbers: all there is where nobody is named, and the head of a long list. */
  readonly tally: (items: readonly Item[]) => string
}

/** A list of up to so many rows stands open. */
const open = 20

/** Shows people, as many as the page has room for, folded when they are many; or only their numbers. */
export function listing<Item>(page: Page, list: Listing<Item>): Part {
  const { section, items, explained = 0 } = list
  const total = items.length + explained
  if (total === 0) return noPart
  const { text, tense } = page
  const heading = `### ${text.summary.title(section, tense, total)}`
  const others = explained > 0 ? text.story.explained(explained, total) : ''
  if (items.length === 0) return { markdown: stack([heading, others]), leftOut: 0 }
  const { markdown, leftOut } = rows(page, list)
  const isLong = !namesPeople(page) || items.length > open
  const intro = list.intro ?? text.summary.intro(section, tense)
  const parts = [heading, intro, others, isLong ? list.tally(items) : '', markdown]
  return { markdown: stack(parts), leftOut }
}

/** The rows of a list without its title, folded when they are many. */
export function rows<Item>(page: Page, list: Rows<Item>): Part {
  const part = openRows(page, list)
  const total = list.items.length
  const count = total - part.leftOut
  if (page.level === 'hidden' || count === 0 || total <= open) return part
  return { ...part, markdown: folded(page.text.summary.unfold(count, total), part.markdown) }
}

/** The rows of a list without its title, as many as the page has room for. */
export function openRows<Item>(page: Page, { items, heads, row }: Rows<Item>): Part {
  if (page.level === 'hidden' || items.length === 0) return noPart
  const some = items.slice(0, page.rows)
  const leftOut = items.length - some.length
  const more = leftOut > 0 ? page.text.summary.more(leftOut) : ''
  const people = some.length === 0 ? '' : table(heads, some.map(row))
  return { markdown: stack([people, more]), leftOut }
}

/** Rows of a table that only counts. */
const counted = 25

/** How many people there are for each of something, the most frequent first. */
export function tallyTable(
  page: Page,
  head: string,
  tallies: readonly (readonly [label: string, count: number, ...others: string[]])[],
  {
    others,
    count = page.text.summary.head('people'),
    heads = [],
  }: {
    /** Names the row of those that have no row of their own. */
    readonly others: (count: number) => string
    /** Head of the numbers. */
    readonly count?: string
    readonly heads?: readonly string[]
  },
): string {
  const { text } = page
  const [some, rest] = [tallies.slice(0, counted), tallies.slice(counted)]
  const left = rest.reduce((sum, [, all]) => sum + all, 0)
  const last = rest.length === 0 ? [] : [[others(rest.length), text.number(left), ...heads.map(() => '')]]
  return table(
    [head, count, ...heads],
    [...some.map(([label, all, ...cells]) => [label, text.number(all), ...cells]), ...last],
    ['left', 'right'],
  )
}

/**
 * People by department: by those below the top one, with everything under them. Each is counted once, in the
 * first of their departments.
 */
export function departmentTally(page: Page, people: readonly Person[]): string {
  const { text } = page
  const branches = bySize(groupBy(people, ({ departments: [id] }) => branchOf(page, id)))
  return tallyTable(
    page,
    text.summary.head('department'),
    branches.map(([branch, members]) => [branchLabel(page, branch, members), members.length]),
    { others: text.summary.otherDepartments },
  )
}

function branchLabel(page: Page, branch: number | undefined, members: readonly Person[]): string {
  const { text } = page
  if (branch === undefined) return text.summary.noDepartment
  const ids = new Set(members.flatMap(({ departments }) => departments.slice(0, 1)))
  const [only = branch] = ids
  if (ids.size === 1) return departmentCell(page, only)
  ids.delete(branch)
  return text.summary.departmentAndBelow(departmentCell(page, branch), ids.size)
}

/** The department below the top one that a department belongs to. */
function branchOf({ tree }: Page, id: number | undefined): number | undefined {
  if (id === undefined) return undefined
  const [top, second] = tree.path(id)
  return second ?? top ?? id
}
