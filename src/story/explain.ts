import type { Change, FieldChange } from '../model/plan.ts'
import type { ChangedField } from '../model/field.ts'
import { isNews } from './visible-change.ts'

/** A change of an account that can sign in before and after: the only kind of which a cause may explain a part. */
export type Update = Extract<Change, { kind: 'update' }>

/** What explains a field of a change, if anything does. */
export type Explanation<Cause> = (field: FieldChange, change: Update) => Cause | undefined

/** Changes, or parts of them, by what explains them, and what nothing explains. */
export type Explained<Cause> = {
  readonly told: ReadonlyMap<Cause, readonly Update[]>
  readonly rest: readonly Update[]
}

/**
 * Hands each field of the changes to what explains it. The syncer's own notes go with the first piece of news
 * where all of it is explained. An account that is taken over is told whole, so nothing explains a part of it.
 */
export function explain<Cause>(updates: readonly Update[], causeOf: Explanation<Cause>): Explained<Cause> {
  const told = new Map<Cause, Update[]>()
  const rest: Update[] = []
  for (const change of updates) {
    const { parts, left } = divide(change, causeOf)
    for (const [cause, part] of parts) {
      const others = told.get(cause)
      if (others === undefined) told.set(cause, [part])
      else others.push(part)
    }
    if (left !== undefined) rest.push(left)
  }
  return { told, rest }
}

function divide<Cause>(
  change: Update,
  causeOf: Explanation<Cause>,
): { readonly parts: readonly (readonly [Cause, Update])[]; readonly left?: Update } {
  const causes =
    change.adopted === undefined ? change.fields.map((field) => causeOf(leading(field, change), change)) : []
  const [first, ...others] = new Set(causes.filter((cause) => cause !== undefined))
  if (first === undefined) return { parts: [], left: change }
  const part = (...of: readonly (Cause | undefined)[]): Update => ({
    ...change,
    fields: change.fields.filter((_, index) => of.includes(causes[index])),
  })
  const left = part(undefined)
  const isOpen = left.fields.some((field) => isNews(field, change))
  return {
    parts: [
      [first, isOpen ? part(first) : part(first, undefined)],
      ...others.map((cause) => [cause, part(cause)] as const),
    ],
    ...(isOpen && { left }),
  }
}

/** A region goes with its phone, and groups go with the departments whose groups they are. */
function leading(field: FieldChange, change: Update): FieldChange {
  const led: Partial<Record<ChangedField, ChangedField>> = {
    countryCode: 'phone',
    ...(!isNews(field, change) && { groups: 'departments' }),
  }
  return change.fields.find((each) => each.field === led[field.field]) ?? field
}
