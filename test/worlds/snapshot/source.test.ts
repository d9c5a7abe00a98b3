import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CurrentUser, Member } from '../../../src/model/people.ts'
import type { Source } from '../../../src/model/ports.ts'
import { statusWords } from '../../../src/snapshot/format.ts'
import { printSnapshot } from '../../../src/snapshot/print.ts'
import { snapshotSource } from '../../../src/snapshot/source.ts'
import { snapshotTarget } from '../../../src/snapshot/target.ts'
import { sync } from '../../../src/sync.ts'
import { aCurrent, aDirectory, aMember, anAccount, aPolicy, aRow, corpId } from '../../make.ts'
import { aPerson, aSnapshot, defaultFields, problemsWhen, sample, storeInMemory } from './people.ts'

function aSource(text?: string, expected?: string) {
  const store = storeInMemory(text === undefined ? {} : { 'people.yaml': text })
  const place = { path: 'people.yaml', store }
  return snapshotSource(expected === undefined ? place : { ...place, corpId: expected })
}

describe('the snapshot as source', () => {
  test('tells its people, departments and corp', async () => {
    const approved = 'ab'.repeat(32)
    const text = sample.replace('departments:', `approved: "${approved}"\ndepartments:`)
    expect(await aSource(text).fetch()).toEqual({
      kind: 'users',
      corpId,
      approved,
      departments: [
        { id: 1, name: '青石科技' },
        { id: 2, name: '研发中心', parent: 1 },
      ],
      users: [
        {
          userid: 'ChenMing',
          fields: {
            displayName: '陈明',
            email: 'chen.ming@example.com',
            phone: '13800138000',
            countryCode: 'CN',
            avatar: 'https://example.com/0.png',
            title: '研发总监',
            gender: 'Male',
          },
          status: 'active',
          forbidden: false,
          departments: [2, 21],
        },
        {
          userid: 'zhao_q',
          fields: { displayName: '赵琪' },
          status: 'quit',
          forbidden: true,
          departments: [3],
        },
      ],
      doubts: [],
      remarks: [],
    })
    expect(await aSource(sample).fetch()).not.toHaveProperty('approved')
  })

  test.each(statusWords)('somebody who is %s is forbidden, unless nobody knows', async (status) => {
    const text = printSnapshot(aSnapshot({ users: [aPerson({ status, forbidden: true })] }))
    const forbidden = status === 'unknown' ? undefined : true
    expect(await aSource(text).fetch()).toMatchObject({
      users: [{ status: status === 'left' ? 'quit' : status, forbidden }],
    })
  })

  test('must be there, hold somebody and be of the corp', async () => {
    const file = 'people.yaml'
    const nobody = printSnapshot(aSnapshot({ users: [] }))
    expect(await problemsWhen(aSource().fetch())).toEqual([{ code: 'snapshot-missing', file }])
    expect(await problemsWhen(aSource(nobody).fetch())).toEqual([{ code: 'snapshot-empty', file }])
    expect(await problemsWhen(aSource(sample, corpId).fetch())).toEqual([])
    expect(await problemsWhen(aSource(sample, 'wwother').fetch())).toEqual([
      { code: 'snapshot-other-corp', file, corpId, expected: 'wwother' },
    ])
  })

  test('spec 9: is checked', async () => {
    const fact = { code: 'snapshot', file: 'people.yaml', people: 2 }
    expect(await aSource(sample).check()).toEqual([
      { name: 'snapshot-file', mark: 'pass', fact, problems: [] },
    ])
    expect(await aSource().check()).toEqual([
      { name: 'snapshot-file', mark: 'fail', problems: [{ code: 'snapshot-missing', file: 'people.yaml' }] },
    ])
  })
})

