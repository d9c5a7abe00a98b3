import { departmentOf, groupsChanged } from '../model/groups.ts'
import { isRememberedStatus } from '../model/people.ts'
import { type Change, type FieldChange, type Removal } from '../model/plan.ts'
import { cell, code } from './escape.ts'
import { isNews } from '../story/visible-change.ts'
import { departmentCell, departmentsCell, fieldLabel, personCell, valueCell, type Page } from './page.ts'
import { shown, shownChange } from './privacy.ts'

/** What changes in the fields of an account, one line each. */
export function changeLines(page: Page, change: Change): readonly string[] {
  const { text } = page
  const taken = 'adopted' in change ? [text.summary.adopted(change.adopted)] : []
  const lines = change.fields.filter((field) => isNews(field, change)).map((field) => fieldLine(page, field))
  return [...taken, ...lines]
}

function fieldLine(page: Page, change: FieldChange): string {
  const { text } = page
  const isPicture = change.field === 'avatar'
  const values = isPicture ? text.summary.changed : valuesCell(page, change, valueCell)
  return text.pair(fieldLabel(page, change.field), values)
}

/**
 * What a field was and what it is.
 *
 * @param cellOf how a value looks there; groups look alike everywhere.
 */
export function valuesCell(page: Page, change: FieldChange, cellOf: typeof valueCell): string {
  const { field } = change
  if (field === 'groups') return groupsCell(page, change)
  const { before, after } = shownChange(change, page.level)
  const isAlike = before === after ? ` ${page.text.summary.maskedAlike}` : ''
  return `${cellOf(page, field, before)} → ${cellOf(page, field, after)}${isAlike}`
}

/** The groups that somebody leaves and those they come into; the others stay unsaid. */
function groupsCell(page: Page, change: FieldChange): string {
  const { left, entered } = groupsChanged(change)
  const named = (groups: readonly string[]): string =>
    groups.length === 0
      ? page.text.summary.nothing
      : page.text.series(groups.map((group) => groupCell(page, group)))
  return `${named(left)} → ${named(entered)}`
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
  const before = change.fields.find(({ field }) => field === 'status')?.before ?? ''
  const was =
    change.kind === 'restore' && isRememberedStatus(before) ? [summary.wasBefore(text.status(before))] : []
  const undeleted = change.kind === 'restore' && change.undelete ? [summary.undeleted] : []
  const off = change.kind === 'delete' && !change.enabled ? [summary.alreadyForbidden] : []
  return [text.cause(change.cause), ...was, ...undeleted, ...off].join(text.summary.semicolon)
}
