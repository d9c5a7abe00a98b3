import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Change } from '../../../src/model.ts'
import { parseSnapshot } from '../../../src/snapshot/parse.ts'
import { printSnapshot } from '../../../src/snapshot/print.ts'
import { snapshotTarget } from '../../../src/snapshot/target.ts'
import { sync } from '../../../src/sync.ts'
import { aForbid, aMember, anAdd, anUpdate, aPolicy, aRow, aDelete, aDirectory, corpId } from '../../make.ts'
import { aSnapshot, filesInMemory, problemsWhen, sample } from './people.ts'

function aTarget(text?: string) {
  const files = filesInMemory(text === undefined ? {} : { '/w/people.yaml': text })
  const target = snapshotTarget({
    path: '/w/people.yaml',
    shownPath: 'people.yaml',
    corpId,
    syncer: 'wecom',
    files,
  })
  return { ...target, files, text: () => files.texts.get('/w/people.yaml') ?? '' }
}

const departments = [
  { id: 1, name: '青石科技' },
  { id: 2, name: '研发中心', parent: 1 },
]

describe('reading the target', () => {
  test('a file that is not there holds nobody', async () => {
    expect(await aTarget().reader.read(corpId)).toEqual({
      users: [],
      departments: [],
      lowersNames: false,
      frozen: new Map(),
      remarks: [],
    })
  })

  test('people are accounts by their userid', async () => {
    expect(await aTarget(sample).reader.read(corpId)).toMatchObject({
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
    const { reader, writer } = aTarget(sample.replace(corpId, 'wwother'))
    expect(await problemsWhen(reader.read(corpId))).toEqual([problem])
    expect(await problemsWhen(writer.write([], []))).toEqual([problem])
  })
})

describe('writing the target', () => {
  const added = anAdd({
    fields: [
      { field: 'displayName', before: '', after: '李四' },
      { field: 'departments', before: '', after: '2' },
      { field: 'status', before: '', after: 'unknown' },
      { field: 'wecom', before: '', after: '李_四' },
      { field: 'externalId', before: '', after: `wecom:${corpId}:李_四` },
    ],
    name: 'user-0a1b2c',
    userid: '李_四',
    forbidden: true,
  })

  test('the first run makes the file, keyed by userid', async () => {
    const { writer, text } = aTarget()
    expect(await writer.write([added], departments)).toEqual({
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
    const { writer, files } = aTarget(sample)
    expect(await writer.write([], departments)).toEqual({ done: [], failed: [], remarks: [], changed: false })
    expect(files.writes).toEqual([])
  })

  test('an edit of the layout is overwritten, as the header says', async () => {
    const { writer, files, text } = aTarget(sample.replace('"陈明"', '陈明 # !'))
    expect(await writer.write([], departments)).toMatchObject({ changed: true })
    expect([files.writes, text()]).toEqual([['/w/people.yaml'], sample])
  })

  test('a renamed userid moves the person', async () => {
    const { writer, text } = aTarget(sample)
    const fields = [
      { field: 'wecom', before: 'ChenMing', after: 'cm' },
      { field: 'externalId', before: `wecom:${corpId}:chenming`, after: `wecom:${corpId}:cm` },
    ] as const
    await writer.write([anUpdate({ name: 'ChenMing', userid: 'cm', fields, adopted: 'email' })], departments)
    expect(text()).toBe(sample.replace('ChenMing', 'cm'))
  })

  test('what changed in the file since it was read stays', async () => {
    const { reader, writer, files, text } = aTarget(sample)
    await reader.read(corpId)
    files.texts.set('/w/people.yaml', sample.replace('研发总监', '总监'))
    await writer.write([aForbid({ name: 'ChenMing', fields: [] })], departments)
    expect(text()).toBe(sample.replace('研发总监', '总监').replace('isForbidden: false', 'isForbidden: true'))
  })

  test('departments are the wanted ones, and those a leaver is in', async () => {
    const gone = { id: 3, name: '市场部', parent: 1 }
    const before = printSnapshot({ ...parseSnapshot(sample, ''), departments: [...departments, gone] })
    const { writer, text } = aTarget(before)
    await writer.write([], departments)
    expect(text()).toBe(before)
    await writer.write([aDelete({ name: 'zhao_q' })], [...departments, { id: 4, name: '' }])
    expect(parseSnapshot(text(), '').departments).toEqual([...departments, { id: 4, name: '' }])
  })

  test('an approval stays as long as the people do', async () => {
    const approved = 'ab'.repeat(32)
    const { writer, text } = aTarget(printSnapshot({ ...parseSnapshot(sample, ''), approved }))
    expect(await writer.write([], departments)).toMatchObject({ changed: false })
    await writer.write([aForbid({ name: 'ChenMing', fields: [] })], departments)
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
        const { reader, writer, files, text } = aTarget()
        const run = async (members: typeof first): Promise<readonly Change[]> => {
          const rows = members.map((member) => aRow(aMember(member)))
          const source = { fetch: async () => aDirectory(rows, { corpId }) }
          return (await sync({ source, reader, writer, policy })).plan.changes
        }
        await run(first)
        await run(second)
        const [bytes, writes] = [text(), files.writes.length]
        expect(await run(second.toReversed())).toEqual([])
        expect([text(), files.writes.length]).toEqual([bytes, writes])
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
    const { checker, files } = aTarget(text)
    expect(await checker.check()).toEqual([{ name: 'snapshot-file', mark: 'pass', fact, problems: [] }])
    expect(files.writes).toEqual([])
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
