import { describe, expect, test } from 'vitest'
import type { WecomFault } from '../../../sandbox/wecom/server.ts'
import { Failure } from '../../../src/model/problem.ts'
import { agentFor } from '../../../src/http/agent.ts'
import { wecomChecker } from '../../../src/wecom/check.ts'
import { wecomSource } from '../../../src/wecom/source.ts'
import { canaries, outcomeOf, problemOf, settingsFor, start } from './start.ts'

/** An error text that tells everything a caller sent, as some gateways do. */
const telltale =
  'bad request: /cgi-bin/user/list?access_token=FAKE-token-app&corpsecret=test-app-secret http://x'

const faults: readonly WecomFault['do'][] = [
  { errcode: 40001, errmsg: telltale },
  { errcode: -1, errmsg: telltale },
  { errcode: 42001, errmsg: telltale },
  { errcode: 45009, errmsg: telltale },
  { errcode: 123456, errmsg: telltale },
  { status: 400 },
  { status: 503 },
  { status: 302 },
  { body: telltale },
  { body: { errcode: telltale } },
  { body: { errcode: 0, userlist: telltale, access_token: '', department: [telltale] } },
  'reset',
  'hang',
  'html',
  'cut',
  'empty',
]

describe('spec 10.4: no error tells the secret, the token or a URL', () => {
  const calls = ['gettoken', 'department/list', 'department/simplelist', 'user/list']
  test.each(calls.flatMap((call) => faults.map((fault) => [call, fault] as const)))(
    '%s answers %j',
    async (call, fault) => {
      const sandbox = await start({ faults: [{ call, nth: 1, times: 99, do: fault }] })
      const settings = settingsFor(sandbox, { timeout: fault === 'hang' ? 50 : 5000 })
      const { value, told } = await outcomeOf(wecomSource(settings).fetch())
      // A witness that refuses is no failure; people's avatars are URLs, so failures alone are free of them.
      const hidden = value instanceof Failure ? canaries : canaries.filter((canary) => canary !== 'http://')
      expect(hidden.filter((canary) => told.includes(canary))).toEqual([])
      const checks = await outcomeOf(wecomChecker(settings).check())
      expect(canaries.filter((canary) => checks.told.includes(canary))).toEqual([])
    },
  )

  test('nobody listens at the address', async () => {
    const sandbox = await start()
    await sandbox.close()
    expect(await problemOf(wecomSource(settingsFor(sandbox)).fetch())).toEqual({
      code: 'network',
      service: 'WeCom',
      call: 'gettoken',
      reason: 'refused',
      cause: 'ECONNREFUSED',
    })
  })

  test('a proxy that does not exist', async () => {
    const sandbox = await start()
    const apiUrl = new URL(sandbox.url)
    const url = new URL('http://user:test-app-secret@127.0.0.1:9')
    const agent = agentFor(apiUrl, 8, { url, setBy: 'wecom-proxy' })
    const problem = await problemOf(wecomSource(settingsFor(sandbox, { agent, proxied: true })).fetch())
    expect(problem).toEqual({
      code: 'proxy-unreachable',
      service: 'WeCom',
      call: 'gettoken',
      proxy: '127.0.0.1:9',
      setBy: 'wecom-proxy',
      reason: 'refused',
      cause: 'ECONNREFUSED',
    })
    expect(sandbox.requests).toEqual([])
  })
})
