import type { Check, Fact } from '../model/check.ts'
import { code } from './escape.ts'
import { stack, table } from './markdown.ts'
import { say, type Page } from './page.ts'

const marks: Readonly<Record<Check['mark'], string>> = { pass: '✓', warn: '!', fail: '✗', skip: '–' }

/** What `mode: check` found, one row a check. */
export function checkPart(page: Page, checks: readonly Check[]): string {
  const { text } = page
  const { heads, legend } = text.check
  return stack([
    text.summary.nothingWritten,
    table(
      heads,
      checks.map((check) => row(page, check)),
    ),
    legend,
  ])
}

function row(page: Page, { name, mark, fact, problems }: Check): readonly string[] {
  const { text } = page
  const said = problems.map((problem) => say(page, problem))
  const found = [
    ...(fact === undefined || (fact.code === 'ok' && said.length > 0)
      ? []
      : [text.check.fact(shownFact(fact))]),
    ...said.map(({ sentence }) => sentence),
  ]
  return [
    `**${marks[mark]}**`,
    text.check.name(name),
    found.join('<br>'),
    said.map(({ remedy }) => remedy).join('<br>'),
  ]
}

/** A fact with its texts made harmless. */
function shownFact(fact: Fact): Fact {
  switch (fact.code) {
    case 'fields': {
      const shares = Object.entries(fact.shares).map(([field, share]) => [code(field), share] as const)
      return { ...fact, shares: Object.fromEntries(shares) }
    }
    case 'version':
      return { ...fact, version: code(fact.version) }
    case 'organization':
      return { ...fact, organization: code(fact.organization) }
    case 'application':
      return { ...fact, application: code(fact.application) }
    case 'snapshot':
    case 'snapshot-new':
      return { ...fact, file: code(fact.file) }
    case 'branch':
      return { ...fact, branch: code(fact.branch) }
    default:
      return fact
  }
}
