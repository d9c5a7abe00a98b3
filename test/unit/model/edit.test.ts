import { describe, expect, test } from 'vitest'
import { listEdits, noEdits, turnover } from '../../../src/model/edit.ts'
import { edits } from '../../make.ts'

describe('the edits of a change', () => {
  test('in the order of the report, each with its name', () => {
    const all = edits({
      title: ['', '顾问'],
      externalId: ['', 'wecom:ww:a'],
      wecom: ['', 'a'],
      status: [undefined, 'active'],
      groups: [['acme/vpn'], []],
      departments: [[2], [2, 21]],
    })
    expect(listEdits(all)).toStrictEqual([
      { field: 'title', before: '', after: '顾问' },
      { field: 'departments', before: [2], after: [2, 21] },
      { field: 'groups', before: ['acme/vpn'], after: [] },
      { field: 'status', after: 'active' },
      { field: 'wecom', before: '', after: 'a' },
      { field: 'externalId', before: '', after: 'wecom:ww:a' },
    ])
    expect(listEdits(noEdits)).toEqual([])
  })
})

describe('what a list loses and gets', () => {
  test.each([
    ['nothing', [1, 2], [2, 1], [], []],
    ['both', [3, 1, 2], [2, 5, 4], [3, 1], [5, 4]],
    ['all', [1], [], [1], []],
  ])('%s', (_, before, after, left, entered) => {
    expect(turnover({ before, after })).toEqual({ left, entered })
  })
})
