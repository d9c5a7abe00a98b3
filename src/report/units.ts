import type { DepartmentChange, DepartmentState, Result } from '../model.ts'
import type { DepartmentDeed } from '../text/text.ts'
import { departmentsCarriedOut } from './counts.ts'
import { cell } from './escape.ts'
import { bySize, groupBy } from './group.ts'
import { say, type Page, type Part } from './page.ts'
import { listing, tallyTable } from './people.ts'
import { reasonTally } from './remarks.ts'
import { shown } from './privacy.ts'
import { departmentDeedOf } from './reorganisation.ts'

/** What changes in the target's own list of departments, or in the groups that stand for them. */
export function departmentPart(page: Page, result: Result): Part {
  const section = result.decision.groups === undefined ? 'departments' : 'groups'
  return departmentList(page, section, departmentsCarriedOut(result))
}

/** Groups that are neither switched off nor deleted. */
export function heldGroupsPart(page: Page, { decision }: Result): Part {
  return departmentList(page, 'groups-held', decision.groups?.held ?? [])
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
      return [...departmentRow(page, change).slice(0, 2), sentence, remedy]
    },
    tally: (all) =>
      reasonTally(
        page,
        all.map(({ problem }) => problem),
        'why',
      ),
  })
}

function departmentList(
  page: Page,
  section: 'departments' | 'groups' | 'groups-held',
  changes: readonly DepartmentChange[],
): Part {
  const { head } = page.text.summary
  return listing(page, {
    section,
    items: changes,
    heads: [head('department'), head('change'), head('before'), head('after')],
    row: (change) => departmentRow(page, change),
    tally: (all) => deedTally(page, all),
  })
}

function departmentRow(page: Page, change: DepartmentChange): readonly string[] {
  const { text, tree } = page
  const { id, before, after } = change
  const deed = departmentDeedOf(change)
  const row = [nameCell(page, tree.name(id)), text.summary.departmentDeed(deed, areGroups(page))]
  if (before === undefined || after === undefined || isSwitch(deed)) return [...row, '', '']
  const place = ({ name, parent, altered }: DepartmentState): string => {
    if (deed === 'renamed') return nameCell(page, name)
    if (altered === true) return text.summary.nothing
    return parent === undefined ? text.summary.top : nameCell(page, tree.name(parent))
  }
  return [...row, place(before), place(after)]
}

/** Are departments groups here? */
function areGroups({ run }: Page): boolean {
  return run.result?.decision.groups !== undefined
}

function nameCell({ level }: Page, name: string): string {
  return cell(shown(name, level))
}

/** Is a group only switched off or on, as far as the report tells? */
function isSwitch(deed: DepartmentDeed): boolean {
  return deed === 'disabled' || deed === 'enabled'
}

function deedTally(page: Page, changes: readonly DepartmentChange[]): string {
  const { text } = page
  const groups = bySize(groupBy(changes, departmentDeedOf))
  return tallyTable(
    page,
    text.summary.head('change'),
    groups.map(([deed, all]) => [text.summary.departmentDeed(deed, areGroups(page)), all.length]),
    {
      others: text.summary.otherReasons,
      count: text.summary.head(areGroups(page) ? 'groups' : 'departments'),
    },
  )
}
