import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyTo } from '../../src/model/apply.ts'
import { Failure } from '../../src/model/problem.ts'
import type { CurrentUser } from '../../src/model/people.ts'
import type { Directory } from '../../src/model/directory.ts'
import type { Policy } from '../../src/model/policy.ts'
import type { Reader, Source, Writer } from '../../src/model/ports.ts'
import { sync } from '../../src/sync.ts'
import { Memory } from '../memory.ts'
import {
  aCurrent,
  aDirectory,
  aHandMadeAccount,
  aMember,
  anAccount,
  aPolicy,
  aRow,
  aUser,
  corpId,
  guarded,
  edits,
  anAdd,
  anUpdate,
} from '../make.ts'

function from(directory: Directory): Source {
  return { fetch: async () => Promise.resolve(directory) }
}

async function run(directory: Directory, memory: Memory, policy: Policy = aPolicy()) {
  return sync({ source: from(directory), reader: memory, writer: memory, policy })
}

describe('the pipeline', () => {
  test('WeCom → accounts: merged, mapped, named, added', async () => {
    const memory = new Memory()
    const result = await run(
      aDirectory([
        aRow({ userid: 'Liu.Yan' }, 2),
        aRow({ userid: 'Liu.Yan', departments: [2, 3] }, 3),
        aRow({ userid: 'a@b.cn', status: 2 }),
      ]),
      memory,
    )
    expect(result).toMatchObject({ people: 2, plan: { unchanged: 0 }, applied: { changed: true } })
    expect(memory.accounts).toMatchObject([
      {
        name: expect.stringMatching(/^a-b.cn-/) as string,
        wecom: 'a@b.cn',
        forbidden: true,
        status: 'disabled',
      },
      {
        name: 'Liu.Yan',
        wecom: 'Liu.Yan',
        externalId: `wecom:${corpId}:liu.yan`,
        departments: [2, 3],
        forbidden: false,
      },
    ])
  })

  test('a snapshot as source asks for its users as they stand', async () => {
    const { rows: _, ...rest } = aDirectory() as Extract<Directory, { kind: 'members' }>
    const users = [aUser({ status: 'quit', forbidden: true }), aUser({ userid: 'b' })]
    const memory = new Memory([anAccount()])
    await run({ ...rest, kind: 'users', users }, memory)
    expect(memory.accounts).toMatchObject([
      { name: 'chen_ming', forbidden: false },
      { name: 'b', forbidden: false },
    ])
    const approve = (await run({ ...rest, kind: 'users', users }, memory)).decision.digest ?? ''
    await run({ ...rest, kind: 'users', users }, memory, aPolicy({ approve }))
    expect(memory.accounts).toMatchObject([{ name: 'chen_ming', forbidden: true, status: 'left' }, {}])
  })

  test('what was remarked of mapping and of shared values is in the plan', async () => {
    const fields = { email: 'a@example.com', mobile: '12' }
    const directory = aDirectory([aRow({ userid: 'a', fields }), aRow({ userid: 'b', fields })])
    const { plan } = await run(directory, new Memory())
    expect(plan.remarks.map(({ person: { userid }, problem: { code } }) => `${userid} ${code}`)).toEqual([
      'a phone-invalid',
      'b phone-invalid',
      'b value-shared',
    ])
  })

  test('spec 4.4: with match-by, the account of a hidden person is not taken for a renamed one', async () => {
    const fields = { displayName: '陈', email: 'a@example.com' }
    const rows = [aRow({ userid: 'new', fields: { name: '陈', email: 'a@example.com' } })]
    const by = aPolicy({ matchBy: ['email'] })
    const hidden = await run(
      aDirectory(rows, { everyone: new Set(['old', 'new']) }),
      new Memory([anAccount({ userid: 'old', fields })]),
      by,
    )
    expect(hidden.plan.changes.map(({ kind, userid }) => `${kind} ${userid}`)).toEqual([
      'update old',
      'add new',
    ])
    const gone = await run(
      aDirectory(rows, { everyone: new Set(['new']) }),
      new Memory([anAccount({ userid: 'old', fields })]),
      by,
    )
    expect(gone.plan.changes).toMatchObject([
      { kind: 'update', userid: 'new', name: 'old', adopted: 'email' },
    ])
  })

  test('spec 4.3, 8: people visible one by one come, go, and are held when they go all at once', async () => {
    const single = (...userids: readonly string[]) =>
      userids.map((userid) => ({ member: aMember({ userid, departments: [] }) }))
    const crowd = Array.from({ length: 40 }, (_, index) => aRow({ userid: `u${index}` }))
    const memory = new Memory()
    await run(aDirectory([...crowd, ...single('a', 'b', 'c')]), memory)
    expect(memory.accounts.find(({ wecom }) => wecom === 'a')).toMatchObject({ forbidden: false })
    const same = await run(aDirectory([...crowd, ...single('a', 'b', 'c')]), memory)
    expect(same.plan).toMatchObject({ changes: [], oneByOne: 3 })
    const one = await run(aDirectory([...crowd, ...single('a', 'b')]), memory)
    expect(one.decision.allowed).toMatchObject([{ kind: 'forbid', userid: 'c', departments: [] }])
    const narrowed = await run(aDirectory(crowd), memory)
    expect(narrowed.decision).toMatchObject({
      allowed: [],
      held: [{ userid: 'a' }, { userid: 'b' }],
      reasons: [{ code: 'one-by-one-gone', people: 2 }],
    })
  })

  test('spec 4.3: accounts of which nothing was ever remembered lose nothing while others like them stay', async () => {
    // As where Casdoor lets nobody write `properties`.
    const accounts = ['a', 'b', 'c', 'd', 'e', 'f'].map((userid) => {
      const { departments: _, ...account } = anAccount({ userid })
      return account
    })
    const rows = accounts.slice(1).map(({ wecom }) => aRow({ userid: wecom }))
    const { decision } = await run(aDirectory(rows), new Memory(accounts))
    expect(decision).toMatchObject({ held: [], reasons: [] })
    expect(decision.allowed).toContainEqual(expect.objectContaining({ kind: 'forbid', userid: 'a' }))
  })

  test('the writer gets what reading found, anew for every plan (FS-37)', async () => {
    let readings = 0
    const seen: number[] = []
    const reader: Reader<number> = {
      read: async () => Promise.resolve({ current: aCurrent(), basis: ++readings }),
    }
    const writer: Writer<number> = {
      write: async (_, basis) => {
        seen.push(basis)
        const stopped = { code: 'target-moved', place: 'main' } as const
        return Promise.resolve({
          done: [],
          failed: [],
          remarks: [],
          changed: false,
          ...(basis < 3 && { stopped }),
        })
      },
    }
    await sync({ source: from(aDirectory([aRow()])), reader, writer, policy: aPolicy() })
    expect(seen).toEqual([1, 2, 3])
  })

  test('the reader is told whose accounts are asked for, and each stage is announced', async () => {
    const seen: string[] = []
    const reader: Reader = {
      read: async (id) => {
        seen.push(id)
        return Promise.resolve({ current: aCurrent(), basis: undefined })
      },
    }
    const onStage = (stage: string) => void seen.push(stage)
    await sync({ source: from(aDirectory([aRow()])), reader, policy: aPolicy(), onStage })
    expect(seen.splice(0)).toEqual(['fetch', 'read', corpId, 'compare'])
    await sync({
      source: from(aDirectory([aRow()])),
      reader,
      writer: new Memory(),
      policy: aPolicy(),
      onStage,
    })
    expect(seen).toEqual(['fetch', 'read', corpId, 'compare', 'write'])
  })

  test('FS-02: a fetch that fails ends the run before the target is read', async () => {
    const failure = new Failure({ code: 'wecom-no-departments' })
    const source: Source = { fetch: async () => Promise.reject(failure) }
    const reader: Reader = { read: () => expect.fail('read') }
    await expect(sync({ source, reader, policy: aPolicy() })).rejects.toBe(failure)
  })

  describe('spec 3.5: a run that is cancelled', () => {
    const reason = new Failure({ code: 'cancelled' })

    /** Cancels at the moment when one of its parts is at work. */
    function cancelledAt(part: 'fetch' | 'read' | 'compare') {
      const stop = new AbortController()
      const seen: string[] = []
      const at = (now: string) => {
        seen.push(now)
        if (now === part) stop.abort(reason)
      }
      const memory = new Memory()
      const writer: Writer = {
        write: async (planned) => {
          seen.push('write')
          return memory.write(planned)
        },
      }
      const source = from(aDirectory([aRow()]))
      return {
        seen,
        ended: sync({ source, reader: memory, writer, policy: aPolicy(), stop: stop.signal, onStage: at }),
      }
    }

    test.each([
      ['fetch', ['fetch']],
      ['read', ['fetch', 'read']],
    ] as const)('at the stage %s begins no further one', async (part, stages) => {
      const { seen, ended } = cancelledAt(part)
      await expect(ended).rejects.toBe(reason)
      expect(seen).toEqual(stages)
    })

    test('once there is a plan asks the writer how far it came', async () => {
      const { seen, ended } = cancelledAt('compare')
      expect(await ended).toMatchObject({ plan: { changes: [{ kind: 'add' }] }, applied: { done: [{}] } })
      expect(seen).toEqual(['fetch', 'read', 'compare', 'write', 'write'])
    })
  })

  test('mode: plan has no writer, and its plan is that of the sync that follows (FS-25, FS-41)', async () => {
    const directory = aDirectory([aRow({ fields: { name: '新' } }), aRow({ userid: 'n' })])
    const memory = new Memory([anAccount(), ...['a', 'b', 'c', 'd'].map((userid) => anAccount({ userid }))])
    const planned = await sync({ source: from(directory), reader: memory, policy: aPolicy() })
    expect(planned.applied).toBeUndefined()
    expect(memory.writes).toBe(0)
    const { plan, decision } = await run(directory, memory)
    expect({ plan, decision }).toEqual({ plan: planned.plan, decision: planned.decision })
  })
})

