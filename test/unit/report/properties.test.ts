import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Change, Plan, Remark } from '../../../src/model/plan.ts'
import type { PersonalData, Run } from '../../../src/model/run.ts'
import { annotations, countsInWords } from '../../../src/report/annotations.ts'
import { counts } from '../../../src/report/counts.ts'
import { planDocument } from '../../../src/report/json.ts'
import { summary } from '../../../src/report/summary.ts'
import { countNames, type Medium } from '../../../src/text/text.ts'
import { textOf, type Language } from '../../../src/text/language.ts'
import {
  aDelete,
  aForbid,
  aPolicy,
  aRestore,
  aRun,
  anAdd,
  anUpdate,
  aDepartmentChange,
  edits,
} from '../../make.ts'
import { examples } from '../text/examples.ts'
import { crowd, plan, run } from './cases.ts'
import { alive, brokenTables, hostile, readable } from './hostile.ts'

/*
 * What must hold for every report, whoever the people are and however many.
 */

const languages: readonly Language[] = ['en', 'zh']
const levels: readonly PersonalData[] = ['full', 'masked', 'hidden']
const media: readonly Medium[] = ['summary', 'pull-request', 'comment']

type Someone = {
  readonly userid: string
  readonly displayName: string
  readonly name: string
  readonly departments: readonly number[]
  readonly values: readonly string[]
  readonly kind: number
}

const anyText = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string(),
  fc.string({ unit: 'binary', maxLength: 20 }),
)
const anyone: fc.Arbitrary<Someone> = fc.record({
  userid: anyText,
  displayName: anyText,
  name: anyText,
  departments: fc.array(fc.constantFrom(1, 2, 3, 21, 31, 999), { maxLength: 5 }),
  values: fc.array(anyText, { minLength: 4, maxLength: 4 }),
  kind: fc.nat(6),
})

function changeOf({ kind, values, ...person }: Someone): Change {
  const [a = '', b = '', c = '', d = ''] = values
  const changed = edits({
    displayName: [a, b],
    title: [c, d],
    email: [a, c],
    phone: [b, d],
    avatar: ['', a],
    'properties.floor': [a, b],
    departments: [[2], [3]],
    status: ['active', 'left'],
    wecom: [a, b],
    homepage: ['', d],
  })
  switch (kind) {
    case 0:
      return aForbid({ ...person, ...changed })
    case 1:
      return aDelete({ ...person, ...changed, enabled: false })
    case 2:
      return aRestore({ ...person, ...changed, undelete: true, adopted: 'phone' })
    case 3:
      return anUpdate({ ...person, ...changed, adopted: 'email' })
    case 4:
      return anAdd({ ...person, ...changed, forbidden: true, cause: 'not-activated' })
    case 6:
      return anUpdate({ ...person, ...changed })
    default:
      return anAdd({ ...person, ...changed })
  }
}

/** Everybody changes, everybody is remarked on with every kind of problem that names somebody. */
function runOf(people: readonly Someone[], problems = examples, overrides: Partial<Run> = {}): Run {
  const everybody = people.map((person, index) => ({ ...person, userid: `${index}${person.userid}` }))
  const kinds: readonly Remark['kind'][] = ['skipped', 'noted', 'protected']
  const remarks = everybody.flatMap((person, index): Remark[] => {
    const problem = problems[index % problems.length] ?? { code: 'hidden' }
    return [
      { kind: kinds[index % kinds.length] ?? 'noted', person, problem },
      { kind: 'hidden', person, problem: { code: 'hidden' } },
    ]
  })
  const departmentChanges = everybody.flatMap(({ displayName, values: [name = ''] }, id) =>
    name === displayName
      ? []
      : [aDepartmentChange({ id, before: { id, name: displayName }, after: { id, name }, people: 1 })],
  )
  const made: Plan = plan(everybody.map(changeOf), { remarks, departmentChanges, findings: problems })
  const failing = everybody
    .slice(0, 2)
    .map((person) => ({ change: changeOf(person), problem: problems[0] ?? ({ code: 'hidden' } as const) }))
  return run(made, overrides, { failed: failing, remarks: remarks.slice(0, 3) })
}

function everyWord(made: Run, language: Language, level: PersonalData): string {
  const text = textOf(language)
  const { error = '', warnings, notices } = annotations(made, text)
  return [
    summary(made, { text, level }),
    JSON.stringify(planDocument(made, level)),
    error,
    ...warnings.map((warning) => warning.text),
    ...notices,
    countsInWords(made, text),
  ].join('\n')
}

/** Below what GitHub takes: 1 MiB of summary; 65,536 characters and 262,144 bytes of a conversation. */
function isWithinLimit(markdown: string, medium: Medium): boolean {
  if (medium === 'summary') return Buffer.byteLength(markdown) <= 900 * 1024
  return markdown.length <= 60_000 && Buffer.byteLength(markdown) <= 200_000
}

