import { rememberedStatuses } from '../../../src/model/people.ts'
import { listEdits } from '../../../src/model/edit.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Change, Plan } from '../../../src/model/plan.ts'
import type { Department, DepartmentChange } from '../../../src/model/department.ts'
import { storyOf } from '../../../src/story/story.ts'
import type { Line, Story } from '../../../src/story/line.ts'
import {
  aDecision,
  aForbid,
  anAdd,
  anUpdate,
  aPlan,
  anApplied,
  aRestore,
  aResult,
  aDepartmentChange,
  edits,
  type Values,
} from '../../make.ts'
import { changes as reorganization, reorganized } from './reorganization.ts'

const departments: readonly Department[] = [
  { id: 1, name: '青石科技' },
  { id: 2, name: '研发部', parent: 1 },
  { id: 3, name: '市场部', parent: 1 },
  { id: 4, name: '销售部', parent: 1 },
]

function planOf(overrides: Partial<Plan> = {}): Plan {
  const visibleDepartments = departments.map(({ id }) => id)
  return aPlan({ departments, visibleDepartments, unchanged: 1000, ...overrides })
}

/** So many people to whom the same happens, but for what depends on who they are. */
function several(count: number, of: Values | ((index: number) => Values), overrides: object = {}): Change[] {
  return Array.from({ length: count }, (_, index) => {
    const userid = `u${index}`
    const values = typeof of === 'function' ? of(index) : of
    return anUpdate({ userid, name: userid, departments: [4], ...edits(values), ...overrides })
  })
}

function tell(plan: Plan, allowed: readonly Change[]): Story {
  return storyOf(aResult({ plan, decision: aDecision({ allowed }) }))
}

/** A line in short: what it is about and how many rows it explains. */
function short(line: Line): string {
  const rows = line.rows.length
  switch (line.kind) {
    case 'department':
      return `department ${line.change.id}: ${rows}`
    case 'move':
      return `${line.move.from.join()} → ${line.move.to.join()}: ${rows}`
    case 'joiners':
      return `joined ${line.departments.join()}: ${rows}`
    case 'wide':
      return `${line.wide.field} ${line.wide.way} of ${line.wide.compared}: ${rows}`
    case 'same':
      return `${line.edit.field} ${line.edit.before.toString()} → ${line.edit.after.toString()}: ${rows}`
  }
}

function told(changes: readonly Change[], overrides: Partial<Plan> = {}): readonly string[] {
  return tell(planOf({ changes, ...overrides }), changes).lines.map(short)
}

function left(changes: readonly Change[], overrides: Partial<Plan> = {}): readonly (readonly string[])[] {
  const { rest } = tell(planOf({ changes, ...overrides }), changes)
  return rest.map((change) => [change.userid, ...listEdits(change).map(({ field }) => field)])
}

test('the day of a reorganization has six lines, and the two who moved on their own stay visible', () => {
  const { lines, rest } = tell(reorganized, reorganization)
  expect(lines.map(short)).toEqual([
    'department 2: 0',
    'department 3: 11',
    'department 5: 0',
    'department 21: 14',
    'joined 4: 6',
    'tag filled of 87: 48',
  ])
  expect(rest.map(({ userid }) => userid)).toEqual(['qian.li', 'tang.bo'])
})

