import { found, inTurn, type Checker, type Finding } from '../model/check.ts'
import type { Loaded } from './load.ts'

/**
 * The line of `mode: check` about a snapshot.
 *
 * @param read reads it; one that does not exist yet, and may, has no snapshot.
 */
export function snapshotCheck(file: string, read: () => Promise<Loaded>): Checker {
  const look = async (): Promise<Finding> => {
    const { snapshot, remarks } = await read()
    return snapshot === undefined
      ? found({ code: 'snapshot-new', file }, remarks)
      : found({ code: 'snapshot', file, people: snapshot.users.length }, remarks)
  }
  return { check: async () => inTurn([{ name: 'snapshot-file', look }]) }
}
