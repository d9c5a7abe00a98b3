import type { Problem } from '../model/problem.ts'
import type { Cause, ChangeKind, Consent, LossLimit } from '../model/plan.ts'
import type { ChangedField, MatchKey } from '../model/field.ts'
import type { CheckName, Fact } from '../model/check.ts'
import type { DepartmentChangeKind } from '../model/department.ts'
import type { Delivery } from '../model/applied.ts'
import type { Policy } from '../model/policy.ts'
import type { PersonalData, PersonalDataReason, Run } from '../model/run.ts'
import type { Progress } from '../model/ports.ts'
import type { RememberedStatus } from '../model/people.ts'
import type { StoryText } from './story-text.ts'

/** What went wrong, and what to do about it. Parameters are embedded as they are given. */
export type ProblemText = { readonly sentence: string; readonly remedy: string }

/** What a run has done, or what it would do. */
export type Tense = 'done' | 'planned'

/** The numbers of a run, in the order of the table of counts. */
export const countNames = [
  'added',
  'updated',
  'forbidden',
  'restored',
  'deleted',
  'held',
  'skipped',
  'failed',
  'unchanged',
  'groups',
] as const
export type CountName = (typeof countNames)[number]

/** The stages of a run; each is one group of the log. */
export type Stage = 'fetch' | 'read' | 'compare' | 'write' | 'report' | 'check'

/**
 * Every sentence a person reads. The caller escapes names, values and other text from outside for the place
 * where the sentence is shown. Backticks in a sentence mark words to be typed.
 */
export interface Text {
  /** With thousands separators. */
  readonly number: (value: number) => string
  /** @param share from 0 to 1. */
  readonly percent: (share: number) => string
  readonly duration: (seconds: number) => string
  /** `a, b and c`. */
  readonly list: (items: readonly string[]) => string
  /** Parts of a sentence: `a, b, c`. */
  readonly enumerate: (items: readonly string[]) => string
  /** Names in a row: `a, b, c`. */
  readonly series: (items: readonly string[]) => string
  /** A label and its value: `title: engineer`. */
  readonly pair: (label: string, value: string) => string
  /** Ends a sentence. */
  readonly fullStop: string
  /** Puts sentences one after another. */
  readonly join: (sentences: readonly string[]) => string
  readonly problem: (problem: Problem) => ProblemText
  readonly field: (field: ChangedField) => string
  readonly cause: (cause: Cause) => string
  readonly status: (status: RememberedStatus) => string
  /** A department without a name, or one whose name is no longer known. */
  readonly department: (id: number) => string
  readonly summary: SummaryText
  readonly story: StoryText
  readonly explanation: ExplanationText
  readonly delivery: DeliveryText
  readonly check: CheckText
  readonly log: LogText
}

/** What the report is about, escaped already. */
export type About = {
  readonly target: string
  readonly kind: Run['target']['kind']
  readonly source: Run['source']['kind']
}

/** Where a report is read. */
export type Medium = 'summary' | 'pull-request' | 'comment'

/** The sections about people and groups, in the order of the report. */
export type Section =
  | 'consent'
  | 'held'
  | 'failed'
  | 'skipped'
  | 'hidden'
  | 'protected'
  | 'noted'
  | 'partly'
  | 'forbidden'
  | 'deleted'
  | 'restored'
  | 'added'
  | 'updated'
  | 'groups-failed'
  | 'groups-held'

export type Column =
  | 'person'
  | 'department'
  | 'why'
  | 'found'
  | 'remedy'
  | 'change'
  | 'kind'
  | 'people'
  | 'state'
  | 'groups'
  | 'before'
  | 'after'

