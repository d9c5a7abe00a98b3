import { applyTo } from '../apply.ts'
import { departmentsAfter } from '../departments.ts'
import { Failure } from '../errors.ts'
import {
  externalIdOf,
  holderOf,
  personOf,
  wantedDepartments,
  type Checker,
  type Current,
  type CurrentUser,
  type Department,
  type Planned,
  type Reader,
  type Replaced,
  type WantedUser,
  type Writer,
} from '../model.ts'
import { snapshotCheck } from './check.ts'
import type { Snapshot, SnapshotUser } from './format.ts'
import { blobIdOf, printFiles } from './layout.ts'
import { readStored, type Place, type Stored } from './stored.ts'

export type TargetOptions = Place & { readonly corpId: string; readonly syncer: string }

/**
 * A snapshot that is kept equal to WeCom. One that is not there yet holds nobody. The writer works on what the
 * reader has read, and in the form that `path` asks for.
 *
 * @throws Failure when reading: those of `readStored()`.
 */
export function snapshotTarget(options: TargetOptions): {
  readonly reader: Reader
  readonly writer: Writer
  readonly checker: Checker
} {
  const { corpId, path, store } = options
  let last: Stored | undefined
  return {
    reader: {
      async read(_, wanted) {
        last = await readStored(options, { corpId, expected: wanted.map(asAdded) })
        return { ...currentOf(last.snapshot, corpId), remarks: last.remarks }
      },
    },
    writer: {
      async write(planned) {
        if (last === undefined) throw new Error('nothing was read before writing')
        const texts = printFiles(path, revise(last.snapshot, planned, options))
        const replaced = await attempt(async () => store.replace(changedFiles(texts, last?.ids), planned))
        const done = replaced.stopped === undefined ? planned.decision.allowed : []
        return { done, failed: [], remarks: [], ...replaced }
      },
    },
    checker: snapshotCheck(path, async () => readStored(options, { corpId })),
  }
}

/** What went wrong with the whole is told with the plan that was to be written. */
async function attempt(replace: () => Promise<Replaced>): Promise<Replaced> {
  try {
    return await replace()
  } catch (thrown) {
    const [stopped] = thrown instanceof Failure ? thrown.problems : []
    if (stopped === undefined) throw thrown
    return { changed: false, stopped }
  }
}

/** The files whose bytes differ, new ones first; those that are no longer part of the snapshot are taken away. */
function changedFiles(
  texts: ReadonlyMap<string, string>,
  ids: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, string | undefined> {
  const changed = [...texts].filter(([file, text]) => blobIdOf(text) !== ids.get(file))
  const gone = [...ids.keys()].filter((file) => !texts.has(file)).map((file) => [file, undefined] as const)
  return new Map([...changed, ...gone])
}

/** A person as the first run with them leaves them in the snapshot. */
function asAdded(user: WantedUser): SnapshotUser {
  const { userid, fields, status, forbidden = true, departments } = user
  const displayName = personOf(user).displayName
  return { userid, fields: { ...fields, displayName }, status, forbidden, departments }
}

/**
 * The snapshot after the changes. An approval speaks for the people as they stand: it stays while they do, so
 * that taking it out is not a change of its own.
 */
export function revise(
  before: Snapshot | undefined,
  { plan, decision }: Pick<Planned, 'plan' | 'decision'>,
  { corpId, syncer }: Pick<TargetOptions, 'corpId' | 'syncer'>,
): Snapshot {
  const current = currentOf(before, corpId)
  const accounts = applyTo(current.users, decision.allowed)
  const kept = decision.allowed.length === 0 ? before?.approved : undefined
  const approved = decision.consent === undefined ? kept : decision.digest
  return {
    syncer,
    corpId,
    ...(approved !== undefined && { approved }),
    departments: departmentsAfter(wantedDepartments(plan), current.departments, accounts),
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
