import { describe, expect, test } from 'vitest'
import { found, inTurn, type CheckStep } from '../../../src/model/check.ts'
import { Failure } from '../../../src/model/problem.ts'

const problem = { code: 'wecom-app-disabled' } as const

function fails(): never {
  throw new Failure(problem)
}

const marks = async (...steps: readonly CheckStep[]) =>
  (await inTurn(steps)).map(({ name, mark }) => `${name} ${mark}`)

describe('spec 9: the lines of a check', () => {
  test('a step passes, warns with problems, or fails with what was thrown', async () => {
    const lines = await inTurn([
      { name: 'wecom-token', look: () => found({ code: 'ok' }) },
      { name: 'wecom-range', look: async () => Promise.resolve(found({ code: 'ok' }, [problem])) },
      { name: 'wecom-agent', look: fails },
      {
        name: 'wecom-fields',
        look: () => {
          throw new TypeError('broken')
        },
      },
    ])
    expect(lines).toEqual([
      { name: 'wecom-token', mark: 'pass', fact: { code: 'ok' }, problems: [] },
      { name: 'wecom-range', mark: 'warn', fact: { code: 'ok' }, problems: [problem] },
      { name: 'wecom-agent', mark: 'fail', problems: [problem] },
      { name: 'wecom-fields', mark: 'fail', problems: [{ code: 'bug', message: 'broken' }] },
    ])
  })

  test('what stands behind a gate that failed is not reached, and not looked at', async () => {
    const lines = await inTurn([
      { name: 'casdoor-reachable', isGate: true, look: fails },
      { name: 'casdoor-version', look: () => expect.fail('looked at') },
    ])
    expect(lines[1]).toEqual({
      name: 'casdoor-version',
      mark: 'skip',
      fact: { code: 'not-reached' },
      problems: [],
    })
  })

  test('a gate that warns, and a failure that is no gate, stop nothing', async () => {
    expect(
      await marks(
        { name: 'casdoor-reachable', isGate: true, look: () => found({ code: 'ok' }, [problem]) },
        { name: 'casdoor-version', look: fails },
        { name: 'casdoor-items', look: () => found({ code: 'ok' }) },
      ),
    ).toEqual(['casdoor-reachable warn', 'casdoor-version fail', 'casdoor-items pass'])
  })
})
