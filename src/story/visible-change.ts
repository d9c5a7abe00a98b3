import type { Edit, FieldChange } from '../model/edit.ts'
import type { ChangedField } from '../model/field.ts'
import type { Change } from '../model/plan.ts'

/** What is the person's own: a text about them, or their groups. */
export type PersonalEdit = FieldChange | Extract<Edit, { field: 'groups' }>

const bookkeeping: readonly ChangedField[] = ['departments', 'status', 'wecom', 'externalId']

/** Is an edit about the person, as against what the syncer keeps for its own use? */
export function isPersonal(edit: Edit): edit is PersonalEdit {
  return !bookkeeping.includes(edit.field)
}

/** Does an edit show anything new? What the syncer only begins to keep for its own use does not. */
export function isVisible(edit: Edit, { kind, fields, remembered }: Change): boolean {
  switch (edit.field) {
    case 'externalId':
      return false
    case 'wecom':
      return edit.before !== ''
    case 'status':
      return kind === 'update' && edit.before !== undefined
    case 'departments':
      return edit.before.length > 0
    // Whose departments changed has changed groups with them.
    case 'groups':
      return (remembered.departments?.before ?? []).length === 0
    case 'countryCode': {
      const isNewOrGone = edit.before === '' || edit.after === ''
      return !(isNewOrGone && fields.some(({ field }) => field === 'phone'))
    }
    default:
      return true
  }
}
