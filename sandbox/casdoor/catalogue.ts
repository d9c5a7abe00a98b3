import { always, type FaultEntry } from '../fault-entry.ts'
import { brokenBytes, rawControl } from '../spoil.ts'
import type { CasdoorFault } from './faults.ts'

/** A Casdoor fault by name. */
export type CasdoorEntry = FaultEntry<'Casdoor', CasdoorFault, 'applied' | 'partial' | 'failed'>

/** The calls that read, in order of a run. */
export const casdoorReads = [
  'get-version-info',
  'get-organization',
  'get-organization-applications',
  'get-syncers',
  'get-users',
] as const

type Place = Partial<Pick<CasdoorEntry, 'call' | 'nth' | 'times' | 'calls'>>

const listing: Place = { call: 'get-users', nth: 1 }
const listingAlone: Place = { ...listing, calls: ['get-users'] }

function entry(
  name: string,
  what: CasdoorFault['do'],
  expect: CasdoorEntry['expect'],
  sentence: string,
  place: Place = {},
): CasdoorEntry {
  return {
    world: 'Casdoor',
    name: `casdoor-${name}`,
    do: what,
    expect,
    sentence,
    call: 'write',
    nth: 2,
    ...place,
  }
}

/** One write refused with this text. */
function refused(name: string, error: string, sentence: string): CasdoorEntry {
  return entry(name, { error }, 'partial', `${sentence}: that one fails with its reason, the others go on.`)
}

/** The sentence of an outage that outlasts every try to write. */
function lostWrites(cause: string): string {
  return `${cause} from the second on: those fail, and the next run does what is left. Takes a quarter of a minute.`
}

/** What passes. */
const passing: readonly CasdoorEntry[] = [
  entry(
    'saved-then-error',
    'error-after',
    'applied',
    'Casdoor saves and then answers an error: what is stored is believed, not the answer.',
  ),
  entry(
    'reset-after-write',
    'reset-after',
    'applied',
    'The connection is cut after the write: it is read back, not sent twice.',
  ),
  entry('cut', 'cut', 'applied', 'The answer to a write ends in its middle: it is read back.'),
  entry(
    'reset',
    'reset',
    'applied',
    'The connection is cut before the write: it is read back and sent again.',
  ),
  entry('html', 'html', 'applied', 'A gateway answers a write with a page: it is read back and sent again.'),
  entry(
    'hangs',
    'hang',
    'applied',
    'A write gets no answer: given up, read back, sent again. Takes 1 minute.',
  ),
  entry('bad-gateway', { status: 502 }, 'applied', 'A gateway answers 502 once: read back and sent again.'),
  entry(
    'internal-error',
    { status: 500 },
    'applied',
    'Casdoor breaks down over a request once (500): read back and sent again.',
  ),
  entry(
    'too-many-requests',
    { status: 429 },
    'applied',
    'A gateway asks for patience once (429): read back and sent again.',
  ),
  entry(
    'raw-control',
    { raw: rawControl },
    'applied',
    'A text has a raw control character, which JSON forbids: read as a blank.',
    listing,
  ),
  entry(
    'session-idle',
    { error: 'Timeout for inactivity of 30 minutes' },
    'applied',
    'Casdoor ends the session: sent again without it.',
  ),
]

/** What lasts. */
const lasting: readonly CasdoorEntry[] = [
  entry('resets', 'reset', 'partial', lostWrites('Every write is cut off'), always),
  entry(
    'html-all-morning',
    'html',
    'partial',
    lostWrites('A page instead of every answer to a write'),
    always,
  ),
  entry(
    'unavailable',
    { status: 503 },
    'partial',
    lostWrites('A gateway answers every write with 503'),
    always,
  ),
  entry(
    'stuck',
    'hang',
    'partial',
    'Casdoor answers no write any more: after three the run stops and says so. Takes 3 minutes.',
    always,
  ),
  entry(
    'gone',
    'reset',
    'failed',
    'Nothing answers at Casdoor’s address: the run stops before a plan. Takes a quarter of a minute.',
    { ...always, call: '*', nth: 1 },
  ),
  entry(
    'listing-html',
    'html',
    'failed',
    'A sign-in page instead of the list of accounts: the run stops before a plan.',
    listing,
  ),
  entry(
    'broken-bytes',
    { raw: brokenBytes },
    'failed',
    'The list of accounts has bytes that are no text: the run stops before a plan; nobody’s name becomes �.',
    listing,
  ),
  entry(
    'not-found',
    { status: 404 },
    'failed',
    'A wrong endpoint answers 404: the run stops and says to check it.',
    { call: '*', nth: 1 },
  ),
  entry(
    'redirect',
    { status: 302 },
    'failed',
    'A gateway sends the listing elsewhere (302): not followed, the run stops.',
    listing,
  ),
  entry(
    'unauthorized',
    { error: 'Unauthorized operation' },
    'failed',
    'The client’s secret is not accepted: the run stops before a plan.',
    { ...always, call: 'get-organization', nth: 1 },
  ),
  entry(
    'listing-short',
    { edit: (reply) => ({ ...reply, data: (reply.data as unknown[]).slice(1) }) },
    'failed',
    'The list of accounts never has as many as it says: read three times, then the run stops.',
    { ...always, ...listingAlone },
  ),
  entry(
    'listing-grows',
    { edit: (reply) => ({ ...reply, data: (reply.data as unknown[]).slice(1) }) },
    'applied',
    'An account is missing from the list once: the list is read again.',
    listingAlone,
  ),
  entry(
    'listing-empty',
    { edit: (reply) => ({ ...reply, data: [], data2: 0 }) },
    'partial',
    'The list of accounts is empty and says so: nobody can be added twice, and nobody is removed.',
    listingAlone,
  ),
]

/** What Casdoor will not do. */
const refusals: readonly CasdoorEntry[] = [
  refused('locked', 'database is locked', 'The database is locked for a write'),
  refused('masked-error', 'Error', 'Casdoor hides what is wrong'),
  refused('name-taken', 'Username already exists', 'Somebody has the name already'),
  refused('email-taken', 'Email already exists', 'Somebody has the e-mail already'),
  refused('phone-taken', 'Phone already exists', 'Somebody has the phone already'),
  refused(
    'too-long',
    'pq: value too long for type character varying(100)',
    'A text is too long for the database',
  ),
  refused('item-immutable', 'The Title is immutable.', 'An account item may not be changed'),
  refused(
    'item-regex',
    'The value "x" for account field "Title" doesn\'t match the account item regex',
    'A value does not match an account item’s pattern',
  ),
  refused('quota', 'user quota is exceeded', 'The server’s quota is used up'),
  refused('user-gone', "The user: acme/somebody doesn't exist", 'An account vanishes before its turn'),
  refused(
    'duplicate-key',
    'pq: duplicate key value violates unique constraint "user_pkey"',
    'The database knows the key already',
  ),
]

export const casdoorCatalogue: readonly CasdoorEntry[] = [...passing, ...lasting, ...refusals]
