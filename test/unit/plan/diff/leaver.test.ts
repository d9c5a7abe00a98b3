import { describe, expect, test } from 'vitest'
import { noEdits } from '../../../../src/model/edit.ts'
import { aHandMadeAccount, anAccount, aUser, edits } from '../../../make.ts'
import { planOf, person, named } from './comparison.ts'

describe('a leaver', () => {
  const left = edits({ status: ['active', 'left'] })

  test('leavers: forbid', () => {
    expect(planOf([], [anAccount()])).toMatchObject({
      changes: [{ kind: 'forbid', ...named, cause: 'gone', ...left }],
      unchanged: 0,
      owned: 1,
    })
  })

  test('leavers: keep only reports, and only who could sign in', () => {
    const policy = { leavers: 'keep' } as const
    expect(planOf([], [anAccount()], { policy })).toMatchObject({
      changes: [],
      remarks: [{ kind: 'noted', person, problem: { code: 'leaver-kept' } }],
    })
    expect(planOf([], [anAccount({ forbidden: true })], { policy }).remarks).toEqual([])
  })

  test('leavers: delete', () => {
    const policy = { leavers: 'delete' } as const
    expect(planOf([], [anAccount()], { policy }).changes).toEqual([
      { kind: 'delete', ...named, cause: 'gone', enabled: true, ...left },
    ])
    expect(planOf([], [anAccount({ forbidden: true, status: 'left' })], { policy }).changes).toEqual([
      { kind: 'delete', ...named, cause: 'gone', enabled: false, ...noEdits },
    ])
    expect(planOf([], [anAccount({ deleted: true, status: 'left' })], { policy }).changes).toEqual([])
  })

  test('is forbidden once: the next run has nothing to do', () => {
    expect(planOf([], [anAccount({ forbidden: true, status: 'left' })]).changes).toEqual([])
    expect(planOf([], [anAccount({ deleted: true, status: 'left' })]).changes).toEqual([])
  })

  test('about whom nothing is remembered is forbidden all the same', () => {
    const { status: _, ...bare } = anAccount()
    expect(planOf([], [bare]).changes).toMatchObject([
      { kind: 'forbid', ...edits({ status: [undefined, 'left'] }) },
    ])
  })

  test('who was forbidden already is only marked as left, when the fetch proves it', () => {
    const account = anAccount({ forbidden: true, status: 'disabled' })
    expect(planOf([], [account]).changes).toEqual([
      { kind: 'update', ...named, ...edits({ status: ['disabled', 'left'] }) },
    ])
    const doubts = [{ code: 'wecom-departments-missing', ids: [7] }] as const
    expect(planOf([], [account], { directory: { doubts } }).changes).toEqual([])
    expect(planOf([], [{ ...account, departments: [99] }]).changes).toEqual([])
    const { departments: _, ...nowhere } = account
    expect(planOf([], [nowhere]).changes).toEqual([])
  })

  test('spec 4.3: whom the visible range names and nothing could be read of is kept, and told', () => {
    const unread = { unread: new Set(['chen_ming']) }
    expect(planOf([], [anAccount()], { directory: unread })).toMatchObject({
      changes: [],
      remarks: [{ kind: 'noted', person, problem: { code: 'person-unread' } }],
    })
    expect(planOf([], [anAccount({ forbidden: true })], { directory: unread }).remarks).toEqual([])
    expect(planOf([], [anAccount({ userid: 'other' })], { directory: unread }).changes).toHaveLength(1)
  })

  test('spec 4.3, 4.4: a list of everybody settles it', () => {
    const of = (...everyone: readonly string[]) =>
      planOf([], [anAccount()], {
        directory: { unread: new Set(['chen_ming']), everyone: new Set(everyone) },
      })
    expect(of()).toMatchObject({ changes: [{ kind: 'forbid', cause: 'gone' }], remarks: [] })
    expect(of('chen_ming')).toMatchObject({ changes: [], remarks: [{ kind: 'hidden' }] })
  })

  test('spec 4.3: people without a department are in step, and counted while the source shows them', () => {
    const { departments: _, ...single } = anAccount({ userid: 'a' })
    const accounts = [single, anAccount({ userid: 'b', departments: [] }), anAccount({ userid: 'c' })]
    const wanted = ['a', 'b', 'c'].map((userid) => aUser({ userid, departments: [] }))
    const plan = planOf(wanted, accounts)
    expect(plan).toMatchObject({
      changes: [{ kind: 'update', userid: 'c', ...edits({ departments: [[2], []] }) }],
      unchanged: 2,
      oneByOne: 2,
    })
    expect(planOf(wanted.slice(1), accounts).oneByOne).toBe(1)
    expect(planOf(wanted.slice(2), accounts)).toMatchObject({
      changes: [{ kind: 'forbid' }, { kind: 'forbid' }, { kind: 'update' }],
      oneByOne: 0,
    })
    const adopted = aHandMadeAccount({ name: 'a', wecom: 'a' })
    expect(planOf(wanted.slice(0, 1), [adopted]).oneByOne).toBe(0)
  })

  test('spec 4.4: who is still in the corp is hidden, not gone', () => {
    const directory = { everyone: new Set(['chen_ming']) }
    expect(planOf([], [anAccount()], { directory })).toMatchObject({
      changes: [],
      remarks: [{ kind: 'hidden', person, problem: { code: 'hidden' } }],
    })
  })

  test('is named by the userid as WeCom spelt it, or by the account', () => {
    expect(planOf([], [anAccount({ wecom: 'Chen_Ming' })]).changes).toMatchObject([{ userid: 'Chen_Ming' }])
    const { departments: _, ...bare } = anAccount({ wecom: '', name: 'acc', fields: {} })
    expect(planOf([], [bare]).changes).toMatchObject([{ userid: 'acc', displayName: 'acc', departments: [] }])
  })
})
