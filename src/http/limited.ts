/** How long an exchange may last. */
export type Limit = {
  /** Milliseconds until it is given up. */
  readonly timeout: number
  /** Cuts it short; once it is aborted nothing is sent. */
  readonly stop?: AbortSignal
}

/**
 * Makes an exchange that has to end in time.
 *
 * @param send gets a signal to hand on.
 * @throws the reason of `stop`, or what `send` throws.
 */
export async function limited<Answer>(
  send: (signal: AbortSignal) => Promise<Answer>,
  { timeout, stop }: Limit,
): Promise<Answer> {
  stop?.throwIfAborted()
  const late = AbortSignal.timeout(timeout)
  try {
    return await send(stop === undefined ? late : AbortSignal.any([late, stop]))
  } catch (thrown) {
    // To ask `late` also keeps it: Node 20 collects a time-out that only a combined signal refers to.
    if (!late.aborted) stop?.throwIfAborted()
    throw thrown
  }
}
