import { grouped } from '../number.ts'
import type { DepartmentNews, Fate, GroupLoss, Place, StoryText } from '../story.ts'
import { list, many, of } from './words.ts'

export const story: StoryText = {
  title: 'What happened',
  intro:
    'One line for each cause. Where it changes accounts, the line unfolds; what has no common cause is listed further down, person by person.',
  top: 'the top',
  department: (news) => `${sentence(news)}: ${persons(news.people)}${afterwards(news)}`,
  departments: (fate, count, { people, areGroups, group }) => {
    const told = people === undefined ? '' : `: ${persons(people)}`
    const number = count === 1 ? 'one' : 'several'
    const fates = fate === 'added' && areGroups ? grouping : verbs[fate]
    return `${many(count, 'department')} ${fates[number]}${told}${groupNews(number, group)}`
  },
  mark: { added: 'new', gone: 'gone', renamed: 'renamed', moved: 'moved', back: 'back', mended: '' },
  moved: (people, from, to) => {
    if (from.length === 0) return `${persons(people)} came to ${list(to)} as well`
    if (to.length === 0) return `${persons(people)} left ${list(from)} and stayed in other departments`
    return `${persons(people)} moved from ${list(from)} to ${list(to)}`
  },
  movedInGroups: (people, groups) =>
    `${persons(people)} moved between departments, in ${many(groups, 'group')}`,
  joined: (people, department) => `${persons(people)} joined ${department}`,
  joinedSeveral: (people, departments) => `${persons(people)} joined ${many(departments, 'department')}`,
  wide: (field, way, people, compared) =>
    `${field} ${ways[way]} for ${of(people, compared)} people at once, as after a new mapping`,
  same: (field, before, after, people) => `${field}: ${before} → ${after} for ${persons(people)}`,
  sameInGroups: (fields, people, groups) =>
    `${list(fields)} changed for ${persons(people)} ${groups === 1 ? 'in the same way' : `in ${grouped(groups)} ways`}`,
  told: (told, total) =>
    told === total
      ? 'All of them are told under “What happened”.'
      : `${grouped(told)} of them are told under “What happened”; here are the others.`,
  legend:
    'People who came to a department (+) and who left it (−); a dotted arrow shows where a department was before.',
}

const ways = { filled: 'filled in', emptied: 'emptied', changed: 'changed' } as const

type Verbs = { readonly one: string; readonly several: string }

const verbs: Readonly<Record<Fate, Verbs>> = {
  added: { one: 'is new', several: 'are new' },
  gone: { one: 'is gone', several: 'are gone' },
  renamed: { one: 'has a new name', several: 'have new names' },
  moved: { one: 'has moved', several: 'have moved' },
  back: { one: 'is back', several: 'are back' },
  mended: {
    one: 'has its group put right, which somebody had changed',
    several: 'have their groups put right, which somebody had changed',
  },
}

/** Of departments whose groups are new, which the departments may or may not be. */
const grouping: Verbs = { one: 'has a group now', several: 'have a group now' }

const losses: Readonly<Record<GroupLoss, Verbs>> = {
  disabled: { one: '; its group is switched off', several: '; their groups are switched off' },
  deleted: { one: '; its group is deleted', several: '; their groups are deleted' },
}

function groupNews(number: keyof Verbs, loss: GroupLoss | undefined): string {
  return loss === undefined ? '' : losses[loss][number]
}

function persons(count: number): string {
  return many(count, 'person', 'people')
}

function sentence(news: DepartmentNews): string {
  const { name } = news
  switch (news.fate) {
    case 'added':
      return `${name} is new, ${news.under === undefined ? 'at the top' : `under ${news.under}`}`
    case 'gone':
      return `${name} is gone`
    case 'renamed':
      return `${news.was} is now called ${name}${news.place === undefined ? '' : ` and ${moved(news.place)}`}`
    case 'moved':
      return `${name} ${moved(news.place)}`
    case 'back':
      return `${name} is back, and its group is switched on again`
    case 'mended':
      return `The group of ${name}, which somebody had changed, is put right`
  }
}

function moved({ from, to }: Place): string {
  return `moved from ${from} to ${to}`
}

function afterwards(news: DepartmentNews): string {
  return news.fate === 'gone' ? `${elsewhere(news)}${groupNews('one', news.group)}` : ''
}

function elsewhere({ people, mostly }: Extract<DepartmentNews, { fate: 'gone' }>): string {
  if (mostly === undefined) return ''
  const some = people === mostly.people ? '' : ` ${grouped(mostly.people)} of them`
  return `,${some} now in ${list(mostly.to)}`
}
