import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Change, Plan } from '../../../src/model/plan.ts'
import type { Department, DepartmentChange } from '../../../src/model/department.ts'
import type { PersonalData } from '../../../src/model/run.ts'
import { conversationLimit } from '../../../src/report/fit.ts'
import type { Medium } from '../../../src/text/text.ts'
import { summary } from '../../../src/report/summary.ts'
import { textOf } from '../../../src/text/language.ts'
import { storyLines } from '../../story.ts'
import {
  aDelete,
  aForbid,
  anAdd,
  anUpdate,
  aRestore,
  aDepartmentChange,
  departmentChangesOf,
  edits,
} from '../../make.ts'
import { crowd, plan, run } from './cases.ts'
import { alive, brokenTables, hostile } from './hostile.ts'
import { reorganized } from '../story/reorganization.ts'

const text = textOf('en')

const departments: readonly Department[] = [
  { id: 1, name: '青石科技' },
  ...Array.from({ length: 40 }, (_, index) => ({ id: index + 2, name: `部门${index + 2}`, parent: 1 })),
]
const ids = departments.map(({ id }) => id)

function markdownOf(
  changes: readonly Change[],
  overrides: Partial<Plan> = {},
  level: PersonalData = 'full',
): string {
  const made = plan(changes, { departments, visibleDepartments: ids, ...overrides })
  return summary(run(made), { text, level })
}

function diagramOf(markdown: string): readonly string[] {
  return /```mermaid\n([\s\S]*?)\n```/.exec(markdown)?.[1]?.split('\n') ?? []
}

function several(count: number, from: string, to: string, prefix = `${from}-${to}-`): Change[] {
  const idsIn = (joined: string): readonly number[] => joined.split(',').map(Number)
  const moved = edits({ departments: [idsIn(from), idsIn(to)] })
  return crowd(count, idsIn(to)).map((person) => {
    const userid = `${prefix}${person.userid}`
    return anUpdate({ ...person, userid, name: userid, ...moved })
  })
}

function renamed(count: number): readonly DepartmentChange[] {
  return departments.slice(1, count + 1).map((department) =>
    aDepartmentChange({
      id: department.id,
      before: { ...department, name: `旧${department.id}` },
      after: department,
      people: department.id,
    }),
  )
}

