import type { FieldName, FrozenField, MatchKey } from './field.ts'
import type { Obstacle } from './places.ts'

/**
 * What went wrong or is worth saying, as a value. Its sentence and its remedy, in the reader's language, come
 * from `text/`; the compiler proves that both languages know every code.
 */
export type Problem =
  InputProblem | GithubProblem | HttpProblem | WecomProblem | CasdoorProblem | SnapshotProblem | PlanProblem

/** An input that is missing or wrong. All of them are reported at once. */
export type InputProblem =
  | { readonly code: 'input-missing'; readonly input: string }
  | { readonly code: 'input-secret-empty'; readonly input: string }
  | {
      readonly code: 'input-word'
      readonly input: string
      readonly value: string
      readonly allowed: readonly string[]
    }
  | {
      readonly code: 'input-form'
      readonly input: string
      readonly value: string
      readonly form: InputForm
    }
  | { readonly code: 'input-snapshot-to-snapshot' }
  | { readonly code: 'input-built-in' }
  | { readonly code: 'input-http'; readonly input: string }
  | { readonly code: 'input-mapping'; readonly line: number; readonly fault: MappingFault }
  /** An environment variable that names a proxy, in a form that none can be read from. */
  | { readonly code: 'proxy-variable'; readonly setBy: string }
  /** `to: snapshot`, and nobody could say whether the repository is public (specification 10.4). */
  | { readonly code: 'input-visibility-unknown'; readonly repository: string }

/** What the value of an input should have looked like. */
export type InputForm =
  | 'syncer-name'
  | 'url'
  | 'casdoor-url' // without a page's or a call's path
  | 'wecom-url'
  | 'proxy'
  | 'limits'
  | 'digest'
  | 'country'
  | 'concurrency'
  | 'corp-id'
  | 'agent-id'
  | 'path' // inside the workspace
  | 'portable-path' // of names that every system takes
  | 'branch'
  | 'reviewers'
  | 'organization'

/** What is wrong with a line of the input `mapping`. */
export type MappingFault =
  | { readonly kind: 'yaml'; readonly detail: string }
  /** Not `field: source` line by line. */
  | { readonly kind: 'shape' }
  /** No Casdoor field that may be filled. */
  | { readonly kind: 'target'; readonly value: string; readonly allowed: readonly string[] }
  /** A property without a name, or one that has a meaning already. */
  | { readonly kind: 'property'; readonly value: string }
  | { readonly kind: 'double'; readonly value: string }
  | { readonly kind: 'empty'; readonly value: string }
  | { readonly kind: 'type'; readonly value: string }
  /** No WeCom field. */
  | { readonly kind: 'source'; readonly value: string; readonly allowed: readonly string[] }
  | { readonly kind: 'braces'; readonly value: string }

