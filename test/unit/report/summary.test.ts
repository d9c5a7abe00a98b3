import { describe, expect, test } from 'vitest'
import { summary } from '../../../src/report/summary.ts'
import { textOf } from '../../../src/text/language.ts'
import { cases } from './cases.ts'
import { reorganizations } from '../story/reorganization.ts'

describe('the job summary', () => {
  test.each([...cases, ...reorganizations])(
    '$name, $language, $level',
    async ({ name, language, run, level, ...medium }) => {
      const runUrl = 'https://github.com/acme/directory/actions/runs/1'
      const markdown = summary(run, { text: textOf(language), level, runUrl, ...medium })
      await expect(markdown).toMatchFileSnapshot(`golden/${name}.${language}.md`)
    },
  )
})