describe('the lines of the story', () => {
  test('departments: the largest first, what a person may want to know of each', () => {
    const [, a, b] = departments
    const departmentChanges = [
      ...renamed(2),
      ...departmentChangesOf([
        {
          id: 5,
          before: { id: 5, name: ' ', parent: 3 },
          after: { id: 5, name: '部门5', parent: 1 },
          people: 7,
        },
        { id: 6, before: { id: 6, name: '部门6', parent: 1 }, after: { id: 6, name: '部门6' }, people: 1 },
        { id: 7, after: { id: 7, name: '部门7' }, people: 0 },
        { id: 8, after: { id: 8, name: '部门8', parent: 99 }, people: 1 },
      ]),
    ]
    expect([a?.id, b?.id]).toEqual([2, 3])
    expect(storyLines(markdownOf([], { departmentChanges }))).toEqual([
      '部门6 moved from 青石科技 to the top: 1 person',
      'department 5 is now called 部门5 and moved from 部门3 to 青石科技: 7 people',
      '旧3 is now called 部门3: 3 people',
      '旧2 is now called 部门2: 2 people',
      '部门8 is new, under department 99: 1 person',
      '部门7 is new, at the top: 0 people',
    ])
  })

  test('more than five departments of one fate share a line, with a table', () => {
    const moved = aDepartmentChange({
      id: 9,
      before: { id: 9, name: '旧9', parent: 3 },
      after: { id: 9, name: '部门9' },
      people: 7,
    })
    const markdown = markdownOf([], { departmentChanges: [...renamed(5), moved] })
    expect(storyLines(markdown)).toEqual(['6 departments have new names'])
    expect(markdown).toContain('  | 部门2 | 旧2 | 部门2 | 2 |')
    expect(markdown).toContain('  | 部门9 | 部门3 / 旧9 | the top / 部门9 | 7 |')
    const added = departments
      .slice(1, 8)
      .map((after) => aDepartmentChange({ id: after.id, after, people: 1 }))
    expect(markdownOf([], { departmentChanges: added })).toContain('  | 部门2 |  | 青石科技 | 1 |')
  })

  test('groups that move, up to five and more', () => {
    const five = [2, 3, 4, 5, 6].flatMap((id) => several(id + 1, String(id), String(id + 1)))
    expect(storyLines(markdownOf(five))).toEqual([
      '7 people moved from 部门6 to 部门7',
      '6 people moved from 部门5 to 部门6',
      '5 people moved from 部门4 to 部门5',
      '4 people moved from 部门3 to 部门4',
      '3 people moved from 部门2 to 部门3',
    ])
    expect(storyLines(markdownOf([...five, ...several(3, '7', '8')]))).toEqual([
      '28 people moved between departments, in 6 groups',
    ])
  })

  test('values that change for a crowd, up to five and more', () => {
    const changes = (count: number): Change[] =>
      Array.from({ length: count }, (_, group) =>
        crowd(10 + group, [2]).map((person) => {
          const name = `${group}${person.name}`
          const pair = [`a@${group}`, group === 1 ? '' : 'b'] as const
          const values = edits(group === 0 ? { 'properties.floor': pair } : { location: pair })
          return anUpdate({ ...person, userid: name, name, ...values })
        }),
      ).flat()
    expect(storyLines(markdownOf(changes(2)))).toEqual(
      ['location: a&#64;1 → – for 11 people', 'properties.floor: a&#64;0 → b for 10 people'].map((line) =>
        line.replaceAll('&#64;', '@&#8203;'),
      ),
    )
    expect(storyLines(markdownOf(changes(6)))).toEqual([
      'properties.floor and location changed for 75 people in 6 ways',
    ])
  })

  test('groups that a crowd comes into, or out of, go by the names of departments', () => {
    const grouped = (before: readonly string[], after: readonly string[], count: number): Change[] =>
      crowd(count, [2]).map((one, index) =>
        anUpdate({
          ...one,
          userid: `${after.join()}${index}`,
          name: `${after.join()}${index}`,
          ...edits({ groups: [before, after] }),
        }),
      )
    const groups = { organization: 'acme', enabled: 40, memberships: 100 }
    const again = grouped(['acme/<vpn>'], ['acme/<vpn>', 'acme/acme-wecom-2'], 10)
    expect(storyLines(markdownOf(again, { groups, unchanged: 50 }))).toEqual([
      'groups: – → 部门2 for 10 people',
    ])
    const first = ids.slice(1, 12).flatMap((id) => grouped([], [`acme/acme-wecom-${id}`], 3))
    expect(storyLines(markdownOf(first, { groups, unchanged: 0 }))).toEqual([
      'groups filled in for 33 of 33 people at once',
    ])
  })

  test('values that are masked alike are told so', () => {
    const changes = crowd(10, [2]).map((one) =>
      anUpdate({ ...one, ...edits({ title: ['工号 13800010001', '工号 13800020001'] }) }),
    )
    expect(storyLines(markdownOf(changes, {}, 'masked'))).toEqual([
      expect.stringMatching(/^title: (\S+ \S+) → \1 \(.+\) for 10 people$/),
    ])
  })

  test('people who join two departments', () => {
    const changes = crowd(5, [2]).map((one) => anAdd({ ...one, departments: [2, 3] }))
    expect(storyLines(markdownOf(changes))).toEqual(['5 people joined 部门2 and 部门3'])
    expect(storyLines(markdownOf(changes, {}, 'hidden'))).toEqual(['5 people joined 2 departments'])
  })

  test('a list of departments that could not be written has not changed', () => {
    const made = plan([], { departments, visibleDepartments: ids, departmentChanges: renamed(2) })
    const stopped = { code: 'snapshot-unwritable', file: 'users.yaml', cause: 'ENOSPC' } as const
    const markdown = summary(run(made, {}, { done: [], stopped }), { text, level: 'full' })
    expect(storyLines(markdown)).toEqual([])
  })

  test('at hidden nothing but numbers and fields', () => {
    const made = [...several(3, '2', '3'), ...several(3, '3', '2')]
    const changes = [
      ...made,
      ...crowd(10, [2]).map((one) => anUpdate({ ...one, ...edits({ title: ['秘密', '机密'] }) })),
    ]
    const markdown = markdownOf(changes, { departmentChanges: renamed(1) }, 'hidden')
    expect(storyLines(markdown)).toEqual([
      '1 department has a new name: 2 people',
      '6 people moved between departments, in 2 groups',
      'title changed for 10 people in the same way',
    ])
    expect(markdown).not.toMatch(/部门\d|秘密|机密|mermaid|user0/)
  })

  test('a frozen field is told once, as a finding', () => {
    const loss = { code: 'field-loss', field: 'phone', before: 98, after: 0 } as const
    const markdown = markdownOf(several(3, '2', '3'), { findings: [loss] })
    expect(markdown.split('98\u00A0% of the people').length).toBe(2)
  })
})

