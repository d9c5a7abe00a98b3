import { listEdits } from '../../../src/model/edit.ts'
import { describe, expect, test } from 'vitest'
import { accountItems, defaultOrganizations } from '../../../sandbox/casdoor/server.ts'
import { readMapping } from '../../../src/github/mapping-input.ts'
import { managedFields, type Mapping } from '../../../src/model/mapping.ts'
import type { FieldName } from '../../../src/model/field.ts'
import type { Policy } from '../../../src/model/policy.ts'
import { snapshotSource } from '../../../src/snapshot/source.ts'
import { snapshotTarget } from '../../../src/snapshot/target.ts'
import { sync } from '../../../src/sync.ts'
import { aDirectory, aPolicy, aRow, aUser, corpId } from '../../make.ts'
import { storeInMemory } from '../snapshot/people.ts'
import { casdoorTarget } from '../../../src/casdoor/target.ts'
import { account, anOwned, callsOf, organization, run, sent, settingsFor, start } from './start.ts'

const mapping = readMapping(`
email: [biz_mail, "{userid}@acme.example"]
title: null
affiliation: department
tag: extattr.工号
location: address
bio: "{name} ({alias})"
homepage: extattr.主页
properties.employeeNumber: extattr.工号
properties.工位: extattr.工位
`).mapping

function settings(of: Mapping = mapping) {
  return { fields: managedFields(of), policy: { mapping: of } }
}

const chen = aRow({
  userid: 'chen_ming',
  departments: [2, 3],
  mainDepartment: 3,
  fields: {
    name: '陈明',
    alias: 'Ming',
    position: '总监',
    address: '示例路 1 号',
    'extattr.工号': 'A0001',
    'extattr.主页': 'https://example.com/ming',
    'extattr.工位': '12',
  },
})
/** About whom WeCom tells next to nothing. */
const liu = aRow({ userid: 'liu_yan', fields: { name: '刘燕', position: '助理' } })

const written = {
  displayName: '陈明',
  email: 'chen_ming@acme.example',
  title: '',
  affiliation: '市场部',
  tag: 'A0001',
  location: '示例路 1 号',
  bio: '陈明 (Ming)',
  homepage: 'https://example.com/ming',
}

const updatesOf = (casdoor: Parameters<typeof callsOf>[0]) =>
  callsOf(casdoor).filter((call) => call === 'POST update-user')

