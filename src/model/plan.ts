import type { Department, DepartmentChange } from './department.ts'
import type { Edits } from './edit.ts'
import type { MatchKey } from './field.ts'
import type { Person, Status } from './people.ts'
import type { Limit, Policy } from './policy.ts'
import type { Problem } from './problem.ts'

/** Why an account is forbidden, restored or deleted. */
export type Cause = Exclude<Status, 'active'> | 'active-again'

type ChangeOf<Kind extends string> = Person &
  Edits & {
    readonly kind: Kind
    /** Name of the account in the target. */
    readonly name: string
  }

/** Something a run would do to one account. */
export type Change =
  | (ChangeOf<'add'> & { readonly forbidden: boolean; readonly cause?: Cause })
  | (ChangeOf<'update'> & { readonly adopted?: MatchKey })
  /** Of an account that is enabled now: always a removal. */
  | (ChangeOf<'forbid'> & { readonly cause: Cause; readonly adopted?: MatchKey })
  | (ChangeOf<'restore'> & {
      readonly cause: Cause
      /** The account is soft-deleted: un-delete it and bind its groups again. */
      readonly undelete: boolean
      readonly adopted?: MatchKey
    })
  /** `enabled`: the account can sign in now, so deleting it is a removal. */
  | (ChangeOf<'delete'> & { readonly cause: Cause; readonly enabled: boolean })

export type ChangeKind = Change['kind']

/** Forbids or deletes an account. */
export type Removal = Extract<Change, { kind: 'forbid' | 'delete' }>

/** Makes an account. */
export type Addition = Extract<Change, { kind: 'add' }>

/** A person about whom the report says something, beside the changes. */
export type Remark = {
  readonly kind: 'skipped' | 'noted' | 'protected' | 'hidden'
  readonly person: Person
  readonly problem: Problem
}

/** Everything a run would do, as one value. The same input gives the same plan, byte for byte. */
export type Plan = {
  /** Sorted by kind of change, then by lower-cased userid. */
  readonly changes: readonly Change[]
  readonly remarks: readonly Remark[]
  /** Run-wide findings, the fetch's and the target's included. */
  readonly findings: readonly Problem[]
  /** Why nobody may be removed; empty when the fetch was complete. */
  readonly doubts: readonly Problem[]
  readonly unchanged: number
  /** Accounts that belong to this syncer, those adopted by this plan included. */
  readonly owned: number
  /** Of those that can sign in: how many have lost their person; and how many people would get an account. */
  readonly exchange: { readonly owned: number; readonly gone: number; readonly joining: number }
  /** Those of them of which no department is remembered, and whose person the source still shows. */
  readonly oneByOne: number
  /** Every department the source shows and those only the target remembers, by ascending id. */
  readonly departments: readonly Department[]
  /** Ids of those the source shows now, ascending. */
  readonly visibleDepartments: readonly number[]
  /** What would change in the target's own list of departments; empty where it keeps none. */
  readonly departmentChanges: readonly DepartmentChange[]
  /** What is at stake where departments are groups; absent where they are not. */
  readonly groups?: {
    readonly organization: string
    /** Groups of this syncer that are switched on. */
    readonly enabled: number
    /** How often an account is in a group of this syncer. */
    readonly memberships: number
  }
}

/** What the guard decided about a plan. */
export type Decision = {
  readonly allowed: readonly Change[]
  /** Removals that are not carried out. */
  readonly held: readonly Removal[]
  /** People who are not added, where an exchange is held. */
  readonly heldAdditions: readonly Addition[]
  /** What becomes of groups; absent where departments are none. */
  readonly groups?: GroupDecision
  /** Digest of the removals asked for: what `approve` takes. Absent without removals. */
  readonly digest?: string
  readonly limits: Limits
  /** Why removals are held; empty when none is. */
  readonly reasons: readonly Problem[]
  /** Would approving `digest` let what is held go on? Not where nobody knows who is gone. */
  readonly isApprovable: boolean
  readonly remarks: readonly Problem[]
  /** What would be held, were it not for somebody's word. */
  readonly consent?: Consent
}

/** How much one run may remove, and how much it was asked to. */
export type Limits = {
  /** Accounts that can sign in now. */
  readonly people: LossLimit
  /** Groups that are switched on; absent where departments are none, as are `memberships`. */
  readonly groups?: LossLimit
  /** Places of people in groups. */
  readonly memberships?: LossLimit
}

/** A limit on losses, and how it came about. */
export type LossLimit = {
  readonly asked: number
  readonly limit: number
  /** How many there are to lose. */
  readonly total: number
  /** What each bound of the policy comes to. */
  readonly bounds: readonly { readonly bound: Limit; readonly count: number }[]
  readonly isExceeded: boolean
  /** The lowest bound comes to less than the few losses that are always allowed. */
  readonly isRaised: boolean
}

/** What the guard decided about groups. */
export type GroupDecision = {
  readonly allowed: readonly DepartmentChange[]
  /** Groups that are neither switched off nor deleted. */
  readonly held: readonly DepartmentChange[]
  /** How often somebody stays in a group that they would have lost. */
  readonly memberships: number
}

/** Removals that go on although the guard has reasons to hold them. */
export type Consent = {
  /** `approve`: the input names them; `snapshot`: the merged file does; `review`: merging the file will. */
  readonly by: 'approve' | 'snapshot' | 'review'
  readonly removals: readonly Removal[]
  /** People who are added with it, where it is an exchange. */
  readonly additions?: number
  /** Losses of groups and of places in them that are part of it. */
  readonly losses?: number
  readonly reasons: readonly Problem[]
}

/** What a run is going to do. */
export type Planned = {
  readonly plan: Plan
  readonly decision: Decision
  /** By which it was decided. */
  readonly policy: Policy
  /** Whose people they are. */
  readonly corpId: string
  /** People read from the source. */
  readonly people: number
}

/** The departments a plan wants: those the source shows. */
export function wantedDepartments({
  departments,
  visibleDepartments,
}: Pick<Plan, 'departments' | 'visibleDepartments'>): readonly Department[] {
  const visible = new Set(visibleDepartments)
  return departments.filter(({ id }) => visible.has(id))
}
