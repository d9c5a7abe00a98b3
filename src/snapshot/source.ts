import { Failure } from '../errors.ts'
import type { Checker, Source, WantedUser } from '../model.ts'
import { snapshotCheck } from './check.ts'
import type { Snapshot, SnapshotUser } from './format.ts'
import { readStored, type Place } from './stored.ts'

export type SourceOptions = Place & {
  /** Whose snapshot it has to be; without one the file tells. */
  readonly corpId?: string
}

/**
 * A reviewed snapshot as the source of people. It is a complete fetch: who is not in it has left.
 *
 * @throws Failure when fetching: `snapshot-missing`, `snapshot-empty`, `snapshot-unreadable`,
 * `snapshot-invalid`, `snapshot-other-corp`.
 */
export function snapshotSource(options: SourceOptions): Source & Checker {
  const { shownPath: file, corpId: expected } = options
  const read = async (): Promise<Snapshot> => {
    const stored = await readStored(options, expected)
    if (stored === undefined) throw new Failure({ code: 'snapshot-missing', file })
    if (stored.snapshot.users.length === 0) throw new Failure({ code: 'snapshot-empty', file })
    return stored.snapshot
  }
  return {
    async fetch() {
      const { corpId, approved, departments, users } = await read()
      const approval = approved === undefined ? {} : { approved }
      return {
        kind: 'users',
        corpId,
        departments,
        users: users.map(wanted),
        ...approval,
        doubts: [],
        remarks: [],
      }
    },
    ...snapshotCheck(file, async () => (await read()).users.length),
  }
}

/** Whoever reviews the file decides: `isForbidden` counts, and the status only says why. */
function wanted({ forbidden, status, ...user }: SnapshotUser): WantedUser {
  if (status === 'unknown') return { ...user, status, forbidden: undefined }
  if (!forbidden) return { ...user, status: 'active', forbidden }
  return { ...user, status: status === 'active' ? 'disabled' : status, forbidden }
}