describe('spec 5.1: mapped fields in Casdoor', () => {
  test('a new account has all that is known; the second run writes nothing', async () => {
    const casdoor = await start()
    const directory = aDirectory([chen, liu])
    await run(casdoor, directory, settings())
    expect(account(casdoor, 'chen_ming')).toMatchObject({
      ...written,
      properties: {
        wecomStatus: 'active',
        wecomDepartments: '2,3',
        employeeNumber: 'A0001',
        工位: '12',
      },
    })
    expect(account(casdoor, 'liu_yan')).toMatchObject({
      email: 'liu_yan@acme.example',
      title: '',
      tag: '',
      properties: { wecomStatus: 'active', wecomDepartments: '2' },
    })
    const { plan, applied } = await run(casdoor, directory, settings())
    expect([plan.changes, applied?.changed, updatesOf(casdoor)]).toEqual([[], false, []])
  })

  test('properties made by hand stay beside those that are mapped', async () => {
    const casdoor = await start()
    const byHand = { hobby: '围棋', oauth_WeCom_id: 'x', employeeNumber: 'old', constructor: 'mine' }
    casdoor.seed('acme', [
      anOwned('chen_ming', {
        title: '由人手工填写',
        properties: { wecomStatus: 'active', wecomDepartments: '2,3', ...byHand },
      }),
    ])
    await run(casdoor, aDirectory([chen]), settings())
    expect(account(casdoor, 'chen_ming')).toMatchObject({
      ...written,
      title: '由人手工填写',
      properties: { ...byHand, employeeNumber: 'A0001', 工位: '12', wecomStatus: 'active' },
    })
    const [update] = casdoor.requests.filter(({ path }) => path.endsWith('update-user')).map(sent)
    expect(update).toEqual([
      'update-user acme/chen_ming affiliation,bio,email,homepage,location,properties,tag',
      expect.objectContaining({ properties: { employeeNumber: 'A0001', 工位: '12' } }),
    ])
    await run(casdoor, aDirectory([chen]), settings())
    expect(updatesOf(casdoor)).toHaveLength(1)
  })

  test('what nothing fills is neither compared nor written', async () => {
    const casdoor = await start()
    const byHand = { tag: 'staff', bio: 'x', properties: { wecomStatus: 'active', wecomDepartments: '2' } }
    casdoor.seed('acme', [anOwned('liu_yan', { displayName: '刘燕', title: '主任', ...byHand })])
    const none = readMapping('title: null\nproperties.employeeNumber: null').mapping
    const { plan } = await run(casdoor, aDirectory([liu]), settings(none))
    expect(plan.changes).toEqual([])
    expect(account(casdoor, 'liu_yan')).toMatchObject({ title: '主任', tag: 'staff', bio: 'x' })
  })

  test('empty-values: clear empties a property, and once only', async () => {
    const casdoor = await start()
    const clear = { ...settings(), policy: { mapping, emptyValues: 'clear' as const } }
    const empty = aRow({ ...liu.member, fields: { ...liu.member.fields, 'extattr.工号': '' } })
    const properties = { wecomStatus: 'active', wecomDepartments: '2', employeeNumber: 'A9' }
    casdoor.seed('acme', [
      anOwned('liu_yan', { displayName: '刘燕', email: 'liu_yan@acme.example', tag: 'A9', properties }),
    ])
    await run(casdoor, aDirectory([empty]), clear)
    expect(account(casdoor, 'liu_yan')).toMatchObject({ tag: '', properties: { employeeNumber: '' } })
    await run(casdoor, aDirectory([empty]), clear)
    expect(updatesOf(casdoor)).toHaveLength(1)
  })

  test('properties that may not be changed are left out, with a warning; so is a mapped field', async () => {
    const shut = { modifyRule: 'Immutable' }
    const changes = { Properties: shut, Tag: shut, Title: shut, Affiliation: shut }
    const [acme] = defaultOrganizations
    const casdoor = await start({
      organizations: [{ ...acme, name: organization, accountItems: accountItems(changes) }],
    })
    casdoor.seed('acme', [anOwned('chen_ming', { tag: 'A9' })])
    const { plan } = await run(casdoor, aDirectory([chen]), settings())
    const frozen = plan.findings.flatMap((each) =>
      each.code === 'casdoor-item-immutable' ? [each.field] : [],
    )
    expect(frozen.toSorted()).toEqual(['affiliation', 'properties', 'tag'])
    const fields = plan.changes.flatMap((change) => listEdits(change).map(({ field }) => field))
    expect(fields).toEqual(['email', 'bio', 'homepage', 'location'])
  })
})

