import { type Applied } from './applied.ts'
import { type Check } from './check.ts'
import { type Planned } from './plan.ts'
import { type Problem } from './problem.ts'

/** Everything a run found and did; `applied` is absent when nothing was to be written (`mode: plan`). */
export type Result = Planned & { readonly applied?: Applied }

export type Outcome = 'unchanged' | 'planned' | 'applied' | 'partial' | 'held' | 'failed'

/** How much of a person a report may show (specification 10.4). */
export type PersonalData = 'full' | 'masked' | 'hidden'

/** Why: it was set by hand, or by who can see the repository, which may be unknown. */
export type PersonalDataReason = 'set' | 'private' | 'public' | 'unknown'

/** What a report is about: a run that went through, or the problems that stopped it. */
export type Run = {
  readonly mode: 'sync' | 'plan' | 'check'
  readonly source: { readonly kind: 'wecom' | 'snapshot' }
  readonly target:
    | { readonly kind: 'casdoor'; readonly organization: string }
    | { readonly kind: 'snapshot'; readonly path: string }
  readonly outcome: Outcome
  readonly result?: Result
  /** Lines of `mode: check`. */
  readonly checks?: readonly Check[]
  /** Why the run stopped; empty when it did not. */
  readonly problems: readonly Problem[]
  /** Seconds from the first request to the plan, and from there to the last write. */
  readonly seconds: { readonly read: number; readonly write: number }
}
