import { always, cutAlways, cutOnce, outage, type FaultEntry } from '../fault-entry.ts'
import {
  primaryRateLimit,
  secondaryRateLimit,
  type Bystander,
  type GithubEffect,
  type GithubFault,
} from './faults.ts'
import type { OperationId } from './names.ts'

/** A GitHub fault by name. */
export type GithubEntry = FaultEntry<'GitHub', GithubFault, 'applied' | 'failed'>

/** The calls that change something, in order of a proposal. */
export const githubWrites = [
  'git/create-tree',
  'git/create-commit',
  'git/create-ref',
  'git/update-ref',
  'pulls/create',
  'pulls/update',
  'issues/add-labels',
  'pulls/request-reviewers',
  'issues/create-comment',
] as const satisfies readonly OperationId[]

type Place = Partial<Pick<GithubEntry, 'call' | 'nth' | 'times' | 'calls'>>

const moving: Place = { call: 'git/update-ref', calls: ['git/update-ref'] }
const opening: Place = { call: 'pulls/create', calls: ['pulls/create'] }

function entry(
  name: string,
  what: GithubEffect,
  expect: GithubEntry['expect'],
  sentence: string,
  place: Place = {},
): GithubEntry {
  return { world: 'GitHub', name: `github-${name}`, do: what, expect, sentence, call: '*', nth: 1, ...place }
}

function refused(
  name: string,
  [status, message]: readonly [number, string],
  sentence: string,
  place: Place = {},
): GithubEntry {
  return entry(name, { status, message }, 'failed', sentence, place)
}

/** What passes. */
const passing: readonly GithubEntry[] = [
  entry('reset', 'reset', 'applied', cutOnce),
  entry('html', 'html', 'applied', 'GitHub shows its unicorn once (502): the call is made again.'),
  entry('hangs', 'hang', 'applied', 'One call gets no answer: given up and made again. Takes 1 minute.'),
  entry(
    'unavailable',
    { status: 503, message: 'Service Unavailable' },
    'applied',
    'GitHub is out of order once (503): the call is made again.',
  ),
  entry(
    'secondary-limit',
    secondaryRateLimit(7),
    'applied',
    'Too much at once (403, Retry-After): waits 7 seconds and goes on, even with what is sent once only.',
    { call: 'write' },
  ),
  entry(
    'secondary-limit-429',
    secondaryRateLimit(7, 429),
    'applied',
    'The same, said with 429: waits 7 seconds and goes on.',
    { call: 'write' },
  ),
]

/** What was done, though its answer is lost. */
const unanswered: readonly GithubEntry[] = [
  entry(
    'tree-lost',
    'reset-after',
    'applied',
    'The answer to a new tree is lost: made again, and it is the same tree.',
    { call: 'git/create-tree', calls: ['git/create-tree'] },
  ),
  entry(
    'commit-lost',
    'reset-after',
    'applied',
    'The answer to a new commit is lost: made again; nothing points to the first.',
    { call: 'git/create-commit', calls: ['git/create-commit'] },
  ),
  entry(
    'move-lost',
    'reset-after',
    'applied',
    'The branch has moved and the answer is lost: moved again, to where it is. One commit, not two.',
    moving,
  ),
  entry(
    'branch-lost',
    'reset-after',
    'applied',
    'The branch is there and the answer is lost: found there, not taken for somebody else’s.',
    { call: 'git/create-ref', calls: ['git/create-ref'] },
  ),
  entry(
    'pull-lost',
    'reset-after',
    'applied',
    'The pull request is open and the answer is lost: found, not opened twice.',
    opening,
  ),
  entry(
    'comment-lost',
    { status: 502, message: 'Server Error', after: true },
    'applied',
    'The comment is written and the answer is lost: found, not written twice.',
    { call: 'issues/create-comment', calls: ['issues/create-comment'] },
  ),
]

/** A person's commit beside the snapshot, on the branch that the action is about to move. */
async function pushBeside(person: Bystander): Promise<void> {
  await person.commit(person.defaultBranch, { 'NOTES.md': 'Meanwhile.\n' }, { message: 'Take a note' })
}

/** What others do meanwhile. */
const races: readonly GithubEntry[] = [
  entry(
    'race',
    { before: pushBeside },
    'applied',
    'Somebody pushes just before the branch moves: refused as no fast forward, everything is read and planned again, and both commits are there.',
    moving,
  ),
  entry(
    'race-all-morning',
    { before: pushBeside },
    'failed',
    'Somebody always pushes first: after five times the run stops, and says that the branch keeps moving.',
    { ...moving, times: Infinity },
  ),
  entry(
    'branch-deleted',
    { before: async (person) => person.deleteBranch(person.defaultBranch) },
    'failed',
    'The branch is deleted just before it moves: stops, and names the branch that is missing.',
    moving,
  ),
]

