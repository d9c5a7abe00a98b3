import type { Planned } from '../model/plan.ts'
import type { Run } from '../model/run.ts'
import { countsInWords, deedsInWords } from './annotations.ts'
import { outcomeOf } from './counts.ts'
import type { Options } from './page.ts'
import { summary } from './summary.ts'

/** Texts that the workflow chose; empty ones are chosen here. */
export type Wording = { readonly message: string; readonly title: string }

/**
 * What a commit, and a pull request with it, says about a plan: headline and numbers, the whole report in the
 * text of the pull request. Nobody is named outside of that.
 */
export function commitText(
  about: Pick<Run, 'source' | 'target'>,
  planned: Planned,
  { message, title }: Wording,
  options: Options,
): { readonly message: string; readonly title: string; readonly body: () => string } {
  const { text } = options
  const { allowed } = planned.decision
  const done = { done: allowed, failed: [], remarks: [], changed: true }
  const run: Run = {
    ...about,
    mode: 'plan',
    outcome: outcomeOf('plan', planned),
    result: planned,
    problems: [],
    // How long it took would make another text of the same plan.
    seconds: { read: 0, write: 0 },
  }
  const counts = countsInWords({ ...planned, applied: done }, text)
  return {
    message: `${message === '' ? text.delivery.commit : message}\n\n${counts}`,
    title: title === '' ? text.delivery.title(deedsInWords(planned, text)) : title,
    body: () => summary(run, { ...options, medium: 'pull-request' }),
  }
}
