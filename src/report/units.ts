import type { Department, DepartmentChange } from '../model.ts'
import type { DepartmentDeed } from '../text/text.ts'
import { cell } from './escape.ts'
import { bySize, groupBy } from './group.ts'
import { noPart, type Page, type Part } from './page.ts'
import { listing, tallyTable } from './people.ts'
import { shown } from './privacy.ts'

/** What changes in the target's own list of departments. */
export function departmentPart(page: Page, changes: readonly DepartmentChange[]): Part {
  if (changes.length === 0) return noPart
  const { head } = page.text.summary
  return listing(page, {
    section: 'departments',
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
  const row = [nameCell(page, tree.name(id)), text.summary.departmentDeed[deed]]
  if (before === undefined || after === undefined) return [...row, '', '']
  const place = ({ name, parent }: Department): string => {
    if (deed !== 'moved') return nameCell(page, name)
    return parent === undefined ? text.summary.top : nameCell(page, tree.name(parent))
  }
  return [...row, place(before), place(after)]
}

function nameCell({ level }: Page, name: string): string {
  return cell(shown(name, level))
}

/** A department that is renamed and moved counts as renamed. */
export function departmentDeedOf({ before, after }: DepartmentChange): DepartmentDeed {
  if (before === undefined) return 'added'
  if (after === undefined) return 'removed'
  return before.name === after.name ? 'moved' : 'renamed'
}

function deedTally(page: Page, changes: readonly DepartmentChange[]): string {
  const { text } = page
  const groups = bySize(groupBy(changes, departmentDeedOf))
  return tallyTable(
    page,
    text.summary.head('change'),
    groups.map(([deed, all]) => [text.summary.departmentDeed[deed], all.length]),
    { others: text.summary.otherReasons, count: text.summary.head('departments') },
  )
}
