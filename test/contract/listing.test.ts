import { beforeAll, describe, expect, test } from 'vitest'
import {
  aGroup,
  ask,
  aUser,
  isReal,
  namesOf,
  readUser,
  rowsOf,
  uniqueName,
  updateUser,
  type Reply,
  isFolding,
} from './where.ts'

const mark = uniqueName('mark')
const letters = ['a', 'b', 'c', 'd', 'e']
const people = letters.map((letter) => `${mark}-${letter}`)

/** A listing of the people of this file only. */
async function list(query: string): Promise<Reply> {
  return ask(`get-users?owner=acme&field=externalId&value=${mark}&${query}`)
}

const byName = 'sortField=name&sortOrder=ascend'

beforeAll(async () => {
  for (const [index, name] of people.entries()) {
    await aUser({ name, externalId: mark, wecom: `Userid_${index}`, title: index < 3 ? '甲' : '乙' })
  }
})

describe('paging', () => {
  test('data2 counts all rows that match, on every page', async () => {
    const reply = await list(`p=2&pageSize=2&${byName}`)
    expect(reply.data2).toBe(5)
    expect(namesOf(reply)).toEqual(people.slice(2, 4))
  })

  test('the last page holds the rest', async () => {
    expect(namesOf(await list(`p=3&pageSize=2&${byName}`))).toEqual(people.slice(4))
  })

  test.each(['4', '99'])('past the last page (%s) comes the last page again', async (page) => {
    expect(namesOf(await list(`p=${page}&pageSize=2&${byName}`))).toEqual(people.slice(4))
  })

  test.each(['0', '-1', 'x'])('page %s is the first', async (page) => {
    expect(namesOf(await list(`p=${page}&pageSize=2&${byName}`))).toEqual(people.slice(0, 2))
  })

  test('a page size of 0 is an empty page with the right count', async () => {
    expect(await list(`p=1&pageSize=0&${byName}`)).toMatchObject({ status: 'ok', data: [], data2: 5 })
  })

  test('a page may be larger than all there is', async () => {
    expect(namesOf(await list(`p=1&pageSize=1000&${byName}`))).toEqual(people)
  })

  test('by name the pages make up everybody once', async () => {
    const pages = await Promise.all([1, 2, 3].map((page) => list(`p=${page}&pageSize=2&${byName}`)))
    expect(pages.flatMap(namesOf)).toEqual(people)
  })

  test('an organization without people, or none at all, is an empty list', async () => {
    const reply = await ask('get-users?owner=acme-noapp&p=1&pageSize=10')
    expect(reply).toMatchObject({ status: 'ok', data: [], data2: 0 })
    expect(await ask('get-users?owner=nobody&p=1&pageSize=10')).toMatchObject({ data: [], data2: 0 })
  })

  test.each(['p=1', 'pageSize=1', byName])(
    'with %s alone, filter and sort are ignored and data2 is null',
    async (query) => {
      const other = await aUser()
      const reply = await list(query)
      expect(reply.data2).toBeNull()
      expect(namesOf(reply)).toContain(other)
    },
  )

  test.skipIf(isReal)('in the default order pages can lose people, among those of one second', async () => {
    const createdTime = '2026-11-01T00:00:00Z'
    const common = uniqueName('tie')
    for (const letter of letters)
      await aUser({ name: `${common}-${letter}`, externalId: common, createdTime })
    const path = `get-users?owner=acme&field=externalId&value=${common}&pageSize=2&p=`
    const pages = await Promise.all(['1', '2', '3'].map((page) => ask(path + page)))
    const names = pages.flatMap(namesOf)
    expect(names).toHaveLength(5)
    expect(new Set(names).size).toBeLessThan(5)
  })
})

describe('sorting', () => {
  test('only the word ascend ascends', async () => {
    const reply = await list('p=1&pageSize=10&sortField=name&sortOrder=asc')
    expect(namesOf(reply)).toEqual(people.toReversed())
  })

  test('a field that is no column is an error', async () => {
    const reply = await list('p=1&pageSize=10&sortField=nothing&sortOrder=ascend')
    expect(reply).toMatchObject({ status: 'error', data: null })
    expect(reply.msg).toContain('a.nothing')
  })
})

