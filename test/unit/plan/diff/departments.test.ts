import { describe, expect, test } from 'vitest'
import { aDirectory, aHandMadeAccount, anAccount, aUser } from '../../../make.ts'
import { planOf } from './comparison.ts'

describe('the departments of a target that keeps them (spec 7)', () => {
  const departments = [
    { id: 1, name: '青石科技' },
    { id: 2, name: '研发部', parent: 1 },
    { id: 9, name: '旧部门', parent: 1 },
    { id: 8, name: '更旧', parent: 1 },
  ]

  test('added, renamed, moved and gone, but for those a leaver still names', () => {
    const leaver = anAccount({ userid: 'gone', departments: [9] })
    const { departments: _, ...handMade } = aHandMadeAccount({ name: 'x' })
    const plan = planOf([aUser()], [anAccount(), leaver, handMade], { current: { departments } })
    expect(plan.departmentChanges).toStrictEqual([
      {
        kind: 'renamed',
        id: 2,
        before: departments[1],
        after: { id: 2, name: '研发中心', parent: 1 },
        people: 1,
      },
      { kind: 'added', id: 3, after: { id: 3, name: '市场部', parent: 1 }, people: 0 },
      { kind: 'removed', id: 8, before: departments[3], people: 0 },
    ])
    expect(plan.departments.map(({ id, name }) => `${id} ${name}`)).toEqual([
      '1 青石科技',
      '2 研发中心',
      '3 市场部',
      '8 更旧',
      '9 旧部门',
    ])
  })

  test('a department whose parent changes has moved', () => {
    const moved = [...aDirectory().departments.slice(0, 2), { id: 3, name: '市场部', parent: 2 }]
    const plan = planOf([], [], { current: { departments: moved } })
    expect(plan.departmentChanges).toMatchObject([
      { id: 3, kind: 'moved', hasMoved: true, before: { parent: 2 }, after: { parent: 1 } },
    ])
  })

  test('its people are those who were in it and below it, each once, without leavers; of a new one, who will be', () => {
    const before = [
      { id: 1, name: '旧名' },
      { id: 8, name: '更旧', parent: 1 },
      { id: 81, name: '更旧一组', parent: 8 },
    ]
    const plan = planOf(
      [aUser({ userid: 'a', departments: [2, 3] }), aUser({ userid: 'b' }), aUser({ userid: 'c' })],
      [
        anAccount({ userid: 'a', departments: [8, 81] }),
        anAccount({ userid: 'b', departments: [81] }),
        anAccount({ userid: 'd', departments: [1], status: 'left', forbidden: true }),
      ],
      { current: { departments: before } },
    )
    expect(plan.departmentChanges.map(({ id, people }) => [id, people])).toEqual([
      [1, 2],
      [2, 3],
      [3, 1],
      [8, 2],
      [81, 2],
    ])
  })
})
