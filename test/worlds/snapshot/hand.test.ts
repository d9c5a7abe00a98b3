import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDocument } from 'yaml'
import { parseSnapshot } from '../../../src/snapshot/parse.ts'
import { problemsIn, sample } from './people.ts'

const read = (text: string): unknown => parseSnapshot(text, 'people.yaml')

const byHand = `%
# 手工修改
---
users:
    # 一人一段
    zhao_q:
        status: left
        departments:
            - 3
        displayName: 赵琪 # 已离职
        isForbidden: true

    'ChenMing':
        { displayName: 陈明, email: chen.ming@example.com, isForbidden: false,
          phone: '13800138000', countryCode: CN,
          departments: [ 21, 2, 2 ] }
    0755:
        displayName: "no\\
          body"
        bio: >-
            one
            # two

            three
        properties: { 工号: '0012', other: "" }
        isForbidden: false
        departments: []
departments:
    2: { parent: 1, name: 研发中心 }
    1:
        name: no
corpId: ww0123456789abcdef
syncer: wecom
version: 1
`.slice(2)

describe('a file edited by hand is read', () => {
  const snapshot = {
    syncer: 'wecom',
    corpId: 'ww0123456789abcdef',
    departments: [
      { id: 2, name: '研发中心', parent: 1 },
      { id: 1, name: 'no' },
    ],
    users: [
      {
        userid: 'zhao_q',
        fields: { displayName: '赵琪' },
        forbidden: true,
        status: 'left',
        departments: [3],
      },
      {
        userid: 'ChenMing',
        fields: {
          displayName: '陈明',
          email: 'chen.ming@example.com',
          phone: '13800138000',
          countryCode: 'CN',
        },
        forbidden: false,
        status: 'active',
        departments: [2, 21],
      },
      {
        userid: '0755',
        fields: { displayName: 'nobody', bio: 'one # two\nthree', 'properties.工号': '0012' },
        forbidden: false,
        status: 'active',
        departments: [],
      },
    ],
  }

  test('in any layout', () => {
    expect(read(byHand)).toEqual(snapshot)
  })

  test('with the line ends of Windows', () => {
    expect(read(byHand.replaceAll('\n', '\r\n'))).toEqual(snapshot)
    expect(read(sample.replaceAll('\n', '\r\n'))).toEqual(read(sample))
  })

  test('with all people on one line', () => {
    const text = 'users: { a: { isForbidden: true, departments: [1] } }'
    expect(read(sample.replace(/users:[^]*/, text))).toMatchObject({
      users: [{ userid: 'a', forbidden: true, departments: [1] }],
    })
  })

  test('when one person alone was edited', () => {
    expect(
      read(sample.replace('"赵琪"', '赵琪').replace('    status: "left"\n', '\n    # back\n')),
    ).toMatchObject({
      users: [
        { userid: 'ChenMing' },
        { userid: 'zhao_q', fields: { displayName: '赵琪' }, status: 'active' },
      ],
    })
  })

  test('with line breaks and tabs inside quotes', () => {
    expect(read(sample.replace('"赵琪"', '"赵\t琪\n\n      2"'))).toMatchObject({
      users: [{}, { fields: { displayName: '赵\t琪\n2' } }],
    })
  })

  test('an empty value being one that is not known', () => {
    expect(read(sample.replace('"研发总监"', '""'))).toMatchObject({ users: [{ userid: 'ChenMing' }, {}] })
    expect(read(sample.replace('"研发总监"', '""'))).not.toHaveProperty('users.0.fields.title')
  })
})

describe('a file with any slip of the hand', () => {
  const signs = ' \n\t\r\u2028\ufeff"\':#{}[],!|>%\\~'.split('')
  const words = ['  ', '\n  ', '\n    ', ': ', ' #', '- ', '&a ', '*a', '? ', '---\n', '...\n', '\n# x\n']
  const slip = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    from: fc.double({ min: 0, max: 1, noNaN: true }),
    taken: fc.constantFrom(0, 0, 1, 3),
    bit: fc.constantFrom('', 'line', ...signs, ...words),
  })
  const slipped = fc
    .tuple(fc.constantFrom(sample, byHand), fc.array(slip, { minLength: 1, maxLength: 2 }))
    .map(([start, slips]) =>
      slips.reduce((text, { at, from, taken, bit }) => {
        const lines = text.split('\n')
        const copied = `\n${lines[Math.floor(from * lines.length)] ?? ''}\n`
        const place = Math.floor(at * text.length)
        return text.slice(0, place) + (bit === 'line' ? copied : bit) + text.slice(place + taken)
      }, start),
    )

  test('is either refused with its line, or YAML as a whole that says the same', () => {
    fc.assert(
      fc.property(slipped, (text) => {
        const problems = problemsIn(text)
        expect(problems.every(({ code }) => code === 'snapshot-invalid')).toBe(true)
        if (problems.length > 0) return
        const { corpId, users } = parseSnapshot(text, 'people.yaml')
        const document = parseDocument(text, { uniqueKeys: false })
        expect(document.errors).toEqual([])
        const whole = document.toJS({ mapAsMap: true }) as Map<string, Map<string, Map<string, unknown>>>
        expect(whole.get('corpId')).toBe(corpId)
        expect(
          [...(whole.get('users')?.values() ?? [])].map((user) => [
            user.get('displayName') ?? '',
            user.get('bio') ?? '',
            user.get('isForbidden'),
            user.get('status') ?? 'active',
          ]),
        ).toEqual(
          users.map(({ fields, forbidden, status }) => [
            fields.displayName ?? '',
            fields.bio ?? '',
            forbidden,
            status,
          ]),
        )
      }),
      { numRuns: 2_000 },
    )
  })
})
