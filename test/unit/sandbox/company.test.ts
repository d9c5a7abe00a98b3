import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { describe, expect, test } from 'vitest'
import { makeCompany, type Company } from '../../../sandbox/company.ts'
import {
  addToDepartments,
  dayOfChanges,
  disable,
  join,
  leave,
  loseShare,
  move,
  promote,
} from '../../../sandbox/day.ts'
import { reorganize } from '../../../sandbox/reorganization.ts'

const company = makeCompany({ people: 5000, departments: 240 })
const { departments, people } = company

function levelsOf({ departments: all }: Company): number[] {
  const byId = new Map(all.map((department) => [department.id, department]))
  const levelOf = (id: number): number => {
    const parent = byId.get(byId.get(id)?.parentid ?? 0)
    return parent === undefined ? 1 : 1 + levelOf(parent.id)
  }
  return all.map(({ id }) => levelOf(id))
}

function distinct(values: readonly unknown[]): number {
  return new Set(values).size
}

function personCalled(userid: string, { people: all }: Company) {
  return all.find((person) => person.userid === userid)
}

describe('a company from a seed', () => {
  test('is the same for the same seed and another for another', () => {
    const options = { people: 300, departments: 40 }
    expect(makeCompany({ ...options, seed: 5 })).toEqual(makeCompany({ ...options, seed: 5 }))
    expect(makeCompany({ ...options, seed: 6 })).not.toEqual(makeCompany({ ...options, seed: 5 }))
  })

  test.each([
    [1, 1],
    [1, 5],
    [40, 2],
    [40, 3],
    [200, 59],
    [200, 61],
    [10, 700],
  ])('has %i people in %i departments', (count, size) => {
    const made = makeCompany({ people: count, departments: size, corpId: 'ww1' })
    expect([made.corpId, made.people.length, made.departments.length]).toEqual(['ww1', count, size])
  })

  test('is a tree: one root, 15 levels, siblings with different names, same names elsewhere', () => {
    expect(departments.filter(({ parentid }) => parentid === 0).map(({ id }) => id)).toEqual([1])
    expect(distinct(departments.map(({ id }) => id))).toBe(240)
    expect(Math.max(...levelsOf(company))).toBe(15)
    expect(distinct(departments.map(({ parentid, name }) => `${parentid} ${name}`))).toBe(240)
    expect(departments.filter(({ name }) => name === '平台组').length).toBeGreaterThan(1)
    expect(departments.some(({ id, parentid }) => parentid > id)).toBe(true)
  })

  test('people have legal userids, unique ignoring case, some of them odd', () => {
    expect(people.filter(({ userid }) => !/^[a-zA-Z0-9][a-zA-Z0-9_@.-]{0,63}$/.test(userid))).toEqual([])
    expect(distinct(people.map(({ userid }) => userid.toLowerCase()))).toBe(5000)
    const userids = people.map(({ userid }) => userid)
    expect(userids).toEqual(
      expect.arrayContaining(['li__si', 'a@b.cn', 'a-b.cn', 'Zhang.San', 'wang-wu-', '007']),
    )
    expect(userids.filter((userid) => /^li-si-[0-9a-f]{6}$/.test(userid))).toHaveLength(1)
    expect(Math.max(...userids.map(({ length }) => length))).toBe(64)
  })

  test('mobile numbers and e-mails are valid and nobody shares one', () => {
    const mobiles = people.flatMap(({ mobile = '' }) => (mobile === '' ? [] : [mobile]))
    const numbers = mobiles.map((mobile) => parsePhoneNumberFromString(mobile, 'CN'))
    expect(numbers.filter((number) => number?.isValid() !== true)).toEqual([])
    expect(distinct(numbers.map((number) => number?.number))).toBe(mobiles.length)
    const emails = people.flatMap(({ email = '' }) => (email === '' ? [] : [email]))
    expect(distinct(emails)).toBe(emails.length)
    expect(emails.filter((email) => !email.endsWith('@example.com'))).toEqual([])
  })

  test('has everything that WeCom is known to send', () => {
    expect(new Set(people.map(({ status }) => status))).toEqual(new Set([1, 2, 4, 5]))
    expect(new Set(people.map(({ gender }) => gender))).toEqual(new Set(['0', '1', '2', 1, 2]))
    expect(distinct(people.map(({ name }) => name))).toBeLessThan(5000)
    for (const count of [1, 2, 3]) {
      expect(people.some((person) => person.departments.length === count)).toBe(true)
    }
    for (const field of ['mobile', 'email', 'avatar', 'mainDepartment', 'extattr', 'alias'] as const) {
      expect(people.some((person) => person[field] === undefined)).toBe(true)
    }
    const attributes = people.flatMap(({ extattr }) => extattr?.attrs ?? [])
    expect(attributes.some((one) => 'text' in one)).toBe(true)
    expect(attributes.some((one) => 'web' in one)).toBe(true)
    expect(attributes.some((one) => !('type' in one))).toBe(true)
    expect(people.some(({ extattr }) => extattr?.attrs.length === 0)).toBe(true)
  })

  test('everybody is in departments that exist', () => {
    const ids = new Set(departments.map(({ id }) => id))
    expect(people.filter((person) => !person.departments.every((id) => ids.has(id)))).toEqual([])
    expect(people.filter((person) => distinct(person.departments) !== person.departments.length)).toEqual([])
  })

  test('may have 100,000 people in 10,000 departments', () => {
    const big = makeCompany({ people: 100_000, departments: 10_000 })
    expect(distinct(big.people.map(({ userid }) => userid.toLowerCase()))).toBe(100_000)
    expect(Math.max(...levelsOf(big))).toBe(15)
  })
})

