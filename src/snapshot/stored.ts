import { Failure, messageOf } from '../errors.ts'
import { codeOf, type Files } from './files.ts'
import type { Snapshot } from './format.ts'
import { parseSnapshot } from './parse.ts'

/** Where a snapshot lies. */
export type Place = {
  /** For `files`: the absolute path. */
  readonly path: string
  /** As the user wrote it: what problems name. */
  readonly shownPath: string
  readonly files: Files
}

/** The bytes of a snapshot, and what they say. */
export type Stored = { readonly text: string; readonly snapshot: Snapshot }

/**
 * Reads what lies there; `undefined` when nothing does.
 *
 * @param corpId whose snapshot it has to be, where that is known.
 * @param last what was read before: the same text is not parsed again.
 * @throws Failure `snapshot-unreadable`, `snapshot-invalid`, `snapshot-other-corp`.
 */
export async function readStored(place: Place, corpId?: string, last?: Stored): Promise<Stored | undefined> {
  const { path, shownPath: file, files } = place
  const text = await files.read(path).catch((error: unknown) => {
    throw new Failure({ code: 'snapshot-unreadable', file, cause: causeOf(error) })
  })
  if (text === undefined || text === last?.text) return text === undefined ? undefined : last
  const snapshot = parseSnapshot(text, file)
  if (corpId !== undefined && snapshot.corpId !== corpId) {
    throw new Failure({ code: 'snapshot-other-corp', file, corpId: snapshot.corpId, expected: corpId })
  }
  return { text, snapshot }
}

/** Why the system refused, without a path of the machine where it has a short word for it. */
export function causeOf(error: unknown): string {
  return codeOf(error) ?? messageOf(error)
}
