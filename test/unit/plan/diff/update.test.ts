import { describe, expect, test } from 'vitest'
import { noEdits } from '../../../../src/model/edit.ts'
import { aHandMadeAccount, anAccount, aUser, edits } from '../../../make.ts'
import { planOf, named, edited } from './comparison.ts'

describe('an update', () => {
  test('holds exactly what differs', () => {
    const wanted = aUser({
      fields: { displayName: '陈明', title: '总监', phone: '13900139000', countryCode: 'CN' },
      departments: [2, 21],
    })
    const account = anAccount({
      fields: {
        displayName: '陈明',
        title: '工程师',
        phone: '13800138000',
        countryCode: 'CN',
        gender: 'Male',
      },
    })
    expect(planOf([wanted], [account]).changes).toEqual([
      {
        kind: 'update',
        ...named,
        departments: [2, 21],
        ...edits({
          phone: ['13800138000', '13900139000'],
          title: ['工程师', '总监'],
          departments: [[2], [2, 21]],
        }),
      },
    ])
  })

  test('FS-22: a userid spelt in another case is one update of wecom and of nothing else', () => {
    const changes = planOf([aUser({ userid: 'Chen_Ming' })], [anAccount()]).changes
    expect(changes).toEqual([
      { kind: 'update', ...named, userid: 'Chen_Ming', ...edits({ wecom: ['chen_ming', 'Chen_Ming'] }) },
    ])
    expect(changes[0]).not.toHaveProperty('adopted')
  })

  test('empty-values: clear blanks a stored value', () => {
    const wanted = aUser({ fields: { displayName: '陈明', title: '' } })
    expect(
      planOf([wanted], [anAccount({ fields: { displayName: '陈明', title: 'x' } })]).changes,
    ).toMatchObject([{ fields: [{ field: 'title', before: 'x', after: '' }] }])
  })

  test('a person without a name keeps the stored one in the report', () => {
    const [change] = planOf([aUser({ fields: { title: 'x' } })], [anAccount()]).changes
    expect(change).toMatchObject({ displayName: '陈明', fields: [{ field: 'title' }] })
  })

  test('a field the target refuses to change is left out (spec 6.4)', () => {
    const problem = { code: 'casdoor-item-immutable', item: 'Email', field: 'email' } as const
    const frozen = new Map([['email', problem]] as const)
    const wanted = aUser({ fields: { displayName: '新', email: 'a@example.com' } })
    const plan = planOf([wanted], [anAccount()], { current: { frozen } })
    expect(plan.changes).toMatchObject([{ fields: [{ field: 'displayName' }] }])
    expect(edited(planOf([wanted], [], { current: { frozen } }).changes)).toMatchObject([{ length: 6 }])
  })

  test('what is remembered is left out where properties are immutable, the link is not', () => {
    const problem = { code: 'casdoor-item-immutable', item: 'Properties', field: 'properties' } as const
    const frozen = new Map([['properties', problem]] as const)
    const account = aHandMadeAccount({ wecom: 'CHEN_MING' })
    expect(edited(planOf([aUser()], [account], { current: { frozen } }).changes)).toEqual([
      ['wecom', 'externalId'],
    ])
    expect(planOf([], [anAccount()], { current: { frozen } }).changes).toMatchObject([
      { kind: 'forbid', ...noEdits },
    ])
    const marked = anAccount({ forbidden: true, status: 'disabled' })
    expect(planOf([], [marked], { current: { frozen } }).changes).toEqual([])
  })

  test('S5: a name that is only the userid never replaces another one, and fills an empty one', () => {
    const user = aUser({ userid: 'Chen_Ming', fields: { displayName: 'chen_ming' } })
    const account = (displayName: string) => anAccount({ wecom: 'Chen_Ming', fields: { displayName } })
    expect(planOf([user], [account('陈明')]).changes).toEqual([])
    expect(planOf([user], [account('')]).changes).toMatchObject([
      { kind: 'update', fields: [{ field: 'displayName', after: 'chen_ming' }] },
    ])
  })

  test('S5: when everybody’s name is the userid, the name is a lost field', () => {
    const ids = Array.from({ length: 12 }, (_, index) => `p${index}`)
    const plan = planOf(
      ids.map((userid) => aUser({ userid, fields: { displayName: userid } })),
      ids.map((userid) => anAccount({ userid, fields: { displayName: `王${userid}` } })),
    )
    expect(plan.changes).toEqual([])
    expect(plan.findings).toContainEqual({ code: 'field-loss', field: 'displayName', before: 100, after: 0 })
  })

  test('S9: a number that Casdoor took only with `+` is not written again', () => {
    const fields = { displayName: '陈明', phone: '61234567', countryCode: 'IT' }
    const stored = { ...fields, phone: '+39061234567' }
    expect(planOf([aUser({ fields })], [anAccount({ fields: stored })]).changes).toEqual([])
  })
})
