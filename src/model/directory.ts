import { type Department, type Groups } from './department.ts'
import { type FrozenField } from './field.ts'
import { type Member, type WantedUser, type CurrentUser } from './people.ts'
import { type Problem } from './problem.ts'

/** Everything a source says in one complete or incomplete fetch. */
export type Directory = {
  readonly corpId: string
  readonly departments: readonly Department[]
  /** Why nobody may be removed by this fetch; empty when the fetch is complete. */
  readonly doubts: readonly Problem[]
  /** What the reader of the report should know about the fetch. */
  readonly remarks: readonly Problem[]
  /**
   * Every userid of the corp in lower case, where a contacts secret allows to read them (specification 4.4):
   * a leaver in this set has only left the visible range.
   */
  readonly everyone?: ReadonlySet<string>
  /**
   * Userids in lower case that the app's visible range names, and of which nothing could be read: no proof that
   * the person is gone.
   */
  readonly unread?: ReadonlySet<string>
  /** Digest of held removals that a merged pull request approved. */
  readonly approved?: string
} & (
  | { readonly kind: 'members'; readonly rows: readonly Row[] }
  | { readonly kind: 'users'; readonly users: readonly WantedUser[] }
)

/** A member together with the department whose list showed them; none where the app sees them one by one. */
export type Row = { readonly department?: number; readonly member: Member }

/** Everything the target holds, and what was learnt while reading it. */
export type Current = {
  readonly users: readonly CurrentUser[]
  /** The departments the target holds; absent when it holds none (Casdoor without groups). */
  readonly departments?: readonly Department[]
  /** The groups that stand for departments; absent where none are kept (`groups: none`, a snapshot). */
  readonly groups?: Groups
  /** The target stores names in lower case (Casdoor's `isUsernameLowered`). */
  readonly lowersNames: boolean
  /** Fields that the target refuses to change, with the reason. */
  readonly frozen: ReadonlyMap<FrozenField, Problem>
  readonly remarks: readonly Problem[]
}
