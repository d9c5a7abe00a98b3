import { describe, expect, test } from 'vitest'
import {
  addGroup,
  aGroup,
  ask,
  aUser,
  readGroup,
  readUser,
  rowsOf,
  uniqueName,
  updateUser,
  database,
  isFolding,
} from './where.ts'

async function updateGroup(name: string, values: object) {
  return ask(`update-group?id=acme/${encodeURIComponent(name)}`, { body: { owner: 'acme', name, ...values } })
}

async function deleteGroup(name: string) {
  return ask('delete-group', { body: { owner: 'acme', name } })
}

describe('adding a group', () => {
  test('keeps what is sent', async () => {
    const values = {
      displayName: '研发/一组 & <二组>',
      type: 'Physical',
      parentId: 'acme',
      isTopGroup: true,
      isEnabled: true,
      createdTime: '2026-11-22T02:00:00Z',
      updatedTime: '2026-11-22T02:00:00Z',
      properties: { wecomId: '7' },
    }
    expect(await readGroup(await aGroup(values))).toMatchObject(values)
  })

  test('fills in nothing', async () => {
    const empty = { type: '', parentId: '', isTopGroup: false, isEnabled: false, createdTime: '' }
    expect(await readGroup(await aGroup())).toMatchObject({ ...empty, properties: null, users: null })
  })

  test.each(['研发部', ' a b', '.a', '__c', '-x-', '(b)', '（北京）', "'b", '"b', ',b'])(
    'a name may end in %j',
    async (end) => {
      const name = await aGroup({ name: uniqueName('group') + end })
      expect(await readGroup(name)).toMatchObject({ name })
    },
  )

  test.each(['/', '?', ':', '#', '&', '%', '=', '+', ';'])('a name may not hold %j', async (character) => {
    const { msg } = await addGroup({ name: uniqueName('group') + character })
    expect(msg).toBe('Field \'name\' contains forbidden characters: "/?:#&%=+;"')
  })

  test('a name may not be empty, nor that of an organization', async () => {
    expect(await addGroup({ name: '' })).toMatchObject({ msg: "group name can't be empty" })
    const msg = "group name can't be same as the organization name"
    expect(await addGroup({ name: 'acme-world' })).toMatchObject({ msg })
  })

  test('a name is unique over all organizations', async () => {
    const name = await aGroup()
    const refused = {
      sqlite: /^constraint failed: UNIQUE constraint failed: group\.name \(2067\)$/,
      mysql: /^Error 1062 \(23000\): Duplicate entry '.*' for key '(?:group\.)?(?:PRIMARY|UQE_group_name)'$/,
      postgres: /^pq: duplicate key value violates unique constraint "(?:group_pkey|UQE_group_name)"/,
    }[database]
    expect((await addGroup({ name })).msg).toMatch(refused)
    expect((await addGroup({ name }, 'acme-world')).msg).toMatch(refused)
  })

  test('names that differ in case are two, but on MySQL', async () => {
    const name = await aGroup()
    const status = isFolding ? 'error' : 'ok'
    expect(await addGroup({ name: name.toUpperCase() })).toMatchObject({ status })
    const found = await ask(`get-group?id=acme/${name.toUpperCase()}`)
    expect(found.data).toMatchObject({ name: isFolding ? name : name.toUpperCase() })
  })

  test('neither the parent nor the organization need exist', async () => {
    expect(await addGroup({ parentId: uniqueName('nowhere') })).toMatchObject({ status: 'ok' })
    expect(await addGroup({}, 'nobody')).toMatchObject({ status: 'ok' })
  })

  test('a group may be its own parent', async () => {
    const name = uniqueName('group')
    expect(await addGroup({ name, parentId: name })).toMatchObject({ status: 'ok' })
    await updateGroup(name, {})
  })
})

