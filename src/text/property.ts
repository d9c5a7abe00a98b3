import type { ChangedField } from '../model/field.ts'

/** The fields that have a word of their own; a property that a mapping fills is called by its name. */
export type PlainField = Exclude<ChangedField, `properties.${string}`>