/** Histories of a small company: whatever happens in WeCom and by hand, night after night. */
const userids = ['a', 'B', 'li__si', 'c@d', 'e']
const member = fc
  .record({
    userid: fc.constantFrom(...userids),
    departments: fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { minLength: 1 }),
    status: fc.constantFrom(1, 1, 1, 2, 4, 5, 9),
    email: fc.constantFrom('', 'x@example.com', 'y@example.com', 'z@example.com'),
    name: fc.constantFrom('陈', '刘', ''),
    lower: fc.boolean(),
  })
  .map(({ userid, lower, email, name, ...rest }) =>
    aRow({
      ...rest,
      userid: lower ? userid.toLowerCase() : userid,
      fields: { ...(name !== '' && { name }), ...(email !== '' && { email }) },
    }),
  )
const night = fc.array(member, { minLength: 1, maxLength: 6 })
const policy = fc
  .record({
    leavers: fc.constantFrom('forbid', 'keep', 'delete'),
    notActivated: fc.constantFrom('forbid', 'allow'),
    emptyValues: fc.constantFrom('keep', 'clear'),
    restore: fc.constantFrom('own', 'all'),
  } as const)
  .map((words) => aPolicy({ ...words, removalLimit: [{ kind: 'percent', value: 100 }] }))
