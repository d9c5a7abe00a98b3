import { Failure, type Problem } from '../model/problem.ts'
import { badStatus, canHeal } from '../http/failed-exchange.ts'
import { backOff, retry } from '../http/retry.ts'
import type { CasdoorClient, CasdoorSettings, Query } from './client.ts'
import { holds } from './body.ts'
import { groupRowOf, userOf, type RowKey, type Envelope, type GroupRow, type UserRow } from './replies.ts'

/** Casdoor's answers to a value that another account has (`object/check.go`). */
const taken = new Map([
  ['Username already exists', 'name'],
  ['Email already exists', 'email'],
  ['Phone already exists', 'phone'],
] as const) as ReadonlyMap<string, 'name' | 'email' | 'phone'>

/** What became of one request that was to change something. */
export type Written = { readonly problem?: Problem }

/** What orders are about: how it is read back. */
export type Subject<Row> = {
  readonly call: 'get-user' | 'get-group'
  /** @throws Failure when it is another one. */
  readonly rowOf: (data: unknown, asked: RowKey) => Row
  /** Does it hold all that an order sends? */
  readonly holds: (row: Row | undefined, body: object) => boolean
}

export const accounts: Subject<UserRow> = { call: 'get-user', rowOf: userOf, holds }
export const groups: Subject<GroupRow> = { call: 'get-group', rowOf: groupRowOf, holds: () => true }

/** One request, and how to see on what is stored whether it was carried out. */
export type Order<Row> = {
  readonly subject: Subject<Row>
  readonly call: `${'add' | 'update' | 'delete'}-${'user' | 'group'}`
  readonly query: Query
  readonly body: object
  /** The account or group it is about. */
  readonly name: string
  /** Does what is stored look as if it was carried out? `undefined`: there is no such thing. */
  readonly isDone: (row: Row | undefined) => boolean
}

/** Tries of one order when the connection fails before anything was stored; after a time-out one less. */
const mostTries = 3

/**
 * So many writes in a row without an answer, and Casdoor is stuck (casdoor-api.md §6.2); so many orders in a row
 * that could not even be read back, and it is gone.
 */
const mostLost = 3

const cancelled: Problem = { code: 'cancelled' }

type Tried<Answer> =
  | { readonly answer: Answer; readonly problem?: undefined }
  | { readonly answer?: undefined; readonly problem: Problem }

/**
 * Carries out orders one by one and finds out what became of them. Casdoor can save and then answer an error, and
 * a connection can break after the write: so nothing but the stored user is believed (specification 6.4).
 */
export class Orders {
  readonly #client: CasdoorClient
  readonly #settings: CasdoorSettings
  #timeouts = 0
  #unreadable = 0
  /** Casdoor is stuck, or gone. */
  #stopped: Problem | undefined
  /** An order was turned away, or given up, since the run is cancelled. */
  #isCutShort = false
  #changed = false

  constructor(client: CasdoorClient, settings: CasdoorSettings) {
    this.#client = client
    this.#settings = settings
  }

  /** Why no further order is carried out, if so. */
  get stopped(): Problem | undefined {
    return this.#stopped ?? (this.#isCutShort ? cancelled : undefined)
  }

