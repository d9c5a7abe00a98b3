import { whereaboutsOf } from '../../../../src/plan/person.ts'
import { dedupe } from '../../../../src/plan/dedupe.ts'
import { diff } from '../../../../src/plan/diff.ts'
import { match } from '../../../../src/plan/match.ts'
import { listEdits } from '../../../../src/model/edit.ts'
import type { Change } from '../../../../src/model/plan.ts'
import type { Current, Directory } from '../../../../src/model/directory.ts'
import type { CurrentUser, WantedUser } from '../../../../src/model/people.ts'
import type { Policy } from '../../../../src/model/policy.ts'
import { aCurrent, aDirectory, aPolicy, corpId } from '../../../make.ts'

export type Setting = {
  readonly policy?: Partial<Policy>
  readonly current?: Partial<Current>
  readonly directory?: Partial<Omit<Directory, 'kind'>>
}

export function planOf(
  wanted: readonly WantedUser[],
  accounts: readonly CurrentUser[],
  { policy: overrides, ...setting }: Setting = {},
) {
  const policy = aPolicy(overrides)
  const directory = aDirectory([], setting.directory)
  const current = aCurrent(accounts, setting.current)
  const { users, remarks } = dedupe(wanted)
  const isGone = (key: string) => whereaboutsOf(key, directory) === 'gone'
  const matches = match(users, accounts, { ...policy, corpId, isGone })
  return diff({ directory, current, policy, wanted: users, matches, remarks })
}

export const person = { userid: 'chen_ming', displayName: '陈明', departments: [2] }
export const named = { ...person, name: 'chen_ming' }

/** What is written about `aUser()` beside their fields when an account becomes theirs. */
export const asNew = {
  departments: [[], [2]],
  status: [undefined, 'active'],
  wecom: ['', 'chen_ming'],
  externalId: ['', `wecom:${corpId}:chen_ming`],
} as const

/** Of each change the names of what it changes. */
export function edited(changes: readonly Change[]) {
  return changes.map((change) => listEdits(change).map(({ field }) => field))
}
