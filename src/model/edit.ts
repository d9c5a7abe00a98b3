import type { FieldName } from './field.ts'
import type { RememberedStatus } from './people.ts'

/** A value as it is stored, and as it is to be. */
export type Revision<Value> = { readonly before: Value; readonly after: Value }

/** A text about a person; `""` is none. */
export type FieldChange = Revision<string> & { readonly field: FieldName }

/** What a run writes into one account; what is absent stays as it is. */
export type Edits = {
  /** Sorted in the order of the report. */
  readonly fields: readonly FieldChange[]
  /** All groups of the account, others' included, as `<organization>/<group>`. */
  readonly groups?: Revision<readonly string[]>
  /** What this syncer remembers of the person (specification 6.3). */
  readonly remembered: {
    /** Ascending; none before the first time. */
    readonly departments?: Revision<readonly number[]>
    readonly status?: { readonly before?: RememberedStatus; readonly after: RememberedStatus }
  }
  /** What links the account to the person. */
  readonly link: { readonly wecom?: Revision<string>; readonly externalId?: Revision<string> }
}

export const noEdits: Edits = { fields: [], remembered: {}, link: {} }

type Named = Omit<Edits, 'fields' | 'remembered' | 'link'> & Edits['remembered'] & Edits['link']

/** One of the edits, with its name; those that are no field of the person have a name of their own. */
export type Edit =
  FieldChange | { [Name in keyof Named]-?: { readonly field: Name } & NonNullable<Named[Name]> }[keyof Named]

/** All edits, in the order of the report. */
export function listEdits({ fields, groups, remembered, link }: Edits): readonly Edit[] {
  const { departments, status } = remembered
  const { wecom, externalId } = link
  const edits: Edit[] = [...fields]
  if (departments !== undefined) edits.push({ field: 'departments', ...departments })
  if (groups !== undefined) edits.push({ field: 'groups', ...groups })
  if (status !== undefined) edits.push({ field: 'status', ...status })
  if (wecom !== undefined) edits.push({ field: 'wecom', ...wecom })
  if (externalId !== undefined) edits.push({ field: 'externalId', ...externalId })
  return edits
}

/** What a list loses and what it gets. */
export type Turnover<Item> = { readonly left: readonly Item[]; readonly entered: readonly Item[] }

/** What is only before, and what is only after; each in its order. */
export function turnover<Item>({ before, after }: Revision<readonly Item[]>): Turnover<Item> {
  return {
    left: before.filter((item) => !after.includes(item)),
    entered: after.filter((item) => !before.includes(item)),
  }
}
