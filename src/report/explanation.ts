import { ownLines } from '../model/mapping.ts'
import type { Result } from '../model/run.ts'
import { cell, code } from './escape.ts'
import { findingsOf } from './findings.ts'
import { bullets, folded } from './markdown.ts'
import { fieldLabel, type Page } from './page.ts'

/** How the run decided: from where to where, by which rules, and what is never seen. */
export function decidedPart(page: Page, result: Result): string {
  const { text, about, level, why } = page
  const { corpId, policy } = result
  const { people } = result.decision.limits
  const { explanation } = text
  const withheld = findingsOf(result).flatMap((finding) =>
    finding.code === 'field-withheld' ? finding.fields.filter((field) => field !== 'countryCode') : [],
  )
  const own = ownLines(policy.mapping)
  const lines = [
    explanation.what(about),
    explanation.route(about, code(maskedCorp(corpId)), code(policy.syncer)),
    ...explanation.policy(policy),
    ...(own.length === 0 ? [] : [explanation.mapping(own.map(code))]),
    text.join([explanation.limit(people), explanation.asked(people.asked)]),
    ...(withheld.length === 0
      ? []
      : [explanation.withheld(withheld.map((field) => fieldLabel(page, field)))]),
    ...(level === 'hidden' ? [] : [explanation.personalData(level, why)]),
  ]
  return folded(cell(explanation.title), bullets(lines))
}

/** `ww0123…cdef`: enough to tell two corps apart. */
export function maskedCorp(corpId: string): string {
  return corpId.length > 12 ? `${corpId.slice(0, 6)}…${corpId.slice(-4)}` : corpId
}
