import type { Client } from './access.ts'
import type { Database } from './database.ts'
import type { Organization } from './organization.ts'
import type { Store } from './store.ts'

/** A sandbox server's settings and everything it holds. */
export type State = {
  readonly store: Store
  readonly client: Client
  readonly organizations: ReadonlyMap<string, Organization>
  /** What `get-syncers` lists. */
  readonly syncers: Syncer[]
  readonly version: string
  /** Server setting `isUsernameLowered`. */
  readonly lowersNames: boolean
  readonly database: Database
  /** The name trap has been stepped into: nothing that writes is ever answered again. */
  isStuck: boolean
} & Behaviour

/** A syncer of Casdoor's own; the sandbox looks at these keys, whatever else there is. */
export type Syncer = {
  readonly owner?: string
  readonly name?: string
  readonly organization?: string
  readonly type?: string
  readonly isEnabled?: boolean
  readonly isReadOnly?: boolean
  readonly tableColumns?: readonly object[]
}

/** What depends on the version (casdoor-api.md 15). */
export type Behaviour = {
  /** Since v3.50.0 a body with `columns` is laid over the stored user, and columns may be camelCase. */
  readonly mergesBodies: boolean
  /** Since v3.154.0 phones are normalised and validated. */
  readonly normalizesPhones: boolean
  /** Since v3.154.1 only the listed columns are written. */
  readonly writesOnlyListed: boolean
  /**
   * A rename moves the group bindings, which hangs SQLite. v3.100.0 did not move them; where between the two it
   * began is not known, the sandbox takes v3.154.0. The same goes for the key `uidNumber`.
   */
  readonly movesBindings: boolean
  readonly hasUidNumber: boolean
}

/** The behaviour of a version such as `v3.158.0`; one without a number, like `dev`, is the newest. */
export function behaviourOf(version: string): Behaviour {
  return {
    mergesBodies: isAtLeast(version, [3, 50, 0]),
    normalizesPhones: isAtLeast(version, [3, 154, 0]),
    writesOnlyListed: isAtLeast(version, [3, 154, 1]),
    movesBindings: isAtLeast(version, [3, 154, 0]),
    hasUidNumber: isAtLeast(version, [3, 154, 0]),
  }
}

function isAtLeast(version: string, wanted: readonly [number, number, number]): boolean {
  const numbers = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number)
  if (numbers === undefined) return true
  const at = wanted.findIndex((part, index) => numbers[index] !== part)
  return at === -1 || (numbers[at] ?? 0) > (wanted[at] ?? 0)
}

/** One request as a route handles it. */
export type Call = {
  readonly query: URLSearchParams
  readonly body: string
  /** Who asks, such as `app/app-acme`; `''` for nobody known. */
  readonly subject: string
}

/** Is it `<owner>/<name>`? */
export function isId(id: string): boolean {
  return id.split('/').length === 2
}

/** The text for an id that is not. */
export function wrongId(id: string): string {
  return `GetOwnerAndNameFromId() error, wrong token count for ID: ${id}`
}
