import { Failure, problemsOf, type GithubPermission } from '../model/problem.ts'
import type { Check, Checker } from '../model/check.ts'
import type { Github } from './api.ts'
import type { Git } from './git.ts'
import { askRepository } from './repository.ts'

export type DeliverySettings = {
  readonly git: Git
  readonly github: Github
  readonly kind: 'commit' | 'pull-request'
  /** That a commit goes onto, or a pull request to. */
  readonly branch: string
}

/** The lines of `mode: check` about how the snapshot gets into the repository: the branch, and the token. */
export function deliveryChecker(settings: DeliverySettings): Checker {
  const steps = [
    ['github-branch', async () => branchFinding(settings)],
    ['github-permissions', async () => permissionFinding(settings)],
  ] as const
  return {
    check: async () => {
      const checks: Check[] = []
      for (const [name, look] of steps) {
        try {
          checks.push({ name, ...(await look()) })
        } catch (thrown) {
          checks.push({ name, mark: 'fail', problems: problemsOf(thrown) })
        }
      }
      return checks
    },
  }
}

type Finding = Omit<Check, 'name'>

async function branchFinding({ git, kind, branch }: DeliverySettings): Promise<Finding> {
  const head = await git.head(branch)
  if (head === undefined) throw new Failure({ code: 'github-branch-missing', branch })
  const fact = { code: 'branch', branch } as const
  if (!head.isProtected || kind === 'pull-request') return { mark: 'pass', fact, problems: [] }
  return { mark: 'warn', fact, problems: [{ code: 'github-branch-protected', branch, message: '' }] }
}

/**
 * A user's token tells what its user may do. That of a job or an app tells nothing, and nothing is written to
 * find out.
 */
async function permissionFinding({ github, kind }: DeliverySettings): Promise<Finding> {
  const needed: readonly GithubPermission[] = kind === 'commit' ? ['contents'] : ['contents', 'pull-requests']
  const { permissions } = await askRepository(github)
  if (permissions?.push === true) return { mark: 'pass', fact: { code: 'ok' }, problems: [] }
  return { mark: 'warn', problems: [{ code: 'github-permission-untold', permissions: needed }] }
}
