import { Failure, type Problem } from '../model/problem.ts'
import type { Listing, Store } from '../model/ports.ts'
import type { Snapshot, SnapshotUser } from './format.ts'
import {
  blobIdOf,
  headOf,
  isDirectory,
  otherForms,
  peopleIn,
  placesOf,
  shardName,
  shardOf,
  shardsOf,
} from './layout.ts'
import { parseHead, parseShard, parseSnapshot } from './parse.ts'
import { printShard } from './print.ts'

/** Where a snapshot lies. */
export type Location = {
  /** Relative to the store, and what problems name; a directory ends in `/`. */
  readonly path: string
  readonly store: Store
}

/** What lies there. */
export type Loaded = {
  /** Absent when nothing does yet. */
  readonly snapshot?: Snapshot
  /** Ids of all its files by path, as git names blobs; those of the other form where that was read. */
  readonly ids: ReadonlyMap<string, string>
  /** What the store replaces files by. */
  readonly basis: unknown
  readonly remarks: readonly Problem[]
}

/**
 * Reads what lies there, or, where the form was changed, what lies there in the other form.
 *
 * @param options.corpId whose snapshot it has to be, where that is known.
 * @param options.expected people as they would be printed: a file that holds just those is not read.
 * @throws Failure `snapshot-headless`, `snapshot-stray`, `snapshot-unreadable`, `snapshot-invalid`,
 * `snapshot-other-corp`, or one of the store.
 */
export async function load(
  { path, store }: Location,
  { corpId, expected = [] }: { readonly corpId?: string; readonly expected?: readonly SnapshotUser[] } = {},
): Promise<Loaded> {
  const forms = [path, ...otherForms(path)]
  const { ids: listed, read, basis } = await store.list(forms.flatMap(placesOf))
  const [place, second] = forms.filter((each) => listed.has(headOf(each)))
  if (place === undefined) {
    const orphan = [...idsIn(path, listed).keys()].at(0)
    if (orphan !== undefined) throw new Failure({ code: 'snapshot-headless', file: headOf(path) })
    return { ids: new Map(), remarks: [], basis }
  }
  const ids = idsIn(place, listed)
  const snapshot = await readFiles({ path: place, ids, read }, expected)
  if (corpId !== undefined && snapshot.corpId !== corpId) {
    throw new Failure({
      code: 'snapshot-other-corp',
      file: headOf(place),
      corpId: snapshot.corpId,
      expected: corpId,
    })
  }
  const remarks: readonly Problem[] =
    place !== path
      ? [{ code: 'snapshot-other-form', file: path, other: place }]
      : second !== undefined
        ? [{ code: 'snapshot-both-forms', file: path, other: second }]
        : []
  return { snapshot, ids, remarks, basis }
}

/** The files of one form; a file among the people that would be overlooked is an error. */
function idsIn(path: string, listed: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const folder = peopleIn(path)
  const files = [...listed].filter(([file]) => {
    if (file === headOf(path)) return true
    if (!isDirectory(path) || !file.startsWith(folder)) return false
    if (shardName.test(file.slice(folder.length))) return true
    if (/\.ya?ml$/i.test(file)) throw new Failure({ code: 'snapshot-stray', file })
    return false
  })
  return new Map(files)
}

async function readFiles(
  { path, ids, read }: Pick<Listing<unknown>, 'ids' | 'read'> & { readonly path: string },
  expected: readonly SnapshotUser[],
): Promise<Snapshot> {
  const head = headOf(path)
  if (!isDirectory(path)) return parseSnapshot(await read(head), head)
  const people = shardsOf(path, expected)
  const shards = [...ids].filter(([file]) => file !== head)
  const users = shards.map(async ([file, id]) => {
    const some = people.get(file)
    if (some !== undefined && blobIdOf(printShard(some)) === id) return some
    return parseShard(await read(file), file, (userid) => shardOf(path, userid))
  })
  const [shared, ...all] = await Promise.all([parseHeadOf(), ...users])
  return { ...shared, users: all.flat() }

  async function parseHeadOf(): Promise<Omit<Snapshot, 'users'>> {
    return parseHead(await read(head), head)
  }
}
