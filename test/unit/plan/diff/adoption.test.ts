import { describe, expect, test } from 'vitest'
import type { CurrentUser } from '../../../../src/model/people.ts'
import { aHandMadeAccount, anAccount, aUser, edits } from '../../../make.ts'
import { planOf, asNew, edited } from './comparison.ts'

describe('adoption (spec 6.1)', () => {
  test('links the account and counts as owned', () => {
    const account = aHandMadeAccount({ id: 'Chen_Ming', fields: { displayName: '陈明' } })
    expect(planOf([aUser()], [account])).toMatchObject({
      owned: 1,
      unchanged: 0,
      changes: [
        {
          kind: 'update',
          adopted: 'id',
          ...edits(asNew),
        },
      ],
    })
  })

  test('FS-21: a renamed userid with match-by is one update', () => {
    const fields = { displayName: '陈明', email: 'a@example.com' }
    const plan = planOf([aUser({ userid: 'new_id', fields })], [anAccount({ userid: 'old_id', fields })], {
      policy: { matchBy: ['email'] },
    })
    expect(plan).toMatchObject({
      owned: 1,
      changes: [
        {
          kind: 'update',
          name: 'old_id',
          userid: 'new_id',
          adopted: 'email',
          link: { wecom: { after: 'new_id' } },
        },
      ],
    })
    expect(edited(plan.changes)).toEqual([['wecom', 'externalId']])
  })

  test('an account found by its unlinked wecom id keeps what a hand did: forbidden stays forbidden', () => {
    const account = aHandMadeAccount({ wecom: 'chen_ming', forbidden: true })
    const plan = planOf([aUser()], [account])
    expect(plan).toMatchObject({
      changes: [{ kind: 'update', remembered: { status: { after: 'active' } } }],
      remarks: [{ kind: 'noted', problem: { code: 'forbidden-by-hand' } }],
    })
    expect(edited(plan.changes)).toEqual([['departments', 'status', 'externalId']])
  })
})

describe('FS-21: a possible rename is told, never guessed', () => {
  const joiner = aUser({ userid: 'new', fields: { displayName: '陈明' }, departments: [3, 2] })
  const remark = {
    kind: 'noted',
    person: { userid: 'new', displayName: '陈明', departments: [3, 2] },
    problem: { code: 'possible-rename', userid: 'old' },
  }

  test('a joiner and a leaver of one run who share name and a department', () => {
    const plan = planOf([joiner], [anAccount({ userid: 'old' })])
    expect(plan.changes.map(({ kind }) => kind)).toEqual(['forbid', 'add'])
    expect(plan.remarks).toEqual([remark])
  })

  test.each<[string, Partial<CurrentUser>]>([
    ['another name', { fields: { displayName: '刘燕' } }],
    ['other departments', { departments: [7] }],
    ['a leaver of long ago', { forbidden: true, status: 'left' }],
    ['a deleted leaver', { deleted: true, status: 'left' }],
  ])('%s is no trace', (_, overrides) => {
    expect(planOf([joiner], [anAccount({ userid: 'old', ...overrides })]).remarks).toEqual([])
  })
})