describe('spec 7: mapped fields in a snapshot', () => {
  const place = () => ({ path: 'people.yaml', store: storeInMemory() })
  type Somewhere = ReturnType<typeof place>

  /** Flow B with this mapping. */
  async function make(at: Somewhere, of: Mapping, rows = [chen, liu]) {
    const fields = managedFields(of)
    const { reader, writer } = snapshotTarget({ ...at, corpId, syncer: 'wecom', fields })
    const source = { fetch: async () => Promise.resolve(aDirectory(rows)) }
    return sync({ source, reader, writer, policy: aPolicy({ mapping: of }) })
  }

  test('stand behind the others, properties in a mapping of their own', async () => {
    const at = place()
    await make(at, mapping)
    expect(at.store.texts.get('people.yaml')).toContain(`
  "chen_ming":
    displayName: "陈明"
    email: "chen_ming@acme.example"
    affiliation: "市场部"
    tag: "A0001"
    location: "示例路 1 号"
    bio: "陈明 (Ming)"
    homepage: "https://example.com/ming"
    properties:
      "employeeNumber": "A0001"
      "工位": "12"
    isForbidden: false
    departments: [2, 3]
`)
    const again = await make(at, mapping)
    expect(again.applied?.changed).toBe(false)
  })

  test('flow D writes the same as flow A', async () => {
    const at = place()
    await make(at, mapping)
    const fromWecom = await start()
    const fromFile = await start()
    const byHand = anOwned('chen_ming', { title: '由人手工填写', tag: 'old', properties: { hobby: '围棋' } })
    for (const casdoor of [fromWecom, fromFile]) casdoor.seed('acme', [byHand])
    const flowA = await run(fromWecom, aDirectory([chen, liu]), settings())
    const { reader, writer } = casdoorTarget(settingsFor(fromFile))
    const flowD = await sync({ source: snapshotSource(at), reader, writer, policy: aPolicy() })
    expect(flowD.plan.changes).toEqual(flowA.plan.changes)
    for (const name of ['chen_ming', 'liu_yan']) {
      const { properties, tag, title, email } = account(fromWecom, name)
      expect(account(fromFile, name)).toMatchObject({ properties, tag, title, email })
    }
    const again = casdoorTarget(settingsFor(fromFile))
    const second = await sync({ source: snapshotSource(at), ...again, policy: aPolicy() })
    expect([second.plan.changes, second.applied?.changed]).toEqual([[], false])
  })

  test('flow D raises no alarm over a field that the file leaves alone', async () => {
    const none = readMapping('title: null').mapping
    const people = ['a', 'b', 'c', 'd', 'e'].map((userid) => aRow({ userid }))
    const at = place()
    await make(at, none, people)
    const casdoor = await start()
    casdoor.seed(
      'acme',
      people.map(({ member }) => anOwned(member.userid, { title: '工程师' })),
    )
    const { reader } = casdoorTarget(settingsFor(casdoor))
    const { plan } = await sync({ source: snapshotSource(at), reader, policy: aPolicy() })
    expect([plan.changes, plan.findings]).toEqual([[], []])
    const flowA = await run(casdoor, aDirectory(people), settings(none))
    expect(flowA.plan.changes).toEqual([])
    expect(flowA.plan.findings.map(({ code }) => code)).toEqual(['field-withheld'])
  })

  test('a field that nothing fills any more is taken out, for leavers too, and it is said', async () => {
    const at = place()
    await make(at, mapping)
    const fewer: Policy['mapping'] = new Map([
      ...mapping,
      ['tag', null],
      ['properties.工位', null],
      ['displayName', null],
    ])
    const { plan, applied } = await make(at, fewer, [liu])
    const fields: readonly FieldName[] = ['displayName', 'tag', 'properties.工位']
    expect(plan.findings).toContainEqual({ code: 'snapshot-unmapped', file: 'people.yaml', fields })
    expect(plan.changes.map(({ kind, userid }) => `${kind} ${userid}`)).toEqual(['forbid chen_ming'])
    expect(applied?.changed).toBe(true)
    const text = at.store.texts.get('people.yaml') ?? ''
    expect(text).not.toMatch(/tag:|工位|displayName/)
    expect(text).toContain('"employeeNumber": "A0001"')
    const again = await make(at, fewer, [liu])
    expect([again.plan.findings, again.applied?.changed]).toEqual([
      expect.not.arrayContaining([expect.objectContaining({ code: 'snapshot-unmapped' })]),
      false,
    ])
  })

  test('without a display name of its own, the file leaves that of Casdoor alone', async () => {
    const none = readMapping('displayName: null').mapping
    const at = place()
    await make(at, none)
    const casdoor = await start()
    casdoor.seed('acme', [anOwned('chen_ming', { displayName: '小陈' })])
    const { reader, writer } = casdoorTarget(settingsFor(casdoor))
    await sync({ source: snapshotSource(at), reader, writer, policy: aPolicy() })
    // Casdoor updates no account without a name.
    const names = casdoor.users('acme').map(({ name, displayName }) => [name, displayName])
    expect(names).toEqual(
      expect.arrayContaining([
        ['chen_ming', '小陈'],
        ['liu_yan', 'liu_yan'],
      ]),
    )
  })
})

test('people of a snapshot tell which properties are read', async () => {
  const casdoor = await start()
  casdoor.seed('acme', [anOwned('chen_ming', { properties: { floor: '3', hobby: '围棋' } })])
  const { reader } = casdoorTarget(settingsFor(casdoor))
  const wanted = [aUser({ fields: { 'properties.floor': '4' } })]
  const { users } = (await reader.read(corpId, wanted)).current
  expect(users.find(({ name }) => name === 'chen_ming')?.fields).toEqual({
    displayName: '陈明',
    'properties.floor': '3',
  })
})
