import type { Remark } from '../model/plan.ts'
import type { Result, Run } from '../model/run.ts'
import { changeParts } from './changes.ts'
import { checkPart } from './checks.ts'
import { carriedOut } from '../story/carried-out.ts'
import { groupsLeft, unreached } from './counts.ts'
import { decidedPart } from './explanation.ts'
import { findingsPart, problemList } from './findings.ts'
import { code } from './escape.ts'
import { conversationLimit, fit, summaryLimit } from './fit.ts'
import { countsLine, countsTable, headline } from './headline.ts'
import { consentPart, heldPart } from './held.ts'
import { storyPart } from './story.ts'
import { alert, stack } from './markdown.ts'
import { leftOutOf, noPart, pageOf, paragraph, type Options, type Page, type Part } from './page.ts'
import { failedPart, hiddenPart, remarkPart } from './remarks.ts'
import { failedGroupsPart, heldGroupsPart } from './unfinished-groups.ts'

/**
 * The job summary as Markdown (specification 10.1): what happened in one sentence and a table of numbers, then
 * what waits for a person, what went wrong, and every change. It fits into GitHub's limit at any size.
 */
export function summary(run: Run, options: Options): string {
  const page = pageOf(run, options)
  const limit = page.medium === 'summary' ? summaryLimit : conversationLimit
  return fit((detail) => render({ ...page, ...detail }), limit, rowsOf(run))
}

/** How many rows a summary without a limit would have. */
function rowsOf({ result }: Run): number {
  if (result === undefined) return 0
  const { plan, decision } = result
  return plan.remarks.length + decision.allowed.length + decision.held.length + plan.departmentChanges.length
}

function render(page: Page): string {
  const { run, text, level, why } = page
  const title = `## ${headline(page)}`
  if (run.checks !== undefined) return document([title, problems(page), checkPart(page, run.checks)])
  const { result } = run
  if (result === undefined) return document([title, problems(page), text.summary.safeAgain])
  const parts = bodyParts(page, result)
  const leftOut = leftOutOf(parts)
  return document([
    title,
    text.delivery.intro(page.medium, page.about),
    problems(page),
    countsLine(page, result),
    deliveredLine(page, result),
    countsTable(page, result),
    level === 'hidden' ? text.explanation.personalData(level, why) : '',
    leftOut > 0 ? text.summary.shortened(leftOut, page.medium, page.runUrl) : '',
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
    consentPart(page),
    heldPart(page),
    heldGroupsPart(page, result),
    stoppedPart(page),
    failedPart(page, applied?.failed ?? []),
    failedGroupsPart(page, result),
    { markdown: findingsPart(page, result), leftOut: 0 },
    remarkPart(page, 'skipped', of('skipped')),
    hiddenPart(page, of('hidden')),
    remarkPart(page, 'noted', of('noted')),
    remarkPart(page, 'partly', applied?.remarks ?? []),
    remarkPart(page, 'protected', of('protected')),
    ...changeParts(page, carriedOut(result), storyPart(page)),
  ]
}

/** Where the change lies now. */
function deliveredLine({ text }: Page, { applied }: Result): string {
  const { commit, pullRequest } = applied?.delivery ?? {}
  if (pullRequest === undefined)
    return commit === undefined ? '' : text.delivery.committed(code(commit.slice(0, 10)))
  const { number, url, state } = pullRequest
  return text.delivery.pullRequest(`[#${number}](${encodeURI(url)})`, state)
}

/** Writing stopped before the end: why, and how much is left. */
function stoppedPart(page: Page): Part {
  const { run, text } = page
  const { result } = run
  const stopped = result?.applied?.stopped
  if (result === undefined || stopped === undefined) return noPart
  const left = unreached(result).length + groupsLeft(result)
  const markdown = alert('CAUTION', stack([paragraph(page, stopped), text.summary.unreached(left)]))
  return { markdown, leftOut: 0 }
}

function document(parts: readonly string[]): string {
  return `${stack(parts)}\n`
}
