import { describe, expect, test } from 'vitest'
import { corpId } from '../../../make.ts'
import { account, sent, start } from '../start.ts'
import {
  aCompany,
  settle,
  tree,
  aGroup,
  putInto,
  top,
  research,
  sales,
  platform,
  all,
  people,
} from './company.ts'

describe('what somebody changed by hand comes back', () => {
  test('who is in which group', async () => {
    const casdoor = await start()
    await settle(casdoor, aCompany(all, people))
    await putInto(casdoor, 'a', ['acme/acme-wecom-3', 'acme/own'])
    await putInto(casdoor, 'b', [])
    await settle(casdoor, aCompany(all, people))
    expect(account(casdoor, 'a').groups).toEqual(['acme/own', 'acme/acme-wecom-2'])
    expect(account(casdoor, 'b').groups).toEqual(['acme/acme-wecom-2', 'acme/acme-wecom-3'])
  })

  test.each<[string, object]>([
    ['name', { displayName: 'R&D' }],
    ['type', { type: 'Virtual' }],
    ['switch', { isEnabled: false }],
    ['place, below a group of theirs', { parentId: 'own' }],
    ['place, at the top', { parentId: 'acme', isTopGroup: true }],
    ['place, at a top that is none', { parentId: 'acme-wecom-1', isTopGroup: true }],
    ['place, nowhere', { parentId: '' }],
    ['place, in a circle', { parentId: 'acme-wecom-21' }],
    ['mark', { properties: null }],
  ])('a group: its %s', async (_, values) => {
    const casdoor = await start()
    await settle(casdoor, aCompany(all, people))
    const before = { ...aGroup(casdoor, 'acme-wecom-2'), updatedTime: '' }
    Object.assign(aGroup(casdoor, 'acme-wecom-2'), values)
    const { plan } = await settle(casdoor, aCompany(all, people))
    expect(plan.departmentChanges).toMatchObject([{ id: 2 }])
    expect({ ...aGroup(casdoor, 'acme-wecom-2'), updatedTime: '' }).toEqual(before)
  })

  test('FS-30: what an update does not know of survives it', async () => {
    const casdoor = await start()
    await settle(casdoor, aCompany(all, people))
    const others = { manager: 'acme/a', contactEmail: 'rd@example.com', gidNumber: 77 }
    Object.assign(aGroup(casdoor, 'acme-wecom-2'), others, {
      properties: { wecomCorpId: corpId, key: 'value' },
    })
    await settle(casdoor, aCompany([top, { ...research, name: '研究院' }, sales, platform], people))
    expect(aGroup(casdoor, 'acme-wecom-2')).toMatchObject({
      ...others,
      displayName: '研究院',
      properties: { wecomCorpId: corpId, key: 'value' },
    })
    const [, body] =
      casdoor
        .writes()
        .map(sent)
        .find(([call]) => call.startsWith('update-group')) ?? []
    expect(Object.keys(body as object)).not.toContain('users')
    expect(Object.keys(body as object)).not.toContain('haveChildren')
  })

  test('a server that knows no properties of groups: the name alone is the mark', async () => {
    const casdoor = await start()
    await settle(casdoor, aCompany(all, people))
    casdoor.faults.push({
      call: 'get-groups',
      nth: 1,
      times: 2,
      do: {
        edit: (reply) => ({
          ...reply,
          data: (reply.data as object[]).map((row) => ({ ...row, properties: undefined })),
        }),
      },
    })
    await settle(casdoor, aCompany([top, research, platform], { ...people, b: [2] }))
    expect(tree(casdoor)).toContain('acme-wecom-3 市场部 < acme-wecom-1 off')
  })
})
