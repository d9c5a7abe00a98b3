import { applyTo } from '../apply.ts'
import { departmentsAfter } from '../departments.ts'
import {
  externalIdOf,
  holderOf,
  type Applied,
  type Change,
  type Checker,
  type Current,
  type CurrentUser,
  type Department,
  type Reader,
  type Writer,
} from '../model.ts'
import { snapshotCheck } from './check.ts'
import type { Snapshot, SnapshotUser } from './format.ts'
import { printSnapshot } from './print.ts'
import { causeOf, readStored, type Place, type Stored } from './stored.ts'

export type TargetOptions = Place & { readonly corpId: string; readonly syncer: string }

/**
 * A snapshot that is kept equal to WeCom. A file that is not there yet holds nobody.
 *
 * @throws Failure when reading: `snapshot-unreadable`, `snapshot-invalid`, `snapshot-other-corp`.
 */
export function snapshotTarget(options: TargetOptions): {
  readonly reader: Reader
  readonly writer: Writer
  readonly checker: Checker
} {
  const { corpId, shownPath, path, files } = options
  let last: Stored | undefined
  const read = async (): Promise<Stored | undefined> => (last = await readStored(options, corpId, last))
  return {
    reader: { read: async () => currentOf((await read())?.snapshot, corpId) },
    writer: {
      async write(changes, departments) {
        const stored = await read()
        const text = printSnapshot(revise(stored?.snapshot, changes, departments, options))
        if (text === stored?.text) return applied(changes, false)
        try {
          await files.write(path, text)
        } catch (error) {
          const stopped = { code: 'snapshot-unwritable', file: shownPath, cause: causeOf(error) } as const
          return { ...applied([], false), stopped }
        }
        return applied(changes, true)
      },
    },
    checker: snapshotCheck(shownPath, async () => (await read())?.snapshot.users.length),
  }
}

function applied(done: readonly Change[], changed: boolean): Applied {
  return { done, failed: [], remarks: [], changed }
}

/**
 * The snapshot after the changes. An approval speaks for the people as they stand: it stays while they do, so
 * that taking it out is not a change of its own.
 */
export function revise(
  before: Snapshot | undefined,
  changes: readonly Change[],
  departments: readonly Department[],
  { corpId, syncer }: Pick<TargetOptions, 'corpId' | 'syncer'>,
): Snapshot {
  const current = currentOf(before, corpId)
  const accounts = applyTo(current.users, changes)
  const approved = changes.length === 0 ? before?.approved : undefined
  return {
    syncer,
    corpId,
    ...(approved !== undefined && { approved }),
    departments: departmentsAfter(departments, current.departments, accounts),
    users: accounts.map(userOf),
  }
}

function currentOf(
  snapshot: Snapshot | undefined,
  corpId: string,
): Current & { readonly departments: readonly Department[] } {
  return {
    users: snapshot?.users.map((user) => accountOf(user, corpId)) ?? [],
    departments: snapshot?.departments ?? [],
    lowersNames: false,
    frozen: new Map(),
    remarks: [],
  }
}

function accountOf({ userid, ...user }: SnapshotUser, corpId: string): CurrentUser {
  return {
    ...user,
    name: userid,
    id: userid,
    wecom: userid,
    externalId: externalIdOf(corpId, userid),
    deleted: false,
    administrator: false,
    groups: [],
  }
}

/** Only what WeCom calls the person counts here: the name an account would get in Casdoor is left behind. */
function userOf(account: CurrentUser): SnapshotUser {
  const { fields, forbidden, status = 'active', departments = [] } = account
  return { userid: holderOf(account).userid, fields, forbidden, status, departments }
}
