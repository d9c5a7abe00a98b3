import type { GithubPermission, GithubProblem } from '../../model/problem.ts'
import type { CodeTable } from '../table.ts'
import type { ProblemText } from '../text.ts'
import { list } from './words.ts'

export const githubProblems: CodeTable<GithubProblem, ProblemText> = {
  'report-unwritten': ({ what, cause }) => {
    const name = { summary: 'job summary', plan: 'plan file', comment: 'comment' }[what]
    return {
      sentence: `The ${name} could not be written (${cause}). What the run did is done all the same.`,
      remedy:
        what === 'comment'
          ? 'Everything that it would say is in the job summary.'
          : 'See whether the runner’s disk is full or write-protected.',
    }
  },
  'target-moved': ({ place }) => ({
    sentence: `Somebody else kept writing to ${place} while this run worked, five times in a row. Nothing was overwritten.`,
    remedy: 'Run again. If it happens often, give the workflows that write there one `concurrency` group.',
  }),
  'github-refused': ({ call, status, message }) => ({
    sentence: `GitHub refused ${call} (HTTP ${status}): ${message}`,
    remedy: 'Mend what GitHub names; running again is always safe.',
  }),
  'github-permission': ({ call, permission }) => ({
    sentence: `The token has no permission for ${call}.`,
    remedy: grant([permission]),
  }),
  'github-permission-unknown': ({ permissions }) => ({
    sentence: 'GitHub does not tell what this token may do, and nothing was written to find out.',
    remedy: grant(permissions),
  }),
  'github-token': ({ call }) => ({
    sentence: `GitHub does not accept the token (${call}).`,
    remedy: 'Leave `github-token` out to use the job’s own token, or renew the secret it comes from.',
  }),
  'github-rate-limit': ({ call }) => ({
    sentence: `GitHub’s limit of requests is used up (${call}).`,
    remedy:
      'Run again in an hour. The token of a GitHub App has a higher limit than that of a job (1,000 requests an hour).',
  }),
  'github-repository-missing': ({ repository }) => ({
    sentence: `The token does not see a repository ${repository}.`,
    remedy:
      'This needs to run in a workflow of the repository that holds the snapshot, with a token that may read it (`permissions: contents: write`).',
  }),
  'github-branch-missing': ({ branch }) => ({
    sentence: `There is no branch ${branch}.`,
    remedy:
      'Correct `snapshot-branch`, or make the branch; an empty repository needs a first commit, such as a README.',
  }),
  'github-branch-protected': ({ branch, message }) => ({
    sentence: `The branch ${branch} is protected and takes no commit of this token. ${message}`.trim(),
    remedy:
      'Set `snapshot-delivery: pull-request`, or let the token’s app bypass the rule under Settings › Rules.',
  }),
  'github-pulls-forbidden': ({ repository }) => ({
    sentence: `The settings of ${repository} do not let workflows open pull requests.`,
    remedy:
      'Tick “Allow GitHub Actions to create and approve pull requests” under Settings › Actions › General (the organization may decide it), or give `github-token` the token of a GitHub App.',
  }),
  'github-foreign-commit': ({ branch, commit }) => ({
    sentence: `The branch ${branch} ends in a commit that this syncer did not make (${commit}). It was left as it is, so the pull request is not up to date.`,
    remedy:
      'Merge or close the pull request and delete its branch, or take that commit off the branch: the next run goes on from there. Edits belong into WeCom, or after the merge into the file.',
  }),
  'github-labels': ({ names, message }) => ({
    sentence: goesWithout('its labels', names, message),
    remedy: 'Check `pull-request-labels`.',
  }),
  'github-reviewers': ({ names, message }) => ({
    sentence: goesWithout('its reviewers', names, message),
    remedy:
      'Check `pull-request-reviewers`: each must be a collaborator, not the author; for a team the token needs to see the members of the organization, which the job’s own token does not.',
  }),
  'github-pull-declined': ({ number }) => ({
    sentence: `Somebody closed pull request ${number}, and it would show just the same now; it stays closed.`,
    remedy: 'Reopen it to merge it. It opens by itself when something else is to be changed.',
  }),
  'github-fork': ({ repository }) => ({
    sentence: `This pull request comes from a fork of ${repository}, which gets no secrets: nothing can be planned for it.`,
    remedy:
      'Push the branch to this repository to see the plan. To let such runs pass, skip the job with `if: github.event.pull_request.head.repo.full_name == github.repository`.',
  }),
}

function grant(permissions: readonly GithubPermission[]): string {
  const lines = list(permissions.map((permission) => `\`${permission}: write\``))
  return `Give the job ${lines} under \`permissions:\`; a pull request from a fork never has it.`
}

function goesWithout(what: string, names: readonly string[], message: string): string {
  return `The pull request goes without ${what} ${list(names)}. ${message}`.trim()
}
