import { listEdits, type Edit } from '../model/edit.ts'
import type { ChangedField } from '../model/field.ts'
import { groupBy } from '../model/lists.ts'
import type { Change } from '../model/plan.ts'
import { isVisible } from './visible-change.ts'

/** A change of an account that can sign in before and after: the only kind of which a cause may explain a part. */
export type Update = Extract<Change, { kind: 'update' }>

/** What explains an edit of a change, if anything does. */
export type Explanation<Cause> = (edit: Edit, change: Update) => Cause | undefined

/** Changes, or parts of them, by what explains them, and what nothing explains. */
export type Explained<Cause> = {
  readonly explained: ReadonlyMap<Cause, readonly Update[]>
  readonly rest: readonly Update[]
}

/**
 * Hands each edit of the changes to what explains it. The syncer's own book-keeping goes with the first cause where
 * all that is visible is explained. An account that is taken over stays whole, so nothing explains a part of it.
 */
export function explain<Cause>(updates: readonly Update[], causeOf: Explanation<Cause>): Explained<Cause> {
  const divided = updates.map((change) => divide(change, causeOf))
  const parts = groupBy(
    divided.flatMap((each) => each.parts),
    ({ cause }) => cause,
  )
  return {
    explained: new Map([...parts].map(([cause, some]) => [cause, some.map(({ part }) => part)])),
    rest: divided.flatMap(({ rest }) => rest ?? []),
  }
}

type Divided<Cause> = {
  readonly parts: readonly { readonly cause: Cause; readonly part: Update }[]
  readonly rest?: Update
}

function divide<Cause>(change: Update, causeOf: Explanation<Cause>): Divided<Cause> {
  const edits = change.adopted === undefined ? listEdits(change) : []
  const causes = edits.map((edit) => causeOf(leading(edit, edits, change), change))
  const [first, ...others] = new Set(causes.filter((cause) => cause !== undefined))
  if (first === undefined) return { parts: [], rest: change }
  const byField = new Map(edits.map(({ field }, index) => [field, causes[index]]))
  const part = (...of: readonly (Cause | undefined)[]): Update =>
    partOf(change, (field) => of.includes(byField.get(field)))
  const rest = part(undefined)
  const isOpen = listEdits(rest).some((edit) => isVisible(edit, change))
  return {
    parts: [
      { cause: first, part: isOpen ? part(first) : part(first, undefined) },
      ...others.map((cause) => ({ cause, part: part(cause) })),
    ],
    ...(isOpen && { rest }),
  }
}

/** Some edits of a change. */
function partOf({ groups, ...change }: Update, has: (field: ChangedField) => boolean): Update {
  const { departments, status } = change.remembered
  return {
    ...change,
    fields: change.fields.filter(({ field }) => has(field)),
    ...(groups !== undefined && has('groups') && { groups }),
    remembered: {
      ...(departments !== undefined && has('departments') && { departments }),
      ...(status !== undefined && has('status') && { status }),
    },
    // It is no cause's, so that it stays whole.
    link: has('wecom') ? change.link : {},
  }
}

/** A region goes with its phone, and groups go with the departments whose groups they are. */
function leading(edit: Edit, edits: readonly Edit[], change: Update): Edit {
  const lead = leaderOf(edit, change)
  return lead === undefined ? edit : (edits.find(({ field }) => field === lead) ?? edit)
}

function leaderOf(edit: Edit, change: Update): ChangedField | undefined {
  if (edit.field === 'countryCode') return 'phone'
  return edit.field === 'groups' && !isVisible(edit, change) ? 'departments' : undefined
}
