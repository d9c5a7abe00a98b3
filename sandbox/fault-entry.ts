import type { Strike } from './fault-matcher.ts'

/** A fault of a catalogue; its `call` and `nth` are where a rehearsal puts it in. */
export type FaultEntry<World extends string, Fault extends Strike, Outcome extends string> = Fault & {
  readonly world: World
  readonly name: string
  /** What happens, and what to expect. */
  readonly sentence: string
  /** The outcome of a rehearsal. */
  readonly expect: Outcome
  /** The calls at which it means something; default all that a run makes. */
  readonly calls?: readonly Fault['call'][]
}

/** From the nth call on, every one. */
export const always = { times: Infinity } as const

/** The sentences of a connection that is cut, in every world the same. */
export const cutOnce = 'The connection is cut without an answer once: the call is made again.'
export const cutAlways = outage('Every connection is cut')

/** The sentence of an outage that outlasts every try. */
export function outage(cause: string): string {
  return `${cause}: five tries, then the run stops. Takes a quarter of a minute.`
}
