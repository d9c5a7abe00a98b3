import { grouped } from '../number.ts'
import type { DepartmentChangeKind } from '../../model/department.ts'
import type { ChangedDepartment, Relocation, StoryText } from '../story-text.ts'
import { list, persons } from './words.ts'

export const story: StoryText = {
  title: '发生了什么',
  intro: '每个原因一行，可展开的行列出其引起的账号变更；没有共同原因的变更在下方逐人列出。',
  top: '顶级',
  department: (change) => `${sentence(change)}：${persons(change.people)}${afterwards(change)}`,
  departments: (kind, count, { people, areGroups }) => {
    const size = people === undefined ? '' : `：${persons(people)}`
    const sentences = kind === 'added' && areGroups ? grouping : sentencesOf[kind]
    const loss = lossOf(kind, areGroups)
    const lost = loss === undefined ? '' : `；${loss} ${grouped(count)} 个用户组`
    return `${sentences(grouped(count))}${size}${lost}`
  },
  mark: {
    added: '新增',
    removed: '已撤销',
    disabled: '已撤销',
    renamed: '更名',
    moved: '移动',
    enabled: '重新启用',
    repaired: '',
  },
  moved: (people, from, to) => {
    if (from.length === 0) return `${persons(people)}加入 ${list(to)}，原部门不变`
    if (to.length === 0) return `${persons(people)}退出 ${list(from)}，未进入其他部门`
    return `${persons(people)}从 ${list(from)} 调到 ${list(to)}`
  },
  movedInGroups: (people, groups) => `${persons(people)}在部门之间调动，共 ${grouped(groups)} 批`,
  joined: (people, departments) => `${persons(people)}新加入 ${list(departments)}`,
  joinedSeveral: (people, departments) => `${persons(people)}新加入 ${grouped(departments)} 个部门`,
  wide: ({ field, way, people, compared, isMapped }) =>
    `${field}：${grouped(compared)} 人中有 ${persons(people)}同时${ways[way]}${isMapped ? '，通常是映射变更所致' : ''}`,
  same: (field, values, people) => `${field}：${values}，共 ${persons(people)}`,
  sameInGroups: (fields, people, groups) =>
    `${persons(people)}的${list(fields)}${groups === 1 ? '发生了相同的变化' : `发生了 ${grouped(groups)} 种相同的变化`}`,
  explained: (explained, total) =>
    explained === total
      ? '列在“发生了什么”中。'
      : `其中 ${grouped(explained)} 人列在“发生了什么”中，其余如下。`,
  legend: '进入部门的人数（+）和离开的人数（−）；虚线表示部门原来的位置。',
}

const ways = { filled: '填入（此前为空）', emptied: '清空', changed: '改变' } as const

const sentencesOf: Readonly<Record<DepartmentChangeKind, (count: string) => string>> = {
  added: (count) => `新增 ${count} 个部门`,
  removed: gone,
  disabled: gone,
  renamed: (count) => `${count} 个部门已更名`,
  moved: (count) => `${count} 个部门已移动`,
  enabled: (count) => `${count} 个部门的用户组重新启用`,
  repaired: (count) => `${count} 个部门的用户组曾被改动，已修复`,
}

/** 用户组是新的，部门则未必。 */
function grouping(count: string): string {
  return `${count} 个部门新建用户组`
}

function gone(count: string): string {
  return `${count} 个部门已不在通讯录中`
}

/** 不在通讯录中的部门，其用户组如何处理。 */
function lossOf(kind: DepartmentChangeKind, areGroups: boolean): string | undefined {
  if (kind === 'disabled') return '停用'
  return kind === 'removed' && areGroups ? '删除' : undefined
}

function sentence(change: ChangedDepartment): string {
  const { name } = change
  switch (change.kind) {
    case 'added': {
      const what = change.isGroup ? '新建用户组' : '新增部门'
      return `${what} ${name}，${change.under === undefined ? '位于顶级' : `上级为 ${change.under}`}`
    }
    case 'removed':
    case 'disabled':
      return `${name} 已不在通讯录中`
    case 'renamed':
      return `${change.was} 更名为 ${name}${change.relocation === undefined ? '' : `，并${moved(change.relocation)}`}`
    case 'moved':
      return `${name} ${moved(change.relocation)}`
    case 'enabled':
      return `${name} 的用户组重新启用`
    case 'repaired':
      return `${name} 的用户组曾被改动，已修复`
  }
}

function moved({ from, to }: Relocation): string {
  return `从 ${from} 移到 ${to}`
}

function afterwards(change: ChangedDepartment): string {
  switch (change.kind) {
    case 'removed':
    case 'disabled': {
      const loss = lossOf(change.kind, change.isGroup)
      return `${elsewhere(change)}${loss === undefined ? '' : `；用户组${loss}`}`
    }
    case 'renamed':
    case 'moved':
      return change.isBack ? '；用户组重新启用' : ''
    default:
      return ''
  }
}

function elsewhere({ people, mostly }: Extract<ChangedDepartment, { kind: 'removed' | 'disabled' }>): string {
  if (mostly === undefined) return ''
  const some = people === mostly.people ? '' : `其中 ${persons(mostly.people)}`
  return `，${some}现在 ${list(mostly.to)}`
}
