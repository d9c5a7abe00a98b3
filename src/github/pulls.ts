import { isLost, isRefusal, type Github } from './api.ts'

/** A pull request as far as it is needed. */
export type Pull = {
  readonly number: number
  readonly url: string
  readonly title: string
  readonly body: string
  readonly isOpen: boolean
  readonly isMerged: boolean
  /** The commit its branch pointed to last. */
  readonly head: string
}

export type Branches = { readonly branch: string; readonly base: string }

const permission = 'pull-requests'

/** The open pull request from one branch to another, else the last closed one. */
export async function findPull(github: Github, { branch, base }: Branches): Promise<Pull | undefined> {
  const found = await github.ask({
    name: 'pulls/list',
    permission,
    send: (octokit, at) =>
      octokit.rest.pulls.list({
        ...at,
        head: `${github.owner}:${branch}`,
        base,
        state: 'all',
        sort: 'created',
        direction: 'desc',
        per_page: 30,
      }),
  })
  const pulls = found.map((pull) => pullOf({ ...pull, merged: pull.merged_at !== null }))
  return pulls.find(({ isOpen }) => isOpen) ?? pulls[0]
}

/**
 * Opens a pull request.
 *
 * @throws Failure `github-pulls-forbidden`, or those of `Github.ask()`.
 */
export async function openPull(
  github: Github,
  branches: Branches,
  { title, body }: Pick<Pull, 'title' | 'body'>,
): Promise<Pull> {
  try {
    return pullOf(
      await github.ask({
        name: 'pulls/create',
        permission,
        once: true,
        send: (octokit, at) =>
          octokit.rest.pulls.create({ ...at, head: branches.branch, base: branches.base, title, body }),
      }),
    )
  } catch (thrown) {
    // Where the answer is lost, it may be there all the same; and another run may have been quicker.
    const mayBeThere = isLost(thrown) || isRefusal(thrown, 422, /already exists/i)
    const there = mayBeThere ? await findPull(github, branches) : undefined
    if (there?.isOpen !== true) throw thrown
    return there
  }
}

/**
 * Changes what is given.
 *
 * @returns the pull request as it is now: somebody may have merged it meanwhile.
 */
export async function updatePull(
  github: Github,
  number: number,
  changes: { readonly title?: string; readonly body?: string; readonly state?: 'open' | 'closed' },
): Promise<Pull> {
  return pullOf(
    await github.ask({
      name: 'pulls/update',
      permission,
      send: (octokit, at) => octokit.rest.pulls.update({ ...at, pull_number: number, ...changes }),
    }),
  )
}

/** @throws Failure `github-refused` when a label cannot be made. */
export async function addLabels(github: Github, number: number, labels: readonly string[]): Promise<void> {
  await github.ask({
    name: 'issues/add-labels',
    permission,
    send: (octokit, at) =>
      octokit.rest.issues.addLabels({ ...at, issue_number: number, labels: [...labels] }),
  })
}

/**
 * Asks people or teams for a review: all of them, or none.
 *
 * @param reviewers logins, and teams as `org/team`.
 * @throws Failure `github-refused` when one of them may not review here.
 */
export async function requestReviewers(
  github: Github,
  number: number,
  reviewers: readonly string[],
): Promise<void> {
  await github.ask({
    name: 'pulls/request-reviewers',
    permission,
    send: (octokit, at) =>
      octokit.rest.pulls.requestReviewers({
        ...at,
        pull_number: number,
        reviewers: reviewers.filter((reviewer) => !isTeam(reviewer)),
        team_reviewers: reviewers.filter(isTeam).map((team) => team.slice(team.indexOf('/') + 1)),
      }),
  })
}

function pullOf(pull: {
  readonly number: number
  readonly html_url: string
  readonly title: string
  readonly body: string | null
  readonly state: string
  readonly merged: boolean
  readonly head: { readonly sha: string }
}): Pull {
  return {
    number: pull.number,
    url: pull.html_url,
    title: pull.title,
    body: pull.body ?? '',
    isOpen: pull.state === 'open',
    isMerged: pull.merged,
    head: pull.head.sha,
  }
}

/** Is it written as `org/team`? */
export function isTeam(reviewer: string): boolean {
  return reviewer.includes('/')
}
