import { appendFile } from 'node:fs/promises'
import { Failure, systemWordOf } from '../model/problem.ts'
import type { Environment } from './environment.ts'

/**
 * Appends Markdown to the job's summary. At a desk, where there is none, it is printed.
 *
 * @throws Failure `report-unwritten`; what the run did is done all the same.
 */
export async function writeSummary(markdown: string, environment: Environment): Promise<void> {
  const file = environment['GITHUB_STEP_SUMMARY'] ?? ''
  const text = markdown.endsWith('\n') ? markdown : `${markdown}\n`
  if (file === '' && environment['GITHUB_ACTIONS'] !== 'true') {
    process.stdout.write(text)
    return
  }
  try {
    await appendFile(file, text)
  } catch (thrown) {
    throw new Failure({
      code: 'report-unwritten',
      what: 'summary',
      cause: systemWordOf(thrown),
    })
  }
}
