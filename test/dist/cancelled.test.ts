import type { ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { CasdoorFault } from '../../sandbox/casdoor/server.ts'
import { makeCompany } from '../../sandbox/company.ts'
import { environmentFor } from '../../sandbox/github/environment.ts'
import { startGithub } from '../../sandbox/github/server.ts'
import type { ActionEnd, ActionRun } from '../../sandbox/runner.ts'
import type { WecomFault } from '../../sandbox/wecom/server.ts'
import { accountsOf, organization, set, storedIn, type Setting } from './act.ts'

const people = 30

/** Specification 3.5, in milliseconds. GitHub kills 10 s after the first signal. */
const longest = 7_000

type Cancelled = { readonly end: ActionEnd; readonly milliseconds: number }

/** Runs the action and sends it signals as soon as it is time. */
async function cancel(
  { act }: Pick<Setting, 'act'>,
  isTime: () => boolean,
  sent: readonly NodeJS.Signals[],
  inputs: Readonly<Record<string, string>> = {},
  more: Omit<ActionRun, 'inputs'> = {},
): Promise<Cancelled> {
  let child: ChildProcess | undefined
  let moment = Number.NaN
  const watch = setInterval(() => {
    if (child === undefined || !isTime()) return
    clearInterval(watch)
    moment = Date.now()
    for (const signal of sent) child.kill(signal)
  }, 1)
  try {
    const end = await act(inputs, { ...more, onStart: (started) => void (child = started) })
    return { end, milliseconds: Date.now() - moment }
  } finally {
    clearInterval(watch)
  }
}

/** Red, in time, and reported everywhere. */
function expectReport({ end, milliseconds }: Cancelled, outcome: 'failed' | 'partial'): void {
  expect(end.code).toBe(1)
  expect(milliseconds).toBeLessThan(longest)
  expect(end.outputs['outcome']).toBe(outcome)
  expect(end.summary).toContain('The run was cancelled.')
  const errors = end.stdout.split('\n').filter((line) => line.startsWith('::error'))
  expect(errors).toEqual([expect.stringContaining('The run was cancelled.')])
  expect(end.stderr).toBe('')
}

/** The next run does the rest, and the one after it has nothing to do. */
async function expectRest({ act, casdoor }: Setting): Promise<void> {
  casdoor.faults.length = 0
  const next = await act()
  expect({ code: next.code, failed: next.outputs['failed'] }).toEqual({ code: 0, failed: '0' })
  expect(accountsOf(casdoor).size).toBe(people)
  const before = storedIn(casdoor)
  const writes = casdoor.writes().length
  expect((await act()).outputs['outcome']).toBe('unchanged')
  expect(casdoor.writes()).toHaveLength(writes)
  expect(storedIn(casdoor)).toEqual(before)
}

const aCompany = () => makeCompany({ people, departments: 12 })

describe('spec 3.5: a run that is cancelled', () => {
  const atFetch: readonly [string, NodeJS.Signals, WecomFault][] = [
    ['while WeCom does not answer', 'SIGINT', { call: 'user/list', nth: 3, times: Infinity, do: 'hang' }],
    ['while it waits for its next try', 'SIGTERM', { call: 'user/list', nth: 3, times: Infinity, do: { errcode: -1 } }],
    ['while the limit of a minute is on', 'SIGINT', { call: 'user/list', nth: 3, times: 8, do: { errcode: 45009 } }],
    ['before there is a token', 'SIGTERM', { call: 'gettoken', times: Infinity, do: 'hang' }],
  ]
  test.each(atFetch)(
    'at the fetch, %s (%s)',
    async (_, signal, fault) => {
      const setting = await set({ company: aCompany(), wecom: { faults: [fault] } })
      const { wecom, casdoor } = setting
      const isTime = () => wecom.calls(fault.call) >= (fault.nth ?? 1)
      expectReport(await cancel(setting, isTime, [signal]), 'failed')
      expect(casdoor.requests).toEqual([])
      const calls = wecom.calls()
      wecom.faults.length = 0
      await expectRest(setting)
      expect(calls).toBeLessThanOrEqual(1 + 2 + 12)
    },
  )

  const atReading: readonly [string, NodeJS.Signals, CasdoorFault][] = [
    ['while Casdoor does not answer', 'SIGTERM', { call: 'get-users', times: Infinity, do: 'hang' }],
    ['while it waits for its next try', 'SIGINT', { call: 'get-users', times: Infinity, do: { status: 503 } }],
    ['in the preflight', 'SIGTERM', { call: 'get-version-info', times: Infinity, do: 'hang' }],
  ]
  test.each(atReading)(
    'at reading, %s (%s)',
    async (_, signal, fault) => {
      const setting = await set({ company: aCompany(), casdoor: { faults: [fault] } })
      const { casdoor } = setting
      const isTime = () => casdoor.requests.some(({ path }) => path.endsWith(`/${fault.call}`))
      expectReport(await cancel(setting, isTime, [signal]), 'failed')
      expect(casdoor.writes()).toEqual([])
      await expectRest(setting)
    },
  )

  test.each<[number, NodeJS.Signals]>([
    [1, 'SIGINT'],
    [8, 'SIGTERM'],
    [20, 'SIGINT'],
  ])(
    'at writing after %i writes: what is in flight is awaited (%s)',
    async (after, signal) => {
      const setting = await set({ company: aCompany() })
      const { casdoor } = setting
      const cancelled = await cancel(setting, () => casdoor.writes().length >= after, [signal])
      expectReport(cancelled, 'partial')
      const { outputs, summary } = cancelled.end
      const done = casdoor.users(organization).length
      expect(done).toBeLessThan(people)
      expect(outputs).toMatchObject({ added: `${done}`, failed: '0', changed: 'true' })
      expect(summary).toContain(`cancelled after ${done} of ${people} changes`)
      await expectRest(setting)
    },
  )

  test.each<[string, CasdoorFault['do'], number]>([
    ['never answers', 'hang', 0],
    ['breaks off, and then answers nothing', 'reset-after', 1],
  ])('at a write that %s: nobody knows whether it was done', async (_, what, more) => {
    const faults: CasdoorFault[] = [{ call: 'write', nth: 3, do: what }]
    const setting = await set({ company: aCompany(), casdoor: { faults } })
    const { casdoor } = setting
    const isTime = () => {
      if (casdoor.writes().length < 3) return false
      casdoor.faults.push({ call: 'get-user', times: Infinity, do: 'hang' })
      return true
    }
    const cancelled = await cancel(setting, isTime, ['SIGINT', 'SIGTERM'], { concurrency: '1' })
    expectReport(cancelled, 'partial')
    expect(cancelled.end.outputs).toMatchObject({ added: '2', failed: '1' })
    expect(cancelled.end.summary).toContain('not known whether')
    expect(casdoor.writes()).toHaveLength(3)
    expect(casdoor.users(organization)).toHaveLength(2 + more)
    await expectRest(setting)
  })

  test('at mode: check', async () => {
    const faults: WecomFault[] = [{ call: 'user/list', times: Infinity, do: 'hang' }]
    const setting = await set({ wecom: { faults } })
    const isTime = () => setting.wecom.calls('user/list') > 0
    expectReport(await cancel(setting, isTime, ['SIGINT'], { mode: 'check' }), 'failed')
  })
})

describe('spec 3.5: a snapshot is written whole, or not at all', () => {
  const toFile = { to: 'snapshot', 'snapshot-delivery': 'file' }

  test('as a file', async () => {
    const faults: WecomFault[] = [{ call: 'user/list', nth: 3, times: Infinity, do: 'hang' }]
    const setting = await set({ company: aCompany(), wecom: { faults } })
    const cancelled = await cancel(setting, () => setting.wecom.calls('user/list') >= 3, ['SIGINT'], toFile)
    expectReport(cancelled, 'failed')
    expect(cancelled.end.files).toEqual({})
    setting.wecom.faults.length = 0
    expect((await setting.act(toFile)).outputs).toMatchObject({ outcome: 'applied', added: `${people}` })
  })

  test('as a pull request: what moved the branch is completed', async () => {
    let isAsked = false
    // The answer comes when the signal has long been seen.
    const before = async () => {
      isAsked = true
      await sleep(500)
    }
    const github = await startGithub({ faults: [{ call: 'git/create-ref', do: { before } }] })
    try {
      const setting = await set({ company: aCompany() })
      const more = { env: environmentFor(github) }
      const byPull = { to: 'snapshot', 'snapshot-delivery': 'pull-request' }
      const { end } = await cancel(setting, () => isAsked, ['SIGINT'], byPull, more)
      expect(end.code).toBe(1)
      expect(end.outputs).toMatchObject({ outcome: 'applied', changed: 'true' })
      expect(end.outputs['pull-request-number']).toMatch(/^\d+$/)
      expect((await setting.act(byPull, more)).outputs).toMatchObject({ changed: 'false' })
    } finally {
      await github.close()
    }
  })

  test.each([
    ['git/create-tree', '/git/trees'],
    ['git/create-commit', '/git/commits'],
  ] as const)('as a commit, at %s', async (call, end) => {
    const github = await startGithub({ faults: [{ call, do: 'hang' }] })
    try {
      const setting = await set({ company: aCompany() })
      const more = { env: environmentFor(github) }
      const before = await github.head('main')
      const isTime = () => github.requests.some(({ method, path }) => method === 'POST' && path.endsWith(end))
      const toBranch = { to: 'snapshot' }
      const cancelled = await cancel(setting, isTime, ['SIGINT'], toBranch, more)
      expectReport(cancelled, 'failed')
      expect(await github.head('main')).toBe(before)
      expect((await setting.act(toBranch, more)).outputs).toMatchObject({ outcome: 'applied' })
      expect((await setting.act(toBranch, more)).outputs).toMatchObject({ outcome: 'unchanged' })
    } finally {
      await github.close()
    }
  })
})
