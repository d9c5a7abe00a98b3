import { describe, expect, test } from 'vitest'
import { runAction } from '../../sandbox/runner.ts'
import { set } from './act.ts'

describe('wrong settings', () => {
  test('every input error at once, each with its fix; nothing is asked', async () => {
    const { code, outputs, summary, stdout } = await runAction({
      inputs: { mode: 'ys', leavers: 'remove', 'removal-limit': '1O0', 'casdoor-organization': 'built-in' },
    })
    expect({ code, outcome: outputs['outcome'] }).toEqual({ code: 1, outcome: 'failed' })
    for (const input of [
      'mode',
      'leavers',
      'removal-limit',
      'casdoor-organization',
      'wecom-corp-id',
      'wecom-corp-secret',
      'casdoor-endpoint',
      'casdoor-client-id',
      'casdoor-client-secret',
    ]) {
      expect(summary).toContain(`\`${input}\``)
    }
    expect(stdout.match(/^::error/gm)).toHaveLength(1)
  })

  test('an empty secret names the usual cause (FS-45)', async () => {
    const { act } = await set()
    const { summary, code } = await act({ 'wecom-corp-secret': '' })
    expect(code).toBe(1)
    expect(summary).toMatch(/fork/)
  })
})

describe('a wrong secret', () => {
  test('of WeCom: exactly one gettoken, and Casdoor is not read (FS-17)', async () => {
    const { wecom, casdoor, act } = await set({ wecom: { secret: 'another' } })
    const { code, outputs, summary } = await act()
    expect({ code, outcome: outputs['outcome'] }).toEqual({ code: 1, outcome: 'failed' })
    expect(wecom.requests).toHaveLength(1)
    expect(wecom.calls('gettoken')).toBe(1)
    expect(casdoor.requests).toEqual([])
    expect(summary).toContain('40001')
  })

  test('of Casdoor is recognised although Casdoor answers 200; nothing is written', async () => {
    const { casdoor, act } = await set({ casdoor: { clientSecret: 'another' } })
    const { code, outputs, summary } = await act()
    expect({ code, outcome: outputs['outcome'] }).toEqual({ code: 1, outcome: 'failed' })
    expect(casdoor.writes()).toEqual([])
    expect(summary).toContain('casdoor-client-secret')
  })
})

test('an address WeCom does not trust: the address and the three ways out', async () => {
  const { casdoor, act } = await set({ wecom: { trusted: false } })
  const { code, summary } = await act()
  expect(code).toBe(1)
  expect(summary).toContain('203.0.113.7')
  for (const way of ['self-hosted runner', 'wecom-proxy', '企业可信IP']) expect(summary).toContain(way)
  expect(casdoor.requests).toEqual([])
})

describe('FS-01: an empty directory is an error, never "everybody left"', () => {
  test.each([
    ['no departments', 'department/list', { department: [] }],
    ['nobody in any', 'user/list', { userlist: [] }],
  ])('%s', async (_, call, body) => {
    const { wecom, casdoor, act } = await set()
    await act()
    const before = casdoor.requests.length
    wecom.faults.push({ call, nth: 1, times: Infinity, do: { body: { errcode: 0, errmsg: 'ok', ...body } } })
    const { code, outputs, summary } = await act()
    expect({ code, outcome: outputs['outcome'] }).toEqual({ code: 1, outcome: 'failed' })
    expect(casdoor.requests).toHaveLength(before)
    expect(summary).toContain('可见范围')
  })
})

describe('the preflight (spec 6.4)', () => {
  test.each([
    ['a Casdoor that is too old', { version: 'v3.40.0' }, {}, 'v3.50.0'],
    ['an organization that does not exist', {}, { 'casdoor-organization': 'nobody' }, 'nobody'],
    ['an organization without an application', {}, { 'casdoor-organization': 'acme-noapp' }, 'acme-noapp'],
    [
      "Casdoor's own WeCom syncer on the same organization",
      { syncers: [{ owner: 'admin', name: 'built-in-wecom', organization: 'acme', type: 'WeCom', isEnabled: true }] },
      {},
      'built-in-wecom',
    ],
  ])('%s stops the run before anything is written', async (_, casdoor, inputs, said) => {
    const setting = await set({ casdoor })
    const { code, summary } = await setting.act(inputs)
    expect(code).toBe(1)
    expect(summary).toContain(said)
    expect(setting.casdoor.writes()).toEqual([])
  })
})

test.each(['socks5://proxy.example.com:1080', 'localhost:3128', 'http://user:hunter#2@proxy.example.com'])(
  'P2: HTTPS_PROXY=%s is refused by its name, before anything is asked',
  async (proxy) => {
    const { wecom, act } = await set()
    const inputs = { 'casdoor-endpoint': 'https://door.example.com' }
    const { code, summary, stdout, stderr } = await act(inputs, { env: { HTTPS_PROXY: proxy } })
    expect(code).toBe(1)
    expect(summary).toContain('HTTPS_PROXY')
    expect(summary + stdout).not.toContain('hunter')
    expect(stderr).toBe('')
    expect(wecom.requests).toEqual([])
  },
)
