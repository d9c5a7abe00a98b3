import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyTo } from '../../../../src/model/apply.ts'
import { departmentOf, groupOf } from '../../../../src/model/groups.ts'
import { labelOf } from '../../../../src/plan/departments/grouping.ts'
import type { Applied } from '../../../../src/model/applied.ts'
import type { Current, Directory } from '../../../../src/model/directory.ts'
import type { CurrentUser } from '../../../../src/model/people.ts'
import type { Department, DepartmentState } from '../../../../src/model/department.ts'
import type { Planned } from '../../../../src/model/plan.ts'
import type { Policy } from '../../../../src/model/policy.ts'
import type { Reader, Reading, Writer } from '../../../../src/model/ports.ts'
import { sync } from '../../../../src/sync.ts'
import { aDirectory, aHandMadeAccount, aPolicy, aRow } from '../../../make.ts'

const owner = { organization: 'acme', syncer: 'wecom' }

test.each([
  ['研发中心', '研发中心'],
  ['', '7'],
  [' \n ', '7'],
  [' a\tb ', 'a b'],
  ['部'.repeat(101), '部'.repeat(100)],
])('the group of a department named %j is shown as %j', (name, shown) => {
  expect(labelOf({ id: 7, name })).toBe(shown)
})

/** A target that keeps groups, and does at once what it is told. */
class Memory implements Reader, Writer {
  users: readonly CurrentUser[]
  departments: readonly DepartmentState[] = []
  writes = 0

  constructor(users: readonly CurrentUser[]) {
    this.users = users
  }

  async read(): Promise<Reading<undefined>> {
    const departments = this.departments.map((department) => ({
      ...department,
      members: this.users
        .filter(({ deleted, groups }) => !deleted && groups.includes(groupOf(owner, department.id)))
        .map(({ name }) => `acme/${name}`),
      isShared: department.id === 4,
    }))
    const { users } = this
    const current: Current = {
      users,
      groups: { organization: 'acme', departments },
      lowersNames: false,
      frozen: new Map(),
      remarks: [],
    }
    return Promise.resolve({ current, basis: undefined })
  }

  async write({ decision }: Planned): Promise<Applied> {
    const states = new Map(this.departments.map((department) => [department.id, department]))
    for (const { id, after } of decision.groups?.allowed ?? []) {
      if (after === undefined) states.delete(id)
      else states.set(id, after)
    }
    this.departments = [...states.values()]
    this.users = applyTo(this.users, decision.allowed)
    this.writes += decision.allowed.length + (decision.groups?.allowed.length ?? 0)
    const done = decision.allowed
    return Promise.resolve({ done, failed: [], remarks: [], changed: true })
  }
}

type Night = {
  readonly departments: readonly Department[]
  readonly where: Readonly<Record<string, readonly number[]>>
}

const departments = fc.uniqueArray(
  fc
    .record({
      id: fc.integer({ min: 1, max: 6 }),
      name: fc.constantFrom('一组', '二组', ''),
      parent: fc.option(fc.integer({ min: 1, max: 7 }), { nil: undefined }),
    })
    .map(({ id, name, parent }): Department => ({ id, name, ...(parent !== undefined && { parent }) })),
  { selector: ({ id }) => id, minLength: 1 },
)
const where = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'd'),
  fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
  { minKeys: 1 },
)
const nights: fc.Arbitrary<readonly Night[]> = fc.array(fc.record({ departments, where }), {
  minLength: 1,
  maxLength: 5,
})
const policies: fc.Arbitrary<Policy> = fc
  .record({
    leavers: fc.constantFrom('forbid', 'keep', 'delete'),
    restore: fc.constantFrom('own', 'all'),
  } as const)
  .map((words) =>
    aPolicy({ ...words, groups: 'departments', removalLimit: [{ kind: 'percent', value: 100 }] }),
  )