describe('updating a group', () => {
  test('writes every column from the body', async () => {
    const name = await aGroup({ type: 'Physical', parentId: 'acme', isTopGroup: true, isEnabled: true })
    expect(await updateGroup(name, { displayName: '市场部' })).toMatchObject({ data: 'Affected' })
    const wiped = { type: '', parentId: '', isTopGroup: false, isEnabled: false }
    expect(await readGroup(name)).toMatchObject({ displayName: '市场部', ...wiped })
  })

  test('ignores columns', async () => {
    const name = await aGroup({ type: 'Physical' })
    const path = `update-group?id=acme/${name}&columns=displayName`
    await ask(path, { body: { owner: 'acme', name, displayName: '市场部' } })
    expect(await readGroup(name)).toMatchObject({ displayName: '市场部', type: '' })
  })

  test('may send back what was read', async () => {
    const name = await aGroup({ type: 'Physical', isEnabled: true, properties: { wecomId: '7' } })
    await updateGroup(name, { ...(await readGroup(name)), displayName: '市场部' })
    const values = { displayName: '市场部', type: 'Physical', isEnabled: true, properties: { wecomId: '7' } }
    expect(await readGroup(name)).toMatchObject(values)
  })

  test('replaces the properties, and keeps what is sent back as it was read', async () => {
    const others = { manager: 'acme/a', contactEmail: 'rd@example.com', gidNumber: 7 }
    const name = await aGroup({ ...others, properties: { a: '1', b: '2' } })
    const before = await readGroup(name)
    await updateGroup(name, { ...before, properties: { b: '3' } })
    expect(await readGroup(name)).toEqual({ ...before, properties: { b: '3' } })
  })

  test('may hang a group below another, and at the top again', async () => {
    const [parent, name] = [await aGroup(), await aGroup({ parentId: 'acme', isTopGroup: true })]
    await updateGroup(name, { parentId: parent, isTopGroup: false })
    expect(await readGroup(name)).toMatchObject({ parentId: parent, isTopGroup: false })
    expect(await deleteGroup(parent)).toMatchObject({ msg: 'group has children group' })
    await updateGroup(name, { parentId: 'acme', isTopGroup: true })
    expect(await deleteGroup(parent)).toMatchObject({ data: 'Affected' })
  })

  test('may switch one off with people in it, who stay in', async () => {
    const group = await aGroup({ isEnabled: true })
    const name = await aUser({ groups: [`acme/${group}`] })
    await updateGroup(group, { isEnabled: false })
    expect(await readGroup(group)).toMatchObject({ isEnabled: false, users: [`acme/${name}`] })
    expect(await readUser(name)).toMatchObject({ groups: [`acme/${group}`], isForbidden: false })
  })

  test('without a name is refused', async () => {
    const reply = await ask(`update-group?id=acme/${await aGroup()}`, { body: { displayName: '市场部' } })
    expect(reply).toMatchObject({ msg: "group name can't be empty" })
  })

  test('one that is not there is Unaffected', async () => {
    expect(await updateGroup(uniqueName('group'), {})).toMatchObject({ status: 'ok', data: 'Unaffected' })
  })
})

describe('members', () => {
  test('are on the user, and the group lists them', async () => {
    const group = await aGroup()
    const name = await aUser({ groups: [`acme/${group}`] })
    expect(await readGroup(group)).toMatchObject({ users: [`acme/${name}`] })
  })

  test('are listed when the group comes after them', async () => {
    const group = uniqueName('group')
    const name = await aUser({ groups: [`acme/${group}`] })
    await aGroup({ name: group })
    expect(await readGroup(group)).toMatchObject({ users: [`acme/${name}`] })
  })

  test('change with the column groups', async () => {
    const [from, to] = [await aGroup(), await aGroup()]
    const name = await aUser({ groups: [`acme/${from}`] })
    await updateUser(name, 'groups', { groups: [`acme/${to}`] })
    expect(await readGroup(from)).toMatchObject({ users: null })
    expect(await readGroup(to)).toMatchObject({ users: [`acme/${name}`] })
  })

  test('may be in groups that are not there, in the order that was sent', async () => {
    const group = await aGroup()
    const groups = [`acme/${uniqueName('nowhere')}`, `acme/${group}`, 'other/none', 'nogroup']
    const name = await aUser({ groups })
    expect(await readUser(name)).toMatchObject({ groups })
    await updateUser(name, 'groups', { groups: groups.toReversed() })
    expect(await readUser(name)).toMatchObject({ groups: groups.toReversed() })
  })

  test('leave every group when they are deleted', async () => {
    const group = await aGroup()
    const name = await aUser({ groups: [`acme/${group}`] })
    await ask('delete-user', { body: { owner: 'acme', name } })
    expect(await readGroup(group)).toMatchObject({ users: null })
    expect(await deleteGroup(group)).toMatchObject({ data: 'Affected' })
  })

  test('do not change when groups is not listed', async () => {
    const group = await aGroup()
    const name = await aUser({ groups: [`acme/${group}`] })
    await updateUser(name, 'title', { groups: [], title: '架构师' })
    expect(await readGroup(group)).toMatchObject({ users: [`acme/${name}`] })
    expect(await readUser(name)).toMatchObject({ groups: [`acme/${group}`] })
  })
})

