import type { Problem } from '../model/problem.ts'
import type { Result, Run } from '../model/run.ts'
import { countNames, type Text } from '../text/text.ts'
import { allowedIn, counts, changeCounts, failedIn, heldIn, tenseOf } from './counts.ts'
import { logLine } from './escape.ts'
import { findingsOf, isLoud } from './findings.ts'
import { groupBy } from '../model/lists.ts'
import { isName, mapParameters } from './parameters.ts'
import { shownProblem } from './privacy.ts'

/** What a run says outside its summary: at most one error, and one warning of a kind. Nobody is named. */
export type Annotations = {
  readonly error?: string
  readonly warnings: readonly { readonly kind: string; readonly text: string }[]
  readonly notices: readonly string[]
}

/** How many problems one annotation names. */
const mostNamed = 12

/** The annotations of a run. They stand in the log, so that at no level they hold anything personal. */
export function annotations(run: Run, text: Text): Annotations {
  const error = errorOf(run, text)
  const findings = run.result === undefined ? [] : findingsOf(run.result)
  const unused = findings.filter(({ code }) => code === 'approval-unused')
  return {
    ...(error !== undefined && { error }),
    warnings: warningsOf(run, text),
    notices: unused.map((problem) => plainly(problem, text)),
  }
}

function errorOf(run: Run, text: Text): string | undefined {
  const { problems, checks, result } = run
  if (problems.length > 0) return several(problems, text)
  const failed = (checks ?? []).filter(({ mark }) => mark === 'fail').map(({ name }) => text.check.name(name))
  if (failed.length > 0) return text.join([text.log.checks(failed), text.log.seeSummary])
  if (result === undefined) return undefined
  const { decision, applied } = result
  const sentences = [
    ...(applied?.stopped === undefined ? [] : [plainly(applied.stopped, text)]),
    ...(failedIn(result) > 0 ? [text.log.failed(failedIn(result), allowedIn(decision))] : []),
    ...(applied !== undefined && heldIn(decision) > 0 ? [text.log.held(heldIn(decision))] : []),
  ]
  return sentences.length === 0 ? undefined : text.join([...sentences, text.log.seeSummary])
}

function warningsOf(run: Run, text: Text): Annotations['warnings'] {
  const { checks = [], result } = run
  const problems = checks.filter(({ mark }) => mark === 'warn').flatMap((check) => check.problems)
  const findings = [...problems, ...(result === undefined ? [] : findingsOf(result))].filter(isLoud)
  const kinds = [...groupBy(findings, ({ code }) => code)]
  const { skipped } = counts(run)
  const hidden = result?.plan.remarks.filter(({ kind }) => kind === 'hidden').length ?? 0
  return [
    ...kinds.map(([kind, all]) => ({ kind, text: several(all, text) })),
    ...(skipped > 0 ? [{ kind: 'skipped', text: text.log.skipped(skipped) }] : []),
    ...(hidden > 0 ? [{ kind: 'hidden', text: text.log.hidden(hidden) }] : []),
  ]
}

/** One problem in full, or several with their number. */
function several(problems: readonly Problem[], text: Text): string {
  const all = problems.map((problem) => plainly(problem, text))
  if (all.length === 1) return all.join('')
  const some = all.slice(0, mostNamed).map((one, index) => `(${index + 1}) ${one}`)
  const more = all.length > mostNamed ? [text.log.andMore(all.length - mostNamed)] : []
  return text.join([text.log.several(all.length), ...some, ...more])
}

/** What is to be done, in numbers; empty when nothing is. */
export function deedsInWords(of: Run | Result, text: Text): readonly string[] {
  const tense = tenseOf(of)
  const numbers = counts(of)
  return changeCounts
    .filter((name) => numbers[name] > 0)
    .map((name) => text.summary.count(name, numbers[name], tense))
}

/** The numbers of a run in one line, for the log. */
export function countsInWords(of: Run | Result, text: Text): string {
  const tense = tenseOf(of)
  const numbers = counts(of)
  const words = countNames
    .filter((name) => numbers[name] > 0)
    .map((name) => text.summary.count(name, numbers[name], tense))
  return `${words.length === 0 ? noneInWords(of, text) : text.enumerate(words)}${text.fullStop}`
}

/** A problem in words, for the log: sentence and remedy, without anything personal. */
export function plainly(problem: Problem, text: Text): string {
  const harmless = mapParameters(shownProblem(problem, 'hidden'), (value, parameter) =>
    isName(parameter) ? `\`${logLine(value).replaceAll('`', "'")}\`` : logLine(value),
  )
  const { sentence, remedy } = text.problem(harmless)
  return text.join([sentence, remedy])
}

/** What to say of a run that changed nothing: there was nothing to do, or nothing of it was done. */
export function noneInWords(of: Run | Result, { summary }: Text): string {
  const result = 'plan' in of ? of : of.result
  return result !== undefined && allowedIn(result.decision) > 0 ? summary.nothingDone : summary.nothingToDo
}
