import type { DepartmentChangeKind } from '../model/department.ts'
import type { Way } from '../story/line.ts'

/** From below which department to below which other one. */
export type Relocation = { readonly from: string; readonly to: string }

/** What became of one department; names come in harmless. */
export type ChangedDepartment = {
  readonly name: string
  /** Everybody in it and below it. */
  readonly people: number
} &
  /** `under` is absent at the top. */
  (
    | { readonly kind: 'added'; readonly under?: string; readonly isGroup: boolean }
    | {
        readonly kind: 'removed' | 'disabled'
        /** Where most of those went who went elsewhere. */
        readonly mostly?: { readonly to: readonly string[]; readonly people: number }
        readonly isGroup: boolean
      }
    | {
        readonly kind: 'renamed'
        readonly was: string
        readonly relocation?: Relocation
        readonly isBack: boolean
      }
    | { readonly kind: 'moved'; readonly relocation: Relocation; readonly isBack: boolean }
    /** Its group was switched off, or somebody changed it by hand. */
    | { readonly kind: 'enabled' | 'repaired' }
  )

/** A field that changed for many of the people who were compared. */
export type WideChange = {
  readonly field: string
  readonly way: Way
  readonly people: number
  readonly compared: number
  /** Can a mapping be the cause? */
  readonly isMapped: boolean
}

/** What several departments have in common. */
export type SeveralDepartments = {
  /** Where there is one department only: who is in several would count twice. */
  readonly people?: number
  readonly areGroups: boolean
}

/**
 * The story of a run: one sentence for each cause, without a full stop. It says what happened in the company, so it
 * is the same before and after the run.
 */
export interface StoryText {
  readonly title: string
  readonly intro: string
  /** A place without a department above it. */
  readonly top: string
  readonly department: (change: ChangedDepartment) => string
  /** Several departments in one sentence. */
  readonly departments: (kind: DepartmentChangeKind, count: number, about: SeveralDepartments) => string
  /** A word on a department in the picture. */
  readonly mark: Readonly<Record<DepartmentChangeKind, string>>
  readonly moved: (people: number, from: readonly string[], to: readonly string[]) => string
  readonly movedInGroups: (people: number, groups: number) => string
  readonly joined: (people: number, departments: readonly string[]) => string
  readonly joinedSeveral: (people: number, departments: number) => string
  readonly wide: (change: WideChange) => string
  /** @param values what it was and what it is. */
  readonly same: (field: string, values: string, people: number) => string
  readonly sameInGroups: (fields: readonly string[], people: number, groups: number) => string
  /** Some rows of a list, or all, stand in the story. */
  readonly explained: (explained: number, total: number) => string
  /** Stands under the picture. */
  readonly legend: string
}
