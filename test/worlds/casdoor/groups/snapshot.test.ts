import { describe, expect, test } from 'vitest'
import { makeCompany } from '../../../../sandbox/company.ts'
import type { Directory } from '../../../../src/model/directory.ts'
import { snapshotSource } from '../../../../src/snapshot/source.ts'
import { snapshotTarget } from '../../../../src/snapshot/target.ts'
import { sync } from '../../../../src/sync.ts'
import { casdoorTarget } from '../../../../src/casdoor/target.ts'
import { aPolicy, corpId } from '../../../make.ts'
import { defaultFields, storeInMemory } from '../../snapshot/people.ts'
import { settingsFor, start } from '../start.ts'
import { aCompany, settle, tree } from './company.ts'

describe('flow D: a snapshot makes the same groups', () => {
  test.each(['people.yaml', 'people/'])('%s', async (path) => {
    const [direct, merged] = [await start(), await start()]
    const store = storeInMemory({})
    const target = snapshotTarget({ path, fields: defaultFields, corpId, syncer: 'wecom', store })
    const company = makeCompany({ people: 60, departments: 40 })
    const directoryNow = (): Directory =>
      aCompany(
        company.departments.map(({ id, name, nameEn = '', parentid }) => ({
          id,
          name: id % 7 === 0 ? '' : name || nameEn,
          ...(parentid !== 0 && { parent: parentid }),
        })),
        Object.fromEntries(
          company.people.map(({ userid, departments }) => [userid, departments.toSorted((a, b) => a - b)]),
        ),
      )
    for (let day = 0; day < 3; day++) {
      const directory = directoryNow()
      await settle(direct, directory)
      await sync({ source: { fetch: async () => Promise.resolve(directory) }, ...target, policy: aPolicy() })
      const { reader, writer } = casdoorTarget(settingsFor(merged, { groups: true }))
      await sync({
        source: snapshotSource({ path, store }),
        reader,
        writer,
        policy: aPolicy({ groups: 'departments', removalLimit: [{ kind: 'percent', value: 100 }] }),
      })
      expect(tree(merged)).toEqual(tree(direct))
      // Somebody moves, a unit moves with its people, one is renamed, one is new, one is dissolved.
      const [a, b, c] = company.departments.filter(({ parentid }) => parentid === 1)
      if (a === undefined || b === undefined || c === undefined) throw new Error('too small a company')
      const child = company.departments.find(({ parentid }) => parentid === a.id)
      if (child !== undefined) child.parentid = b.id
      c.name = `${c.name}${day}`
      const gone = company.departments.findLast(
        ({ id }) => !company.departments.some(({ parentid }) => parentid === id),
      )
      company.departments = [
        ...company.departments.filter((department) => department !== gone),
        { id: 900 + day, name: '新部', parentid: c.id },
      ]
      for (const person of company.people) {
        person.departments = person.departments.map((id) => (id === gone?.id ? b.id : id))
        person.departments = [...new Set(person.departments)]
      }
      const [first] = company.people
      if (first !== undefined) first.departments = [1, 900 + day]
    }
  })
})
