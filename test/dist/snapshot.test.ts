import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { dayOfChanges, leave } from '../../sandbox/day.ts'
import { set } from './act.ts'

const name = 'wecom-users.yaml'
let workspace: string
beforeEach(async () => {
  workspace = await mkdtemp(path.join(tmpdir(), 'workspace-'))
})
afterEach(async () => {
  await rm(workspace, { recursive: true })
})

describe('WeCom → snapshot (flow B as a file)', () => {
  test('the same directory gives the same bytes, whatever the order of the answers', async () => {
    const { company, act } = await set()
    const shuffled = await set({ company, wecom: { shuffle: 3 } })
    const one = await act({ to: 'snapshot', 'snapshot-delivery': 'file' }, { workspace })
    expect(one.outputs).toMatchObject({ outcome: 'applied', changed: 'true', added: '40' })
    const again = await act({ to: 'snapshot', 'snapshot-delivery': 'file' }, { workspace })
    expect(again.outputs).toMatchObject({ outcome: 'unchanged', changed: 'false', unchanged: '40' })
    expect(again.files[name]).toBe(one.files[name])
    const other = await shuffled.act({ to: 'snapshot', 'snapshot-delivery': 'file' })
    expect(other.files[name]).toBe(one.files[name])
  })

  test('one changed person changes at most 5 lines', async () => {
    const { company, act } = await set()
    const before = (await act({ to: 'snapshot', 'snapshot-delivery': 'file' }, { workspace })).files[name] ?? ''
    const person = company.people.find(({ status }) => status === 1)
    if (person !== undefined) {
      Object.assign(person, { name: '改名', position: '新', mobile: '13912349876', email: 'new@example.com', departments: [3] })
    }
    const after = (await act({ to: 'snapshot', 'snapshot-delivery': 'file' }, { workspace })).files[name] ?? ''
    const lines = new Set(before.split('\n'))
    const changed = after.split('\n').filter((line) => !lines.has(line))
    expect(changed.length).toBeGreaterThan(0)
    expect(changed.length).toBeLessThanOrEqual(5)
  })

  test('mode: plan writes no file', async () => {
    const { act } = await set()
    const { outputs, files } = await act({ to: 'snapshot', 'snapshot-delivery': 'file', mode: 'plan' })
    expect(outputs).toMatchObject({ outcome: 'planned', changed: 'false', added: '40' })
    expect(files).toEqual({})
  })

  test('the file is not written in a public repository (spec 10.4)', async () => {
    const { act } = await set()
    const event = { repository: { full_name: 'acme/directory', private: false } }
    const refused = await act({ to: 'snapshot', 'snapshot-delivery': 'file' }, { event })
    expect(refused).toMatchObject({ code: 1, files: {} })
    expect(refused.summary).toContain('personal-data')
    const byHand = await act({ to: 'snapshot', 'snapshot-delivery': 'file', 'personal-data': 'full' }, { event })
    expect(byHand.code).toBe(0)
  })
})

describe('snapshot → Casdoor (flow D)', () => {
  test('ends in the same state as WeCom → Casdoor, day after day', async () => {
    const direct = await set()
    const { company } = direct
    const reviewed = await set({ company })
    const stored = ({ casdoor }: typeof direct) =>
      casdoor
        .users('acme')
        .map(({ createdTime: _, updatedTime: __, ranking: ___, ...rest }) => rest)
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    for (let day = 1; day <= 3; day++) {
      await direct.act()
      await reviewed.act({ to: 'snapshot', 'snapshot-delivery': 'file' }, { workspace })
      const { outputs } = await reviewed.act({ from: 'snapshot' }, { workspace })
      expect(outputs['outcome']).toBe('applied')
      expect(stored(reviewed)).toEqual(stored(direct))
      dayOfChanges(company, day)
    }
  })

  test('a person missing from the file is a leaver, under the same guard', async () => {
    const { company, casdoor, act } = await set()
    await act({ to: 'snapshot', 'snapshot-delivery': 'file' }, { workspace })
    await act({ from: 'snapshot' }, { workspace })
    const { userid } = company.people.find(({ status }) => status === 1) ?? { userid: '' }
    leave(company, userid)
    await act({ to: 'snapshot', 'snapshot-delivery': 'file', leavers: 'delete' }, { workspace })
    const { outputs } = await act({ from: 'snapshot' }, { workspace })
    expect(outputs).toMatchObject({ outcome: 'applied', forbidden: '1' })
    expect(casdoor.users('acme').find(({ wecom }) => wecom === userid)?.isForbidden).toBe(true)
  })

  test.each([
    ['broken YAML', 'version: 1\nusers: {', 2],
    ['a merge conflict', 'version: 1\n<<<<<<< ours\n', 2],
    ['another version', 'version: 2\n', 1],
  ])('%s is one error with file, line and remedy', async (_, text, line) => {
    await writeFile(path.join(workspace, name), text)
    const { wecom, casdoor, act } = await set()
    const { code, summary, stdout } = await act({ from: 'snapshot' }, { workspace })
    expect(code).toBe(1)
    expect(summary).toContain(name)
    expect(summary).toContain(String(line))
    expect(stdout.match(/^::error/gm)).toHaveLength(1)
    expect(stdout).not.toMatch(/\bat .*\.js:\d+/)
    expect([...wecom.requests, ...casdoor.writes()]).toEqual([])
  })

  test('no file at all says what to run first', async () => {
    const { act } = await set()
    const { code, summary } = await act({ from: 'snapshot' })
    expect(code).toBe(1)
    expect(summary).toContain(name)
  })
})
