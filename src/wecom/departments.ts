import { Failure, type Problem } from '../model/problem.ts'
import type { Department } from '../model/department.ts'
import type { WecomClient, WecomSettings } from './client.ts'
import { ifShown, refuses } from './errcode.ts'
import { departmentIdsOf, departmentsOf } from './replies.ts'
import { concurrently } from './concurrently.ts'

/**
 * The departments the app can see, by ascending id. This is the first call that meets WeCom's check of the
 * caller's address, which `gettoken` does not (wecom-api.md §1).
 *
 * @returns nothing at all for an app whose visible range names only people (wecom-api.md §3.5).
 */
export async function readDepartments(client: WecomClient): Promise<readonly Department[]> {
  return distinct(departmentsOf(await client.call('department/list', {})))
}

/** Departments, and why they may not be all. */
export type DepartmentReading = {
  readonly departments: readonly Department[]
  readonly doubts: readonly Problem[]
}

/**
 * Adds the departments that the visible range names and the list lacks, as it may those of a tag, each with all
 * below it (wecom-api.md §3.1, §3.5). One that WeCom does not show makes the fetch incomplete.
 *
 * @throws Failure unless a call went well or was about that one department.
 */
export async function addNamed(
  client: WecomClient,
  listed: readonly Department[],
  named: readonly number[],
  { concurrency }: Pick<WecomSettings, 'concurrency'>,
): Promise<DepartmentReading> {
  const known = new Set(listed.map(({ id }) => id))
  const missing = named.filter((id) => !known.has(id))
  const found = await concurrently(missing, concurrency, async (id, stop) =>
    ifShown(async () => {
      const asked = { stop, department: id }
      return departmentsOf(await client.call('department/list', { id: String(id) }, asked), id)
    }),
  )
  const departments = distinct([...listed, ...found.flatMap((some) => some ?? [])])
  const all = new Set(departments.map(({ id }) => id))
  const ids = missing.filter((id) => !all.has(id))
  return { departments, doubts: ids.length > 0 ? [{ code: 'wecom-departments-unread', ids }] : [] }
}

/** What the second list of departments says about the first. */
export type Witness = { readonly doubts: readonly Problem[]; readonly remarks: readonly Problem[] }

/**
 * Asks for the ids of all departments once more, by another call: one that the first list lacks makes the fetch
 * incomplete (FS-03). More of them in the first list are fine.
 *
 * @throws Failure unless the call went well or was refused.
 */
export async function askWitness(client: WecomClient, departments: readonly Department[]): Promise<Witness> {
  const listed = new Set(departments.map(({ id }) => id))
  try {
    const ids = new Set(departmentIdsOf(await client.call('department/simplelist', {})))
    const missing = [...ids].filter((id) => !listed.has(id)).toSorted((a, b) => a - b)
    const doubts = missing.length > 0 ? [{ code: 'wecom-departments-missing', ids: missing } as const] : []
    return { doubts, remarks: [] }
  } catch (thrown) {
    const problem = thrown instanceof Failure ? thrown.problems[0] : undefined
    if (problem?.code !== 'wecom-errcode' || !refuses(problem.errcode)) throw thrown
    return { doubts: [], remarks: [{ code: 'wecom-witness-refused', errcode: problem.errcode }] }
  }
}

/** Each department once, by ascending id. */
function distinct(departments: readonly Department[]): readonly Department[] {
  const byId = new Map(departments.map((department) => [department.id, department]))
  return [...byId.values()].toSorted((a, b) => a.id - b.id)
}
