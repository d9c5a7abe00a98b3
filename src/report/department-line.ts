import type { DepartmentChange, DepartmentState } from '../model/department.ts'
import type { DepartmentNews, Fate, GroupLoss } from '../text/story-text.ts'
import { calledAs } from './departments.ts'
import { cell } from './escape.ts'
import { departmentCell, type Page } from './page.ts'
import type { Rows } from './people.ts'
import { shown } from './privacy.ts'
import { fateOf, hasMoved } from '../story/reorganization.ts'
import type { Mostly } from '../story/line.ts'

/** The name of a department in the midst of a sentence, in a line that takes HTML alone too. */
export function departmentName(page: Page, id: number): string {
  return `<b>${departmentCell(page, id)}</b>`
}

/** What became of one department, for the sentence about it. */
export function departmentNews(page: Page, change: DepartmentChange, mostly?: Mostly): DepartmentNews {
  const { id, before, after, people } = change
  const fate = fateOf(change)
  const parts = { name: departmentName(page, id), people }
  if (before === undefined) {
    const under = after?.parent === undefined ? {} : { under: placeOf(page, after) }
    return { fate: 'added', ...parts, ...under, isGroup: areGroups(page) }
  }
  if (after === undefined || fate === 'gone') {
    const names = mostly?.to.map((to) => departmentName(page, to)) ?? []
    const group = groupLoss(page, change)
    return {
      fate: 'gone',
      ...parts,
      ...(mostly && { mostly: { to: names, people: mostly.people } }),
      ...(group && { group }),
    }
  }
  const place = { from: placeOf(page, before), to: placeOf(page, after) }
  const isBack = before.disabled === true
  if (fate === 'moved') return { fate, ...parts, place, isBack }
  if (fate === 'back' || fate === 'mended') return { fate, ...parts }
  const was = `<b>${cell(shown(calledAs(before, page.text.department), page.level))}</b>`
  return { fate: 'renamed', ...parts, was, ...(hasMoved(before, after) && { place }), isBack }
}

/** Are departments groups here? */
export function areGroups({ run }: Page): boolean {
  return run.result?.decision.groups !== undefined
}

/** What becomes of the group of a department that is gone, if it has one. */
export function groupLoss(page: Page, change: DepartmentChange): GroupLoss | undefined {
  if (!areGroups(page) || fateOf(change) !== 'gone') return undefined
  return change.after === undefined ? 'deleted' : 'disabled'
}

function placeOf(page: Page, { parent }: DepartmentState): string {
  return parent === undefined ? page.text.story.top : departmentName(page, parent)
}

/** Several departments to which the same happened: where each was, or is, and what it was called, or is. */
export function departmentRows(page: Page, changes: readonly DepartmentChange[]): Rows<DepartmentChange> {
  const { text, level } = page
  const { head } = text.summary
  const placeCell = ({ parent }: DepartmentState): string =>
    parent === undefined ? text.story.top : departmentCell(page, parent)
  const stateCell = (change: DepartmentChange, state: DepartmentState): string => {
    const { before, after } = change
    if (fateOf(change) !== 'renamed') return placeCell(state)
    const isMoved = before !== undefined && after !== undefined && hasMoved(before, after)
    return [
      ...(isMoved ? [placeCell(state)] : []),
      cell(shown(calledAs(state, text.department), level)),
    ].join(' / ')
  }
  return {
    items: changes,
    heads: [head('department'), head('before'), head('after'), head('people')],
    row: (change) => {
      const { id, before, after, people } = change
      const [hasPast, hasFuture] = sidesOf[fateOf(change)]
      return [
        departmentCell(page, id),
        before === undefined || !hasPast ? '' : stateCell(change, before),
        after === undefined || !hasFuture ? '' : stateCell(change, after),
        text.number(people),
      ]
    },
  }
}

/** Is there something to say of how a department was, and of how it is? */
const sidesOf: Readonly<Record<Fate, readonly [past: boolean, future: boolean]>> = {
  moved: [true, true],
  renamed: [true, true],
  gone: [true, false],
  added: [false, true],
  back: [false, true],
  mended: [false, true],
}
