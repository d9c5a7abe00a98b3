import { applyTo, departmentsAfter } from '../model/apply.ts'
import { Failure, type Problem } from '../model/problem.ts'
import { heldFields } from '../model/mapping.ts'
import {
  externalIdOf,
  holderOf,
  personOf,
  remembered,
  type CurrentUser,
  type WantedUser,
} from '../model/people.ts'
import { wantedDepartments, type Planned } from '../model/plan.ts'
import { type Checker } from '../model/check.ts'
import { type Current } from '../model/directory.ts'
import { type Department } from '../model/department.ts'
import { type FieldName, type Fields } from '../model/field.ts'
import { type Reader, type Replaced, type Stop, type Writer } from '../model/ports.ts'
import { snapshotCheck } from './check.ts'
import type { Snapshot, SnapshotUser } from './format.ts'
import { blobIdOf, headOf, printFiles } from './layout.ts'
import { load, type Location, type Loaded } from './load.ts'

export type TargetOptions = Location & {
  readonly corpId: string
  readonly syncer: string
  /** Casdoor fields that the mapping fills: no other stays in the file, where it would seem to be WeCom's. */
  readonly fields: readonly FieldName[]
  readonly stop?: Stop
}

/**
 * A snapshot that is kept equal to WeCom. One that is not there yet holds nobody. It is written in the form that
 * `path` asks for, whatever the form it was read in.
 *
 * @throws Failure when reading: those of `load()`.
 */
export function snapshotTarget(options: TargetOptions): {
  readonly reader: Reader<Loaded>
  readonly writer: Writer<Loaded>
  readonly checker: Checker
} {
  const { corpId, path, store, fields, stop } = options
  return {
    reader: {
      async read(_, wanted) {
        const expected = wanted.map((user) => asAdded(user, fields))
        const loaded = await load(options, { corpId, expected })
        const remarks = [...loaded.remarks, ...unmappedIn(loaded.snapshot, options)]
        return { current: { ...currentOf(loaded.snapshot, options), remarks }, basis: loaded }
      },
    },
    writer: {
      async write(planned, loaded) {
        const { snapshot, basis } = loaded
        const files = changedFiles(path, loaded, revise(snapshot, planned, options))
        const replaced = await attempt(async () => {
          if (files.size > 0) stop?.asked.throwIfAborted()
          return store.replace(files, planned, basis)
        })
        const done = replaced.stopped === undefined ? planned.decision.allowed : []
        return { done, failed: [], remarks: [], ...replaced }
      },
    },
    checker: snapshotCheck(path, async () => load(options, { corpId })),
  }
}

/** What went wrong with the whole is reported with the plan that was to be written. */
async function attempt(replace: () => Promise<Replaced>): Promise<Replaced> {
  try {
    return await replace()
  } catch (thrown) {
    const [stopped] = thrown instanceof Failure ? thrown.problems : []
    if (stopped === undefined) throw thrown
    return { changed: false, stopped }
  }
}

/**
 * The files that say something else than before, whatever their bytes: line ends, a formatter or a comment are no
 * change. New ones come first, and those that are no longer part of the snapshot are removed last.
 */
function changedFiles(
  path: string,
  { snapshot, ids }: Loaded,
  after: Snapshot,
): ReadonlyMap<string, string | undefined> {
  const head = headOf(path)
  const texts = printFiles(path, after)
  const before = snapshot !== undefined && ids.has(head) ? printFiles(path, snapshot) : undefined
  const changed = [...texts].filter(([file, text]) => before?.get(file) !== text)
  const gone = [...ids.keys()].filter((file) => !texts.has(file)).map((file) => [file, undefined] as const)
  if (changed.length + gone.length === 0) return new Map()
  // What names the files is brought up to date with them: it may be older than that list.
  const shared = [...texts].filter(([file, text]) => file === head && blobIdOf(text) !== ids.get(file))
  return new Map([...changed, ...shared, ...gone])
}

/** A person as the first run with them leaves them in the snapshot. */
function asAdded(user: WantedUser, managed: readonly FieldName[]): SnapshotUser {
  const { userid, forbidden = true, departments } = user
  const fields = { ...user.fields, displayName: personOf(user).displayName }
  return { userid, fields: only(managed, fields), status: remembered(user.status), forbidden, departments }
}

/** Says which fields are taken out of the file since nothing fills them any more. */
function unmappedIn(
  snapshot: Snapshot | undefined,
  { path, fields: managed }: TargetOptions,
): readonly Problem[] {
  const fields = heldFields(snapshot?.users ?? []).filter((field) => !managed.includes(field))
  return fields.length === 0 ? [] : [{ code: 'snapshot-unmapped', file: path, fields }]
}

function only(managed: readonly FieldName[], fields: Fields): Fields {
  return Object.fromEntries(managed.flatMap((field) => (field in fields ? [[field, fields[field]]] : [])))
}

/**
 * The snapshot after the changes. An approval speaks for the people as they stand: it stays while they do, so
 * that taking it out is not a change of its own.
 */
export function revise(
  before: Snapshot | undefined,
  { plan, decision }: Pick<Planned, 'plan' | 'decision'>,
  { corpId, syncer, fields }: Pick<TargetOptions, 'corpId' | 'syncer' | 'fields'>,
): Snapshot {
  const current = currentOf(before, { corpId, fields })
  const accounts = applyTo(current.users, decision.allowed)
  const kept = decision.allowed.length === 0 ? before?.approved : undefined
  const approved = decision.consent === undefined ? kept : decision.digest
  return {
    syncer,
    corpId,
    ...(approved !== undefined && { approved }),
    departments: departmentsAfter(wantedDepartments(plan), current.departments, accounts),
    users: accounts.map((account) => userOf(account, fields)),
  }
}

function currentOf(
  snapshot: Snapshot | undefined,
  { corpId, fields }: Pick<TargetOptions, 'corpId' | 'fields'>,
): Current & { readonly departments: readonly Department[] } {
  return {
    users:
      snapshot?.users.map((user) => accountOf({ ...user, fields: only(fields, user.fields) }, corpId)) ?? [],
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
function userOf(account: CurrentUser, managed: readonly FieldName[]): SnapshotUser {
  const { forbidden, status = 'active', departments = [] } = account
  const fields = only(managed, account.fields)
  return { userid: holderOf(account).userid, fields, forbidden, status, departments }
}
