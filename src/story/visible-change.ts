import type { Change, FieldChange } from '../model/plan.ts'
import type { ChangedField } from '../model/field.ts'

/** The syncer's own notes; those that only begin to be kept are no news. */
export const notes: readonly ChangedField[] = ['wecom', 'externalId', 'departments', 'status']

/** A field of the person themselves changed, as against what the syncer keeps for its own use. */
export function isNews({ field, before, after }: FieldChange, { kind, fields }: Change): boolean {
  if (field === 'externalId') return false
  if (field === 'status' && kind !== 'update') return false
  // Whose departments changed has changed groups with them.
  if (field === 'groups') return !fields.some((each) => each.field === 'departments' && each.before !== '')
  if (notes.includes(field)) return before !== ''
  const isRegion = field === 'countryCode' && (before === '' || after === '')
  return !(isRegion && fields.some((each) => each.field === 'phone'))
}
