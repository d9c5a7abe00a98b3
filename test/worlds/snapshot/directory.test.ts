import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeCompany, type Company } from '../../../sandbox/company.ts'
import { join, leave, move, promote } from '../../../sandbox/day.ts'
import { headOf, printFiles, shardOf } from '../../../src/snapshot/layout.ts'
import { load } from '../../../src/snapshot/load.ts'
import { snapshotSource } from '../../../src/snapshot/source.ts'
import { snapshotTarget } from '../../../src/snapshot/target.ts'
import { sync } from '../../../src/sync.ts'
import { aDirectory, aPolicy, corpId } from '../../make.ts'
import {
  anySnapshot,
  aPerson,
  aSnapshot,
  defaultFields,
  problemsWhen,
  sample,
  storeInMemory,
} from './people.ts'

const header = sample.slice(0, sample.indexOf('\n') + 1)
const shared = `${header}version: 1\nsyncer: "wecom"\ncorpId: "${corpId}"\n`
const head = `${shared}files:\n  - "users/0d.yaml"\n  - "users/ba.yaml"\ndepartments:\n  "1": { name: "青石科技" }\n`
/** As it was before it named the files. */
const older = `${shared}departments:\n  "1": { name: "青石科技" }\n`
const entryOf = (userid: string): string =>
  `  "${userid}":\n    displayName: "陈明"\n    isForbidden: false\n    departments: [2]\n`

/** `people/` with the people of `chenming` (`ba`) and `zhao_q` (`0d`): `printf chenming | sha256sum`. */
const folder = {
  'people/departments.yaml': head,
  'people/users/0d.yaml': `${header}users:\n${entryOf('zhao_q')}`,
  'people/users/ba.yaml': `${header}users:\n${entryOf('ChenMing')}`,
}

function problemsIn(files: Readonly<Record<string, string>>) {
  return problemsWhen(snapshotSource({ path: 'people/', store: storeInMemory(files) }).fetch())
}

