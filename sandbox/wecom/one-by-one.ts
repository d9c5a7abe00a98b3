import { always } from '../fault-entry.ts'
import { allows, withoutKeys, withoutLists } from './edits.ts'
import { entry, type Place, type WecomEntry } from './entry.ts'

/** In a company of which the app sees some people one by one. */
function single(
  name: string,
  call: string,
  what: WecomEntry['do'],
  expect: WecomEntry['expect'],
  sentence: string,
  place: Place = {},
): WecomEntry {
  return entry(name, what, expect, sentence, { call, nth: 1, calls: [call], oneByOne: true, ...place })
}

const stops = 'stops at once, nothing is written.'

/** What goes wrong with people and tags that are visible one by one. */
export const singles: readonly WecomEntry[] = [
  single(
    'agent-unknown',
    'agent/get',
    { errcode: 40056 },
    'failed',
    `The agent id is that of no app (40056): ${stops}`,
  ),
  single(
    'agent-of-another',
    'agent/get',
    { errcode: 301002 },
    'failed',
    `The agent id is another app’s (301002): ${stops}`,
  ),
  single(
    'agent-refused',
    'agent/get',
    { errcode: 60011 },
    'failed',
    `The app may not be looked at with this secret (60011): ${stops}`,
  ),
  single(
    'app-closed',
    'agent/get',
    { click: () => ({ closed: true }) },
    'failed',
    'The app says that it is disabled: stops, what it shows is not to be relied on.',
  ),
  single(
    'range-untold',
    'agent/get',
    { edit: withoutKeys('allow_userinfos', 'allow_partys', 'allow_tags') },
    'failed',
    'The app’s range is missing from the answer: stops; a missing range is not an empty one.',
  ),
  single(
    'tag-gone',
    'tag/get',
    { errcode: 40068 },
    'held',
    'A tag is deleted between the range and its turn (40068): goes on, and removes nobody.',
  ),
  single(
    'tag-of-another',
    'tag/get',
    { errcode: 81011 },
    'failed',
    `A tag belongs to another app (81011): ${stops}`,
  ),
  single(
    'tag-untold',
    'tag/get',
    { edit: withoutKeys('userlist', 'partylist') },
    'failed',
    'A tag’s answer says ok and has no list: stops.',
  ),
  single(
    'person-gone',
    'user/get',
    { errcode: 60111 },
    'applied',
    'Somebody cannot be found between the range and their turn (60111): no proof that they left, they are kept and named.',
  ),
  single(
    'person-invisible',
    'user/get',
    { errcode: 60011 },
    'applied',
    'Somebody the range names may not be read (60011): kept and named.',
  ),
  single(
    'people-unread',
    'user/get',
    { errcode: 60111 },
    'applied',
    'Nobody who is visible one by one can be found (60111): all of them are kept and named.',
    always,
  ),
  single(
    'another-person',
    'user/get',
    { edit: (reply) => ({ ...reply, userid: 'somebody_else' }) },
    'failed',
    'Another person comes than was asked for: stops.',
  ),
  single(
    'people-taken-out',
    'agent/get',
    { edit: allows({ allow_userinfos: { user: [] }, allow_tags: { tagid: [] } }) },
    'held',
    'Somebody takes people and tags out of the visible range by a click: whoever was visible one by one is held, and the report says so.',
  ),
  single(
    'department-untold',
    'agent/get',
    { edit: allows({ allow_partys: { partyid: [1, 987_654] } }) },
    'held',
    'The range names a department that no list shows: goes on, and removes nobody.',
  ),
  single(
    'departments-asked-again',
    'department/list',
    { edit: withoutLists([]) },
    'applied',
    'The list of departments comes empty, but the range names them: they are asked for by their ids.',
  ),
]
