import type { Company } from '../company.ts'
import type { View, WecomTag } from './view.ts'

/** Which of the two secrets a token came from: the self-built app's or that of Sync of Contacts. */
export type SecretKind = 'app' | 'contacts'

/** What was handed out for secrets, and what was refused. */
export type Tokens = {
  readonly issued: Map<string, { readonly kind: SecretKind; left: number }>
  wrongTries: number
}

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
  /** An index of what the app sees, so that a call costs no walk over everybody. */
  view: View
}
