import { describe, expect, test } from 'vitest'
import type { ChangedDepartment } from '../../../src/text/story-text.ts'
import { textOf } from '../../../src/text/language.ts'

const relocation = { from: 'A', to: 'B' }
const news: readonly (readonly [ChangedDepartment, string, string])[] = [
  [
    { kind: 'added', name: 'X', people: 1, isGroup: true },
    'X has a group now, at the top: 1 person',
    '新建用户组 X，位于顶级：1 人',
  ],
  [
    { kind: 'added', name: 'X', people: 8, under: 'A', isGroup: false },
    'X is new, under A: 8 people',
    '新增部门 X，上级为 A：8 人',
  ],
  [
    { kind: 'removed', name: 'X', people: 0, isGroup: false },
    'X is gone: 0 people',
    'X 已不在通讯录中：0 人',
  ],
  [
    { kind: 'removed', name: 'X', people: 12, mostly: { to: ['A', 'B'], people: 8 }, isGroup: false },
    'X is gone: 12 people, 8 of them now in A and B',
    'X 已不在通讯录中：12 人，其中 8 人现在 A 和 B',
  ],
  [
    { kind: 'removed', name: 'X', people: 8, mostly: { to: ['A'], people: 8 }, isGroup: false },
    'X is gone: 8 people, now in A',
    'X 已不在通讯录中：8 人，现在 A',
  ],
  [
    { kind: 'renamed', name: 'X', was: 'W', people: 1284, isBack: false },
    'W is now called X: 1,284 people',
    'W 更名为 X：1,284 人',
  ],
  [
    { kind: 'renamed', name: 'X', was: 'W', people: 3, relocation, isBack: true },
    'W is now called X and moved from A to B: 3 people; its group is enabled again',
    'W 更名为 X，并从 A 移到 B：3 人；用户组重新启用',
  ],
  [
    { kind: 'disabled', name: 'X', people: 8, isGroup: true },
    'X is gone: 8 people; its group is disabled',
    'X 已不在通讯录中：8 人；用户组停用',
  ],
  [
    { kind: 'removed', name: 'X', people: 8, mostly: { to: ['A'], people: 2 }, isGroup: true },
    'X is gone: 8 people, 2 of them now in A; its group is deleted',
    'X 已不在通讯录中：8 人，其中 2 人现在 A；用户组删除',
  ],
  [
    { kind: 'enabled', name: 'X', people: 8 },
    'The group of X is enabled again: 8 people',
    'X 的用户组重新启用：8 人',
  ],
  [
    { kind: 'repaired', name: 'X', people: 8 },
    'The group of X, which somebody had changed, is repaired: 8 people',
    'X 的用户组曾被改动，已修复：8 人',
  ],
  [
    { kind: 'moved', name: 'X', people: 40, relocation, isBack: false },
    'X moved from A to B: 40 people',
    'X 从 A 移到 B：40 人',
  ],
]

describe('the story in words', () => {
  const [en, zh] = [textOf('en').story, textOf('zh').story]

  test.each(news)('$1', (one, english, chinese) => {
    expect([en.department(one), zh.department(one)]).toEqual([english, chinese])
  })

  test.each([
    [['A'], ['B', 'C'], '1 person moved from A to B and C', '1 人从 A 调到 B 和 C'],
    [[], ['B'], '1 person came to B as well', '1 人加入 B，原部门不变'],
    [['A'], [], '1 person left A and came to no other department', '1 人退出 A，未进入其他部门'],
  ])('from %j to %j', (from, to, english, chinese) => {
    expect([en.moved(1, from, to), zh.moved(1, from, to)]).toEqual([english, chinese])
  })

  test('several of a kind', () => {
    const of = (...args: Parameters<typeof en.departments>): readonly string[] =>
      [en, zh].map((text) => text.departments(...args))
    const areGroups = true
    expect(of('added', 7, { areGroups: false })).toEqual(['7 departments are new', '新增 7 个部门'])
    expect(of('added', 240, { areGroups })).toEqual([
      '240 departments have a group now',
      '240 个部门新建用户组',
    ])
    expect(of('removed', 1, { areGroups: false, people: 12 })).toEqual([
      '1 department is gone: 12 people',
      '1 个部门已不在通讯录中：12 人',
    ])
    expect(of('disabled', 1, { areGroups, people: 12 })).toEqual([
      '1 department is gone: 12 people; 1 group is disabled',
      '1 个部门已不在通讯录中：12 人；停用 1 个用户组',
    ])
    expect(of('removed', 6, { areGroups })).toEqual([
      '6 departments are gone; 6 groups are deleted',
      '6 个部门已不在通讯录中；删除 6 个用户组',
    ])
    expect(of('repaired', 6, { areGroups })).toEqual([
      '6 departments have their groups repaired, which somebody had changed',
      '6 个部门的用户组曾被改动，已修复',
    ])
    expect([en, zh].map((text) => text.movedInGroups(1284, 7))).toEqual([
      '1,284 people moved between departments, in 7 groups',
      '1,284 人在部门之间调动，共 7 批',
    ])
    expect([en, zh].map((text) => text.joinedSeveral(12, 1))).toEqual([
      '12 people joined 1 department',
      '12 人新加入 1 个部门',
    ])
    expect([en, zh].map((text) => text.sameInGroups(['title', 'tag'], 60, 6))).toEqual([
      'title and tag changed for 60 people in 6 ways',
      '60 人的title 和 tag发生了 6 种相同的变化',
    ])
    expect([en, zh].map((text) => text.sameInGroups(['title'], 10, 1))).toEqual([
      'title changed for 10 people in the same way',
      '10 人的title发生了相同的变化',
    ])
  })

  test('all of a list is explained, or some', () => {
    expect([en, zh].map((text) => text.explained(6, 6))).toEqual([
      'Listed under “What happened”.',
      '列在“发生了什么”中。',
    ])
    expect([en, zh].map((text) => text.explained(5, 6))).toEqual([
      '5 listed under “What happened”; the others follow.',
      '其中 5 人列在“发生了什么”中，其余如下。',
    ])
  })
})
