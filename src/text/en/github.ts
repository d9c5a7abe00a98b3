import type { GithubPermission, GithubProblem } from '../../model/problem.ts'
import type { Said } from '../text.ts'
import { list } from './words.ts'

export function github(problem: GithubProblem): Said {
  switch (problem.code) {
    case 'report-unwritten': {
      const name = { summary: 'job summary', plan: 'plan file', comment: 'comment' }[problem.what]
      return {
        sentence: `The ${name} could not be written (${problem.cause}). What the run did is done all the same.`,
        remedy:
          problem.what === 'comment'
            ? 'Everything that it would say is in the job summary.'
            : 'See whether the runner’s disk is full or write-protected.',
      }
    }
    case 'target-moved':
      return {
        sentence: `Somebody else kept writing to ${problem.place} while this run worked, five times in a row. Nothing was overwritten.`,
        remedy:
          'Run again. If it happens often, give the workflows that write there one `concurrency` group.',
      }
    case 'github-refused':
      return {
        sentence: `GitHub refused ${problem.call} (HTTP ${problem.status}): ${problem.message}`,
        remedy: 'Mend what GitHub names; running again is always safe.',
      }
    case 'github-permission':
      return {
        sentence: `The token has no permission for ${problem.call}.`,
        remedy: grant([problem.permission]),
      }
    case 'github-permission-untold':
      return {
        sentence: 'GitHub does not tell what this token may do, and nothing was written to find out.',
        remedy: grant(problem.permissions),
      }
    case 'github-token':
      return {
        sentence: `GitHub does not accept the token (${problem.call}).`,
        remedy: 'Leave `github-token` out to use the job’s own token, or renew the secret it comes from.',
      }
    case 'github-rate-limit':
      return {
        sentence: `GitHub’s limit of requests is used up (${problem.call}).`,
        remedy:
          'Run again in an hour. The token of a GitHub App has a higher limit than that of a job (1,000 requests an hour).',
      }
    case 'github-repository-missing':
      return {
        sentence: `The token does not see a repository ${problem.repository}.`,
        remedy:
          'This needs to run in a workflow of the repository that holds the snapshot, with a token that may read it (`permissions: contents: write`).',
      }
    case 'github-branch-missing':
      return {
        sentence: `There is no branch ${problem.branch}.`,
        remedy:
          'Correct `snapshot-branch`, or make the branch; an empty repository needs a first commit, such as a README.',
      }
    case 'github-branch-protected':
      return {
        sentence:
          `The branch ${problem.branch} is protected and takes no commit of this token. ${problem.message}`.trim(),
        remedy:
          'Set `snapshot-delivery: pull-request`, or let the token’s app bypass the rule under Settings › Rules.',
      }
    case 'github-pulls-forbidden':
      return {
        sentence: `The settings of ${problem.repository} do not let workflows open pull requests.`,
        remedy:
          'Tick “Allow GitHub Actions to create and approve pull requests” under Settings › Actions › General (the organization may decide it), or give `github-token` the token of a GitHub App.',
      }
    case 'github-foreign-commit':
      return {
        sentence: `The branch ${problem.branch} ends in a commit that this syncer did not make (${problem.commit}). It was left as it is, so the pull request is not up to date.`,
        remedy:
          'Merge or close the pull request and delete its branch, or take that commit off the branch: the next run goes on from there. Edits belong into WeCom, or after the merge into the file.',
      }
    case 'github-labels':
    case 'github-reviewers':
      return {
        sentence:
          `The pull request goes without ${problem.code === 'github-labels' ? 'its labels' : 'its reviewers'} ${list(problem.names)}. ${problem.message}`.trim(),
        remedy:
          problem.code === 'github-labels'
            ? 'Check `pull-request-labels`.'
            : 'Check `pull-request-reviewers`: each must be a collaborator, not the author; for a team the token needs to see the members of the organization, which the job’s own token does not.',
      }
    case 'github-pull-declined':
      return {
        sentence: `Somebody closed pull request ${problem.number}, and it would show just the same now; it stays closed.`,
        remedy: 'Reopen it to merge it. It opens by itself when something else is to be changed.',
      }
    case 'github-fork':
      return {
        sentence: `This pull request comes from a fork of ${problem.repository}, which gets no secrets: nothing can be planned for it.`,
        remedy:
          'Push the branch to this repository to see the plan. To let such runs pass, skip the job with `if: github.event.pull_request.head.repo.full_name == github.repository`.',
      }
  }
}

function grant(permissions: readonly GithubPermission[]): string {
  const lines = list(permissions.map((permission) => `\`${permission}: write\``))
  return `Give the job ${lines} under \`permissions:\`; a pull request from a fork never has it.`
}
