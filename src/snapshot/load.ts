import { Failure, type Problem } from '../model/problem.ts'
import type { Obstacle } from '../model/places.ts'
import type { Listing, Store } from '../model/ports.ts'
import type { Snapshot, SnapshotUser } from './format.ts'
import { blobIdOf, headOf, isDirectory, isShard, otherForms, placesOf, shardOf, shardsOf } from './layout.ts'
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
 * @throws Failure `snapshot-obstacle`, `snapshot-headless`, `snapshot-part-missing`, `snapshot-stray`,
 * `snapshot-unreadable`, `snapshot-invalid`, `snapshot-other-corp`, or one of the store.
 */
export async function load(
  { path, store }: Location,
  { corpId, expected = [] }: { readonly corpId?: string; readonly expected?: readonly SnapshotUser[] } = {},
): Promise<Loaded> {
  const forms = [path, ...otherForms(path)]
  const { ids: listed, obstacles, read, basis } = await store.list(forms.flatMap(placesOf))
  const [place, second] = forms.filter((each) => listed.has(headOf(each)))
  refuseObstacles(path, place === path, obstacles)
  const ids = idsIn(place ?? path, listed)
  if (place === undefined) {
    const orphaned = forms.find((form) => [...listed.keys()].some((file) => isShard(form, file)))
    if (orphaned !== undefined) throw new Failure({ code: 'snapshot-headless', file: headOf(orphaned) })
    return { ids, remarks: [], basis }
  }
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

/**
 * Refuses what must not pass for "nothing there". While the form asked for is not there, the other may hide behind
 * an obstacle too; but a file that could be the directory, or a directory that could be the file, is just another.
 */
function refuseObstacles(path: string, isThere: boolean, obstacles: readonly Obstacle[]): void {
  const own = placesOf(path)
  const obstacle = obstacles.find(
    ({ place, what }) => own.includes(place) || (!isThere && what !== 'file' && what !== 'folder'),
  )
  if (obstacle === undefined) return
  const { path: file, what, found = file } = obstacle
  throw new Failure({ code: 'snapshot-obstacle', file, what, found })
}

/** The files of one form; a file among the people that would be overlooked is an error. */
function idsIn(path: string, listed: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const files = [...listed].filter(
    ([file]) => file === headOf(path) || (isDirectory(path) && file.startsWith(path)),
  )
  const stray = files.find(([file]) => file !== headOf(path) && !isShard(path, file))
  if (stray !== undefined) throw new Failure({ code: 'snapshot-stray', file: stray[0] })
  return new Map(files)
}

async function readFiles(
  { path, ids, read }: Pick<Listing<unknown>, 'ids' | 'read'> & { readonly path: string },
  expected: readonly SnapshotUser[],
): Promise<Snapshot> {
  const head = headOf(path)
  if (!isDirectory(path)) return parseSnapshot(await read(head), head)
  const { files = [], ...shared } = parseHead(await read(head), head)
  const missing = files.map((file) => `${path}${file}`).filter((file) => !ids.has(file))
  const [file] = missing
  if (file !== undefined)
    throw new Failure({ code: 'snapshot-part-missing', file, place: head, count: missing.length })
  const people = shardsOf(path, expected)
  const shards = [...ids].filter(([each]) => each !== head)
  const users = shards.map(async ([shard, id]) => {
    const some = people.get(shard)
    if (some !== undefined && blobIdOf(printShard(some)) === id) return some
    return parseShard(await read(shard), shard, (userid) => shardOf(path, userid))
  })
  return { ...shared, users: (await Promise.all(users)).flat() }
}
