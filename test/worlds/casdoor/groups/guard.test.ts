import { describe, expect, test } from 'vitest'
import type { Department } from '../../../../src/model/department.ts'
import { counts, outcomeOf } from '../../../../src/report/counts.ts'
import { aPolicy } from '../../../make.ts'
import { account, start } from '../start.ts'
import { aCompany, group, settle, tree, top, research, sales, platform, all, people } from './company.ts'

describe('spec 8: what must not be taken away', () => {
  const doubts = [{ code: 'wecom-departments-missing', ids: [3] }] as const
  const shown = [top, research, platform]

  test.each(['forbid', 'keep', 'delete'] as const)(
    'an incomplete fetch touches no group, and puts nobody out of one (`leavers: %s`)',
    async (leavers) => {
      const casdoor = await start()
      await settle(casdoor, aCompany(all, people))
      const before = tree(casdoor)
      const result = await group(casdoor, aCompany(shown, { ...people, b: [2] }, { doubts }), { leavers })
      expect(tree(casdoor)).toEqual(before)
      expect(outcomeOf('sync', result)).toBe('held')
      expect(result.decision).toMatchObject({
        held: [],
        groups: { allowed: [], held: leavers === 'keep' ? [] : [{ id: 3 }], memberships: 1 },
      })
      expect(result.decision.reasons[0]).toMatchObject({ code: 'fetch-doubtful' })
    },
  )

  test('FS-16: where a narrowed range takes people along, their groups stay until somebody approves', async () => {
    const casdoor = await start()
    const many = { ...people, e: [2], f: [2], g: [2], h: [2], i: [3], j: [21] }
    await settle(casdoor, aCompany(all, many))
    const before = tree(casdoor)
    const narrow = aCompany([top, research, platform], {
      ...people,
      b: [2],
      e: [2],
      f: [2],
      g: [2],
      h: [2],
      j: [21],
    })
    const result = await group(casdoor, narrow)
    expect(tree(casdoor)).toEqual(before)
    expect(result.decision.reasons.map(({ code }) => code)).toEqual(['range-change', 'groups-wait'])
    expect(result.decision.groups).toMatchObject({ held: [{ id: 3 }], memberships: 1 })
    await settle(casdoor, narrow, { approve: result.decision.digest ?? '' })
    expect(tree(casdoor)).toContain('acme-wecom-3 市场部 < acme-wecom-1 off: i')
    expect(account(casdoor, 'b').groups).toEqual(['acme/acme-wecom-2'])
  })

  test.each([
    ['are still in the company', { everyone: new Set(['a', 'b', 'c', 'd', 'e']) }],
    ['cannot be read though the range names them', { unread: new Set(['e']) }],
  ])('people who %s: their departments have not vanished', async (_, told) => {
    const casdoor = await start()
    await settle(casdoor, aCompany([...all, { id: 211, name: '二级', parent: 21 }], { ...people, e: [211] }))
    const before = tree(casdoor)
    const { plan } = await settle(
      casdoor,
      aCompany([top, research, sales], { a: [2], b: [2, 3], c: [2], d: [1] }, told),
    )
    expect(plan.findings).toContainEqual({
      code: 'groups-kept',
      why: 'hidden',
      groups: ['acme-wecom-21', 'acme-wecom-211'],
    })
    expect(tree(casdoor).filter((line) => line.includes(' off'))).toEqual([])
    expect(tree(casdoor)).toHaveLength(before.length)
  })

  const departments = [
    top,
    ...Array.from({ length: 30 }, (_, index) => ({ id: index + 2, name: `${index}`, parent: 1 })),
  ]
  const staff = Object.fromEntries(departments.map(({ id }) => [`p${id}`, [1, id]]))

  test('FS-42: more groups than the limit stay, and an approval lets just them go', async () => {
    const casdoor = await start()
    await settle(casdoor, aCompany(departments, staff))
    const before = tree(casdoor)
    const kept = departments.slice(0, 20)
    const fewerOf = (ids: readonly Department[]) =>
      aCompany(
        ids,
        Object.fromEntries(
          Object.entries(staff).map(([who, of]) => [
            who,
            of.filter((id) => ids.some((each) => each.id === id)),
          ]),
        ),
      )
    const limits = { removalLimit: [{ kind: 'percent', value: 30 }] } as const
    const result = await group(casdoor, fewerOf(kept), limits)
    expect(tree(casdoor)).toEqual(before)
    expect(result.decision).toMatchObject({
      held: [],
      groups: { allowed: [] },
      reasons: [{ code: 'groups-over-limit', groups: 11, limit: 9 }],
    })
    expect(result.decision.groups?.held).toHaveLength(11)
    expect(counts(result).groups).toBe(0)
    const approve = result.decision.digest ?? ''
    const other = await group(casdoor, fewerOf(departments.slice(0, 19)), { ...limits, approve })
    expect(other.decision.remarks).toMatchObject([{ code: 'approval-other', by: 'approve' }])
    await settle(casdoor, fewerOf(kept), { ...limits, approve })
    expect(tree(casdoor).filter((line) => line.includes(' off'))).toHaveLength(11)
  })

  test('FS-42: more lost places in groups than the limit are all kept; who comes in is let in', async () => {
    const casdoor = await start()
    await settle(casdoor, aCompany(departments, staff))
    const fewer = Object.fromEntries(Object.keys(staff).map((who) => [who, who === 'p3' ? [1, 4] : [1]]))
    const { removalLimit } = aPolicy()
    const result = await group(casdoor, aCompany(departments, fewer), { removalLimit })
    expect(result.decision).toMatchObject({
      groups: { held: [], memberships: 29 },
      reasons: [{ code: 'memberships-over-limit', memberships: 29, limit: 3 }],
    })
    expect(account(casdoor, 'p3').groups).toEqual(['acme/acme-wecom-1', 'acme/acme-wecom-4'])
    expect(account(casdoor, 'p5').groups).toEqual(['acme/acme-wecom-1', 'acme/acme-wecom-5'])
    await settle(casdoor, aCompany(departments, fewer), {
      removalLimit,
      approve: result.decision.digest ?? '',
    })
    expect(account(casdoor, 'p5').groups).toEqual(['acme/acme-wecom-1'])
  })
})