const strangers = [
  aHandMadeAccount({ name: 'guest', id: 'g1', groups: ['acme/own', 'acme/acme-wecom-3'] }),
  aHandMadeAccount({ name: 'admin', id: 'g2', administrator: true, groups: ['acme/acme-wecom-2-5'] }),
]

/** What people do in the console of Casdoor between two nights. */
const handEdits: readonly ((memory: Memory) => void)[] = [
  () => undefined,
  (memory) => {
    memory.users = memory.users.map((user) => ({
      ...user,
      groups: [...user.groups, 'acme/vpn', 'acme/acme-wecom-1'],
    }))
  },
  (memory) => {
    memory.users = memory.users.map((user) => ({ ...user, groups: user.groups.slice(1) }))
  },
  (memory) => {
    memory.departments = memory.departments.map(({ parent: _, ...department }) => ({
      ...department,
      altered: true,
    }))
  },
  (memory) => {
    memory.departments = memory.departments.map((department) => ({
      ...department,
      name: 'x',
      disabled: true,
    }))
  },
]

function directoryOf({ departments: shown, where: people }: Night): Directory {
  const rows = Object.entries(people).flatMap(([userid, ids]) =>
    ids.map((id) =>
      aRow({ userid, departments: ids.toSorted((x, y) => x - y), fields: { name: userid } }, id),
    ),
  )
  return aDirectory(rows, { departments: shown })
}

describe('whatever happens in the company and by hand', () => {
  test('a second run has nothing to do, people are in their groups, and others’ stay', async () => {
    await fc.assert(
      fc.asyncProperty(
        nights,
        policies,
        fc.array(fc.nat({ max: handEdits.length - 1 }), { minLength: 5, maxLength: 5 }),
        async (history, policy, edits) => {
          const memory = new Memory(strangers)
          for (const [night, state] of history.entries()) {
            const directory = directoryOf(state)
            const source = { fetch: async () => Promise.resolve(directory) }
            const foreign = foreignGroups(memory)
            const first = await sync({ source, reader: memory, policy })
            const approve = first.decision.digest ?? ''
            const parts = { source, reader: memory, policy: { ...policy, approve } }
            await sync({ ...parts, writer: memory })
            const { writes } = memory
            const { plan } = await sync({ ...parts, writer: memory })
            expect({ changes: plan.changes, departments: plan.departmentChanges }).toEqual({
              changes: [],
              departments: [],
            })
            expect(memory.writes).toBe(writes)

            const visible = new Set(state.departments.map(({ id }) => id))
            for (const [userid, ids] of Object.entries(state.where)) {
              const account = memory.users.find(({ wecom }) => wecom === userid)
              const own = (account?.groups ?? []).filter((group) => departmentOf(owner, group) !== undefined)
              const wanted = ids.filter((id) => visible.has(id)).map((id) => groupOf(owner, id))
              expect(own.toSorted()).toEqual(wanted.toSorted())
            }
            for (const [name, groups] of foreignGroups(memory))
              expect(groups).toEqual(foreign.get(name) ?? [])
            for (const { id, name } of state.departments) {
              const found = memory.departments.find((department) => department.id === id)
              // S6: what is not sent never overwrites.
              expect(found?.name).toMatch(name === '' ? /./ : new RegExp(`^${labelOf({ id, name })}$`))
              expect(found?.disabled).toBeUndefined()
            }
            const gone = memory.departments.filter(({ id }) => !visible.has(id))
            const enabled =
              policy.leavers === 'forbid' ? gone.filter(({ disabled }) => disabled !== true) : []
            expect(enabled).toEqual([])
            expect(memory.users.filter(({ name }) => name === 'guest' || name === 'admin')).toHaveLength(2)
            handEdits[edits[night] ?? 0]?.(memory)
          }
        },
      ),
      { numRuns: 400 },
    )
  })
})

function foreignGroups({ users }: Memory): ReadonlyMap<string, readonly string[]> {
  return new Map(
    users.map(({ name, groups }) => [
      name,
      groups.filter((group) => departmentOf(owner, group) === undefined),
    ]),
  )
}
