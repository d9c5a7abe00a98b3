import { Failure } from '../model/problem.ts'
import type { Checker } from '../model/check.ts'
import type { Source } from '../model/ports.ts'
import type { RememberedStatus, ShownStatus, WantedUser } from '../model/people.ts'
import { snapshotCheck } from './check.ts'
import type { SnapshotUser } from './format.ts'
import { load, type Location, type Loaded } from './load.ts'

export type SourceOptions = Location & {
  /** Whose snapshot it has to be; without one, that is what the file says. */
  readonly corpId?: string
}

/**
 * A reviewed snapshot as the source of people. It is a complete fetch: who is not in it has left.
 *
 * @throws Failure when fetching: `snapshot-missing`, `snapshot-empty`, `snapshot-unreadable`,
 * `snapshot-invalid`, `snapshot-other-corp`.
 */
export function snapshotSource(options: SourceOptions): Source & Checker {
  const { path: file, corpId } = options
  const read = async (): Promise<Loaded & Required<Pick<Loaded, 'snapshot'>>> => {
    const { snapshot, ...loaded } = await load(options, corpId === undefined ? {} : { corpId })
    if (snapshot === undefined) throw new Failure({ code: 'snapshot-missing', file })
    if (snapshot.users.length === 0) throw new Failure({ code: 'snapshot-empty', file })
    return { snapshot, ...loaded }
  }
  return {
    async fetch() {
      const { snapshot, remarks } = await read()
      const { approved, departments, users } = snapshot
      return {
        kind: 'users',
        corpId: snapshot.corpId,
        departments,
        users: users.map(wanted),
        ...(approved !== undefined && { approved }),
        doubts: [],
        remarks,
      }
    },
    ...snapshotCheck(file, read),
  }
}

/** Whoever reviews the file decides: `isForbidden` counts, and the status only says why. */
function wanted({ forbidden, status, ...user }: SnapshotUser): WantedUser {
  if (status === 'unknown') return { ...user, status, forbidden: undefined }
  return { ...user, status: forbidden ? reasonOf(status) : 'active', forbidden }
}

/** Why somebody is forbidden. Who `left` is in the file: the source shows them, and says that they have quit. */
function reasonOf(status: Exclude<RememberedStatus, 'unknown'>): ShownStatus {
  switch (status) {
    case 'active':
      return 'disabled'
    case 'left':
      return 'quit'
    default:
      return status
  }
}