describe('the picture', () => {
  const pictured = (changes: readonly Change[], overrides: Partial<Plan> = {}): readonly string[] =>
    diagramOf(markdownOf(changes, overrides))

  test('who came and who went, also by joining and leaving', () => {
    const lines = pictured([
      ...several(3, '2', '3'),
      anAdd({ userid: 'a', departments: [2, 3] }),
      aForbid({ userid: 'b', departments: [3], cause: 'quit' }),
      aForbid({ userid: 'c', departments: [3], cause: 'disabled' }),
      aDelete({ userid: 'd', departments: [3], cause: 'gone' }),
    ])
    expect(lines).toContain('  n2["部门2<br>+1 −3"]')
    expect(lines).toContain('  n3["部门3<br>+4 −2"]')
    expect(lines).toContain('  n1 --> n3')
  })

  test('who came back, and who was gone long before', () => {
    const lines = pictured([
      ...several(3, '2', '3'),
      aRestore({ userid: 'a', departments: [3], ...edits({ status: ['left', 'active'] }) }),
      aRestore({ userid: 'b', departments: [3], ...edits({ status: ['disabled', 'active'] }) }),
      aDelete({ userid: 'c', departments: [2], cause: 'gone', enabled: false }),
    ])
    expect(lines).toContain('  n2["部门2<br>−3"]')
    expect(lines).toContain('  n3["部门3<br>+4"]')
  })

  test('a department whose parent is not visible any more hangs at the top', () => {
    const moved = { ...departments[1], id: 2, name: '部门2', parent: 1 }
    const { parent: _, ...after } = moved
    const lines = pictured([], {
      departments: [...departments, { id: 50, name: '小组', parent: 2 }],
      departmentChanges: departmentChangesOf([
        { id: 2, before: moved, after, people: 5 },
        { id: 50, after: { id: 50, name: '小组', parent: 2 }, people: 5 },
      ]),
    })
    expect(lines).toEqual([
      'flowchart LR',
      '  n1["青石科技"]',
      '  n2["部门2<br>moved"]',
      '  n1 -.-> n2',
      '  n50["小组<br>new"]:::added',
      '  n2 --> n50',
      expect.any(String),
      expect.any(String),
    ])
  })

  test('none of one department, of more than thirty, or of what is only remembered', () => {
    expect(pictured([], { departmentChanges: renamed(1) })).toEqual([])
    expect(pictured([], { departmentChanges: renamed(2) })).not.toEqual([])
    expect(pictured([], { departmentChanges: renamed(29) })).not.toEqual([])
    expect(pictured([], { departmentChanges: renamed(30) })).toEqual([])
    expect(
      pictured(
        [...crowd(5, [2]), ...crowd(5, [3])].map((one) =>
          anAdd({ ...one, userid: `${one.departments.join()}${one.userid}` }),
        ),
      ),
    ).toEqual([])
  })

  test('a long way is cut short, ways meet, and names are as short as their place allows', () => {
    const chain: readonly Department[] = [
      { id: 1, name: '总部' },
      ...[2, 3, 4, 5, 6, 7].map((id) => ({ id, name: '组', parent: id - 1 })),
      { id: 8, name: '左', parent: 4 },
    ]
    const changed = (id: number): DepartmentChange => {
      const department = chain.find((each) => each.id === id) ?? { id, name: '' }
      return aDepartmentChange({ id, before: { ...department, name: '旧' }, after: department, people: 1 })
    }
    const nodes = pictured([], {
      departments: chain,
      visibleDepartments: chain.map(({ id }) => id),
      departmentChanges: [changed(7), changed(8)],
    })
    expect(nodes.slice(1, -2)).toEqual([
      '  n1["总部"]',
      '  n4["组"]',
      '  n1 -->|"…"| n4',
      '  n6["组"]',
      '  n4 -->|"…"| n6',
      '  n7["组<br>renamed"]',
      '  n6 --> n7',
      '  n8["左<br>renamed"]',
      '  n4 --> n8',
    ])
  })

  test('a department nobody knows stands alone', () => {
    expect(pictured(several(3, '2', '77'))).toContain('  n77["department 77<br>+3"]')
  })

  test('no name breaks out of it', () => {
    const label = /^ {2}n\d+\["[^\s"'`#&;\\[\]{}()|<>][^"'`#&;\\[\]{}()|<>\n]*"\](?::::(?:added|gone))?$/
    const names = fc.array(
      fc.oneof(
        fc.constantFrom(...hostile, 'end', '"]', 'a"];click', '%%', '1. a'),
        fc.string(),
        fc.string({ unit: 'binary' }),
      ),
      {
        minLength: 3,
        maxLength: 3,
      },
    )
    fc.assert(
      fc.property(names, ([a = '', b = '', c = '']) => {
        const named = [
          { id: 1, name: a },
          { id: 2, name: b, parent: 1 },
          { id: 3, name: c, parent: 2 },
        ]
        const departmentChanges = departmentChangesOf([
          { id: 2, after: { id: 2, name: b, parent: 1 }, people: 1 },
          { id: 3, before: { id: 3, name: a, parent: 1 }, after: { id: 3, name: c, parent: 2 }, people: 1 },
        ])
        const markdown = markdownOf([], {
          departments: named,
          visibleDepartments: [1, 2, 3],
          departmentChanges,
        })
        expect(markdown.match(/^ *```/gm)).toHaveLength(2)
        const [head, ...lines] = diagramOf(markdown)
        expect(head).toBe('flowchart LR')
        const nodes = lines.filter((line) => line.includes('['))
        expect(nodes).toHaveLength(3)
        for (const node of nodes) expect(node.replaceAll('<br>', ' ')).toMatch(label)
        const others = lines.filter((line) => !line.includes('['))
        for (const line of others) expect(line).toMatch(/^ {2}(?:n\d+ (?:-->|-\.->) n\d+|classDef .*)$/)
        expect(alive(markdown.replaceAll('\u200D', ''))).toEqual([])
        expect(brokenTables(markdown)).toEqual([])
      }),
      { numRuns: 200 },
    )
  })
})

