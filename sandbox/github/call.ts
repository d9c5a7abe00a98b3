import type { Answer } from '../server.ts'
import type { World } from './world.ts'

/** One call that was let in and fits GitHub's description. */
export type Call = {
  readonly world: World
  readonly parameters: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly body: Readonly<Record<string, unknown>>
  /** The `Accept` header. */
  readonly accept: string
  /** Without the query. */
  readonly url: string
}

/** Answers a call, or throws what is refused. */
export type Operation = (call: Call) => Promise<Answer> | Answer