describe('spec 7: the directory form', () => {
  test('has one file of departments, and people by the first byte of their hash', () => {
    const snapshot = aSnapshot({ users: ['ChenMing', 'zhao_q'].map((userid) => aPerson({ userid })) })
    expect(Object.fromEntries(printFiles('people/', snapshot))).toEqual(folder)
  })

  test('may be the root of the repository', () => {
    expect([headOf('/'), shardOf('', 'CHENMING')]).toEqual(['/departments.yaml', 'users/ba.yaml'])
  })

  test('is read as what it was, any text included', async () => {
    await fc.assert(
      fc.asyncProperty(anySnapshot, async (snapshot) => {
        const files = printFiles('people/', snapshot)
        const stored = await load({
          path: 'people/',
          store: storeInMemory(Object.fromEntries(files)),
        })
        expect(stored.snapshot === undefined ? undefined : printFiles('people/', stored.snapshot)).toEqual(
          files,
        )
      }),
      { numRuns: 50 },
    )
  })

  test('files that are no YAML may lie in it', async () => {
    expect(await problemsIn({ ...folder, 'people/users/README.md': '?', 'people/notes.yaml': '?' })).toEqual(
      [],
    )
  })

  test.each<[string, Readonly<Record<string, string | undefined>>, object]>([
    [
      'a person in a file of others',
      { 'people/users/00.yaml': folder['people/users/ba.yaml'] },
      {
        code: 'snapshot-invalid',
        file: 'people/users/00.yaml',
        line: 3,
        fault: { kind: 'misplaced', key: 'ChenMing', place: 'people/users/ba.yaml' },
      },
    ],
    [
      'a person twice in a file, in other letters',
      { 'people/users/ba.yaml': `${folder['people/users/ba.yaml']}${entryOf('chenming')}` },
      { code: 'snapshot-invalid', line: 7, fault: { kind: 'duplicate-key', key: 'chenming' } },
    ],
    [
      'a file of people that says more',
      { 'people/users/ba.yaml': `version: 1\n${folder['people/users/ba.yaml']}` },
      {
        code: 'snapshot-invalid',
        line: 1,
        fault: { kind: 'unknown-key', key: 'version', allowed: ['users'] },
      },
    ],
    [
      'an empty file of people',
      { 'people/users/ba.yaml': '' },
      { code: 'snapshot-invalid', line: 1, fault: { kind: 'missing-key', key: 'users' } },
    ],
    [
      'people among the departments',
      { 'people/departments.yaml': `${head}users: {}\n` },
      { code: 'snapshot-invalid', line: 10, fault: { kind: 'unknown-key', key: 'users' } },
    ],
    [
      'a name that no file with people has',
      { 'people/departments.yaml': head.replace('users/0d.yaml', '0d.yaml') },
      { code: 'snapshot-invalid', line: 5, fault: { kind: 'type', key: 'files', expected: 'files' } },
    ],
    [
      'names that are no list',
      { 'people/departments.yaml': `${older}files: "users/0d.yaml"\n` },
      { code: 'snapshot-invalid', line: 7, fault: { kind: 'type', key: 'files', expected: 'files' } },
    ],
    [
      'a name that is no text',
      { 'people/departments.yaml': `${older}files: [12]\n` },
      { code: 'snapshot-invalid', line: 7, fault: { kind: 'type', key: 'files', expected: 'files' } },
    ],
    [
      'a conflict in one of the files',
      { 'people/users/0d.yaml': `<<<<<<< ours\n${folder['people/users/0d.yaml']}` },
      { code: 'snapshot-invalid', file: 'people/users/0d.yaml', line: 1, fault: { kind: 'conflict-marker' } },
    ],
    [
      'a file that would be overlooked',
      { 'people/users/sales.yml': 'users: {}\n' },
      { code: 'snapshot-stray', file: 'people/users/sales.yml' },
    ],
    [
      'people without their departments',
      { 'people/departments.yaml': undefined },
      { code: 'snapshot-headless', file: 'people/departments.yaml' },
    ],
  ])('is read strictly about %s', async (_, changed, problem) => {
    const all: Readonly<Record<string, string | undefined>> = { ...folder, ...changed }
    const files = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined)
    expect(await problemsIn(Object.fromEntries(files))).toMatchObject([problem])
  })
})

describe('G11: the names of the files with people', () => {
  test('may be missing in what an older version wrote', async () => {
    expect(await problemsIn({ ...folder, 'people/departments.yaml': older })).toEqual([])
    expect(
      await problemsIn({
        'people/departments.yaml': older,
        'people/users/ba.yaml': folder['people/users/ba.yaml'],
      }),
    ).toEqual([])
  })

  test('may stand as other programs lay them out', async () => {
    const items = '  - "users/0d.yaml"\n  - "users/ba.yaml"\n'
    for (const list of [
      items.replaceAll('  - ', '- '),
      items.replaceAll('"', ''),
      '  [users/0d.yaml, "users/ba.yaml"]\n',
    ])
      expect(await problemsIn({ ...folder, 'people/departments.yaml': head.replace(items, list) })).toEqual(
        [],
      )
  })

  test('lack one that somebody made by hand: whoever is in it is there', async () => {
    const text = head.replace('  - "users/0d.yaml"\n', '')
    const store = storeInMemory({ ...folder, 'people/departments.yaml': text })
    const { snapshot } = await load({ path: 'people/', store })
    expect(snapshot?.users.map(({ userid }) => userid)).toEqual(['zhao_q', 'ChenMing'])
  })

  test('are written with the next change, and are no change of their own', async () => {
    const company = makeCompany({ people: 60, departments: 9 })
    const store = storeInMemory()
    await aTarget('people/', store)(company)
    const now = store.texts.get('people/departments.yaml') ?? ''
    store.texts.set('people/departments.yaml', now.replace(/files:\n(?: {2}- .*\n)+/, ''))
    expect((await aTarget('people/', store)(company)).applied).toMatchObject({ changed: false })
    expect(store.writes).toEqual([])
    promote(company, company.people.find(({ status }) => status === 1)?.userid ?? '')
    await aTarget('people/', store)(company)
    expect(store.writes).toHaveLength(2)
    expect(store.texts.get('people/departments.yaml')).toBe(now)
  })

  test('change by one line when somebody is the first in a file', async () => {
    const company = makeCompany({ people: 60, departments: 9 })
    const store = storeInMemory()
    await aTarget('people/', store)(company)
    const before = new Map(store.texts)
    join(company, 7, 1)
    await aTarget('people/', store)(company)
    const [shard = '', ...others] = store.writes
    expect(before.has(shard)).toBe(false)
    expect(others).toEqual(['people/departments.yaml'])
    const lines = changedLines(
      before.get('people/departments.yaml') ?? '',
      store.texts.get('people/departments.yaml') ?? '',
    )
    expect(lines).toBe(1)
  })
})