describe('departments', () => {
  const renamed = aDepartmentChange({
    id: 4,
    before: { id: 4, name: '旧(1)$&' },
    after: { id: 4, name: '新$&' },
    people: 800,
  })

  test('a new name explains every value that holds it, and nothing else', () => {
    const changes = [
      ...several(2, { affiliation: ['旧(1)$&', '新$&'], location: ['三楼 旧(1)$&', '三楼 新$&'] }),
      ...several(1, { affiliation: ['旧(1)$&', '新'] }, { userid: 'x', name: 'x' }),
      ...several(1, { affiliation: ['旧(1)$&', '新$&'] }, { userid: 'y', name: 'y', departments: [2] }),
    ]
    expect(told(changes, { departmentChanges: [renamed] })).toEqual(['department 4: 2'])
    expect(left(changes, { departmentChanges: [renamed] })).toEqual([
      ['x', 'affiliation'],
      ['y', 'affiliation'],
    ])
  })

  test('no name explains nothing', () => {
    const changes = several(1, { affiliation: ['', '新'] })
    const nameless = aDepartmentChange({
      id: 4,
      before: { id: 4, name: '' },
      after: { id: 4, name: '新$&' },
      people: 800,
    })
    expect(told(changes, { departmentChanges: [nameless] })).toEqual(['department 4: 0'])
  })

  test('where most of those of a department that is gone are now', () => {
    const gone = aDepartmentChange({ id: 9, before: { id: 9, name: '老部门', parent: 1 }, people: 9 })
    const changes = [
      ...several(2, { departments: [[9], [2]] }),
      ...several(3, {
        departments: [
          [3, 9],
          [3, 4],
        ],
      }),
      ...several(4, { departments: [[3, 9], [3]] }),
    ]
    const [line] = tell(planOf({ departmentChanges: [gone] }), changes).lines
    expect(line).toMatchObject({ kind: 'department', mostly: { to: [4], people: 3 } })
    expect(line?.rows).toHaveLength(7)
    const [stayed] = tell(planOf({ departmentChanges: [gone] }), changes.slice(5)).lines
    expect(stayed).not.toHaveProperty('mostly')
  })

  test('people of a department that nothing is known to have happened to just moved', () => {
    const changes = [...several(3, { departments: [[8], [2]] }), ...several(4, { departments: [[9], [2]] })]
    const plan = planOf({ departments: [...departments, { id: 9, name: '老部门' }] })
    expect(tell(plan, changes).lines.map(short)).toEqual(['8 → 2: 3', '9 → 2: 4'])
  })

  test('one whose group was off and that has another name now', () => {
    const before = { id: 4, name: '旧', parent: 1, disabled: true } as const
    const changes = several(2, { affiliation: ['旧', '新'] })
    const after = { id: 4, name: '新', parent: 1 }
    const returned = aDepartmentChange({ id: 4, before, after, people: 2 })
    expect(told(changes, { departmentChanges: [returned] })).toEqual(['department 4: 2'])
  })

  test('people who come together to a new department belong to its line', () => {
    const added = aDepartmentChange({ id: 4, after: { id: 4, name: '销售部' }, people: 3 })
    const changes = several(3, { departments: [[2], [4]] })
    expect(told(changes, { departmentChanges: [added] })).toEqual(['department 4: 3'])
  })
})

describe('moves', () => {
  test('three who make the same move are a line; fewer stay visible', () => {
    expect(told(several(3, { departments: [[2], [4]] }))).toEqual(['2 → 4: 3'])
    expect(told(several(2, { departments: [[2], [4]] }))).toEqual([])
    expect(left(several(2, { departments: [[2], [4]] }))).toHaveLength(2)
  })

  test('what follows from the names of the departments goes with the move, all else stays', () => {
    const changes = several(3, {
      email: ['a@example.com', 'b@example.com'],
      affiliation: ['研发部', '销售部'],
      departments: [[2], [4]],
    })
    expect(told(changes)).toEqual(['2 → 4: 3'])
    expect(left(changes)).toEqual([0, 1, 2].map((index) => [`u${index}`, 'email']))
  })

  test('who has a new title of their own stays visible with everything', () => {
    const changes = several(4, (index) => ({
      ...(index === 0 && { title: ['主管', '总监'] as const }),
      departments: [[2], [4]],
    }))
    expect(told(changes)).toEqual(['2 → 4: 3'])
    expect(left(changes)).toEqual([['u0', 'title', 'departments']])
  })

  test('who heads a department stays visible', () => {
    const changes = [
      ...several(3, { departments: [[2], [4]] }),
      ...several(1, { departments: [[2], [4]] }, { userid: 'x', name: 'x', isHead: true }),
    ]
    expect(told(changes)).toEqual(['2 → 4: 3'])
    expect(left(changes)).toEqual([['x', 'departments']])
  })

  test('a title that others have by a new name is their own', () => {
    const retitled = aDepartmentChange({
      id: 4,
      before: { id: 4, name: '甲' },
      after: { id: 4, name: '乙' },
      people: 8,
    })
    const changes = [
      ...several(8, { title: ['甲主管', '乙主管'] }),
      ...several(
        4,
        (index) => ({ title: ['甲主管', '乙主管'], departments: [[2], [3]], tag: ['', `${index}`] }),
        {
          departments: [3],
        },
      ).map((change) => ({ ...change, userid: `m${change.userid}`, name: `m${change.name}` })),
    ]
    expect(told(changes, { departmentChanges: [retitled] })).toEqual(['department 4: 8'])
  })

  test('a title that changes for a crowd is not their own', () => {
    const changes = several(10, { title: ['工程师', '研发工程师'], departments: [[2], [4]] })
    expect(told(changes)).toEqual(['2 → 4: 10', 'title 工程师 → 研发工程师: 10'])
  })

  test('what is remembered for the first time, or stays the same, is no move', () => {
    expect(told(several(5, { departments: [[], [4]] }))).toEqual([])
    expect(
      told(
        several(5, {
          departments: [
            [4, 2],
            [2, 4],
          ],
        }),
      ),
    ).toEqual([])
  })
})

