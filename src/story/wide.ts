import { groupsChanged } from '../model/groups.ts'
import type { FieldChange } from '../model/plan.ts'
import { explain, type Explanation, type Update } from './explain.ts'
import { bySize, groupBy } from '../model/lists.ts'
import { isNews, notes } from './visible-change.ts'
import type { Line, Told, Way, Wide } from './line.ts'

/** What fewer people have in common is told person by person. */
const crowd = 10

/** Nobody changes a field by hand for such a share of the people compared. */
const most = 0.5

/**
 * The fields that changed for many people in the same way: for a crowd, from one value to another; or filled in,
 * emptied or changed for most of those who were compared, as after a new mapping.
 */
export function tellFields(updates: readonly Update[], compared: number): Told {
  const { told, rest } = explain(updates, fieldCauses(updates, compared))
  const lines = [...told].map(([cause, rows]): Line =>
    'way' in cause ? { kind: 'wide', wide: cause, rows } : { kind: 'same', value: cause, rows },
  )
  return { lines, rest }
}

/** What explains the fields of these changes: one object for one cause. */
export function fieldCauses(updates: readonly Update[], compared: number): Explanation<Wide | FieldChange> {
  const news = updates.filter(({ adopted }) => adopted === undefined).flatMap(mappedNews)
  const causes = new Map<string, Wide | FieldChange>()
  for (const [key, all] of groupBy(news, wideKey)) {
    for (const cause of causesOf(all, compared)) causes.set('way' in cause ? key : sameKey(cause), cause)
  }
  return (field) => causes.get(wideKey(field)) ?? causes.get(sameKey(field))
}

/** What explains changes of one field in one way: all of them together, or values that a crowd has in common. */
function causesOf(changes: readonly FieldChange[], compared: number): readonly (Wide | FieldChange)[] {
  const values = bySize(groupBy(changes, sameKey)).map(([, some]) => some)
  const isOneValue = values.some(({ length }) => length * 2 >= changes.length)
  return changes.slice(0, 1).flatMap((first): readonly (Wide | FieldChange)[] => {
    // A picture has no value that could be told.
    const isAvatar = first.field === 'avatar'
    if (changes.length >= Math.max(crowd, compared * most) && (isAvatar || !isOneValue)) {
      return [{ field: first.field, way: wayOf(first), compared }]
    }
    const common = isAvatar ? [] : values.filter(({ length }) => length >= crowd)
    return common.flatMap((some) => some.slice(0, 1))
  })
}

/** The news about a person that a mapping can cause; a region goes with its phone. */
function mappedNews(change: Update): readonly FieldChange[] {
  const hasPhone = change.fields.some(({ field }) => field === 'phone')
  return change.fields.filter(
    (each) =>
      isNews(each, change) && !notes.includes(each.field) && !(hasPhone && each.field === 'countryCode'),
  )
}

function wideKey(change: FieldChange): string {
  return `${wayOf(change)} ${change.field}`
}

function sameKey({ field, before, after }: FieldChange): string {
  return JSON.stringify([field, before, after])
}

function wayOf(change: FieldChange): Way {
  const { field, before, after } = change
  if (before === '') return 'filled'
  if (after === '') return 'emptied'
  if (field !== 'groups') return 'changed'
  // Whoever stays in groups of their own comes into others, or leaves them, all the same.
  const { left, entered } = groupsChanged(change)
  if (left.length === 0) return 'filled'
  return entered.length === 0 ? 'emptied' : 'changed'
}