describe('a day in a company', () => {
  test('one event of each kind, about six people', () => {
    const made = makeCompany({ people: 60, departments: 12 })
    const before = structuredClone(made)
    const events = dayOfChanges(made)
    expect(events.map(({ kind }) => kind)).toEqual([
      'join',
      'leave',
      'move',
      'promote',
      'disable',
      'add-departments',
    ])
    expect(distinct(events.map(({ userid }) => userid))).toBe(6)
    const [joiner, leaver, mover, risen, disabled, busy] = events.map(({ userid }) =>
      personCalled(userid, made),
    )
    expect(joiner).toMatchObject({ status: 1 })
    expect(personCalled(joiner?.userid ?? '', before)).toBeUndefined()
    expect(leaver).toBeUndefined()
    expect(mover?.departments).toEqual([mover?.mainDepartment])
    expect(risen?.position).not.toBe(personCalled(risen?.userid ?? '', before)?.position)
    expect(disabled?.status).toBe(2)
    expect(busy?.departments).toHaveLength(3)
    expect(made.people).toHaveLength(60)
    expect(dayOfChanges(structuredClone(before))).toEqual(events)
  })

  test('a year of days keeps userids and mobile numbers apart', () => {
    const made = makeCompany({ people: 400, departments: 20 })
    for (let day = 0; day < 250; day++) {
      join(made, 1 + (day % 20))
      leave(made, made.people[day]?.userid ?? '')
    }
    expect(distinct(made.people.map(({ userid }) => userid.toLowerCase()))).toBe(400)
    const mobiles = made.people.flatMap(({ mobile = '' }) => mobile.replaceAll(/^\+86|\D/g, '') || [])
    expect(distinct(mobiles)).toBe(mobiles.length)
  })

  test('each event tells what it did', () => {
    const made = makeCompany({ people: 30, departments: 10 })
    const [, person] = made.people
    if (person === undefined) throw new Error('the company has 30 people')
    const { userid, name, departments: from } = person
    person.position = '专员'
    expect(promote(made, userid)).toEqual({ kind: 'promote', userid, name, from: '专员', to: '高级专员' })
    person.position = '总监'
    expect(promote(made, userid)).toMatchObject({ to: '高级总监' })
    expect(move(made, userid, 9)).toEqual({ kind: 'move', userid, name, from, to: [9] })
    expect(addToDepartments(made, userid, [9, 2])).toMatchObject({ from: [9], to: [9, 2] })
    expect(disable(made, userid)).toEqual({ kind: 'disable', userid, name })
    expect(leave(made, userid)).toEqual({ kind: 'leave', userid, name })
    expect(() => leave(made, userid)).toThrow(userid)
  })

  test.each([0.05, 0.3, 0.9])(
    'whole departments with a share of %f of the people are lost and come back',
    (share) => {
      const made = makeCompany({ people: 1000, departments: 100 })
      const before = structuredClone(made)
      const undo = loseShare(made, share)
      const ids = new Set(made.departments.map(({ id }) => id))
      expect(made.departments.every(({ parentid }) => parentid === 0 || ids.has(parentid))).toBe(true)
      expect(made.people.every((person) => person.departments.every((id) => ids.has(id)))).toBe(true)
      expect(Math.abs(1 - made.people.length / 1000 - share)).toBeLessThan(0.05)
      undo()
      expect(made).toEqual(before)
    },
  )
})

describe('a reorganization', () => {
  test.each([1, 2, 3, 4, 5])('moves, renames, dissolves and makes a department, seed %d', (seed) => {
    const made = makeCompany({ people: 300, departments: 60, seed })
    const before = structuredClone(made)
    const { moved, renamed, dissolved, made: created } = reorganize(made)
    const now = new Map(made.departments.map((department) => [department.id, department]))
    expect(now.get(moved.id)).toEqual({ ...moved, parentid: created.parentid })
    expect(moved.parentid).not.toBe(created.parentid)
    expect(now.get(renamed.id)).toEqual({ ...renamed, name: `新${renamed.name}` })
    expect([now.get(dissolved.id), now.get(created.id)]).toEqual([undefined, created])
    expect(made.departments.filter(({ parentid }) => parentid === 0 || now.has(parentid))).toHaveLength(60)
    expect(levelsOf(made).every((level) => level <= 15)).toBe(true)
    const others = (of: Company) =>
      of.departments.filter(({ id }) => ![moved, renamed, dissolved, created].some((one) => one.id === id))
    expect(others(made)).toEqual(others(before))
    for (const person of made.people) {
      for (const id of [...person.departments, ...(person.leads ?? []), person.mainDepartment ?? 1]) {
        expect(now.has(id)).toBe(true)
      }
    }
  })

  test('needs a company that is large enough', () => {
    expect(() => reorganize(makeCompany({ people: 1, departments: 1 }))).toThrow('below departments')
    expect(() => reorganize(makeCompany({ people: 6, departments: 3 }))).toThrow('two teams of five')
  })
})
