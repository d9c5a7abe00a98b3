import { expect, test } from 'vitest'
import { treeOf } from '../../../src/report/departments.ts'

const nameless = (id: number): string => `#${id}`

test('a name that is the only one of its kind stands alone, else its parents go before', () => {
  const tree = treeOf(
    [
      { id: 1, name: '青石科技' },
      { id: 2, name: '研发中心', parent: 1 },
      { id: 3, name: '市场部', parent: 1 },
      { id: 21, name: '平台组', parent: 2 },
      { id: 31, name: '平台组', parent: 3 },
    ],
    nameless,
  )
  expect([1, 2, 21, 31].map(tree.name)).toEqual([
    '青石科技',
    '研发中心',
    '研发中心 / 平台组',
    '市场部 / 平台组',
  ])
  expect(tree.path(21)).toEqual([1, 2, 21])
})

test('as many parents as it takes, and no more', () => {
  const tree = treeOf(
    [
      { id: 1, name: 'A' },
      { id: 2, name: 'B', parent: 1 },
      { id: 3, name: 'C', parent: 1 },
      { id: 4, name: 'X', parent: 2 },
      { id: 5, name: 'X', parent: 3 },
      { id: 6, name: 'Y', parent: 4 },
      { id: 7, name: 'Y', parent: 5 },
      { id: 8, name: 'Y', parent: 1 },
    ],
    nameless,
  )
  expect([6, 7, 8].map(tree.name)).toEqual(['B / X / Y', 'C / X / Y', 'A / Y'])
})

test('twins that nothing tells apart carry their id', () => {
  const tree = treeOf(
    [
      { id: 7, name: 'Y' },
      { id: 8, name: 'Y' },
    ],
    nameless,
  )
  expect([7, 8].map(tree.name)).toEqual(['Y (7)', 'Y (8)'])
})

test('no name, an unknown id, a parent out of sight, a circle', () => {
  const tree = treeOf(
    [
      { id: 5, name: ' ' },
      { id: 6, name: 'Six', parent: 99 },
      { id: 7, name: 'Seven', parent: 8 },
      { id: 8, name: 'Eight', parent: 7 },
    ],
    nameless,
  )
  expect([5, 6, 42].map(tree.name)).toEqual(['#5', 'Six', '#42'])
  expect(tree.path(6)).toEqual([6])
  expect(tree.path(7)).toEqual([8, 7])
  expect(tree.path(42)).toEqual([])
})

test('thousands of one name are named in a moment', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => ({
    id: index + 2,
    name: '销售部',
    parent: index < 100 ? 1 : 2 + Math.floor(index / 100),
  }))
  const tree = treeOf([{ id: 1, name: 'A' }, ...many], nameless)
  expect(new Set(many.map(({ id }) => tree.name(id))).size).toBe(10_000)
})
