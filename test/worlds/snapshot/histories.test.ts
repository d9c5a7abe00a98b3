import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CurrentUser, Member } from '../../../src/model/people.ts'
import type { Decision } from '../../../src/model/plan.ts'
import type { Policy } from '../../../src/model/policy.ts'
import type { Result } from '../../../src/model/run.ts'
import { parseSnapshot } from '../../../src/snapshot/parse.ts'
import { printSnapshot } from '../../../src/snapshot/print.ts'
import { snapshotSource } from '../../../src/snapshot/source.ts'
import { snapshotTarget } from '../../../src/snapshot/target.ts'
import { sync } from '../../../src/sync.ts'
import { aDirectory, aMember, aHandMadeAccount, aPolicy, aRow, corpId } from '../../make.ts'
import { Memory } from '../../memory.ts'
import { defaultFields, storeInMemory } from './people.ts'

const userids = ['chen_ming', 'ZhaoQi', '__x', '007', 'a@b', 'li', 'wang', 'sun', 'zhou', 'wu']

/** A day in WeCom: who is there, and as what. */
const someDay: fc.Arbitrary<readonly Partial<Member>[]> = fc.uniqueArray(
  fc.record({
    userid: fc.constantFrom(...userids),
    status: fc.constantFrom(1, 1, 1, 2, 4, 5),
    departments: fc.subarray([1, 2, 3], { minLength: 1 }),
    fields: fc.record(
      {
        name: fc.constantFrom('陈明', '赵琪', '钱七'),
        position: fc.constantFrom('工程师', '经理'),
        email: fc.constantFrom('a@example.com', 'b@example.com', 'c@example.com'),
        mobile: fc.constantFrom('13800138000', '13800138001'),
      },
      { requiredKeys: ['name', 'position'] },
    ),
  }),
  { selector: ({ userid }) => userid, minLength: 1, maxLength: userids.length },
)

const somePolicy: fc.Arbitrary<Policy> = fc
  .record({
    leavers: fc.constantFrom('forbid', 'keep', 'delete'),
    notActivated: fc.constantFrom('forbid', 'allow'),
    limit: fc.constantFrom(1, 4, 100),
  })
  .map(({ limit, ...policy }) => aPolicy({ ...policy, removalLimit: [{ kind: 'count', value: limit }] }))

/** The same company kept twice: straight from WeCom, and by way of the snapshot. */
class Company {
  readonly straight: Memory
  readonly reviewed: Memory
  readonly #place: { readonly path: string; readonly store: ReturnType<typeof storeInMemory> }

  constructor(path: string, accounts: readonly CurrentUser[]) {
    this.straight = new Memory(accounts)
    this.reviewed = new Memory(accounts)
    this.#place = { path, store: storeInMemory() }
  }

  /** Flow A. */
  async sync(day: readonly Partial<Member>[], policy: Policy): Promise<Result> {
    const source = { fetch: async () => aDirectory(day.map((member) => aRow(aMember(member)))) }
    return sync({ source, reader: this.straight, writer: this.straight, policy })
  }

