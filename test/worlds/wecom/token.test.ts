import { describe, expect, test } from 'vitest'
import { makeCompany } from '../../../sandbox/company.ts'
import type { WecomSandbox } from '../../../sandbox/wecom/server.ts'
import { wecomSource } from '../../../src/wecom/source.ts'
import { problemOf, secret, settingsFor, start, testClock } from './start.ts'

function tokensUsed(sandbox: WecomSandbox): number {
  return new Set(sandbox.requests.flatMap(({ query }) => query.get('access_token') ?? [])).size
}

describe('FS-17: wrong credentials end the run with exactly one gettoken', () => {
  test.each([
    ['a wrong secret', { secret: 'wrong-secret' }, 40001],
    ['a wrong corp id', { corpId: '1000002' }, 40013],
  ])('%s', async (_, wrong, errcode) => {
    const sandbox = await start()
    const clock = testClock()
    const source = wecomSource(settingsFor(sandbox, { ...wrong, clock }))
    const expected = {
      code: 'wecom-errcode',
      call: 'gettoken',
      errcode,
      address: '203.0.113.7',
      proxied: false,
    }
    expect(await problemOf(source.fetch())).toEqual(expected)
    expect(sandbox.requests).toHaveLength(1)
    expect(clock.sleeps).toEqual([])
    // Not even a second fetch tries the same secret again.
    expect(await problemOf(source.fetch())).toEqual(expected)
    expect(sandbox.requests).toHaveLength(1)
  })

  test.each([40001, 40013, 40091])('%i in the middle of a run is not tried again', async (errcode) => {
    const sandbox = await start({ faults: [{ call: 'user/list', nth: 2, do: { errcode } }] })
    const problem = await problemOf(wecomSource(settingsFor(sandbox, { concurrency: 1 })).fetch())
    expect(problem).toMatchObject({ code: 'wecom-errcode', errcode })
    expect(sandbox.calls('gettoken')).toBe(1)
    expect(sandbox.calls('user/list')).toBe(2)
  })

  test('an address that is not trusted: gettoken works, the next call tells the address', async () => {
    const sandbox = await start({ trusted: false })
    const problem = await problemOf(wecomSource(settingsFor(sandbox, { proxied: true })).fetch())
    expect(problem).toEqual({
      code: 'wecom-errcode',
      call: 'department/list',
      errcode: 60020,
      address: '203.0.113.7',
      proxied: true,
    })
    expect(sandbox.requests).toHaveLength(2)
  })

  test('the secret of Sync of Contacts cannot read details', async () => {
    const sandbox = await start({ contactsSecret: 'test-contacts-secret' })
    const source = wecomSource(settingsFor(sandbox, { secret: 'test-contacts-secret' }))
    expect(await problemOf(source.fetch())).toMatchObject({ call: 'department/list', errcode: 48009 })
  })

  test('a gettoken that answers without a token', async () => {
    const sandbox = await start({ faults: [{ call: 'gettoken', nth: 1, do: { body: { errcode: 0 } } }] })
    const problem = await problemOf(wecomSource(settingsFor(sandbox)).fetch())
    expect(problem).toEqual({ code: 'bad-reply', service: 'WeCom', call: 'gettoken', detail: 'access_token' })
  })
})

describe('FS-39: a token that expires', () => {
  test('eight workers share one new token', async () => {
    const company = makeCompany({ people: 200, departments: 40 })
    const sandbox = await start({ company })
    sandbox.faults.push({ call: 'user/list', nth: 1, do: 'expire' })
    const directory = await wecomSource(settingsFor(sandbox)).fetch()
    expect(directory.departments).toHaveLength(40)
    expect(sandbox.calls('gettoken')).toBe(2)
    expect(sandbox.calls('user/list')).toBe(40 + 8)
    expect(tokensUsed(sandbox)).toBe(2)
  })

  test('a long run may need several', async () => {
    const company = makeCompany({ people: 100, departments: 30 })
    const sandbox = await start({ company, tokenLife: 10 })
    const directory = await wecomSource(settingsFor(sandbox, { concurrency: 1 })).fetch()
    expect(directory.departments).toHaveLength(30)
    expect(sandbox.calls('gettoken')).toBe(4)
  })

  test.each([40014, 42001])('a second %i on the same call fails', async (errcode) => {
    const faults = [{ call: 'user/list', nth: 3, times: 99, do: { errcode } }]
    const sandbox = await start({ faults })
    const problem = await problemOf(wecomSource(settingsFor(sandbox, { concurrency: 1 })).fetch())
    expect(problem).toMatchObject({ code: 'wecom-errcode', call: 'user/list', errcode })
    expect(sandbox.calls('user/list')).toBe(2 + 2)
    expect(sandbox.calls('gettoken')).toBe(2)
  })

  test('a new token that is refused ends the run, without a second try', async () => {
    const faults = [
      { call: 'user/list', nth: 1, do: { errcode: 42001 } },
      { call: 'gettoken', nth: 2, times: 99, do: { errcode: 40001 } },
    ]
    const sandbox = await start({ faults })
    const problem = await problemOf(wecomSource(settingsFor(sandbox)).fetch())
    expect(problem).toMatchObject({ call: 'gettoken', errcode: 40001 })
    expect(sandbox.calls('gettoken')).toBe(2)
  })
})

describe('spec 10.4: a token is told before it is used, so that it can be masked', () => {
  test('each one, once', async () => {
    const sandbox = await start({ faults: [{ call: 'user/list', nth: 1, do: { errcode: 40014 } }] })
    const told: { token: string; requests: number }[] = []
    const onSecret = (token: string) => void told.push({ token, requests: sandbox.calls() })
    await wecomSource(settingsFor(sandbox, { onSecret, concurrency: 1 })).fetch()
    expect(told).toHaveLength(2)
    for (const { token, requests } of told) {
      const first = sandbox.requests.findIndex(({ query }) => query.get('access_token') === token)
      expect(first).toBeGreaterThanOrEqual(requests)
    }
  })

  test('the secret goes to gettoken alone', async () => {
    const sandbox = await start()
    await wecomSource(settingsFor(sandbox)).fetch()
    const told = sandbox.requests.filter((request) => JSON.stringify([...request.query]).includes(secret))
    expect(told.map(({ path }) => path)).toEqual(['/cgi-bin/gettoken'])
  })
})
