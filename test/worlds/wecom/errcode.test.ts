import { describe, expect, test } from 'vitest'
import { errcodes } from '../../../src/text/errcodes.ts'
import { addressIn, classOf, refuses } from '../../../src/wecom/errcode.ts'
import { wecomSource } from '../../../src/wecom/source.ts'
import { problemOf, settingsFor, start, testClock } from './start.ts'

describe('spec 4.2: every errcode has a class', () => {
  test('what is not a matter for a person', () => {
    const waiting = errcodes.filter((errcode) => !refuses(errcode))
    expect(waiting.map((errcode) => [errcode, classOf(errcode)])).toEqual([
      [-1, 'busy'],
      [6000, 'busy'],
      [40014, 'token'],
      [42001, 'token'],
      [45009, 'limit'],
      [45033, 'crowded'],
      [81026, 'maintenance'],
    ])
  })

  test.each([999, 1, 60012, 2147483647])('%i, of which nobody has told us, stops', (errcode) => {
    expect(classOf(errcode)).toBe('stop')
  })

  test.each(errcodes.filter((errcode) => refuses(errcode)))(
    'FS-17: %i ends the run at once and is not tried again',
    async (errcode) => {
      const sandbox = await start({ faults: [{ call: 'department/list', nth: 1, do: { errcode } }] })
      const clock = testClock()
      expect(await problemOf(wecomSource(settingsFor(sandbox, { clock })).fetch())).toEqual({
        code: 'wecom-errcode',
        call: 'department/list',
        errcode,
        address: '203.0.113.7',
        proxied: false,
      })
      expect(sandbox.calls()).toBe(2)
      expect(clock.sleeps).toEqual([])
    },
  )

  test.each([
    [
      'not allow to access from your ip, hint: [17], from ip: 203.0.113.7, more info at https://x',
      '203.0.113.7',
    ],
    [
      'not allow to access from your ip, hint: [17], from ip: 2001:db8::17, more info at https://x',
      '2001:db8::17',
    ],
    ['system error', undefined],
    ['', undefined],
  ])('the address in %j', (errmsg, address) => {
    expect(addressIn(errmsg)).toBe(address)
  })
})
