import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { badReply, badStatus, canHeal, withoutAnswer } from '../../../src/http/failed-exchange.ts'
import { parsed } from '../../../src/http/parsed.ts'

const called = { service: 'GitHub', call: 'repos/get' } as const

function because(cause: unknown, message = 'fetch failed'): Error {
  return new TypeError(message, { cause })
}

describe('an exchange without an answer', () => {
  const of = (thrown: unknown) => withoutAnswer(thrown, { ...called, timeout: 10_000 })

  test.each([
    ['a system error', Object.assign(new Error('read'), { code: 'ECONNRESET' }), 'ECONNRESET'],
    [
      'one inside another',
      because(because(Object.assign(new Error('x'), { code: 'ENOTFOUND' }))),
      'ENOTFOUND',
    ],
    ['one with a type alone', Object.assign(new Error('big'), { type: 'max-size' }), 'max-size'],
    ['a message', new Error('socket hang up'), 'socket hang up'],
    ['a message with a URL in it', new Error('request to https://example.com/?secret=1 failed'), 'unknown'],
    ['no error at all', 'lost', 'lost'],
  ])('by %s is the network', (_, thrown, cause) => {
    expect(of(thrown)).toMatchObject({ code: 'network', ...called, cause })
  })

  test.each(['TimeoutError', 'AbortError'])('by %s is a time-out, wrapped or not', (name) => {
    const late = Object.assign(new Error('late'), { name })
    for (const thrown of [late, because(late), because(new DOMException('late', name))])
      expect(of(thrown)).toEqual({ code: 'timeout', ...called, seconds: 10 })
  })
})

test('a status comes with the seconds that the server asks to wait, if it does', () => {
  expect(badStatus(called, 503)).toEqual({ code: 'http-status', ...called, status: 503 })
  expect(badStatus(called, 429, 7)).toEqual({ code: 'http-status', ...called, status: 429, retryAfter: 7 })
  expect(badStatus(called, 500, Number('soon'))).toEqual({ code: 'http-status', ...called, status: 500 })
})

test.each([
  [badStatus(called, 429), true],
  [badStatus(called, 500), true],
  [badStatus(called, 499), false],
  [badStatus(called, 404), false],
  [{ code: 'network', ...called, reason: 'connection', cause: 'ECONNRESET' }, true],
  [{ code: 'timeout', ...called, seconds: 1 }, true],
  [{ code: 'not-json', ...called, status: 200 }, false],
  [badReply(called, 'name'), false],
  [{ code: 'wecom-app-disabled' }, false],
] as const)('%j can heal: %s', (problem, expected) => {
  expect(canHeal(problem)).toBe(expected)
})

test('what is parsed has the promised form, or the place is named and never the value', () => {
  const schema = z.object({ rows: z.array(z.object({ name: z.string() })) })
  expect(parsed(schema, { rows: [{ name: 'a', more: 1 }] }, called)).toEqual({ rows: [{ name: 'a' }] })
  const problemWith = (sent: unknown) => () => parsed(schema, sent, called)
  expect(problemWith({ rows: [{ name: 'a' }, { name: 5 }] })).toThrow(
    expect.objectContaining({ problems: [badReply(called, 'rows.1.name')] }),
  )
  expect(problemWith('x')).toThrow(expect.objectContaining({ problems: [badReply(called, 'body')] }))
})
