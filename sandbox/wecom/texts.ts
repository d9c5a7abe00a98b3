import { brokenBytes, inGbk, rawControl, unclosed } from '../spoil.ts'
import { everyMember, firstMember } from './edits.ts'
import { entry, people, type WecomEntry } from './entry.ts'

const unreadable = {
  calls: ['gettoken', 'department/list', 'department/simplelist', 'user/list', 'user/get'],
}

/** Texts and numbers that do not arrive as they were meant. */
export const texts: readonly WecomEntry[] = [
  entry(
    'broken-bytes',
    { raw: brokenBytes },
    'failed',
    'An answer has bytes that are no text: stops, and names call and department; nobody’s name becomes �.',
    unreadable,
  ),
  entry(
    'gbk-unnamed',
    { raw: inGbk() },
    'failed',
    'A gateway sends GBK and does not say so: stops; nothing is guessed.',
    { calls: ['department/list', 'user/list', 'user/get'] },
  ),
  entry('gbk', { raw: inGbk('GBK') }, 'applied', 'A gateway sends GBK and says so: read by it.', {
    calls: ['gettoken', 'department/list', 'user/list', 'user/get'],
  }),
  entry(
    'charset-unknown',
    { raw: inGbk('x-our-own') },
    'failed',
    'An answer names a charset that nobody knows: stops, and names it.',
    unreadable,
  ),
  entry(
    'json-unclosed',
    { raw: unclosed },
    'failed',
    'An answer lacks its last bracket: stops; half a list is never taken for a list.',
    unreadable,
  ),
  entry(
    'raw-control',
    { raw: rawControl },
    'applied',
    'Names have a raw control character, which JSON forbids: read as a blank.',
    { calls: ['gettoken', 'department/list', 'user/list', 'user/get'] },
  ),
  entry(
    'half-surrogate',
    { edit: everyMember((member) => ({ ...member, alias: 'Ann\ud83d' })) },
    'applied',
    'A text that is not used ends in half a character: made whole; nothing else happens.',
    people,
  ),
  entry(
    'userid-huge',
    { edit: firstMember((member) => ({ ...member, userid: 2 ** 53 })) },
    'failed',
    'A userid is a number past 2^53, whose last digits are lost: stops; it could be anybody.',
    { calls: ['user/list'] },
  ),
  entry(
    'department-huge',
    { edit: firstMember((member) => ({ ...member, department: [2 ** 60] })) },
    'failed',
    'The same of a department somebody is in: stops; it could be any department.',
    { calls: ['user/list'] },
  ),
  entry(
    'numbers-huge',
    { edit: everyMember((member) => ({ ...member, telephone: 2 ** 60, main_department: 2 ** 60 })) },
    'applied',
    'The same of what tells nobody apart: not known.',
    people,
  ),
]
