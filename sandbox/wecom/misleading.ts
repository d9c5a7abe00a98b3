import { always } from '../fault-entry.ts'
import { edits, everyMember, firstMember, narrowed, withoutLists } from './edits.ts'
import { entry, lists, people, type WecomEntry } from './entry.ts'

/** Answers that look right and are not. */
export const misleading: readonly WecomEntry[] = [
  entry(
    'missing-list',
    { edit: withoutLists(undefined) },
    'failed',
    'An answer says ok and has no list: stops; a missing list is not an empty one.',
    { calls: lists },
  ),
  entry(
    'null-list',
    { edit: withoutLists(null) },
    'failed',
    'An answer says ok and its list is null: stops.',
    { calls: lists },
  ),
  entry(
    'no-departments',
    { edit: withoutLists([]) },
    'failed',
    'No department is visible: stops, and names the visible range.',
    { call: 'department/list', nth: 1, calls: ['department/list'] },
  ),
  entry(
    'nobody',
    { edit: withoutLists([]) },
    'failed',
    'Every department is empty: stops; never "everybody left".',
    people,
  ),
  entry(
    'halved-lists',
    { edit: edits('userlist', (list) => list.slice(0, Math.floor(list.length / 2))) },
    'held',
    'Half of everybody is missing from the lists: over the limit, so nobody is removed.',
    people,
  ),
  entry(
    'member-without-userid',
    { edit: firstMember((member) => ({ ...member, userid: undefined })) },
    'failed',
    'Somebody has no userid: stops; it could be anybody.',
    { calls: ['user/list'] },
  ),
  entry(
    'departments-missing',
    { edit: edits('department', (list) => list.slice(0, -2)) },
    'held',
    'The list of departments lacks two that the second list names: goes on, and removes nobody.',
    { call: 'department/list', nth: 1, calls: ['department/list'] },
  ),
  entry(
    'range-narrowed',
    { click: narrowed },
    'held',
    'Somebody narrows the visible range by a click: whoever vanishes with their department is held, and the report says so.',
    { ...always, call: '*', nth: 1, calls: ['*', ...lists] },
  ),
  entry(
    'withheld-fields',
    { click: () => ({ withheld: true }) },
    'applied',
    'The app may no longer read phones and e-mails: the stored ones are left alone, and the report says so.',
    people,
  ),
  entry(
    'all-disabled',
    { edit: everyMember((member) => ({ ...member, status: 2 })) },
    'held',
    'Everybody comes as disabled: over the limit, so nobody is forbidden.',
    people,
  ),
  entry(
    'status-missing',
    { edit: everyMember((member) => ({ ...member, status: undefined })) },
    'applied',
    'Nobody has a status: unknown is not disabled, nobody is forbidden for it.',
    people,
  ),
  entry(
    'status-unheard-of',
    { edit: everyMember((member) => ({ ...member, status: 9 })) },
    'applied',
    'Everybody has a status that does not exist: unknown is not disabled, nobody is forbidden for it.',
    people,
  ),
  entry(
    'departments-of-nobody',
    { edit: everyMember((member) => ({ ...member, department: undefined })) },
    'applied',
    'Nobody’s row names departments: the list they stand in counts.',
    people,
  ),
]

/** Answers that look wrong and are not. */
export const harmless: readonly WecomEntry[] = [
  entry(
    'unknown-keys',
    { edit: everyMember((member) => ({ ...member, zodiac: { year: 'dragon' } })) },
    'applied',
    'Rows have keys that nobody knows: not looked at.',
    people,
  ),
  entry(
    'numbers-as-text',
    { edit: everyMember((member) => ({ ...member, status: String(member['status']) })) },
    'applied',
    'Numbers come as text: read all the same.',
    people,
  ),
  entry(
    'rows-twice',
    { edit: edits('userlist', (list) => [...list, ...list]) },
    'applied',
    'Everybody is listed twice: one person all the same.',
    people,
  ),
  entry(
    'reversed',
    { edit: edits('userlist', (list) => list.toReversed()) },
    'applied',
    'The lists come in another order: the same plan.',
    people,
  ),
]
