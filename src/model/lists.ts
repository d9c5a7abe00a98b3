/** Some items, at least one. */
export type NonEmpty<Item> = readonly [first: Item, ...others: Item[]]

/** Puts items with one key together, in the order in which the keys appear. */
export function groupBy<Item, Key>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
): ReadonlyMap<Key, NonEmpty<Item>> {
  const groups = new Map<Key, [Item, ...Item[]]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}

/** The groups with the most items first; groups of one size keep their order. */
export function bySize<Key, Item>(
  groups: ReadonlyMap<Key, NonEmpty<Item>>,
): readonly (readonly [key: Key, items: NonEmpty<Item>])[] {
  return [...groups].toSorted(([, a], [, b]) => b.length - a.length)
}

/** Do two lists hold the same, in the same order? */
export function isSame<Item>(a: readonly Item[], b: readonly Item[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index])
}

/** Compares by code point, the same on every machine and in every locale. */
export function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
