import { problemsOf } from '../errors.ts'
import type { Check, Checker } from '../model.ts'

/**
 * The line of `mode: check` about a snapshot.
 *
 * @param count reads it and counts its people; `undefined` when it does not exist yet, and may.
 */
export function snapshotCheck(file: string, count: () => Promise<number | undefined>): Checker {
  const line = async (): Promise<Check> => {
    const people = await count()
    const fact =
      people === undefined
        ? ({ code: 'snapshot-new', file } as const)
        : ({ code: 'snapshot', file, people } as const)
    return { name: 'snapshot-file', mark: 'pass', fact, problems: [] }
  }
  return {
    check: async () => [
      await line().catch((thrown: unknown): Check => {
        return { name: 'snapshot-file', mark: 'fail', problems: problemsOf(thrown) }
      }),
    ],
  }
}