  /** Flow B, and its merge. */
  async propose(day: readonly Partial<Member>[], policy: Policy): Promise<Result> {
    const source = { fetch: async () => aDirectory(day.map((member) => aRow(aMember(member)))) }
    return sync({
      source,
      ...snapshotTarget({ ...this.#place, fields: defaultFields, corpId, syncer: 'wecom' }),
      policy,
    })
  }

  /** Flow D. */
  async merge(policy: Policy): Promise<Result> {
    return sync({
      source: snapshotSource(this.#place),
      reader: this.reviewed,
      writer: this.reviewed,
      policy,
    })
  }

  /** A person edits the file before it is merged. */
  edit(change: (text: string) => string): void {
    const { path, store } = this.#place
    store.texts.set(path, change(store.texts.get(path) ?? ''))
  }
}

const byName = ({ accounts }: Memory) =>
  Object.fromEntries(accounts.map((account) => [account.name, account]))

/** Of somebody WeCom knows too: they are skipped, whatever happens to them there. */
const handMade = [aHandMadeAccount({ name: 'li' })]

describe('over any history', () => {
  const histories = fc.array(someDay, { minLength: 1, maxLength: 6 })
  const paths = fc.constantFrom('people.yaml', 'people/')

  test('snapshot → Casdoor ends as WeCom → Casdoor does, day by day', async () => {
    await fc.assert(
      fc.asyncProperty(histories, paths, somePolicy, async (days, path, policy) => {
        // Who is skipped there does not count for its limit.
        const isFree = policy.removalLimit.some(({ value }) => value === 100)
        const company = new Company(path, isFree ? handMade : [])
        for (const day of days) {
          await company.sync(day, policy)
          await company.propose(day, policy)
          await company.merge(policy)
          expect(byName(company.reviewed)).toEqual(byName(company.straight))
        }
      }),
      { numRuns: 300 },
    )
  })

  test('a merged review ends as an approval does', async () => {
    await fc.assert(
      fc.asyncProperty(histories, paths, async (days, path) => {
        const company = new Company(path, [])
        const policy = aPolicy({ removalLimit: [{ kind: 'count', value: 0 }] })
        for (const day of days) {
          const { decision } = await company.sync(day, policy)
          if (decision.held.length > 0) await company.sync(day, withApproval(policy, decision))
          await company.propose(day, { ...policy, review: true })
          expect((await company.merge(policy)).decision.held).toEqual([])
          expect(byName(company.reviewed)).toEqual(byName(company.straight))
        }
      }),
      { numRuns: 300 },
    )
  })
})

function withApproval(policy: Policy, { digest }: Decision): Policy {
  return digest === undefined ? policy : { ...policy, approve: digest }
}

describe('FS-43: what a merge approves', () => {
  const everybody = userids.map((userid) => ({ userid, departments: [2], fields: { name: userid } }))
  const policy = aPolicy({ removalLimit: [{ kind: 'count', value: 1 }] })
  const some = fc.subarray(userids, { minLength: 5 })

  /** A merge, after the file was changed by hand. */
  async function merged(stay: readonly string[], edit: (text: string) => string) {
    const company = new Company('people.yaml', [])
    const free = aPolicy({ removalLimit: [{ kind: 'count', value: 100 }] })
    await company.propose(everybody, free)
    await company.merge(free)
    const proposed = await company.propose(
      everybody.filter(({ userid }) => stay.includes(userid)),
      { ...policy, review: true },
    )
    company.edit(edit)
    const { decision } = await company.merge(policy)
    const removed = company.reviewed.accounts.filter(({ forbidden }) => forbidden).map(({ wecom }) => wecom)
    return { shown: proposed.decision, decision, removed: removed.toSorted() }
  }

  test('is the set that the review showed', async () => {
    const stay = userids.slice(5)
    const { shown, decision, removed } = await merged(stay, (text) => text)
    expect(shown).toMatchObject({ held: [], consent: { by: 'review' } })
    expect(decision).toMatchObject({ held: [], consent: { by: 'snapshot' }, digest: shown.digest })
    expect(removed).toHaveLength(5)
  })

  test.each<[string, (text: string) => string]>([
    ['one more person', (text) => text.replace('isForbidden: false', 'isForbidden: true')],
    [
      'one person less',
      (text) => text.replace(/ {4}isForbidden: true\n {4}status: "left"/, '    isForbidden: false'),
    ],
    ['a person taken out', (text) => text.replace(/ {2}"li":\n(?: {4}.*\n)+/, '')],
    ['another digest', (text) => text.replace(/approved: ".*"/, `approved: "${'0'.repeat(64)}"`)],
    ['no digest', (text) => text.replace(/approved: .*\n/, '')],
  ])('is held with %s', async (_, edit) => {
    const { decision, removed } = await merged(userids.slice(5), edit)
    expect(removed).toEqual([])
    expect(decision.held.length).toBeGreaterThan(3)
    expect(decision.consent).toBeUndefined()
  })

  test('never reaches further, whatever is changed in the file', async () => {
    const edits = fc.record({
      forbid: fc.subarray(userids),
      allow: fc.subarray(userids),
      drop: fc.subarray(userids, { maxLength: 5 }),
      digest: fc.constantFrom('kept', 'gone', '0'.repeat(64)),
    })
    await fc.assert(
      fc.asyncProperty(some, edits, async (stay, { forbid, allow, drop, digest }) => {
        const { shown, decision, removed } = await merged(stay, (text) => {
          const { approved, ...snapshot } = parseSnapshot(text, '')
          const users = snapshot.users
            .filter(({ userid }) => !drop.includes(userid))
            .map((user) => ({
              ...user,
              forbidden: forbid.includes(user.userid) || (user.forbidden && !allow.includes(user.userid)),
            }))
          const now = digest === 'kept' ? approved : digest === 'gone' ? undefined : digest
          return printSnapshot({ ...snapshot, users, ...(now !== undefined && { approved: now }) })
        })
        const approved = shown.consent?.removals.map(({ userid }) => userid).toSorted() ?? []
        expect(removed.length <= decision.limits.people.limit ? approved : removed).toEqual(approved)
      }),
      { numRuns: 300 },
    )
  })
})
