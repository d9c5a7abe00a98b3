import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Change } from '../../../src/model/plan.ts'
import { parseDocument } from 'yaml'
import { parseSnapshot } from '../../../src/snapshot/parse.ts'
import { printSnapshot } from '../../../src/snapshot/print.ts'
import { snapshotTarget } from '../../../src/snapshot/target.ts'
import { sync } from '../../../src/sync.ts'
import {
  aForbid,
  aMember,
  anAdd,
  anUpdate,
  aPolicy,
  aRow,
  aDelete,
  aDirectory,
  corpId,
  edits,
} from '../../make.ts'
import { aPlanned, aSnapshot, defaultFields, problemsWhen, sample, storeInMemory } from './people.ts'

function aTarget(text?: string) {
  const store = storeInMemory(text === undefined ? {} : { 'people.yaml': text })
  const { reader, writer, checker } = snapshotTarget({
    path: 'people.yaml',
    corpId,
    syncer: 'wecom',
    fields: defaultFields,
    store,
  })
  return {
    reader,
    checker,
    store,
    text: () => store.texts.get('people.yaml') ?? '',
    /** Writes on what is there. */
    write: async (...planned: Parameters<typeof aPlanned>) => {
      const { basis } = await reader.read(corpId, [])
      return writer.write(aPlanned(...planned), basis)
    },
    /** Writes on what was read before. */
    writer,
  }
}

const departments = [
  { id: 1, name: '青石科技' },
  { id: 2, name: '研发中心', parent: 1 },
]

describe('reading the target', () => {
  test('a file that is not there holds nobody', async () => {
    expect((await aTarget().reader.read(corpId, [])).current).toEqual({
      users: [],
      departments: [],
      lowersNames: false,
      frozen: new Map(),
      remarks: [],
    })
  })

  test('people are accounts by their userid', async () => {
    expect((await aTarget(sample).reader.read(corpId, [])).current).toMatchObject({
      departments,
      users: [
        {
          name: 'ChenMing',
          id: 'ChenMing',
          wecom: 'ChenMing',
          externalId: `wecom:${corpId}:chenming`,
          fields: { displayName: '陈明', phone: '13800138000', countryCode: 'CN' },
          forbidden: false,
          deleted: false,
          administrator: false,
          status: 'active',
          departments: [2, 21],
          groups: [],
        },
        { name: 'zhao_q', forbidden: true, status: 'left', departments: [3] },
      ],
    })
  })

  test("another corp's file is refused", async () => {
    const problem = {
      code: 'snapshot-other-corp',
      file: 'people.yaml',
      corpId: 'wwother',
      expected: corpId,
    }
    const { reader } = aTarget(sample.replace(corpId, 'wwother'))
    expect(await problemsWhen(reader.read(corpId, []))).toEqual([problem])
  })
})