describe('spec 7: flow D plans exactly as flow A', () => {
  const userids = ['chen_ming', 'ZhaoQi', '__x', '007', 'a@b']
  const someMember = (fewest: number) =>
    fc.record({
      userid: fc.constantFrom(...userids),
      status: fc.constantFrom(1, 2, 4, 5, 9),
      departments: fc.subarray([1, 2, 3], { minLength: fewest }),
      fields: fc.record(
        {
          // Who has no name gets the userid for one: to WeCom that is not known, to the snapshot it is.
          name: fc.string({ unit: 'grapheme' }).map((text) => `陈${text}`),
          email: fc.constantFrom('A@example.com', 'b@example.com'),
          mobile: fc.constantFrom('13800138000', '+852 5123 4567', '1'),
          gender: fc.constantFrom('0', '1', '2'),
        },
        { requiredKeys: ['name'] },
      ),
    })
  /** @param fewest departments that everybody is in at least; without one they are visible one by one. */
  const someMembers = (fewest: number) =>
    fc.uniqueArray(someMember(fewest), {
      selector: ({ userid }) => userid,
      minLength: 1,
      maxLength: userids.length,
    })
  const someAccounts = (fewest: number): fc.Arbitrary<readonly CurrentUser[]> =>
    fc.uniqueArray(
      fc
        .record({
          userid: fc.constantFrom(...userids, 'gone'),
          forbidden: fc.boolean(),
          status: fc.constantFrom('active' as const, ...statusWords),
          departments: fc.subarray([1, 2, 3], { minLength: fewest }),
          fields: fc.record({ displayName: fc.string(), title: fc.string({ minLength: 1 }) }),
        })
        .map(anAccount),
      { selector: ({ name }) => name, maxLength: userids.length },
    )
  const policy = aPolicy({ removalLimit: [{ kind: 'count', value: 1 }] })

  const planFrom = async (source: Source, accounts: readonly CurrentUser[]) => {
    const { plan, decision } = await sync({
      source,
      reader: { read: async () => ({ current: aCurrent(accounts), basis: undefined }) },
      policy,
    })
    const { changes, unchanged, owned, departments } = plan
    return { changes, unchanged, owned, departments, decision }
  }

  /** WeCom, and a snapshot that flow B made of it run by run. */
  const bothOf = async (...directories: readonly (readonly Partial<Member>[])[]) => {
    const place = { path: 'people.yaml', store: storeInMemory() }
    const { reader, writer } = snapshotTarget({
      ...place,
      fields: defaultFields,
      corpId,
      syncer: policy.syncer,
    })
    const sources = directories.map((members): Source => {
      const rows = members
        .map(aMember)
        .map((member) => (member.departments.length > 0 ? aRow(member) : { member }))
      return { fetch: async () => aDirectory(rows) }
    })
    const free = { ...policy, removalLimit: [{ kind: 'count', value: 100 }] } as const
    for (const source of sources) await sync({ source, reader, writer, policy: free })
    return { wecom: sources.at(-1) ?? { fetch: async () => aDirectory() }, snapshot: snapshotSource(place) }
  }

  test('from a snapshot that flow B made of the same directory', async () => {
    await fc.assert(
      fc.asyncProperty(someMembers(0), someAccounts(0), async (members, accounts) => {
        const { wecom, snapshot } = await bothOf(members)
        expect(await planFrom(snapshot, accounts)).toEqual(await planFrom(wecom, accounts))
      }),
      { numRuns: 300 },
    )
  })

  test('with the same removals and the same digest when people have left', async () => {
    // Whether the visible range was narrowed is decided where WeCom is read, by who was in which department.
    const everybody = [someMembers(1), someMembers(1), someAccounts(1)] as const
    await fc.assert(
      fc.asyncProperty(...everybody, async (before, after, accounts) => {
        // Where WeCom tells no status, the snapshot still knows the last one.
        const members = after.filter(({ status }) => status !== 9)
        const { wecom, snapshot } = await bothOf(before, members)
        const [flowA, flowD] = [await planFrom(wecom, accounts), await planFrom(snapshot, accounts)]
        expect(flowD.decision.digest).toBe(flowA.decision.digest)
        expect(flowD.decision.held.map(({ userid }) => userid)).toEqual(
          flowA.decision.held.map(({ userid }) => userid),
        )
      }),
      { numRuns: 300 },
    )
  })
})
