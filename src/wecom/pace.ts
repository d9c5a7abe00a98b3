import pLimit, { type LimitFunction } from 'p-limit'
import type { Clock } from '../http/clock.ts'

/** How often the client had been slowed down when a request left. */
export type Moment = { readonly pauses: number; readonly halvings: number }

const mostPauses = 2

/** A minute's limit blocks for 60 s (wecom-api.md §7); a little more, for the two clocks. */
const pauseLength = 61_000

/**
 * How fast one client may send: so many requests at once, and none during a pause. What WeCom says to one worker
 * holds for all of them. What it says of a request that left before the last slowing-down is out of date: eight workers
 * that hit a limit together slow the client down once.
 */
export class Pace {
  readonly #slots: LimitFunction
  readonly #clock: Clock
  #pause: Promise<void> | undefined
  #pauses = 0
  #halvings = 0

  constructor(concurrency: number, clock: Clock) {
    this.#slots = pLimit(concurrency)
    this.#clock = clock
  }

  /** Sends when a slot is free and no pause is on. */
  async run<Answer>(send: (moment: Moment) => Promise<Answer>): Promise<Answer> {
    return this.#slots(async () => {
      await this.open()
      return send({ pauses: this.#pauses, halvings: this.#halvings })
    })
  }

  /** Waits until no pause is on. */
  async open(): Promise<void> {
    while (this.#pause !== undefined) await this.#pause
  }

  /**
   * Lets nobody send until the limit's window is over.
   *
   * @returns false when waiting has been tried often enough.
   */
  pause(since: Moment): boolean {
    if (since.pauses < this.#pauses) return true
    if (this.#pauses === mostPauses) return false
    this.#pauses++
    this.#pause = this.#clock.sleep(pauseLength).finally(() => {
      this.#pause = undefined
    })
    return true
  }

  /** Halves the number of requests at once. */
  halve(since: Moment): void {
    if (since.halvings < this.#halvings) return
    this.#halvings++
    this.#slots.concurrency = Math.max(1, Math.floor(this.#slots.concurrency / 2))
  }
}
