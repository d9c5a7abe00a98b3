import type { Bare } from './bare.ts'
import { somebody, writeCommit, type NewCommit, type Person } from './commit.ts'

export type Level = 'read' | 'write' | 'none'
export type PermissionName = 'contents' | 'pull_requests' | 'issues' | 'metadata'
export type Protection = 'protection' | 'ruleset'

/** How the sandbox's GitHub is set up; everything is optional. */
export type GithubOptions = {
  /** `owner/name`. Default `acme/directory`. */
  readonly repository?: string
  /** The token is that of a user who may write, not of a job. */
  readonly byUser?: boolean
  /** What is on the default branch at first. */
  readonly files?: Readonly<Record<string, string>>
  /** A repository without a single commit. */
  readonly empty?: boolean
  readonly defaultBranch?: string
  readonly visibility?: 'private' | 'internal' | 'public'
  /** Of the token. Default: write to everything that a job can be given. */
  readonly permissions?: Partial<Record<PermissionName, Level>>
  readonly protectedBranches?: Readonly<Record<string, Protection>>
  /** The switch "Allow GitHub Actions to create and approve pull requests". Default true. */
  readonly workflowsMayCreatePulls?: boolean
  /** Logins that may be requested as reviewers. */
  readonly reviewers?: readonly string[]
  /** Slugs of teams that may be requested as reviewers. */
  readonly teams?: readonly string[]
  /** The token of a job cannot see teams: default false. */
  readonly mayRequestTeams?: boolean
  /** Labels that are there at first; others are made when they are used. */
  readonly labels?: readonly string[]
  readonly clock?: { now(): number }
  /** Is the repository a fork? */
  readonly fork?: boolean
  readonly limits?: Partial<Limits>
}

/** Where GitHub stops. */
export type Limits = {
  /** Entries of a tree, in one answer and in one request. */
  readonly treeEntries: number
  /** Bytes of a recursive tree in one answer. */
  readonly treeBytes: number
  /** Bytes of a request. */
  readonly requestBytes: number
  /** Bytes of a blob in an answer. */
  readonly blobBytes: number
}

const mebi = 1024 * 1024

/** https://docs.github.com/rest/git/trees and /blobs; that of a request is not published. */
export const usualLimits: Limits = {
  treeEntries: 100_000,
  treeBytes: 7 * mebi,
  requestBytes: 40 * mebi,
  blobBytes: 100 * mebi,
}

export type Pull = {
  readonly number: number
  state: 'open' | 'closed'
  merged: boolean
  title: string
  body: string | null
  /** Names of branches. */
  head: string
  base: string
  /** Where the head branch was while the pull request was open. */
  headSha: string
  baseSha: string
  readonly labels: string[]
  readonly reviewers: string[]
  readonly teams: string[]
  readonly draft: boolean
  readonly user: string
  mergedBy: string | null
  mergeCommit: string | null
  readonly createdAt: string
  updatedAt: string
  closedAt: string | null
  mergedAt: string | null
}

export type IssueComment = {
  readonly id: number
  readonly issue: number
  readonly user: string
  body: string
  readonly createdAt: string
  updatedAt: string
}

/** Everything that the sandbox's GitHub knows. */
export type World = {
  readonly bare: Bare
  readonly owner: string
  readonly name: string
  readonly repository: string
  /** Base URL of the API. */
  url: string
  readonly defaultBranch: string
  readonly visibility: 'private' | 'internal' | 'public'
  readonly permissions: Readonly<Record<PermissionName, Level>>
  readonly byUser: boolean
  readonly protectedBranches: Map<string, Protection>
  readonly workflowsMayCreatePulls: boolean
  readonly reviewers: readonly string[]
  readonly teams: readonly string[]
  readonly mayRequestTeams: boolean
  readonly labels: string[]
  readonly fork: boolean
  readonly limits: Limits
  readonly createdAt: string
  /** Old names of branches, and what they were renamed to. */
  readonly renamed: Map<string, string>
  readonly pulls: Pull[]
  readonly comments: IssueComment[]
  /** Ids of comments so far. */
  commentCount: number
  now(): number
}

export const token = 'ghs_sandbox_token'
export const bot = 'github-actions[bot]'

export function worldOf(bare: Bare, options: GithubOptions): World {
  const { repository = 'acme/directory', clock = Date } = options
  const [owner = '', name = ''] = repository.split('/')
  return {
    bare,
    owner,
    name,
    repository,
    url: '',
    defaultBranch: options.defaultBranch ?? 'main',
    visibility: options.visibility ?? 'private',
    permissions: {
      contents: 'write',
      pull_requests: 'write',
      issues: 'write',
      metadata: 'read',
      ...options.permissions,
    },
    byUser: options.byUser ?? false,
    protectedBranches: new Map(Object.entries(options.protectedBranches ?? {})),
    workflowsMayCreatePulls: options.workflowsMayCreatePulls ?? true,
    reviewers: options.reviewers ?? [],
    teams: options.teams ?? [],
    mayRequestTeams: options.mayRequestTeams ?? false,
    labels: [...(options.labels ?? [])],
    fork: options.fork ?? false,
    limits: { ...usualLimits, ...options.limits },
    createdAt: isoOf(Math.floor(clock.now() / 1000)),
    renamed: new Map(),
    pulls: [],
    comments: [],
    commentCount: 0,
    now: () => clock.now(),
  }
}

/** A moment as GitHub writes it: in whole seconds. */
export function isoOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}

export function nowOf(world: World): string {
  return isoOf(secondsOf(world))
}

export function secondsOf(world: World): number {
  return Math.floor(world.now() / 1000)
}

/** Is there a commit on any branch? */
export async function isEmpty({ bare }: World): Promise<boolean> {
  return (await bare.git('for-each-ref', '--count=1', 'refs/heads')) === ''
}

/** Commits as of now. */
export async function commitNow(
  world: World,
  commit: Pick<NewCommit, 'tree' | 'parents' | 'message'> & {
    readonly author?: Person
    readonly committer?: Person
    readonly isSigned?: boolean
  },
): Promise<string> {
  const { author = somebody, committer = author, isSigned = false, ...rest } = commit
  const seconds = secondsOf(world)
  return writeCommit(world.bare, {
    ...rest,
    author: { ...author, seconds },
    committer: { ...committer, seconds },
    isSigned,
  })
}
