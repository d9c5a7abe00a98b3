import { describe, expect, test } from 'vitest'
import { whereaboutsOf } from '../../../src/plan/person.ts'
import { dedupe } from '../../../src/plan/dedupe.ts'
import { diff } from '../../../src/plan/diff.ts'
import { match } from '../../../src/plan/match.ts'
import { listEdits, noEdits } from '../../../src/model/edit.ts'
import type { Change } from '../../../src/model/plan.ts'
import { defaultMapping } from '../../../src/model/mapping.ts'
import type { Current, Directory } from '../../../src/model/directory.ts'
import type { CurrentUser, WantedUser } from '../../../src/model/people.ts'
import type { Policy } from '../../../src/model/policy.ts'
import { nameOf } from '../../../src/model/account-name.ts'
import {
  aCurrent,
  aDirectory,
  aHandMadeAccount,
  anAccount,
  aPolicy,
  aUser,
  corpId,
  edits,
} from '../../make.ts'

type Setting = {
  readonly policy?: Partial<Policy>
  readonly current?: Partial<Current>
  readonly directory?: Partial<Omit<Directory, 'kind'>>
}

function planOf(
  wanted: readonly WantedUser[],
  accounts: readonly CurrentUser[],
  { policy: overrides, ...setting }: Setting = {},
) {
  const policy = aPolicy(overrides)
  const directory = aDirectory([], setting.directory)
  const current = aCurrent(accounts, setting.current)
  const { users, remarks } = dedupe(wanted)
  const isGone = (key: string) => whereaboutsOf(key, directory) === 'gone'
  const matches = match(users, accounts, { corpId, matchBy: policy.matchBy, isGone })
  return diff({ directory, current, policy, wanted: users, matches, remarks })
}

const person = { userid: 'chen_ming', displayName: '陈明', departments: [2] }
const named = { ...person, name: 'chen_ming' }

/** What is written about `aUser()` beside their fields when an account becomes theirs. */
const asNew = {
  departments: [[], [2]],
  status: [undefined, 'active'],
  wecom: ['', 'chen_ming'],
  externalId: ['', `wecom:${corpId}:chen_ming`],
} as const

/** Of each change the names of what it changes. */
function edited(changes: readonly Change[]) {
  return changes.map((change) => listEdits(change).map(({ field }) => field))
}

describe('nothing to do', () => {
  test('an account in step with WeCom', () => {
    expect(planOf([aUser()], [anAccount()])).toEqual({
      changes: [],
      remarks: [],
      findings: [{ code: 'field-withheld', fields: ['email', 'phone', 'avatar', 'title', 'gender'] }],
      doubts: [],
      unchanged: 1,
      owned: 1,
      oneByOne: 0,
      departments: aDirectory().departments,
      visibleDepartments: [1, 2, 3],
      departmentChanges: [],
    })
  })

  test.each<[string, Partial<WantedUser>, Partial<CurrentUser>]>([
    [
      'an e-mail that differs in case',
      { fields: { email: 'a@example.com' } },
      { fields: { email: 'A@Example.com' } },
    ],
    [
      'a value WeCom does not send (FS-11)',
      { fields: {} },
      { fields: { displayName: '陈明', email: 'a@example.com' } },
    ],
    ['an external id that differs in case', {}, { externalId: `wecom:${corpId}:CHEN_MING` }],
    ['an id that somebody changed', {}, { id: '7f1c' }],
    [
      'somebody disabled who is forbidden',
      { status: 'disabled', forbidden: true },
      { status: 'disabled', forbidden: true },
    ],
    [
      'somebody disabled whose account is soft-deleted',
      { status: 'disabled', forbidden: true },
      { status: 'disabled', deleted: true },
    ],
  ])('%s', (_, wanted, account) => {
    expect(planOf([aUser(wanted)], [anAccount(account)]).changes).toEqual([])
  })

  test('FS-15: hand-made accounts, ours or not, are left as they are', () => {
    const accounts = ['a', 'b', 'c'].map((name) => aHandMadeAccount({ name }))
    expect(planOf([], accounts)).toMatchObject({ changes: [], remarks: [], owned: 0 })
  })
})

