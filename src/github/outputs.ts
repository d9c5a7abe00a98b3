import { setOutput } from '@actions/core'
import type { Delivery } from '../model/applied.ts'
import type { Outcome } from '../model/run.ts'

/** The outputs that count people. */
export const counted = [
  'added',
  'updated',
  'forbidden',
  'restored',
  'deleted',
  'unchanged',
  'skipped',
  'held',
  'failed',
] as const

/** What later steps of the workflow learn. */
export type Outputs = {
  readonly outcome: Outcome
  /** Something in the target is different now. */
  readonly changed: boolean
  readonly counts: Readonly<Record<(typeof counted)[number] | 'groups', number>>
  /** What `approve` takes; absent when nothing is held. */
  readonly heldDigest?: string
  /** Path of the JSON plan; absent when there is no plan. */
  readonly planFile?: string
  readonly delivery?: Delivery
}

/** Sets every output of `action.yml`, those without a value to `""`. */
export function setOutputs({ outcome, changed, counts, heldDigest, planFile, delivery }: Outputs): void {
  setOutput('outcome', outcome)
  setOutput('changed', changed)
  for (const name of counted) setOutput(name, counts[name])
  setOutput('groups-changed', counts.groups)
  setOutput('held-digest', heldDigest ?? '')
  setOutput('plan-file', planFile ?? '')
  setOutput('commit-sha', delivery?.commit ?? '')
  setOutput('pull-request-number', delivery?.pullRequest?.number ?? '')
  setOutput('pull-request-url', delivery?.pullRequest?.url ?? '')
}
