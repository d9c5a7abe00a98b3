import { describe, expect, test } from 'vitest'
import { match, ownerOf, type MatchPolicy } from '../../../src/plan/match.ts'
import { personOf, type CurrentUser, type WantedUser } from '../../../src/model/people.ts'
import { type MatchKey } from '../../../src/model/field.ts'
import { nameOf } from '../../../src/model/account-name.ts'
import { aHandMadeAccount, anAccount, aUser, corpId } from '../../make.ts'

function matched(
  wanted: readonly WantedUser[],
  accounts: readonly CurrentUser[],
  overrides: Partial<MatchPolicy> = {},
) {
  return match(wanted, accounts, { corpId, countryCode: 'CN', matchBy: [], isGone: () => true, ...overrides })
}

const user = aUser()
const foreign = 'ldap:acme:7'

describe('spec 6.1: an account is found by', () => {
  test.each<[MatchKey, Partial<CurrentUser>, readonly ('name' | 'email' | 'phone')[]]>([
    ['externalId', { externalId: `wecom:${corpId}:chen_ming` }, []],
    ['externalId', { externalId: `WeCom:${corpId}:Chen_Ming` }, []],
    ['wecom', { wecom: 'Chen_Ming' }, []],
    ['id', { id: 'CHEN_MING' }, []],
    ['name', { name: 'Chen_Ming' }, ['name']],
    ['email', { name: 'x', fields: { email: 'Chen@Example.com' } }, ['email']],
    ['phone', { name: 'x', fields: { phone: '13800138000', countryCode: 'CN' } }, ['phone']],
    // S10: as a hand may have typed it.
    ['phone', { name: 'x', fields: { phone: '+86 138 0013 8000' } }, ['phone']],
    ['phone', { name: 'x', fields: { phone: '13800138000' } }, ['phone']],
  ])('%s (%o)', (key, overrides, matchBy) => {
    const account = aHandMadeAccount({ name: 'other', ...overrides })
    const wanted = aUser({
      fields: { email: 'chen@example.com', phone: '13800138000', countryCode: 'CN' },
    })
    expect(matched([wanted], [account], { matchBy })).toEqual({
      pairs: [{ wanted, account, key }],
      joiners: [],
      leavers: [],
      skipped: [],
    })
  })

  test('the first key that finds somebody decides', () => {
    const byId = aHandMadeAccount({ name: 'one', id: 'chen_ming' })
    const byWecom = aHandMadeAccount({ name: 'two', wecom: 'chen_ming' })
    const own = anAccount({ name: 'three', wecom: '', id: '' })
    expect(matched([user], [byId, byWecom, own]).pairs).toMatchObject([{ account: own }])
    expect(matched([user], [byId, byWecom]).pairs).toMatchObject([{ account: byWecom }])
  })

  test('match-by name also finds the name this syncer would make of the userid', () => {
    const wanted = aUser({ userid: 'li__si' })
    for (const name of ['LI__SI', nameOf('li__si').toUpperCase()]) {
      const account = aHandMadeAccount({ name })
      expect(matched([wanted], [account], { matchBy: ['name'] }).pairs).toMatchObject([{ account }])
    }
  })

  test("without match-by an account with the same name, e-mail or phone is nobody's", () => {
    const account = aHandMadeAccount({ fields: { email: 'a@example.com' } })
    const wanted = aUser({ fields: { email: 'a@example.com' } })
    expect(matched([wanted], [account])).toMatchObject({ pairs: [], joiners: [wanted], leavers: [] })
  })

  test('empty keys match nobody', () => {
    const account = aHandMadeAccount({ name: 'x', id: '' })
    const matchBy = ['email', 'phone'] as const
    expect(matched([user], [account], { matchBy })).toMatchObject({ pairs: [], joiners: [user] })
  })
})

