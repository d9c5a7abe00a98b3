import type { Problem } from '../model/problem.ts'
import { heldFields, isDefault, managedFields, printed, type MappableField } from '../model/mapping.ts'
import type { Pair } from './match.ts'
import type { Directory } from '../model/directory.ts'
import type { FieldName, Fields } from '../model/field.ts'
import type { Policy } from '../model/policy.ts'
import { isPlaceholder, type WantedUser } from '../model/people.ts'

/** A field of which so much less is known than the target holds that the app may no longer read it. */
export type FieldLoss = Extract<Problem, { code: 'field-loss' }>

/** How far the share of people for whom a field is known may fall, in points of a hundred. */
const bearable = 20

/** So many people may lose a field in any company, however small. */
const bearablePeople = 3

/**
 * The fields whose loss would be noticed: those that the mapping fills. In a snapshot they were filled when it was
 * made, and so the file decides: a field that nobody has in it is one that it leaves alone.
 */
export function watchedFields(
  { kind }: Directory,
  wanted: readonly WantedUser[],
  { mapping }: Policy,
): readonly MappableField[] {
  const fields = kind === 'members' ? managedFields(mapping) : heldFields(wanted)
  // A region comes and goes with its phone.
  return fields.filter((field) => field !== 'countryCode')
}

/**
 * The fields that the source has (nearly) stopped sending (specification 8). A narrowed permission of the WeCom
 * app looks like this, and so it must not be taken for a thousand edits: they are frozen for the run.
 */
export function fieldLosses(pairs: readonly Pair[], fields: readonly FieldName[]): readonly FieldLoss[] {
  return fields.flatMap((field) => {
    const before = pairs.filter(({ account, wanted }) => isKnown(account.fields, field, wanted.userid)).length
    const after = pairs.filter(({ wanted }) => isKnown(wanted.fields, field, wanted.userid)).length
    const lost = before - after
    if (lost <= bearablePeople || (100 * lost) / pairs.length <= bearable) return []
    const share = (people: number): number => (100 * people) / pairs.length
    return [{ code: 'field-loss', field, before: share(before), after: share(after) }]
  })
}

/**
 * The fields that the source sends for nobody: those a new WeCom app may not read, most often. Where the input
 * `mapping` fills them, the name of a custom field may be misspelt.
 */
export function fieldsWithheld(
  wanted: readonly WantedUser[],
  losses: readonly FieldLoss[],
  { fields, mapping }: { readonly fields: readonly MappableField[]; readonly mapping: Policy['mapping'] },
): readonly Problem[] {
  const unknown = fields.filter(
    (field) =>
      !losses.some((loss) => loss.field === field) &&
      !wanted.some((user) => isKnown(user.fields, field, user.userid)),
  )
  if (wanted.length === 0) return []
  const withheld = unknown.filter((field) => isDefault(mapping, field))
  const unfilled = unknown.filter((field) => !isDefault(mapping, field))
  return [
    ...(withheld.length === 0 ? [] : [{ code: 'field-withheld', fields: withheld } as const]),
    ...unfilled.map((field) => {
      return { code: 'mapping-unfilled', field, from: printed(mapping.get(field)) } as const
    }),
  ]
}

function isKnown(fields: Fields, field: FieldName, userid: string): boolean {
  const value = fields[field] ?? ''
  return value !== '' && !(field === 'displayName' && isPlaceholder(value, userid))
}
