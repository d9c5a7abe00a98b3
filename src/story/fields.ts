import { listEdits, turnover } from '../model/edit.ts'
import { bySize, groupBy, type NonEmpty } from '../model/lists.ts'
import { explain, type Explanation, type Update } from './explain.ts'
import type { Line, Story, Way, Wide } from './line.ts'
import { isPersonal, isVisible, type PersonalEdit } from './visible-change.ts'

/** What fewer people have in common stays with each of them. */
const crowd = 10

/** Nobody changes a field by hand for such a share of the people compared. */
const most = 0.5

/**
 * The fields that changed for many people in the same way: for a crowd, from one value to another; or filled in,
 * emptied or changed for most of those who were compared, as after a new mapping.
 */
export function explainFields(updates: readonly Update[], compared: number): Story<Update> {
  const { explained, rest } = explain(updates, fieldCauses(updates, compared))
  const lines = [...explained].map(([cause, rows]): Line =>
    'way' in cause ? { kind: 'wide', wide: cause, rows } : { kind: 'same', edit: cause, rows },
  )
  return { lines, rest }
}

/** What explains the edits of these changes: one object for one cause. */
export function fieldCauses(updates: readonly Update[], compared: number): Explanation<Wide | PersonalEdit> {
  const edits = updates.filter(({ adopted }) => adopted === undefined).flatMap(mappedEdits)
  const causes = new Map<string, Wide | PersonalEdit>()
  for (const [key, all] of groupBy(edits, wideKey)) {
    for (const cause of causesOf(all, compared)) causes.set('way' in cause ? key : sameKey(cause), cause)
  }
  return (edit) => (isPersonal(edit) ? (causes.get(wideKey(edit)) ?? causes.get(sameKey(edit))) : undefined)
}

/** What explains edits of one field in one way: all of them together, or values that a crowd has in common. */
function causesOf(edits: NonEmpty<PersonalEdit>, compared: number): readonly (Wide | PersonalEdit)[] {
  const [first] = edits
  const values = bySize(groupBy(edits, sameKey)).map(([, same]) => same)
  const isOneValue = values.some(({ length }) => length * 2 >= edits.length)
  // A picture has no value that could be shown.
  const isAvatar = first.field === 'avatar'
  if (edits.length >= Math.max(crowd, compared * most) && (isAvatar || !isOneValue)) {
    return [{ field: first.field, way: wayOf(first), compared }]
  }
  const common = isAvatar ? [] : values.filter(({ length }) => length >= crowd)
  return common.map(([edit]) => edit)
}

/** What a mapping can cause to be seen of a person; a region goes with its phone. */
function mappedEdits(change: Update): readonly PersonalEdit[] {
  const hasPhone = change.fields.some(({ field }) => field === 'phone')
  return listEdits(change)
    .filter(isPersonal)
    .filter((edit) => isVisible(edit, change) && !(hasPhone && edit.field === 'countryCode'))
}

function wideKey(edit: PersonalEdit): string {
  return `${wayOf(edit)} ${edit.field}`
}

function sameKey({ field, before, after }: PersonalEdit): string {
  return JSON.stringify([field, before, after])
}

function wayOf(edit: PersonalEdit): Way {
  // Whoever stays in groups of their own comes into others, or leaves them, all the same.
  const { left, entered } =
    edit.field === 'groups' ? turnover(edit) : { left: edit.before, entered: edit.after }
  if (left.length === 0) return 'filled'
  return entered.length === 0 ? 'emptied' : 'changed'
}
