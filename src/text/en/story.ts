import { grouped } from '../number.ts'
import type { DepartmentChangeKind } from '../../model/department.ts'
import type { ChangedDepartment, Relocation, StoryText } from '../story-text.ts'
import { list, many, of } from './words.ts'

export const story: StoryText = {
  title: 'What happened',
  intro:
    'One line for each cause. Where it changes accounts, the line unfolds; what has no common cause is listed further down, person by person.',
  top: 'the top',
  department: (change) => `${sentence(change)}: ${persons(change.people)}${afterwards(change)}`,
  departments: (kind, count, { people, areGroups }) => {
    const size = people === undefined ? '' : `: ${persons(people)}`
    const { one, several } = kind === 'added' && areGroups ? grouping : verbs[kind]
    const loss = lossOf(kind, areGroups)
    const lost = loss === undefined ? '' : `; ${many(count, 'group is', 'groups are')} ${loss}`
    return `${many(count, 'department')} ${count === 1 ? one : several}${size}${lost}`
  },
  mark: {
    added: 'new',
    removed: 'gone',
    disabled: 'gone',
    renamed: 'renamed',
    moved: 'moved',
    enabled: 'enabled again',
    repaired: '',
  },
  moved: (people, from, to) => {
    if (from.length === 0) return `${persons(people)} came to ${list(to)} as well`
    if (to.length === 0) return `${persons(people)} left ${list(from)} and came to no other department`
    return `${persons(people)} moved from ${list(from)} to ${list(to)}`
  },
  movedInGroups: (people, groups) =>
    `${persons(people)} moved between departments, in ${many(groups, 'group')}`,
  joined: (people, departments) => `${persons(people)} joined ${list(departments)}`,
  joinedSeveral: (people, departments) => `${persons(people)} joined ${many(departments, 'department')}`,
  wide: ({ field, way, people, compared, isMapped }) =>
    `${field} ${ways[way]} for ${of(people, compared)} people at once${isMapped ? ', as after a new mapping' : ''}`,
  same: (field, values, people) => `${field}: ${values} for ${persons(people)}`,
  sameInGroups: (fields, people, groups) =>
    `${list(fields)} changed for ${persons(people)} ${groups === 1 ? 'in the same way' : `in ${grouped(groups)} ways`}`,
  explained: (explained, total) =>
    explained === total
      ? 'Listed under “What happened”.'
      : `${grouped(explained)} listed under “What happened”; the others follow.`,
  legend:
    'People who came to a department (+) and who left it (−); a dotted arrow shows where a department was before.',
}

const ways = { filled: 'filled in', emptied: 'emptied', changed: 'changed' } as const

type Verbs = { readonly one: string; readonly several: string }

const verbs: Readonly<Record<DepartmentChangeKind, Verbs>> = {
  added: { one: 'is new', several: 'are new' },
  removed: { one: 'is gone', several: 'are gone' },
  disabled: { one: 'is gone', several: 'are gone' },
  renamed: { one: 'has a new name', several: 'have new names' },
  moved: { one: 'has moved', several: 'have moved' },
  enabled: { one: 'has its group enabled again', several: 'have their groups enabled again' },
  repaired: {
    one: 'has its group repaired, which somebody had changed',
    several: 'have their groups repaired, which somebody had changed',
  },
}

/** Of departments whose groups are new, which the departments may or may not be. */
const grouping: Verbs = { one: 'has a group now', several: 'have a group now' }

/** What becomes of the groups of departments that are gone. */
function lossOf(kind: DepartmentChangeKind, areGroups: boolean): string | undefined {
  if (kind === 'disabled') return 'disabled'
  return kind === 'removed' && areGroups ? 'deleted' : undefined
}

function persons(count: number): string {
  return many(count, 'person', 'people')
}

function sentence(change: ChangedDepartment): string {
  const { name } = change
  switch (change.kind) {
    case 'added': {
      const place = change.under === undefined ? 'at the top' : `under ${change.under}`
      return `${name} ${change.isGroup ? grouping.one : verbs.added.one}, ${place}`
    }
    case 'removed':
    case 'disabled':
      return `${name} is gone`
    case 'renamed':
      return `${change.was} is now called ${name}${change.relocation === undefined ? '' : ` and ${moved(change.relocation)}`}`
    case 'moved':
      return `${name} ${moved(change.relocation)}`
    case 'enabled':
      return `The group of ${name} is enabled again`
    case 'repaired':
      return `The group of ${name}, which somebody had changed, is repaired`
  }
}

function moved({ from, to }: Relocation): string {
  return `moved from ${from} to ${to}`
}

function afterwards(change: ChangedDepartment): string {
  switch (change.kind) {
    case 'removed':
    case 'disabled': {
      const loss = lossOf(change.kind, change.isGroup)
      return `${elsewhere(change)}${loss === undefined ? '' : `; its group is ${loss}`}`
    }
    case 'renamed':
    case 'moved':
      return change.isBack ? '; its group is enabled again' : ''
    default:
      return ''
  }
}

function elsewhere({ people, mostly }: Extract<ChangedDepartment, { kind: 'removed' | 'disabled' }>): string {
  if (mostly === undefined) return ''
  const some = people === mostly.people ? '' : ` ${grouped(mostly.people)} of them`
  return `,${some} now in ${list(mostly.to)}`
}