describe('fields', () => {
  const wide = (count: number, values: (index: number) => Values, unchanged = 0): readonly string[] =>
    told(several(count, values), { unchanged })

  test.each([
    ['filled in', (index: number): Values => ({ tag: ['', `${index}`] }), 'tag filled of 20: 20'],
    ['emptied', (index: number): Values => ({ tag: [`${index}`, ''] }), 'tag emptied of 20: 20'],
    ['changed', (index: number): Values => ({ tag: [`${index}`, `x${index}`] }), 'tag changed of 20: 20'],
  ])('%s for most people: one line', (_, values, line) => {
    expect(wide(20, values)).toEqual([line])
  })

  test('one value for half of them and more is told as that value', () => {
    const city = (index: number): Values => ({ location: ['北京', index < 12 ? '上海' : `${index}`] })
    expect(wide(20, city)).toEqual(['location 北京 → 上海: 12'])
    const cities = (index: number): Values => ({ location: ['北京', index < 9 ? '上海' : `${index}`] })
    expect(wide(20, cities)).toEqual(['location changed of 20: 20'])
  })

  test('those are compared too whom a stopped run did not reach', () => {
    const changes = several(40, (index) => ({ tag: ['', `${index}`] }))
    const applied = anApplied({ done: changes.slice(0, 12) })
    const result = aResult({
      plan: planOf({ unchanged: 0 }),
      decision: aDecision({ allowed: changes }),
      applied,
    })
    expect(storyOf(result).lines).toEqual([])
  })

  test('half of the people compared, and ten at least', () => {
    const values = (index: number): Values => ({ tag: ['', `${index}`] })
    expect(wide(10, values, 10)).toHaveLength(1)
    expect(wide(10, values, 11)).toEqual([])
    expect(wide(9, values)).toEqual([])
  })

  test('one value to another for ten people: one line, but for pictures and the syncer’s own notes', () => {
    expect(told(several(10, { location: ['北京', '上海'] }))).toEqual(['location 北京 → 上海: 10'])
    expect(told(several(9, { location: ['北京', '上海'] }))).toEqual([])
    expect(told(several(10, { avatar: ['http://a', 'http://b'], status: ['left', 'active'] }))).toEqual([])
  })

  test('a region goes with its phone, and the syncer’s own notes with the last of the news', () => {
    const changes = several(10, (index) => ({
      phone: ['', `1380000000${index}`],
      countryCode: ['', 'CN'],
      wecom: ['', `u${index}`],
    }))
    const { lines, rest } = tell(planOf({ unchanged: 0 }), changes)
    expect(lines.map(short)).toEqual(['phone filled of 10: 10'])
    expect(lines[0]?.rows).toEqual(changes)
    expect(rest).toEqual([])
  })

  test('a region alone', () => {
    expect(told(several(10, { countryCode: ['CN', 'HK'] }))).toEqual(['countryCode CN → HK: 10'])
  })
})

describe('what is told whole', () => {
  test('an account that is taken over', () => {
    const changes = several(20, { tag: ['', 'x'], departments: [[2], [4]] }, { adopted: 'email' })
    expect(told(changes, { unchanged: 0 })).toEqual([])
    expect(tell(planOf(), changes).rest).toEqual(changes)
  })

  test('who loses or regains access', () => {
    const changes = several(4, { departments: [[2], [4]] }).flatMap(({ remembered }) => [
      aForbid({ remembered }),
      aRestore({ remembered }),
    ])
    expect(told(changes)).toEqual([])
  })
})

describe('joiners', () => {
  const joiners = (count: number, place: number): Change[] =>
    Array.from({ length: count }, (_, index) => anAdd({ userid: `${place}-${index}`, departments: [place] }))

  test('five in one department are a line', () => {
    const changes = [...joiners(5, 2), ...joiners(4, 3), anAdd({ userid: 'x', departments: [] })]
    expect(told(changes)).toEqual(['joined 2: 5'])
    expect(left(changes)).toHaveLength(5)
  })

  test('in more than five departments they are left to the list of the added', () => {
    const first = [1, 2, 3, 4, 5, 6].flatMap((place) => joiners(5, place))
    expect(told(first)).toEqual([])
    expect(left(first)).toHaveLength(30)
  })
})