describe('writing the target', () => {
  const added = anAdd({
    ...edits({
      displayName: ['', '李四'],
      departments: [[], [2]],
      status: [undefined, 'unknown'],
      wecom: ['', '李_四'],
      externalId: ['', `wecom:${corpId}:李_四`],
    }),
    name: 'user-0a1b2c',
    userid: '李_四',
    forbidden: true,
  })

  test('the first run makes the file, keyed by userid', async () => {
    const { write, text } = aTarget()
    expect(await write([added], departments)).toEqual({
      done: [added],
      failed: [],
      remarks: [],
      changed: true,
    })
    expect(text()).toMatch(
      /\nusers:\n {2}"李_四":\n {4}displayName: "李四"\n {4}isForbidden: true\n {4}status: "unknown"\n {4}departments: \[2\]\n$/,
    )
  })

  test('nothing is written when nothing changes', async () => {
    const { write, store } = aTarget(sample)
    expect(await write([], departments)).toEqual({ done: [], failed: [], remarks: [], changed: false })
    expect(store.writes).toEqual([])
  })

  test.each<[string, (text: string) => string]>([
    ['line ends of Windows', (text) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', (text) => `\ufeff${text}`],
    ['a comment', (text) => text.replace('"陈明"', '"陈明" # !')],
    ['no header', (text) => text.slice(text.indexOf('\n') + 1)],
    ['no quotes', (text) => text.replaceAll(/: "([A-Za-z\p{sc=Han}]+)"$/gmu, ': $1')],
    ['other indentation', (text) => text.replaceAll(/^ +/gm, (blanks) => blanks.repeat(2))],
    ['another order of keys', (text) => text.replace(/(\n {4}title: .*)(\n {4}gender: .*)/, '$2$1')],
    ['another order of people', (text) => text.replace(/( {2}"ChenMing":[^]*?)( {2}"zhao_q":[^]*)/, '$2$1')],
    ['an empty value', (text) => text.replace('    gender: "Male"\n', '    gender: "Male"\n    tag: ""\n')],
    ['what a formatter makes of it', (text) => String(parseDocument(text, { keepSourceTokens: false }))],
    ['blank lines at the end', (text) => `${text}\n\n`],
  ])('G5: %s are no change, and go with the next one', async (_, edit) => {
    const edited = edit(sample)
    expect(edited).not.toBe(sample)
    const { write, store, text } = aTarget(edited)
    expect(await write([], departments)).toMatchObject({ changed: false })
    expect([store.writes, text()]).toEqual([[], edited])
    await write(
      [anUpdate({ name: 'ChenMing', fields: [{ field: 'title', before: '研发总监', after: '总监' }] })],
      departments,
    )
    expect(text()).toBe(sample.replace('研发总监', '总监'))
  })

  test('G5: a department is a change', async () => {
    const { write, text } = aTarget(sample.replaceAll('\n', '\r\n'))
    const renamed = departments.map((each) => (each.id === 2 ? { ...each, name: '研发部' } : each))
    expect(await write([], renamed)).toMatchObject({ changed: true })
    expect(text()).toBe(sample.replace('研发中心', '研发部'))
  })

  test('a renamed userid moves the person', async () => {
    const { write, text } = aTarget(sample)
    const relinked = edits({
      wecom: ['ChenMing', 'cm'],
      externalId: [`wecom:${corpId}:chenming`, `wecom:${corpId}:cm`],
    })
    await write([anUpdate({ name: 'ChenMing', userid: 'cm', ...relinked, adopted: 'email' })], departments)
    expect(text()).toBe(sample.replace('ChenMing', 'cm'))
  })

  test('FS-37: a file that changed since it was read is not written over', async () => {
    const { reader, writer, store, text } = aTarget(sample)
    const { basis } = await reader.read(corpId, [])
    const theirs = sample.replace('研发总监', '总监')
    store.texts.set('people.yaml', theirs)
    const change = aForbid({ name: 'ChenMing', fields: [] })
    expect(await writer.write(aPlanned([change], departments), basis)).toMatchObject({
      done: [],
      changed: false,
      stopped: { code: 'target-moved' },
    })
    expect(text()).toBe(theirs)
  })

  test('departments are the wanted ones, and those a leaver is in', async () => {
    const gone = { id: 3, name: '市场部', parent: 1 }
    const before = printSnapshot({ ...parseSnapshot(sample, ''), departments: [...departments, gone] })
    const { write, text } = aTarget(before)
    await write([], departments)
    expect(text()).toBe(before)
    await write([aDelete({ name: 'zhao_q' })], [...departments, { id: 4, name: '' }])
    expect(parseSnapshot(text(), '').departments).toEqual([...departments, { id: 4, name: '' }])
  })

  test('an approval stays as long as the people do', async () => {
    const approved = 'ab'.repeat(32)
    const { write, text } = aTarget(printSnapshot({ ...parseSnapshot(sample, ''), approved }))
    expect(await write([], departments)).toMatchObject({ changed: false })
    await write([aForbid({ name: 'ChenMing', fields: [] })], departments)
    expect(text()).not.toContain('approved')
  })
})

describe('spec 3.3: after a run', () => {
  const name = (index: number): string => ['chen_ming', 'ZhaoQi', '__x', '007', 'a@b'][index] ?? 'li'
  const someMember = fc.record({
    userid: fc.nat(4).map(name),
    status: fc.constantFrom(1, 2, 4, 5, 9),
    departments: fc.subarray([1, 2, 3], { minLength: 1 }),
    fields: fc.record({ name: fc.string({ unit: 'grapheme' }), position: fc.string() }),
  })
  const some = fc.uniqueArray(someMember, { selector: ({ userid }) => userid, minLength: 1 })
  const policy = aPolicy({ removalLimit: [{ kind: 'count', value: 100 }] })

  test('nothing is left to do, and the same people give the same bytes', async () => {
    await fc.assert(
      fc.asyncProperty(some, some, async (first, second) => {
        const { reader, writer, store, text } = aTarget()
        const run = async (members: typeof first): Promise<readonly Change[]> => {
          const rows = members.map((member) => aRow(aMember(member)))
          const source = { fetch: async () => aDirectory(rows, { corpId }) }
          return (await sync({ source, reader, writer, policy })).plan.changes
        }
        await run(first)
        await run(second)
        const [bytes, writes] = [text(), store.writes.length]
        expect(await run(second.toReversed())).toEqual([])
        expect([text(), store.writes.length]).toEqual([bytes, writes])
        expect(printSnapshot(parseSnapshot(bytes, ''))).toBe(bytes)
      }),
    )
  })
})

describe('spec 9: the check', () => {
  test.each([
    ['a snapshot', sample, [{ code: 'snapshot', file: 'people.yaml', people: 2 }]],
    ['a snapshot to come', undefined, [{ code: 'snapshot-new', file: 'people.yaml' }]],
  ])('%s', async (_, text, [fact]) => {
    const { checker, store } = aTarget(text)
    expect(await checker.check()).toEqual([{ name: 'snapshot-file', mark: 'pass', fact, problems: [] }])
    expect(store.writes).toEqual([])
  })

  test('a broken snapshot', async () => {
    expect(await aTarget(sample.replace('version: 1', 'version: 9')).checker.check()).toMatchObject([
      { name: 'snapshot-file', mark: 'fail', problems: [{ code: 'snapshot-invalid', line: 2 }] },
    ])
  })

  test('a snapshot of nobody is one', async () => {
    const text = printSnapshot(aSnapshot({ users: [] }))
    expect(await aTarget(text).checker.check()).toMatchObject([{ mark: 'pass', fact: { people: 0 } }])
  })
})
