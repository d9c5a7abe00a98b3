import { uniqueFields, type FieldName, type UniqueField } from '../model/field.ts'
import { listEdits, type Edit } from '../model/edit.ts'
import { type Change } from '../model/plan.ts'

/**
 * The changes in the order in which they can be made (specification 6.4): Casdoor checks that an e-mail or phone
 * is free before it writes, so each is released before it is taken.
 */
export type Sequence = {
  /** E-mails and phones to blank before anything else: their holder would give them up too late. */
  readonly releases: readonly { readonly change: Change; readonly fields: readonly UniqueField[] }[]
  /** Removals, and changes that only give something up. */
  readonly first: readonly Change[]
  readonly next: readonly Change[]
  readonly adds: readonly Extract<Change, { kind: 'add' }>[]
}

export function sequence(changes: readonly Change[]): Sequence {
  const taken = takenIn(changes)
  const releases = changes.flatMap((change) => {
    const fields = uniqueFields.filter((field) => isTooLate(change, field, taken))
    return fields.length === 0 ? [] : [{ change, fields }]
  })
  return {
    releases,
    first: changes.filter((change) => stageOf(change) === 0),
    next: changes.filter((change) => stageOf(change) === 1),
    adds: changes.flatMap((change) => (change.kind === 'add' ? [change] : [])),
  }
}

/** The changes of one stage are made at once, in no order among each other. */
function stageOf(change: Change): number {
  switch (change.kind) {
    case 'forbid':
    case 'delete':
      return 0
    case 'update':
      return listEdits(change).every(isRelease) ? 0 : 1
    case 'restore':
      return 1
    case 'add':
      return 2
  }
}

/** The earliest stage in which somebody takes each e-mail and phone. */
function takenIn(changes: readonly Change[]): ReadonlyMap<string, number> {
  const taken = new Map<string, number>()
  for (const change of changes) {
    for (const { field, after } of change.fields) {
      const value = claim(field, after)
      taken.set(value, Math.min(stageOf(change), taken.get(value) ?? Infinity))
    }
  }
  return taken
}

/** Does somebody take the value before, or at the same time as, this change gives it up? */
function isTooLate(change: Change, field: UniqueField, taken: ReadonlyMap<string, number>): boolean {
  const before = change.fields.find((each) => each.field === field)?.before ?? ''
  return before !== '' && (taken.get(claim(field, before)) ?? Infinity) <= stageOf(change)
}

function isRelease({ field, after }: Edit): boolean {
  return after === '' && (field === 'email' || field === 'phone' || field === 'countryCode')
}

function claim(field: FieldName, value: string): string {
  return `${field} ${value.toLowerCase()}`
}
