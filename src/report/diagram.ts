import type { Change } from '../model/plan.ts'
import type { DepartmentChange } from '../model/department.ts'
import { isLoss } from '../model/groups.ts'
import { diagramLabel } from './escape.ts'
import { stack } from './markdown.ts'
import type { Page } from './page.ts'
import { shown } from './privacy.ts'
import { moveIn } from '../story/moves.ts'
import type { Line, Move } from '../story/line.ts'

/** More departments than this are no picture any more. */
const most = 30

/**
 * A small tree of the departments that the story is about, and how many people came and went (specification 10.2).
 * Empty where fewer than two departments changed, where it would be too large, and where departments may not be
 * named.
 */
export function diagram(page: Page): string {
  const { level, isDrawn, story, tree, text } = page
  const touched = new Set(story.lines.flatMap(departmentsIn))
  if (!isDrawn || level === 'hidden' || touched.size < 2 || touched.size > most) return ''
  const changes = new Map(
    story.lines.flatMap((line) =>
      line.kind === 'department' ? [[line.change.id, line.change] as const] : [],
    ),
  )
  const origins = [...changes.values()].flatMap((change) => originOf(change) ?? [])
  // A department may hang at the top although one above it is known: that one is not visible any more.
  const isTop = (id: number): boolean => {
    const after = changes.get(id)?.after
    return after !== undefined && after.parent === undefined
  }
  const pathTo = (id: number): readonly number[] => {
    const path = tree.path(id)
    return path.slice(Math.max(path.findLastIndex(isTop), 0))
  }
  const nodes = framework(pathTo, new Set([...touched, ...origins]))
  if (nodes.length > most) return ''
  const flows = flowsOf([...story.rest, ...story.lines.flatMap<Change>(({ rows }) => rows)])
  const lines = nodes.flatMap((node) => {
    const change = changes.get(node.id)
    return [nodeLine(page, node.id, change, flows.get(node.id)), ...edgeLines(node, change)]
  })
  return stack([
    ['```mermaid', 'flowchart LR', ...[...lines, ...styles].map((line) => `  ${line}`), '```'].join('\n'),
    text.story.legend,
  ])
}

/** A department in the picture, and the next one above it that is. */
type Node = { readonly id: number; readonly above?: number; readonly isRightAbove?: boolean }

/** Departments with those right above them, the tops, and where their ways meet; a long way between is cut short. */
function framework(pathTo: (id: number) => readonly number[], ids: ReadonlySet<number>): readonly Node[] {
  const below = new Map<number, Set<number>>()
  const visible = new Set(ids)
  for (const id of ids) {
    const path = pathTo(id)
    for (const [index, child] of path.entries()) {
      const parent = path[index - 1]
      if (parent === undefined) visible.add(child)
      else below.set(parent, (below.get(parent) ?? new Set()).add(child))
    }
    for (const parent of path.slice(-2, -1)) visible.add(parent)
  }
  for (const [id, children] of below) if (children.size > 1) visible.add(id)
  return [...visible]
    .toSorted((a, b) => a - b)
    .map((id) => {
      const path = pathTo(id)
      const above = path.findLast((each) => each !== id && visible.has(each))
      return above === undefined ? { id } : { id, above, isRightAbove: above === path.at(-2) }
    })
}

/** Where a department was that hangs elsewhere now. */
function originOf({ hasMoved, before }: DepartmentChange): number | undefined {
  return hasMoved === true ? before?.parent : undefined
}

/** New and gone departments have a frame that shows on a light and on a dark page. */
const styles: readonly string[] = [
  'classDef added stroke:seagreen,stroke-width:3px',
  'classDef gone stroke:crimson,stroke-width:2px,stroke-dasharray:5',
]

/** The departments that a line changes, and those between which people moved for it. */
function departmentsIn(line: Line): readonly number[] {
  if (line.kind !== 'department' && line.kind !== 'move') return []
  const moves = line.rows.flatMap((row) => moveIn(row) ?? [])
  const ids = moves.flatMap(({ from, to }) => [...from, ...to])
  return line.kind === 'department' ? [line.change.id, ...ids] : ids
}

type Flow = { came: number; went: number }

/** How many people came to each department and how many left it. */
function flowsOf(changes: readonly Change[]): ReadonlyMap<number, Flow> {
  const flows = new Map<number, Flow>()
  const at = (id: number): Flow => {
    const flow = flows.get(id) ?? { came: 0, went: 0 }
    flows.set(id, flow)
    return flow
  }
  for (const { from, to } of changes.flatMap((change) => routeOf(change) ?? [])) {
    for (const id of from) at(id).went += 1
    for (const id of to) at(id).came += 1
  }
  return flows
}

/** Which departments a person leaves and enters; who is only disabled stays where they are. */
function routeOf(change: Change): Move | undefined {
  const { kind, departments, remembered } = change
  if (kind === 'add' || (kind === 'restore' && remembered.status?.before === 'left'))
    return { from: [], to: departments }
  // An account that is deleted long after the person left says nothing about the department.
  const losesAccess = kind === 'forbid' || (kind === 'delete' && change.enabled)
  const isOver = losesAccess && (change.cause === 'gone' || change.cause === 'quit')
  return isOver ? { from: departments, to: [] } : moveIn(change)
}

function nodeLine(
  page: Page,
  id: number,
  change: DepartmentChange | undefined,
  flow: Flow | undefined,
): string {
  const { text, tree, level } = page
  const { came = 0, went = 0 } = flow ?? {}
  const facts = [
    ...(change === undefined ? [] : [text.story.mark[change.kind]]),
    ...(came > 0 ? [`+${text.number(came)}`] : []),
    ...(went > 0 ? [`−${text.number(went)}`] : []),
  ]
  const label = [
    diagramLabel(shown(tree.ownName(id), level)),
    facts.filter((fact) => fact !== '').join(' '),
  ].filter((line) => line !== '')
  return `n${id}["${label.join('<br>')}"]${styleOf(change)}`
}

function styleOf(change: DepartmentChange | undefined): string {
  if (change?.kind === 'added') return ':::added'
  return change !== undefined && isLoss(change) ? ':::gone' : ''
}

/** The department above, and with dots the one that was above. */
function edgeLines(
  { id, above, isRightAbove }: Node,
  change: DepartmentChange | undefined,
): readonly string[] {
  const origin = change === undefined ? undefined : originOf(change)
  return [
    ...(above === undefined ? [] : [`n${above} -->${isRightAbove === true ? '' : '|"…"|'} n${id}`]),
    ...(origin === undefined ? [] : [`n${origin} -.-> n${id}`]),
  ]
}
