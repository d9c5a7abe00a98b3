import { Failure, type Problem } from '../model/problem.ts'
import { byCodePoint } from '../model/lists.ts'
import { keyOf } from '../model/people.ts'
import type { WecomClient, WecomSettings } from './client.ts'
import { ifShown } from './errcode.ts'
import { agentOf, tagOf } from './replies.ts'
import { concurrently } from './concurrently.ts'

/** What the visible range (可见范围) of an app names. */
export type Range = {
  /** Userids, one by one and from tags, each once whatever its case, sorted. */
  readonly people: readonly string[]
  /** Ids, those from tags included, each once, ascending. */
  readonly departments: readonly number[]
  /** How many tags. */
  readonly tags: number
  /** Why that may not be all. */
  readonly doubts: readonly Problem[]
}

/**
 * Asks what the app may see, which no list of departments says: people and tags one by one (wecom-api.md §3.5).
 * A tag that WeCom does not show makes the fetch incomplete (§6, 40068).
 *
 * @throws Failure `wecom-app-disabled`, or one of `call()` that is not about a single tag.
 */
export async function readRange(
  client: WecomClient,
  agentId: string,
  { concurrency }: Pick<WecomSettings, 'concurrency'>,
): Promise<Range> {
  const agent = agentOf(await client.call('agent/get', { agentid: agentId }))
  if (agent.disabled) throw new Failure({ code: 'wecom-app-disabled' })
  const tags = ascending(agent.tags)
  const read = await concurrently(tags, concurrency, async (id, stop) =>
    ifShown(async () => tagOf(await client.call('tag/get', { tagid: String(id) }, { stop }))),
  )
  const ids = tags.filter((_, index) => read[index] === undefined)
  const named = [agent, ...read.filter((tag) => tag !== undefined)]
  return {
    people: people(named.flatMap(({ userids }) => userids)),
    departments: ascending(named.flatMap(({ departments }) => departments)),
    tags: tags.length,
    doubts: ids.length > 0 ? [{ code: 'wecom-tags-unread', ids }] : [],
  }
}

function ascending(ids: readonly number[]): readonly number[] {
  return [...new Set(ids)].toSorted((a, b) => a - b)
}

/** Of two spellings the first by code point. */
function people(userids: readonly string[]): readonly string[] {
  const byKey = new Map(
    userids
      .toSorted(byCodePoint)
      .toReversed()
      .map((userid) => [keyOf(userid), userid]),
  )
  return [...byKey].toSorted(([a], [b]) => byCodePoint(a, b)).map(([, userid]) => userid)
}
