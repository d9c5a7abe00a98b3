import { uniqueFields, type Change, type FieldChange, type UniqueField } from '../model.ts'

/**
 * The changes in the order in which they can be made (specification 6.4): Casdoor checks that an e-mail or phone
 * is free before it writes, so each is released before it is taken.
 */
export type Sequence = {
  /** E-mails and phones that must be blanked first, since two people swap them. */
  readonly releases: readonly { readonly change: Change; readonly fields: readonly UniqueField[] }[]
  /** Removals, and changes that only give something up. */
  readonly first: readonly Change[]
  readonly next: readonly Change[]
  readonly adds: readonly Extract<Change, { kind: 'add' }>[]
}

export function sequence(changes: readonly Change[]): Sequence {
  const needed = new Set(
    changes.flatMap(({ fields }) => fields.filter(isTaken).map((each) => claim(each, each.after))),
  )
  const blocking = ({ fields }: Change): readonly UniqueField[] =>
    uniqueFields.filter((field) =>
      fields.some((each) => each.field === field && isTaken(each) && needed.has(claim(each, each.before))),
    )
  const existing = changes.filter(({ kind }) => kind !== 'add')
  return {
    releases: existing.flatMap((change) => {
      const fields = blocking(change)
      return fields.length === 0 ? [] : [{ change, fields }]
    }),
    first: existing.filter(isFirst),
    next: existing.filter((change) => !isFirst(change)),
    adds: changes.flatMap((change) => (change.kind === 'add' ? [change] : [])),
  }
}

function isFirst(change: Change): boolean {
  return (
    change.kind === 'forbid' || change.kind === 'delete' || (change.kind === 'update' && isRelease(change))
  )
}

/** Is the value of a unique field given to somebody, as against blanked? */
function isTaken({ field, after }: FieldChange): boolean {
  return uniqueFields.some((unique) => unique === field) && after !== ''
}

function isRelease({ fields }: Change): boolean {
  return fields.every(({ field, after }) => after === '' && isContact(field))
}

function isContact(field: FieldChange['field']): boolean {
  return field === 'email' || field === 'phone' || field === 'countryCode'
}

function claim({ field }: FieldChange, value: string): string {
  return `${field} ${value.toLowerCase()}`
}