describe('size (specification 10.3)', () => {
  const large = (count: number): Plan =>
    plan([...several(count, '2', '3'), ...several(count, '3', '4'), ...reorganized.changes], {
      departments,
      visibleDepartments: ids,
      departmentChanges: renamed(2),
    })

  test.each<[Medium, number]>([
    ['comment', 100],
    ['pull-request', 2000],
    ['summary', 6000],
    ['summary', 30_000],
  ])('%s, %d people in two groups: numbers stay, what is left out is told', (medium, count) => {
    const markdown = summary(run(large(count)), { text, level: 'masked', medium })
    const lines = storyLines(markdown)
    expect(lines.slice(0, 2)).toEqual([
      '旧3 is now called 部门3: 3 people',
      '旧2 is now called 部门2: 2 people',
    ])
    expect(lines).toContain(`${text.number(count)} people moved from 部门2 to 部门3`)
    const more = Array.from(markdown.matchAll(/… and ([\d,]+) more/g), ([, some = '']) =>
      Number(some.replaceAll(',', '')),
    )
    const leftOut = /([\d,]+) rows? (?:is|are) left out/.exec(markdown)?.[1]?.replaceAll(',', '') ?? '0'
    expect(more.reduce((sum, some) => sum + some, 0)).toBe(Number(leftOut))
    expect(diagramOf(markdown).length > 0).toBe(leftOut === '0')
    const most = medium === 'summary' ? Infinity : conversationLimit.characters
    expect(markdown.length).toBeLessThanOrEqual(most ?? 0)
  })
})