describe('a joiner', () => {
  test('is added with everything known, in the order of the report', () => {
    const fields = {
      displayName: '陈明',
      gender: 'Male',
      phone: '13800138000',
      countryCode: 'CN',
      email: 'a@example.com',
      title: '工程师',
      avatar: 'https://a.example.com',
      tag: 'x',
      bio: 'y',
    }
    expect(planOf([aUser({ fields })], []).changes).toEqual([
      {
        kind: 'add',
        ...named,
        forbidden: false,
        ...edits({
          displayName: ['', '陈明'],
          email: ['', 'a@example.com'],
          phone: ['', '13800138000'],
          countryCode: ['', 'CN'],
          title: ['', '工程师'],
          gender: ['', 'Male'],
          avatar: ['', 'https://a.example.com'],
          bio: ['', 'y'],
          tag: ['', 'x'],
          ...asNew,
        }),
      },
    ])
  })

  test('without a name gets the userid as display name', () => {
    const [change] = planOf([aUser({ fields: {} })], []).changes
    expect(change).toMatchObject({ displayName: 'chen_ming' })
    expect(change?.fields[0]).toEqual({ field: 'displayName', before: '', after: 'chen_ming' })
  })

  test.each([
    ['disabled', true, 'disabled'],
    ['not-activated', true, 'not-activated'],
    ['quit', true, 'quit'],
    ['unknown', undefined, 'unknown'],
    ['active', true, 'disabled'],
  ] as const)('who is %s is added forbidden', (status, forbidden, cause) => {
    const plan = planOf([aUser({ status, forbidden })], [])
    expect(plan.changes).toMatchObject([{ kind: 'add', forbidden: true, cause }])
    const remark = { kind: 'noted', person, problem: { code: 'status-unknown' } }
    expect(plan.remarks).toEqual(status === 'unknown' ? [remark] : [])
  })

  test('whose userid is no valid name gets one that is (spec 6.2)', () => {
    expect(planOf([aUser({ userid: 'li__si' })], []).changes).toMatchObject([
      { userid: 'li__si', name: nameOf('li__si') },
    ])
  })

  test('whose name an unrelated account holds, in any case, is skipped', () => {
    const account = aHandMadeAccount({ name: 'Chen_Ming' })
    expect(planOf([aUser()], [account])).toMatchObject({
      changes: [],
      unchanged: 0,
      remarks: [{ kind: 'skipped', person, problem: { code: 'name-taken', account: 'Chen_Ming' } }],
    })
  })

  test('on a server that stores names in lower case gets such a name', () => {
    expect(
      planOf([aUser({ userid: 'Chen.Ming' })], [], { current: { lowersNames: true } }).changes,
    ).toMatchObject([{ name: 'chen.ming', userid: 'Chen.Ming' }])
  })

  test('under a protected name is not added', () => {
    const policy = { protectedUsers: new Set(['chen_ming']) }
    expect(planOf([aUser()], [], { policy })).toMatchObject({
      changes: [],
      remarks: [
        { kind: 'protected', problem: { code: 'protected', administrator: false, changes: ['add'] } },
      ],
    })
  })
})

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
})

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

describe('spec 6.4: protected users', () => {
  const leaver = anAccount({ administrator: true })

  test('an administrator is never written to; what would have changed is listed', () => {
    const wanted = aUser({ status: 'disabled', forbidden: true, fields: { displayName: '新' } })
    expect(planOf([wanted], [leaver])).toMatchObject({
      changes: [],
      unchanged: 1,
      remarks: [
        {
          kind: 'protected',
          person: { ...person, displayName: '新' },
          problem: { code: 'protected', administrator: true, changes: ['forbid', 'displayName', 'status'] },
        },
      ],
    })
  })

  test('nor is an administrator who left', () => {
    expect(planOf([], [leaver])).toMatchObject({
      changes: [],
      remarks: [{ kind: 'protected', problem: { changes: ['forbid', 'status'] } }],
    })
  })

  test('an account named in protected-users, whatever the case', () => {
    const policy = { protectedUsers: new Set(['chen_ming']) }
    const account = anAccount({ name: 'Chen_Ming' })
    expect(planOf([aUser({ fields: { displayName: '新' } })], [account], { policy })).toMatchObject({
      changes: [],
      remarks: [{ problem: { code: 'protected', administrator: false, changes: ['displayName'] } }],
    })
    expect(planOf([aUser()], [account], { policy })).toMatchObject({ changes: [], remarks: [], unchanged: 1 })
    expect(planOf([], [{ ...account, forbidden: true, status: 'left' }], { policy }).remarks).toEqual([])
  })
})

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

