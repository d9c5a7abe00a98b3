import type { Company } from '../company.ts'
import type { Tokens } from './access.ts'
import type { FaultCounts, WecomFault } from './faults.ts'
import type { View, WecomTag } from './view.ts'

/** What the endpoints work on: the settings of a sandbox, and what it has handed out so far. */
export type World = {
  company: Company
  range: readonly number[] | undefined
  visiblePeople: readonly string[]
  tags: readonly WecomTag[]
  closed: boolean
  withheld: boolean
  enable: boolean
  trusted: boolean
  latency: number
  readonly secret: string
  readonly contactsSecret: string | undefined
  readonly agentId: number
  readonly tokenLife: number
  readonly tokens: Tokens
  readonly faults: WecomFault[]
  readonly faultCounts: FaultCounts
  /** An index of what the app sees, so that a call costs no walk over everybody. */
  view: View
}
