import { expect } from 'vitest'
import { type CasdoorSandbox } from '../../../../sandbox/casdoor/server.ts'
import type { Department } from '../../../../src/model/department.ts'
import type { Directory } from '../../../../src/model/directory.ts'
import type { Policy } from '../../../../src/model/policy.ts'
import type { Result } from '../../../../src/model/run.ts'
import { outcomeOf } from '../../../../src/report/counts.ts'
import { aDirectory, aRow } from '../../../make.ts'
import { run } from '../start.ts'

export type Setting = Partial<Policy> & {
  readonly organization?: string
  readonly concurrency?: number
  readonly timeout?: number
}

/** A directory of these people, each with their departments, and these departments. */
export function aCompany(
  departments: readonly Department[],
  people: Readonly<Record<string, readonly number[]>>,
  overrides: Partial<Omit<Directory, 'kind'>> = {},
): Directory {
  const rows = Object.entries(people).flatMap(([userid, ids]) =>
    ids.map((id) => aRow({ userid, departments: ids, fields: { name: userid } }, id)),
  )
  return aDirectory(rows, { departments, ...overrides })
}

/** One run with `groups: departments`. */
export async function group(
  casdoor: CasdoorSandbox,
  directory: Directory,
  setting: Setting = {},
): Promise<Result> {
  const { organization = 'acme', concurrency = 8, timeout = 60_000, ...policy } = setting
  const { syncer = 'wecom' } = policy
  return run(casdoor, directory, {
    groups: true,
    syncer,
    organization,
    concurrency,
    timeout,
    // The little companies here lose a lot at once; what is held back is for the tests of it.
    policy: { groups: 'departments', removalLimit: [{ kind: 'percent', value: 100 }], ...policy },
  })
}

/** The same, and a second one that must have nothing to do. */
export async function settle(casdoor: CasdoorSandbox, directory: Directory, setting: Setting = {}) {
  const result = await group(casdoor, directory, setting)
  expect(result.applied).toMatchObject({ failed: [], groups: { failed: [] } })
  const before = casdoor.writes().length
  const second = await group(casdoor, directory, setting)
  expect(outcomeOf('sync', second)).toBe('unchanged')
  expect(casdoor.writes()).toHaveLength(before)
  return result
}

/** The groups as a tree: `name (display name) < parent`, with `off` and the people in them. */
export function tree(casdoor: CasdoorSandbox, organization = 'acme'): readonly string[] {
  return casdoor
    .groups(organization)
    .map(({ name, displayName, parentId, isTopGroup, isEnabled }) => {
      const people = casdoor
        .users(organization)
        .filter(({ groups }) => groups?.includes(`${organization}/${name}`) === true)
        .map((user) => user.name)
      const place = isTopGroup ? '' : ` < ${parentId}`
      return `${name} ${displayName}${place}${isEnabled ? '' : ' off'}${people.length > 0 ? `: ${people.toSorted().join(' ')}` : ''}`
    })
    .toSorted()
}

export function aGroup(casdoor: CasdoorSandbox, name: string, organization = 'acme') {
  const found = casdoor.groups(organization).find((one) => one.name === name)
  if (found === undefined) throw new Error(`no group is called ${name}`)
  return found
}

/** Calls Casdoor as a person in its console does. */
export async function byHand(
  casdoor: CasdoorSandbox,
  call: string,
  body: object,
  query = '',
): Promise<unknown> {
  const { clientId, clientSecret } = casdoor
  const answer = await fetch(`${casdoor.url}/api/${call}${query}`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: JSON.stringify({ owner: 'acme', ...body }),
  })
  return answer.json()
}

export async function putInto(
  casdoor: CasdoorSandbox,
  name: string,
  groups: readonly string[],
): Promise<unknown> {
  return byHand(casdoor, 'update-user', { name, groups }, `?id=acme/${name}&columns=groups`)
}

export const top = { id: 1, name: '青石科技' }
export const research = { id: 2, name: '研发中心', parent: 1 }
export const sales = { id: 3, name: '市场部', parent: 1 }
export const platform = { id: 21, name: '平台组', parent: 2 }
export const all = [top, research, sales, platform]
export const people = { a: [2], b: [2, 3], c: [21], d: [1] }
