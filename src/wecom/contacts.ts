import { badReply } from '../http/failed-exchange.ts'
import { Failure, problemsOf, type Problem } from '../model/problem.ts'
import { keyOf } from '../model/people.ts'
import { type Row } from '../model/directory.ts'
import { WecomClient, type WecomSettings } from './client.ts'
import { useridsOf } from './replies.ts'

/** Who is in the corp at all, and why nobody may be taken for gone where that is not known. */
export type Contacts = { readonly everyone?: ReadonlySet<string>; readonly doubts: readonly Problem[] }

/** People in one page, the most WeCom sends. */
const pageSize = 10_000

/**
 * Reads the userids of everybody in the corp, which only the secret of Sync of Contacts may (specification 4.4):
 * a leaver among them has merely left the app's visible range. Never throws: a list that cannot be read, or that
 * lacks people the app shows (FS-04), makes the fetch a doubtful one.
 */
export async function confirm(rows: readonly Row[], settings: WecomSettings): Promise<Contacts> {
  const { contactsSecret: secret } = settings
  if (secret === undefined) return { doubts: [] }
  try {
    const everyone = await readEveryone(new WecomClient({ ...settings, secret }))
    const shown = new Set(rows.map(({ member }) => keyOf(member.userid)))
    const people = [...shown].filter((key) => !everyone.has(key)).length
    return { everyone, doubts: people > 0 ? [{ code: 'wecom-contacts-incomplete', people }] : [] }
  } catch (thrown) {
    return { doubts: [{ code: 'wecom-contacts-unreadable' }, ...problemsOf(thrown)] }
  }
}

/** Page after page; a cursor that comes a second time would never end (FS-06). */
async function readEveryone(client: WecomClient): Promise<ReadonlySet<string>> {
  const everyone = new Set<string>()
  const cursors = new Set<string>()
  let cursor = ''
  do {
    cursors.add(cursor)
    const page = useridsOf(await client.call('user/list_id', {}, { body: { cursor, limit: pageSize } }))
    for (const userid of page.userids) everyone.add(keyOf(userid))
    cursor = page.cursor
    if (cursor !== '' && cursors.has(cursor)) {
      throw new Failure(badReply({ service: 'WeCom', call: 'user/list_id' }, 'next_cursor repeats'))
    }
  } while (cursor !== '')
  return everyone
}
