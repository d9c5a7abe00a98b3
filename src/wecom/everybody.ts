import { Failure, type Problem } from '../model/problem.ts'
import type { Department } from '../model/department.ts'
import type { Row } from '../model/directory.ts'
import type { Range } from './agent.ts'
import type { WecomClient, WecomSettings } from './client.ts'
import { addNamed, askWitness } from './departments.ts'
import { readOneByOne, readPeople } from './people.ts'

/** Everybody an app shows: through departments, and one by one. */
export type Everybody = {
  readonly departments: readonly Department[]
  readonly rows: readonly Row[]
  /** Lower-cased userids that the visible range names and WeCom does not show. */
  readonly unread: ReadonlySet<string>
  readonly doubts: readonly Problem[]
  readonly remarks: readonly Problem[]
}

/**
 * Reads everybody in the departments, then who else the range names.
 *
 * @param listed by `department/list`.
 * @param range of the app, where its agent id is known.
 * @throws Failure `wecom-no-departments`, `wecom-no-people`: an empty answer is never "everybody left" (FS-01);
 *   or one of `call()`.
 */
export async function readEverybody(
  client: WecomClient,
  listed: readonly Department[],
  range: Range | undefined,
  settings: WecomSettings,
): Promise<Everybody> {
  if (range === undefined && listed.length === 0) throw new Failure({ code: 'wecom-no-departments' })
  const { departments, doubts } = await addNamed(client, listed, range?.departments ?? [], settings)
  const witness = await askWitness(client, departments)
  const inDepartments = await readPeople(client, departments, settings)
  const { rows, unread } = await readOneByOne(client, range?.people ?? [], inDepartments, settings)
  const all = [...inDepartments, ...rows]
  const unshown: readonly Problem[] =
    unread.size > 0 ? [{ code: 'wecom-people-unread', people: unread.size }] : []
  if (all.length === 0) {
    throw new Failure({ code: 'wecom-no-people', departments: departments.length }, ...unshown)
  }
  return {
    departments,
    rows: all,
    unread,
    doubts: [...doubts, ...witness.doubts],
    remarks: [...witness.remarks, ...unshown],
  }
}