describe('hostile names (FS-44)', () => {
  test.each(languages)('break no table, ping nobody and emit no command (%s)', (language) => {
    const text = textOf(language)
    const problems = examples.filter(
      ({ code }) => !['http-status', 'network', 'wecom-errcode', 'input-missing'].includes(code),
    )
    fc.assert(
      fc.property(
        fc.array(anyone, { minLength: 1, maxLength: 30 }),
        fc.constantFrom(...levels),
        fc.boolean(),
        fc.constantFrom(...media),
        (people, level, isPlan, medium) => {
          const made = runOf(people, problems, { mode: isPlan ? 'plan' : 'sync' })
          const markdown = summary(made, { text, level, medium })
          expect(isWithinLimit(markdown, medium)).toBe(true)
          expect(brokenTables(markdown)).toEqual([])
          expect(alive(markdown.replaceAll('\u200D', ''))).toEqual([])
          const { error = '', warnings } = annotations(made, text)
          for (const line of [error, ...warnings.map((warning) => warning.text)])
            expect(line).not.toMatch(/\n|::|##\[/)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('every hostile text in every place of a problem', () => {
    const text = textOf('en')
    for (const name of hostile) {
      const person = { userid: name, displayName: name, departments: [2] }
      const problems = [
        { code: 'match-several', key: 'phone', accounts: [name, name] },
        { code: 'match-foreign', account: name, externalId: name },
        { code: 'casdoor-refused', call: name, message: name },
        { code: 'casdoor-item-regex', item: name, field: 'title' },
        { code: 'field-loss', field: `properties.${name}`, before: 90, after: 1 },
        { code: 'bug', message: name },
      ] as const
      const remarks = problems.map((problem) => ({ kind: 'skipped', person, problem }) as const)
      const made = run(plan([], { remarks, findings: problems }), {
        target: { kind: 'casdoor', organization: name },
      })
      const markdown = summary(made, { text, level: 'full' })
      expect(brokenTables(markdown)).toEqual([])
      expect(alive(markdown.replaceAll('\u200D', ''))).toEqual([])
    }
  })
})

describe('personal data (specification 10.4)', () => {
  /** A text that nobody writes by chance. */
  const secret = fc.nat(999_999).map((number) => `§${number}§`)
  const marked = fc.tuple(secret, anyText).map(([mark, text]) => `${mark}${text}`)
  const markedOne: fc.Arbitrary<Someone> = fc.record({
    userid: marked,
    displayName: marked,
    name: marked,
    departments: fc.array(fc.constantFrom(1, 2, 3, 21), { maxLength: 3 }),
    values: fc.array(marked, { minLength: 4, maxLength: 4 }),
    kind: fc.nat(6),
  })

  test.each(languages)('at hidden nobody is in any word (%s)', (language) => {
    fc.assert(
      fc.property(fc.array(markedOne, { minLength: 1, maxLength: 25 }), fc.boolean(), (people, isPlan) => {
        const [{ userid, displayName, name } = { userid: '§', displayName: '§', name: '§' }] = people
        const problems = [
          { code: 'match-several', key: 'phone', accounts: [name, userid] },
          { code: 'match-taken', account: name, userid },
          { code: 'value-shared', field: 'email', holder: displayName },
          { code: 'casdoor-refused', call: 'add-user', message: displayName },
          { code: 'bug', message: displayName },
          {
            code: 'snapshot-invalid',
            file: 'a.yaml',
            line: 3,
            fault: { kind: 'duplicate-key', key: userid },
          },
        ] as const
        const made = runOf(people, problems, { mode: isPlan ? 'plan' : 'sync' })
        expect(everyWord(made, language, 'hidden')).not.toContain('§')
        expect(everyWord({ ...made, problems }, language, 'hidden')).not.toContain('§')
        expect(JSON.stringify(annotations({ ...made, problems }, textOf(language)))).not.toContain('§')
      }),
      { numRuns: 40 },
    )
  })

  const phone = fc
    .tuple(fc.constantFrom('13', '15', '18'), fc.stringMatching(/^\d{9}$/))
    .map((parts) => parts.join(''))
  const email = fc.stringMatching(/^[a-z][a-z0-9._]{1,8}[a-z0-9]@[a-z]{2,8}\.example\.com$/)

  test.each(languages)('at masked no phone and no e-mail is whole (%s)', (language) => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(phone, email, fc.nat(6), fc.nat(3)), { minLength: 1, maxLength: 25 }),
        (people) => {
          const someone = people.map(([number, address, kind, place]): Someone => {
            const everywhere = [number, address, `call ${number}`, `write to ${address}`]
            const [userid = ''] = everywhere.slice(place)
            return {
              userid: ` ${userid}`,
              displayName: `Li ${userid}`,
              name: address,
              departments: [2],
              values: [address, number, address, number],
              kind,
            }
          })
          const [[number, address] = ['', '']] = people
          const problems = [
            { code: 'match-several', key: 'phone', accounts: [number, address] },
            { code: 'casdoor-refused', call: 'add-user', message: `${number} and ${address} exist` },
          ] as const
          const words = readable(everyWord(runOf(someone, problems), language, 'masked'))
          for (const [one, other] of people) {
            expect(words).not.toContain(one)
            expect(words).not.toContain(other)
          }
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('size (specification 10.3, FS-32, FS-34)', () => {
  const numbersOf = (markdown: string): readonly number[] => {
    const lines = markdown.split('\n')
    const rule = lines.findIndex((line) => line.startsWith('| --: '))
    return (lines[rule + 1] ?? '')
      .split('|')
      .slice(1, -1)
      .map((cell) => Number(cell.trim().replaceAll(',', '')))
  }
  const countedTitles = ['Added', 'Updated', 'Forbidden', 'Restored', 'Deleted', 'Skipped']
  const titlesOf = (markdown: string): ReadonlyMap<string, number> =>
    new Map(
      Array.from(markdown.matchAll(/^### (.*) \(([\d,]+)\)$/gm), ([, title = '', count = '']) => [
        title,
        Number(count.replaceAll(',', '')),
      ]),
    )

  function companyOf(size: number): Run {
    const people = crowd(size, [2, 3, 4, 21, 31])
    const changes = people.map((person, index) =>
      changeOf({ ...person, values: ['旧', 'new', `a${index}@example.com`, '13800000001'], kind: index % 6 }),
    )
    const remarks = people
      .filter((_, index) => index % 3 === 0)
      .map(
        (person) =>
          ({ kind: 'skipped', person, problem: { code: 'name-taken', account: person.name } }) as const,
      )
    return run(plan(changes, { remarks, owned: size * 10 }), {
      policy: aPolicy({ removalLimit: [{ kind: 'percent', value: 100 }] }),
    })
  }

  test.each([0, 1, 20, 21, 999, 12_000, 1_000_000])(
    '%d people: the numbers are the plan’s, and it fits',
    { timeout: 180_000 },
    (size) => {
      const made = companyOf(size)
      const numbers = counts(made)
      for (const medium of size > 20_000 ? media.slice(0, 2) : media) {
        for (const level of size > 20_000 ? levels.slice(1, 2) : levels.slice(1)) {
          const markdown = summary(made, { text: textOf('en'), level, medium })
          expect(isWithinLimit(markdown, medium)).toBe(true)
          expect(brokenTables(markdown)).toEqual([])
          const names = countNames.filter((name) => name !== 'groups')
          expect(numbersOf(markdown)).toEqual(names.map((name) => numbers[name]))
          const titles = titlesOf(markdown)
          const told = countedTitles.map((title) => titles.get(title) ?? 0)
          const { added, updated, forbidden, restored, deleted, skipped } = numbers
          expect(told).toEqual([added, updated, forbidden, restored, deleted, skipped])
        }
      }
    },
  )

  test.each<[Medium, number]>([
    ['summary', 12_000],
    ['pull-request', 600],
    ['comment', 600],
  ])('what is left out of a %s is told, row by row', (medium, size) => {
    const made = companyOf(size)
    const markdown = summary(made, { text: textOf('en'), level: 'masked', medium })
    const leftOut = /(\d[\d,]*) rows are left out/.exec(markdown)?.[1]?.replaceAll(',', '')
    const told = Array.from(markdown.matchAll(/… and ([\d,]+) more/g), ([, count = '']) =>
      Number(count.replaceAll(',', '')),
    )
    expect(Number(leftOut)).toBe(told.reduce((sum, count) => sum + count, 0))
    const rows = markdown.split('\n').filter((line) => /^ *\| .*`m?user\d+`/.test(line)).length
    expect(rows + Number(leftOut)).toBe((size * 4) / 3)
  })

  test.each(media)('huge values of every kind still fit into a %s', (medium) => {
    const huge = '<&>'.repeat(50_000)
    const people = crowd(1200, [2]).map((person): Someone => ({
      ...person,
      displayName: huge,
      values: [huge, huge, huge, huge],
      kind: 3,
    }))
    const markdown = summary(runOf(people, [{ code: 'bug', message: huge }]), {
      text: textOf('zh'),
      level: 'full',
      medium,
    })
    expect(isWithinLimit(markdown, medium)).toBe(true)
    expect(markdown).toContain('1,200')
  })

  test('a run that stopped for very many reasons says how many', () => {
    const problems = Array.from(
      { length: 5000 },
      (_, index) => ({ code: 'casdoor-gone', name: `n${index}` }) as const,
    )
    const markdown = summary(aRun({ problems }), { text: textOf('en'), level: 'masked' })
    expect(markdown).toContain('and 4,970 more')
  })
})

test('the same run gives the same summary, byte for byte', () => {
  const [one, two] = [1, 2].map(() =>
    summary(
      runOf(
        crowd(50, [2, 3]).map((person, kind) => ({
          ...person,
          values: ['a', 'b', 'c', 'd'],
          kind: kind % 6,
        })),
      ),
      { text: textOf('zh'), level: 'masked' },
    ),
  )
  expect(one).toBe(two)
})
