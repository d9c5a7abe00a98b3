import type { Problem } from '../model/problem.ts'
import type { Change, Decision, Removal } from '../model/plan.ts'
import { causeCell, whereCell, whoCell } from './change.ts'
import { heldIn } from './counts.ts'
import { bySize, groupBy } from '../model/lists.ts'
import { alert, stack } from './markdown.ts'
import { noPart, paragraph, say, type Page, type Part } from './page.ts'
import { departmentTally, listing, tallyTable } from './people.ts'

/** Removals that wait for a person: why, who, and how to go on. */
export function heldPart(page: Page): Part {
  const decision = page.run.result?.decision
  if (decision === undefined || heldIn(decision) === 0) return noPart
  const { text, tense } = page
  const { head } = text.summary
  const intro = alert('CAUTION', explanation(page, decision))
  if (decision.held.length === 0) {
    const heading = `### ${text.summary.title('held', tense, heldIn(decision))}`
    return { markdown: stack([heading, intro]), leftOut: 0 }
  }
  return listing(page, {
    section: 'held',
    intro,
    items: decision.held,
    heads: [head('person'), head('department'), head('why')],
    row: (change) => [whoCell(page, change), whereCell(page, change), causeCell(page, change)],
    tally: (changes) => whoTally(page, changes),
  })
}

/** Removals over the limit that go on because somebody said so, or that a reviewer is to look at first. */
export function consentPart(page: Page): Part {
  const decision = page.run.result?.decision
  if (decision?.consent === undefined || decision.digest === undefined) return noPart
  const { by, removals, reasons, additions = 0, losses = 0 } = decision.consent
  const count = removals.length + additions + losses
  const { text, tense } = page
  const said = [
    ...whyHeld(page, reasons),
    text.summary.consent(by, count, tense),
    digestBlock(by === 'approve' ? 'approve' : 'approved', decision.digest),
  ]
  const heading = `### ${text.summary.title('consent', tense, count)}`
  const who = removals.length === 0 ? '' : whoTally(page, removals)
  return { markdown: stack([heading, alert('CAUTION', stack(said)), who]), leftOut: 0 }
}

/** The line that names a set of removals, as it stands in a workflow or a snapshot. */
function digestBlock(key: 'approve' | 'approved', digest: string): string {
  return `\`\`\`yaml\n${key}: ${digest}\n\`\`\``
}

/** What to do about these is said below them, with the digest. */
const overLimit: readonly Problem['code'][] = ['over-limit', 'groups-over-limit', 'memberships-over-limit']

function whyHeld(page: Page, reasons: readonly Problem[]): readonly string[] {
  return reasons.map((reason) =>
    overLimit.includes(reason.code) ? `**${say(page, reason).sentence}**` : paragraph(page, reason),
  )
}

function explanation(
  page: Page,
  { held, heldAdditions, reasons, remarks, digest, isApprovable }: Decision,
): string {
  const { text } = page
  const why = whyHeld(page, reasons)
  const approval = remarks.map((remark) => paragraph(page, remark))
  const how =
    isApprovable && digest !== undefined
      ? [text.summary.approve(held.length + heldAdditions.length), digestBlock('approve', digest)]
      : []
  return stack([...why, ...approval, ...how])
}

/** People who lose access, by department, or where nobody may be told apart, by reason. */
export function whoTally(
  page: Page,
  changes: readonly (Removal | Extract<Change, { kind: 'restore' }>)[],
): string {
  return page.level === 'hidden' ? causeTally(page, changes) : departmentTally(page, changes)
}

function causeTally(
  page: Page,
  changes: readonly (Removal | Extract<Change, { kind: 'restore' }>)[],
): string {
  const groups = bySize(groupBy(changes, (change) => causeCell({ ...page, level: 'hidden' }, change)))
  return tallyTable(
    page,
    page.text.summary.head('why'),
    groups.map(([cause, all]) => [cause, all.length]),
    { others: page.text.summary.otherReasons },
  )
}
