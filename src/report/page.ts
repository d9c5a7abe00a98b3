import type { Problem } from '../model/problem.ts'
import type { GroupOwner } from '../model/groups.ts'
import { propertyKeyOf } from '../model/mapping.ts'
import { type Person } from '../model/people.ts'
import { type ChangedField } from '../model/field.ts'
import { type PersonalData, type PersonalDataReason, type Run } from '../model/run.ts'
import type { About, Medium, ProblemText, Tense, Text } from '../text/text.ts'
import { tenseOf } from './counts.ts'
import { treeOf, type Tree } from './departments.ts'
import { cell, code } from './escape.ts'
import type { Detail } from './fit.ts'
import { isName, mapParameters } from './parameters.ts'
import { shown, shownName, shownProblem } from './privacy.ts'
import { noStory, storyOf } from '../story/story.ts'
import type { Story } from '../story/line.ts'

/** What every part of a summary needs to know. */
export type Page = {
  readonly run: Run
  readonly text: Text
  readonly level: PersonalData
  /** Why it is this level. */
  readonly why: PersonalDataReason
  /** At most so many rows in each list; 0 leaves the numbers. */
  readonly rows: number
  /** Are pictures shown? */
  readonly isDrawn: boolean
  /** The changes that were or would be made, by their causes. */
  readonly story: Story
  readonly tense: Tense
  readonly tree: Tree
  readonly about: About
  /** Whose groups are departments'. */
  readonly owner: GroupOwner
  /** Where the page is read: on the job's page, or in a pull request. */
  readonly medium: Medium
  /** Address of the run, where the page is read elsewhere. */
  readonly runUrl?: string
}

/** A piece of the summary, and how many rows it left out. */
export type Part = { readonly markdown: string; readonly leftOut: number }

export const noPart: Part = { markdown: '', leftOut: 0 }

/** How many rows several pieces left out. */
export function leftOutOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { leftOut }) => sum + leftOut, 0)
}

/** How a page is to be made. */
export type Options = Pick<Page, 'text' | 'level'> & Partial<Pick<Page, 'why' | 'medium' | 'runUrl'>>

export function pageOf(
  run: Run,
  { text, level, why = 'set', medium = 'summary', runUrl }: Options,
): Omit<Page, keyof Detail> {
  const { result } = run
  return {
    run,
    text,
    level,
    why,
    story: result === undefined ? noStory : storyOf(result),
    tense: tenseOf(run),
    tree: treeOf(result?.plan.departments ?? [], text.department),
    about: { target: targetOf(run, text), kind: run.target.kind, source: run.source.kind },
    owner: {
      organization: result?.plan.groups?.organization ?? '',
      syncer: result?.policy.syncer ?? '',
    },
    medium,
    ...(runUrl !== undefined && { runUrl }),
  }
}

function targetOf({ target }: Run, text: Text): string {
  if (target.kind === 'snapshot') return target.path === '' ? text.summary.unnamedSnapshot : code(target.path)
  return target.organization === '' ? text.summary.unnamedTarget : cell(target.organization)
}

/** Does the page name people, or only count them? */
export function namesPeople({ level, rows }: Page): boolean {
  return level !== 'hidden' && rows > 0
}

/** A problem in words, ready for Markdown; the ways out of it, where there are several, each on its line. */
export function say({ text, level }: Pick<Page, 'text' | 'level'>, problem: Problem): ProblemText {
  const harmless = mapParameters(shownProblem(problem, level), (value, parameter) =>
    isName(parameter) ? code(value) : cell(value),
  )
  const { sentence, remedy } = text.problem(harmless)
  return { sentence, remedy: remedy.replaceAll(/ (?=\(\d\) )/g, '<br>') }
}

/** A problem as one paragraph: the sentence, then what to do. */
export function paragraph(page: Pick<Page, 'text' | 'level'>, problem: Problem): string {
  const { sentence, remedy } = say(page, problem)
  return `**${sentence}** ${remedy}`
}

/** A person by name and userid. */
export function personCell({ level }: Page, person: Person): string {
  const { displayName, userid } = person
  const id = code(shown(userid, level))
  return displayName === userid || displayName === '' ? id : `${cell(shownName(person, level))} ${id}`
}

/** How many departments of one person are named. */
const named = 3

/** The name of a department. */
export function departmentCell({ tree, level }: Page, id: number): string {
  return cell(shown(tree.name(id), level))
}

/** The departments of a person by name. */
export function departmentsCell(page: Page, ids: readonly number[]): string {
  const { text } = page
  if (ids.length === 0) return text.summary.noDepartment
  const names = ids.slice(0, named).map((id) => departmentCell(page, id))
  return text.series([...names, ...(ids.length > named ? [`+${ids.length - named}`] : [])])
}

/** The name of a field, for a head or a list. */
export function fieldLabel({ text }: Page, field: ChangedField): string {
  return propertyKeyOf(field) === undefined ? text.field(field) : code(field)
}

const identifiers: readonly ChangedField[] = [
  'email',
  'phone',
  'countryCode',
  'wecom',
  'externalId',
  'homepage',
]

/** A text as it was or will be. */
export function valueCell(page: Page, field: ChangedField, value: string): string {
  if (value === '') return page.text.summary.nothing
  return identifiers.includes(field) ? code(value) : cell(value)
}