describe('the departments of a target that keeps them (spec 7)', () => {
  const departments = [
    { id: 1, name: '青石科技' },
    { id: 2, name: '研发部', parent: 1 },
    { id: 9, name: '旧部门', parent: 1 },
    { id: 8, name: '更旧', parent: 1 },
  ]

  test('added, renamed, moved and gone, but for those a leaver still names', () => {
    const leaver = anAccount({ userid: 'gone', departments: [9] })
    const { departments: _, ...handMade } = aHandMadeAccount({ name: 'x' })
    const plan = planOf([aUser()], [anAccount(), leaver, handMade], { current: { departments } })
    expect(plan.departmentChanges).toStrictEqual([
      {
        kind: 'renamed',
        id: 2,
        before: departments[1],
        after: { id: 2, name: '研发中心', parent: 1 },
        people: 1,
      },
      { kind: 'added', id: 3, after: { id: 3, name: '市场部', parent: 1 }, people: 0 },
      { kind: 'removed', id: 8, before: departments[3], people: 0 },
    ])
    expect(plan.departments.map(({ id, name }) => `${id} ${name}`)).toEqual([
      '1 青石科技',
      '2 研发中心',
      '3 市场部',
      '8 更旧',
      '9 旧部门',
    ])
  })

  test('a department whose parent changes has moved', () => {
    const moved = [...aDirectory().departments.slice(0, 2), { id: 3, name: '市场部', parent: 2 }]
    const plan = planOf([], [], { current: { departments: moved } })
    expect(plan.departmentChanges).toMatchObject([
      { id: 3, kind: 'moved', hasMoved: true, before: { parent: 2 }, after: { parent: 1 } },
    ])
  })

  test('its people are those who were in it and below it, each once, without leavers; of a new one, who will be', () => {
    const before = [
      { id: 1, name: '旧名' },
      { id: 8, name: '更旧', parent: 1 },
      { id: 81, name: '更旧一组', parent: 8 },
    ]
    const plan = planOf(
      [aUser({ userid: 'a', departments: [2, 3] }), aUser({ userid: 'b' }), aUser({ userid: 'c' })],
      [
        anAccount({ userid: 'a', departments: [8, 81] }),
        anAccount({ userid: 'b', departments: [81] }),
        anAccount({ userid: 'd', departments: [1], status: 'left', forbidden: true }),
      ],
      { current: { departments: before } },
    )
    expect(plan.departmentChanges.map(({ id, people }) => [id, people])).toEqual([
      [1, 2],
      [2, 3],
      [3, 1],
      [8, 2],
      [81, 2],
    ])
  })
})

