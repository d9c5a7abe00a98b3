import type { Change } from '../model/plan.ts'
import type { Result } from '../model/run.ts'
import { carriedOut, departmentsCarriedOut } from './carried-out.ts'
import { groupBy } from '../model/lists.ts'
import type { Update } from './explain.ts'
import type { Add, Line, Story } from './line.ts'
import { explainDepartments } from './reorganization.ts'
import { explainFields } from './fields.ts'

export const noStory: Story = { lines: [], rest: [] }

/**
 * Puts changes under their causes (specification 10.2). Nothing is lost and nothing there twice: the edits of a
 * change are those of its parts in `lines` and in `rest` together. Only updates are ever divided; who loses or
 * regains access, and whose account is taken over, stays whole.
 */
export function storyOf(result: Result): Story {
  const plan = { ...result.plan, departmentChanges: departmentsCarriedOut(result) }
  const changes = carriedOut(result)
  const updates = changes.filter((change): change is Update => change.kind === 'update')
  // Writing may have stopped before all that was allowed.
  const compared = plan.unchanged + result.decision.allowed.filter(({ kind }) => kind === 'update').length
  const departments = explainDepartments(plan, updates, compared)
  const fields = explainFields(departments.rest, compared)
  const joiners = explainJoiners(changes.filter((change): change is Add => change.kind === 'add'))
  const explained = new Set<Change>([...updates, ...joiners.flatMap(({ rows }) => rows)])
  return {
    lines: [...departments.lines, ...joiners, ...fields.lines],
    rest: [...changes.filter((change) => !explained.has(change)), ...fields.rest],
  }
}

/** People who join the same departments in one run are one line from this number on. */
const batch = 5

/** Where people join more departments than this, the list of who was added says it better: it counts by them. */
const batches = 5

function explainJoiners(adds: readonly Add[]): readonly Extract<Line, { kind: 'joiners' }>[] {
  const classes = [...groupBy(adds, ({ departments }) => departments.join(',')).values()]
  const lines = classes
    .filter((rows) => rows.length >= batch && rows[0].departments.length > 0)
    .map((rows) => ({ kind: 'joiners', departments: rows[0].departments, rows }) as const)
  return lines.length > batches ? [] : lines
}
