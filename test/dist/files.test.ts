import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { set } from './act.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'files-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

describe('G4: a file of the runner that cannot be written', () => {
  test.each([
    ['GITHUB_OUTPUT', 'is in a folder that is gone', 'outputs'],
    ['GITHUB_OUTPUT', 'is a folder', 'outputs'],
    ['GITHUB_OUTPUT', 'is not named at all', 'outputs'],
    ['GITHUB_STEP_SUMMARY', 'is in a folder that is gone', 'job summary'],
    ['GITHUB_STEP_SUMMARY', 'is a folder', 'job summary'],
    ['GITHUB_STEP_SUMMARY', 'is not named at all', 'job summary'],
    ['RUNNER_TEMP', 'is in a folder that is gone', 'plan file'],
  ])('%s %s: a warning, and the run is what its work was', async (name, state, what) => {
    const value = {
      'is in a folder that is gone': path.join(folder, 'gone', 'file'),
      'is a folder': folder,
      'is not named at all': undefined,
    }[state]
    const { casdoor, act } = await set()
    const { code, stdout, stderr } = await act({}, { env: { [name]: value } })
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(new RegExp(`^::warning::The (?:step’s )?${what} could not be written`, 'm'))
    expect(stdout).not.toMatch(/^::error|\bat .*\.js:\d+|::set-output/m)
    expect(casdoor.users('acme').length).toBeGreaterThan(30)
  })

  test('all of them at once: the work is done all the same', async () => {
    const gone = path.join(folder, 'gone', 'file')
    const env = { GITHUB_OUTPUT: gone, GITHUB_STEP_SUMMARY: gone, RUNNER_TEMP: gone, GITHUB_EVENT_PATH: gone }
    const { casdoor, act } = await set()
    expect(await act({}, { env })).toMatchObject({ code: 0, stderr: '' })
    expect(casdoor.users('acme').length).toBeGreaterThan(30)
  })
})

test('G12: two steps of a job have a plan file each', async () => {
  const { act } = await set()
  const one = await act({ mode: 'plan' }, { env: { RUNNER_TEMP: folder } })
  const other = await act({ mode: 'plan', 'removal-limit': '1' }, { env: { RUNNER_TEMP: folder } })
  expect(one.outputs['plan-file']).not.toBe(other.outputs['plan-file'])
  expect(JSON.parse(one.planFile ?? '')).toMatchObject({ personalData: 'masked' })
})

describe('G6 and G13: what is in the way in the workspace', () => {
  const file = { to: 'snapshot', 'snapshot-delivery': 'file' }

  test.each([
    ['a link out of the workspace', 'people.yaml', async () => symlink('/etc/hostname', path.join(folder, 'people.yaml')), 'symbolic link'],
    ['a folder', 'people.yaml', async () => mkdir(path.join(folder, 'people.yaml')), 'end `snapshot-path` with `/`'],
    ['a file', 'people/', async () => writeFile(path.join(folder, 'people'), ''), 'A file named `people` exists'],
  ])('%s stops the run and the check', async (_, place, make, words) => {
    await make()
    const { act } = await set()
    for (const inputs of [file, { ...file, mode: 'check' }, { from: 'snapshot' }]) {
      const { code, summary, stdout } = await act({ ...inputs, 'snapshot-path': place }, { workspace: folder })
      expect(code).toBe(1)
      expect(summary).toContain(words)
      expect(stdout).not.toContain('EISDIR')
    }
  })
})

test('G14: wrong inputs name the target that was meant', async () => {
  const { act } = await set()
  const wrong = { 'wecom-corp-id': '', to: 'snapshot', 'snapshot-path': 'people/' }
  expect((await act(wrong)).summary).toContain('before anything was written to `people/`')
  expect((await act({ 'wecom-corp-id': '' })).summary).toContain('before anything was written to acme')
})

test('G15: says that personal data is hidden by hand', async () => {
  const { act } = await set()
  const { summary } = await act({ 'personal-data': 'hidden' })
  expect(summary).toContain('`personal-data: hidden`, set in the workflow')
  expect(summary).not.toContain('public repository')
})