describe('spec 8: field loss (FS-11)', () => {
  const people = (count: number, fields: (index: number) => object) =>
    Array.from({ length: count }, (_, index) => {
      const userid = `u${index}`
      return { userid, fields: { displayName: userid, ...fields(index) } }
    })
  const phone = (index: number) => ({ phone: `1380013${8000 + index}`, countryCode: 'CN' })
  const accounts = people(10, phone).map((each) => anAccount(each))
  const loss = (before: number, after: number) => ({ code: 'field-loss', field: 'phone', before, after })
  const planFor = (fields: (index: number) => object, policy: Partial<Policy> = {}) =>
    planOf(
      people(10, fields).map((each) => aUser(each)),
      accounts,
      { policy },
    )

  test('a field known for more than 20 points fewer people is frozen and told in one line', () => {
    const other = (index: number) => ({ phone: `1391234${1000 + index}`, countryCode: 'CN' })
    const frozen = planFor((index) => (index < 6 ? other(index) : {}))
    expect(frozen).toMatchObject({ changes: [], unchanged: 10 })
    expect(frozen.findings).toContainEqual(loss(100, 60))
    expect(planFor((index) => (index < 8 ? other(index) : {})).changes).toHaveLength(8)
  })

  test('empty-values: clear does not blank it', () => {
    const plan = planFor(() => ({ phone: '', countryCode: '' }), { emptyValues: 'clear' })
    expect(plan.changes).toEqual([])
    expect(plan.findings).toContainEqual(loss(100, 0))
  })

  test('the bounds: more than 20 points, and more than three people', () => {
    const losing = (count: number, lost: number) =>
      planOf(
        people(count, (index) => (index < lost ? {} : phone(index))).map((each) => aUser(each)),
        people(count, phone).map((each) => anAccount(each)),
      ).findings.some(({ code }) => code === 'field-loss')
    expect(losing(20, 4)).toBe(false)
    expect(losing(19, 4)).toBe(true)
    expect(losing(4, 3)).toBe(false)
    expect(losing(4, 4)).toBe(true)
  })

  test('20 points are bearable, and so are three people of any company', () => {
    const bearable = planFor((index) => (index < 8 ? phone(index) : { phone: '', countryCode: '' }), {
      emptyValues: 'clear',
    })
    expect(bearable.changes).toHaveLength(2)
    const small = planOf([aUser()], [anAccount({ fields: { displayName: '陈明', ...phone(0) } })])
    expect(small.findings.map(({ code }) => code)).toEqual(['field-withheld'])
  })

  test('a joiner gets the phone that WeCom tells, unless a frozen account holds it', () => {
    const wanted = [...people(10, () => ({})), { userid: 'new', fields: { displayName: 'new', ...phone(0) } }]
    const plan = planOf(
      wanted.map((each) => aUser(each)),
      accounts,
    )
    expect(plan.changes[0]?.fields.map(({ field }) => field)).not.toContain('phone')
    expect(plan.remarks).toMatchObject([{ problem: { code: 'value-shared', holder: 'u0' } }])
    const free = [...people(10, () => ({})), { userid: 'new', fields: { displayName: 'new', ...phone(99) } }]
    expect(
      planOf(
        free.map((each) => aUser(each)),
        accounts,
      ).changes[0]?.fields,
    ).toContainEqual({
      field: 'phone',
      before: '',
      after: '13800138099',
    })
  })

  test('a mapped field and a property are watched like any other', () => {
    const tagged = (index: number) => ({ tag: `A${index}`, 'properties.number': `A${index}` })
    const mapping: Policy['mapping'] = new Map([
      ...defaultMapping,
      ['tag', [{ kind: 'field', field: 'extattr.工号' }]],
      ['properties.number', [{ kind: 'field', field: 'extattr.工号' }]],
    ])
    const planned = (fields: (index: number) => object, policy: Partial<Policy>) =>
      planOf(
        people(10, fields).map((each) => aUser(each)),
        people(10, tagged).map((each) => anAccount(each)),
        { policy },
      )
    const lost = planned((index) => (index < 5 ? { tag: 'B', 'properties.number': 'B' } : {}), { mapping })
    expect(lost.changes).toEqual([])
    const losses = lost.findings.flatMap((each) => (each.code === 'field-loss' ? [each.field] : []))
    expect(losses).toEqual(['tag', 'properties.number'])
    const others = planned(() => ({}), {}).findings.map(({ code }) => code)
    expect(others).not.toContain('field-loss')
  })

  test('a mapped field that nobody has may be misspelt', () => {
    const from = '[extattr.工号, "{alias}"]'
    const mapping: Policy['mapping'] = new Map([
      ...defaultMapping,
      [
        'tag',
        [
          { kind: 'field', field: 'extattr.工号' },
          { kind: 'template', parts: [{ kind: 'field', field: 'alias' }] },
        ],
      ],
      ['title', null],
    ])
    const one = planOf([aUser()], [anAccount()], { policy: { mapping } })
    expect(one.findings).toEqual([
      { code: 'field-withheld', fields: ['email', 'phone', 'avatar', 'gender'] },
      { code: 'mapping-unfilled', field: 'tag', from },
    ])
  })

  test('properties that the target refuses to change take the mapped ones with them', () => {
    const why = { code: 'casdoor-item-immutable', item: 'Properties', field: 'properties' } as const
    const user = aUser({ fields: { displayName: '陈明', tag: 'A1', 'properties.number': 'A1' } })
    const plan = planOf([user], [anAccount()], { current: { frozen: new Map([['properties', why]]) } })
    expect(plan.changes.flatMap((change) => change.fields)).toEqual([
      { field: 'tag', before: '', after: 'A1' },
    ])
  })

  test('fields that nobody has are told, those lost are not told twice', () => {
    const plan = planFor(() => ({}))
    expect(plan.findings.filter(({ code }) => code === 'field-withheld')).toEqual([
      { code: 'field-withheld', fields: ['email', 'avatar', 'title', 'gender'] },
    ])
    expect(planOf([], []).findings).toEqual([])
    const one = aUser({
      userid: 'a',
      fields: { displayName: 'a', email: 'a@example.com', title: 'a', avatar: 'a' },
    })
    const two = aUser({ userid: 'b', fields: { displayName: 'b', gender: 'Male', ...phone(0) } })
    expect(planOf([one, two], []).findings).toEqual([])
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
