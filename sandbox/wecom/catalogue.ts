import { always, cutAlways, cutOnce, outage } from '../fault-entry.ts'
import { entry, lists, singleCalls, token, type Place, type WecomEntry } from './entry.ts'
import { harmless, misleading } from './misleading.ts'
import { singles } from './one-by-one.ts'
import { texts } from './texts.ts'

export { singleCalls, wecomCalls, type WecomEntry } from './entry.ts'

/** A refusal that only a person can fix. */
function refused(name: string, errcode: number, sentence: string, place: Place = {}): WecomEntry {
  return entry(name, { errcode }, 'failed', `${sentence} (${errcode}): stops at once, nothing is written.`, {
    call: 'department/list',
    nth: 1,
    ...place,
  })
}

/** What passes. */
const passing: readonly WecomEntry[] = [
  entry(
    'busy',
    { errcode: -1 },
    'applied',
    'WeCom is busy once (-1): the call is made again, and all is well.',
  ),
  entry(
    'version-conflict',
    { errcode: 6000 },
    'applied',
    'Two writers meet in WeCom once (6000): the call is made again.',
  ),
  entry(
    'token-expired',
    'expire',
    'applied',
    'WeCom drops every token in the middle of the run: one new token, and on.',
  ),
  entry(
    'token-invalid',
    { errcode: 40014 },
    'applied',
    'WeCom no longer knows the token (40014): one new token, and on.',
  ),
  entry(
    'rate-limited',
    { errcode: 45009 },
    'applied',
    'The rate limit is hit (45009): the whole client rests for a minute, then goes on. Takes 1 minute.',
    { calls: [...lists, ...singleCalls] },
  ),
  entry(
    'crowded',
    { errcode: 45033 },
    'applied',
    'Too many requests at once (45033): half as many from now on.',
  ),
  entry(
    'maintenance',
    { errcode: 81026 },
    'applied',
    'WeCom is being maintained for a moment (81026): waits and goes on. Takes 15 seconds.',
  ),
  entry('bad-gateway', { status: 502 }, 'applied', 'A gateway answers 502 once: the call is made again.'),
  entry(
    'too-many-requests',
    { status: 429, retryAfter: 2 },
    'applied',
    'A gateway asks for 2 seconds of patience (429): gets them.',
  ),
  entry(
    'retry-after',
    { status: 503, retryAfter: 25 },
    'applied',
    'A gateway asks for 25 seconds (503, Retry-After): gets them. Takes half a minute.',
  ),
  entry('reset', 'reset', 'applied', cutOnce),
  entry(
    'cut',
    'cut',
    'applied',
    'An answer ends in its middle: half a list is never taken for a list, the call is made again.',
  ),
  entry(
    'hangs',
    'hang',
    'applied',
    'One call gets no answer: it is given up and made again. Takes 1 minute.',
  ),
  entry('slow', { edit: (reply) => reply }, 'applied', 'Every answer comes late: slower, nothing else.', {
    ...always,
    delay: 40,
    nth: 1,
  }),
]

/** The same, for as long as anybody looks. */
const lasting: readonly WecomEntry[] = [
  entry(
    'busy-all-morning',
    { errcode: -1 },
    'failed',
    'WeCom stays busy (-1): three more tries, then the run stops and nothing is written.',
    always,
  ),
  entry(
    'token-never-valid',
    { errcode: 42001 },
    'failed',
    'Every token counts as expired (42001): one new token, then the run stops.',
    always,
  ),
  entry(
    'rate-limited-all-morning',
    { errcode: 45009 },
    'failed',
    'The rate limit stays hit (45009): two rests, then the run stops. Takes 2 minutes.',
    { ...always, calls: [...lists, ...singleCalls] },
  ),
  entry(
    'address-blocked',
    { errcode: 45009 },
    'failed',
    'Wrong secrets have blocked the address (45009 at the token): stops at once, another try would prolong it.',
    { ...token, ...always, calls: ['gettoken'] },
  ),
  entry(
    'crowded-all-morning',
    { errcode: 45033 },
    'failed',
    'Too many requests at once, however few (45033): the run stops after five tries.',
    always,
  ),
  entry(
    'maintenance-all-morning',
    { errcode: 81026 },
    'failed',
    'WeCom is being maintained (81026): three more tries, then the run stops. Takes 2 minutes.',
    always,
  ),
  entry('unavailable', { status: 503 }, 'failed', outage('A gateway answers 503 and nothing else'), always),
  entry('reset-all-morning', 'reset', 'failed', cutAlways, always),
  entry(
    'hangs-all-morning',
    'hang',
    'failed',
    'Nothing is answered any more: five tries of a minute, then the run stops. Takes 5 minutes.',
    always,
  ),
]

