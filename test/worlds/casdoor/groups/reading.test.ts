import { describe, expect, test } from 'vitest'
import { casdoorTarget } from '../../../../src/casdoor/target.ts'
import { problemsOf, settingsFor, start } from '../start.ts'
import {
  aCompany,
  group,
  settle,
  tree,
  byHand,
  top,
  research,
  sales,
  platform,
  all,
  people,
} from './company.ts'

describe('what a group tells of itself is checked', () => {
  test.each<[string, object, object]>([
    ['another owner', { owner: 'other' }, { code: 'casdoor-other-owner', expected: 'acme', got: 'other' }],
    ['no name', { name: 7 }, { code: 'bad-reply', service: 'Casdoor', call: 'get-groups', detail: 'name' }],
  ])('%s', async (_, values, problem) => {
    const casdoor = await start()
    await settle(casdoor, aCompany(all, people))
    casdoor.faults.push({
      call: 'get-groups',
      nth: 1,
      do: {
        edit: (reply) => ({ ...reply, data: (reply.data as object[]).map((row) => ({ ...row, ...values })) }),
      },
    })
    expect(await problemsOf(group(casdoor, aCompany(all, people)))).toEqual([problem])
  })

  test.each([
    ['another group than the one asked for', { name: 'other' }, 'name'],
    ['one of another form than promised', { isEnabled: 'yes' }, 'isEnabled'],
  ])('%s is not written to', async (_, values, detail) => {
    const casdoor = await start()
    await settle(casdoor, aCompany(all, people))
    const edit = (reply: { readonly data?: unknown }) => ({
      data: { ...(reply.data as object), ...values },
    })
    casdoor.faults.push({
      call: 'get-group',
      nth: 1,
      do: { edit: (reply) => ({ ...reply, ...edit(reply) }) },
    })
    const { applied } = await group(
      casdoor,
      aCompany([{ ...top, name: '青石' }, research, sales, platform], people),
    )
    expect(applied?.groups?.failed.map(({ problem }) => problem)).toEqual([
      { code: 'bad-reply', service: 'Casdoor', call: 'get-group', detail },
    ])
  })

  test('no groups at all may be null', async () => {
    const casdoor = await start()
    casdoor.faults.push({ call: 'get-groups', nth: 1, do: { edit: (reply) => ({ ...reply, data: null }) } })
    await settle(casdoor, aCompany(all, people))
    expect(tree(casdoor)).toHaveLength(4)
  })
})

test('spec 9: a check counts the groups, and says what is wrong with them', async () => {
  const casdoor = await start()
  await settle(casdoor, aCompany(all, people))
  await byHand(casdoor, 'add-group', { name: 'vpn' })
  const lineOf = async (settings: object) => {
    const lines = await casdoorTarget(settingsFor(casdoor, settings)).checker.check()
    return lines.find(({ name }) => name === 'casdoor-groups')
  }
  expect(await lineOf({})).toBeUndefined()
  expect(await lineOf({ groups: true })).toMatchObject({
    mark: 'pass',
    fact: { code: 'groups', groups: 5, owned: 4 },
  })
  expect(await lineOf({ groups: true, corpId: 'ww2' })).toMatchObject({
    mark: 'fail',
    problems: [{ code: 'casdoor-group-other-corp' }],
  })
  expect(await lineOf({ groups: true, organization: 'nobody' })).toMatchObject({ mark: 'skip' })
})