/** Something between this action and the runner, or GitHub. */
export type GithubProblem =
  /** The runner, or a person, ended the run. */
  | { readonly code: 'cancelled' }
  /** A part of the report could not be written; what the run did stays done. */
  | {
      readonly code: 'report-unwritten'
      readonly what: 'summary' | 'plan' | 'comment' | 'outputs'
      readonly cause: string
    }
  /** Somebody else wrote to the snapshot between reading and writing. */
  | { readonly code: 'target-moved'; readonly place: string }
  /** GitHub refused a call for a reason that has no code of its own here; `message` is its word. */
  | {
      readonly code: 'github-refused'
      readonly call: string
      readonly status: number
      readonly message: string
    }
  /** Neither the token's owner nor its application may do this. */
  | { readonly code: 'github-permission'; readonly call: string; readonly permission: GithubPermission }
  | { readonly code: 'github-token'; readonly call: string }
  /** So many requests were made that GitHub asks to wait longer than a run may. */
  | { readonly code: 'github-rate-limit'; readonly call: string }
  | { readonly code: 'github-repository-missing'; readonly repository: string }
  | { readonly code: 'github-branch-missing'; readonly branch: string }
  /** GitHub answers with `other` when it is asked for `branch`. */
  | { readonly code: 'github-branch-renamed'; readonly branch: string; readonly other: string }
  /** `branch` cannot be made beside `other`, whose name begins it. */
  | { readonly code: 'github-branch-blocked'; readonly branch: string; readonly other: string }
  /** A branch that takes no direct commits. */
  | { readonly code: 'github-branch-protected'; readonly branch: string; readonly message: string }
  /** The repository's setting forbids workflows to create pull requests. */
  | { readonly code: 'github-pulls-forbidden'; readonly repository: string }
  /** The branch of the pull request ends in somebody's commit. */
  | { readonly code: 'github-foreign-commit'; readonly branch: string; readonly commit: string }
  /** Labels or reviewers that the pull request goes without. */
  | { readonly code: 'github-labels'; readonly names: readonly string[]; readonly message: string }
  | { readonly code: 'github-reviewers'; readonly names: readonly string[]; readonly message: string }
  /** Somebody closed the pull request, and it would show just the same. */
  | { readonly code: 'github-pull-declined'; readonly number: number }
  /** A pull request from a fork, which gets no secrets. */
  | { readonly code: 'github-fork'; readonly repository: string }
  /** GitHub does not report what the token may do: the job's own, most often. */
  | { readonly code: 'github-permission-unknown'; readonly permissions: readonly GithubPermission[] }

export type GithubPermission = 'contents' | 'pull-requests'

/** Which call of which service it was; never its URL, that may carry a secret. */
export type Called = Partial<ProxyName> & {
  readonly service: Service
  readonly call: string
  /** The department that was asked for. */
  readonly department?: number
  /** Host and path, without query. */
  readonly address?: string
}

/** A proxy as it may be shown. */
export type ProxyName = {
  /** Host and port, without credentials. */
  readonly proxy: string
  /** The input or the environment variable that names it. */
  readonly setBy: string
}

/** What kept a connection from being made; `connection` is whatever else happens to one. */
export type ConnectionFault =
  | 'certificate'
  | 'host' // no such name
  | 'lookup' // the name server is in trouble
  | 'refused'
  | 'scheme' // TLS where there is none, or the other way round
  | 'header' // a value with a line break
  | 'size'
  | 'connection'

type Exchanged = Omit<Called, 'address'>

export type HttpProblem =
  | (Exchanged & { readonly code: 'network'; readonly reason: ConnectionFault; readonly cause: string })
  | (Exchanged & { readonly code: 'timeout'; readonly seconds: number })
  /** The proxy itself failed, before the service was asked. */
  | (Exchanged &
      ProxyName & {
        readonly code: 'proxy-unreachable'
        readonly reason: ConnectionFault
        readonly cause: string
      })
  /** The proxy refused to connect to the service. */
  | (Exchanged & ProxyName & { readonly code: 'proxy-status'; readonly status: number })
  | (Exchanged & {
      readonly code: 'http-status'
      readonly status: number
      /** Seconds the server asked to wait (`Retry-After`). */
      readonly retryAfter?: number
      /** Where there is nothing. */
      readonly address?: string
    })
  /** HTML or an empty body where JSON was expected: usually a wrong base URL or a proxy. */
  | (Exchanged & { readonly code: 'not-json'; readonly status: number })
  /** Bytes that are no text in the charset, a charset that is not known, or JSON with a mistake in it. */
  | (Exchanged & {
      readonly code: 'bad-text'
      readonly reason: 'bytes' | 'charset' | 'json'
      readonly charset: string
    })
  /** JSON of another shape than promised; `detail` names the place, never the value. */
  | (Exchanged & { readonly code: 'bad-reply'; readonly detail: string })
  | (Exchanged & { readonly code: 'redirect'; readonly status: number })

export type Service = 'WeCom' | 'Casdoor' | 'GitHub'