const handMade = [
  aHandMadeAccount({ name: 'admin', administrator: true, fields: { email: 'x@example.com' } }),
  aHandMadeAccount({ name: 'E', id: 'f00', fields: { displayName: '手工' } }),
]

/** What people do to accounts in Casdoor's own web page. */
const handEdits: readonly Partial<CurrentUser>[] = [
  { forbidden: true },
  { forbidden: false },
  { deleted: true },
  { wecom: '' },
  { fields: {} },
  { fields: { displayName: '改', email: 'hand@example.com' } },
]

describe('properties', () => {
  test('whatever the history: after a run the next plan is empty', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(night, { minLength: 1, maxLength: 4 }), policy, async (nights, rules) => {
        const memory = new Memory(handMade)
        for (const rows of nights) {
          await run(aDirectory(rows), memory, rules)
          const again = await run(aDirectory(rows), memory, rules)
          expect(again.plan.changes).toEqual([])
        }
      }),
    )
  })

  test('no person has two accounts, and no hand-made account changes (FS-15)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(night, { minLength: 1, maxLength: 5 }), policy, async (nights, rules) => {
        const memory = new Memory(handMade)
        for (const rows of nights) await run(aDirectory(rows), memory, rules)
        const owned = memory.accounts.map(({ externalId }) => externalId).filter((id) => id !== '')
        expect(new Set(owned).size).toBe(owned.length)
        const names = memory.accounts.map(({ name }) => name.toLowerCase())
        expect(new Set(names).size).toBe(names.length)
        expect(memory.accounts).toEqual(expect.arrayContaining(handMade))
      }),
    )
  })

  test('nor do hand edits, rehires and killed runs make one: FS-35, the next run does what is left', async () => {
    const day = fc.record({
      rows: night,
      killedAfter: fc.integer({ min: 0, max: 6 }),
      hand: fc.option(fc.record({ at: fc.nat(9), edit: fc.constantFrom(...handEdits) })),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(day, { minLength: 2, maxLength: 6 }), policy, async (days, rules) => {
        const memory = new Memory(handMade)
        for (const { rows, killedAfter, hand } of days) {
          memory.killedAfter = killedAfter
          await run(aDirectory(rows), memory, rules)
          memory.accounts = memory.accounts.map((account, index) =>
            index === hand?.at && account.externalId !== '' ? { ...account, ...hand.edit } : account,
          )
        }
        memory.killedAfter = Infinity
        const rows = days.at(-1)?.rows ?? []
        await run(aDirectory(rows), memory, rules)
        const again = await run(aDirectory(rows), memory, rules)
        expect(again.plan.changes).toEqual([])
        const people = memory.accounts.map(({ externalId }) => externalId).filter((id) => id !== '')
        expect(new Set(people).size).toBe(people.length)
        expect(memory.accounts).toEqual(expect.arrayContaining(handMade))
      }),
    )
  })

  test("the order of WeCom's answers does not matter (FS-31)", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc
          .uniqueArray(member, {
            selector: ({ department, member: { userid } }) => `${department} ${userid}`,
          })
          .chain((rows) =>
            fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
          ),
        async ([rows, shuffled]) => {
          const accounts = [
            ...handMade,
            ...userids.map((userid) => anAccount({ userid: userid.toLowerCase() })),
          ]
          const one = await run(aDirectory(rows), new Memory(accounts))
          const other = await run(aDirectory(shuffled), new Memory(accounts.toReversed()))
          expect(JSON.stringify(other.plan)).toBe(JSON.stringify(one.plan))
        },
      ),
    )
  })

  test('no known field becomes empty, but for a value that somebody else has now', async () => {
    await fc.assert(
      fc.asyncProperty(night, night, async (first, second) => {
        const memory = new Memory()
        await run(aDirectory(first), memory)
        const before = memory.accounts
        await run(aDirectory(second), memory)
        const emails = new Map(memory.accounts.map(({ name, fields }) => [fields.email, name]))
        for (const { name, fields } of before) {
          const after = memory.accounts.find((account) => account.name === name)?.fields
          expect(after?.displayName).toBeTruthy()
          const moved = fields.email !== undefined && emails.has(fields.email)
          expect(fields.email === undefined || after?.email !== undefined || moved).toBe(true)
        }
      }),
    )
  })

  test('nobody is removed without a complete fetch', async () => {
    const doubts = [{ code: 'wecom-departments-missing', ids: [9] }] as const
    await fc.assert(
      fc.asyncProperty(night, night, policy, async (first, second, rules) => {
        const memory = new Memory()
        await run(aDirectory(first), memory, rules)
        const before = memory.accounts
        await run(aDirectory(second, { doubts }), memory, rules)
        for (const { name, forbidden } of before) {
          const after = memory.accounts.find((account) => account.name === name)
          expect(after).toBeDefined()
          expect(forbidden || after?.forbidden === false).toBe(true)
        }
      }),
    )
  })

  test('held or not, what is allowed and held make up the plan', async () => {
    await fc.assert(
      fc.asyncProperty(night, night, fc.integer({ min: 0, max: 5 }), async (first, second, limit) => {
        const memory = new Memory()
        await run(aDirectory(first), memory)
        const rules = aPolicy({ removalLimit: [{ kind: 'count', value: limit }] })
        const { plan, decision } = await sync({
          source: from(aDirectory(second)),
          reader: memory,
          policy: rules,
        })
        expect(decision).toEqual(guarded(plan, rules))
        const names = new Set([...decision.allowed, ...decision.held].map(({ name }) => name))
        expect(names).toEqual(new Set(plan.changes.map(({ name }) => name)))
        const forbids = decision.allowed.filter(({ kind }) => kind === 'forbid')
        expect(decision.held.length === 0 || forbids.length === 0).toBe(true)
      }),
    )
  })
})