/** The same, for as long as anybody looks. */
const lasting: readonly GithubEntry[] = [
  entry('out-of-order', 'html', 'failed', outage('GitHub shows its unicorn and nothing else'), always),
  entry('reset-all-morning', 'reset', 'failed', cutAlways, always),
  entry(
    'primary-limit',
    primaryRateLimit(4_102_444_800),
    'failed',
    'The limit of the hour is used up: stops at once, and says when there is no use in waiting.',
    always,
  ),
  entry(
    'secondary-limit-long',
    secondaryRateLimit(900),
    'failed',
    'GitHub asks for a quarter of an hour: stops at once, no run waits so long.',
    always,
  ),
]

/** A branch as Gitea has it. */
const otherBranch = {
  name: 'main',
  commit: { id: '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567', message: 'Initial commit' },
  protected: false,
}

/** Who answers at GitHub's address and is not GitHub. */
const others: readonly GithubEntry[] = [
  entry(
    'sign-in-page',
    { instead: '<!DOCTYPE html>\n<title>Sign in</title>\n' },
    'failed',
    'A sign-in page with 200 instead of every answer: stops at once, and says that it is not GitHub.',
    always,
  ),
  entry(
    'other-forge',
    { instead: otherBranch },
    'failed',
    'Another forge answers in its own form: stops at once, and names the place that differs.',
    always,
  ),
]

/** What a person has to fix. */
const refusals: readonly GithubEntry[] = [
  refused(
    'token',
    [401, 'Bad credentials'],
    'The token is not accepted: stops, and says which input it is.',
    always,
  ),
  refused(
    'permission',
    [403, 'Resource not accessible by integration'],
    'The token may not write: stops, and names the permission to add to the job.',
    { call: 'write', times: Infinity },
  ),
  refused(
    'repository-missing',
    [404, 'Not Found'],
    'GitHub does not know the repository: stops, and names it.',
    always,
  ),
  refused(
    'empty-repository',
    [409, 'Git Repository is empty.'],
    'There is no commit yet: stops with GitHub’s words.',
    { call: 'git/get-tree', calls: ['git/get-tree'] },
  ),
  refused(
    'protected',
    [422, 'Changes must be made through a pull request.'],
    'The branch is protected: stops, and points to `delivery: pull-request`.',
    moving,
  ),
  refused(
    'ruleset',
    [422, 'Repository rule violations found\n\nChanges must be made through a pull request.\n\n'],
    'A ruleset protects the branch: stops, and points to `delivery: pull-request`.',
    moving,
  ),
  entry(
    'branch-renamed',
    { before: async (person) => person.renameBranch(person.defaultBranch, 'trunk') },
    'failed',
    'The branch was renamed, and GitHub answers with the new one: stops, and names both.',
    { call: 'repos/get-branch', calls: ['repos/get-branch'] },
  ),
  entry(
    'branch-blocked',
    {
      before: async (person) => {
        await person.commit('wecom-syncer', {})
      },
    },
    'failed',
    'A branch `wecom-syncer` leaves no room for `wecom-syncer/wecom`: stops, and names the branch in the way.',
    { call: 'git/create-ref', calls: ['git/create-ref'] },
  ),
  entry(
    'fields-refused',
    {
      status: 422,
      message: 'Validation Failed',
      errors: [{ resource: 'PullRequest', field: 'base', code: 'invalid' }],
    },
    'failed',
    'GitHub refuses a request by field and code alone: stops, and shows them.',
    opening,
  ),
  refused(
    'pulls-forbidden',
    [403, 'GitHub Actions is not permitted to create or approve pull requests.'],
    'Workflows may not open pull requests: stops, and names the page of the setting.',
    opening,
  ),
  refused(
    'archived',
    [403, 'Repository was archived so is read-only.'],
    'The repository is archived: stops with GitHub’s words.',
    { call: 'write', times: Infinity },
  ),
  entry(
    'reviewers-refused',
    { status: 422, message: 'Reviews may only be requested from collaborators.' },
    'applied',
    'A reviewer may not review here: the pull request is open all the same, and a warning says so.',
    { call: 'pulls/request-reviewers', calls: ['pulls/request-reviewers'] },
  ),
  entry(
    'labels-refused',
    { status: 403, message: 'Resource not accessible by integration' },
    'applied',
    'The label cannot be set: the pull request is open all the same, and a warning says so.',
    { call: 'issues/add-labels', calls: ['issues/add-labels'] },
  ),
]

export const githubCatalogue: readonly GithubEntry[] = [
  ...passing,
  ...unanswered,
  ...races,
  ...lasting,
  ...others,
  ...refusals,
]