export type WecomProblem =
  /** WeCom answered with an error code that ends the run. `address` is the caller's as WeCom saw it. */
  | {
      readonly code: 'wecom-errcode'
      readonly call: string
      readonly errcode: number
      readonly address?: string
      readonly proxied: boolean
    }
  /** No department is visible, and nobody is asked for one by one. */
  | { readonly code: 'wecom-no-departments' }
  | { readonly code: 'wecom-no-people'; readonly departments: number }
  | { readonly code: 'wecom-witness-refused'; readonly errcode: number }
  | { readonly code: 'wecom-departments-missing'; readonly ids: readonly number[] }
  /** The list of everybody in the corp (`user/list_id`) could not be read; the reason is a problem of its own. */
  | { readonly code: 'wecom-contacts-unreadable' }
  /** That list lacks people whom the app itself shows. */
  | { readonly code: 'wecom-contacts-incomplete'; readonly people: number }
  /** `agent/get` says that the app is switched off. */
  | { readonly code: 'wecom-app-disabled' }
  /** Tags of the visible range whose people are not known. */
  | { readonly code: 'wecom-tags-unread'; readonly ids: readonly number[] }
  /** Departments of the visible range that no list of departments shows. */
  | { readonly code: 'wecom-departments-unread'; readonly ids: readonly number[] }
  /** So many people are named by the visible range, and nothing could be read of them. */
  | { readonly code: 'wecom-people-unread'; readonly people: number }

export type CasdoorProblem =
  | { readonly code: 'casdoor-credentials'; readonly endpoint: string }
  | { readonly code: 'casdoor-organization-missing'; readonly organization: string }
  | { readonly code: 'casdoor-application-missing'; readonly organization: string }
  | { readonly code: 'casdoor-application-unknown'; readonly application: string }
  | { readonly code: 'casdoor-version-old'; readonly version: string }
  | { readonly code: 'casdoor-version-unknown'; readonly version: string }
  | { readonly code: 'casdoor-competing-syncer'; readonly syncer: string; readonly organization: string }
  | {
      readonly code: 'casdoor-item-immutable'
      readonly item: string
      readonly field: FrozenField
    }
  | {
      readonly code: 'casdoor-item-regex'
      readonly item: string
      readonly field: FrozenField
    }
  | { readonly code: 'casdoor-plain-http'; readonly endpoint: string }
  | { readonly code: 'casdoor-listing-unstable'; readonly seen: number; readonly total: number }
  /** Casdoor refused a call; `message` is redacted. */
  | { readonly code: 'casdoor-refused'; readonly call: string; readonly message: string }
  /** The run was cancelled while Casdoor had not answered yet. */
  | { readonly code: 'casdoor-write-unknown'; readonly call: string }
  | { readonly code: 'casdoor-other-owner'; readonly expected: string; readonly got: string }
  | { readonly code: 'casdoor-silent'; readonly seconds: number }
  | { readonly code: 'casdoor-names-lowered'; readonly name: string }
  | { readonly code: 'casdoor-phone-refused' }
  | { readonly code: 'casdoor-gone'; readonly name: string }
  | { readonly code: 'casdoor-group-gone'; readonly group: string }
  /** A group of that name belongs to another organization: names are unique over all of them. */
  | { readonly code: 'casdoor-group-taken'; readonly group: string }
  /** The group above could not be made or moved. */
  | { readonly code: 'casdoor-group-parent'; readonly group: string }
  /** People who are written without groups that could not be made. */
  | { readonly code: 'casdoor-groups-missing'; readonly groups: readonly string[]; readonly people: number }
  /** The accounts of the organization belong to another corp's syncer, and none to this one. */
  | {
      readonly code: 'casdoor-other-corp'
      readonly organization: string
      readonly corpId: string
      readonly expected: string
    }
  /** Accounts are still in groups that nothing keeps any more: made under another `syncer-name`, or before `groups: none`. */
  | {
      readonly code: 'casdoor-groups-left-over'
      readonly why: 'syncer-name' | 'none'
      readonly groups: readonly string[]
      readonly people: number
    }
  /** Another corp's run uses the same `syncer-name`. */
  | {
      readonly code: 'casdoor-group-other-corp'
      readonly group: string
      readonly corpId: string
      readonly syncer: string
    }
  | { readonly code: 'casdoor-value-taken'; readonly field: 'name' | 'email' | 'phone' }

