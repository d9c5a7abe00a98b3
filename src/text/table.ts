/*
 * Words for every variant of a union, as a table by `code` or `kind`: the compiler refuses one with a gap.
 */

type Coded = { readonly code: string }
type Kinded = { readonly kind: string }

export type CodeTable<Union extends Coded, Words> = {
  readonly [Code in Union['code']]: (variant: Extract<Union, { readonly code: Code }>) => Words
}

export type KindTable<Union extends Kinded, Words> = {
  readonly [Kind in Union['kind']]: (variant: Extract<Union, { readonly kind: Kind }>) => Words
}

/** A variant in the form in which the compiler sees that it fits the entry of its code. */
type OfCode<Union extends Coded, Code extends Union['code']> = {
  [Each in Code]: { readonly code: Each } & Extract<Union, { readonly code: Each }>
}[Code]

type OfKind<Union extends Kinded, Kind extends Union['kind']> = {
  [Each in Kind]: { readonly kind: Each } & Extract<Union, { readonly kind: Each }>
}[Kind]

/** The words for a variant, from the entry of its code. */
export function byCode<Union extends Coded, Words, Code extends Union['code']>(
  table: CodeTable<Union, Words>,
  variant: OfCode<Union, Code>,
): Words {
  return table[variant.code](variant)
}

/** The words for a variant, from the entry of its kind. */
export function byKind<Union extends Kinded, Words, Kind extends Union['kind']>(
  table: KindTable<Union, Words>,
  variant: OfKind<Union, Kind>,
): Words {
  return table[variant.kind](variant)
}
