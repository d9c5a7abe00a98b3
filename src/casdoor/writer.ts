import pLimit from 'p-limit'
import type { Problem } from '../model/problem.ts'
import { isSame } from '../model/lists.ts'
import { externalIdOf, type CurrentUser } from '../model/people.ts'
import { withRegion, type UniqueField } from '../model/field.ts'
import { type Applied } from '../model/applied.ts'
import { type Change, type Planned, type Remark } from '../model/plan.ts'
import { type Writer } from '../model/ports.ts'
import { columnsOf, holds, newUser, type Columns } from './body.ts'
import type { CasdoorClient, CasdoorSettings } from './client.ts'
import { GroupWriting, mostWrites } from './group-writer.ts'
import { sequence } from './sequence.ts'
import { accounts as subject, Orders, type Written } from './orders.ts'

/** What reading found out and writing builds on. */
export type Known = {
  readonly corpId: string
  /** By name. */
  readonly accounts: ReadonlyMap<string, CurrentUser>
  readonly application: string
  readonly lowersNames: boolean
}

/** Writes changes to one organization. */
export function casdoorWriter(client: CasdoorClient, settings: CasdoorSettings): Writer<Known> {
  return { write: async (planned, known) => new Writing(client, settings, known, planned).write() }
}

/** One run's writing. */
class Writing {
  readonly #settings: CasdoorSettings
  readonly #known: Known
  readonly #orders: Orders
  readonly #groups: GroupWriting
  readonly #planned: Planned
  #notMade: ReadonlySet<string> = new Set()
  /** People who are written without a group that could not be made. */
  #missing = 0
  #settled = 0
  readonly #done = new Set<Change>()
  readonly #failed = new Map<Change, Problem>()
  readonly #remarks = new Map<Change, Remark>()
  #lowersNames: boolean

  constructor(client: CasdoorClient, settings: CasdoorSettings, known: Known, planned: Planned) {
    this.#settings = settings
    this.#known = known
    this.#orders = new Orders(client, settings)
    this.#groups = new GroupWriting(this.#orders, settings, known.corpId, planned)
    this.#planned = planned
    this.#lowersNames = known.lowersNames
  }

