import { expect, test } from 'vitest'
import type { GithubRequest, GithubSandbox } from '../../../sandbox/github/server.ts'
import { makeCompany } from '../../../sandbox/company.ts'
import { commitNight, worker } from './night.ts'
import { start } from './desk.ts'

const path = 'people/'

/** What a night asked of GitHub. */
function countOf({ requests }: GithubSandbox) {
  const of = (name: GithubRequest['operationId']): number =>
    requests.filter(({ operationId }) => operationId === name).length
  return {
    blobs: of('git/get-blob'),
    trees: of('git/get-tree'),
    writes: requests.filter(({ method }) => method !== 'GET').length,
    bytes: requests.reduce((sum, { bytes }) => sum + bytes, 0),
  }
}

test(
  'spec 7: 100,000 people in a directory cost what changed, not what there is',
  { timeout: 300_000 },
  async () => {
    const github = await start()
    const { people } = makeCompany({ people: 100_000, departments: 1 })
    const all = people.map(({ userid }) => worker(userid))
    await commitNight(github, all, { path })
    const files = (await github.git('ls-tree', '-r', '-l', 'main', path)).trim().split('\n')
    const sizes = files.map((line) => Number(/ (\d+)\t/.exec(line)?.[1]))
    expect(files.length).toBeLessThan(300)
    expect(Math.max(...sizes)).toBeLessThan(500_000)

    // A day: 20 of them are promoted, 10 leave, 20 join.
    const day = [
      ...all.slice(10, 30).map(({ userid = '' }) => worker(userid, '经理')),
      ...all.slice(30),
      ...Array.from({ length: 20 }, (_, index) => worker(`new.${index}`)),
    ]
    github.requests.length = 0
    const { plan, applied } = await commitNight(github, day, { path })
    expect(plan.changes).toHaveLength(50)
    expect(applied).toMatchObject({ changed: true })
    const changed = countOf(github)
    // Files of people, and `departments.yaml`.
    expect(changed.blobs).toBeLessThanOrEqual(51)
    expect(changed.trees).toBe(3)
    const touched = (await github.git('diff', '--name-only', 'main~1', 'main')).trim().split('\n')
    expect(touched.length).toBeLessThanOrEqual(50)
    const lines = (await github.git('diff', '--numstat', 'main~1', 'main')).trim().split('\n')
    const added = lines.map((line) => line.split('\t').slice(0, 2).map(Number))
    expect(added.flat().reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(50 * 5)
    // New trees of at most a mebibyte each, a commit, and the branch.
    const sent = touched.reduce(
      (sum, file) => sum + (sizes[files.findIndex((line) => line.endsWith(file))] ?? 0),
      0,
    )
    expect(changed.writes).toBeLessThanOrEqual(Math.ceil((2 * sent) / 1024 ** 2) + 2)

    github.requests.length = 0
    const again = await commitNight(github, day.toReversed(), { path })
    expect(again.applied).toMatchObject({ changed: false })
    const idle = countOf(github)
    // The files of the ten who left hold more than WeCom says now.
    expect(idle.blobs).toBeLessThanOrEqual(11)
    expect(idle.writes).toBe(0)
  },
)
