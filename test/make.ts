import { defaultMapping } from '../src/model/mapping.ts'
import {
  externalIdOf,
  type CurrentUser,
  type Member,
  type RememberedStatus,
  type WantedUser,
} from '../src/model/people.ts'
import { type DepartmentChange, type DepartmentState } from '../src/model/department.ts'
import { noEdits, type Edits, type FieldChange } from '../src/model/edit.ts'
import { type ChangedField, type FieldName } from '../src/model/field.ts'
import { type Applied } from '../src/model/applied.ts'
import { type Change, type Decision, type LossLimit, type Plan, type Removal } from '../src/model/plan.ts'
import { type Current, type Directory, type Row } from '../src/model/directory.ts'
import { type Policy } from '../src/model/policy.ts'
import { type Result, type Run } from '../src/model/run.ts'
import { departmentEvent } from '../src/plan/departments/changes.ts'
import { guard } from '../src/plan/guard.ts'

/*
 * Builders with overrides: a test says only what it is about.
 */

export const corpId = 'ww0123456789abcdef'

/** A member as WeCom shows an active engineer of department 2. */
export function aMember(overrides: Partial<Member> = {}): Member {
  return { userid: 'chen_ming', departments: [2], status: 1, fields: { name: '陈明' }, ...overrides }
}

export function aRow(overrides: Partial<Member> = {}, department?: number): Row {
  const member = aMember(overrides)
  return { department: department ?? member.departments[0] ?? 1, member }
}

/** An active person the source asks for. */
export function aUser(overrides: Partial<WantedUser> = {}): WantedUser {
  return {
    userid: 'chen_ming',
    fields: { displayName: '陈明' },
    status: 'active',
    forbidden: false,
    departments: [2],
    ...overrides,
  }
}

/** The account of `userid` as this syncer left it, in step with `aUser()`. */
export function anAccount(overrides: Partial<CurrentUser> & { readonly userid?: string } = {}): CurrentUser {
  const { userid = 'chen_ming', ...others } = overrides
  return {
    name: userid,
    id: userid,
    wecom: userid,
    externalId: externalIdOf(corpId, userid),
    fields: { displayName: '陈明' },
    forbidden: false,
    deleted: false,
    administrator: false,
    status: 'active',
    departments: [2],
    groups: [],
    ...others,
  }
}

/** An account somebody made by hand: no trace of this syncer. */
export function aHandMadeAccount(overrides: Partial<CurrentUser> = {}): CurrentUser {
  const { status: _, departments: __, ...plain } = anAccount({ wecom: '', externalId: '', id: 'b7c1' })
  return { ...plain, ...overrides }
}

export function aCurrent(users: readonly CurrentUser[] = [], overrides: Partial<Current> = {}): Current {
  return { users, lowersNames: false, frozen: new Map(), remarks: [], ...overrides }
}

/** A complete fetch. */
export function aDirectory(
  rows: readonly Row[] = [],
  overrides: Partial<Omit<Directory, 'kind'>> = {},
): Directory {
  const departments = [
    { id: 1, name: '青石科技' },
    { id: 2, name: '研发中心', parent: 1 },
    { id: 3, name: '市场部', parent: 1 },
  ]
  return { kind: 'members', rows, corpId, departments, doubts: [], remarks: [], ...overrides }
}

/** The inputs' defaults. */
export function aPolicy(overrides: Partial<Policy> = {}): Policy {
  return {
    syncer: 'wecom',
    notActivated: 'forbid',
    leavers: 'forbid',
    groups: 'none',
    emptyValues: 'keep',
    restore: 'own',
    removalLimit: [
      { kind: 'percent', value: 5 },
      { kind: 'count', value: 200 },
    ],
    protectedUsers: new Set(),
    countryCode: 'CN',
    mapping: defaultMapping,
    matchBy: [],
    review: false,
    ...overrides,
  }
}

export function aPlan(overrides: Partial<Plan> = {}): Plan {
  return {
    changes: [],
    remarks: [],
    findings: [],
    doubts: [],
    unchanged: 0,
    owned: 100,
    exchange: { owned: 100, gone: 0, joining: 0 },
    oneByOne: 1,
    departments: [],
    visibleDepartments: [1, 2, 3],
    departmentChanges: [],
    ...overrides,
  }
}

type States = {
  readonly id: number
  readonly before?: DepartmentState
  readonly after?: DepartmentState
  readonly people: number
}

/** A department that was and is like this, as a plan has it. */
export function aDepartmentChange({ id, before, after, people }: States): DepartmentChange {
  const event = departmentEvent(before, after)
  if (event === undefined) throw new Error(`nothing happens to department ${id}`)
  return { id, ...event, people }
}

