import pLimit, { type LimitFunction } from 'p-limit'
import type { Clock } from '../http/clock.ts'
import type { OnProgress } from '../model/ports.ts'

/** How often the client had been slowed down when a request left. */
export type Moment = { readonly pauses: number; readonly halvings: number }

export type PaceSettings = {
  /** Requests in flight at most. */
  readonly concurrency: number
  readonly clock: Clock
  /** Is told the first time that requests wait for the limit of a minute. */
  readonly onProgress?: OnProgress
}

/**
 * Calls of one name that leave in a minute: 80 % of what WeCom lets one corp make (10,000: wecom-api.md §7), so that
 * other programs of the corp have the rest.
 */
const mostCalls = 8_000

/** A minute, and a little more for the two clocks. WeCom counts by it, and blocks so long (wecom-api.md §7). */
const minute = 61_000

const mostPauses = 2

/**
 * How fast one client may send: so many requests at once, so many of one name a minute, and none during a pause. What
 * WeCom says to one worker holds for all of them. What it says of a request that left before the last slowing-down is
 * out of date: eight workers that hit a limit together slow the client down once.
 */
export class Pace {
  readonly #slots: LimitFunction
  readonly #settings: PaceSettings
  readonly #windows = new Map<string, Window>()
  #pause: Promise<void> | undefined
  #pauses = 0
  #halvings = 0
  #hasWaited = false

  constructor(settings: PaceSettings) {
    this.#slots = pLimit(settings.concurrency)
    this.#settings = settings
  }

  /** Sends when a slot is free and `ready()`. */
  async run<Answer>(call: string, send: (moment: Moment) => Promise<Answer>): Promise<Answer> {
    return this.#slots(async () => {
      await this.ready(call)
      return send({ pauses: this.#pauses, halvings: this.#halvings })
    })
  }

  /** Waits until no pause is on and the minute has room for one more call, and counts it: it has to be sent. */
  async ready(call: string): Promise<void> {
    const { clock } = this.#settings
    const window = this.#windowOf(call)
    for (;;) {
      const wait = window.waitAt(clock.now())
      if (this.#pause !== undefined) await this.#pause
      else if (wait > 0) await this.#waitFor(call, wait)
      else break
    }
    window.count(clock.now())
  }

  #windowOf(call: string): Window {
    const window = this.#windows.get(call) ?? new Window()
    this.#windows.set(call, window)
    return window
  }

  async #waitFor(call: string, milliseconds: number): Promise<void> {
    const { clock, onProgress } = this.#settings
    if (!this.#hasWaited) onProgress?.({ stage: 'limit', call, seconds: Math.ceil(milliseconds / 1000) })
    this.#hasWaited = true
    await clock.sleep(milliseconds)
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
    this.#pause = this.#rest()
    return true
  }

  /** Never throws: a pause that is cut short since the run is stopped ends, and who then sends is refused. */
  async #rest(): Promise<void> {
    try {
      await this.#settings.clock.sleep(minute)
    } catch {
      // Nobody may be waiting for it.
    } finally {
      this.#pause = undefined
    }
  }

  /** Halves the number of requests at once. */
  halve(since: Moment): void {
    if (since.halvings < this.#halvings) return
    this.#halvings++
    this.#slots.concurrency = Math.max(1, Math.floor(this.#slots.concurrency / 2))
  }
}

/** When the last calls of one name left: a ring, so that however many there were, each costs the same. */
class Window {
  readonly #moments: number[] = []
  #next = 0

  /** Milliseconds from now until one more may leave. */
  waitAt(now: number): number {
    const oldest = this.#moments[this.#next]
    return oldest === undefined ? 0 : oldest + minute - now
  }

  count(now: number): void {
    this.#moments[this.#next] = now
    this.#next = (this.#next + 1) % mostCalls
  }
}
