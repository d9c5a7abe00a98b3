import { describe, expect, test } from 'vitest'
import type { CurrentUser } from '../../../../src/model/people.ts'
import { aHandMadeAccount, anAccount, aUser, edits } from '../../../make.ts'
import { type Setting, planOf } from './comparison.ts'

describe('spec 5.3, 6.4: an e-mail or phone that an account already holds', () => {
  const email = (userid: string, value?: string) =>
    aUser({ userid, fields: { displayName: userid, ...(value !== undefined && { email: value }) } })
  const holds = (userid: string, value: string, overrides: Partial<CurrentUser> = {}) =>
    anAccount({ userid, fields: { displayName: userid, email: value }, ...overrides })

  test('FS-19: two people swap: two updates, nothing is lost', () => {
    const plan = planOf(
      [email('a', 'two@example.com'), email('b', 'one@example.com')],
      [holds('a', 'one@example.com'), holds('b', 'two@example.com')],
    )
    expect(plan.changes.map(({ fields }) => fields)).toEqual([
      [{ field: 'email', before: 'one@example.com', after: 'two@example.com' }],
      [{ field: 'email', before: 'two@example.com', after: 'one@example.com' }],
    ])
  })

  test('a number that goes to somebody else leaves its region with the next one', () => {
    const fieldsOf = (userid: string, phone: string) => ({ displayName: userid, phone, countryCode: 'CN' })
    const plan = planOf(
      ['13800138002', '13800138001'].map((phone, index) =>
        aUser({ userid: `${index}`, fields: fieldsOf(`${index}`, phone) }),
      ),
      ['13800138001', '13800138002'].map((phone, index) =>
        anAccount({ userid: `${index}`, fields: fieldsOf(`${index}`, phone) }),
      ),
    )
    expect(plan.changes.map(({ fields }) => fields)).toEqual([
      [{ field: 'phone', before: '13800138001', after: '13800138002' }],
      [{ field: 'phone', before: '13800138002', after: '13800138001' }],
    ])
  })

  test("a joiner inherits a leaver's mailbox: the leaver gives it up", () => {
    const plan = planOf([email('new', 'one@example.com')], [holds('old', 'One@example.com')])
    expect(plan.changes).toMatchObject([
      {
        kind: 'forbid',
        userid: 'old',
        ...edits({ email: ['One@example.com', ''], status: ['active', 'left'] }),
      },
      { kind: 'add', userid: 'new' },
    ])
  })

  test.each<[string, Setting, Partial<CurrentUser>, string]>([
    ['kept', { policy: { leavers: 'keep' } }, {}, 'update'],
    ['forbidden already', {}, { forbidden: true, status: 'left' }, 'update'],
    ['deleted', { policy: { leavers: 'delete' } }, {}, 'delete'],
    ['hidden', { directory: { everyone: new Set(['old']) } }, {}, 'update'],
  ])('so does a leaver who is %s', (_, setting, overrides, kind) => {
    const plan = planOf(
      [email('new', 'one@example.com')],
      [holds('old', 'one@example.com', overrides)],
      setting,
    )
    const released = plan.changes.find(({ userid }) => userid === 'old')
    expect(released).toMatchObject({ kind })
    expect(released?.fields).toContainEqual({ field: 'email', before: 'one@example.com', after: '' })
  })

  test('a phone goes with its region', () => {
    const phone = { phone: '13800138000', countryCode: 'CN' }
    const plan = planOf(
      [aUser({ userid: 'new', fields: { displayName: 'new', ...phone } })],
      [
        anAccount({
          userid: 'old',
          forbidden: true,
          status: 'left',
          fields: { displayName: 'old', ...phone },
        }),
      ],
    )
    expect(plan.changes[0]).toMatchObject({
      kind: 'update',
      userid: 'old',
      fields: [
        { field: 'phone', before: '13800138000', after: '' },
        { field: 'countryCode', before: 'CN', after: '' },
      ],
    })
  })

  test.each<[object, object, boolean]>([
    [{ countryCode: 'CN' }, { countryCode: '' }, true],
    [{ countryCode: 'CN' }, {}, true],
    [{ countryCode: 'CN' }, { countryCode: 'CN' }, true],
    [{ countryCode: 'CN' }, { countryCode: 'HK' }, false],
    [{}, { countryCode: 'HK' }, true],
  ])('a number of region %o against a stored one of %o clashes: %s', (region, stored, clashes) => {
    const wanted = aUser({ userid: 'new', fields: { phone: '13800138000', ...region } })
    const account = aHandMadeAccount({ fields: { phone: '13800138000', ...stored } })
    const remark = { kind: 'noted', problem: { code: 'value-shared', field: 'phone', holder: 'chen_ming' } }
    expect(planOf([wanted], [account]).remarks).toMatchObject(clashes ? [remark] : [])
  })

  test.each<[string, readonly CurrentUser[], Setting]>([
    ['hand-made', [aHandMadeAccount({ name: 'x', fields: { email: 'one@example.com' } })], {}],
    ["an administrator's", [holds('x', 'one@example.com', { administrator: true })], {}],
    ['protected', [holds('x', 'one@example.com')], { policy: { protectedUsers: new Set(['x']) } }],
  ])('an account that is %s keeps it: the person goes on without and is reported', (_, accounts, setting) => {
    const plan = planOf([email('new', 'one@example.com'), email('x')].slice(0, 1), accounts, setting)
    const [change] = plan.changes.filter(({ kind }) => kind === 'add')
    expect(change?.fields.map(({ field }) => field)).not.toContain('email')
    expect(plan.remarks).toContainEqual({
      kind: 'noted',
      person: { userid: 'new', displayName: 'new', departments: [2] },
      problem: { code: 'value-shared', field: 'email', holder: 'x' },
    })
  })

  test('a colleague to whom WeCom gives none gives up the one that another person has now', () => {
    const plan = planOf(
      [email('a', 'one@example.com'), email('b')],
      [holds('a', ''), holds('b', 'one@example.com')],
    )
    expect(plan.changes).toMatchObject([
      { userid: 'a', fields: [{ field: 'email', after: 'one@example.com' }] },
      { userid: 'b', fields: [{ field: 'email', before: 'one@example.com', after: '' }] },
    ])
  })

  test('somebody who has the value already takes it from nobody', () => {
    const double = aHandMadeAccount({ name: 'double', fields: { email: 'one@example.com' } })
    expect(planOf([email('a', 'one@example.com')], [holds('a', 'one@example.com'), double])).toMatchObject({
      changes: [],
      remarks: [],
    })
  })

  test('somebody may have to give up both', () => {
    const fields = { displayName: '陈明', email: 'one@example.com', phone: '13800138000', countryCode: 'CN' }
    const plan = planOf([aUser({ userid: 'new', fields })], [anAccount({ userid: 'old', fields })])
    expect(plan.changes[0]).toMatchObject(
      edits({
        email: ['one@example.com', ''],
        phone: ['13800138000', ''],
        countryCode: ['CN', ''],
        status: ['active', 'left'],
      }),
    )
  })

  test('whoever of several holds it first in the list, one that is not ours decides', () => {
    const ours = holds('old', 'one@example.com')
    const theirs = aHandMadeAccount({ name: 'x', fields: { email: 'ONE@example.com' } })
    for (const accounts of [
      [ours, theirs],
      [theirs, ours],
    ]) {
      const plan = planOf([email('new', 'one@example.com')], accounts)
      expect(plan.remarks).toMatchObject([{ problem: { code: 'value-shared', holder: 'x' } }])
    }
  })

  test('who goes without a shared e-mail keeps the phone', () => {
    const fields = { email: 'one@example.com', phone: '13800138000', countryCode: 'CN' }
    const account = aHandMadeAccount({ name: 'x', fields: { email: 'one@example.com' } })
    const [change] = planOf([aUser({ userid: 'new', fields })], [account]).changes
    expect(change?.fields.map(({ field }) => field).slice(0, 3)).toEqual([
      'displayName',
      'phone',
      'countryCode',
    ])
  })

  test('a phone stored without a region is given up alone', () => {
    const wanted = aUser({
      userid: 'new',
      fields: { displayName: 'new', phone: '13800138000', countryCode: 'CN' },
    })
    const leaver = anAccount({
      userid: 'old',
      forbidden: true,
      status: 'left',
      fields: { phone: '13800138000' },
    })
    expect(planOf([wanted], [leaver]).changes[0]?.fields).toEqual([
      { field: 'phone', before: '13800138000', after: '' },
    ])
  })

  test('a field that the target refuses to change is taken from nobody: a joiner goes without', () => {
    const problem = { code: 'casdoor-item-immutable', item: 'Email', field: 'email' } as const
    const current = { frozen: new Map([['email', problem]] as const) }
    const plan = planOf(
      [email('new', 'one@example.com'), email('a', 'one@example.com')].slice(0, 1),
      [holds('old', 'one@example.com')],
      { current },
    )
    expect(plan.changes[0]).toMatchObject(edits({ status: ['active', 'left'] }))
    expect(plan.changes[1]?.fields.map(({ field }) => field)).not.toContain('email')
    expect(plan.remarks).toMatchObject([{ problem: { code: 'value-shared', field: 'email', holder: 'old' } }])
  })

  test('nor is anything said of somebody whose frozen e-mail would clash', () => {
    const problem = { code: 'casdoor-item-immutable', item: 'Email', field: 'email' } as const
    const current = { frozen: new Map([['email', problem]] as const) }
    const accounts = [
      holds('a', 'old@example.com'),
      aHandMadeAccount({ fields: { email: 'one@example.com' } }),
    ]
    expect(planOf([email('a', 'one@example.com')], accounts, { current })).toMatchObject({
      changes: [],
      remarks: [],
    })
  })

  test('the remarks of shared values in WeCom itself are in the plan', () => {
    const plan = planOf([email('a', 'one@example.com'), email('b', 'one@example.com')], [])
    expect(plan.remarks).toMatchObject([
      { person: { userid: 'b' }, problem: { code: 'value-shared', holder: 'a' } },
    ])
  })
})
