import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Failure, systemWordOf } from '../model/problem.ts'
import { findFiles, type Obstacle } from '../model/places.ts'
import type { Replaced, Store } from '../model/ports.ts'
import { decoded } from '../model/strict-text.ts'
import { entriesIn } from './folder.ts'
import { blobIdOf } from './layout.ts'

/**
 * The YAML files of a folder of this machine. Each is replaced on its own: whole, or not at all.
 *
 * @throws Failure when listing or reading: `snapshot-unreadable`.
 */
export function localStore(folder: string): Store<Ids> {
  const absolute = (file: string): string => path.join(folder, file)
  const look = async (places: readonly string[]): Promise<Look> => {
    const { files, obstacles } = await findFiles(places, entriesIn(folder))
    const read = [...files.keys()].map(async (file) => [file, await bytesOf(file, absolute(file))] as const)
    const bytes = (await Promise.all(read)).filter(
      (each): each is [string, Uint8Array] => each[1] !== undefined,
    )
    return {
      bytes: new Map(bytes),
      ids: new Map(bytes.map(([file, all]) => [file, blobIdOf(all)])),
      obstacles,
    }
  }
  return {
    async list(places) {
      const { bytes, ids, obstacles } = await look(places)
      return { ids, obstacles, read: async (file) => textOf(file, bytes.get(file)), basis: ids }
    },

    async replace(files, _, ids) {
      const now = await look([...files.keys()])
      const isOther = [...files.keys()].find((file) => ids.get(file) !== now.ids.get(file))
      const moved = now.obstacles[0]?.path ?? isOther
      if (moved !== undefined) throw new Failure({ code: 'target-moved', place: moved })
      return replaceEach(files, absolute)
    },
  }
}

type Ids = ReadonlyMap<string, string>

type Look = {
  readonly bytes: ReadonlyMap<string, Uint8Array>
  readonly ids: Ids
  readonly obstacles: readonly Obstacle[]
}

function textOf(file: string, bytes: Uint8Array = new Uint8Array()): string {
  const text = decoded(bytes)
  if (text === undefined) throw new Failure({ code: 'snapshot-unreadable', file, cause: 'UTF-8' })
  return text
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
  const mode = await modeOf(file)
  // Next to the file, because a rename is atomic only on the same disk.
  const folder = await mkdtemp(path.join(path.dirname(file), '.wecom-syncer-'))
  try {
    const fresh = path.join(folder, path.basename(file))
    await writeFile(fresh, text, { flush: true })
    if (mode !== undefined) await chmod(fresh, mode)
    await rename(fresh, file)
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

async function modeOf(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).mode
  } catch (error) {
    if (isAbsent(error)) return undefined
    throw error
  }
}

/** Nothing lies there: not the file, or not even the folder it would lie in. */
function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(systemWordOf(error))
}
