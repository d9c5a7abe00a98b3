import type { Change } from '../model/plan.ts'
import { listEdits } from '../model/edit.ts'
import type { FieldName } from '../model/field.ts'
import { causeCell, changeLines, whereCell, whoCell } from './change.ts'
import { countOf } from './counts.ts'
import { bySize, groupBy } from '../model/lists.ts'
import { whoTally } from './held.ts'
import { isVisible } from '../story/visible-change.ts'
import { fieldLabel, valueCell, type Page, type Part } from './page.ts'
import { departmentTally, listing, tallyTable, type Rows } from './people.ts'
import { shownChange } from './privacy.ts'

type Of<Kind extends Change['kind']> = Extract<Change, { kind: Kind }>

/** The changes by kind, removals first; those that the story explains are only counted after it. */
export function changeParts(page: Page, changes: readonly Change[], story: Part): readonly Part[] {
  const { rest } = page.story
  const of = <Kind extends Change['kind']>(kind: Kind): readonly Of<Kind>[] =>
    rest.filter((change): change is Of<Kind> => change.kind === kind)
  const explained = (kind: Change['kind']): number =>
    changes.filter((change) => change.kind === kind).length - of(kind).length
  return [
    ...[of('forbid'), of('delete'), of('restore')].map((some) => accessPart(page, some)),
    story,
    addedPart(page, of('add'), explained('add')),
    updatedPart(page, of('update'), explained('update')),
  ]
}

/** People who lose or regain access. */
function accessPart(page: Page, changes: readonly Of<'forbid' | 'delete' | 'restore'>[]): Part {
  const { head } = page.text.summary
  const [first] = changes
  return listing(page, {
    section: first === undefined ? 'forbidden' : countOf[first.kind],
    items: changes,
    heads: [head('person'), head('department'), head('why')],
    row: (change) => [
      whoCell(page, change),
      whereCell(page, change),
      [causeCell(page, change), ...changeLines(page, change)].join('<br>'),
    ],
    tally: (all) => whoTally(page, all),
  })
}

/** Fields worth a column of their own, where anybody has them. */
const columns: readonly FieldName[] = ['title', 'email', 'phone', 'affiliation', 'tag', 'location']

function addedPart(page: Page, changes: readonly Of<'add'>[], explained: number): Part {
  return listing(page, {
    section: 'added',
    explained,
    ...addedRows(page, changes),
    tally: (all) => addedTally(page, all),
  })
}

/** People who are new, with what is known of them. */
export function addedRows(page: Page, changes: readonly Of<'add'>[]): Rows<Of<'add'>> {
  const { text, level } = page
  const { head } = text.summary
  const fields = columns.filter((column) =>
    changes.some((change) => change.fields.some(({ field, after }) => field === column && after !== '')),
  )
  const isAnyForbidden = changes.some(({ forbidden }) => forbidden)
  const value = (change: Of<'add'>, column: FieldName): string => {
    const found = change.fields.find(({ field }) => field === column)
    return found === undefined ? '' : valueCell(page, column, shownChange(found, level).after)
  }
  return {
    items: changes,
    heads: [
      head('person'),
      head('department'),
      ...fields.map((field) => fieldLabel(page, field)),
      ...(isAnyForbidden ? [head('state')] : []),
    ],
    row: (change) => [
      whoCell(page, change),
      whereCell(page, change),
      ...fields.map((field) => value(change, field)),
      ...(isAnyForbidden ? [stateCell(page, change)] : []),
    ],
  }
}

function stateCell({ text }: Page, { forbidden, cause }: Of<'add'>): string {
  if (!forbidden) return ''
  const state = text.summary.addedForbidden
  return cause === undefined ? state : text.pair(state, text.cause(cause))
}

function addedTally(page: Page, changes: readonly Of<'add'>[]): string {
  if (page.level !== 'hidden') return departmentTally(page, changes)
  const { text } = page
  const state = (change: Of<'add'>): string =>
    change.forbidden ? stateCell(page, change) : text.summary.addedEnabled
  const groups = bySize(groupBy(changes, state))
  return tallyTable(
    page,
    text.summary.head('state'),
    groups.map(([label, all]) => [label, all.length]),
    { others: text.summary.otherReasons },
  )
}

function updatedPart(page: Page, changes: readonly Of<'update'>[], explained: number): Part {
  return listing(page, {
    section: 'updated',
    explained,
    ...updatedRows(page, changes),
    tally: (all) => fieldTally(page, all),
  })
}

/** People of whom something else is known now. */
export function updatedRows<Kind extends Change>(page: Page, changes: readonly Kind[]): Rows<Kind> {
  const { head } = page.text.summary
  return {
    items: changes,
    heads: [head('person'), head('department'), head('change')],
    row: (change) => [whoCell(page, change), whereCell(page, change), whatCell(page, change)],
  }
}

function whatCell(page: Page, change: Change): string {
  const lines = changeLines(page, change)
  return lines.length === 0 ? page.text.summary.bookkeeping : lines.join('<br>')
}

/** How many people each field changed for. */
function fieldTally(page: Page, changes: readonly Of<'update'>[]): string {
  const { text } = page
  const labels = changes.flatMap((change) => {
    const edits = listEdits(change).filter((edit) => isVisible(edit, change))
    const own = edits.map(({ field }) => fieldLabel(page, field))
    const taken = change.adopted === undefined ? [] : [text.summary.adopted(change.adopted)]
    return own.length + taken.length === 0 ? [text.summary.bookkeeping] : [...taken, ...own]
  })
  const groups = bySize(groupBy(labels, (label) => label))
  return tallyTable(
    page,
    text.summary.head('change'),
    groups.map(([label, all]) => [label, all.length]),
    { others: text.summary.otherFields },
  )
}
