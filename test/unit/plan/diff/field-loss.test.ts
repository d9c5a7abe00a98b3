import { describe, expect, test } from 'vitest'
import { defaultMapping } from '../../../../src/model/mapping.ts'
import type { Policy } from '../../../../src/model/policy.ts'
import { anAccount, aUser } from '../../../make.ts'
import { planOf } from './comparison.ts'

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
    // S5: everybody’s name is the userid here.
    const plan = planFor(() => ({}))
    expect(plan.findings.filter(({ code }) => code === 'field-withheld')).toEqual([
      { code: 'field-withheld', fields: ['displayName', 'email', 'avatar', 'title', 'gender'] },
    ])
    expect(planOf([], []).findings).toEqual([])
    const one = aUser({
      userid: 'a',
      fields: { displayName: '甲', email: 'a@example.com', title: 'a', avatar: 'a' },
    })
    const two = aUser({ userid: 'b', fields: { displayName: '乙', gender: 'Male', ...phone(0) } })
    expect(planOf([one, two], []).findings).toEqual([])
  })
})
