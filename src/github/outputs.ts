import { randomUUID } from 'node:crypto'
import { appendFile } from 'node:fs/promises'
import type { Delivery } from '../model/applied.ts'
import { Failure, systemWordOf } from '../model/problem.ts'
import type { Outcome } from '../model/run.ts'
import type { Environment } from './environment.ts'

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

/**
 * Sets every output of `action.yml`, those without a value to `""`: all of them at once, since half a file of outputs
 * is a fault to the runner. At a desk nobody reads them.
 *
 * @throws Failure `report-unwritten`; what the run did is done all the same.
 */
export async function writeOutputs(outputs: Outputs, environment: Environment): Promise<void> {
  const file = environment['GITHUB_OUTPUT'] ?? ''
  if (file === '' && environment['GITHUB_ACTIONS'] !== 'true') return
  try {
    await appendFile(file, valuesOf(outputs).map(printed).join(''))
  } catch (thrown) {
    throw new Failure({ code: 'report-unwritten', what: 'outputs', cause: systemWordOf(thrown) })
  }
}

type Value = readonly [name: string, value: string | number | boolean]

function valuesOf({ outcome, changed, counts, heldDigest, planFile, delivery }: Outputs): readonly Value[] {
  return [
    ['outcome', outcome],
    ['changed', changed],
    ...counted.map((name): Value => [name, counts[name]]),
    ['groups-changed', counts.groups],
    ['held-digest', heldDigest ?? ''],
    ['plan-file', planFile ?? ''],
    ['commit-sha', delivery?.commit ?? ''],
    ['pull-request-number', delivery?.pullRequest?.number ?? ''],
    ['pull-request-url', delivery?.pullRequest?.url ?? ''],
  ]
}

/** Whatever is in a value, only a line that nobody can guess ends it: https://docs.github.com/actions */
function printed([name, value]: Value): string {
  const end = `end_${randomUUID()}`
  return `${name}<<${end}\n${value}\n${end}\n`
}
