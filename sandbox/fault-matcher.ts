/** When a fault strikes: at which calls, from which of them on, and how many times. */
export type Strike<Call extends string = string> = {
  /** The name of a call, or of a kind of calls that its world knows; `*` is any. */
  readonly call: Call
  /** The first such call, from 1, counted from when the fault is put in. Default 1. */
  readonly nth?: number
  /** How many of them in a row. Default 1. */
  readonly times?: number
}

/** Finds the fault that strikes a call. The list of faults may change from call to call. */
export class FaultMatcher<Fault extends Strike> {
  readonly #counts = new WeakMap<Fault, number>()

  /**
   * The first that strikes; every one that the call concerns counts it.
   *
   * @param names of the call: its own, and those of its kinds, such as `write`.
   */
  match(faults: readonly Fault[], ...names: readonly string[]): Fault | undefined {
    return faults.filter((fault) => this.#strikes(fault, names))[0]
  }

  #strikes(fault: Fault, names: readonly string[]): boolean {
    if (fault.call !== '*' && !names.includes(fault.call)) return false
    const count = (this.#counts.get(fault) ?? 0) + 1
    this.#counts.set(fault, count)
    const { nth = 1, times = 1 } = fault
    return count >= nth && count < nth + times
  }
}
