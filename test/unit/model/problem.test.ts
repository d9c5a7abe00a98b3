import { expect, test } from 'vitest'
import { Failure, messageOf, problemsOf, systemWordOf } from '../../../src/model/problem.ts'

test('a failure carries its problems, and names their codes alone', () => {
  const failure = new Failure(
    { code: 'wecom-no-departments' },
    { code: 'input-missing', input: 'wecom-corp-id' },
  )
  expect(problemsOf(failure)).toBe(failure.problems)
  expect(failure.message).toBe('wecom-no-departments, input-missing')
})

test('anything else that was thrown is a bug of ours', () => {
  expect(problemsOf(new TypeError('x is undefined'))).toEqual([{ code: 'bug', message: 'x is undefined' }])
  expect(problemsOf('a string')).toEqual([{ code: 'bug', message: 'a string' }])
  expect(messageOf(null)).toBe('null')
})

test.each([
  [Object.assign(new Error('no /home/runner/x'), { code: 'ENOENT' }), 'ENOENT'],
  [Object.assign(new Error('broken'), { code: 7 }), 'broken'],
  [new Error('broken'), 'broken'],
  [null, 'null'],
  ['lost', 'lost'],
])('the system says of %o: %s', (thrown, word) => {
  expect(systemWordOf(thrown)).toBe(word)
})
