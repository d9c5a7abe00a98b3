import type { GithubPermission, GithubProblem } from '../../model/problem.ts'
import type { CodeTable } from '../table.ts'
import type { ProblemText } from '../text.ts'
import { list } from './words.ts'

export const githubProblems: CodeTable<GithubProblem, ProblemText> = {
  cancelled: () => ({
    sentence: 'The run was cancelled.',
    remedy: 'Run again: the next run does the rest.',
  }),
  'report-unwritten': ({ what, cause }) => {
    const name = {
      summary: 'job summary',
      plan: 'plan file',
      comment: 'comment',
      outputs: 'step’s outputs',
    }[what]
    return {
      sentence: `The ${name} could not be written (${cause}). This does not affect what the run did.`,
      remedy:
        what === 'comment'
          ? 'The job summary has the same content.'
          : 'Check whether an earlier step removed the runner’s files, and whether the runner’s disk is full or write-protected.',
    }
  },
  'target-moved': ({ place }) => ({
    sentence: `Something else wrote to ${place} during this run, five times in a row. Nothing was overwritten.`,
    remedy:
      'Run again. If it happens often, put the workflows that write there into the same `concurrency` group.',
  }),
  'github-refused': ({ call, status, message }) => ({
    sentence: `GitHub refused ${call} (HTTP ${status}): ${message}`,
    remedy: 'Fix what GitHub reports; running again is always safe.',
  }),
  'github-permission': ({ call, permission }) => ({
    sentence: `The token has no permission for ${call}.`,
    remedy: grant([permission]),
  }),
  'github-permission-unknown': ({ permissions }) => ({
    sentence: 'GitHub does not report what this token may do, and no test write was made to find out.',
    remedy: grant(permissions),
  }),
  'github-token': ({ call }) => ({
    sentence: `GitHub does not accept the token (${call}).`,
    remedy: 'Leave out `github-token` to use the job’s own token, or renew the secret it comes from.',
  }),
  'github-rate-limit': ({ call }) => ({
    sentence: `GitHub’s rate limit is used up (${call}).`,
    remedy:
      'Run again in an hour. The token of a GitHub App has a higher limit than a job’s own (1,000 requests an hour).',
  }),
  'github-repository-missing': ({ repository }) => ({
    sentence: `The token cannot see the repository ${repository}.`,
    remedy:
      'Run this in a workflow of the repository that holds the snapshot, with a token that may read it (`permissions: contents: write`).',
  }),
  'github-branch-missing': ({ branch }) => ({
    sentence: `There is no branch ${branch}.`,
    remedy:
      'Correct `snapshot-branch`, or create the branch; an empty repository needs a first commit, such as a README.',
  }),
  'github-branch-renamed': ({ branch, other }) => ({
    sentence: `There is no branch ${branch}: asked for it, GitHub answers with ${other}, as it does when a branch was renamed.`,
    remedy: `If the snapshot belongs there, set \`snapshot-branch\` to ${other}; otherwise create the branch.`,
  }),
  'github-branch-blocked': ({ branch, other }) => ({
    sentence: `The branch ${branch} cannot be created because a branch ${other} exists: Git allows no branch below another.`,
    remedy: `Rename or delete the branch ${other}; nothing else is needed.`,
  }),
  'github-branch-protected': ({ branch, message }) => ({
    sentence:
      `The branch ${branch} is protected and does not accept commits from this token. ${message}`.trim(),
    remedy:
      'Set `snapshot-delivery: pull-request`, or let the token’s app bypass the rule under Settings › Rules.',
  }),
  'github-pulls-forbidden': ({ repository }) => ({
    sentence: `The settings of ${repository} do not allow workflows to open pull requests.`,
    remedy:
      'Select “Allow GitHub Actions to create and approve pull requests” under Settings › Actions › General (the organization may control it), or set `github-token` to the token of a GitHub App.',
  }),
  'github-foreign-commit': ({ branch, commit }) => ({
    sentence: `The latest commit on the branch ${branch} (${commit}) was not made by this syncer. The branch was left unchanged, so the pull request is out of date.`,
    remedy:
      'Merge or close the pull request and delete its branch, or remove that commit from the branch; the next run continues from there. Make edits in WeCom, or in the file after the merge.',
  }),
  'github-labels': ({ names, message }) => ({
    sentence: leftWithout('the labels', names, message),
    remedy: 'Check `pull-request-labels`.',
  }),
  'github-reviewers': ({ names, message }) => ({
    sentence: leftWithout('the reviewers', names, message),
    remedy:
      'Check `pull-request-reviewers`: each must be a collaborator other than the author. For a team, the token must be able to see the organization’s members, which the job’s own token cannot.',
  }),
  'github-pull-declined': ({ number }) => ({
    sentence: `Somebody closed pull request ${number}, and its content would still be the same, so it stays closed.`,
    remedy: 'Reopen it to merge it. It is reopened automatically when there are other changes.',
  }),
  'github-fork': ({ repository }) => ({
    sentence: `This pull request comes from a fork of ${repository}. Forks get no secrets, so no plan can be made.`,
    remedy:
      'Push the branch to this repository to see the plan. To make such runs pass, skip the job with `if: github.event.pull_request.head.repo.full_name == github.repository`.',
  }),
}

function grant(permissions: readonly GithubPermission[]): string {
  const lines = list(permissions.map((permission) => `\`${permission}: write\``))
  return `Give the job ${lines} under \`permissions:\`; pull requests from forks never have it.`
}

function leftWithout(what: string, names: readonly string[], message: string): string {
  return `The pull request was left without ${what} ${list(names)}. ${message}`.trim()
}
