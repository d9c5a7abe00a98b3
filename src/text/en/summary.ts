import type { ChangeKind } from '../../model/plan.ts'
import { grouped } from '../number.ts'
import { keys } from './fields.ts'
import type { DepartmentChangeKind } from '../../model/department.ts'
import type { Column, CountName, Section, SummaryText, Tense } from '../text.ts'
import { duration, many, of } from './words.ts'

const counts: Readonly<Record<CountName, Readonly<Record<Tense, string>>>> = {
  added: { done: 'added', planned: 'to add' },
  updated: { done: 'updated', planned: 'to update' },
  forbidden: { done: 'forbidden', planned: 'to forbid' },
  restored: { done: 'restored', planned: 'to restore' },
  deleted: { done: 'deleted', planned: 'to delete' },
  held: { done: 'held back', planned: 'to hold back' },
  skipped: { done: 'skipped', planned: 'to skip' },
  failed: { done: 'failed', planned: 'failed' },
  unchanged: { done: 'unchanged', planned: 'unchanged' },
  groups: { done: 'groups changed', planned: 'groups to change' },
}

const titles: Readonly<Record<Section, Readonly<Record<Tense, string>>>> = {
  consent: { done: 'Approved removals', planned: 'Check these removals first' },
  held: { done: 'Held back', planned: 'Would be held back' },
  failed: { done: 'Failed', planned: 'Failed' },
  skipped: { done: 'Skipped', planned: 'Would be skipped' },
  hidden: { done: 'Outside the visible range', planned: 'Outside the visible range' },
  protected: { done: 'Protected', planned: 'Protected' },
  noted: { done: 'Worth checking', planned: 'Worth checking' },
  partly: { done: 'Partly written', planned: 'Partly written' },
  forbidden: { done: 'Forbidden', planned: 'Would be forbidden' },
  deleted: { done: 'Deleted', planned: 'Would be deleted' },
  restored: { done: 'Restored', planned: 'Would be restored' },
  added: { done: 'Added', planned: 'Would be added' },
  updated: { done: 'Updated', planned: 'Would be updated' },
  'groups-failed': { done: 'Groups that failed', planned: 'Groups that failed' },
  'groups-held': { done: 'Groups held back', planned: 'Groups that would be held back' },
}

const none = { done: '', planned: '' } as const

const intros: Readonly<Record<Section, Readonly<Record<Tense, string>>>> = {
  consent: none,
  held: none,
  failed: {
    done: 'These changes failed. The next run tries them again.',
    planned: '',
  },
  skipped: {
    done: 'Left unchanged to avoid guessing.',
    planned: 'They would be left unchanged to avoid guessing.',
  },
  hidden: {
    done: 'Still in the company, but no longer visible to the WeCom app. Their accounts were kept.',
    planned: 'Still in the company, but no longer visible to the WeCom app. Their accounts would be kept.',
  },
  protected: {
    done: 'Never changed. The list shows what would have changed otherwise.',
    planned: 'Never changed. The list shows what would change otherwise.',
  },
  noted: none,
  partly: { done: 'One part of the change was rejected; the rest was written.', planned: '' },
  forbidden: {
    done: 'The accounts stay, but nobody can sign in with them.',
    planned: 'The accounts would stay, but nobody could sign in with them.',
  },
  deleted: none,
  restored: { done: 'These people can sign in again.', planned: 'These people could sign in again.' },
  added: none,
  updated: none,
  'groups-failed': { done: 'The next run tries them again.', planned: '' },
  'groups-held': none,
}

const heads: Readonly<Record<Column, string>> = {
  person: 'person',
  department: 'department',
  why: 'why',
  found: 'finding',
  remedy: 'what to do',
  change: 'what changed',
  kind: 'change',
  people: 'people',
  state: 'state',
  groups: 'groups',
  before: 'before',
  after: 'after',
}

const groupChange: Readonly<Record<DepartmentChangeKind, string>> = {
  added: 'new',
  removed: 'deleted',
  renamed: 'renamed',
  moved: 'moved',
  disabled: 'disabled',
  enabled: 'enabled again',
  repaired: 'repaired',
}

