import type { DepartmentChangeKind } from '../model/department.ts'
import type { ChangedField } from '../model/field.ts'
import { propertyKeyOf } from '../model/mapping.ts'
import { keyOf } from '../model/people.ts'
import { valuesCell } from './change.ts'
import { addedRows, updatedRows } from './changes.ts'
import { diagram } from './diagram.ts'
import { cell } from './escape.ts'
import { folded, list, stack } from './markdown.ts'
import { leftOutOf, noPart, type Page, type Part } from './page.ts'
import { openRows } from './people.ts'
import type { Line } from '../story/line.ts'
import { areGroups, describeDepartment, departmentRows, departmentName } from './department-line.ts'

type Of<Kind extends Line['kind']> = Extract<Line, { kind: Kind }>

/** The story (specification 10.2): one line for each cause, and what it changed in the accounts folded under it. */
export function storyPart(page: Page): Part {
  const { text, level } = page
  const parts = [
    ...kinds.flatMap((kind) => departmentParts(page, kind)),
    ...moveParts(page),
    ...joinerParts(page),
    ...fieldParts(page),
  ]
  if (parts.length === 0) return noPart
  return {
    markdown: stack([
      `### ${text.story.title}`,
      level === 'hidden' ? '' : text.story.intro,
      list(parts.map(({ markdown }) => markdown)),
      diagram(page),
    ]),
    leftOut: leftOutOf(parts),
  }
}

/** In the order of the report. */
const kinds: readonly DepartmentChangeKind[] = [
  'moved',
  'renamed',
  'disabled',
  'removed',
  'added',
  'enabled',
  'repaired',
]

/** So many events of one kind have a line each; more share one. */
const most = 5

/** What is said of events of one kind. */
type Sentences<Event> = {
  readonly weight: (event: Event) => number
  readonly one: (event: Event) => string
  /** Several events in one sentence that names no department and no value. */
  readonly several: (events: readonly Event[]) => string
  readonly rows: (events: readonly Event[]) => readonly Part[]
}

/** One line for each event, those about most people first, or one for all. */
function eventParts<Event>(
  page: Page,
  events: readonly Event[],
  { weight, one, several, rows }: Sentences<Event>,
): readonly Part[] {
  if (events.length === 0) return []
  if (events.length > most || page.level === 'hidden') return [unfolding(several(events), rows(events))]
  return events.toSorted((a, b) => weight(b) - weight(a)).map((event) => unfolding(one(event), rows([event])))
}

/** A line that unfolds where there is something to be seen. */
function unfolding(sentence: string, parts: readonly Part[]): Part {
  const markdown = stack(parts.map((part) => part.markdown))
  return {
    markdown: markdown === '' ? sentence : folded(sentence, markdown),
    leftOut: leftOutOf(parts),
  }
}

function linesOf<Kind extends Line['kind']>({ story }: Page, kind: Kind): readonly Of<Kind>[] {
  return story.lines.filter((line): line is Of<Kind> => line.kind === kind)
}

function updates(page: Page, lines: readonly Exclude<Line, Of<'joiners'>>[]): Part {
  const rows = lines.flatMap((line) => line.rows)
  return openRows(page, updatedRows(page, rows))
}

function additions(page: Page, lines: readonly Of<'joiners'>[]): Part {
  const rows = lines.flatMap((line) => line.rows)
  return openRows(page, addedRows(page, rows))
}

function departments(page: Page, lines: readonly Of<'department'>[]): Part {
  const changes = lines.map(({ change }) => change)
  return lines.length > 1 ? openRows(page, departmentRows(page, changes)) : noPart
}

/** How many people lines are about, each once. */
function peopleIn(lines: readonly Line[]): number {
  return new Set(lines.flatMap(({ rows }) => rows.map(({ userid }) => keyOf(userid)))).size
}

function departmentParts(page: Page, kind: DepartmentChangeKind): readonly Part[] {
  const { story } = page.text
  const lines = linesOf(page, 'department').filter(({ change }) => change.kind === kind)
  return eventParts(page, lines, {
    weight: ({ change }) => change.people,
    one: ({ change, mostly }) => story.department(describeDepartment(page, change, mostly)),
    several: (some) => {
      const [only, ...others] = some.map(({ change }) => change)
      return story.departments(kind, some.length, {
        areGroups: areGroups(page),
        ...(only !== undefined && others.length === 0 && { people: only.people }),
      })
    },
    rows: (some) => [departments(page, some), updates(page, some)],
  })
}

function names(page: Page, ids: readonly number[]): readonly string[] {
  return ids.map((id) => departmentName(page, id))
}

function moveParts(page: Page): readonly Part[] {
  const { story } = page.text
  return eventParts(page, linesOf(page, 'move'), {
    weight: ({ rows }) => rows.length,
    one: ({ move, rows }) => story.moved(rows.length, names(page, move.from), names(page, move.to)),
    several: (some) => story.movedInGroups(peopleIn(some), some.length),
    rows: (some) => [updates(page, some)],
  })
}

function joinerParts(page: Page): readonly Part[] {
  const { story } = page.text
  return eventParts(page, linesOf(page, 'joiners'), {
    weight: ({ rows }) => rows.length,
    one: ({ departments: ids, rows }) => story.joined(rows.length, names(page, ids)),
    several: (some) =>
      story.joinedSeveral(peopleIn(some), new Set(some.flatMap(({ departments: ids }) => ids)).size),
    rows: (some) => [additions(page, some)],
  })
}

function fieldParts(page: Page): readonly Part[] {
  const { text } = page
  const { story } = text
  const wide = linesOf(page, 'wide').map((line) => {
    const { field } = line.wide
    const sentence = story.wide({
      ...line.wide,
      field: label(page, field),
      people: line.rows.length,
      isMapped: field !== 'groups',
    })
    return unfolding(sentence, [updates(page, [line])])
  })
  const same = eventParts(page, linesOf(page, 'same'), {
    weight: ({ rows }) => rows.length,
    one: ({ edit, rows }) =>
      story.same(label(page, edit.field), valuesCell(page, edit, plainCell), rows.length),
    several: (some) => {
      const fields = new Set(some.map(({ edit }) => label(page, edit.field)))
      return story.sameInGroups([...fields], peopleIn(some), some.length)
    },
    rows: (some) => [updates(page, some)],
  })
  return [...wide, ...same]
}

/** A value in a line that takes HTML alone. */
function plainCell({ text }: Page, _: ChangedField, value: string): string {
  return value === '' ? text.summary.nothing : cell(value)
}

/** The name of a field, in a line that takes HTML alone. */
function label({ text }: Page, field: ChangedField): string {
  return `<b>${propertyKeyOf(field) === undefined ? text.field(field) : cell(field)}</b>`
}
