import { z } from 'zod'
import { isLost, isRefusal, pathOf, type Github } from './api.ts'

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
    path: '/pulls',
    query: {
      head: `${github.owner}:${branch}`,
      base,
      state: 'all',
      sort: 'created',
      direction: 'desc',
      per_page: 30,
    },
    answer: z.array(pullAnswer),
  })
  const pulls = found.map(pullOf)
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
        method: 'POST',
        path: '/pulls',
        body: { head: branches.branch, base: branches.base, title, body },
        answer: pullAnswer,
        completes: true,
      }),
    )
  } catch (thrown) {
    // Where the answer is lost, it may be there all the same; and another run may have been quicker.
    const mayBeThere = isLost(thrown) || isRefusal(thrown, 422, /already.exists/i)
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
      // Reopening comes before the branch moves.
      completes: changes.state !== 'open',
      permission,
      method: 'PATCH',
      path: pathOf`/pulls/${number}`,
      body: changes,
      answer: pullAnswer,
    }),
  )
}

/** @throws Failure `github-refused` when a label cannot be made. */
export async function addLabels(github: Github, number: number, labels: readonly string[]): Promise<void> {
  await github.ask({
    name: 'issues/add-labels',
    completes: true,
    permission,
    method: 'POST',
    path: pathOf`/issues/${number}/labels`,
    body: { labels },
    answer: z.array(z.object({ name: z.string() })),
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
    completes: true,
    permission,
    method: 'POST',
    path: pathOf`/pulls/${number}/requested_reviewers`,
    body: {
      reviewers: reviewers.filter((reviewer) => !isTeam(reviewer)),
      team_reviewers: reviewers.filter(isTeam).map((team) => team.slice(team.indexOf('/') + 1)),
    },
    answer: z.object({ number: z.int() }),
  })
}

/** What is used of GitHub's answer; a row of a list has no `merged`. */
const pullAnswer = z.object({
  number: z.int(),
  html_url: z.string(),
  title: z.string(),
  body: z.string().nullable(),
  state: z.string(),
  merged_at: z.string().nullable(),
  head: z.object({ sha: z.string() }),
})

function pullOf(pull: z.output<typeof pullAnswer>): Pull {
  return {
    number: pull.number,
    url: pull.html_url,
    title: pull.title,
    body: pull.body ?? '',
    isOpen: pull.state === 'open',
    isMerged: pull.merged_at !== null,
    head: pull.head.sha,
  }
}

/** Is it written as `org/team`? */
export function isTeam(reviewer: string): boolean {
  return reviewer.includes('/')
}