export type SnapshotProblem =
  | {
      readonly code: 'snapshot-invalid'
      readonly file: string
      readonly line: number
      readonly fault: SnapshotFault
    }
  | { readonly code: 'snapshot-missing'; readonly file: string }
  /** A directory that holds people, but not the file with the version and the corp. */
  | { readonly code: 'snapshot-headless'; readonly file: string }
  /** What lies at the path, or on the way to it, is no plain file of that exact name. Nothing is overwritten. */
  | {
      readonly code: 'snapshot-obstacle'
      readonly file: string
      readonly what: Obstacle['what']
      /** As it is written there. */
      readonly found: string
    }
  /** Files of a directory that `place` names and that are not there; `file` is the first of them. */
  | {
      readonly code: 'snapshot-part-missing'
      readonly file: string
      readonly place: string
      readonly count: number
    }
  /** A file in a directory of people that would be overlooked, and everybody in it taken for gone. */
  | { readonly code: 'snapshot-stray'; readonly file: string }
  /** `file` is not there yet; the other form was read. */
  | { readonly code: 'snapshot-other-form'; readonly file: string; readonly other: string }
  /** Both forms are there: `other` is not looked at. */
  | { readonly code: 'snapshot-both-forms'; readonly file: string; readonly other: string }
  /** A snapshot without people: an empty organization is an error, never "everybody left". */
  | { readonly code: 'snapshot-empty'; readonly file: string }
  | { readonly code: 'snapshot-unreadable'; readonly file: string; readonly cause: string }
  | { readonly code: 'snapshot-unwritable'; readonly file: string; readonly cause: string }
  | {
      readonly code: 'snapshot-other-corp'
      readonly file: string
      readonly corpId: string
      readonly expected: string
    }
  | { readonly code: 'snapshot-public'; readonly repository: string }
  /** Fields that `mapping` no longer fills; they are taken out of the file. */
  | { readonly code: 'snapshot-unmapped'; readonly file: string; readonly fields: readonly FieldName[] }

/** What the strict reader met and what it expected. */
export type SnapshotFault =
  /** A pointer of Git LFS in place of the file. */
  | { readonly kind: 'lfs' }
  | { readonly kind: 'conflict-marker' }
  | { readonly kind: 'yaml'; readonly message: string }
  | { readonly kind: 'version'; readonly found: string }
  | { readonly kind: 'unknown-key'; readonly key: string; readonly allowed: readonly string[] }
  | { readonly kind: 'duplicate-key'; readonly key: string }
  | { readonly kind: 'missing-key'; readonly key: string }
  /** A property that has a meaning to this syncer or to Casdoor. */
  | { readonly kind: 'reserved-key'; readonly key: string }
  | { readonly kind: 'type'; readonly key: string; readonly expected: SnapshotForm }
  /** A person of the directory form in another file than their userid's. */
  | { readonly kind: 'misplaced'; readonly key: string; readonly place: string }

/** What the value of a key in a snapshot should have looked like. */
export type SnapshotForm =
  | 'text' // in double quotes, digits too
  | 'boolean'
  | 'mapping'
  | 'department-id' // the digits of one department's id
  | 'department-ids' // a list of them
  | 'userid'
  | 'country'
  | 'status'
  | 'digest'
  | 'files' // names of files with people

