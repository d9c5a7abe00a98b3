import { isLoss } from '../model/groups.ts'
import type { Edit } from '../model/edit.ts'
import type { Plan } from '../model/plan.ts'
import type { DepartmentChange } from '../model/department.ts'
import { explain, type Explanation, type Update } from './explain.ts'
import { groupBy } from '../model/lists.ts'
import { isPersonal } from './visible-change.ts'
import type { Line, Move, Story } from './line.ts'
import { mostlyOf, originsOf, sharedMoves } from './moves.ts'
import { fieldCauses } from './fields.ts'

/**
 * What happened to departments, and the moves of whole groups of people. A move stays visible, person by person,
 * where fewer than three people make it, where a head makes it, and where it comes with a title of its own: nobody
 * should have to unfold a crowd to see them. A snapshot does not say who heads a department, only titles do.
 *
 * @param compared how many people were.
 */
export function explainDepartments(plan: Plan, updates: readonly Update[], compared: number): Story<Update> {
  const changes = plan.departmentChanges
  const renames = explain(updates, renameOf(changes))
  const causeOf = fieldCauses(renames.rest, compared)
  const hasOwnTitle = (change: Update): boolean =>
    change.fields.some((edit) => edit.field === 'title' && causeOf(edit, change) === undefined)
  const movers = renames.rest.filter(
    (change) => change.adopted === undefined && change.isHead !== true && !hasOwnTitle(change),
  )
  const moves = explain(renames.rest, moveOf(sharedMoves(movers), plan))
  const origins = originsOf(updates)
  const byOwner = groupBy([...moves.explained], ownerOf(changes))
  const departments = changes.map((change): Line => {
    const moved = (byOwner.get(change) ?? []).flatMap(([, people]) => people)
    return {
      kind: 'department',
      change,
      rows: [...(renames.explained.get(change) ?? []), ...moved],
      ...(isLoss(change) && mostlyOf(origins.get(change.id) ?? [])),
    }
  })
  const own = (byOwner.get(undefined) ?? []).map(([move, rows]): Line => ({ kind: 'move', move, rows }))
  return { lines: [...departments, ...own], rest: moves.rest }
}

function byId(changes: readonly DepartmentChange[]): ReadonlyMap<number, DepartmentChange> {
  return new Map(changes.map((change) => [change.id, change]))
}

/** Values that hold the name of a person's department, and change as it does. */
function renameOf(changes: readonly DepartmentChange[]): Explanation<DepartmentChange> {
  const renamed = byId(changes.filter(({ kind }) => kind === 'renamed'))
  return (edit, { departments }) =>
    departments
      .map((id) => renamed.get(id))
      .find((change) => follows(edit, change?.before?.name, change?.after?.name))
}

/** Does a value change just as a name in it does? */
function follows(edit: Edit, was = '', is = ''): boolean {
  if (was === '' || is === '' || !isPersonal(edit) || edit.field === 'groups') return false
  return edit.before.includes(was) && edit.before.replaceAll(was, () => is) === edit.after
}

/** A move explains the departments, and what changes from the name of the old one to that of the new one. */
function moveOf(groups: ReadonlyMap<Update, Move>, { departments }: Plan): Explanation<Move> {
  const names = new Map(departments.map(({ id, name }) => [id, name]))
  return (edit, change) => {
    const move = groups.get(change)
    if (move === undefined || edit.field === 'departments') return move
    const isNamed = move.from.some((from) =>
      move.to.some((to) => follows(edit, names.get(from), names.get(to))),
    )
    return isNamed ? move : undefined
  }
}

/** The department on account of which people move: one that is gone, or one that is new. */
function ownerOf(
  changes: readonly DepartmentChange[],
): (moved: readonly [Move, ...unknown[]]) => DepartmentChange | undefined {
  const gone = byId(changes.filter(isLoss))
  const added = byId(changes.filter(({ kind }) => kind === 'added'))
  return ([{ from, to }]) =>
    [...from.map((id) => gone.get(id)), ...to.map((id) => added.get(id))].find((owner) => owner !== undefined)
}
