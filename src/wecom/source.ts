import type { Source } from '../model/ports.ts'
import { readRange } from './agent.ts'
import { readEverybody } from './everybody.ts'
import { WecomClient, type WecomSettings } from './client.ts'
import { confirm } from './contacts.ts'
import { readDepartments } from './departments.ts'

/**
 * Everybody an app of WeCom can see, in one fetch: all of it or an error. For D departments it takes 1 + 2 + D
 * requests when nothing fails (specification 4.1); with an agent id, one more, one for each tag, and one for
 * each person who is in none of the departments (4.3).
 *
 * @returns a source whose `fetch` throws Failure `wecom-errcode`, `wecom-no-departments`, `wecom-no-people`,
 *   `wecom-app-disabled`, `bad-reply`, or what HTTP went wrong. No error of it has a token, a secret or a URL in
 *   it.
 */
export function wecomSource(settings: WecomSettings): Source {
  const client = new WecomClient(settings)
  const { corpId, agentId } = settings
  return {
    fetch: async () => {
      const listed = await readDepartments(client)
      const range = agentId === undefined ? undefined : await readRange(client, agentId, settings)
      const { departments, rows, unread, ...found } = await readEverybody(client, listed, range, settings)
      const { everyone, doubts } = await confirm(rows, settings)
      return {
        kind: 'members',
        corpId,
        departments,
        rows,
        doubts: [...(range?.doubts ?? []), ...found.doubts, ...doubts],
        remarks: found.remarks,
        ...(unread.size > 0 && { unread }),
        ...(everyone !== undefined && { everyone }),
      }
    },
  }
}
