import { describe, expect, test } from 'vitest'
import { githubCatalogue, type GithubEntry } from '../../../sandbox/github/catalogue.ts'
import type { GithubSandbox } from '../../../sandbox/github/server.ts'
import { problemsOf } from '../../../src/model/problem.ts'
import type { Result } from '../../../src/model/run.ts'
import { textOf } from '../../../src/text/language.ts'
import { githubFor, start, testClock } from './desk.ts'
import { branch, commitNight, file, proposalNight, staff } from './night.ts'

/*
 * Every fault of GitHub's catalogue, in a delivery by commit, a first pull request and one that is brought up to
 * date: it ends as the catalogue says, or does not meet anything; nothing is wrong in silence, and the next night
 * mends it.
 */

const night = { labels: ['people'], reviewers: ['lin-yue'] }

const deliveries = {
  commit: { before: undefined, run: commitNight, place: 'main' },
  'first pull request': { before: undefined, run: proposalNight, place: branch },
  'next pull request': { before: proposalNight, run: proposalNight, place: branch },
} as const

type Delivery = keyof typeof deliveries

async function live(fault: GithubEntry, delivery: Delivery) {
  const { before, run, place } = deliveries[delivery]
  const github = await start({ reviewers: ['lin-yue'] })
  await before?.(github, staff('li'), night)
  const main = await github.head('main')
  github.requests.length = 0
  github.faults.push(fault)
  // A call that hangs is given up soon: nobody waits here.
  const client = githubFor(github, { timeout: 2000, clock: testClock() })
  const ended = await run(github, staff('li wang'), { ...night, github: client }).catch(problemsOf)
  return { github, ended, place, main }
}

function outcomeOf(ended: Awaited<ReturnType<typeof live>>['ended']): 'applied' | 'failed' {
  return 'plan' in ended && ended.applied?.stopped === undefined ? 'applied' : 'failed'
}

function isMet({ requests }: GithubSandbox, { call, nth = 1 }: GithubEntry): boolean {
  const calls = requests.filter(
    ({ operationId, method }) =>
      call === '*' || call === operationId || (call === 'write' && method !== 'GET'),
  )
  return calls.length >= nth
}

const cells = githubCatalogue.flatMap((fault) =>
  (Object.keys(deliveries) as Delivery[]).map((delivery) => ({ name: fault.name, delivery, fault })),
)

describe('the fault matrix of GitHub', () => {
  test.each(cells)('$name: $delivery', async ({ fault, delivery }) => {
    const { github, ended, place } = await live(fault, delivery)
    // What is about the branch that people use may come out better at the branch that is ours alone.
    const expected =
      isMet(github, fault) && (place === 'main' || fault.call !== 'git/update-ref')
        ? fault.expect
        : outcomeOf(ended)
    expect(outcomeOf(ended)).toBe(expected)
    const problems = 'plan' in ended ? [ended.applied?.stopped ?? []].flat() : ended
    for (const language of ['en', 'zh'] as const) {
      for (const problem of problems) {
        const { sentence, remedy } = textOf(language).problem(problem)
        expect([sentence, remedy].every((words) => words.length > 3)).toBe(true)
      }
    }
    expect(problems.length > 0).toBe(outcomeOf(ended) === 'failed')

    github.faults.length = 0
    if ((await github.head('wecom-syncer')) !== undefined) await github.deleteBranch('wecom-syncer')
    if ((await github.head('main')) === undefined) await github.commit('main', { 'README.md': 'again' })
    const mended: Result = await deliveries[delivery].run(github, staff('li wang'), night)
    expect(mended.applied?.stopped).toBeUndefined()
    expect((await github.filesAt(place))[file]).toContain('"wang":')
  })
})
