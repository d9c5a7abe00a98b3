import type { Problem } from '../model/problem.ts'
import type { Cause, Change, Consent, Decision, Remark } from '../model/plan.ts'
import type { DepartmentChangeKind } from '../model/department.ts'
import type { PersonalData, Result, Run } from '../model/run.ts'
import { counts, type Counts } from './counts.ts'
import { allFindings } from './findings.ts'
import { listEdits, type Edit } from '../model/edit.ts'
import { shown, shownChange, shownName, shownProblem, type TextChange } from './privacy.ts'

/** The plan as published: `schema/plan.schema.json`. */
export type PlanDocument = {
  readonly version: 1
  readonly syncer: string
  readonly corpId: string
  readonly mode: Run['mode']
  readonly source: Run['source']['kind']
  readonly target: Run['target']
  readonly outcome: Run['outcome']
  readonly personalData: PersonalData
  readonly counts: Counts
  readonly removals: {
    readonly asked: number
    readonly limit: number
    readonly owned: number
    /** What `approve` takes; only where removals are held or were approved. */
    readonly digest?: string
    /** Whose word lets them go on. */
    readonly consent?: Consent['by']
    readonly reasons: readonly Problem[]
  }
  readonly changes: readonly ChangeDocument[]
  readonly held: readonly ChangeDocument[]
  readonly failed: readonly (ChangeDocument & { readonly problem: Problem })[]
  /** Why writing stopped before the end. */
  readonly stopped?: Problem
  readonly departments: readonly DepartmentDocument[]
  readonly remarks: readonly RemarkDocument[]
  readonly findings: readonly Problem[]
}

/** At `hidden` a person is named by the departments alone, and a field by its name. */
export type ChangeDocument = Omit<Partial<PersonDocument>, 'departments'> &
  Pick<PersonDocument, 'departments'> & {
    readonly kind: Change['kind']
    /** Name of the account. */
    readonly name?: string
    readonly cause?: string
    readonly adopted?: string
    readonly forbidden?: boolean
    readonly enabled?: boolean
    readonly undelete?: boolean
    readonly fields: readonly (Pick<TextChange, 'field'> & Partial<TextChange>)[]
  }
type PersonDocument = { userid: string; displayName: string; departments: readonly number[] }
type RemarkDocument = Partial<Pick<PersonDocument, 'userid' | 'displayName'>> &
  Pick<PersonDocument, 'departments'> & { readonly kind: Remark['kind']; readonly problem: Problem }
type DepartmentDocument = {
  readonly id: number
  readonly change: DepartmentChangeKind
  readonly name?: string
  /** Its group is neither switched off nor deleted. */
  readonly held?: true
  /** Why its group could not be written. */
  readonly problem?: Problem
}

/**
 * The whole plan as plain data, for programs (specification 2, `plan-file`). It obeys the level, because people
 * upload it. The same run gives the same document; it holds no time.
 *
 * @returns `undefined` for a run that stopped before there was a plan.
 */
export function planDocument(run: Run, level: PersonalData): PlanDocument | undefined {
  const { result, mode, source, target, outcome } = run
  if (result === undefined) return undefined
  const { plan, decision, applied, policy, corpId } = result
  const problem = (each: Problem): Problem => shownProblem(each, level)
  const change = (each: Change): ChangeDocument => changeDocument(each, level)
  return {
    version: 1,
    syncer: policy.syncer,
    corpId,
    mode,
    source: source.kind,
    target,
    outcome,
    personalData: level,
    counts: counts(run),
    removals: removalsOf(decision, problem),
    changes: decision.allowed.map(change),
    held: [...decision.held, ...decision.heldAdditions].map(change),
    failed: (applied?.failed ?? []).map((each) => ({
      ...change(each.change),
      problem: problem(each.problem),
    })),
    ...(applied?.stopped !== undefined && { stopped: problem(applied.stopped) }),
    departments: departmentDocuments(result, level),
    remarks: [...plan.remarks, ...(applied?.remarks ?? [])].map((remark) => remarkDocument(remark, level)),
    findings: allFindings(result).map(problem),
  }
}

function removalsOf(
  { limits, digest, consent, reasons }: Decision,
  problem: (each: Problem) => Problem,
): PlanDocument['removals'] {
  return {
    asked: limits.people.asked,
    limit: limits.people.limit,
    owned: limits.people.total,
    ...(digest !== undefined && { digest }),
    ...(consent !== undefined && { consent: consent.by }),
    reasons: (consent?.reasons ?? reasons).map(problem),
  }
}

function changeDocument(change: Change, level: PersonalData): ChangeDocument {
  const { kind, departments } = change
  const edits = listEdits(change)
  const facts = {
    ...('cause' in change && { cause: causeWord(change.cause) }),
    ...('adopted' in change && { adopted: change.adopted }),
    ...(kind === 'add' && { forbidden: change.forbidden }),
    ...(kind === 'delete' && { enabled: change.enabled }),
    ...(kind === 'restore' && { undelete: change.undelete }),
  }
  if (level === 'hidden')
    return { kind, departments, ...facts, fields: edits.map(({ field }) => ({ field })) }
  return {
    kind,
    ...personDocument(change, level),
    name: shown(change.name, level),
    departments,
    ...facts,
    fields: edits.map((edit) => shownChange(textsOf(edit), level)),
  }
}

/** Values as they are published: departments are ids joined by `,`, groups a list in JSON. */
function textsOf(edit: Edit): TextChange {
  switch (edit.field) {
    case 'departments':
      return { ...edit, before: edit.before.join(','), after: edit.after.join(',') }
    case 'groups':
      return { ...edit, before: listText(edit.before), after: listText(edit.after) }
    case 'status':
      return { before: '', ...edit }
    default:
      return edit
  }
}

function listText(items: readonly string[]): string {
  return items.length === 0 ? '' : JSON.stringify(items)
}

/** The schema calls somebody who is gone `left`, as targets do. */
function causeWord(cause: Cause): string {
  return cause === 'gone' ? 'left' : cause
}

function personDocument(
  person: Pick<PersonDocument, 'userid' | 'displayName'>,
  level: PersonalData,
): Pick<PersonDocument, 'userid' | 'displayName'> {
  return { userid: shown(person.userid, level), displayName: shownName(person, level) }
}

function remarkDocument({ kind, person, problem }: Remark, level: PersonalData): RemarkDocument {
  return {
    kind,
    ...(level !== 'hidden' && personDocument(person, level)),
    departments: person.departments,
    problem: shownProblem(problem, level),
  }
}

function departmentDocuments(
  { plan, decision, applied }: Result,
  level: PersonalData,
): readonly DepartmentDocument[] {
  const held = new Set(decision.groups?.held)
  const failed = new Map(applied?.groups?.failed.map(({ change, problem }) => [change, problem]))
  return plan.departmentChanges.map((change) => {
    const { name } = change.after ?? change.before
    const problem = failed.get(change)
    return {
      id: change.id,
      change: change.kind,
      ...(level !== 'hidden' && { name: shown(name, level) }),
      ...(held.has(change) && { held: true }),
      ...(problem !== undefined && { problem: shownProblem(problem, level) }),
    }
  })
}