/** What a person has to fix. */
const refusals: readonly WecomEntry[] = [
  refused('wrong-secret', 40001, 'The secret is not accepted', token),
  refused('wrong-corp', 40013, 'The Corp ID is not known', token),
  refused('foreign-secret', 40091, 'The secret is another company’s', token),
  refused('weak-secret', 45031, 'The secret must be made anew', token),
  refused('corp-abnormal', 40141, 'The company’s account is not in order'),
  refused('corp-unavailable', 301007, 'The company is blocked or dissolved'),
  refused('app-disabled', 50003, 'The app was disabled'),
  refused('app-forbidden', 60031, 'The app may not call any more'),
  refused('right-withdrawn', 48006, 'A right was withdrawn, because it was long unused'),
  refused('no-right', 48002, 'The app may not make the call'),
  refused('contacts-assistant', 48009, 'The secret is that of Sync of Contacts'),
  refused('department-gone', 60003, 'A department is dissolved between the list and its turn', {
    call: 'user/list',
    nth: 3,
  }),
  refused(
    'department-invisible',
    60011,
    'A department leaves the visible range between the list and its turn',
    { call: 'user/list', nth: 3 },
  ),
  refused('answer-too-large', 45029, 'A department is too large for one answer', {
    call: 'user/list',
    nth: 3,
  }),
  refused('unknown-errcode', 987654, 'An error that nobody has heard of'),
  entry(
    'untrusted-address',
    { click: () => ({ trusted: false }) },
    'failed',
    'The runner has an address that is not trusted (60020): stops, with the address and three ways out.',
    { ...always, call: 'department/list', nth: 1, calls: lists },
  ),
  entry(
    'witness-refused',
    { errcode: 48002 },
    'applied',
    'The second list of departments is refused (48002): goes on, and says that there was only one list.',
    { call: 'department/simplelist', nth: 1, calls: ['department/simplelist'] },
  ),
]

/** Gateways and proxies in between. */
const gateways: readonly WecomEntry[] = [
  entry(
    'not-found',
    { status: 404 },
    'failed',
    'A wrong base URL or a gateway answers 404: stops, and says to check the URL.',
    { call: 'gettoken', nth: 1 },
  ),
  entry('proxy-authentication', { status: 407 }, 'failed', 'A proxy wants a password (407): stops.'),
  entry(
    'redirect',
    { status: 302 },
    'failed',
    'A gateway sends elsewhere (302): not followed, the URL has a token in it.',
  ),
  entry(
    'html',
    'html',
    'failed',
    'A proxy answers with its sign-in page and 200: stops; a page is no directory.',
  ),
  entry('empty-answer', 'empty', 'failed', 'An empty answer with 200: stops; nothing is not nobody.'),
  entry('not-an-object', { body: [] }, 'failed', 'JSON of another shape: stops.'),
  entry(
    'errcode-not-a-number',
    { body: { errcode: 'busy' } },
    'failed',
    'An error code that is a word: stops.',
  ),
]

export const wecomCatalogue: readonly WecomEntry[] = [
  ...passing,
  ...lasting,
  ...refusals,
  ...gateways,
  ...misleading,
  ...texts,
  ...harmless,
  ...singles,
]