describe('G5: bytes of a directory', () => {
  test('are rewritten file by file, where somebody changes', async () => {
    const company = makeCompany({ people: 200, departments: 9 })
    const store = storeInMemory()
    await aTarget('people/', store)(company)
    for (const [file, text] of store.texts) store.texts.set(file, text.replaceAll('\n', '\r\n'))
    expect((await aTarget('people/', store)(company)).applied).toMatchObject({ changed: false })
    const { userid } = company.people.find(({ status }) => status === 1) ?? { userid: '' }
    promote(company, userid)
    await aTarget('people/', store)(company)
    expect(store.writes).toEqual([shardOf('people/', userid), 'people/departments.yaml'])
    expect(store.writes.some((file) => (store.texts.get(file) ?? '').includes('\r'))).toBe(false)
  })
})

/** Flow B on files that lie nowhere. */
function aTarget(path: string, store = storeInMemory()) {
  return async (company: Company) => {
    const { reader, writer } = snapshotTarget({ path, store, fields: defaultFields, corpId, syncer: 'wecom' })
    store.reads.length = 0
    store.writes.length = 0
    const source = { fetch: async () => directoryOf(company) }
    const free = aPolicy({ removalLimit: [{ kind: 'count', value: 1e6 }] })
    return sync({ source, reader, writer, policy: free })
  }
}

function directoryOf({ departments, people }: Company) {
  const rows = people.map(({ userid, name, position = '', departments: ids, status = 1 }) => {
    const member = {
      userid,
      departments: ids,
      status,
      fields: { name, position, email: `${userid}@example.com` },
    }
    return { department: ids[0] ?? 1, member }
  })
  return aDirectory(rows, {
    departments: departments.map(({ id, name, parentid }) =>
      parentid === 0 ? { id, name } : { id, name, parent: parentid },
    ),
  })
}

const bytesOf = (texts: ReadonlyMap<string, string>) => Object.fromEntries(texts)

describe('the other form', () => {
  const company = makeCompany({ people: 60, departments: 9 })

  test.each([
    ['people.yaml', 'people/'],
    ['people/', 'people.yaml'],
    ['a/people.yml', 'a/people/'],
  ])('%s becomes %s in one run, with what happened that day', async (old, path) => {
    const store = storeInMemory()
    const other = structuredClone(company)
    await aTarget(old, store)(other)
    const left = other.people.at(-1)?.userid ?? ''
    leave(other, left)
    const { plan, applied } = await aTarget(path, store)(other)
    expect(plan.changes.map(({ kind, userid }) => [kind, userid])).toEqual([['forbid', left]])
    expect(plan.findings).toContainEqual({ code: 'snapshot-other-form', file: path, other: old })
    expect(applied).toMatchObject({ changed: true })
    expect([...store.texts.keys()].filter((file) => file.startsWith(old))).toEqual([])
    const fresh = storeInMemory()
    await aTarget(path, fresh)(company)
    await aTarget(path, fresh)(other)
    expect(bytesOf(store.texts)).toEqual(bytesOf(fresh.texts))
    const again = await aTarget(path, store)(other)
    expect(again).toMatchObject({ plan: { changes: [] }, applied: { changed: false } })
    expect(again.plan.findings.map(({ code }) => code)).not.toContain('snapshot-other-form')
  })

  test('is left alone where both are there, and told', async () => {
    const store = storeInMemory({ ...folder, 'people.yaml': sample })
    const { remarks, snapshot } = await load({ path: 'people/', store })
    expect(remarks).toEqual([{ code: 'snapshot-both-forms', file: 'people/', other: 'people.yaml' }])
    expect(snapshot?.users).toHaveLength(2)
    expect(store.reads).not.toContain('people.yaml')
  })
})

