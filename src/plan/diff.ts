import { settleClaims, type Claimant } from './unique.ts'
import {
  compare,
  isProtected,
  join,
  leave,
  skipProtected,
  whereaboutsOf,
  type Grounds,
  type Step,
} from './person.ts'
import { completed } from './departments/complete.ts'
import { planDepartments } from './departments/changes.ts'
import { fieldLosses, fieldsWithheld, watchedFields, type FieldLoss } from './field-loss.ts'
import { ownerOf, type Matches } from './match.ts'
import { byCodePoint } from '../model/lists.ts'
import { byUserid, personOf, type CurrentUser, type WantedUser } from '../model/people.ts'
import { type Change, type Plan, type Remark } from '../model/plan.ts'
import { type Current } from '../model/directory.ts'
import { type UniqueField } from '../model/field.ts'
import { namesFor } from '../model/account-name.ts'
import { possibleRenames } from './rename.ts'
import { sharedSignIns } from './sign-in.ts'

/** Who is wanted, who is there, and who is who. */
export type Comparison = Omit<Grounds, 'visible'> & {
  readonly wanted: readonly WantedUser[]
  readonly matches: Matches
  /** What mapping and merging had to say about people. */
  readonly remarks: readonly Remark[]
}

/**
 * Compares what is wanted with what is there (specification 5 and 6). A pure function: it reads nothing and
 * writes nothing, and the same comparison gives the same plan.
 */
export function diff(comparison: Comparison): Plan {
  const { wanted, matches, policy } = comparison
  const { groups, departments: stored = groups?.departments ?? [] } = comparison.current
  const directory = {
    ...comparison.directory,
    departments: completed(comparison.directory.departments, stored),
  }
  const fields = watchedFields(directory, wanted, policy)
  const losses = fieldLosses(matches.pairs, fields)
  const current = freeze(comparison.current, losses)
  const visible = new Set(directory.departments.map(({ id }) => id))
  const grounds = { directory, current, policy, visible }
  const names = nameJoiners(comparison)
  const pairs = matches.pairs.filter(({ account }) => !isProtected(account, policy))
  const untouchable = matches.pairs.filter(({ account }) => isProtected(account, policy))
  const leavers = matches.leavers.filter(({ account }) => !isProtected(account, policy))
  const writable = new Set([...pairs, ...leavers].map(({ account }) => account))
  const adopted = [...writable].filter((account) => ownerOf(account, directory.corpId) === undefined)
  const settled = settleClaims([...pairs, ...names.joiners], current, writable, policy.countryCode)
  const releases = (account: CurrentUser): readonly UniqueField[] => settled.releases.get(account) ?? []
  const steps: readonly Step[] = [
    ...settled.claimants.map((claimant) =>
      'name' in claimant
        ? join(claimant.wanted, claimant.name, grounds)
        : compare(claimant, releases(claimant.account), grounds),
    ),
    ...untouchable.map((pair) => skipProtected(pair, grounds)),
    ...matches.leavers.map((leaver) => leave(leaver, releases(leaver.account), grounds)),
  ]
  const changes = steps.flatMap(({ change }) => change ?? []).toSorted(byKind)
  const skipped = [...matches.skipped, ...names.skipped]
  const unseen = matches.leavers.filter(({ key }) => whereaboutsOf(key, directory) !== 'gone')
  const { findings, ...departments } = planDepartments(
    grounds,
    changes,
    unseen.map(({ account }) => account),
  )
  const remarks = [
    ...comparison.remarks,
    ...skipped,
    ...settled.remarks,
    ...sharedSignIns(wanted),
    ...possibleRenames(matches.joiners, matches.leavers.map(({ account }) => account).filter(canSignIn)),
    ...steps.flatMap((step) => step.remarks),
  ]
  return {
    changes,
    remarks: remarks.toSorted(byRemark),
    findings: [
      ...directory.remarks,
      ...current.remarks,
      ...losses,
      ...fieldsWithheld(wanted, losses, { fields, mapping: policy.mapping }),
      ...findings,
    ],
    doubts: directory.doubts,
    unchanged: wanted.length - skipped.length - countWanted(changes, matches),
    owned:
      adopted.length +
      current.users.filter((account) => ownerOf(account, directory.corpId) !== undefined).length,
    exchange: exchangeIn(matches, names.joiners.length, directory),
    oneByOne: matches.pairs.filter(({ account }) => isWithoutDepartment(account, directory.corpId)).length,
    ...departments,
  }
}

/** How many of our people who can sign in are gone, and how many others come. */
function exchangeIn(
  { pairs, leavers }: Matches,
  joining: number,
  directory: Comparison['directory'],
): Plan['exchange'] {
  const staying = pairs.filter(({ account }) => canSignIn(account))
  const owned = staying.filter(({ account }) => ownerOf(account, directory.corpId) !== undefined).length
  const left = leavers.filter(({ account }) => canSignIn(account))
  const gone = left.filter(({ key }) => whereaboutsOf(key, directory) === 'gone').length
  return { owned: owned + left.length, gone, joining }
}

/** Fields of which the source lost sight are left as they are, like those the target refuses to change. */
function freeze(current: Current, losses: readonly FieldLoss[]): Current {
  return {
    ...current,
    frozen: new Map([...current.frozen, ...losses.map((loss) => [loss.field, loss] as const)]),
  }
}

/** An account of ours of which no department is remembered: the app saw the person one by one. */
function isWithoutDepartment(account: CurrentUser, corpId: string): boolean {
  return ownerOf(account, corpId) !== undefined && (account.departments ?? []).length === 0
}

function canSignIn(account: CurrentUser): boolean {
  return !account.forbidden && !account.deleted
}

/** How many changes are about a wanted person, hence not about a leaver. */
function countWanted(changes: readonly Change[], { leavers }: Matches): number {
  const names = new Set(leavers.map(({ account }) => account.name))
  return changes.filter(({ name }) => !names.has(name)).length
}

const kinds: readonly Change['kind'][] = ['forbid', 'delete', 'restore', 'update', 'add']

function byKind(a: Change, b: Change): number {
  return kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || byUserid(a, b)
}

function byRemark(a: Remark, b: Remark): number {
  return (
    byCodePoint(a.kind, b.kind) || byUserid(a.person, b.person) || byCodePoint(a.problem.code, b.problem.code)
  )
}

type Joiner = Claimant & { readonly name: string }

/** Gives each joiner a name that no account has; who gets none is skipped (specification 6.2). */
function nameJoiners({ wanted, current, matches, policy }: Comparison): {
  readonly joiners: readonly Joiner[]
  readonly skipped: readonly Remark[]
} {
  const nameFor = namesFor(wanted.map(({ userid }) => userid))
  const accounts = new Map(current.users.map(({ name }) => [name.toLowerCase(), name]))
  const joiners: Joiner[] = []
  const skipped: Remark[] = []
  for (const user of matches.joiners) {
    const made = nameFor(user.userid)
    const name = current.lowersNames ? made.toLowerCase() : made
    const account = accounts.get(name.toLowerCase())
    const person = personOf(user)
    if (account !== undefined) {
      skipped.push({ kind: 'skipped', person, problem: { code: 'name-taken', account } })
    } else if (policy.protectedUsers.has(name.toLowerCase())) {
      const problem = { code: 'protected', administrator: false, changes: ['add'] } as const
      skipped.push({ kind: 'protected', person, problem })
    } else joiners.push({ wanted: user, name })
  }
  return { joiners, skipped }
}
