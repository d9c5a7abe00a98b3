import type { Dirent } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Entry } from '../model/places.ts'
import { Failure, systemWordOf } from '../model/problem.ts'

/**
 * Lists the folders below a folder of this machine, each once; one that is not there is empty.
 *
 * @throws Failure `snapshot-unreadable`.
 */
export function entriesIn(root: string): (folder: string) => Promise<readonly Entry[]> {
  const listed = new Map<string, Promise<readonly Entry[]>>()
  const submodules = new Set<string>()
  const list = async (folder: string): Promise<readonly Entry[]> => {
    const entries = await readFolder(path.join(root, folder), folder)
    // To a folder of this machine a submodule is one more folder, and an empty one where it is not checked out.
    if (entries.some(({ name }) => name === modules)) {
      const text = await readFile(path.join(root, folder, modules), 'utf8').catch(() => '')
      for (const [, below = ''] of text.matchAll(modulePath)) submodules.add(folder + below)
    }
    return entries.map((entry) => ({
      name: entry.name,
      kind: kindOf(entry, submodules.has(folder + entry.name)),
    }))
  }
  return async (folder) => {
    const entries = listed.get(folder) ?? list(folder)
    listed.set(folder, entries)
    return entries
  }
}

/** Where git writes down the submodules of a repository: https://git-scm.com/docs/gitmodules */
const modules = '.gitmodules'
const modulePath = /^\s*path\s*=\s*"?(.*?)"?\s*$/gm

async function readFolder(absolute: string, folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(absolute, { withFileTypes: true })
  } catch (error) {
    const cause = systemWordOf(error)
    if (cause === 'ENOENT') return []
    throw new Failure({ code: 'snapshot-unreadable', file: folder === '' ? './' : folder, cause })
  }
}

function kindOf(entry: Dirent, isSubmodule: boolean): Entry['kind'] {
  if (entry.isSymbolicLink()) return 'link'
  if (entry.isDirectory()) return isSubmodule ? 'submodule' : 'folder'
  return entry.isFile() ? 'file' : 'special'
}
