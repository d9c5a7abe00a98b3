import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import path from 'node:path'
import { Failure, systemWordOf } from '../model/problem.ts'
import type { Replaced, Store } from '../model/ports.ts'
import { decoded } from '../model/strict-text.ts'
import { blobIdOf, isDirectory } from './layout.ts'

/**
 * The YAML files of a folder of this machine. Each is replaced on its own: whole, or not at all.
 *
 * @throws Failure when listing or reading: `snapshot-unreadable`.
 */
export function localStore(folder: string): Store<Basis> {
  const absolute = (file: string): string => path.join(folder, file)
  const look = async (places: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> => {
    const files = (await Promise.all(places.map(async (place) => filesAt(place, absolute(place))))).flat()
    const bytes = await Promise.all(
      files.map(async (file) => [file, await bytesOf(file, absolute(file))] as const),
    )
    return new Map(bytes.filter((entry): entry is [string, Uint8Array] => entry[1] !== undefined))
  }
  return {
    async list(places) {
      const bytes = await look(places)
      const ids = idsOf(bytes)
      return { ids, read: async (file) => textOf(file, bytes.get(file)), basis: { places, ids } }
    },

    async replace(files, _, { places, ids }) {
      const now = idsOf(await look(places))
      const isOther = [...files.keys()].find((file) => ids.get(file) !== now.get(file))
      if (isOther !== undefined) throw new Failure({ code: 'target-moved', place: isOther })
      return replaceEach(files, absolute)
    },
  }
}

/** What was looked at, and the files that were there. */
type Basis = { readonly places: readonly string[]; readonly ids: ReadonlyMap<string, string> }

function textOf(file: string, bytes: Uint8Array = new Uint8Array()): string {
  const text = decoded(bytes)
  if (text === undefined) throw new Failure({ code: 'snapshot-unreadable', file, cause: 'UTF-8' })
  return text
}

function idsOf(files: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, string> {
  return new Map([...files].map(([file, bytes]) => [file, blobIdOf(bytes)]))
}

async function replaceEach(
  files: ReadonlyMap<string, string | undefined>,
  absolute: (file: string) => string,
): Promise<Replaced> {
  let changed = false
  for (const [file, text] of files) {
    try {
      if (text === undefined) await remove(absolute(file))
      else await replaceFile(absolute(file), text)
      changed = true
    } catch (error) {
      return { changed, stopped: { code: 'snapshot-unwritable', file, cause: systemWordOf(error) } }
    }
  }
  return { changed }
}

async function filesAt(place: string, absolute: string): Promise<readonly string[]> {
  if (!isDirectory(place)) return [place]
  try {
    const names = await readdir(absolute)
    return names.filter((name) => /\.ya?ml$/i.test(name)).map((name) => `${place}${name}`)
  } catch (error) {
    if (isAbsent(error)) return []
    throw unreadable(place, error)
  }
}

async function bytesOf(file: string, absolute: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(absolute)
  } catch (error) {
    if (isAbsent(error)) return undefined
    throw unreadable(file, error)
  }
}

function unreadable(file: string, error: unknown): Failure {
  return new Failure({ code: 'snapshot-unreadable', file, cause: systemWordOf(error) })
}

/** Replaces a file, or makes it: afterwards the whole text is there, or what was there before. */
async function replaceFile(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true })
  const old = await oldFile(file)
  // Next to the file, because a rename is atomic only on the same disk.
  const folder = await mkdtemp(path.join(path.dirname(old?.file ?? file), '.wecom-syncer-'))
  try {
    const fresh = path.join(folder, path.basename(file))
    await writeFile(fresh, text, { flush: true })
    if (old !== undefined) await chmod(fresh, old.mode)
    await rename(fresh, old?.file ?? file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Removes a file, and its folder when it was the last one there. */
async function remove(file: string): Promise<void> {
  await rm(file)
  const folder = path.dirname(file)
  const rest = await readdir(folder)
  if (rest.length === 0) await rm(folder, { recursive: true })
}

/** The file that is to be replaced: a symbolic link stays, what it points to is replaced. */
async function oldFile(file: string): Promise<{ readonly file: string; readonly mode: number } | undefined> {
  try {
    return { file: await realpath(file), mode: (await stat(file)).mode }
  } catch (error) {
    if (isAbsent(error)) return undefined
    throw error
  }
}

/** Nothing lies there: not the file, or not even the folder it would lie in. */
function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(systemWordOf(error))
}