describe('filtering', () => {
  const filter = async (field: string, value: string) =>
    ask(`get-users?owner=acme&p=1&pageSize=1000&${byName}&field=${field}&value=${encodeURIComponent(value)}`)

  test('it finds parts of the value', async () => {
    expect(namesOf(await filter('name', `${mark}-`))).toEqual(people)
  })

  test('an underscore in it stands for any character', async () => {
    const [first] = people
    expect(namesOf(await filter('name', `${mark}_a`))).toEqual([first])
  })

  test('a percent sign stands for any text', async () => {
    expect(namesOf(await filter('externalId', `${mark.slice(0, 12)}%mark-1`))).toEqual(people)
  })

  test('a field that is not letters and digits is ignored', async () => {
    const reply = await filter('external_id', 'nobody has this')
    expect(reply.status).toBe('ok')
    expect(namesOf(reply)).toEqual(expect.arrayContaining(people))
  })

  test('a field that is no column is an error', async () => {
    expect(await filter('nothing', 'x')).toMatchObject({ status: 'error', data: null })
  })

  test('people are found by wecom', async () => {
    const reply = await filter('wecom', 'Userid_3')
    expect(namesOf(reply)).toContain(`${mark}-d`)
  })

  test('members of a group are found by its name', async () => {
    const group = await aGroup()
    const name = await aUser({ groups: [`acme/${group}`] })
    const reply = await ask(`get-users?owner=acme&groupName=${group}&p=1&pageSize=10`)
    expect(namesOf(reply)).toEqual([name])
    expect(reply.data2).toBe(1)
  })
})

describe('a row', () => {
  const only = async (name: string, owner = 'acme') => {
    const reply = await ask(`get-users?owner=${owner}&p=1&pageSize=1&field=name&value=${name}`)
    const [row] = rowsOf(reply)
    return row
  }

  test('has 181 keys, 182 from get-user', async () => {
    const name = await aUser()
    const [listed, read] = [await only(name), await readUser(name)]
    expect(Object.keys(listed ?? {})).toHaveLength(181)
    expect(Object.keys(read)).toHaveLength(182)
  })

  test('properties and groups that were never set are null', async () => {
    expect(await only(await aUser())).toMatchObject({ properties: null, groups: null, address: null })
  })

  test('get-user fills in empty groups, not properties', async () => {
    expect(await readUser(await aUser())).toMatchObject({ properties: null, groups: [] })
  })

  test('texts that were never set are empty', async () => {
    expect(await only(await aUser())).toMatchObject({ email: '', phone: '', wecom: '', deletedTime: '' })
  })

  test('OAuth tokens among the properties are hidden in lists only', async () => {
    const properties = { oauth_WeCom_accessToken: 'a', floor: '7' }
    const name = await aUser({ properties })
    expect(await only(name)).toMatchObject({ properties: { oauth_WeCom_accessToken: '***', floor: '7' } })
    expect(await readUser(name)).toMatchObject({ properties })
  })

  test('forbidden people are listed', async () => {
    expect(await only(await aUser({ isForbidden: true }))).toMatchObject({ isForbidden: true })
  })

  test('deleted people are listed where deletion is soft', async () => {
    const name = await aUser({}, 'acme-soft')
    await ask('delete-user', { body: { owner: 'acme-soft', name } })
    expect(await only(name, 'acme-soft')).toMatchObject({ isDeleted: true })
  })

  test('a password is hidden', async () => {
    const name = await aUser()
    await updateUser(name, 'password', { password: 'secret' })
    expect(await only(name)).toMatchObject({ password: '***' })
    expect(await readUser(name)).toMatchObject({ password: '***' })
  })
})

describe('looking up one person', () => {
  test('by the column id inside the organization', async () => {
    const id = uniqueName('id')
    const name = await aUser({ id })
    expect(await ask(`get-user?owner=acme&userId=${id}`)).toMatchObject({ data: { name } })
  })

  test('by e-mail, exactly as it is spelled but on MySQL', async () => {
    const email = `${uniqueName()}@example.com`
    const name = await aUser({ email })
    expect(await ask(`get-user?owner=acme&email=${email}`)).toMatchObject({ data: { name } })
    const other = await ask(`get-user?owner=acme&email=${email.toUpperCase()}`)
    expect(other).toMatchObject({ data: isFolding ? { name } : null })
  })

  test('the count is a number', async () => {
    await aUser()
    const { data } = await ask('get-user-count?owner=acme')
    expect(Number(data)).toBeGreaterThan(0)
    expect(await ask('get-user-count?owner=acme-noapp')).toMatchObject({ status: 'ok', data: 0 })
  })
})
