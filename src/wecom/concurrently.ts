import pLimit from 'p-limit'

/**
 * Asks for each of many things, so many at once. One that cannot be read fails them all, and the rest is not asked
 * any more.
 *
 * @param ask gets a signal to hand on: once it is aborted nothing is sent.
 * @returns the answers in the order of the items.
 */
export async function concurrently<Item, Answer>(
  items: readonly Item[],
  concurrency: number,
  ask: (item: Item, stop: AbortSignal) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const stop = new AbortController()
  return pLimit(concurrency).map(items, async (item) => {
    try {
      return await ask(item, stop.signal)
    } catch (thrown) {
      stop.abort(thrown)
      throw thrown
    }
  })
}
