import { problemsOf } from '../model/problem.ts'
import type { Check, Checker } from '../model/check.ts'
import type { Stored } from './load.ts'

/**
 * The line of `mode: check` about a snapshot.
 *
 * @param read reads it; one that does not exist yet, and may, has no snapshot.
 */
export function snapshotCheck(file: string, read: () => Promise<Stored>): Checker {
  const line = async (): Promise<Check> => {
    const { snapshot, remarks: problems } = await read()
    const fact =
      snapshot === undefined
        ? ({ code: 'snapshot-new', file } as const)
        : ({ code: 'snapshot', file, people: snapshot.users.length } as const)
    return { name: 'snapshot-file', mark: problems.length > 0 ? 'warn' : 'pass', fact, problems }
  }
  return {
    check: async () => [
      await line().catch((thrown: unknown): Check => {
        return { name: 'snapshot-file', mark: 'fail', problems: problemsOf(thrown) }
      }),
    ],
  }
}
