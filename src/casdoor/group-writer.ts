import pLimit from 'p-limit'
import type { Problem } from '../model/problem.ts'
import { groupName, groupOf, isLoss } from '../model/groups.ts'
import { wantedDepartments, type Planned } from '../model/plan.ts'
import { type DepartmentChange, type DepartmentState } from '../model/department.ts'
import { placesIn, wavesOf, type Place } from '../model/department-tree.ts'
import type { CasdoorSettings } from './client.ts'
import { corpKey, groupType } from './groups.ts'
import { groups as subject, type Orders, type Written } from './orders.ts'
import type { GroupRow } from './replies.ts'

type Failed = { readonly change: DepartmentChange; readonly problem: Problem }

/** One run's writing of groups. */
export class GroupWriting {
  readonly #orders: Orders
  readonly #settings: CasdoorSettings
  readonly #corpId: string
  readonly #planned: Planned
  readonly #done = new Set<DepartmentChange>()
  readonly #failed = new Map<number, Failed>()

  constructor(orders: Orders, settings: CasdoorSettings, corpId: string, planned: Planned) {
    this.#orders = orders
    this.#settings = settings
    this.#corpId = corpId
    this.#planned = planned
  }

  get #changes(): readonly DepartmentChange[] {
    return this.#planned.decision.groups?.allowed ?? []
  }

  /** What became of all changes, in the order of the plan. */
  get result(): { readonly done: readonly DepartmentChange[]; readonly failed: readonly Failed[] } {
    return {
      done: this.#changes.filter((change) => this.#done.has(change)),
      failed: this.#changes.flatMap(({ id }) => this.#failed.get(id) ?? []),
    }
  }

  /** Groups that could not be made, as accounts name them. */
  get missing(): ReadonlySet<string> {
    const made = [...this.#failed.values()].filter(({ change }) => change.kind === 'added')
    return new Set(made.map(({ change }) => groupOf(this.#settings, change.id)))
  }

  /**
   * Makes, moves, renames and switches on, parents first: when a group is hung below another, that one and all
   * above it are at their places already, so that no circle arises at any moment.
   */
  async build(onSettled: () => void): Promise<void> {
    const places = placesIn(wantedDepartments(this.#planned.plan))
    const changes = this.#changes.filter((change) => !isLoss(change))
    for (const wave of wavesOf(changes, places)) {
      await this.#each(wave, onSettled, async (change) => {
        const obstacle = this.#obstacleTo(change, places)
        if (obstacle !== undefined) {
          return { problem: { code: 'casdoor-group-parent', group: this.#nameOf(obstacle) } }
        }
        return change.kind === 'added' ? this.#add(change) : this.#update(change)
      })
    }
  }

  /** Switches off and deletes, children first. */
  async remove(onSettled: () => void): Promise<void> {
    const changes = this.#changes.filter(isLoss)
    const places = placesIn(changes.flatMap(({ before }) => before ?? []))
    for (const wave of wavesOf(changes, places).toReversed()) {
      await this.#each(wave, onSettled, async (change) =>
        change.kind === 'removed' ? this.#delete(change.id) : this.#update(change),
      )
    }
  }

  async #each(
    wave: readonly DepartmentChange[],
    onSettled: () => void,
    write: (change: DepartmentChange) => Promise<Written>,
  ): Promise<void> {
    const limit = pLimit(Math.min(this.#settings.concurrency, mostWrites))
    await limit.map(wave, async (change) => {
      if (this.#orders.turnsAway()) return
      const { problem } = await write(change)
      if (problem?.code === 'cancelled') return
      if (problem === undefined) this.#done.add(change)
      else this.#failed.set(change.id, { change, problem })
      onSettled()
    })
  }

  /**
   * A department above whose group was refused: without it a new group would hang nowhere, and one that moves could
   * close a circle with what is still at its old place.
   */
  #obstacleTo(change: DepartmentChange, places: ReadonlyMap<number, Place>): number | undefined {
    const { before, after } = change
    if (change.kind === 'added') {
      const above = this.#failed.get(change.after.parent ?? 0)?.change
      return above?.kind === 'added' ? above.id : undefined
    }
    if (before?.parent === after?.parent && before?.altered !== true) return undefined
    let at = after?.parent
    while (at !== undefined && !this.#failed.has(at)) at = places.get(at)?.parent
    return at
  }

  /** Casdoor sets none of its own (casdoor-api.md §8). */
  get #time(): string {
    return new Date(this.#settings.clock.now()).toISOString().replace(/\.\d+Z$/, 'Z')
  }

  #nameOf(department: number): string {
    return groupName(this.#settings, department)
  }

  async #add({ id, after }: DepartmentChange): Promise<Written> {
    const name = this.#nameOf(id)
    const { organization: owner } = this.#settings
    const createdTime = this.#time
    const columns = this.#columnsOf(after)
    const properties = { [corpKey]: this.#corpId }
    return this.#orders.carryOut({
      subject,
      call: 'add-group',
      query: {},
      body: { owner, name, createdTime, updatedTime: createdTime, ...columns, properties },
      name,
      isDone: (row) => isLike(row, columns),
    })
  }

  /** Casdoor writes every column of a group from the body: what is there is read, changed and sent back (FS-30). */
  async #update({ id, kind, after }: DepartmentChange): Promise<Written> {
    const name = this.#nameOf(id)
    const { answer, problem } = await this.#orders.look({ subject, name })
    if (problem !== undefined) return { problem }
    if (answer.row === undefined) return { problem: { code: 'casdoor-group-gone', group: name } }
    // A group that is only switched off stays where it is, and as it is.
    const columns = kind === 'disabled' ? { isEnabled: false } : this.#columnsOf(after)
    const { properties, ...row } = stored(answer.row)
    const mark = properties !== undefined && { properties: { ...properties, [corpKey]: this.#corpId } }
    return this.#orders.carryOut({
      subject,
      call: 'update-group',
      query: { id: `${this.#settings.organization}/${name}` },
      body: { ...row, ...columns, updatedTime: this.#time, ...mark },
      name,
      isDone: (now) => isLike(now, columns),
    })
  }

  async #delete(id: number): Promise<Written> {
    const name = this.#nameOf(id)
    return this.#orders.carryOut({
      subject,
      call: 'delete-group',
      query: {},
      body: { owner: this.#settings.organization, name },
      name,
      isDone: (row) => row === undefined,
    })
  }

  #columnsOf(state: DepartmentState | undefined): GroupColumns {
    const parent = state?.parent
    return {
      displayName: state?.name ?? '',
      type: groupType,
      parentId: parent === undefined ? this.#settings.organization : this.#nameOf(parent),
      isTopGroup: parent === undefined,
      isEnabled: true,
    }
  }
}

/** More gain nothing on any database, and make PostgreSQL slower (casdoor-api.md §11). */
export const mostWrites = 4

type GroupColumns = Pick<GroupRow, 'displayName' | 'type' | 'parentId' | 'isTopGroup' | 'isEnabled'>

function isLike(row: GroupRow | undefined, columns: Partial<GroupColumns>): boolean {
  return row !== undefined && Object.entries(columns).every(([key, value]) => row[key] === value)
}

/** A group without the keys that Casdoor only makes for its answers (`object/group.go`). */
function stored({
  users: _,
  haveChildren: __,
  children: ___,
  parentName: ____,
  title: _____,
  key: ______,
  ...row
}: GroupRow): Omit<GroupRow, 'users'> & Record<string, unknown> {
  return row
}
