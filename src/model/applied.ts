import { type DepartmentChange } from './department.ts'
import { type Change, type Remark } from './plan.ts'
import { type Problem } from './problem.ts'

/** What became of the allowed changes. */
export type Applied = {
  readonly done: readonly Change[]
  readonly failed: readonly { readonly change: Change; readonly problem: Problem }[]
  /** What became of the groups; absent where departments are no groups. */
  readonly groups?: {
    readonly done: readonly DepartmentChange[]
    readonly failed: readonly { readonly change: DepartmentChange; readonly problem: Problem }[]
  }
  /** People whose change was carried out in part, such as without a refused phone. */
  readonly remarks: readonly Remark[]
  /** Why writing stopped before the end, if it did. */
  readonly stopped?: Problem
  /** Something in the target is different now. */
  readonly changed: boolean
  /** What writing found out about the run as a whole. */
  readonly findings?: readonly Problem[]
  /** Where the change lies now, where that is a place of its own. */
  readonly delivery?: Delivery
}

/** A commit, and the pull request that it belongs to. */
export type Delivery = {
  /** Absent when there was nothing to commit. */
  readonly commit?: string
  readonly pullRequest?: {
    readonly number: number
    readonly url: string
    /** `same`: it shows just this already. */
    readonly state: 'opened' | 'reopened' | 'updated' | 'same' | 'closed' | 'declined'
  }
}
