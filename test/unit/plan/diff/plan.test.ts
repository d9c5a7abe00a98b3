import { describe, expect, test } from 'vitest'
import { aHandMadeAccount, anAccount, aUser } from '../../../make.ts'
import { planOf } from './comparison.ts'

describe('the plan as a whole', () => {
  test('is sorted by kind, then by userid without regard to case', () => {
    const gone = ['z', 'Y', 'x'].map((userid) => anAccount({ userid }))
    const back = anAccount({ userid: 'r', forbidden: true, status: 'left' })
    const wanted = [
      aUser({ userid: 'n2' }),
      aUser({ userid: 'N1' }),
      aUser({ userid: 'r' }),
      aUser({ userid: 'u', fields: { displayName: '新' } }),
    ]
    const plan = planOf(wanted, [...gone, back, anAccount({ userid: 'u' })])
    expect(plan.changes.map(({ kind, userid }) => `${kind} ${userid}`)).toEqual([
      'forbid x',
      'forbid Y',
      'forbid z',
      'restore r',
      'update u',
      'add N1',
      'add n2',
    ])
    expect(plan).toMatchObject({ unchanged: 0, owned: 5 })
  })

  test('remarks are sorted too', () => {
    const wanted = ['b', 'a'].map((userid) => aUser({ userid, status: 'unknown', forbidden: undefined }))
    const plan = planOf(
      [
        ...wanted,
        aUser({ userid: 'c', fields: { email: 'x' } }),
        aUser({ userid: 'd', fields: { email: 'x' } }),
      ],
      [aHandMadeAccount({ name: 'a' })],
    )
    expect(plan.remarks.map(({ kind, person: { userid } }) => `${kind} ${userid}`)).toEqual([
      'noted b',
      'noted d',
      'skipped a',
    ])
  })

  test('says what the fetch and the target had to say', () => {
    const doubts = [{ code: 'wecom-departments-missing', ids: [7] }] as const
    const seen = { code: 'wecom-witness-refused', errcode: 48002 } as const
    const version = { code: 'casdoor-version-unknown', version: 'dev' } as const
    const plan = planOf([], [], { directory: { doubts, remarks: [seen] }, current: { remarks: [version] } })
    expect(plan).toMatchObject({ doubts, findings: [seen, version] })
  })
})
