import { expect, test } from 'vitest'
import { FaultMatcher, type Strike } from '../../../sandbox/fault-matcher.ts'

/** Which of some calls a fault strikes, as their numbers from 1; each has its name and its kinds. */
function struck(fault: Strike, calls: readonly (readonly string[])[]): readonly number[] {
  const matcher = new FaultMatcher()
  return calls.flatMap((names, index) => (matcher.match([fault], ...names) === fault ? [index + 1] : []))
}

const read = ['get-users']
const write = ['update-user', 'write']

test.each<[string, Strike, readonly number[]]>([
  ['the first of a name', { call: 'get-users' }, [1]],
  ['the nth of a name', { call: 'get-users', nth: 2 }, [3]],
  ['so many in a row', { call: 'get-users', nth: 2, times: 2 }, [3, 5]],
  ['all from the nth on', { call: 'write', nth: 2, times: Infinity }, [4, 6]],
  ['any call', { call: '*', nth: 3, times: 2 }, [3, 4]],
  ['no call of another name', { call: 'get-user', times: Infinity }, []],
])('%s', (_, fault, expected) => {
  expect(struck(fault, [read, write, read, write, read, write])).toEqual(expected)
})

test('counts from when a fault is put in, and also while another one strikes', () => {
  const matcher = new FaultMatcher()
  const faults: Strike[] = []
  expect(matcher.match(faults, 'a')).toBeUndefined()
  const [first, second] = [{ call: 'a' }, { call: '*', nth: 2 }]
  faults.push(first, second)
  expect(matcher.match(faults, 'a')).toBe(first)
  expect(matcher.match(faults, 'b')).toBe(second)
  expect(matcher.match(faults, 'a')).toBeUndefined()
})
