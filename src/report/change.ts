import { listEdits, turnover, type Edit } from '../model/edit.ts'
import { departmentOf } from '../model/groups.ts'
import { type Change, type Removal } from '../model/plan.ts'
import { cell, code } from './escape.ts'
import { isVisible } from '../story/visible-change.ts'
import { departmentCell, departmentsCell, fieldLabel, personCell, valueCell, type Page } from './page.ts'
import { shown, shownChange } from './privacy.ts'

/** What can be seen to change in an account, one line each. */
export function changeLines(page: Page, change: Change): readonly string[] {
  const { text } = page
  const taken = 'adopted' in change ? [text.summary.adopted(change.adopted)] : []
  const edits = listEdits(change).filter((edit) => isVisible(edit, change))
  return [...taken, ...edits.map((edit) => editLine(page, edit))]
}

function editLine(page: Page, edit: Edit): string {
  const { text } = page
  const isPicture = edit.field === 'avatar'
  const values = isPicture ? text.summary.changed : valuesCell(page, edit, valueCell)
  return text.pair(fieldLabel(page, edit.field), values)
}

/**
 * What something was and what it is.
 *
 * @param cellOf how a text looks there; all else looks alike everywhere.
 */
export function valuesCell(page: Page, edit: Edit, cellOf: typeof valueCell): string {
  const { text, level } = page
  switch (edit.field) {
    case 'groups': {
      // The others stay unsaid.
      const { left, entered } = turnover(edit)
      return `${groupsCell(page, left)} → ${groupsCell(page, entered)}`
    }
    case 'departments': {
      const named = (ids: readonly number[]): string =>
        ids.length === 0 ? text.summary.nothing : departmentsCell(page, ids)
      return `${named(edit.before)} → ${named(edit.after)}`
    }
    case 'status': {
      const before = edit.before === undefined ? text.summary.nothing : text.status(edit.before)
      return `${before} → ${text.status(edit.after)}`
    }
    default: {
      const { field, before, after } = shownChange(edit, level)
      const isAlike = before === after ? ` ${text.summary.maskedAlike}` : ''
      return `${cellOf(page, field, before)} → ${cellOf(page, field, after)}${isAlike}`
    }
  }
}

function groupsCell(page: Page, groups: readonly string[]): string {
  const { text } = page
  return groups.length === 0
    ? text.summary.nothing
    : text.series(groups.map((group) => groupCell(page, group)))
}

/** A department's group goes by the name of the department; all of it in HTML, for a line that takes no Markdown. */
function groupCell(page: Page, group: string): string {
  const id = departmentOf(page.owner, group)
  return id === undefined ? `<code>${cell(shown(group, page.level))}</code>` : departmentCell(page, id)
}

/** Who a row is about; the account too, where it has another name. */
export function whoCell(page: Page, change: Change): string {
  const { name, userid } = change
  if (name.toLowerCase() === userid.toLowerCase()) return personCell(page, change)
  return `${personCell(page, change)}<br>${page.text.summary.account(code(shown(name, page.level)))}`
}

/** Where a person is. */
export function whereCell(page: Page, { departments }: Change): string {
  return departmentsCell(page, departments)
}

/** Why an account is forbidden, deleted or restored. */
export function causeCell({ text }: Page, change: Removal | Extract<Change, { kind: 'restore' }>): string {
  const { summary } = text
  const before = change.remembered.status?.before
  const was =
    change.kind === 'restore' && before !== undefined ? [summary.wasBefore(text.status(before))] : []
  const undeleted = change.kind === 'restore' && change.undelete ? [summary.undeleted] : []
  const off = change.kind === 'delete' && !change.enabled ? [summary.alreadyForbidden] : []
  return [text.cause(change.cause), ...was, ...undeleted, ...off].join(text.summary.semicolon)
}