export const summary: SummaryText = {
  unnamedTarget: 'Casdoor',
  unnamedSnapshot: 'the snapshot',
  headline: {
    inStep: ({ target, source: kind }) => `${target} is in sync with ${source(kind)}`,
    planned: ({ target }) => `What a sync would change in ${target}`,
    held: (count, others, tense) => {
      const would = tense === 'planned' ? 'would be ' : ''
      return `${many(count, 'removal')} ${would}held back${others ? `, everything else ${would}applied` : ''}`
    },
    merging: ({ target }, isChange) =>
      isChange ? `What merging changes in ${target}` : `Merging changes nothing in ${target}`,
    partly: ({ target }, failed) => `${many(failed, 'change')} to ${target} failed, the rest was applied`,
    cutShort: ({ target }, done, total) => `Writing to ${target} stopped after ${of(done, total)} changes`,
    cancelled: ({ target }, done, total) =>
      `Cut short: cancelled after ${of(done, total)} changes to ${target}; the next run does the rest`,
    nothingDone: ({ target }, total) =>
      total === 1
        ? `The only change to ${target} failed`
        : `All ${grouped(total)} changes to ${target} failed`,
    stopped: ({ target }) => `The run stopped before anything was written to ${target}`,
    stoppedLate: ({ target }) => `The run stopped after writing to ${target}`,
    checked: (total) => `All ${many(total, 'check')} passed`,
    checksFailed: (failed, total) => `${of(failed, total)} checks failed`,
  },
  count: (name, count, tense) =>
    name === 'groups' && count === 1
      ? { done: '1 group changed', planned: '1 group to change' }[tense]
      : `${grouped(count)} ${counts[name][tense]}`,
  column: (name, tense) => counts[name][tense],
  nothingToDo: 'Nothing to do',
  nothingDone: 'Nothing was changed',
  nothingWritten: 'Nothing was written.',
  planOnly: 'Nothing was written: this was `mode: plan`.',
  safeAgain: 'Nothing was written. Running again is always safe.',
  compared: (people, departments, read, write) =>
    `${many(people, 'person', 'people')}${departments === 0 ? '' : ` in ${many(departments, 'department')}`} compared in ${duration(read)}${
      write === undefined ? '' : `, written in ${duration(write)}`
    }.`,
  shortened: (leftOut, medium, runUrl) => {
    const place = medium === 'summary' ? 'a job summary' : 'GitHub’s size limit'
    const where = runUrl === undefined ? '' : `of [the run](${runUrl}) `
    return `Shortened to fit ${place}: ${many(leftOut, 'row is', 'rows are')} left out. The numbers are complete, and the full plan is in the plan file ${where}(output \`plan-file\`).`
  },
  more: (count) => `… and ${grouped(count)} more, in the plan file (output \`plan-file\`).`,
  unfold: (shown, count) => (shown === count ? `Show all ${grouped(count)}` : `Show ${of(shown, count)}`),
  title: (section, tense, count) => `${titles[section][tense]} (${grouped(count)})`,
  intro: (section, tense) => intros[section][tense],
  head: (column) => heads[column],
  changeKind: (kind) => changeKinds[kind],
  departmentAndBelow: (name, below) => `${name} and ${grouped(below)} below`,
  otherDepartments: (count) => many(count, 'other department'),
  otherReasons: (count) => many(count, 'other reason'),
  otherFields: (count) => many(count, 'other field'),
  noDepartment: 'no department',
  changed: 'changed',
  maskedAlike: '(the masked part differs)',
  nothing: '–',
  sameAsAbove: 'as above',
  bookkeeping: 'only data stored by this syncer',
  semicolon: '; ',
  account: (name) => `account ${name}`,
  adopted: (key) => `adopted, matched by ${keys[key]}`,
  undeleted: 'was soft-deleted',
  alreadyForbidden: 'already forbidden',
  wasBefore: (status) => `was ${status}`,
  addedForbidden: 'forbidden',
  addedEnabled: 'may sign in',
  approve: (people) =>
    people > 0
      ? 'If these people really left, run the workflow again with this input. It approves exactly these removals:'
      : 'If the company really changed like this, run the workflow again with this input. It approves exactly these changes:',
  consent: (by, count, tense) => {
    const people = many(count, 'removal')
    switch (by) {
      case 'review':
        return `Merging this approves exactly these ${people}. If they are not right, do not merge. Their digest, which is stored in the snapshot:`
      case 'snapshot':
        return `The snapshot approves exactly these ${people} with this digest${tense === 'planned' ? '; merging applies them' : ''}:`
      case 'approve':
        return `The input \`approve\` covers exactly these ${people}:`
    }
  },
  unreached: (count) =>
    `${many(count, 'change was', 'changes were')} not reached. The next run makes only the remaining changes.`,
  groupChange,
}

const changeKinds: Readonly<Record<ChangeKind, string>> = {
  add: 'add',
  update: 'update',
  forbid: 'forbid',
  restore: 'restore',
  delete: 'delete',
}

function source(kind: 'wecom' | 'snapshot'): string {
  return kind === 'wecom' ? 'WeCom' : 'the snapshot'
}
