import type { Department } from '../model/department.ts'
import type { Fields } from '../model/field.ts'
import type { RememberedStatus } from '../model/people.ts'

/** A person as the snapshot holds them. */
export type SnapshotUser = {
  /** Exactly as WeCom spells it. */
  readonly userid: string
  /** Known values only: an empty one is left out of the file, and is not known when it is read. */
  readonly fields: Fields
  readonly forbidden: boolean
  readonly status: RememberedStatus
  /** Ascending, without doubles. */
  readonly departments: readonly number[]
}

/** Everything the snapshot holds, in no order: only `printSnapshot` cares for one. */
export type Snapshot = {
  readonly syncer: string
  readonly corpId: string
  /** Digest of held removals that merging the file approves. */
  readonly approved?: string
  readonly departments: readonly Department[]
  readonly users: readonly SnapshotUser[]
}

/** The only version of the format there is. */
export const version = 1

/**
 * Why somebody is forbidden; no word means active. Beside the words of the specification there is `unknown`:
 * without it somebody whose status WeCom does not send would count as active when the file is read back, and
 * flow D would enable an account that flow A leaves alone.
 */
export const statusWords = [
  'disabled',
  'left',
  'not-activated',
  'unknown',
] as const satisfies readonly RememberedStatus[]
