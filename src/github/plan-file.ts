import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Failure, systemWordOf } from '../model/problem.ts'
import type { Environment } from './environment.ts'

/**
 * Writes the whole plan into a folder of its own in the runner's temporary folder: all of it or nothing. A job may
 * have several steps with one syncer, and each keeps its plan.
 *
 * @returns its absolute path.
 * @throws Failure `report-unwritten`; what the run did is done all the same.
 */
export async function writePlan(json: string, syncer: string, environment: Environment): Promise<string> {
  let folder: string | undefined
  try {
    folder = await mkdtemp(path.join(path.resolve(environment['RUNNER_TEMP'] ?? tmpdir()), 'wecom-syncer-'))
    const file = path.join(folder, `wecom-syncer-${syncer}-plan.json`)
    await writeFile(file, json, { mode: 0o600 })
    return file
  } catch (thrown) {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true }).catch(() => undefined)
    throw new Failure({ code: 'report-unwritten', what: 'plan', cause: systemWordOf(thrown) })
  }
}