describe('lossless', () => {
  const ids = fc
    .uniqueArray(fc.constantFrom(2, 3, 4, 9), { maxLength: 3 })
    .map((some) => some.toSorted((a, b) => a - b))
  const someGroups = fc.subarray(['acme/vpn', 'acme/acme-wecom-2', 'acme/acme-wecom-3'])
  const word = fc.constantFrom('', '', '研发部', '市场部', '一组 市场部', '销售部', 'a')
  const pair = fc.tuple(word, word).filter(([before, after]) => before !== after)
  const someFields = fc
    .record(
      {
        email: pair,
        phone: pair,
        countryCode: pair,
        title: pair,
        tag: pair,
        affiliation: pair,
        'properties.floor': pair,
        departments: fc.tuple(ids, ids).filter(([before, after]) => before.join() !== after.join()),
        groups: fc.tuple(someGroups, someGroups).filter(([before, after]) => before.join() !== after.join()),
        status: fc
          .tuple(fc.constantFrom(undefined, ...rememberedStatuses), fc.constantFrom(...rememberedStatuses))
          .filter(([before, after]) => before !== after),
        wecom: pair,
        externalId: pair,
      },
      { requiredKeys: [] },
    )
    .map(edits)
  const crowds = fc
    .array(
      fc.tuple(fc.constantFrom('update', 'update', 'taken', 'add', 'forbid'), ids, someFields, fc.nat(15)),
      {
        maxLength: 8,
      },
    )
    .map((groups) =>
      groups.flatMap(([kind, places, changed, count], group) =>
        Array.from({ length: count }, (_, index): Change => {
          const userid = `${group}-${index}`
          const person = { userid, name: userid, departments: places, ...changed }
          if (kind === 'add') return anAdd(person)
          if (kind === 'forbid') return aForbid(person)
          return anUpdate(kind === 'taken' ? { ...person, adopted: 'phone' } : person)
        }),
      ),
    )
  const department = fc.tuple(fc.option(word), fc.option(fc.constantFrom(1, 2)))
  const departmentChanges = fc
    .uniqueArray(fc.tuple(fc.constantFrom(2, 3, 4, 9), department, department), { selector: ([id]) => id })
    .map((all) =>
      all.flatMap(([id, [was], [is]]): readonly DepartmentChange[] => {
        if (was === is) return []
        const before = was === null ? {} : { before: { id, name: was } }
        const after = is === null ? {} : { after: { id, name: is } }
        return [aDepartmentChange({ id, ...before, ...after, people: 1 })]
      }),
    )

  /** Puts the parts of changes together again. */
  function expanded(parts: readonly Change[]): ReadonlyMap<string, Change> {
    const whole = new Map<string, Change>()
    for (const part of parts) {
      const known = whole.get(part.name)
      whole.set(part.name, {
        ...known,
        ...part,
        fields: [...(known?.fields ?? []), ...part.fields],
        remembered: { ...known?.remembered, ...part.remembered },
        link: { ...known?.link, ...part.link },
      })
    }
    return whole
  }

  const sorted = (change: Change | undefined): unknown => ({
    ...change,
    fields: change?.fields.toSorted((a, b) => (a.field < b.field ? -1 : 1)),
  })

  test('the story expanded is exactly the plan: every change, every field, each once', () => {
    fc.assert(
      fc.property(crowds, departmentChanges, fc.nat(60), (changes, changed, unchanged) => {
        const { lines, rest } = tell(planOf({ departmentChanges: changed, unchanged }), changes)
        const whole = expanded([...lines.flatMap<Change>(({ rows }) => rows), ...rest])
        expect([...whole.keys()].toSorted()).toEqual(changes.map(({ name }) => name).toSorted())
        for (const change of changes) expect(sorted(whole.get(change.name))).toEqual(sorted(change))
        const edited = (some: readonly Change[]): number => some.flatMap(listEdits).length
        expect(edited([...lines.flatMap<Change>(({ rows }) => rows), ...rest])).toBe(edited(changes))
        expect(new Set(rest.map(({ name }) => name)).size).toBe(rest.length)
        for (const { rows } of lines) expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length)
        const departmentLines = lines.flatMap((line) => (line.kind === 'department' ? [line.change] : []))
        expect(departmentLines.slice(0, changed.length)).toEqual(changed)
      }),
      { numRuns: 300 },
    )
  })
})
