import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { problemsOf } from '../../../src/model/problem.ts'
import { setOutputs } from '../../../src/github/outputs.ts'
import { writePlan } from '../../../src/github/plan-file.ts'
import { writeSummary } from '../../../src/github/summary.ts'
import { workspaceWith } from '../../../src/github/workspace.ts'
import { readAction } from '../../../sandbox/action.ts'
import { parseOutputs } from '../../../sandbox/runner.ts'

let folder: string

beforeEach(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), 'github-')))
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

async function problemsWhen(work: Promise<unknown>): Promise<unknown> {
  return work.then(() => [], problemsOf)
}

describe('the summary', () => {
  it('is appended to, one line break at the end', async () => {
    const GITHUB_STEP_SUMMARY = path.join(folder, 'summary.md')
    await writeFile(GITHUB_STEP_SUMMARY, 'before\n')
    await writeSummary('# 你好', { GITHUB_STEP_SUMMARY })
    await writeSummary('end\n', { GITHUB_STEP_SUMMARY })
    expect(await readFile(GITHUB_STEP_SUMMARY, 'utf8')).toBe('before\n# 你好\nend\n')
  })

  it('that cannot be written is a problem of its own', async () => {
    const problems = [{ code: 'report-unwritten', what: 'summary', cause: 'EISDIR' }]
    expect(await problemsWhen(writeSummary('#', { GITHUB_STEP_SUMMARY: folder }))).toEqual(problems)
    expect(await problemsWhen(writeSummary('#', { GITHUB_ACTIONS: 'true' }))).toMatchObject([
      { code: 'report-unwritten', what: 'summary' },
    ])
  })

  it('is printed at a desk', async () => {
    const print = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    await writeSummary('# title', {})
    expect(print.mock.calls).toEqual([['# title\n']])
  })
})

describe('the plan file', () => {
  it('is in the temporary folder of the runner, whole, and replaces the one before', async () => {
    const environment = { RUNNER_TEMP: folder }
    await writePlan('{"a":1}', 'wecom', environment)
    const file = await writePlan('{"a":2}', 'wecom', environment)
    expect(file).toBe(path.join(folder, 'wecom-syncer-wecom-plan.json'))
    expect(await readFile(file, 'utf8')).toBe('{"a":2}')
    expect(await readdir(folder)).toEqual(['wecom-syncer-wecom-plan.json'])
  })

  it('that cannot be written is a problem of its own and leaves nothing behind', async () => {
    await mkdir(path.join(folder, 'wecom-syncer-wecom-plan.json'))
    expect(await problemsWhen(writePlan('{}', 'wecom', { RUNNER_TEMP: folder }))).toEqual([
      { code: 'report-unwritten', what: 'plan', cause: 'EISDIR' },
    ])
    expect(await readdir(folder)).toEqual(['wecom-syncer-wecom-plan.json'])
  })
})

describe('the workspace', () => {
  it('is a place for files that do not exist yet, nor their folder', async () => {
    const environment = { GITHUB_WORKSPACE: folder }
    expect(await workspaceWith('a/b/people.yaml', environment)).toBe(folder)
  })

  it('is reached through a link inside the workspace, never through one that leads out', async () => {
    const workspace = path.join(folder, 'workspace')
    await mkdir(path.join(workspace, 'real'), { recursive: true })
    await symlink(path.join(workspace, 'real'), path.join(workspace, 'inside'))
    await symlink(folder, path.join(workspace, 'outside'))
    const environment = { GITHUB_WORKSPACE: workspace }
    expect(await problemsWhen(workspaceWith('inside/x.yaml', environment))).toEqual([])
    expect(await problemsWhen(workspaceWith('outside/x.yaml', environment))).toEqual([
      { code: 'input-form', input: 'snapshot-path', value: 'outside/x.yaml', form: 'path' },
    ])
  })
})

describe('outputs', () => {
  const people = {
    added: 1,
    updated: 2,
    forbidden: 3,
    restored: 4,
    deleted: 5,
    unchanged: 6,
    skipped: 7,
    held: 8,
    failed: 9,
  }
  const counts = { ...people, groups: 10 }

  it('are all those of action.yml, each time', async () => {
    const file = path.join(folder, 'outputs')
    await writeFile(file, '')
    vi.stubEnv('GITHUB_OUTPUT', file)
    setOutputs({
      outcome: 'held',
      changed: true,
      counts,
      heldDigest: 'ab',
      planFile: '/tmp/plan.json',
      delivery: {
        commit: 'c0ffee',
        pullRequest: { number: 12, url: 'https://example.com/12', state: 'opened' },
      },
    })
    const outputs = parseOutputs(await readFile(file, 'utf8'))
    expect(Object.keys(outputs).toSorted()).toEqual(Object.keys(readAction().outputs).toSorted())
    expect(outputs).toEqual({
      outcome: 'held',
      changed: 'true',
      ...Object.fromEntries(Object.entries(people).map(([name, count]) => [name, String(count)])),
      'groups-changed': '10',
      'held-digest': 'ab',
      'plan-file': '/tmp/plan.json',
      'commit-sha': 'c0ffee',
      'pull-request-number': '12',
      'pull-request-url': 'https://example.com/12',
    })
    setOutputs({ outcome: 'failed', changed: false, counts })
    expect(parseOutputs(await readFile(file, 'utf8'))).toMatchObject({
      'held-digest': '',
      'plan-file': '',
      'commit-sha': '',
      'pull-request-number': '',
      'pull-request-url': '',
    })
  })
})
