import { problemsOf, type Problem } from './problem.ts'

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

/** One line of `mode: check`. With problems it is a warning or a failure, and they say how to fix it. */
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

/** What one step found; with problems it is a warning. */
export type Finding = Pick<Check, 'fact' | 'problems'>

/** One thing to look at. */
export type CheckStep = {
  readonly name: CheckName
  /** Throws where the step failed. */
  readonly look: () => Promise<Finding> | Finding
  /** Where it fails, the steps behind it have nothing to look at. */
  readonly isGate?: true
}

/** A step that found nothing wrong. */
export function found(fact: Fact, problems: readonly Problem[] = []): Finding {
  return { fact, problems }
}

/** Looks at one thing after the other, a line for each; those behind a gate that failed are skipped. */
export async function inTurn(steps: readonly CheckStep[]): Promise<readonly Check[]> {
  const checks: Check[] = []
  let isShut = false
  for (const { name, look, isGate = false } of steps) {
    const line: Line = isShut ? notReached : await lookAt(look)
    checks.push({ name, ...line })
    isShut ||= isGate && line.mark === 'fail'
  }
  return checks
}

type Line = Omit<Check, 'name'>

const notReached: Line = { mark: 'skip', fact: { code: 'not-reached' }, problems: [] }

async function lookAt(look: CheckStep['look']): Promise<Line> {
  try {
    const finding = await look()
    return { mark: finding.problems.length > 0 ? 'warn' : 'pass', ...finding }
  } catch (thrown) {
    return { mark: 'fail', problems: problemsOf(thrown) }
  }
}
