import { type CountryCode } from 'libphonenumber-js/max'
import { type Mapping } from './mapping.ts'

/** A bound on removals: a share of the owned users or a number. */
export type Limit =
  { readonly kind: 'percent'; readonly value: number } | { readonly kind: 'count'; readonly value: number }

/** How this run decides; made from the inputs, the same for every flow. */
export type Policy = {
  readonly syncer: string
  readonly notActivated: 'forbid' | 'allow'
  readonly leavers: 'forbid' | 'keep' | 'delete'
  /** Do departments become Casdoor groups? Never in a snapshot, which lists them anyway. */
  readonly groups: 'none' | 'departments'
  readonly emptyValues: 'keep' | 'clear'
  readonly restore: 'own' | 'all'
  readonly removalLimit: readonly Limit[]
  readonly approve?: string
  /** A person decides about the result before it counts: removals are shown to them instead of held. */
  readonly review: boolean
  /** Lower-cased names of accounts that are never written to. */
  readonly protectedUsers: ReadonlySet<string>
  /** ISO region of phone numbers without `+`. */
  readonly countryCode: CountryCode
  /** Which WeCom field fills which Casdoor field; a snapshot was filled when it was made. */
  readonly mapping: Mapping
  /** Further keys by which accounts are adopted, in this order. */
  readonly matchBy: readonly ('name' | 'email' | 'phone')[]
}
