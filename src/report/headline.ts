import type { Result } from '../model/run.ts'
import { countNames, type CountName } from '../text/text.ts'
import { carriedOut } from '../story/carried-out.ts'
import {
  allowedIn,
  awaitsMerge,
  counts,
  changeCounts,
  doneIn,
  failedIn,
  heldIn,
  type Counts,
} from './counts.ts'
import { noneInWords } from './annotations.ts'
import { table } from './markdown.ts'
import type { Page } from './page.ts'

/** The one sentence that says how it went. */
export function headline(page: Page): string {
  const { run, text, about, tense } = page
  const says = text.summary.headline
  const { result, checks, outcome } = run
  if (checks !== undefined) {
    const failed = checks.filter(({ mark }) => mark === 'fail').length
    return failed > 0 ? says.checksFailed(failed, checks.length) : says.checked(checks.length)
  }
  if (result === undefined) return says.stopped(about)
  const { decision, applied } = result
  if (run.problems.length > 0)
    return applied?.changed === true ? says.stoppedLate(about) : says.stopped(about)
  const total = allowedIn(decision)
  if (applied?.stopped?.code === 'cancelled') return says.cancelled(about, doneIn(applied), total)
  if (outcome === 'failed') return says.nothingDone(about, total)
  if (outcome === 'partial' && applied !== undefined) {
    return applied.stopped === undefined
      ? says.partly(about, failedIn(result))
      : says.cutShort(about, doneIn(applied), total)
  }
  const held = heldIn(decision)
  if (held > 0) return says.held(held, total > 0, tense)
  if (awaitsMerge(result)) return says.merging(about, true)
  if (page.medium !== 'summary') return says.merging(about, outcome === 'planned')
  return outcome === 'planned' ? says.planned(about) : says.inStep(about)
}

const asides: readonly CountName[] = ['unchanged', 'held', 'skipped', 'failed']

/** The counts in words: what was done, in bold, and the rest. */
export function countsLine(page: Page, result: Result): string {
  const { run, text } = page
  const numbers = counts(result)
  const done = countWords(page, numbers, [...changeCounts, 'groups'])
  const rest = countWords(page, numbers, asides)
  const { plan, people } = result
  const { read, write } = run.seconds
  const isWritten = result.applied !== undefined && carriedOut(result).length + numbers.groups > 0
  return text.join([
    `**${done.length > 0 ? text.enumerate(done) : noneInWords(result, text)}**${text.fullStop}`,
    ...(rest.length > 0 ? [`${text.enumerate(rest)}${text.fullStop}`] : []),
    ...(page.medium === 'summary'
      ? [text.summary.compared(people, plan.visibleDepartments.length, read, isWritten ? write : undefined)]
      : []),
    ...(result.applied === undefined && page.medium === 'summary' ? [text.summary.planOnly] : []),
  ])
}

function countWords({ text, tense }: Page, numbers: Counts, names: readonly CountName[]): readonly string[] {
  return names
    .filter((name) => numbers[name] > 0)
    .map((name) => text.summary.count(name, numbers[name], tense))
}

/** Every number, also those that are 0. */
export function countsTable({ text, tense }: Page, result: Result): string {
  const numbers = counts(result)
  // Groups have a column where there are any to keep.
  const names = countNames.filter((name) => name !== 'groups' || result.decision.groups !== undefined)
  return table(
    names.map((name) => text.summary.column(name, tense)),
    [names.map((name) => text.number(numbers[name]))],
    names.map(() => 'right'),
  )
}