  /** Groups, then people as `sequence()` says, then the groups that go (specification 6.4). */
  async write(): Promise<Applied> {
    const { allowed: changes, groups } = this.#planned.decision
    const onSettled = (): void => {
      this.#countSettled()
    }
    await this.#groups.build(onSettled)
    this.#notMade = this.#groups.missing
    await this.#writePeople(changes)
    await this.#groups.remove(onSettled)
    const { stopped, changed } = this.#orders
    const missing = [...this.#notMade].map((group) => group.slice(group.indexOf('/') + 1))
    const findings: readonly Problem[] =
      this.#missing === 0 ? [] : [{ code: 'casdoor-groups-missing', groups: missing, people: this.#missing }]
    return {
      done: changes.filter((change) => this.#done.has(change)),
      failed: changes.flatMap((change) => {
        const problem = this.#failed.get(change)
        return problem === undefined ? [] : [{ change, problem }]
      }),
      ...(groups !== undefined && { groups: this.#groups.result }),
      remarks: changes.flatMap((change) => this.#remarks.get(change) ?? []),
      ...(stopped !== undefined && { stopped }),
      changed,
      ...(findings.length > 0 && { findings }),
    }
  }

  async #writePeople(changes: readonly Change[]): Promise<void> {
    const { releases, first, next, adds } = sequence(changes)
    const settle = async (change: Change) => this.#settle(change)
    await this.#each(releases, async ({ change, fields }) => this.#release(change, fields))
    await this.#each(first, settle)
    await this.#each(next, settle)
    const scouts = await this.#scout(adds, settle)
    await this.#each(
      adds.filter((change) => !scouts.has(change)),
      settle,
    )
  }

  async #each<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
    const limit = pLimit(Math.min(this.#settings.concurrency, mostWrites))
    await limit.map(items, async (item) => {
      if (!this.#orders.turnsAway()) await work(item)
    })
  }

  /** What this server makes of capitals shows on the first new name that has some: one by one until one is in. */
  async #scout(
    adds: readonly Change[],
    settle: (change: Change) => Promise<void>,
  ): Promise<ReadonlySet<Change>> {
    const scouts = new Set<Change>()
    if (this.#lowersNames) return scouts
    for (const change of adds.filter(({ name }) => hasCapitals(name))) {
      scouts.add(change)
      await this.#each([change], settle)
      if (!this.#done.has(change)) continue
      this.#lowersNames = await this.#isLowered(change)
      break
    }
    return scouts
  }

  async #isLowered({ name, userid }: Change): Promise<boolean> {
    const { answer } = await this.#orders.look({ subject, name: name.toLowerCase() })
    return answer?.row?.externalId === externalIdOf(this.#known.corpId, userid)
  }

  async #settle(change: Change): Promise<void> {
    const { problem } = await this.#make(change)
    // Neither done nor failed: the next run does it, or the rest of it.
    if (problem?.code === 'cancelled') return
    if (problem === undefined) this.#done.add(change)
    else this.#failed.set(change, problem)
    this.#countSettled()
  }

  #countSettled(): void {
    const { allowed, groups } = this.#planned.decision
    const total = allowed.length + (groups?.allowed.length ?? 0)
    this.#settled += 1
    this.#settings.onProgress?.({ stage: 'writes', done: this.#settled, total })
  }

  async #make(change: Change): Promise<Written> {
    if (change.kind === 'add') return this.#add(change)
    const account = this.#known.accounts.get(change.name)
    const written = await this.#update(change, this.#inMade(columnsOf(change, account), account))
    return change.kind === 'delete' && written.problem === undefined ? this.#delete(change) : written
  }

  async #add(change: Extract<Change, { kind: 'add' }>): Promise<Written> {
    const name = this.#lowersNames ? change.name.toLowerCase() : change.name
    const body = this.#inMade(newUser({ ...change, name }, this.#settings, this.#known))
    return this.#withOrWithoutPhone(change, body, async (sent) =>
      this.#orders.carryOut({
        subject,
        call: 'add-user',
        query: {},
        body: sent,
        name,
        isDone: (row) => row?.externalId === body.externalId,
      }),
    )
  }

  /**
   * Casdoor would take any group, also one that is not there, and could then refuse the person's sign-in
   * (`useGroupPathInToken`): so nobody is put into a group that could not be made.
   */
  #inMade<Some extends Columns>(columns: Some, account?: CurrentUser): Some {
    const { groups } = columns
    const missing = this.#notMade
    if (groups?.some((group) => missing.has(group)) !== true) return columns
    this.#missing += 1
    const made = groups.filter((group) => !missing.has(group))
    const isAsBefore = account !== undefined && !account.deleted && isSame(account.groups, made)
    if (!isAsBefore) return { ...columns, groups: made }
    const { groups: _, ...others } = columns
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every column is optional but the name.
    return others as Some
  }

  async #update(change: Change, columns: Columns): Promise<Written> {
    const { organization: owner } = this.#settings
    const { name } = change
    // The server would take the update for a renaming, and with a group it hangs on SQLite (§6.2).
    if (this.#lowersNames && hasCapitals(name)) return { problem: { code: 'casdoor-names-lowered', name } }
    return this.#withOrWithoutPhone(change, columns, async (sent) => {
      const names = Object.keys(sent)
      // Without columns Casdoor would write them all (casdoor-api.md §6.3).
      if (names.length === 0) return {}
      return this.#orders.carryOut({
        subject,
        call: 'update-user',
        query: { id: `${owner}/${name}`, columns: names.join(',') },
        body: { owner, name, ...sent },
        name,
        isDone: (row) => holds(row, sent),
      })
    })
  }

  /** Casdoor's own check of a number may be stricter than ours: then once more without it. */
  async #withOrWithoutPhone(
    change: Change,
    columns: Columns,
    carryOut: (sent: Columns) => Promise<Written>,
  ): Promise<Written> {
    const written = await carryOut(columns)
    if (written.problem?.code !== 'casdoor-phone-refused') return written
    const { phone: _, countryCode: __, ...rest } = columns
    const again = await carryOut(rest)
    if (again.problem === undefined) {
      const { userid, displayName, departments } = change
      const person = { userid, displayName, departments }
      this.#remarks.set(change, { kind: 'noted', person, problem: written.problem })
    }
    return again
  }

  async #delete({ name }: Change): Promise<Written> {
    const { organization: owner } = this.#settings
    return this.#orders.carryOut({
      subject,
      call: 'delete-user',
      query: {},
      body: { owner, name },
      name,
      isDone: (row) => row === undefined || row.isDeleted,
    })
  }

  /** Blanks what another person is about to be given. If it fails, so will the change that needs it. */
  async #release(change: Change, fields: readonly UniqueField[]): Promise<void> {
    const blanked = fields.flatMap(withRegion)
    await this.#update(change, Object.fromEntries(blanked.map((field) => [field, ''])))
  }
}

function hasCapitals(name: string): boolean {
  return name !== name.toLowerCase()
}