  /** Asked before an order is made up: is none taken any more? */
  turnsAway(): boolean {
    if (this.#settings.stop?.asked.aborted === true) this.#isCutShort = true
    return this.stopped !== undefined
  }

  /** Was any order carried out? */
  get changed(): boolean {
    return this.#changed
  }

  /**
   * @returns the problem `cancelled` when nothing was sent, or what was sent was not done and is not sent again, since
   * the run is cancelled; `casdoor-write-unknown` when nobody can say.
   */
  async carryOut<Row>(order: Order<Row>): Promise<Written> {
    if (this.turnsAway() && this.#isCutShort) return { problem: cancelled }
    const written = await this.#untilKnown(order)
    if (written.problem === undefined) this.#changed = true
    return written
  }

  async #untilKnown<Row>(order: Order<Row>): Promise<Written> {
    for (let tries = 1; ; tries++) {
      const sent = await this.#send(order)
      if (sent.answer !== undefined && isAccepted(order, sent.answer)) return {}
      const said = sent.problem ?? this.#refusal(order, sent.answer)
      if (this.#stopped !== undefined) return { problem: said }
      const seen = await this.look(order)
      if (seen.problem !== undefined)
        return { problem: this.#afterAll(order, sent.answer, seen.problem) ?? said }
      const { row } = seen.answer
      const isSurprise = tries === 1 && isOlder(sent.answer)
      if (isSurprise ? order.subject.holds(row, order.body) : order.isDone(row)) return {}
      if (sent.answer !== undefined) {
        return { problem: row === undefined ? (goneProblem(order) ?? said) : said }
      }
      const pause = this.#pauseAfter(sent.problem, tries)
      if (pause === undefined) return { problem: said }
      const slept = await attempt(async () => this.#settings.clock.sleep(pause))
      if (slept.problem !== undefined) return { problem: slept.problem }
    }
  }

  /** Nothing is known of a write that the end of the run left without an answer, and that could not be read back. */
  #afterAll<Row>({ call }: Order<Row>, answer: Envelope | undefined, seen: Problem): Problem | undefined {
    if (seen.code !== 'cancelled' || answer !== undefined) return undefined
    this.#isCutShort = true
    return { code: 'casdoor-write-unknown', call }
  }

  async #send<Row>({ call, query, body }: Order<Row>): Promise<Tried<Envelope>> {
    const sent = await attempt(async () => this.#client.once('POST', call, query, body))
    if (sent.answer !== undefined) this.#timeouts = 0
    else this.#countTimeout(sent.problem)
    return sent
  }

  /**
   * What an order is about as stored now; a new account may be called otherwise than asked for, in lower case
   * (casdoor-api.md §5.2).
   */
  async look<Row>({
    subject,
    call,
    name,
  }: Pick<Order<Row>, 'subject' | 'name'> & Partial<Pick<Order<Row>, 'call'>>): Promise<
    Tried<{ row: Row | undefined }>
  > {
    const lowered = call === 'add-user' ? name.toLowerCase() : name
    const seen = await attempt(async () => {
      const row = await this.#read(subject, name)
      return { row: row ?? (lowered === name ? undefined : await this.#read(subject, lowered)) }
    })
    if (seen.answer !== undefined) this.#unreadable = 0
    else if (seen.problem.code === 'timeout') this.#countTimeout(seen.problem)
    else if (isPassing(seen.problem) && ++this.#unreadable >= mostLost) this.#stopped ??= seen.problem
    return seen
  }

  /** Reads again after passing faults, but not after a time-out: a stuck Casdoor never answers. */
  async #read<Row>({ call, rowOf }: Subject<Row>, name: string): Promise<Row | undefined> {
    const { organization, clock } = this.#settings
    const id = `${organization}/${name}`
    const answer = await retry(
      async () => this.#client.once('GET', call, { id }),
      (problem, tries) =>
        problem.code === 'timeout' ? undefined : backOff(asPassing(problem), tries, clock),
      clock,
    )
    if (answer.status === 'error') throw new Failure(this.#client.refusal(call, answer, { name }))
    return answer.data === null ? undefined : rowOf(answer.data, { organization, name })
  }

  #countTimeout(problem: Problem): void {
    if (problem.code !== 'timeout') return
    this.#timeouts++
    if (this.#timeouts >= mostLost) this.#stopped ??= { code: 'casdoor-silent', seconds: problem.seconds }
  }

  #pauseAfter(problem: Problem, tries: number): number | undefined {
    const most = problem.code === 'timeout' ? mostTries - 1 : mostTries
    return tries < most ? backOff(asPassing(problem), tries, this.#settings.clock) : undefined
  }

  #refusal<Row>({ call, body, name }: Order<Row>, answer: Envelope): Problem {
    const { msg } = answer
    if (call === 'add-group' && takenName.test(msg)) return { code: 'casdoor-group-taken', group: name }
    const field = taken.get(msg)
    if (field !== undefined) return { code: 'casdoor-value-taken', field }
    if (msg === 'Phone number is invalid' && 'phone' in body) return { code: 'casdoor-phone-refused' }
    return this.#client.refusal(call, { msg: answer.status === 'ok' ? 'Unaffected' : msg }, body)
  }
}

/**
 * What affected nothing added nobody, and changed no group, since that one is not there; of other writes it is no
 * sign (casdoor-api.md §2.1).
 */
function isAccepted<Row>({ call }: Order<Row>, { status, data }: Envelope): boolean {
  const isSign = call.startsWith('add-') || call === 'update-group'
  return status === 'ok' && (!isSign || data === 'Affected')
}

/** Each database has its own words for a name that is taken, by a group of any organization (§8). */
const takenName = /UNIQUE constraint failed: group\.name|duplicate key value|Duplicate entry/

function goneProblem<Row>({ call, name }: Order<Row>): Problem | undefined {
  if (call === 'update-user') return { code: 'casdoor-gone', name }
  return call === 'update-group' ? { code: 'casdoor-group-gone', group: name } : undefined
}

/**
 * The name was taken before the first try. Another run may have added the person just now; an older account that
 * the listing did not show is one that was not written.
 */
function isOlder(answer: Envelope | undefined): boolean {
  return answer !== undefined && taken.get(answer.msg) === 'name'
}

async function attempt<Answer>(exchange: () => Promise<Answer>): Promise<Tried<Answer>> {
  try {
    return { answer: await exchange() }
  } catch (thrown) {
    const [problem] = thrown instanceof Failure ? thrown.problems : []
    if (problem === undefined) throw thrown
    return { problem }
  }
}

/** What cannot be read comes from a gateway in between, and may pass as a 502 does. */
function asPassing(problem: Problem): Problem {
  return problem.code === 'not-json' || problem.code === 'bad-text' ? badStatus(problem, 502) : problem
}

function isPassing(problem: Problem): boolean {
  return canHeal(asPassing(problem))
}
