import { expect, test } from 'vitest'
import { completed } from '../../../../src/plan/departments/complete.ts'

const known = [
  { id: 1, name: '青石科技' },
  { id: 2, name: '研发中心', parent: 1 },
]

test('S6: a name and a place that are not sent are those the target holds', () => {
  expect(
    completed(
      [
        { id: 1, name: '', isUnplaced: true },
        { id: 2, name: '', isUnplaced: true },
        { id: 3, name: '', isUnplaced: true },
      ],
      known,
    ),
  ).toEqual([...known, { id: 3, name: '' }])
})

test('S6: what is sent counts, the top too', () => {
  expect(completed([{ id: 2, name: '平台组' }], known)).toEqual([{ id: 2, name: '平台组' }])
  expect(completed([{ id: 2, name: '', parent: 9 }], known)).toEqual([{ id: 2, name: '研发中心', parent: 9 }])
})
