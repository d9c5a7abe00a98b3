import { turnover, type Edits } from '../model/edit.ts'
import { bySize, groupBy } from '../model/lists.ts'
import type { Update } from './explain.ts'
import type { Mostly, Move } from './line.ts'

/** Where a change takes a person from and to; what is remembered for the first time is no move. */
export function moveIn({ remembered: { departments } }: Edits): Move | undefined {
  if (departments === undefined || departments.before.length === 0) return undefined
  const { left: from, entered: to } = turnover(departments)
  return from.length + to.length === 0 ? undefined : { from, to }
}

/** Fewer people who make the same move are individuals, and stay visible. */
const group = 3

/** The people who move in a group, with their move: one object for one group. */
export function sharedMoves(movers: readonly Update[]): ReadonlyMap<Update, Move> {
  const moves = movers.flatMap((change) => {
    const move = moveIn(change)
    return move === undefined ? [] : [{ change, move }]
  })
  const groups = [...groupBy(moves, ({ move }) => JSON.stringify(move)).values()]
  return new Map(
    groups
      .filter(({ length }) => length >= group)
      .flatMap((some) => some.map(({ change }) => [change, some[0].move] as const)),
  )
}

/** Where the people who left a department went, by its id. */
export function originsOf(updates: readonly Update[]): ReadonlyMap<number, readonly Move[]> {
  const moves = updates.flatMap((change) => moveIn(change) ?? [])
  const steps = moves.flatMap((move) => move.from.map((id) => ({ id, move })))
  return new Map([...groupBy(steps, ({ id }) => id)].map(([id, all]) => [id, all.map(({ move }) => move)]))
}

/** Where most of those went who left a department, as far as they went elsewhere. */
export function mostlyOf(moves: readonly Move[]): { readonly mostly?: Mostly } {
  const elsewhere = moves.filter(({ to }) => to.length > 0)
  const [most] = bySize(groupBy(elsewhere, ({ to }) => to.join(',')))
  if (most === undefined) return {}
  const [, people] = most
  return { mostly: { to: people[0].to, people: people.length } }
}