describe('applyTo', () => {
  test('a new account has what was given to it and nothing else', async () => {
    const memory = new Memory()
    await run(aDirectory([aRow({ fields: { name: '陈明', gender: '1' } })]), memory)
    expect(memory.accounts).toEqual([anAccount({ fields: { displayName: '陈明', gender: 'Male' } })])
    const added = anAdd({ name: 'x', userid: 'y', forbidden: true })
    expect(applyTo([], [added])).toEqual([
      {
        name: 'x',
        id: 'y',
        externalId: '',
        wecom: '',
        fields: {},
        forbidden: true,
        deleted: false,
        administrator: false,
        groups: [],
      },
    ])
  })

  test('a blanked field is gone', () => {
    const account = anAccount({ fields: { displayName: '陈明', title: 'a' } })
    const change = anUpdate(edits({ title: ['a', ''] }))
    expect(applyTo([account], [change])).toStrictEqual([anAccount()])
  })

  test('a change to an account that is gone meanwhile changes nothing', () => {
    expect(applyTo([anAccount()], [anUpdate({ name: 'x' })])).toEqual([anAccount()])
  })

  test('no departments at all are remembered as none', () => {
    const change = anUpdate(edits({ departments: [[2], []] }))
    expect(applyTo([anAccount()], [change])).toMatchObject([{ departments: [] }])
  })
})
