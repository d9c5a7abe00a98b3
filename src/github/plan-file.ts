import { rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Failure, systemWordOf } from '../model/problem.ts'
import type { Environment } from './environment.ts'

/**
 * Writes the whole plan into the runner's temporary folder: all of it or nothing.
 *
 * @returns its absolute path.
 * @throws Failure `report-unwritten`; what the run did is done all the same.
 */
export async function writePlan(json: string, syncer: string, environment: Environment): Promise<string> {
  const folder = path.resolve(environment['RUNNER_TEMP'] ?? tmpdir())
  const file = path.join(folder, `wecom-syncer-${syncer}-plan.json`)
  const draft = `${file}.${process.pid}.tmp`
  try {
    await writeFile(draft, json, { mode: 0o600 })
    await rename(draft, file)
    return file
  } catch (thrown) {
    await rm(draft, { force: true }).catch(() => undefined)
    throw new Failure({
      code: 'report-unwritten',
      what: 'plan',
      cause: systemWordOf(thrown),
    })
  }
}