export function departmentChangesOf(all: readonly States[]): readonly DepartmentChange[] {
  return all.map(aDepartmentChange)
}

type Pair<Value> = readonly [before: Value, after: Value]

/** What an account had and gets, by what it is. */
export type Values = Readonly<
  Partial<Record<Exclude<ChangedField, 'departments' | 'groups' | 'status'>, Pair<string>>>
> & {
  readonly departments?: Pair<readonly number[]>
  readonly groups?: Pair<readonly string[]>
  readonly status?: readonly [before: RememberedStatus | undefined, after: RememberedStatus]
}

/** The edits of a change: `edits({ title: ['', '顾问'], departments: [[2], [3]] })`. */
export function edits(values: Values): Edits {
  const { departments, groups, status, wecom, externalId, ...texts } = values
  return {
    fields: Object.entries(texts).flatMap(([field, pair]): readonly FieldChange[] =>
      pair === undefined ? [] : [{ field: field as FieldName, ...revision(pair) }],
    ),
    ...(groups && { groups: revision(groups) }),
    remembered: {
      ...(departments && { departments: revision(departments) }),
      ...(status && { status: { ...(status[0] && { before: status[0] }), after: status[1] } }),
    },
    link: {
      ...(wecom && { wecom: revision(wecom) }),
      ...(externalId && { externalId: revision(externalId) }),
    },
  }
}

function revision<Value>([before, after]: Pair<Value>): { readonly before: Value; readonly after: Value } {
  return { before, after }
}

const person = { userid: 'chen_ming', displayName: '陈明', departments: [2], name: 'chen_ming' }

export function anAdd(overrides: Partial<Extract<Change, { kind: 'add' }>> = {}): Change {
  return { kind: 'add', ...person, ...noEdits, forbidden: false, ...overrides }
}

export function anUpdate(overrides: Partial<Extract<Change, { kind: 'update' }>> = {}): Change {
  return { kind: 'update', ...person, ...noEdits, ...overrides }
}

export function aForbid(overrides: Partial<Extract<Change, { kind: 'forbid' }>> = {}): Removal {
  return { kind: 'forbid', ...person, ...noEdits, cause: 'gone', ...overrides }
}

export function aDelete(overrides: Partial<Extract<Change, { kind: 'delete' }>> = {}): Removal {
  return { kind: 'delete', ...person, ...noEdits, cause: 'gone', enabled: true, ...overrides }
}

export function aRestore(overrides: Partial<Extract<Change, { kind: 'restore' }>> = {}): Change {
  return {
    kind: 'restore',
    ...person,
    ...noEdits,
    cause: 'active-again',
    undelete: false,
    ...overrides,
  }
}

/** The inputs' default for a hundred accounts of which none is asked for. */
export function aLimit(overrides: Partial<LossLimit> = {}): LossLimit {
  return {
    asked: 0,
    limit: 5,
    total: 100,
    bounds: [
      { bound: { kind: 'percent', value: 5 }, count: 5 },
      { bound: { kind: 'count', value: 200 }, count: 200 },
    ],
    isExceeded: false,
    isRaised: false,
    ...overrides,
  }
}

/** Nothing held. */
export function aDecision(overrides: Partial<Decision> = {}): Decision {
  return {
    allowed: [],
    held: [],
    heldAdditions: [],
    limits: { people: aLimit() },
    reasons: [],
    isApprovable: false,
    remarks: [],
    ...overrides,
  }
}

/** What the guard decides about a plan for the corp of these builders. */
export function guarded(plan: Plan, policy = aPolicy(), source: Partial<Directory> = {}): Decision {
  return guard(plan, policy, { corpId, ...source })
}

export function anApplied(overrides: Partial<Applied> = {}): Applied {
  return { done: [], failed: [], remarks: [], changed: false, ...overrides }
}

/** What comes of a plan with nothing to do, before anything is written. */
export function aResult(overrides: Partial<Result> = {}): Result {
  return { plan: aPlan(), decision: aDecision(), policy: aPolicy(), corpId, people: 100, ...overrides }
}

/** A sync from WeCom into the Casdoor organization `acme` that stopped before it had a result. */
export function aRun(overrides: Partial<Run> = {}): Run {
  return {
    mode: 'sync',
    source: { kind: 'wecom' },
    target: { kind: 'casdoor', organization: 'acme' },
    outcome: 'failed',
    problems: [],
    seconds: { read: 3, write: 1 },
    ...overrides,
  }
}
