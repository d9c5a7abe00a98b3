import type { PersonalData, Remark, Result, Run } from '../model.ts'
import type { Text } from '../text/text.ts'
import { changeParts } from './changes.ts'
import { checkPart } from './checks.ts'
import { carriedOut, unreached } from './counts.ts'
import { decidedPart } from './decided.ts'
import { findingsPart, problemList } from './findings.ts'
import { fit, summaryLimit } from './fit.ts'
import { countsLine, countsTable, headline } from './headline.ts'
import { heldPart } from './held.ts'
import { alert, stack } from './markdown.ts'
import { noPart, pageOf, paragraph, type Page, type Part } from './page.ts'
import { failedPart, hiddenPart, remarkPart } from './remarks.ts'
import { departmentPart } from './units.ts'

/**
 * The job summary as Markdown (specification 10.1): what happened in one sentence and a table of numbers, then
 * what waits for a person, what went wrong, and every change. It fits into GitHub's limit at any size.
 */
export function summary(run: Run, options: { readonly text: Text; readonly level: PersonalData }): string {
  const page = pageOf(run, options)
  return fit((rows) => render({ ...page, rows }), summaryLimit, rowsOf(run))
}

/** How many rows a summary without a limit would have. */
function rowsOf({ result }: Run): number {
  if (result === undefined) return 0
  const { plan, decision } = result
  return plan.remarks.length + decision.allowed.length + decision.held.length + plan.departmentChanges.length
}

function render(page: Page): string {
  const { run, text, level } = page
  const title = `## ${headline(page)}`
  if (run.checks !== undefined) return document([title, problems(page), checkPart(page, run.checks)])
  const { result } = run
  if (result === undefined) return document([title, problems(page), text.summary.safeAgain])
  const parts = bodyParts(page, result)
  const leftOut = parts.reduce((sum, part) => sum + part.leftOut, 0)
  return document([
    title,
    problems(page),
    countsLine(page, result),
    countsTable(page, result),
    level === 'hidden' ? text.decided.personalData(level) : '',
    leftOut > 0 ? text.summary.shortened(leftOut) : '',
    ...parts.map(({ markdown }) => markdown),
    decidedPart(page, result),
  ])
}

/** What stopped the run. */
function problems(page: Page): string {
  const { run } = page
  return run.problems.length === 0 ? '' : alert('CAUTION', problemList(page, run.problems))
}

function bodyParts(page: Page, result: Result): readonly Part[] {
  const { plan, applied } = result
  const of = (kind: Remark['kind']): readonly Remark[] =>
    plan.remarks.filter((remark) => remark.kind === kind)
  return [
    heldPart(page),
    stoppedPart(page),
    failedPart(page, applied?.failed ?? []),
    { markdown: findingsPart(page, result), leftOut: 0 },
    remarkPart(page, 'skipped', of('skipped')),
    hiddenPart(page, of('hidden')),
    remarkPart(page, 'noted', of('noted')),
    remarkPart(page, 'partly', applied?.remarks ?? []),
    remarkPart(page, 'protected', of('protected')),
    ...changeParts(page, carriedOut(result)),
    departmentPart(page, plan.departmentChanges),
  ]
}

/** Writing stopped before the end: why, and how much is left. */
function stoppedPart(page: Page): Part {
  const { run, text } = page
  const { result } = run
  const stopped = result?.applied?.stopped
  if (result === undefined || stopped === undefined) return noPart
  const left = unreached(result).length
  const markdown = alert('CAUTION', stack([paragraph(page, stopped), text.summary.unreached(left)]))
  return { markdown, leftOut: 0 }
}

function document(parts: readonly string[]): string {
  return `${stack(parts)}\n`
}
