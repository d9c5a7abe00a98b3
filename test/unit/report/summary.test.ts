import { describe, expect, test } from 'vitest'
import { summary } from '../../../src/report/summary.ts'
import { textOf } from '../../../src/text/text.ts'
import { cases } from './cases.ts'

describe('the job summary', () => {
  test.each(cases)('$name, $language, $level', async ({ name, run, language, level }) => {
    const markdown = summary(run, { text: textOf(language), level })
    await expect(markdown).toMatchFileSnapshot(`golden/${name}.${language}.md`)
  })
})
