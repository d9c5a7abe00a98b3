import { describe, expect, test } from 'vitest'
import type { Run } from '../../../src/model/run.ts'
import { annotations, countsInWords, plainly, type Annotations } from '../../../src/report/annotations.ts'
import { textOf } from '../../../src/text/language.ts'
import { aPolicy, aRun } from '../../make.ts'
import { cases, plan, remarks, run, usual } from './cases.ts'

const text = textOf('en')

function of(name: string): Annotations {
  const found = cases.find((one) => one.name === name && one.language === 'en')
  return annotations(found?.run ?? aRun(), text)
}

describe('the error annotation', () => {
  test('spec 3.5: says that the run was cancelled', () => {
    expect(of('cancelled').error).toMatch(/^The run was cancelled\./)
  })

  test('tells the problem that stopped the run, and its remedy', () => {
    expect(of('wrong-secret').error).toMatch(
      /^Casdoor at `https:\/\/sso\.example\.com` does not accept this client ID.*`casdoor-endpoint` is that Casdoor\.$/,
    )
  })

  test('is one for several problems', () => {
    const error = of('inputs').error ?? ''
    expect(error).toMatch(/^3 problems: \(1\) .* \(2\) .* \(3\) /)
    expect(error).not.toContain('\n')
  })

  test('tells the first dozen of very many, and how many more', () => {
    const problems = Array.from(
      { length: 40 },
      (_, index) => ({ code: 'input-missing', input: `input-${index}` }) as const,
    )
    const error = annotations(aRun({ problems }), text).error ?? ''
    expect(error).toMatch(/\(12\) .* and 28 more$/)
    expect(error.length).toBeLessThan(4096)
  })

  test.each([
    ['held', /^514 removals are held back/],
    ['partial', /^3 of 8 changes failed\./],
    ['cut-short', /^Casdoor has stopped answering writes/],
    ['check-failed', /^1 check failed: Casdoor: client ID and secret\. The job summary/],
  ])('of %s', (name, expected) => {
    expect(of(name).error).toMatch(expected)
  })

  test.each(['usual', 'planned', 'held-plan', 'unchanged', 'check-passed', 'approved'])(
    'there is none for %s',
    (name) => {
      expect(of(name).error).toBeUndefined()
    },
  )

  test('there is none where nothing is known', () => {
    expect(annotations(aRun(), text)).toEqual({ warnings: [], notices: [] })
  })
})

describe('warnings', () => {
  test('are one of a kind, with a count', () => {
    const endpoints = [1, 2].map(
      (port) => ({ code: 'casdoor-plain-http', endpoint: `http://sso.example.com:${port}` }) as const,
    )
    const { warnings } = annotations(run(plan(usual, { remarks, findings: endpoints })), text)
    expect(warnings.map(({ kind }) => kind)).toEqual(['casdoor-plain-http', 'skipped', 'hidden'])
    expect(warnings[0]?.text).toMatch(/^2 problems/)
    expect(warnings[1]?.text).toMatch(/^3 people were skipped/)
    expect(warnings[2]?.text).toMatch(/^1 person is still in the company/)
  })

  test('are not made of what is usual', () => {
    expect(of('usual').warnings.map(({ kind }) => kind)).toEqual(['skipped'])
    expect(of('unchanged').warnings).toEqual([])
  })

  test('come from checks too', () => {
    expect(of('check-passed').warnings.map(({ kind }) => kind)).toEqual(['casdoor-item-immutable'])
  })
})

test('an approval that meets nothing held is a notice', () => {
  const { notices, warnings } = annotations(
    run(plan([]), { policy: aPolicy({ approve: '0'.repeat(64) }) }),
    text,
  )
  expect(notices).toHaveLength(1)
  expect(warnings).toEqual([])
})

test('a backtick in a name does not open a span in the log', () => {
  expect(plainly({ code: 'casdoor-organization-missing', organization: 'a`b' }, text)).toContain("`a'b`")
})

describe('the line with the counts', () => {
  test.each<[string, Run, string]>([
    ['of a sync', run(plan(usual)), '3 added, 2 updated, 2 forbidden, 1 restored, 1,284 unchanged.'],
    [
      'of a plan',
      run(plan(usual), { mode: 'plan' }),
      '3 to add, 2 to update, 2 to forbid, 1 to restore, 1,284 unchanged.',
    ],
    ['of nothing', aRun(), 'Nothing to do.'],
    ['of nothing done', run(plan(usual, { unchanged: 0 }), {}, { done: [] }), 'Nothing was changed.'],
  ])('%s', (_, made, expected) => {
    expect(countsInWords(made, text)).toBe(expected)
  })
})
