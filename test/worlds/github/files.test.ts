import { mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { problemsOf } from '../../../src/model/problem.ts'
import { writeOutputs } from '../../../src/github/outputs.ts'
import { writePlan } from '../../../src/github/plan-file.ts'
import { writeSummary } from '../../../src/github/summary.ts'
import { readAction } from '../../../sandbox/action.ts'
import { parseOutputs } from '../../../sandbox/runner.ts'

let folder: string

beforeEach(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), 'github-')))
})

afterEach(async () => {
  vi.restoreAllMocks()
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
  it('G12: is whole, and a file for each step of a job', async () => {
    const environment = { RUNNER_TEMP: folder }
    const one = await writePlan('{"a":1}', 'wecom', environment)
    const other = await writePlan('{"a":2}', 'wecom', environment)
    expect(one).not.toBe(other)
    expect(await Promise.all([one, other].map(async (file) => readFile(file, 'utf8')))).toEqual([
      '{"a":1}',
      '{"a":2}',
    ])
    for (const file of [one, other]) {
      expect(path.dirname(path.dirname(file))).toBe(folder)
      expect(path.basename(file)).toBe('wecom-syncer-wecom-plan.json')
    }
  })

  it('that cannot be written is a problem of its own and leaves nothing behind', async () => {
    const file = path.join(folder, 'file')
    await writeFile(file, '')
    for (const [RUNNER_TEMP, cause] of [
      [path.join(folder, 'gone'), 'ENOENT'],
      [file, 'ENOTDIR'],
    ] as const) {
      expect(await problemsWhen(writePlan('{}', 'wecom', { RUNNER_TEMP }))).toEqual([
        { code: 'report-unwritten', what: 'plan', cause },
      ])
    }
    expect(await problemsWhen(writePlan('{}', 'x'.repeat(300), { RUNNER_TEMP: folder }))).toEqual([
      { code: 'report-unwritten', what: 'plan', cause: 'ENAMETOOLONG' },
    ])
    expect(await readdir(folder)).toEqual(['file'])
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
    const all = {
      outcome: 'held',
      changed: true,
      counts,
      heldDigest: 'ab',
      planFile: '/tmp/plan.json',
      delivery: {
        commit: 'c0ffee',
        pullRequest: { number: 12, url: 'https://example.com/12', state: 'opened' },
      },
    } as const
    await writeOutputs(all, { GITHUB_OUTPUT: file })
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
    await writeOutputs({ outcome: 'failed', changed: false, counts }, { GITHUB_OUTPUT: file })
    expect(parseOutputs(await readFile(file, 'utf8'))).toMatchObject({
      'held-digest': '',
      'plan-file': '',
      'commit-sha': '',
      'pull-request-number': '',
      'pull-request-url': '',
    })
  })

  const some = { outcome: 'applied', changed: true, counts } as const

  it('G4: that cannot be written are a problem of their own', async () => {
    for (const [GITHUB_OUTPUT, cause] of [
      [folder, 'EISDIR'],
      [path.join(folder, 'gone', 'outputs'), 'ENOENT'],
      [undefined, 'ENOENT'],
    ] as const) {
      const environment = { GITHUB_ACTIONS: 'true', GITHUB_OUTPUT }
      expect(await problemsWhen(writeOutputs(some, environment))).toEqual([
        { code: 'report-unwritten', what: 'outputs', cause },
      ])
    }
  })

  it('G4: are there although their file was removed', async () => {
    const file = path.join(folder, 'outputs')
    await writeOutputs(some, { GITHUB_OUTPUT: file })
    expect(parseOutputs(await readFile(file, 'utf8'))).toMatchObject({ outcome: 'applied' })
  })

  it('are nobody’s business at a desk', async () => {
    expect(await problemsWhen(writeOutputs(some, {}))).toEqual([])
  })
})
