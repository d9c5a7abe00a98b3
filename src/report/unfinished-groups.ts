import type { DepartmentChange } from '../model/department.ts'
import type { Result } from '../model/run.ts'
import { bySize, groupBy } from '../model/lists.ts'
import { departmentCell, say, type Page, type Part } from './page.ts'
import { listing, tallyTable } from './people.ts'
import { reasonTally } from './remarks.ts'

/** Groups that are neither switched off nor deleted. */
export function heldGroupsPart(page: Page, { decision }: Result): Part {
  const { text } = page
  const { head } = text.summary
  return listing(page, {
    section: 'groups-held',
    items: decision.groups?.held ?? [],
    heads: [head('department'), head('change'), head('people')],
    row: (change) => [...deedCells(page, change), text.number(change.people)],
    tally: (all) => deedTally(page, all),
  })
}

/** Groups that Casdoor refused, with the reason. */
export function failedGroupsPart(page: Page, { applied }: Result): Part {
  const { head } = page.text.summary
  return listing(page, {
    section: 'groups-failed',
    items: applied?.groups?.failed ?? [],
    heads: [head('department'), head('kind'), head('why'), head('remedy')],
    row: ({ change, problem }) => {
      const { sentence, remedy } = say(page, problem)
      return [...deedCells(page, change), sentence, remedy]
    },
    tally: (all) =>
      reasonTally(
        page,
        all.map(({ problem }) => problem),
        'why',
      ),
  })
}

/** A department, and what happens to its group. */
function deedCells(page: Page, change: DepartmentChange): readonly string[] {
  return [departmentCell(page, change.id), page.text.summary.groupChange[change.kind]]
}

function deedTally(page: Page, changes: readonly DepartmentChange[]): string {
  const { head, groupChange, otherReasons } = page.text.summary
  const kinds = bySize(groupBy(changes, ({ kind }) => kind))
  return tallyTable(
    page,
    head('change'),
    kinds.map(([kind, all]) => [groupChange[kind], all.length]),
    { others: otherReasons, count: head('groups') },
  )
}
