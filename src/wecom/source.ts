import pLimit from 'p-limit'
import { Failure, type Problem } from '../errors.ts'
import {
  byCodePoint,
  byUserid,
  keyOf,
  type Department,
  type Member,
  type Row,
  type Source,
} from '../model.ts'
import { WecomClient, type WecomSettings } from './client.ts'
import { refuses } from './errcode.ts'
import { confirm } from './contacts.ts'
import { departmentIdsOf, departmentsOf, membersOf } from './replies.ts'

/**
 * Everybody an app of WeCom can see, in one fetch: all of it or an error. It takes 1 + 2 + D requests for D
 * departments when nothing fails (specification 4.1).
 *
 * @returns a source whose `fetch` throws Failure `wecom-errcode`, `wecom-no-departments`, `wecom-no-people`,
 *   `bad-reply`, or what HTTP went wrong. No error of it has a token, a secret or a URL in it.
 */
export function wecomSource(settings: WecomSettings): Source {
  const client = new WecomClient(settings)
  return {
    fetch: async () => {
      const departments = await readDepartments(client)
      const witness = await askWitness(client, departments)
      const rows = await readPeople(client, departments, settings)
      const { everyone, doubts } = await confirm(rows, settings)
      return {
        kind: 'members',
        corpId: settings.corpId,
        departments,
        rows,
        doubts: [...witness.doubts, ...doubts],
        remarks: witness.remarks,
        ...(everyone !== undefined && { everyone }),
      }
    },
  }
}

/**
 * The departments the app can see, by ascending id. This is the first call that meets WeCom's check of the
 * caller's address, which `gettoken` does not (wecom-api.md §1).
 *
 * @returns nothing at all for an app whose visible range names only people (wecom-api.md §3.5).
 */
export async function readDepartments(client: WecomClient): Promise<readonly Department[]> {
  const listed = departmentsOf(await client.call('department/list', {}))
  const departments = new Map(listed.map((department) => [department.id, department]))
  return [...departments.values()].toSorted((a, b) => a.id - b.id)
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

/**
 * The people of every department, each asked on its own: `fetch_child` is no longer promised to work
 * (wecom-api.md §4.2). One department that cannot be read fails them all, and the rest is not asked any more.
 *
 * @returns rows sorted by department, then userid, whatever the order of the answers.
 * @throws Failure `wecom-no-departments`, or `wecom-no-people` when all of them are empty.
 */
export async function readPeople(
  client: WecomClient,
  departments: readonly Department[],
  { concurrency, onProgress }: Pick<WecomSettings, 'concurrency' | 'onProgress'>,
): Promise<readonly Row[]> {
  if (departments.length === 0) throw new Failure({ code: 'wecom-no-departments' })
  const stop = new AbortController()
  const people = new Set<string>()
  let done = 0
  const read = async ({ id }: Department): Promise<readonly Row[]> => {
    try {
      const members = membersOf(
        await client.call('user/list', { department_id: String(id) }, { stop: stop.signal }),
      )
      for (const { userid } of members) people.add(keyOf(userid))
      onProgress?.({ stage: 'departments', done: ++done, total: departments.length, people: people.size })
      return members.toSorted(bySpelling).map((member) => ({ department: id, member }))
    } catch (thrown) {
      stop.abort(thrown)
      throw thrown
    }
  }
  const rows = (await pLimit(concurrency).map(departments, read)).flat()
  if (rows.length === 0) throw new Failure({ code: 'wecom-no-people', departments: departments.length })
  return rows
}

function bySpelling(a: Member, b: Member): number {
  return byUserid(a, b) || byCodePoint(a.userid, b.userid)
}
