import type { GithubPermission } from '../model/problem.ts'
import { found, inTurn, type Checker, type Finding } from '../model/check.ts'
import type { Github } from './api.ts'
import type { Git } from './git.ts'
import { proposalBranch } from './proposal.ts'
import { askRepository } from './repository.ts'

export type DeliverySettings = {
  readonly git: Git
  readonly github: Github
  readonly kind: 'commit' | 'pull-request'
  /** That a commit goes onto, or a pull request to. */
  readonly branch: string
  readonly syncer: string
}

/** The lines of `mode: check` about how the snapshot gets into the repository: the branch, and the token. */
export function deliveryChecker(settings: DeliverySettings): Checker {
  return {
    check: async () =>
      inTurn([
        { name: 'github-branch', look: async () => branchFinding(settings) },
        { name: 'github-permissions', look: async () => permissionFinding(settings) },
      ]),
  }
}

async function branchFinding({ git, kind, branch, syncer }: DeliverySettings): Promise<Finding> {
  const head = await git.branch(branch)
  if (kind === 'pull-request') await git.refuseBlocked(proposalBranch(syncer))
  const isClosed = head.isProtected && kind === 'commit'
  return found(
    { code: 'branch', branch },
    isClosed ? [{ code: 'github-branch-protected', branch, message: '' }] : [],
  )
}

/**
 * A user's token shows what its user may do. That of a job or an app shows nothing, and nothing is written to
 * find out.
 */
async function permissionFinding({ github, kind }: DeliverySettings): Promise<Finding> {
  const needed: readonly GithubPermission[] = kind === 'commit' ? ['contents'] : ['contents', 'pull-requests']
  const { permissions } = await askRepository(github)
  if (permissions?.push === true) return found({ code: 'ok' })
  return { problems: [{ code: 'github-permission-unknown', permissions: needed }] }
}
