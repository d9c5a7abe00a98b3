import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDocument } from 'yaml'
import { isFreeProperty } from '../../../src/model/mapping.ts'
import { byUserid } from '../../../src/model/people.ts'
import type { Snapshot } from '../../../src/snapshot/format.ts'
import { parseSnapshot } from '../../../src/snapshot/parse.ts'
import { printSnapshot } from '../../../src/snapshot/print.ts'
import { aPerson, aSnapshot, anySnapshot, sample, somebody, someone } from './people.ts'

function sorted(snapshot: Snapshot): Snapshot {
  const departments = snapshot.departments.toSorted((a, b) => a.id - b.id)
  return { ...snapshot, departments, users: snapshot.users.toSorted(byUserid) }
}

describe('spec 7: a snapshot is printed', () => {
  test('as the specification shows it', () => {
    expect(printSnapshot(parseSnapshot(sample, 'people.yaml'))).toBe(sample)
  })

  test('with every field in its place, whatever order it came in', () => {
    const fields = {
      'properties.b': '2',
      'properties.a': '1',
      homepage: 'https://example.com',
      bio: '简介',
      location: '北京',
      tag: '标签',
      affiliation: '研发',
      gender: 'Female',
      title: '工程师',
      avatar: 'https://example.com/1.png',
      countryCode: 'CN',
      phone: '13800138000',
      email: 'a@example.com',
      displayName: '陈明',
    }
    const approved = 'ab'.repeat(32)
    const user = aPerson({ fields, forbidden: true, status: 'not-activated', departments: [] })
    const lines = printSnapshot(aSnapshot({ approved, users: [user] })).split('\n')
    const keys = lines.slice(1, -1).map((line) => line.split(':')[0]?.trim())
    expect(keys.join(' ')).toBe(
      'version syncer corpId approved departments "1" users "chen_ming" ' +
        'displayName email phone countryCode avatar title gender affiliation tag location bio homepage ' +
        'properties "a" "b" isForbidden status departments',
    )
    expect(lines).toContain('    departments: []')
  })

  test('without what is not known', () => {
    const fields = { displayName: '陈明', email: '', 'properties.empty': '' }
    expect(printSnapshot(aSnapshot({ users: [aPerson({ fields })] }))).toContain(
      '  "chen_ming":\n    displayName: "陈明"\n    isForbidden: false\n    departments: [2]\n',
    )
  })

  test('even when it holds nobody', () => {
    const nobody = aSnapshot({ departments: [], users: [] })
    expect(printSnapshot(nobody)).toMatch(/\ndepartments: \{\}\nusers: \{\}\n$/)
    expect(parseSnapshot(printSnapshot(nobody), 'people.yaml')).toEqual(nobody)
  })

  test('sorted by lower-cased userid, those of digits alone included, and by department id', () => {
    const userids = ['b', 'A', '10', '9', 'a_', 'B-']
    const departments = [10, 9, 100].map((id) => ({ id, name: '' }))
    const users = userids.map((userid) => aPerson({ userid }))
    const keys = [...printSnapshot(aSnapshot({ departments, users })).matchAll(/^ {2}"(.*?)":/gm)]
    expect(keys.map(([, key]) => key)).toEqual(['9', '10', '100', '10', '9', 'A', 'a_', 'b', 'B-'])
  })

  test('FS-31: the same people give the same bytes in any order', () => {
    const shuffled = anySnapshot.chain((snapshot) =>
      fc.tuple(
        fc.constant(snapshot),
        fc.shuffledSubarray([...snapshot.users], { minLength: snapshot.users.length }),
        fc.shuffledSubarray([...snapshot.departments], { minLength: snapshot.departments.length }),
      ),
    )
    fc.assert(
      fc.property(shuffled, ([snapshot, users, departments]) => {
        expect(printSnapshot({ ...snapshot, users, departments })).toBe(printSnapshot(snapshot))
      }),
    )
  })
})