/** Findings of the pipeline about the run or about one person. */
export type PlanProblem =
  /** The phone number WeCom sent is not valid; the person goes on without it. */
  | { readonly code: 'phone-invalid' }
  /** Another person, or an account that is not this syncer's, holds the value. */
  | { readonly code: 'value-shared'; readonly field: 'email' | 'phone'; readonly holder: string }
  | { readonly code: 'match-several'; readonly key: MatchKey; readonly accounts: readonly string[] }
  | { readonly code: 'match-taken'; readonly account: string; readonly userid: string }
  /** Several people would take the same account. */
  | { readonly code: 'match-rivals'; readonly account: string; readonly key: MatchKey }
  | { readonly code: 'match-foreign'; readonly account: string; readonly externalId: string }
  | { readonly code: 'name-taken'; readonly account: string }
  | { readonly code: 'forbidden-by-hand' }
  | { readonly code: 'leaver-kept' }
  | { readonly code: 'hidden' }
  /** The visible range names somebody of whom nothing could be read. */
  | { readonly code: 'person-unread' }
  | { readonly code: 'protected'; readonly administrator: boolean; readonly changes: readonly string[] }
  | { readonly code: 'status-unknown' }
  | { readonly code: 'possible-rename'; readonly userid: string }
  /** Somebody's userid is another person's phone or e-mail: Casdoor lets one of them sign in with it. */
  | { readonly code: 'sign-in-shared'; readonly field: 'phone' | 'email'; readonly userid: string }
  /** Half of the people are gone, and as many others join: another corp, directory or kind of app. */
  | { readonly code: 'exchange'; readonly gone: number; readonly owned: number; readonly joining: number }
  | { readonly code: 'userid-invalid' }
  /** A field the target refuses to take; said once for the run. */
  | { readonly code: 'field-withheld'; readonly fields: readonly FieldName[] }
  /** A field that `mapping` fills, of which nobody has a value. */
  | { readonly code: 'mapping-unfilled'; readonly field: FieldName; readonly from: string }
  | {
      readonly code: 'field-loss'
      readonly field: FieldName
      readonly before: number
      readonly after: number
    }
  | { readonly code: 'range-change'; readonly departments: readonly number[]; readonly people: number }
  /** Everybody who was visible one by one is gone at once. */
  | { readonly code: 'one-by-one-gone'; readonly people: number }
  /** Groups that stay although their departments are gone, and why. */
  | {
      readonly code: 'groups-kept'
      readonly why: 'policy' | 'hidden' | 'in-use'
      readonly groups: readonly string[]
    }
  | { readonly code: 'groups-over-limit'; readonly groups: number; readonly limit: number }
  | { readonly code: 'memberships-over-limit'; readonly memberships: number; readonly limit: number }
  /** Groups, and places in groups, of departments that are gone: they wait with the people. */
  | { readonly code: 'groups-wait'; readonly groups: number; readonly memberships: number }
  | { readonly code: 'over-limit'; readonly removals: number; readonly limit: number }
  /** Nobody may be removed by an incomplete fetch; so many people would have been. */
  | { readonly code: 'fetch-doubtful'; readonly removals: number }
  /** The digest that `approve`, or the snapshot, names is not this one. */
  | { readonly code: 'approval-other'; readonly by: 'approve' | 'snapshot'; readonly digest: string }
  | { readonly code: 'approval-unused' }
  /** A fault of this program. */
  | { readonly code: 'bug'; readonly message: string }

/** Ends a run. Carries one or more problems; nothing was written after it was thrown. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly problems: readonly Problem[]

  constructor(...problems: readonly Problem[]) {
    super(problems.map((problem) => problem.code).join(', '))
    this.problems = problems
  }
}

/** The problems of anything that was thrown; what is not a `Failure` is a bug of ours. */
export function problemsOf(thrown: unknown): readonly Problem[] {
  return thrown instanceof Failure ? thrown.problems : [{ code: 'bug', message: messageOf(thrown) }]
}

/** Why the system refused: its short word, such as `EACCES`, where it has one; its message would name paths. */
export function systemWordOf(thrown: unknown): string {
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined
  return typeof code === 'string' ? code : messageOf(thrown)
}

/** One line about anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
