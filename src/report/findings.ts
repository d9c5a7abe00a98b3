import type { Problem } from '../model/problem.ts'
import type { Result } from '../model/run.ts'
import { heldIn } from './counts.ts'
import { alert, bullets, stack } from './markdown.ts'
import { paragraph, type Page } from './page.ts'

/** Findings that are good to know and ask nobody to act. */
const quiet: readonly Problem['code'][] = [
  'field-withheld',
  'mapping-unfilled',
  'snapshot-unmapped',
  'wecom-witness-refused',
  'approval-unused',
  'casdoor-version-unknown',
  'snapshot-other-form',
  'github-pull-declined',
  'groups-kept',
]

/** Does a finding ask somebody to act? */
export function isLoud({ code }: Problem): boolean {
  return !quiet.includes(code)
}

/** What is true of the whole run, each once: the fetch, the target, the guard. */
export function allFindings({ plan, decision, applied }: Result): readonly Problem[] {
  const all = [...plan.doubts, ...plan.findings, ...decision.remarks, ...(applied?.findings ?? [])]
  return [...new Map(all.map((problem) => [keyOf(problem), problem])).values()]
}

/** The findings that the explanation of held removals does not say already. */
export function findingsOf(result: Result): readonly Problem[] {
  const { reasons, remarks } = result.decision
  const said = new Set((heldIn(result.decision) > 0 ? [...reasons, ...remarks] : []).map(keyOf))
  return allFindings(result).filter((problem) => !said.has(keyOf(problem)))
}

function keyOf(problem: Problem): string {
  return JSON.stringify(problem)
}

/** The findings in two boxes: what asks for something, and what is good to know. */
export function findingsPart(page: Page, result: Result): string {
  // Which fields never come is part of how the run was decided, and stands there.
  const findings = findingsOf(result).filter(({ code }) => code !== 'field-withheld')
  const loud = findings.filter(isLoud)
  const low = findings.filter((problem) => !isLoud(problem))
  return stack([box(page, 'WARNING', loud), box(page, 'NOTE', low)])
}

/** How many findings are listed one by one. */
export const mostListed = 30

function box(page: Page, kind: 'NOTE' | 'WARNING' | 'CAUTION', problems: readonly Problem[]): string {
  return problems.length === 0 ? '' : alert(kind, problemList(page, problems))
}

/** Problems one under the other. */
export function problemList(page: Page, problems: readonly Problem[]): string {
  const rest = problems.length - mostListed
  const some = problems.slice(0, mostListed).map((problem) => paragraph(page, problem))
  return bullets(rest > 0 ? [...some, page.text.log.andMore(rest)] : some)
}