describe('deleting a group', () => {
  test('removes it', async () => {
    const name = await aGroup()
    expect(await deleteGroup(name)).toMatchObject({ data: 'Affected' })
    expect(await readGroup(name)).toBeNull()
  })

  test('one that is not there is Unaffected', async () => {
    expect(await deleteGroup(uniqueName('group'))).toMatchObject({ status: 'ok', data: 'Unaffected' })
  })

  test('with a subgroup is refused', async () => {
    const name = await aGroup()
    await aGroup({ parentId: name })
    expect(await deleteGroup(name)).toMatchObject({ status: 'error', msg: 'group has children group' })
  })

  test('with people is refused, forbidden ones too', async () => {
    const name = await aGroup()
    await aUser({ groups: [`acme/${name}`], isForbidden: true })
    expect(await deleteGroup(name)).toMatchObject({ status: 'error', msg: 'group has users' })
  })

  test('works once the people are out of it', async () => {
    const name = await aGroup()
    const user = await aUser({ groups: [`acme/${name}`] })
    await updateUser(user, 'groups', { groups: [] })
    expect(await deleteGroup(name)).toMatchObject({ data: 'Affected' })
  })
})

describe('listing groups', () => {
  test('without paging all are listed, and data2 is null', async () => {
    const name = await aGroup()
    const reply = await ask('get-groups?owner=acme')
    expect(rowsOf(reply).map((row) => row.name)).toContain(name)
    expect(reply.data2).toBeNull()
  })

  test('without paging each comes with its people', async () => {
    const [full, empty] = [await aGroup(), await aGroup()]
    const name = await aUser({ groups: [`acme/${full}`], isForbidden: true })
    const rows = rowsOf(await ask('get-groups?owner=acme')) as readonly object[]
    expect(rows).toContainEqual(expect.objectContaining({ name: full, users: [`acme/${name}`] }))
    expect(rows).toContainEqual(expect.objectContaining({ name: empty, users: null, properties: null }))
  })

  test('of another organization are not listed', async () => {
    const name = uniqueName('group')
    await addGroup({ name }, 'acme-world')
    expect(rowsOf(await ask('get-groups?owner=acme')).map((row) => row.name)).not.toContain(name)
    expect((await ask(`get-group?id=acme/${name}`)).data).toBeNull()
  })

  test('without paging haveChildren is false, with paging true, whatever there is', async () => {
    const name = await aGroup()
    await aGroup({ parentId: name })
    const isOne = (row: { name: string }) => row.name === name
    const all = rowsOf(await ask('get-groups?owner=acme'))
    const page = rowsOf(await ask(`get-groups?owner=acme&p=1&pageSize=10&field=name&value=${name}`))
    expect(all.find(isOne)).toMatchObject({ haveChildren: false })
    expect(page.find(isOne)).toMatchObject({ haveChildren: true })
  })

  test('a group has sixteen keys', async () => {
    const group = await readGroup(await aGroup())
    expect(Object.keys(group ?? {})).toHaveLength(16)
  })
})
