import { badReply } from '../http/failed-exchange.ts'
import { Failure } from '../model/problem.ts'
import { byCodePoint } from '../model/lists.ts'
import { byUserid, keyOf, type Member } from '../model/people.ts'
import { type Department } from '../model/department.ts'
import { type Row } from '../model/directory.ts'
import type { WecomClient, WecomSettings } from './client.ts'
import { ifShown } from './errcode.ts'
import { memberOf, membersOf } from './replies.ts'
import { concurrently } from './concurrently.ts'

type Settings = Pick<WecomSettings, 'concurrency' | 'onProgress'>

/**
 * The people of every department, each asked on its own: `fetch_child` is no longer promised to work
 * (wecom-api.md §4.2).
 *
 * @returns rows sorted by department, then userid, whatever the order of the answers.
 * @throws Failure when one department cannot be read.
 */
export async function readPeople(
  client: WecomClient,
  departments: readonly Department[],
  { concurrency, onProgress }: Settings,
): Promise<readonly Row[]> {
  const people = new Set<string>()
  let done = 0
  const rows = await concurrently(departments, concurrency, async ({ id }, stop): Promise<readonly Row[]> => {
    const query = { department_id: String(id) }
    const members = membersOf(await client.call('user/list', query, { stop, department: id }), id)
    for (const { userid } of members) people.add(keyOf(userid))
    onProgress?.({ stage: 'departments', done: ++done, total: departments.length, people: people.size })
    return members.toSorted(bySpelling).map((member) => ({ department: id, member }))
  })
  return rows.flat()
}

/** After 2,000 errors in an hour WeCom blocks the caller for another (wecom-api.md §7). */
const mostUnread = 1_000

/** People who were asked for one by one. */
export type OneByOne = {
  /** Without a department of their own. */
  readonly rows: readonly Row[]
  /** Lower-cased userids of those WeCom does not show. */
  readonly unread: ReadonlySet<string>
}

/**
 * The people whom no department's list has shown, each asked on their own: there is no call for many of them
 * (wecom-api.md §3.5, §4.1). WeCom answers alike for somebody who left just now and somebody it may not show
 * (60111, §6), so whom it does not show is nobody's leaver.
 *
 * @param userids each once.
 * @param shown people with rows already: they are not asked for.
 * @throws Failure when a call fails for another reason than the person, or `wecom-people-unread` for too many.
 */
export async function readOneByOne(
  client: WecomClient,
  userids: readonly string[],
  shown: readonly Row[],
  { concurrency, onProgress }: Settings,
): Promise<OneByOne> {
  const found = new Set(shown.map(({ member }) => keyOf(member.userid)))
  const asked = userids.filter((userid) => !found.has(keyOf(userid)))
  const unread = new Set<string>()
  let done = 0
  const rows = await concurrently(asked, concurrency, async (userid, stop): Promise<readonly Row[]> => {
    const member = await readPerson(client, userid, stop)
    if (member === undefined) unread.add(keyOf(userid))
    if (unread.size > mostUnread) throw new Failure({ code: 'wecom-people-unread', people: unread.size })
    done++
    onProgress?.({ stage: 'people', done, total: asked.length, people: found.size + done - unread.size })
    return member === undefined ? [] : [{ member }]
  })
  return { rows: rows.flat(), unread }
}

async function readPerson(
  client: WecomClient,
  userid: string,
  stop: AbortSignal,
): Promise<Member | undefined> {
  const member = await ifShown(async () => memberOf(await client.call('user/get', { userid }, { stop })))
  if (member === undefined || keyOf(member.userid) === keyOf(userid)) return member
  throw new Failure(badReply({ service: 'WeCom', call: 'user/get' }, 'userid'))
}

function bySpelling(a: Member, b: Member): number {
  return byUserid(a, b) || byCodePoint(a.userid, b.userid)
}
