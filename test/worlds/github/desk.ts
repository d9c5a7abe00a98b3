import { afterEach } from 'vitest'
import { startGithub, type GithubSandbox } from '../../../sandbox/github/server.ts'
import { Github, type GithubSettings } from '../../../src/github/api.ts'
import { Git } from '../../../src/github/git.ts'
import type { Clock } from '../../../src/http/clock.ts'

const open: GithubSandbox[] = []

afterEach(async () => {
  const ended = open.splice(0)
  await Promise.all(ended.map(async (sandbox) => sandbox.close()))
  const violations = ended.flatMap((sandbox) => sandbox.violations)
  if (violations.length > 0) throw new Error(`not as GitHub describes it: ${violations.join('; ')}`)
})

/** A GitHub that is closed after the test, which fails where anything was not as GitHub describes it. */
export async function start(options: Parameters<typeof startGithub>[0] = {}): Promise<GithubSandbox> {
  const sandbox = await startGithub(options)
  open.push(sandbox)
  return sandbox
}

/** A clock on which no time passes: it writes down what it is asked to sleep. */
export type TestClock = Clock & { readonly sleeps: number[] }

export function testClock(now = Date.parse('2026-03-02T01:00:00Z')): TestClock {
  const sleeps: number[] = []
  const sleep = async (milliseconds: number) => {
    sleeps.push(milliseconds)
    return Promise.resolve()
  }
  return { now: () => now, random: () => 0.5, sleep, sleeps }
}

/** The action's client for a sandbox; it never really waits. */
export function githubFor(
  { url, repository, token }: Pick<GithubSandbox, 'url' | 'repository' | 'token'>,
  overrides: Partial<GithubSettings> = {},
): Github {
  return new Github({ token, repository, apiUrl: url, clock: testClock(), ...overrides })
}

export function gitFor(
  sandbox: Pick<GithubSandbox, 'url' | 'repository' | 'token'>,
  overrides: Partial<GithubSettings> = {},
): Git {
  return new Git(githubFor(sandbox, overrides), { concurrency: 8 })
}

/** What a sandbox answered. */
export type Reply = {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The JSON, or `undefined`. */
  readonly body: unknown
}

/** One call of the API as it is, below the repository. */
export async function ask(
  { url, repository, token }: Pick<GithubSandbox, 'url' | 'repository' | 'token'>,
  method: string,
  path: string,
  body?: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const response = await fetch(`${url}/repos/${repository}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true
  const { status, headers: answered } = response
  return { status, headers: answered, text, body: isJson ? (JSON.parse(text) as unknown) : undefined }
}

/** The newest commit on a branch. */
export async function commitOn(
  github: Pick<GithubSandbox, 'log'>,
  branch: string,
): Promise<{ readonly id: string; readonly tree: string }> {
  const [commit] = await github.log(branch)
  if (commit === undefined) throw new Error(`there is nothing on ${branch}`)
  return { id: commit.sha, tree: commit.tree }
}
