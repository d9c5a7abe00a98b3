import { chmod, mkdir, mkdtemp, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** Where the bytes of a snapshot lie. */
export interface Files {
  /** The text of a file; `undefined` when there is no such file. */
  read(file: string): Promise<string | undefined>
  /** Replaces a file, or makes it: afterwards the whole text is there, or what was there before. */
  write(file: string, text: string): Promise<void>
}

/** Files of this machine, by absolute path. Both throw the system's errors; reading also for other bytes than UTF-8. */
export const localFiles: Files = {
  async read(file) {
    try {
      // Takes a byte order mark away; a replacement character for broken bytes would end up in somebody's name.
      return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file))
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined
      throw error
    }
  },

  async write(file, text) {
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
  },
}

/** The file that is to be replaced: a symbolic link stays, what it points to is replaced. */
async function oldFile(file: string): Promise<{ readonly file: string; readonly mode: number } | undefined> {
  try {
    return { file: await realpath(file), mode: (await stat(file)).mode }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/** The system's short word for an error, such as `EACCES`; its message would name paths of the machine. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
