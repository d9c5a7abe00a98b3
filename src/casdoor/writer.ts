import pLimit from 'p-limit'
import type { Problem } from '../errors.ts'
import type { Applied, Change, CurrentUser, Remark, Writer } from '../model.ts'
import { columnsOf, newUser, type Columns } from './body.ts'
import type { CasdoorClient, CasdoorSettings } from './client.ts'
import { sequence } from './order.ts'
import { holds, Orders, type Written } from './write.ts'
import { pageOf } from './replies.ts'

/** What reading found out and writing builds on. */
export type Known = {
  readonly corpId: string
  /** By name. */
  readonly accounts: ReadonlyMap<string, CurrentUser>
  readonly application: string
  readonly lowersNames: boolean
}

/** More gain nothing on any database, and make PostgreSQL slower (casdoor-api.md §11). */
const mostWrites = 4

/** Writes changes to one organization; `known` tells what the reader read. */
export function casdoorWriter(client: CasdoorClient, settings: CasdoorSettings, known: () => Known): Writer {
  return { write: async (changes) => new Writing(client, settings, known()).write(changes) }
}

/** One run's writing. */
class Writing {
  readonly #client: CasdoorClient
  readonly #settings: CasdoorSettings
  readonly #known: Known
  readonly #orders: Orders
  readonly #done: Change[] = []
  readonly #failed: { readonly change: Change; readonly problem: Problem }[] = []
  readonly #remarks: Remark[] = []
  #lowersNames: boolean
  #changed = false

  constructor(client: CasdoorClient, settings: CasdoorSettings, known: Known) {
    this.#client = client
    this.#settings = settings
    this.#known = known
    this.#orders = new Orders(client, settings)
    this.#lowersNames = known.lowersNames
  }

