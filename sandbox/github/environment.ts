import { startGithub, type GithubSandbox } from './server.ts'
import type { GithubOptions } from './world.ts'

/** A sandbox GitHub, and the variables by which a runner would let a job know of it. */
export type ServedGithub = GithubSandbox & {
  readonly environment: Readonly<Record<string, string>>
}

/** Starts a GitHub for other processes: they need to know no more than the variables of their environment. */
export async function serveGithub(options: GithubOptions = {}, port = 0): Promise<ServedGithub> {
  const github = await startGithub(options, port)
  return { ...github, environment: environmentFor(github) }
}

/** The variables by which a job finds its GitHub; the token goes in as the input `github-token`. */
export function environmentFor({
  url,
  repository,
  defaultBranch,
  token,
}: Pick<GithubSandbox, 'url' | 'repository' | 'defaultBranch' | 'token'>): Record<string, string> {
  return {
    GITHUB_API_URL: url,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: repository,
    GITHUB_REPOSITORY_OWNER: repository.split('/')[0] ?? '',
    GITHUB_REF: `refs/heads/${defaultBranch}`,
    GITHUB_REF_NAME: defaultBranch,
    'INPUT_GITHUB-TOKEN': token,
  }
}
