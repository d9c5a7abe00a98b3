import { describe, expect, test } from 'vitest'
import { noEdits } from '../../../../src/model/edit.ts'
import type { CurrentUser, WantedUser } from '../../../../src/model/people.ts'
import { aHandMadeAccount, anAccount, aUser, edits } from '../../../make.ts'
import { planOf, person, named, edited } from './comparison.ts'

describe('spec 5.2, 6.3: who is forbidden and restored', () => {
  test.each([
    ['disabled', 'disabled'],
    ['quit', 'left'],
    ['not-activated', 'not-activated'],
  ] as const)(
    'enabled in Casdoor and %s in WeCom: forbidden, always, and remembered as %s',
    (cause, after) => {
      const user = aUser({ status: cause, forbidden: true })
      expect(planOf([user], [anAccount()]).changes).toEqual([
        { kind: 'forbid', ...named, cause, ...edits({ status: ['active', after] }) },
      ])
      expect(planOf([user], [anAccount({ status: after })]).changes).toEqual([
        { kind: 'forbid', ...named, cause, ...noEdits },
      ])
    },
  )

  test.each(['disabled', 'left', 'not-activated', 'unknown'] as const)(
    'FS-20: active again after this syncer forbade them as %s: restored',
    (status) => {
      expect(planOf([aUser()], [anAccount({ status, forbidden: true })]).changes).toEqual([
        {
          kind: 'restore',
          ...named,
          cause: 'active-again',
          undelete: false,
          ...edits({ status: [status, 'active'] }),
        },
      ])
    },
  )

  test('a soft-deleted row counts as forbidden, and is un-deleted', () => {
    const account = anAccount({ status: 'left', deleted: true, groups: ['acme/g'] })
    expect(planOf([aUser()], [account]).changes).toMatchObject([{ kind: 'restore', undelete: true }])
  })

  test.each(['active', undefined] as const)(
    'forbidden in Casdoor while remembered as %s: a hand did it, it stays and is listed',
    (status) => {
      const { status: _, ...bare } = anAccount({ forbidden: true })
      const account = status === undefined ? bare : { ...bare, status }
      const plan = planOf([aUser()], [account])
      expect(plan.changes.filter(({ kind }) => kind !== 'update')).toEqual([])
      expect(plan.remarks).toEqual([{ kind: 'noted', person, problem: { code: 'forbidden-by-hand' } }])
      expect(planOf([aUser()], [account], { policy: { restore: 'all' } }).changes).toMatchObject([
        { kind: 'restore' },
      ])
    },
  )

  test('the mark of a hand outlives a status in WeCom, so that the next `active` does not enable the account', () => {
    const account = anAccount({ forbidden: true })
    expect(planOf([aUser({ status: 'disabled', forbidden: true })], [account]).changes).toEqual([])
    expect(planOf([], [account]).changes).toEqual([])
  })

  test('an adopted account that is forbidden and disabled in WeCom becomes ours to restore', () => {
    const account = aHandMadeAccount({ wecom: 'chen_ming', forbidden: true })
    const [change] = planOf([aUser({ status: 'disabled', forbidden: true })], [account]).changes
    expect(change?.remembered.status).toEqual({ after: 'disabled' })
  })

  test.each([true, false])(
    'an unknown status leaves an account as it is (forbidden %s) and says so',
    (forbidden) => {
      const plan = planOf(
        [aUser({ status: 'unknown', forbidden: undefined })],
        [anAccount({ forbidden, status: 'disabled' })],
      )
      expect(plan).toMatchObject({
        changes: [],
        unchanged: 1,
        remarks: [{ problem: { code: 'status-unknown' } }],
      })
    },
  )

  test('an unknown status is not remembered on an adopted account', () => {
    const account = aHandMadeAccount({ wecom: 'chen_ming' })
    const { changes } = planOf([aUser({ status: 'unknown', forbidden: undefined })], [account])
    expect(edited(changes)).toEqual([['departments', 'externalId']])
  })

  test('where `Is forbidden` is immutable nobody is forbidden or restored', () => {
    const problem = { code: 'casdoor-item-immutable', item: 'Is forbidden', field: 'isForbidden' } as const
    const current = { frozen: new Map([['isForbidden', problem]] as const) }
    const kinds = (wanted: readonly WantedUser[], account: CurrentUser) =>
      planOf(wanted, [account], { current }).changes.map(({ kind }) => kind)
    expect(kinds([aUser({ status: 'disabled', forbidden: true })], anAccount())).toEqual(['update'])
    expect(kinds([aUser()], anAccount({ forbidden: true, status: 'disabled' }))).toEqual(['update'])
    expect(kinds([], anAccount())).toEqual([])
  })
})
