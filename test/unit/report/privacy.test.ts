import { describe, expect, test } from 'vitest'
import type { Problem } from '../../../src/model/problem.ts'
import { isName, isPersonal, mapParameters } from '../../../src/report/parameters.ts'
import {
  covered,
  maskEmail,
  maskPhone,
  maskText,
  shown,
  shownChange,
  shownName,
  shownProblem,
} from '../../../src/report/privacy.ts'
import { examples } from '../text/examples.ts'

test.each([
  ['', ''],
  ['13800000001', '138••••0001'],
  ['81234567', '81••••67'],
  ['12345', '••••'],
])('the phone %j is shown as %j', (phone, expected) => {
  expect(maskPhone(phone)).toBe(expected)
})

test.each([
  ['', ''],
  ['chen.ming@example.com', 'c•••@example.com'],
  ['陈@example.com', '陈•••@example.com'],
  ['no-address', '•••'],
  ['@example.com', '•••'],
])('the e-mail %j is shown as %j', (email, expected) => {
  expect(maskEmail(email)).toBe(expected)
})

test.each([
  ['张三 13800000001', '张三 138••••0001'],
  ['138 0000 0001', '138••••0001'],
  ['+65 8123 4567', '+65••••4567'],
  ['010-12345678', '010••••5678'],
  ['call chen.ming@example.com now', 'call c•••@example.com now'],
  ['工号 10023456', '工号 10023456'],
  ['2024-01-31', '2024-01-31'],
  ['913800000001', '913800000001'],
])('in any text, %j is shown as %j', (text, expected) => {
  expect(maskText(text)).toBe(expected)
})

test.each([
  ['81234567', '81••••67'],
  ['8123 4567', '81••••67'],
  ['tel 010-5550-0001', 'tel 010••••0001'],
  ['(021) 5550-0001', '(021••••0001'],
  ['+852 5123 4567', '+85••••4567'],
  ['913800000001', '913••••0001'],
  ['１３８００１３８０００', '１３８••••８０００'],
  ['ming@intranet', 'm•••@intranet'],
  ['陈明 (chen.ming@example.com)', '陈明 (•••@example.com)'],
  ['A000123', 'A000123'],
  ['工号 100234', '工号 100234'],
  ['2 号楼 3 层', '2 号楼 3 层'],
])('a value that a mapping may have made of a phone or an e-mail: %j is shown as %j', (value, expected) => {
  for (const field of ['tag', 'title', 'bio', 'properties.contact'] as const) {
    expect(shownChange({ field, before: '', after: value }, 'masked').after).toBe(expected)
  }
})

test('ids are no phones, however long they are', () => {
  const ids = ['10023456', '1002345678'] as const
  for (const field of ['departments', 'wecom', 'externalId'] as const) {
    const change = { field, before: ids[0], after: ids[1] }
    expect(shownChange(change, 'masked')).toEqual(change)
  }
})

test.each([
  ['陈明', '陈明'],
  ['陈明 8123 4567', '陈明 81••••67'],
  ['10023456', '10023456'],
])('the name %j is shown as %j', (displayName, expected) => {
  const person = { userid: '10023456', displayName }
  expect(shownName(person, 'masked')).toBe(expected)
  expect(shownName(person, 'full')).toBe(displayName)
})

test('a text as each level shows it', () => {
  expect([shown('13800000001', 'full'), shown('13800000001', 'masked'), shown('x', 'hidden')]).toEqual([
    '13800000001',
    '138••••0001',
    covered,
  ])
})

describe('a change of a field', () => {
  test('masks a phone and an e-mail of any form', () => {
    expect(shownChange({ field: 'phone', before: '81234567', after: '' }, 'masked')).toEqual({
      field: 'phone',
      before: '81••••67',
      after: '',
    })
    expect(shownChange({ field: 'email', before: 'x', after: 'a@b' }, 'masked')).toEqual({
      field: 'email',
      before: '•••',
      after: 'a•••@b',
    })
    expect(shownChange({ field: 'tag', before: '', after: '13800000001' }, 'masked').after).toBe(
      '138••••0001',
    )
  })

  test('shows everything at full, nothing at hidden', () => {
    const change = { field: 'phone', before: '13800000001', after: '' } as const
    expect(shownChange(change, 'full')).toEqual(change)
    expect(shownChange(change, 'hidden')).toEqual({ field: 'phone', before: covered, after: covered })
  })
})

/** The problem with a mark in every text, and the names of those texts. */
function marked(problem: Problem): { readonly problem: Problem; readonly parameters: readonly string[] } {
  const parameters: string[] = []
  const changed = mapParameters(problem, (_, parameter) => {
    parameters.push(parameter)
    return `§${parameter}§`
  })
  return { problem: changed, parameters }
}

describe('a problem', () => {
  test.each(examples)('%j: at hidden no personal text is left', (example) => {
    const { problem, parameters } = marked(example)
    const left = JSON.stringify(shownProblem(problem, 'hidden'))
    for (const parameter of parameters) {
      expect(left.includes(`§${parameter}§`)).toBe(!isPersonal(parameter))
    }
  })

  test.each(examples)('%j: at full it is as it was', (example) => {
    expect(shownProblem(example, 'full')).toBe(example)
  })

  test.each(examples)(
    '%j: at masked it has the same words where nothing is a phone or an e-mail',
    (example) => {
      expect(shownProblem(example, 'masked')).toEqual(example)
    },
  )

  test.each(examples)('%j: words of ours stay what they are', (example) => {
    const { problem } = marked(example)
    expect(problem.code).toBe(example.code)
    const ours = (from: Problem) =>
      'service' in from ? from.service : 'accounts' in from ? from.key : undefined
    expect(ours(problem)).toBe(ours(example))
  })

  test('at masked a server’s own words lose every long number', () => {
    const problem = {
      code: 'casdoor-refused',
      call: 'add-user',
      message: 'The value "1082319988" of li@example.com',
    } as const
    expect(shownProblem(problem, 'masked')).toEqual({
      ...problem,
      message: 'The value "10••••88" of l•••@example.com',
    })
  })

  test('at hidden a place in a snapshot keeps only its word of the format', () => {
    const at = (key: string): Problem => ({
      code: 'snapshot-invalid',
      file: 'a.yaml',
      line: 3,
      fault: { kind: 'duplicate-key', key },
    })
    expect(shownProblem(at('users.zhao_q.phone'), 'hidden')).toEqual(at('phone'))
    expect(shownProblem(at('users.zhao_q'), 'hidden')).toEqual(at(covered))
    expect(shownProblem(at(''), 'hidden')).toEqual(at(covered))
  })

  test('a property that a mapping fills is a text from outside', () => {
    const problem: Problem = { code: 'field-loss', field: 'properties.a|b', before: 90, after: 0 }
    expect(mapParameters(problem, (value) => value.toUpperCase())).toEqual({
      ...problem,
      field: 'PROPERTIES.A|B',
    })
    expect(mapParameters({ ...problem, field: 'phone' }, () => 'x')).toEqual({ ...problem, field: 'phone' })
    expect([isName('changes'), isName('field'), isPersonal('field')]).toEqual([false, true, false])
  })
})
