import { describe, expect, test } from 'vitest'
import { departmentEvent } from '../../../../src/plan/departments/changes.ts'
import { wantedDepartments } from '../../../../src/model/plan.ts'
import { isLoss } from '../../../../src/model/groups.ts'
import type { DepartmentState } from '../../../../src/model/department.ts'

const here = { id: 4, name: '销售部', parent: 1 } as const
const renamed = { ...here, name: '市场部' }
const there = { ...here, parent: 2 }
const off = { ...here, disabled: true } as const
const altered = { ...here, altered: true } as const

type Case = readonly [string, DepartmentState | undefined, DepartmentState | undefined, object]

describe('what happens to a department is said by the first kind that fits', () => {
  test.each<Case>([
    ['new', undefined, here, { kind: 'added' }],
    ['gone', here, undefined, { kind: 'removed' }],
    ['gone, its group off already', off, undefined, { kind: 'removed' }],
    ['gone, its group kept', here, off, { kind: 'disabled' }],
    ['gone, its group changed by hand', altered, { ...altered, disabled: true }, { kind: 'disabled' }],
    ['under another name', here, renamed, { kind: 'renamed' }],
    ['under another name elsewhere', here, { ...renamed, parent: 2 }, { kind: 'renamed', hasMoved: true }],
    ['back under another name', off, renamed, { kind: 'renamed', isBack: true }],
    ['elsewhere', here, there, { kind: 'moved', hasMoved: true }],
    ['at the top', here, { id: 4, name: '销售部' }, { kind: 'moved', hasMoved: true }],
    ['back elsewhere', off, there, { kind: 'moved', hasMoved: true, isBack: true }],
    ['back', off, here, { kind: 'enabled', isBack: true }],
    [
      'back, its group changed by hand',
      { ...altered, disabled: true },
      there,
      { kind: 'enabled', isBack: true },
    ],
    ['as before, its group changed by hand', altered, here, { kind: 'repaired' }],
    ['elsewhere, its group moved by hand: nobody knows', altered, there, { kind: 'repaired' }],
  ])('%s', (_, before, after, event) => {
    const states = { ...(before && { before }), ...(after && { after }) }
    expect(departmentEvent(before, after)).toStrictEqual({ ...event, ...states })
  })

  test('the same is no event', () => {
    expect(departmentEvent(here, { ...here })).toBeUndefined()
    expect(departmentEvent(off, { ...off })).toBeUndefined()
    expect(departmentEvent(undefined, undefined)).toBeUndefined()
  })

  test('whose group is switched off or deleted is a loss', () => {
    const kinds = ['added', 'removed', 'disabled', 'renamed', 'moved', 'enabled', 'repaired'] as const
    expect(kinds.filter((kind) => isLoss({ kind }))).toEqual(['removed', 'disabled'])
  })
})

test('a plan wants the departments that the source shows', () => {
  const departments = [here, { id: 9, name: '旧部门' }]
  expect(wantedDepartments({ departments, visibleDepartments: [4] })).toEqual([here])
})
