import { type Problem } from './problem.ts'

/** What one line of `mode: check` looked at. */
export type CheckName =
  | 'wecom-token'
  | 'wecom-address'
  | 'wecom-agent'
  | 'wecom-range'
  | 'wecom-fields'
  | 'wecom-contacts'
  | 'casdoor-reachable'
  | 'casdoor-version'
  | 'casdoor-credentials'
  | 'casdoor-organization'
  | 'casdoor-application'
  | 'casdoor-syncer'
  | 'casdoor-items'
  | 'casdoor-accounts'
  | 'casdoor-groups'
  | 'snapshot-file'
  | 'github-branch'
  | 'github-permissions'

/** What a check found when it found nothing wrong. */
export type Fact =
  | { readonly code: 'ok' }
  | { readonly code: 'address-trusted'; readonly proxied: boolean }
  /** What the app's visible range names: people one by one and in tags, tags, and departments. */
  | {
      readonly code: 'agent'
      readonly people: number
      readonly tags: number
      readonly departments: number
    }
  | { readonly code: 'range'; readonly departments: number; readonly people: number }
  /** For which share of the people read (0 to 1) each WeCom field came with a value. */
  | { readonly code: 'fields'; readonly shares: Readonly<Record<string, number>>; readonly people: number }
  /** Everybody in the corp, and how many of them the app does not show. */
  | { readonly code: 'contacts'; readonly people: number; readonly hidden: number }
  | { readonly code: 'version'; readonly version: string }
  | { readonly code: 'organization'; readonly organization: string }
  | { readonly code: 'application'; readonly application: string }
  | { readonly code: 'accounts'; readonly accounts: number; readonly owned: number }
  /** Groups of the organization, and those of this syncer. */
  | { readonly code: 'groups'; readonly groups: number; readonly owned: number }
  | { readonly code: 'snapshot'; readonly file: string; readonly people: number }
  | { readonly code: 'snapshot-new'; readonly file: string }
  | { readonly code: 'branch'; readonly branch: string }
  /** An earlier check failed, so that this one could not run. */
  | { readonly code: 'not-reached' }

/** One line of `mode: check`. With problems it is a warning or a failure, and they say how to mend it. */
export type Check = {
  readonly name: CheckName
  readonly mark: 'pass' | 'warn' | 'fail' | 'skip'
  readonly fact?: Fact
  readonly problems: readonly Problem[]
}

/** Looks at one world without writing anything; never throws for what it is there to find. */
export interface Checker {
  check(): Promise<readonly Check[]>
}
