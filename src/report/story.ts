import { departmentIds } from '../apply.ts'
import type { Change, DepartmentChange, FieldChange, Result } from '../model.ts'
import type { Way } from '../text/story.ts'
import { carriedOut, departmentsCarriedOut } from './counts.ts'
import type { Update } from './explain.ts'
import { groupBy } from './group.ts'
import { tellDepartments } from './reorganisation.ts'
import { tellFields } from './wide.ts'

/** From which departments people went, and to which. */
export type Move = { readonly from: readonly number[]; readonly to: readonly number[] }

/** Where most of some people went. */
export type Mostly = { readonly to: readonly number[]; readonly people: number }

/** A field that changed for so many people at once that nobody can have done it one by one. */
export type Wide = {
  readonly field: FieldChange['field']
  readonly way: Way
  /** How many people were compared. */
  readonly compared: number
}

/** What happened, and the rows that it explains; of an update, the fields that it explains. */
export type Line =
  | {
      readonly kind: 'department'
      readonly change: DepartmentChange
      /** Where most people of a department that is gone are now. */
      readonly mostly?: Mostly
      readonly rows: readonly Update[]
    }
  | { readonly kind: 'move'; readonly move: Move; readonly rows: readonly Update[] }
  /** People who are new in the same departments. */
  | { readonly kind: 'joiners'; readonly departments: readonly number[]; readonly rows: readonly Add[] }
  | { readonly kind: 'wide'; readonly wide: Wide; readonly rows: readonly Update[] }
  /** A field went from one value to another one for many people. */
  | { readonly kind: 'same'; readonly value: FieldChange; readonly rows: readonly Update[] }

type Add = Extract<Change, { kind: 'add' }>

/** Causes with what they explain, and the changes, or parts of changes, that nothing explains. */
export type Story = { readonly lines: readonly Line[]; readonly rest: readonly Change[] }

export const noStory: Story = { lines: [], rest: [] }

/** What a part of the story tells, and the updates that it leaves to the next. */
export type Told = { readonly lines: readonly Line[]; readonly rest: readonly Update[] }

/**
 * Tells changes by their causes (specification 10.2). Nothing is lost and nothing told twice: the fields of a
 * change are those of its parts in `lines` and in `rest` together. Only updates are ever divided; who loses or
 * regains access, and whose account is taken over, is told whole.
 */
export function storyOf(result: Result): Story {
  const plan = { ...result.plan, departmentChanges: departmentsCarriedOut(result) }
  const changes = carriedOut(result)
  const updates = changes.filter((change): change is Update => change.kind === 'update')
  // Writing may have stopped before all that was allowed.
  const compared = plan.unchanged + result.decision.allowed.filter(({ kind }) => kind === 'update').length
  const departments = tellDepartments(plan, updates, compared)
  const fields = tellFields(departments.rest, compared)
  const joiners = tellJoiners(changes.filter((change): change is Add => change.kind === 'add'))
  const told = new Set<Change>([...updates, ...joiners.flatMap(({ rows }) => rows)])
  return {
    lines: [...departments.lines, ...joiners, ...fields.lines],
    rest: [...changes.filter((change) => !told.has(change)), ...fields.rest],
  }
}

/** People who join the same departments in one run are one line from this number on. */
const batch = 5

/** Where people join more departments than this, the list of who was added says it better: it counts by them. */
const batches = 5

function tellJoiners(adds: readonly Add[]): readonly Extract<Line, { kind: 'joiners' }>[] {
  const lines = [...groupBy(adds, ({ departments }) => departments.join(','))].flatMap(([ids, rows]) =>
    ids === '' || rows.length < batch
      ? []
      : [{ kind: 'joiners', departments: departmentIds(ids), rows } as const],
  )
  return lines.length > batches ? [] : lines
}
