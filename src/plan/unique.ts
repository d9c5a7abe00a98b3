import { claimOf, sharedRemark, withoutField } from './dedupe.ts'
import { uniqueFields, type UniqueField } from '../model/field.ts'
import { groupBy } from '../model/lists.ts'
import { type Current } from '../model/directory.ts'
import { type CurrentUser, type WantedUser } from '../model/people.ts'
import { type Remark } from '../model/plan.ts'
import { storedPhone } from '../model/phone.ts'
import type { CountryCode } from 'libphonenumber-js/max'

/** Somebody who is to be written, and may claim an e-mail and a phone: with their account, or new. */
export type Claimant = { readonly wanted: WantedUser; readonly account?: CurrentUser }

/** Who gets which e-mail and phone, and which accounts have to give one up for it. */
export type Settlement<Some extends Claimant> = {
  readonly claimants: readonly Some[]
  readonly releases: ReadonlyMap<CurrentUser, readonly UniqueField[]>
  readonly remarks: readonly Remark[]
}

/**
 * Settles who may take an e-mail or phone that an account already holds: Casdoor allows each once in an
 * organization (specification 5.3, 6.4). An account this run may write to gives it up; where another holds it
 * the person goes on without and is reported.
 *
 * @param writable accounts this run may write to.
 * @param region of stored numbers that have none.
 */
export function settleClaims<Some extends Claimant>(
  claimants: readonly Some[],
  { users, frozen }: Current,
  writable: ReadonlySet<CurrentUser>,
  region: CountryCode,
): Settlement<Some> {
  const releases = new Map<CurrentUser, UniqueField[]>()
  const remarks: Remark[] = []
  const settleField = (open: readonly Some[], field: UniqueField): readonly Some[] => {
    const holders = groupBy(users, ({ fields }) =>
      keyOfValue(field === 'phone' ? storedPhone(fields, region) : fields, field),
    )
    const isFrozen = frozen.has(field)
    return open.map((claimant) => {
      // Where the field is frozen only a new account is given one.
      const rivals = isFrozen && claimant.account !== undefined ? [] : rivalsOf(claimant, field, holders)
      const owner = rivals.find((account) => isFrozen || !writable.has(account))
      if (owner !== undefined) {
        remarks.push(sharedRemark(claimant.wanted, field, owner.name))
        return { ...claimant, wanted: withoutField(claimant.wanted, field) }
      }
      for (const account of rivals) releases.set(account, [...(releases.get(account) ?? []), field])
      return claimant
    })
  }
  return { claimants: uniqueFields.reduce(settleField, claimants), releases, remarks }
}

/** The other accounts that hold what this person is about to be given. */
function rivalsOf(
  { wanted, account }: Claimant,
  field: UniqueField,
  holders: ReadonlyMap<string, readonly CurrentUser[]>,
): readonly CurrentUser[] {
  const claim = claimOf(wanted.fields, field)
  if (claim === undefined || (account !== undefined && claimOf(account.fields, field) === claim)) return []
  const all = holders.get(keyOfValue(wanted.fields, field)) ?? []
  return all.filter((holder) => holder !== account && clash(holder, wanted, field))
}

/** Casdoor takes two equal numbers for one when either has no region (`object/user.go`, since v3.62.1). */
function clash(holder: CurrentUser, { fields }: WantedUser, field: UniqueField): boolean {
  if (field === 'email') return true
  const regions = [holder.fields.countryCode ?? '', fields.countryCode ?? '']
  return regions.includes('') || regions[0] === regions[1]
}

function keyOfValue(fields: WantedUser['fields'], field: UniqueField): string {
  return (fields[field] ?? '').toLowerCase()
}
