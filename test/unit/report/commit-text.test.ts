import { expect, test } from 'vitest'
import { outcomeOf } from '../../../src/report/counts.ts'
import { commitText } from '../../../src/report/commit-text.ts'
import { summary } from '../../../src/report/summary.ts'
import { textOf } from '../../../src/text/language.ts'
import { aDecision, anAdd, anApplied, aResult, aRun } from '../../make.ts'

const options = { text: textOf('en'), level: 'masked' } as const
const about = { source: { kind: 'wecom' }, target: { kind: 'snapshot', path: 'people/' } } as const

test('the words of the workflow go before ours, and the numbers stay', () => {
  const planned = aResult({ decision: aDecision({ allowed: [anAdd()] }) })
  const ours = commitText(about, planned, { message: '', title: '' }, options)
  const theirs = commitText(about, planned, { message: 'Leute', title: 'People' }, options)
  expect([ours.title, theirs.title]).toEqual(['Update people from WeCom: 1 to add', 'People'])
  expect(theirs.message).toBe(ours.message.replace('Update people from WeCom', 'Leute'))
  expect(theirs.body()).toBe(ours.body())
})

test('a pull request that shows it all already leaves nothing done', () => {
  const pullRequest = { number: 1, url: 'https://example.com/1', state: 'same' } as const
  const applied = anApplied({ done: [anAdd()], delivery: { pullRequest } })
  expect(outcomeOf('sync', aResult({ applied }))).toBe('unchanged')
  expect(outcomeOf('sync', aResult({ applied: anApplied({ done: [anAdd()] }) }))).toBe('applied')
})

test('the check names the branch', () => {
  const fact = { code: 'branch', branch: 'main' } as const
  const run = aRun({ mode: 'check', checks: [{ name: 'github-branch', mark: 'pass', fact, problems: [] }] })
  expect(summary(run, options)).toContain('`main`')
})