describe('FS-31: equal directories give equal bytes', () => {
  const paths = fc.constantFrom('people.yaml', 'people/')

  test(
    'and nothing is written, however WeCom answers, from 1 to 10,000 people',
    { timeout: 60_000 },
    async () => {
      const sizes = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constantFrom(1, 2, 2000, 10_000))
      const shuffled = fc.record({
        people: sizes,
        seed: fc.nat(),
        path: paths,
        turn: fc.nat(),
        back: fc.boolean(),
      })
      await fc.assert(
        fc.asyncProperty(shuffled, async ({ people, seed, path, turn, back }) => {
          const company = makeCompany({ people, departments: Math.ceil(people / 20), seed })
          const store = storeInMemory()
          await aTarget(path, store)(company)
          const bytes = bytesOf(store.texts)
          const other = structuredClone(company)
          other.people = turned(other.people, turn, back)
          other.departments = turned(other.departments, turn, back)
          for (const person of other.people) person.departments = turned(person.departments, turn, back)
          const { applied } = await aTarget(path, store)(other)
          expect([applied?.changed, store.writes]).toEqual([false, []])
          const fresh = storeInMemory()
          await aTarget(path, fresh)(other)
          expect(bytesOf(fresh.texts)).toEqual(bytes)
        }),
        { numRuns: 12, examples: [[{ people: 10_000, seed: 1, path: 'people/', turn: 4711, back: true }]] },
      )
    },
  )

  function turned<Each>(list: readonly Each[], turn: number, back: boolean): Each[] {
    const at = turn % list.length
    const all = [...list.slice(at), ...list.slice(0, at)]
    return back ? all.toReversed() : all
  }
})

describe('spec 7: 100,000 people in a directory', () => {
  test('a day changes little, and little is read for it', { timeout: 120_000 }, async () => {
    const company = makeCompany({ people: 100_000, departments: 2000 })
    const store = storeInMemory()
    const night = aTarget('people/', store)
    await night(company)
    const sizes = [...store.texts.values()].map((text) => Buffer.byteLength(text))
    expect(Math.max(...sizes)).toBeLessThan(500_000)
    expect(store.texts.size).toBeLessThan(300)

    const before = new Map(store.texts)
    const touched = company.people.filter(({ status }) => status === 1).slice(1000, 1050)
    for (const [index, { userid }] of touched.entries()) {
      if (index % 5 === 0) leave(company, userid)
      else if (index % 5 === 1) join(company, 7, index)
      else if (index % 5 < 4) move(company, userid, 11)
      else promote(company, userid)
    }
    const { plan } = await night(company)
    expect(plan.changes).toHaveLength(50)
    const people = store.reads.filter((file) => file !== 'people/departments.yaml')
    expect(people.length).toBeLessThanOrEqual(50)
    expect(store.writes.length).toBeLessThanOrEqual(50)
    const changed = store.writes.reduce(
      (sum, file) => sum + changedLines(before.get(file) ?? '', store.texts.get(file) ?? ''),
      0,
    )
    // A joiner's lines are new; nobody else changes more than five.
    expect(changed).toBeLessThanOrEqual(50 * 8)

    await night(company)
    expect(store.writes).toEqual([])
  })
})

function changedLines(before: string, after: string): number {
  const old = new Map<string, number>()
  for (const line of before.split('\n')) old.set(line, (old.get(line) ?? 0) + 1)
  let fresh = 0
  for (const line of after.split('\n')) {
    const left = old.get(line) ?? 0
    if (left === 0) fresh++
    else old.set(line, left - 1)
  }
  return fresh
}
