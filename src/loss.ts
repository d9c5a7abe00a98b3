import type { Problem } from './errors.ts'
import { mappedFields } from './map.ts'
import type { Pair } from './match.ts'
import type { FieldName, Fields, WantedUser } from './model.ts'

/** A field of which so much less is known than the target holds that the app may no longer read it. */
export type FieldLoss = Extract<Problem, { code: 'field-loss' }>

/** A region comes and goes with its phone. */
const lossFields = mappedFields.filter((field) => field !== 'countryCode')

/** How far the share of people for whom a field is known may fall, in points of a hundred. */
const bearable = 20

/** So many people may lose a field in any company, however small. */
const bearablePeople = 3

/**
 * The fields that the source has (nearly) stopped to tell (specification 8). A narrowed permission of the WeCom
 * app looks like this, and so it must not be taken for a thousand edits: they are frozen for the run.
 */
export function fieldLosses(pairs: readonly Pair[]): readonly FieldLoss[] {
  return lossFields.flatMap((field) => {
    const before = pairs.filter(({ account }) => isKnown(account.fields, field)).length
    const after = pairs.filter(({ wanted }) => isKnown(wanted.fields, field)).length
    const lost = before - after
    if (lost <= bearablePeople || (100 * lost) / pairs.length <= bearable) return []
    const share = (people: number): number => (100 * people) / pairs.length
    return [{ code: 'field-loss', field, before: share(before), after: share(after) }]
  })
}

/** The fields that the source tells of nobody: those a new WeCom app may not read, most often. */
export function fieldsWithheld(
  wanted: readonly WantedUser[],
  losses: readonly FieldLoss[],
): readonly Problem[] {
  const fields = lossFields.filter(
    (field) =>
      !losses.some((loss) => loss.field === field) && !wanted.some((user) => isKnown(user.fields, field)),
  )
  return wanted.length === 0 || fields.length === 0 ? [] : [{ code: 'field-withheld', fields }]
}

function isKnown(fields: Fields, field: FieldName): boolean {
  return (fields[field] ?? '') !== ''
}
