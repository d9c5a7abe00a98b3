import { createHash } from 'node:crypto'
import { byCodePoint, groupBy } from '../model/lists.ts'
import { keyOf } from '../model/people.ts'
import type { Snapshot } from './format.ts'
import { printHead, printShard, printSnapshot } from './print.ts'

/*
 * What the files of a snapshot are called. A path that ends in `/` is a directory: one file with everything but
 * the people, and people in up to 256 files by their userid, so that a hundred thousand of them make no file
 * that GitHub will not show (specification 7).
 */

export function isDirectory(path: string): boolean {
  return path.endsWith('/')
}

/** Where the snapshot may have lain before its form was changed: `people/` for `people.yaml`, and so on. */
export function otherForms(path: string): readonly string[] {
  if (!isDirectory(path)) return [`${path.replace(/\.ya?ml$/i, '')}/`]
  return ['yaml', 'yml'].map((ending) => `${path.slice(0, -1)}.${ending}`)
}

/** The file without which there is no snapshot: all of it, or of a directory everything but the people. */
export function headOf(path: string): string {
  return isDirectory(path) ? `${path}departments.yaml` : path
}

/** The files of a snapshot, and the folder of its people. */
export function placesOf(path: string): readonly string[] {
  return isDirectory(path) ? [headOf(path), peopleIn(path)] : [path]
}

/** The folder of the files with people. */
function peopleIn(path: string): string {
  return `${path}users/`
}

/** Name of a file with people, in the directory of the snapshot. */
export const shardName = /^users\/[0-9a-f]{2}\.yaml$/

/** Is it one of the files with people of a snapshot? */
export function isShard(path: string, file: string): boolean {
  return isDirectory(path) && file.startsWith(path) && shardName.test(file.slice(path.length))
}

/** The file of a directory that a userid belongs to: the first byte of SHA-256 of its lower-cased letters. */
export function shardOf(path: string, userid: string): string {
  const digest = createHash('sha256').update(keyOf(userid)).digest('hex')
  return `${peopleIn(path)}${digest.slice(0, 2)}.yaml`
}

/** People by the file of a directory that they belong to, in the order of the files. */
export function shardsOf<Someone extends { readonly userid: string }>(
  path: string,
  users: readonly Someone[],
): ReadonlyMap<string, readonly Someone[]> {
  const shards = groupBy(users, ({ userid }) => shardOf(path, userid))
  return new Map([...shards].toSorted(([a], [b]) => byCodePoint(a, b)))
}

/** The texts of a snapshot by path. The head comes last: without it a directory does not count yet. */
export function printFiles(path: string, snapshot: Snapshot): ReadonlyMap<string, string> {
  if (!isDirectory(path)) return new Map([[path, printSnapshot(snapshot)]])
  const shards = [...shardsOf(path, snapshot.users)].map(([file, some]) => [file, printShard(some)] as const)
  const names = shards.map(([file]) => file.slice(path.length))
  return new Map([...shards, [headOf(path), printHead(snapshot, names)]])
}

/** What git calls a file with this text: `git hash-object`. */
export function blobIdOf(content: string | Uint8Array): string {
  const bytes = Buffer.from(content)
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
}
