import { describe, expect, test } from 'vitest'
import { parseSnapshot } from '../../../src/snapshot/parse.ts'
import { printSnapshot } from '../../../src/snapshot/print.ts'
import { problemsIn, sample } from './people.ts'

describe('S3: half a surrogate pair in a snapshot', () => {
  // Quoted by hand, the strict reader of YAML takes it; as it is printed, the fast one does.
  test.each([
    ['as it is printed', 'displayName: "陈明\\ud83d"'],
    ['by hand', 'displayName:   "陈明\\uD83D" # half'],
  ])('%s is made whole, and then settles', (_, line) => {
    const text = sample.replace(/displayName: .*/, line)
    expect(text).not.toBe(sample)
    const snapshot = parseSnapshot(text, 'people.yaml')
    expect(snapshot.users.map(({ fields }) => fields.displayName)).toContain('陈明\ufffd')
    const printed = printSnapshot(snapshot)
    expect(printed.isWellFormed() && !/\\ud/i.test(printed)).toBe(true)
    expect(parseSnapshot(printed, 'people.yaml')).toEqual(snapshot)
  })

  test('in a department’s name and a property too', () => {
    const text = sample
      .replace('name: "青石科技"', 'name: "青石\\udc00"')
      .replace(/title: .*/, 'title: ""\n    properties: { "楼\\ud83d": "3\\ud83d" }')
    const { departments, users } = parseSnapshot(text, 'people.yaml')
    expect(departments[0]?.name).toBe('青石\ufffd')
    expect(JSON.stringify(users)).toContain('"properties.楼\ufffd":"3\ufffd"')
  })

  test('in a userid it would make one of two people: an error', () => {
    expect(problemsIn(sample.replace('"zhao_q":', '"zhao\\ud83d":'))).toMatchObject([
      { code: 'snapshot-invalid', fault: { kind: 'type', expected: 'userid' } },
    ])
  })
})