describe('what was printed', () => {
  test('is read as what it was, any text included', () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        expect(parseSnapshot(printSnapshot(snapshot), 'people.yaml')).toEqual(sorted(snapshot))
      }),
      { numRuns: 1_000 },
    )
  })

  test('says the same to the YAML parser, read as a whole', () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        const document = parseDocument(printSnapshot(snapshot))
        expect([...document.errors, ...document.warnings]).toEqual([])
        // As a map: a key such as `__proto__` is no key of an object.
        const whole = document.toJS({ mapAsMap: true }) as Map<string, unknown>
        const people = whole.get('users') as Map<string, Map<string, unknown>>
        expect([...people]).toEqual(
          sorted(snapshot).users.map(({ userid, fields, forbidden, status, departments }) => {
            const entries = Object.entries(fields)
            const properties = entries.filter(([field]) => field.startsWith('properties.'))
            const named = new Map(
              properties.map(([field, value]) => [field.replace('properties.', ''), value]),
            )
            const person: [string, unknown][] = [
              ...entries.filter(([field]) => !field.startsWith('properties.')),
              ...(named.size === 0 ? [] : [['properties', named] as [string, unknown]]),
              ['isForbidden', forbidden],
              ...(status === 'active' ? [] : [['status', status] as [string, unknown]]),
              ['departments', departments],
            ]
            return [userid, new Map(person)]
          }),
        )
      }),
    )
  })

  test.each([
    'no',
    'null',
    '~',
    '0755',
    '2026-01-01',
    '12:30:45',
    '1_000',
    'a\tb',
    '\u0085',
    '\u007f\u0080\u009f',
    '\u2028\u2029',
    '\ufeff\ufffe\uffff',
    '张\n三\r\n',
    '\\"\'',
    '# a: *b &c !d {e} [f]',
    '👩‍💻🐱',
    'שלום \u202eabc\u202c \u2066x\u2069',
    '<<<<<<< HEAD\n=======\n>>>>>>>',
    '__proto__',
  ])('keeps %j', (text) => {
    const key = isFreeProperty(text) ? text : 'floor'
    const fields = { displayName: text, [`properties.${key}`]: text }
    const snapshot = aSnapshot({
      departments: [{ id: 1, name: text }],
      users: [aPerson({ userid: text, fields })],
    })
    expect(parseSnapshot(printSnapshot(snapshot), 'people.yaml')).toEqual(snapshot)
  })

  test('holds no character that a YAML reader refuses or that turns the direction of writing', () => {
    // Printable for YAML 1.1 and 1.2 alike, but for the line separators; surrogates only in pairs.
    const harmless =
      /^[\n\u0020-\u007e\u00a0-\u2027\u202f-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]*$/u
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        const text = printSnapshot(snapshot)
        expect(text).toMatch(harmless)
        expect(text).not.toMatch(/[\u061c\u200e\u200f\u2066-\u2069]/)
      }),
      { numRuns: 1_000 },
    )
  })

  test('is the same when printed again', () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        const text = printSnapshot(snapshot)
        expect(printSnapshot(parseSnapshot(text, 'people.yaml'))).toBe(text)
      }),
    )
  })
})

describe('spec 7: one changed person', () => {
  /** Lines taken out and lines put in, all those between the first and the last change. */
  function changedLines(before: string, after: string): number {
    const [old, fresh] = [before.split('\n'), after.split('\n')]
    let start = 0
    while (start < old.length && old[start] === fresh[start]) start++
    let end = 0
    while (end < old.length - start && old.at(-1 - end) === fresh.at(-1 - end)) end++
    return old.length + fresh.length - 2 * (start + end)
  }

  test('changes at most 5 lines', () => {
    const change = fc.tuple(
      someone,
      somebody,
      somebody,
      fc.constantFrom('field', 'phone', 'status', 'departments'),
    )
    fc.assert(
      fc.property(change, ([others, person, donor, what]) => {
        const before = { ...person, userid: 'zhao_q', fields: { ...person.fields, bio: 'a', tag: 'b' } }
        const { phone, countryCode } = { phone: '13800138000', countryCode: 'CN' }
        const after = {
          field: { ...before, fields: { ...before.fields, displayName: donor.fields.displayName ?? 'c' } },
          phone: { ...before, fields: { ...before.fields, phone, countryCode } },
          status: { ...before, forbidden: donor.forbidden, status: donor.status },
          departments: { ...before, departments: donor.departments },
        }[what]
        const rest = others.filter(({ userid }) => userid.toLowerCase() !== 'zhao_q')
        const text = printSnapshot(aSnapshot({ users: [...rest, before] }))
        expect(changedLines(text, printSnapshot(aSnapshot({ users: [...rest, after] })))).toBeLessThanOrEqual(
          5,
        )
      }),
    )
  })
})

test('10,000 people are printed and read, as printed and edited by hand', { timeout: 15_000 }, () => {
  const users = Array.from({ length: 10_000 }, (_, index) => {
    const fields = { displayName: `陈明${index}`, phone: `138${index}`, countryCode: 'CN', title: '工程师' }
    return aPerson({ userid: `user${index}`, fields, departments: [1, 2 + (index % 50)] })
  })
  const snapshot = sorted(aSnapshot({ users }))
  const text = printSnapshot(snapshot)
  expect(parseSnapshot(text, 'people.yaml')).toEqual(snapshot)
  expect(parseSnapshot(text.replaceAll('"工程师"', '工程师 # 改'), 'people.yaml')).toEqual(snapshot)
})
