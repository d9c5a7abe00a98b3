import { afterEach } from 'vitest'
import { startGithub, type GithubOptions, type GithubSandbox } from '../../../sandbox/github/server.ts'
import { Github, type GithubSettings } from '../../../src/github/api.ts'
import { Git } from '../../../src/github/git.ts'
import type { Clock } from '../../../src/http/clock.ts'

const open: GithubSandbox[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map(async (sandbox) => sandbox.close()))
})

/** A GitHub that is closed after the test. */
export async function start(options: GithubOptions = {}): Promise<GithubSandbox> {
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