describe('spec 6.1: a conflict is skipped, never guessed', () => {
  const skipped = (problem: object, who: WantedUser = user) => ({
    pairs: [],
    joiners: [],
    skipped: [{ kind: 'skipped', person: personOf(who), problem }],
  })

  test('several candidates', () => {
    const accounts = ['b', 'a'].map((name) => aHandMadeAccount({ name, wecom: 'chen_ming' }))
    expect(matched([user], accounts)).toMatchObject(
      skipped({ code: 'match-several', key: 'wecom', accounts: ['a', 'b'] }),
    )
  })

  test('an account that another system has linked', () => {
    const account = aHandMadeAccount({ wecom: 'chen_ming', externalId: foreign })
    expect(matched([user], [account])).toMatchObject(
      skipped({ code: 'match-foreign', account: 'chen_ming', externalId: foreign }),
    )
  })

  test('FS-26: an account that another corp has linked', () => {
    const account = aHandMadeAccount({ wecom: 'chen_ming', externalId: 'wecom:wwother:chen_ming' })
    expect(matched([user], [account]).skipped).toMatchObject([{ problem: { code: 'match-foreign' } }])
  })

  test('an account already taken by a better key', () => {
    const account = anAccount({ userid: 'zhao', id: 'chen_ming' })
    const zhao = aUser({ userid: 'zhao' })
    const result = matched([user, zhao], [account])
    expect(result.pairs).toMatchObject([{ wanted: zhao, account }])
    expect(result.skipped).toMatchObject([
      { problem: { code: 'match-taken', account: 'zhao', userid: 'zhao' } },
    ])
  })

  test('two people who would take one account by match-by', () => {
    const account = aHandMadeAccount({ name: 'z', fields: { email: 'a@example.com' } })
    const rivals = ['x', 'y'].map((userid) => aUser({ userid, fields: { email: 'A@example.com' } }))
    expect(matched(rivals, [account], { matchBy: ['email'] })).toMatchObject({
      pairs: [],
      joiners: [],
      skipped: [
        { person: { userid: 'x' }, problem: { code: 'match-rivals', account: 'z', key: 'email' } },
        { person: { userid: 'y' }, problem: { code: 'match-rivals', account: 'z', key: 'email' } },
      ],
    })
  })

  test('two accounts with one external id: skipped, and neither is a leaver', () => {
    const accounts = [anAccount(), anAccount({ name: 'double' })]
    expect(matched([user], accounts)).toMatchObject({
      ...skipped({ code: 'match-several', key: 'externalId', accounts: ['chen_ming', 'double'] }),
      leavers: [],
    })
  })
})

describe('FS-21: a renamed userid', () => {
  const account = anAccount({ userid: 'old_id', fields: { email: 'chen@example.com' } })
  const renamed = aUser({ userid: 'new_id', fields: { email: 'chen@example.com' } })

  test('with match-by it is one update: neither joiner nor leaver', () => {
    expect(matched([renamed], [account], { matchBy: ['email'] })).toMatchObject({
      pairs: [{ wanted: renamed, account, key: 'email' }],
      joiners: [],
      leavers: [],
    })
  })

  test('without match-by it is a joiner and a leaver', () => {
    expect(matched([renamed], [account])).toMatchObject({
      joiners: [renamed],
      leavers: [{ account, key: 'old_id' }],
    })
  })

  test('while the old userid is still in WeCom the account is not free', () => {
    const old = aUser({ userid: 'old_id' })
    expect(matched([renamed, old], [account], { matchBy: ['email'] })).toMatchObject({
      pairs: [{ wanted: old }],
      joiners: [renamed],
    })
    expect(matched([renamed], [account], { matchBy: ['email'], isGone: () => false })).toMatchObject({
      joiners: [renamed],
      leavers: [{ account, key: 'old_id' }],
    })
  })

  test('an account found by its own wecom id, while its owner has only left the visible range, is taken', () => {
    const linked = anAccount({ userid: 'old_id', wecom: 'new_id' })
    expect(matched([renamed], [linked], { isGone: () => false }).skipped).toMatchObject([
      { problem: { code: 'match-taken', account: 'old_id', userid: 'old_id' } },
    ])
    expect(matched([renamed], [linked]).pairs).toHaveLength(1)
  })
})

describe('spec 6.1: whose an account is', () => {
  test('ours by the corp id in its external id, whatever the case', () => {
    expect(ownerOf(anAccount({ userid: 'Liu' }), corpId)).toBe('liu')
    expect(ownerOf(aHandMadeAccount({ externalId: `WECOM:${corpId}:Liu` }), corpId)).toBe('liu')
  })

  test("nobody else's is: FS-15 hand-made accounts and those of other corps are never leavers", () => {
    const accounts = [
      aHandMadeAccount({ name: 'a' }),
      aHandMadeAccount({ name: 'b', wecom: 'gone' }),
      aHandMadeAccount({ name: 'c', externalId: foreign }),
      aHandMadeAccount({ name: 'd', externalId: 'wecom:wwother:gone' }),
    ]
    expect(accounts.map((account) => ownerOf(account, corpId))).toEqual(accounts.map(() => undefined))
    expect(matched([], accounts).leavers).toEqual([])
  })
})