export interface SummaryText {
  /** The targets of a run that stopped before its inputs were read, where they do not name it. */
  readonly unnamedTarget: string
  readonly unnamedSnapshot: string
  readonly headline: {
    readonly inStep: (about: About) => string
    readonly planned: (about: About) => string
    readonly held: (count: number, others: boolean, tense: Tense) => string
    /** In a pull request. */
    readonly merging: (about: About, isChange: boolean) => string
    readonly partly: (about: About, failed: number) => string
    readonly cutShort: (about: About, done: number, total: number) => string
    /** The run was cancelled while it wrote. */
    readonly cancelled: (about: About, done: number, total: number) => string
    readonly nothingDone: (about: About, total: number) => string
    /** Nothing was written. */
    readonly stopped: (about: About) => string
    readonly stoppedLate: (about: About) => string
    readonly checked: (total: number) => string
    readonly checksFailed: (failed: number, total: number) => string
  }
  /** `3 added`, `3 to add`. */
  readonly count: (name: CountName, count: number, tense: Tense) => string
  readonly column: (name: CountName, tense: Tense) => string
  readonly nothingToDo: string
  /** There was something to do. */
  readonly nothingDone: string
  readonly nothingWritten: string
  /** The same, because of `mode: plan`. */
  readonly planOnly: string
  /** A run that stopped before writing may simply be run again. */
  readonly safeAgain: string
  /** How much was compared, and how many seconds it took; `write` is absent when nothing was written. */
  readonly compared: (people: number, departments: number, read: number, write?: number) => string
  /** Rows were left out to stay within GitHub's size limit. @param runUrl where the rest is. */
  readonly shortened: (leftOut: number, medium: Medium, runUrl?: string) => string
  readonly more: (count: number) => string
  /** Label that unfolds a long list. */
  readonly unfold: (shown: number, count: number) => string
  readonly title: (section: Section, tense: Tense, count: number) => string
  /** One sentence for a reader who meets the section for the first time; may be empty. */
  readonly intro: (section: Section, tense: Tense) => string
  readonly head: (column: Column) => string
  readonly changeKind: (kind: ChangeKind) => string
  readonly departmentAndBelow: (name: string, below: number) => string
  readonly otherDepartments: (count: number) => string
  readonly otherReasons: (count: number) => string
  readonly otherFields: (count: number) => string
  readonly noDepartment: string
  /** In place of a long value. */
  readonly changed: string
  /** Beside two values that look the same once masked. */
  readonly maskedAlike: string
  /** In place of an absent value. */
  readonly nothing: string
  /** In place of a text that the row above has too. */
  readonly sameAsAbove: string
  readonly bookkeeping: string
  /** Between two remarks in one cell. */
  readonly semicolon: string
  readonly account: (name: string) => string
  readonly adopted: (key: MatchKey) => string
  readonly undeleted: string
  readonly alreadyForbidden: string
  readonly wasBefore: (status: string) => string
  readonly addedForbidden: string
  readonly addedEnabled: string
  /** @param people held back; 0 when only groups are. */
  readonly approve: (people: number) => string
  readonly consent: (by: Consent['by'], count: number, tense: Tense) => string
  readonly unreached: (count: number) => string
  /** How the group of a department changes. */
  readonly groupChange: Readonly<Record<DepartmentChangeKind, string>>
}

/** Text about commits and pull requests. */
export interface DeliveryText {
  /** First line of a commit. */
  readonly commit: string
  /** @param counts in words; empty when nothing is left to change. */
  readonly title: (counts: readonly string[]) => string
  /** Under the headline; empty in the job summary. */
  readonly intro: (medium: Medium, about: About) => string
  readonly committed: (commit: string) => string
  readonly pullRequest: (link: string, state: NonNullable<Delivery['pullRequest']>['state']) => string
}

/** The section “How this was decided”. */
export interface ExplanationText {
  readonly title: string
  readonly what: (about: About) => string
  readonly route: (about: About, corp: string, syncer: string) => string
  readonly policy: (policy: Policy) => readonly string[]
  /** @param lines of the input `mapping`. */
  readonly mapping: (lines: readonly string[]) => string
  /** How many of the accounts of this syncer one run may remove. */
  readonly limit: (people: LossLimit) => string
  readonly asked: (removals: number) => string
  readonly withheld: (fields: readonly string[]) => string
  readonly personalData: (level: PersonalData, why: PersonalDataReason) => string
}

export interface CheckText {
  readonly name: (name: CheckName) => string
  readonly fact: (fact: Fact) => string
  readonly heads: readonly [mark: string, check: string, found: string, remedy: string]
  readonly legend: string
}

export interface LogText {
  readonly stage: (stage: Stage) => string
  readonly progress: (progress: Progress) => string
  readonly held: (count: number) => string
  readonly failed: (failed: number, total: number) => string
  readonly skipped: (count: number) => string
  readonly hidden: (count: number) => string
  readonly checks: (failed: readonly string[]) => string
  readonly seeSummary: string
  readonly several: (count: number) => string
  readonly andMore: (count: number) => string
}
