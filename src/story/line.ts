import type { DepartmentChange } from '../model/department.ts'
import type { Change } from '../model/plan.ts'
import type { Update } from './explain.ts'
import type { PersonalEdit } from './visible-change.ts'

/** What became of a field: filled in, emptied, or given another value. */
export type Way = 'filled' | 'emptied' | 'changed'

/** From which departments people went, and to which. */
export type Move = { readonly from: readonly number[]; readonly to: readonly number[] }

/** Where most of some people went. */
export type Mostly = { readonly to: readonly number[]; readonly people: number }

/** A field that changed for so many people at once that nobody can have done it one by one. */
export type Wide = {
  readonly field: PersonalEdit['field']
  readonly way: Way
  /** How many people were compared. */
  readonly compared: number
}

/** What happened, and the rows that it explains; of an update, the fields that it explains. */
export type Line =
  | {
      readonly kind: 'department'
      readonly change: DepartmentChange
      /** Where most people of a department that is gone are now. */
      readonly mostly?: Mostly
      readonly rows: readonly Update[]
    }
  | { readonly kind: 'move'; readonly move: Move; readonly rows: readonly Update[] }
  /** People who are new in the same departments. */
  | { readonly kind: 'joiners'; readonly departments: readonly number[]; readonly rows: readonly Add[] }
  | { readonly kind: 'wide'; readonly wide: Wide; readonly rows: readonly Update[] }
  /** One and the same edit for many people. */
  | { readonly kind: 'same'; readonly edit: PersonalEdit; readonly rows: readonly Update[] }

export type Add = Extract<Change, { kind: 'add' }>

/** Causes with what they explain, and the changes, or parts of changes, that nothing explains. */
export type Story<Some extends Change = Change> = {
  readonly lines: readonly Line[]
  readonly rest: readonly Some[]
}
