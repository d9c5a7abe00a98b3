/** A department (部门) as the source shows it. */
export type Department = {
  readonly id: number
  /** Display name; `""` when WeCom does not send it. */
  readonly name: string
  /** Id of the parent; it may name a department that is not visible. Absent for the root. */
  readonly parent?: number
  /** WeCom does not say below which department it hangs. */
  readonly isUnplaced?: true
}

/** A department as a target holds it; Casdoor holds one as a group. */
export type DepartmentState = Department & {
  /** The group is switched off. */
  readonly disabled?: true
  /** Somebody made or moved the group by hand: it has another type, or its place is no department's. */
  readonly altered?: true
}

/** A Casdoor group of this syncer. */
export type Group = DepartmentState & {
  /** Whom Casdoor counts in it, as `<organization>/<account>`. */
  readonly members: readonly string[]
  /** Groups that are not this syncer's hang below it. */
  readonly isShared: boolean
  /** It bears a name of ours, but not our mark: it may become a department's, and is never removed. */
  readonly handMade?: true
}

/** The Casdoor groups of this syncer. */
export type Groups = {
  readonly organization: string
  /** By ascending id of the department. */
  readonly departments: readonly Group[]
}

/**
 * What happens to a department, or to the group that stands for it. Where several things do, the kind is the first
 * that fits, in this order, so that what happened in the company comes before what that does to its group.
 */
export type DepartmentEvent = {
  /** It hangs elsewhere now; where somebody moved its group by hand, nobody knows. */
  readonly hasMoved?: true
  /** Its group was switched off, and is switched on again. */
  readonly isBack?: true
} & (
  | { readonly kind: 'added'; readonly before?: never; readonly after: DepartmentState }
  | { readonly kind: 'removed'; readonly before: DepartmentState; readonly after?: never }
  | {
      readonly kind:
        | 'disabled' // its group is switched off: the department is gone
        | 'renamed'
        | 'moved'
        | 'enabled' // its group is switched on again
        | 'repaired' // its group, which somebody had changed by hand
      readonly before: DepartmentState
      readonly after: DepartmentState
    }
)

export type DepartmentChange = DepartmentEvent & {
  readonly id: number
  /** Who was in it or below it before the run, or, where it is new or back, who will be; leavers do not count. */
  readonly people: number
}

export type DepartmentChangeKind = DepartmentChange['kind']

/** Sorts departments as every list of them is sorted. */
export function byId(a: Department, b: Department): number {
  return a.id - b.id
}
