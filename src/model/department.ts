/** A department (部门) as the source shows it. */
export type Department = {
  readonly id: number
  /** Display name; `""` when WeCom does not tell it. */
  readonly name: string
  /** Id of the parent; it may name a department that is not visible. Absent for the root. */
  readonly parent?: number
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
  /** It bears a name of ours, but not our mark: it may become a department's, and is never taken away. */
  readonly handMade?: true
}

/** The Casdoor groups of this syncer. */
export type Groups = {
  readonly organization: string
  /** By ascending id of the department. */
  readonly departments: readonly Group[]
}

/**
 * A department that is new (`after` alone), gone (`before` alone), renamed or moved; a group that is switched off
 * or on.
 */
export type DepartmentChange = {
  readonly id: number
  readonly before?: DepartmentState
  readonly after?: DepartmentState
  /** Who was in it or below it before the run, or, where it is new or back, who will be; leavers do not count. */
  readonly people: number
}
