import type { DepartmentChange, DepartmentChangeKind, DepartmentState } from '../model/department.ts'
import type { ChangedDepartment, Relocation } from '../text/story-text.ts'
import { calledAs } from './departments.ts'
import { cell } from './escape.ts'
import { departmentCell, type Page } from './page.ts'
import type { Rows } from './people.ts'
import { shown } from './privacy.ts'
import type { Mostly } from '../story/line.ts'

/** The name of a department in the midst of a sentence, in a line that takes HTML alone too. */
export function departmentName(page: Page, id: number): string {
  return `<b>${departmentCell(page, id)}</b>`
}

/** What became of one department, for the sentence about it. */
export function describeDepartment(page: Page, change: DepartmentChange, mostly?: Mostly): ChangedDepartment {
  const { id, people, hasMoved, isBack = false } = change
  const parts = { name: departmentName(page, id), people }
  switch (change.kind) {
    case 'added': {
      const { parent } = change.after
      const under = parent === undefined ? {} : { under: departmentName(page, parent) }
      return { kind: 'added', ...parts, ...under, isGroup: areGroups(page) }
    }
    case 'removed':
    case 'disabled': {
      const to = mostly?.to.map((each) => departmentName(page, each)) ?? []
      const most = mostly && { mostly: { to, people: mostly.people } }
      return { kind: change.kind, ...parts, ...most, isGroup: areGroups(page) }
    }
    case 'renamed': {
      const was = `<b>${cell(shown(calledAs(change.before, page.text.department), page.level))}</b>`
      return {
        kind: 'renamed',
        ...parts,
        was,
        ...(hasMoved && { relocation: relocation(page, change) }),
        isBack,
      }
    }
    case 'moved':
      return { kind: 'moved', ...parts, relocation: relocation(page, change), isBack }
    default:
      return { kind: change.kind, ...parts }
  }
}

/** Are departments groups here? */
export function areGroups({ run }: Page): boolean {
  return run.result?.decision.groups !== undefined
}

function relocation(page: Page, { before, after }: Record<'before' | 'after', DepartmentState>): Relocation {
  return { from: placeOf(page, before), to: placeOf(page, after) }
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
    if (change.kind !== 'renamed') return placeCell(state)
    return [
      ...(change.hasMoved === true ? [placeCell(state)] : []),
      cell(shown(calledAs(state, text.department), level)),
    ].join(' / ')
  }
  return {
    items: changes,
    heads: [head('department'), head('before'), head('after'), head('people')],
    row: (change) => {
      const { id, kind, before, after, people } = change
      const [hasPast, hasFuture] = sidesOf[kind]
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
const sidesOf: Readonly<Record<DepartmentChangeKind, readonly [past: boolean, future: boolean]>> = {
  moved: [true, true],
  renamed: [true, true],
  removed: [true, false],
  disabled: [true, false],
  added: [false, true],
  enabled: [false, true],
  repaired: [false, true],
}
