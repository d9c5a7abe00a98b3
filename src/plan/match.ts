import { claimOf } from './dedupe.ts'
import { byCodePoint, groupBy } from '../model/lists.ts'
import { storedPhone } from '../model/phone.ts'
import {
  externalIdOf,
  keyOf,
  ownerPrefix,
  personOf,
  type CurrentUser,
  type WantedUser,
} from '../model/people.ts'
import { type MatchKey } from '../model/field.ts'
import { type Policy } from '../model/policy.ts'
import { type Remark } from '../model/plan.ts'
import { nameOf } from '../model/account-name.ts'
import type { Problem } from '../model/problem.ts'

/** A wanted user and the account that is theirs; `key` says how it was found. */
export type Pair = { readonly wanted: WantedUser; readonly account: CurrentUser; readonly key: MatchKey }

/** An account of this syncer whose person the source no longer has; `key` is their lower-cased userid. */
export type Leaver = { readonly account: CurrentUser; readonly key: string }

/** Who is who. Accounts that belong to nobody here are in none of the lists. */
export type Matches = {
  readonly pairs: readonly Pair[]
  /** Wanted users without an account. */
  readonly joiners: readonly WantedUser[]
  readonly leavers: readonly Leaver[]
  /** Conflicts: people who are left alone rather than guessed. */
  readonly skipped: readonly Remark[]
}

/** What matching needs to know beside the people. */
export type MatchPolicy = Pick<Policy, 'matchBy' | 'countryCode'> & {
  readonly corpId: string
  /** Is a userid that the source does not show really gone from WeCom? */
  readonly isGone: (key: string) => boolean
}

/**
 * Finds each wanted user's account (specification 6.1): by `externalId`, `wecom`, `id`, then the keys of
 * `match-by`, each compared in lower case. Exactly one free candidate adopts the account; anything else is a
 * conflict and the person is skipped.
 */
export function match(
  wanted: readonly WantedUser[],
  accounts: readonly CurrentUser[],
  policy: MatchPolicy,
): Matches {
  const wantedKeys = new Set(wanted.map((user) => keyOf(user.userid)))
  const keys: readonly MatchKey[] = ['externalId', 'wecom', 'id', ...policy.matchBy]
  const { pairs, open, skipped } = keys.reduce<Round>(
    (before, key) => matchBy(key, before, { accounts, wantedKeys, policy }),
    { pairs: [], open: wanted, skipped: [], taken: new Map() },
  )
  const matched = new Set(pairs.map(({ account }) => account))
  const leavers = accounts.flatMap((account) => {
    const key = ownerOf(account, policy.corpId)
    return key === undefined || wantedKeys.has(key) || matched.has(account) ? [] : [{ account, key }]
  })
  return { pairs, joiners: open, leavers, skipped }
}

/** Who is matched, skipped and still open after a key. */
type Round = Pick<Matches, 'pairs' | 'skipped'> & {
  readonly open: readonly WantedUser[]
  /** The userid that an account was matched to. */
  readonly taken: ReadonlyMap<CurrentUser, string>
}

type Ground = {
  readonly accounts: readonly CurrentUser[]
  readonly wantedKeys: ReadonlySet<string>
  readonly policy: MatchPolicy
}

function matchBy(key: MatchKey, before: Round, ground: Ground): Round {
  const holders = groupBy(ground.accounts, (account) => accountValue(account, key, ground.policy))
  const found = before.open.map((user) => {
    const accounts = new Set(valuesOf(user, key, ground.policy).flatMap((value) => holders.get(value) ?? []))
    return { user, candidates: [...accounts].filter((account) => isCandidate(account, key, ground)) }
  })
  const contested = contestedOf(found.flatMap(({ candidates }) => candidates))
  const pairs = [...before.pairs]
  const skipped = [...before.skipped]
  const taken = new Map(before.taken)
  const open: WantedUser[] = []
  for (const { user, candidates } of found) {
    const [account] = candidates
    if (account === undefined) {
      open.push(user)
      continue
    }
    const problem =
      candidates.length > 1
        ? several(key, candidates)
        : conflict(account, user, { key, contested, taken: before.taken }, ground)
    if (problem === undefined) {
      pairs.push({ wanted: user, account, key })
      taken.set(account, user.userid)
    } else skipped.push({ kind: 'skipped', person: personOf(user), problem })
  }
  return { pairs, skipped, open, taken }
}

/** By `match-by`, an account of ours is a candidate only when its own person is gone from WeCom. */
function isCandidate(account: CurrentUser, key: MatchKey, ground: Ground): boolean {
  if (key === 'externalId' || key === 'wecom' || key === 'id') return true
  const owner = ownerOf(account, ground.policy.corpId)
  return owner === undefined || isGone(owner, ground)
}

/** Is a person neither wanted nor anywhere else in the corp? */
function isGone(key: string, { wantedKeys, policy }: Ground): boolean {
  return !wantedKeys.has(key) && policy.isGone(key)
}

function several(key: MatchKey, candidates: readonly CurrentUser[]): Problem {
  return { code: 'match-several', key, accounts: candidates.map(({ name }) => name).toSorted(byCodePoint) }
}

type Claims = Pick<Round, 'taken'> & {
  readonly key: MatchKey
  /** Accounts that are a candidate for several people. */
  readonly contested: ReadonlySet<CurrentUser>
}

/** Why the only candidate may not be adopted, if it may not. */
function conflict(
  account: CurrentUser,
  user: WantedUser,
  claims: Claims,
  ground: Ground,
): Problem | undefined {
  const owner = ownerOf(account, ground.policy.corpId)
  const holder =
    claims.taken.get(account) ?? (owner === undefined || isGone(owner, ground) ? undefined : owner)
  if (holder !== undefined && keyOf(holder) !== keyOf(user.userid)) {
    return { code: 'match-taken', account: account.name, userid: holder }
  }
  if (claims.contested.has(account)) {
    return { code: 'match-rivals', account: account.name, key: claims.key }
  }
  if (account.externalId !== '' && owner === undefined) {
    return { code: 'match-foreign', account: account.name, externalId: account.externalId }
  }
  return undefined
}

/** The lower-cased userid of an account that this syncer owns; `undefined` for everybody else's accounts. */
export function ownerOf(account: CurrentUser, corpId: string): string | undefined {
  const prefix = ownerPrefix(corpId).toLowerCase()
  const externalId = account.externalId.toLowerCase()
  return externalId.startsWith(prefix) ? externalId.slice(prefix.length) : undefined
}

function contestedOf(candidates: readonly CurrentUser[]): ReadonlySet<CurrentUser> {
  const seen = new Set<CurrentUser>()
  return new Set(candidates.filter((account) => seen.size === seen.add(account).size))
}

function accountValue(account: CurrentUser, key: MatchKey, { countryCode }: MatchPolicy): string | undefined {
  if (key === 'email') return claimOf(account.fields, key)
  if (key === 'phone') return claimOf(storedPhone(account.fields, countryCode), key)
  return account[key] === '' ? undefined : account[key].toLowerCase()
}

function valuesOf(user: WantedUser, key: MatchKey, policy: MatchPolicy): readonly string[] {
  switch (key) {
    case 'externalId':
      return [externalIdOf(policy.corpId, user.userid).toLowerCase()]
    case 'wecom':
    case 'id':
      return [keyOf(user.userid)]
    case 'name':
      return [...new Set([keyOf(user.userid), nameOf(user.userid).toLowerCase()])]
    case 'email':
    case 'phone':
      return [claimOf(user.fields, key)].filter((value) => value !== undefined)
  }
}
