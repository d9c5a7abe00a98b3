import { describe, expect, test } from 'vitest'
import { summary } from '../../../src/report/summary.ts'
import { textOf } from '../../../src/text/language.ts'
import { aRun } from '../../make.ts'
import { cases, plan, run as runOf, usual } from './cases.ts'
import { reorganizations } from '../story/reorganization.ts'

describe('the job summary', () => {
  const usually = { full: 'set', masked: 'private', hidden: 'public' } as const

  test.each([...cases, ...reorganizations])(
    '$name, $language, $level',
    async ({ name, language, run, level, ...medium }) => {
      const runUrl = 'https://github.com/acme/directory/actions/runs/1'
      const markdown = summary(run, { text: textOf(language), level, why: usually[level], runUrl, ...medium })
      await expect(markdown).toMatchFileSnapshot(`golden/${name}.${language}.md`)
    },
  )

  test.each([
    ['people/', '## The run stopped before anything was written to `people/`\n'],
    ['', '## The run stopped before anything was written to the snapshot\n'],
  ])('G14: wrong inputs name the snapshot at %j that was meant', (path, headline) => {
    const problem = { code: 'input-missing', input: 'wecom-corp-id' } as const
    const stopped = aRun({ outcome: 'failed', problems: [problem], target: { kind: 'snapshot', path } })
    expect(summary(stopped, { text: textOf('en'), level: 'hidden' })).toContain(headline)
  })

  test.each([
    ['masked', 'set', '`personal-data: masked`, set in the workflow'],
    ['masked', 'private', '`personal-data: masked`, the default in a private repository'],
    ['hidden', 'set', '`personal-data: hidden`, set in the workflow'],
    ['hidden', 'public', '`personal-data: hidden`, the default in a public repository'],
    ['hidden', 'unknown', '`personal-data: hidden`, the default because GitHub did not say'],
    ['full', 'set', 'in full (`personal-data: full`)'],
  ] as const)('G15: says why personal data is %s in this run: %s', (level, why, words) => {
    const markdown = summary(runOf(plan(usual)), { text: textOf('en'), level, why })
    expect(markdown).toContain(words)
    expect(markdown.match(/`personal-data: /g)).toHaveLength(1)
  })
})
