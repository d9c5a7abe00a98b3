import { splitGroups } from '../groups.ts'
import type { FieldChange } from '../model.ts'
import { explain, type Explanation, type Update } from './explain.ts'
import { groupBy } from './group.ts'
import { isNews, notes } from './news.ts'
import type { Line, Told, Way, Wide } from './story.ts'

/** What fewer people have in common is told person by person. */
const crowd = 10

/** Nobody changes a field by hand for such a share of the people compared. */
const most = 0.5

/**
 * The fields that changed for many people in the same way: filled in, emptied or changed for most of those who
 * were compared, as after a new mapping; or, for a crowd, from one value to another.
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
  const wide = new Map(
    frequent(news, wideKey, Math.max(crowd, compared * most)).map(([key, one]) => [
      key,
      { field: one.field, way: wayOf(one), compared },
    ]),
  )
  const others = news.filter((field) => !wide.has(wideKey(field)) && field.field !== 'avatar')
  const same = new Map(frequent(others, sameKey, crowd))
  return (field) => wide.get(wideKey(field)) ?? same.get(sameKey(field))
}

/** The news about a person that a mapping can cause; a region goes with its phone. */
function mappedNews(change: Update): readonly FieldChange[] {
  const hasPhone = change.fields.some(({ field }) => field === 'phone')
  return change.fields.filter(
    (each) =>
      isNews(each, change) && !notes.includes(each.field) && !(hasPhone && each.field === 'countryCode'),
  )
}

/** One item for each key that so many of them have. */
function frequent(
  fields: readonly FieldChange[],
  keyOf: (field: FieldChange) => string,
  least: number,
): readonly (readonly [string, FieldChange])[] {
  return [...groupBy(fields, keyOf)].flatMap(([key, all]) =>
    all.length < least ? [] : all.slice(0, 1).map((one) => [key, one] as const),
  )
}

function wideKey(change: FieldChange): string {
  return `${wayOf(change)} ${change.field}`
}

function sameKey({ field, before, after }: FieldChange): string {
  return JSON.stringify([field, before, after])
}

function wayOf({ field, before, after }: FieldChange): Way {
  if (before === '') return 'filled'
  if (after === '') return 'emptied'
  if (field !== 'groups') return 'changed'
  // Whoever stays in groups of their own comes into others, or leaves them, all the same.
  const [old, now] = [splitGroups(before), splitGroups(after)]
  if (old.every((group) => now.includes(group))) return 'filled'
  return now.every((group) => old.includes(group)) ? 'emptied' : 'changed'
}
