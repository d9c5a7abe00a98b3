import fc from 'fast-check'
import { wellFormed } from '../../../src/model/strict-text.ts'
import { getCountries } from 'libphonenumber-js/max'
import { Failure, problemsOf, type Problem } from '../../../src/model/problem.ts'
import { keyOf } from '../../../src/model/people.ts'
import { type Change, type Decision, type Planned } from '../../../src/model/plan.ts'
import { type Department } from '../../../src/model/department.ts'
import { findFiles, type Entry } from '../../../src/model/places.ts'
import { type Store } from '../../../src/model/ports.ts'
import { defaultMapping, isFreeProperty, managedFields } from '../../../src/model/mapping.ts'
import { statusWords, type Snapshot, type SnapshotUser } from '../../../src/snapshot/format.ts'
import { blobIdOf } from '../../../src/snapshot/layout.ts'
import { parseSnapshot } from '../../../src/snapshot/parse.ts'
import { aDecision, aPlan, aPolicy, corpId } from '../../make.ts'

/** What the default mapping fills. */
export const defaultFields = managedFields(defaultMapping)

/** The example of specification 7, byte for byte as it is printed. */
export const sample = `# WeCom Syncer for Casdoor. Reviewed like code; the next sync overwrites edits.
version: 1
syncer: "wecom"
corpId: "ww0123456789abcdef"
departments:
  "1": { name: "青石科技" }
  "2": { name: "研发中心", parent: "1" }
users:
  "ChenMing":
    displayName: "陈明"
    email: "chen.ming@example.com"
    phone: "13800138000"
    countryCode: "CN"
    avatar: "https://example.com/0.png"
    title: "研发总监"
    gender: "Male"
    isForbidden: false
    departments: [2, 21]
  "zhao_q":
    displayName: "赵琪"
    isForbidden: true
    status: "left"
    departments: [3]
`

export function aPerson(overrides: Partial<SnapshotUser> = {}): SnapshotUser {
  return {
    userid: 'chen_ming',
    fields: { displayName: '陈明' },
    forbidden: false,
    status: 'active',
    departments: [2],
    ...overrides,
  }
}

export function aSnapshot(overrides: Partial<Snapshot> = {}): Snapshot {
  return {
    syncer: 'wecom',
    corpId,
    departments: [{ id: 1, name: '青石科技' }],
    users: [aPerson()],
    ...overrides,
  }
}

/** Any text as it is inside: well-formed, as every edge makes it. */
const anyText = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
    fc.constantFrom(
      'no',
      'null',
      '~',
      '0755',
      '2026-01-01',
      '1e3',
      '<<',
      '- a',
      '# a',
      'a: b',
      "'",
      '\t',
      '---',
    ),
  )
  .map(wellFormed)
const someText = anyText.filter((text) => text !== '')
const someIds = fc
  .uniqueArray(fc.integer({ min: 0, max: 1e6 }), { maxLength: 5 })
  .map((ids) => ids.toSorted((a, b) => a - b))

const somePhone = fc.record({
  phone: fc.stringMatching(/^\d{5,12}$/),
  countryCode: fc.constantFrom(...getCountries()),
})

const someFields = fc
  .tuple(
    fc.record(
      {
        displayName: someText,
        email: someText,
        avatar: someText,
        title: someText,
        gender: fc.constantFrom('Male', 'Female'),
        affiliation: someText,
        tag: someText,
        location: someText,
        bio: someText,
        homepage: someText,
      },
      { requiredKeys: [] },
    ),
    fc.oneof(somePhone, fc.constant({})),
    fc.dictionary(anyText.filter(isFreeProperty), someText, { maxKeys: 3 }),
  )
  .map(([fields, phone, properties]) => ({
    ...fields,
    ...phone,
    ...Object.fromEntries(Object.entries(properties).map(([key, value]) => [`properties.${key}`, value])),
  }))

export const somebody: fc.Arbitrary<SnapshotUser> = fc.record({
  userid: fc.oneof(fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9._@-]{0,9}$/), someText),
  fields: someFields,
  forbidden: fc.boolean(),
  status: fc.constantFrom('active' as const, ...statusWords),
  departments: someIds,
})

export const someone: fc.Arbitrary<readonly SnapshotUser[]> = fc.uniqueArray(somebody, {
  selector: ({ userid }) => keyOf(userid),
  maxLength: 8,
})

const someDepartments = fc.uniqueArray(
  fc.oneof(
    fc.record({ id: fc.nat(), name: anyText }),
    fc.record({ id: fc.nat(), name: anyText, parent: fc.nat() }),
  ),
  { selector: ({ id }) => id, maxLength: 5 },
)

export const anySnapshot: fc.Arbitrary<Snapshot> = fc.record(
  {
    syncer: someText,
    corpId: someText,
    approved: fc.stringMatching(/^[0-9a-f]{64}$/),
    departments: someDepartments,
    users: someone,
  },
  { requiredKeys: ['syncer', 'corpId', 'departments', 'users'] },
)

/** The problems of reading a text; none when it can be read. */
export function problemsIn(text: string): readonly Problem[] {
  try {
    parseSnapshot(text, 'people.yaml')
    return []
  } catch (thrown) {
    return problemsOf(thrown)
  }
}

export async function problemsWhen(work: Promise<unknown>): Promise<readonly Problem[]> {
  return work.then(() => [], problemsOf)
}

function entriesOf(files: Iterable<string>, folder: string): readonly Entry[] {
  const below = [...files].filter((file) => file.startsWith(folder)).map((file) => file.slice(folder.length))
  const entries = below.map((file): Entry => {
    const [name = '', ...rest] = file.split('/')
    return { name, kind: rest.length === 0 ? 'file' : 'folder' }
  })
  return [...new Map(entries.map((entry) => [entry.name, entry])).values()]
}

/** A store that lies nowhere, and which files were written to it. */
export function storeInMemory(start: Readonly<Record<string, string>> = {}): Store<
  ReadonlyMap<string, string>
> & {
  readonly texts: Map<string, string>
  readonly reads: string[]
  readonly writes: string[]
} {
  const texts = new Map(Object.entries(start))
  const reads: string[] = []
  const writes: string[] = []
  return {
    texts,
    reads,
    writes,
    list: async (paths) => {
      const { files, obstacles } = await findFiles(paths, async (folder) => entriesOf(texts.keys(), folder))
      const listed = new Map([...files.keys()].map((file) => [file, texts.get(file) ?? '']))
      return {
        obstacles,
        ids: new Map([...listed].map(([file, text]) => [file, blobIdOf(text)])),
        read: async (file) => {
          reads.push(file)
          return listed.get(file) ?? ''
        },
        basis: listed,
      }
    },
    replace: async (files, _, listed) => {
      for (const [file, text] of files) {
        if (texts.get(file) !== listed.get(file)) throw new Failure({ code: 'target-moved', place: file })
        writes.push(file)
        if (text === undefined) texts.delete(file)
        else texts.set(file, text)
      }
      return { changed: files.size > 0 }
    },
  }
}

/** What a writer is given: these changes, all of them allowed, and these departments. */
export function aPlanned(
  changes: readonly Change[] = [],
  departments: readonly Department[] = [],
  decision: Partial<Decision> = {},
): Planned {
  const plan = aPlan({ changes, departments, visibleDepartments: departments.map(({ id }) => id) })
  return {
    plan,
    decision: aDecision({ allowed: changes, ...decision }),
    policy: aPolicy(),
    corpId,
    people: 0,
  }
}
