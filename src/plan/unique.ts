import { claimOf, sharedRemark, withoutField } from './dedupe.ts'
import { uniqueFields, type UniqueField } from '../model/field.ts'
import { type Current } from '../model/directory.ts'
import { type CurrentUser, type WantedUser } from '../model/people.ts'
import { type Remark } from '../model/plan.ts'

/** Somebody who is to be written: with their account, or new. */
export type Entry = { readonly wanted: WantedUser; readonly account?: CurrentUser }

/** Who gets which e-mail and phone, and which accounts have to give one up for it. */
export type Settled<Some extends Entry> = {
  readonly entries: readonly Some[]
  readonly releases: ReadonlyMap<CurrentUser, readonly UniqueField[]>
  readonly remarks: readonly Remark[]
}

/**
 * Settles who may take an e-mail or phone that an account already holds: Casdoor allows each once in an
 * organization (specification 5.3, 6.4). An account this run may write to gives it up; where another holds it
 * the person goes on without and is reported.
 *
 * @param writable accounts this run may write to.
 */
export function settle<Some extends Entry>(
  entries: readonly Some[],
  { users, frozen }: Current,
  writable: ReadonlySet<CurrentUser>,
): Settled<Some> {
  const releases = new Map<CurrentUser, UniqueField[]>()
  const remarks: Remark[] = []
  const settleField = (open: readonly Some[], field: UniqueField): readonly Some[] => {
    const index = indexBy(users, field)
    const isFrozen = frozen.has(field)
    return open.map((entry) => {
      // Where the field is frozen only a new account is given one.
      const rivals = isFrozen && entry.account !== undefined ? [] : rivalsOf(entry, field, index)
      const owner = rivals.find((account) => isFrozen || !writable.has(account))
      if (owner !== undefined) {
        remarks.push(sharedRemark(entry.wanted, field, owner.name))
        return { ...entry, wanted: withoutField(entry.wanted, field) }
      }
      for (const account of rivals) releases.set(account, [...(releases.get(account) ?? []), field])
      return entry
    })
  }
  return { entries: uniqueFields.reduce(settleField, entries), releases, remarks }
}

/** The other accounts that hold what this person is about to be given. */
function rivalsOf(
  { wanted, account }: Entry,
  field: UniqueField,
  index: ReadonlyMap<string, readonly CurrentUser[]>,
): readonly CurrentUser[] {
  const claim = claimOf(wanted.fields, field)
  if (claim === undefined || (account !== undefined && claimOf(account.fields, field) === claim)) return []
  const holders = index.get(keyOfClaim(wanted.fields, field)) ?? []
  return holders.filter((holder) => holder !== account && clash(holder, wanted, field))
}

/** Casdoor takes two equal numbers for one when either has no region (`object/user.go`, since v3.62.1). */
function clash(holder: CurrentUser, { fields }: WantedUser, field: UniqueField): boolean {
  if (field === 'email') return true
  const regions = [holder.fields.countryCode ?? '', fields.countryCode ?? '']
  return regions.includes('') || regions[0] === regions[1]
}

function keyOfClaim(fields: WantedUser['fields'], field: UniqueField): string {
  return (fields[field] ?? '').toLowerCase()
}

function indexBy(
  accounts: readonly CurrentUser[],
  field: UniqueField,
): ReadonlyMap<string, readonly CurrentUser[]> {
  const index = new Map<string, CurrentUser[]>()
  for (const account of accounts) {
    const key = keyOfClaim(account.fields, field)
    if (key === '') continue
    const known = index.get(key)
    if (known === undefined) index.set(key, [account])
    else known.push(account)
  }
  return index
}
