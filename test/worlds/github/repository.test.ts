import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listen, type Answer, type SandboxServer } from '../../../sandbox/server.ts'
import { problemsOf, type Problem } from '../../../src/model/problem.ts'
import type { Environment } from '../../../src/github/environment.ts'
import type { Inputs } from '../../../src/github/inputs.ts'
import { readEvent } from '../../../src/github/event.ts'
import { decidePersonalData, readVisibility } from '../../../src/github/repository.ts'
import type { Clock } from '../../../src/http/clock.ts'

let github: SandboxServer
let folder: string
let answers: Answer[]
let pauses: number[]

const clock: Clock = {
  now: () => 0,
  random: () => 0,
  sleep: (milliseconds) => {
    pauses.push(milliseconds)
    return Promise.resolve()
  },
}

beforeEach(async () => {
  answers = []
  pauses = []
  github = await listen(() => answers.shift() ?? { body: { private: true, visibility: 'private' } })
  folder = await mkdtemp(path.join(tmpdir(), 'github-'))
})

afterEach(async () => {
  await github.close()
  await rm(folder, { recursive: true })
})

/** A run whose event has this payload; without one, as under `schedule`, it tells nothing of a repository. */
async function runOf(payload: unknown = { schedule: '17 3 * * *' }): Promise<Environment> {
  const file = path.join(folder, 'event.json')
  await writeFile(file, typeof payload === 'string' ? payload : JSON.stringify(payload))
  return { GITHUB_EVENT_PATH: file, GITHUB_REPOSITORY: 'acme/directory', GITHUB_API_URL: github.url }
}

/** Who can see the repository of a run. */
async function visibilityOf(token: string, environment: Environment): Promise<string> {
  return (await readVisibility(token, await readEvent(environment), environment, { clock })).visibility
}

describe('visibility', () => {
  it.each([
    [{ private: true }, 'private'],
    [{ private: true, visibility: 'private' }, 'private'],
    [{ private: true, visibility: 'internal' }, 'private'],
    [{ visibility: 'internal' }, 'private'],
    [{ private: false }, 'public'],
    [{ private: false, visibility: 'public' }, 'public'],
    [{ private: true, visibility: 'public' }, 'public'],
  ])('is what the event tells: %o is %s', async (repository, expected) => {
    expect(await visibilityOf('token', await runOf({ repository }))).toBe(expected)
    expect(github.requests).toEqual([])
  })

  it.each([
    ['an event without a repository', { schedule: '17 3 * * *' }],
    ['an event with another repository', { repository: { full_name: 'acme/other', private: false } }],
    ['an event of an unknown kind of visibility', { repository: { visibility: 'secret' } }],
    ['an event that is no JSON', '<html>'],
    ['an event of another shape', { repository: { private: 'yes' } }],
  ])('is asked of GitHub after %s', async (_, payload) => {
    answers = [{ body: { private: true, visibility: 'internal' } }]
    expect(await visibilityOf('ghs_token', await runOf(payload))).toBe('private')
    expect(github.requests).toMatchObject([
      { method: 'GET', path: '/repos/acme/directory', headers: { authorization: 'token ghs_token' } },
    ])
  })

  it('is public when GitHub says so', async () => {
    answers = [{ body: { private: false, visibility: 'public' } }]
    expect(await visibilityOf('token', await runOf())).toBe('public')
  })

  it('is asked again after a passing fault', async () => {
    answers = [{ status: 503 }, { break: 'reset' }]
    expect(await visibilityOf('token', await runOf())).toBe('private')
    expect(pauses).toEqual([500, 1000])
  })

  it.each([
    ['GitHub refuses', [{ status: 404, body: { message: 'Not Found' } }], 1],
    ['GitHub is down', Array.from({ length: 5 }, () => ({ status: 502 })), 5],
    ['GitHub answers something else', [{ body: { name: 'directory' } }], 1],
  ])('is unknown when %s', async (_, replies, requests) => {
    answers = replies
    expect(await visibilityOf('token', await runOf())).toBe('unknown')
    expect(github.requests).toHaveLength(requests)
  })

  it('is unknown without a token, a repository or an event, and nobody is asked', async () => {
    expect(await visibilityOf('', await runOf())).toBe('unknown')
    expect(await visibilityOf('token', { GITHUB_API_URL: github.url })).toBe('unknown')
    const missing = {
      ...(await runOf()),
      GITHUB_EVENT_PATH: path.join(folder, 'missing'),
      GITHUB_REPOSITORY: 'x',
    }
    expect(await visibilityOf('token', missing)).toBe('unknown')
    expect(github.requests).toEqual([])
  })
})

describe('personal data', () => {
  const casdoor = { kind: 'casdoor' } as Inputs['target']
  const snapshot: Inputs['target'] = {
    kind: 'snapshot',
    path: 'wecom-users.yaml',
    delivery: { kind: 'file' },
  }

  async function decide(
    personalData: Inputs['personalData'],
    target: Inputs['target'],
    repository?: object,
  ): Promise<string | readonly Problem[]> {
    const decided = await whole(personalData, target, repository)
    return 'level' in decided ? decided.level : decided
  }

  async function whole(
    personalData: Inputs['personalData'],
    target: Inputs['target'],
    repository?: object,
  ): Promise<Awaited<ReturnType<typeof decidePersonalData>> | readonly Problem[]> {
    try {
      const inputs = { personalData, target, githubToken: '' }
      const environment = await runOf(repository && { repository })
      return await decidePersonalData(inputs, await readEvent(environment), environment, { clock })
    } catch (thrown) {
      return problemsOf(thrown)
    }
  }

  it('is by default masked in a private or internal repository, hidden in a public or unknown one', async () => {
    expect(await decide('auto', casdoor, { private: true })).toBe('masked')
    expect(await decide('auto', casdoor, { visibility: 'internal' })).toBe('masked')
    expect(await decide('auto', casdoor, { private: false })).toBe('hidden')
    expect(await decide('auto', casdoor)).toBe('hidden')
  })

  it('G15: knows why it is so', async () => {
    expect(await whole('auto', casdoor, { visibility: 'internal' })).toMatchObject({
      level: 'masked',
      why: 'private',
    })
    expect(await whole('auto', casdoor, { private: false })).toMatchObject({ level: 'hidden', why: 'public' })
    expect(await whole('auto', casdoor)).toMatchObject({ level: 'hidden', why: 'unknown' })
    for (const level of ['full', 'masked', 'hidden'] as const) {
      expect(await whole(level, casdoor)).toMatchObject({ level, why: 'set' })
      expect(await whole(level, snapshot, { private: true })).toMatchObject({ level, why: 'set' })
    }
  })

  it('is what was set by hand, wherever', async () => {
    for (const level of ['full', 'masked', 'hidden'] as const) {
      expect(await decide(level, casdoor, { private: false })).toBe(level)
      expect(await decide(level, snapshot, { private: true })).toBe(level)
    }
    expect(await decide('auto', snapshot, { private: true })).toBe('masked')
  })

  it('never gets into a public repository as a snapshot, unless full is set by hand', async () => {
    for (const level of ['auto', 'masked', 'hidden'] as const) {
      expect(await decide(level, snapshot, { private: false })).toEqual([
        { code: 'snapshot-public', repository: 'acme/directory' },
      ])
    }
    expect(await decide('full', snapshot, { private: false })).toBe('full')
  })

  it('does not get into a repository that may be public either', async () => {
    expect(await decide('auto', snapshot)).toEqual([
      { code: 'input-visibility-unknown', repository: 'acme/directory' },
    ])
  })
})
