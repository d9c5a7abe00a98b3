import type { Problem } from '../model/problem.ts'
import { listEdits } from '../model/edit.ts'
import type { Change, Remark } from '../model/plan.ts'
import type { Column, Section } from '../text/text.ts'
import { bySize, groupBy } from '../model/lists.ts'
import { departmentsCell, fieldLabel, noPart, personCell, say, type Page, type Part } from './page.ts'
import { whoCell } from './change.ts'
import { departmentTally, listing, tallyTable } from './people.ts'
import { shownProblem } from './privacy.ts'

/** People about whom there is something to say, those of one kind of matter next to each other. */
export function remarkPart(page: Page, section: Section, remarks: readonly Remark[]): Part {
  const { text } = page
  const { head } = text.summary
  const sorted = byMatter(remarks)
  const what = section === 'noted' ? 'found' : 'why'
  return listing(page, {
    section,
    items: sorted,
    heads: [head('person'), head(what), head('remedy')],
    row: ({ person, problem }, index) => [
      personCell(page, person),
      ...reasonCells(page, problem, sorted[index - 1]?.problem),
    ],
    tally: (items) =>
      reasonTally(
        page,
        items.map(({ problem }) => problem),
        what,
      ),
  })
}

/** People who are still in the company, but out of the app's sight: who they are is all there is to say. */
export function hiddenPart(page: Page, remarks: readonly Remark[]): Part {
  const { text } = page
  const { head } = text.summary
  const people = remarks.map(({ person }) => person)
  const { remedy } = say(page, { code: 'hidden' })
  return listing(page, {
    section: 'hidden',
    intro: text.join([text.summary.intro('hidden', page.tense), remedy]),
    items: people,
    heads: [head('person'), head('department')],
    row: (person) => [personCell(page, person), departmentsCell(page, person.departments)],
    tally: (all) => (page.level === 'hidden' ? '' : departmentTally(page, all)),
  })
}

/** Changes that were refused, with the reason. */
export function failedPart(
  page: Page,
  failed: readonly { readonly change: Change; readonly problem: Problem }[],
): Part {
  if (failed.length === 0) return noPart
  const { head } = page.text.summary
  const sorted = byMatter(failed)
  return listing(page, {
    section: 'failed',
    items: sorted,
    heads: [head('person'), head('kind'), head('why'), head('remedy')],
    row: ({ change, problem }, index) => [
      whoCell(page, change),
      deedCell(page, change),
      ...reasonCells(page, problem, sorted[index - 1]?.problem),
    ],
    tally: (items) =>
      reasonTally(
        page,
        items.map(({ problem }) => problem),
        'why',
      ),
  })
}

/** What was to be done, with the fields that go with it. */
function deedCell(page: Page, change: Change): string {
  const kind = page.text.summary.changeKind(change.kind)
  if (change.kind !== 'update') return kind
  return page.text.pair(kind, page.text.series(listEdits(change).map(({ field }) => fieldLabel(page, field))))
}

/** Reasons by how many people they concern. */
export function reasonTally(page: Page, problems: readonly Problem[], head: Column): string {
  const groups = groupBy(problems, (problem) => JSON.stringify(shownProblem(problem, 'hidden')))
  const reasons = bySize(groups).map(([, all]) => [all[0], all.length] as const)
  const nameless = { ...page, level: 'hidden' } as const
  return tallyTable(
    page,
    page.text.summary.head(head),
    reasons.map(([problem, count]) => {
      const { sentence, remedy } = say(nameless, problem)
      return [sentence, count, remedy]
    }),
    { others: page.text.summary.otherReasons, heads: [page.text.summary.head('remedy')] },
  )
}

function byMatter<Item extends { readonly problem: Problem }>(items: readonly Item[]): readonly Item[] {
  return [...groupBy(items, ({ problem }) => problem.code).values()].flat()
}

/** Why, and what to do; a remedy that stands in the row above is not said again. */
function reasonCells(page: Page, problem: Problem, above: Problem | undefined): readonly string[] {
  const { sentence, remedy } = say(page, problem)
  const isSaid = above !== undefined && say(page, above).remedy === remedy
  return [sentence, isSaid ? page.text.summary.sameAsAbove : remedy]
}