  async write(changes: readonly Change[]): Promise<Applied> {
    const { releases, first, next, adds } = sequence(changes)
    await this.#each(releases, async ({ change, fields }) => this.#release(change, fields))
    const total = changes.length
    await this.#each(first, async (change) => this.#settle(change, total))
    await this.#each(next, async (change) => this.#settle(change, total))
    // What this server makes of capitals shows on the first name that has some.
    const scout = adds.find(({ name }) => name !== name.toLowerCase())
    if (scout !== undefined && !this.#lowersNames) {
      await this.#each([scout], async (change) => this.#settle(change, total))
      if (this.#done.includes(scout)) this.#lowersNames = await this.#isLowered(scout)
    }
    const rest = adds.filter((change) => change !== scout || this.#known.lowersNames)
    await this.#each(rest, async (change) => this.#settle(change, total))
    const { stopped } = this.#orders
    return {
      done: inOrder(changes, this.#done, (change) => change),
      failed: inOrder(changes, this.#failed, ({ change }) => change),
      remarks: this.#remarks,
      ...(stopped !== undefined && { stopped }),
      changed: this.#changed,
    }
  }

  async #each<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
    const limit = pLimit(Math.min(this.#settings.concurrency, mostWrites))
    await limit.map(items, async (item) => {
      if (this.#orders.stopped === undefined) await work(item)
    })
  }

  async #settle(change: Change, total: number): Promise<void> {
    const { problem } = await this.#make(change)
    if (problem === undefined) {
      this.#done.push(change)
      this.#changed = true
    } else this.#failed.push({ change, problem })
    const done = this.#done.length + this.#failed.length
    this.#settings.onProgress?.({ stage: 'writes', done, total })
  }

  async #make(change: Change): Promise<Written> {
    if (change.kind === 'add') return this.#add(change)
    const account = this.#known.accounts.get(change.name)
    if (account === undefined) return { problem: { code: 'casdoor-gone', name: change.name } }
    if (this.#lowersNames && change.name !== change.name.toLowerCase()) {
      // The server would take the update for a renaming, and with a group it hangs on SQLite (§6.2).
      return { problem: { code: 'casdoor-names-lowered', name: change.name } }
    }
    const columns = columnsOf(change, account)
    const written = await this.#update(change, columns)
    return change.kind === 'delete' && written.problem === undefined ? this.#delete(change) : written
  }

  async #add(change: Extract<Change, { kind: 'add' }>): Promise<Written> {
    const name = this.#lowersNames ? change.name.toLowerCase() : change.name
    const body = newUser({ ...change, name }, this.#settings, this.#known)
    return this.#withPhoneIfTaken(change, body, async (sent) =>
      this.#orders.carryOut({
        call: 'add-user',
        query: {},
        body: sent,
        name,
        isDone: (row) => row?.externalId === body.externalId,
      }),
    )
  }

  async #update(change: Change, columns: Columns): Promise<Written> {
    const { organization: owner } = this.#settings
    const { name } = change
    return this.#withPhoneIfTaken(change, columns, async (sent) => {
      const names = Object.keys(sent)
      // Without columns Casdoor would write them all (casdoor-api.md §6.3).
      if (names.length === 0) return {}
      return this.#orders.carryOut({
        call: 'update-user',
        query: { id: `${owner}/${name}`, columns: names.join(',') },
        body: { owner, name, ...sent },
        name,
        isDone: (row) => holds(row, sent),
      })
    })
  }

  /** Casdoor's own check of a number may be stricter than ours: then once more without it. */
  async #withPhoneIfTaken(
    change: Change,
    columns: Columns,
    carryOut: (sent: Columns) => Promise<Written>,
  ): Promise<Written> {
    const written = await carryOut(columns)
    const { problem } = written
    const isRefused = problem?.code === 'casdoor-refused' && problem.message === 'Phone number is invalid'
    if (!isRefused || columns.phone === undefined) return written
    const again = await carryOut(withoutPhone(columns))
    if (again.problem === undefined) {
      const { userid, displayName, departments } = change
      const person = { userid, displayName, departments }
      this.#remarks.push({ kind: 'noted', person, problem: { code: 'casdoor-phone-refused' } })
    }
    return again
  }

  async #delete({ name }: Change): Promise<Written> {
    const { organization: owner } = this.#settings
    return this.#orders.carryOut({
      call: 'delete-user',
      query: {},
      body: { owner, name },
      name,
      isDone: (row) => row === undefined || row.isDeleted,
    })
  }

  /** Blanks what another person is about to be given. If it fails, so will the change that needs it. */
  async #release(change: Change, fields: readonly ('email' | 'phone')[]): Promise<void> {
    const blanked = fields.flatMap((field) =>
      field === 'phone' ? (['phone', 'countryCode'] as const) : [field],
    )
    const columns: Columns = Object.fromEntries(blanked.map((field) => [field, '']))
    const { problem } = await this.#update(change, columns)
    if (problem === undefined) this.#changed = true
  }

  /** Reads back a new user by what Casdoor does not touch. */
  async #isLowered({ name, userid }: Change): Promise<boolean> {
    const { organization } = this.#settings
    const query = { owner: organization, field: 'wecom', value: userid, p: '1', pageSize: '100' }
    const answer = await this.#client.data('get-users', { ...query, sortField: 'name', sortOrder: 'ascend' })
    const { accounts } = pageOf(answer, organization)
    return accounts.some((account) => account.wecom === userid && account.name === name.toLowerCase())
  }
}

function withoutPhone(columns: Columns): Columns {
  const { phone: _, countryCode: __, ...rest } = columns
  return rest
}

/** What was done at once in the order in which it was asked for. */
function inOrder<Item>(
  changes: readonly Change[],
  items: readonly Item[],
  changeOf: (item: Item) => Change,
): readonly Item[] {
  const places = new Map(changes.map((change, index) => [change, index]))
  const place = (item: Item): number => places.get(changeOf(item)) ?? 0
  return items.toSorted((a, b) => place(a) - place(b))
}
