import { Failure } from '../errors.ts'
import { fieldNames, keyOf, type Department, type FieldName, type Fields } from '../model.ts'
import { readDocument } from './document.ts'
import { Invalid, type Entry } from './entry.ts'
import { version, type Snapshot, type SnapshotUser } from './format.ts'
import { distinct, entriesOf, keysOf, required, type Keys } from './keys.ts'
import {
  booleanOf,
  countryOf,
  departmentIdOf,
  departmentIdsOf,
  digestOf,
  shown,
  statusOf,
  textOf,
  wordOf,
  wrong,
} from './values.ts'

/**
 * Reads a snapshot strictly: what is not understood is an error that helps, never a guess (specification 7).
 * Layout is free: order of keys and people, indentation, quotes where YAML needs none, and comments.
 *
 * @param file as problems shall name it.
 * @throws Failure one `snapshot-invalid`, with the line and what was expected there.
 */
export function parseSnapshot(text: string, file: string): Snapshot {
  try {
    return snapshotOf(readDocument(text))
  } catch (thrown) {
    if (!(thrown instanceof Invalid)) throw thrown
    throw new Failure({ code: 'snapshot-invalid', file, line: thrown.line, fault: thrown.fault })
  }
}

function snapshotOf(entries: readonly Entry[]): Snapshot {
  const found = entries.find(({ key }) => key === 'version')
  if (found !== undefined && found.value !== version) {
    throw new Invalid(found.line, { kind: 'version', found: shown(found.value) })
  }
  const keys = keysOf(entries, ['version', 'syncer', 'corpId', 'approved', 'departments', 'users'])
  required(keys, 'version', 1)
  const approved = keys.get('approved')
  return {
    syncer: wordOf(required(keys, 'syncer', 1)),
    corpId: wordOf(required(keys, 'corpId', 1)),
    ...(approved !== undefined && { approved: digestOf(approved) }),
    departments: distinct(required(keys, 'departments', 1)).map(departmentOf),
    users: distinct(required(keys, 'users', 1), keyOf).map(userOf),
  }
}

function departmentOf(entry: Entry): Department {
  const keys = keysOf(entriesOf(entry, 'departments'), ['name', 'parent'])
  const id = departmentIdOf(entry.key, entry.line, 'departments')
  const name = textOf(required(keys, 'name', entry.line))
  const parent = keys.get('parent')
  return parent === undefined
    ? { id, name }
    : { id, name, parent: departmentIdOf(parent.value, parent.line, 'parent') }
}

const userKeys = [...fieldNames, 'properties', 'isForbidden', 'status', 'departments']

function userOf(entry: Entry): SnapshotUser {
  const { key: userid, line } = entry
  if (userid === '') throw wrong('users', line, 'userid')
  const keys = keysOf(entriesOf(entry, 'users'), userKeys)
  const phone = keys.get('phone')
  if (phone !== undefined) required(keys, 'countryCode', phone.line)
  const status = keys.get('status')
  return {
    userid,
    fields: fieldsOf(keys),
    forbidden: booleanOf(required(keys, 'isForbidden', line)),
    status: status === undefined ? 'active' : statusOf(status),
    departments: departmentIdsOf(required(keys, 'departments', line)),
  }
}

function fieldsOf(keys: Keys): Fields {
  const fields: Partial<Record<FieldName, string>> = {}
  for (const field of fieldNames) {
    const entry = keys.get(field)
    const value = entry === undefined ? '' : field === 'countryCode' ? countryOf(entry) : textOf(entry)
    if (value !== '') fields[field] = value
  }
  const properties = keys.get('properties')
  for (const entry of properties === undefined ? [] : distinct(properties)) {
    const value = textOf(entry)
    if (value !== '') fields[`properties.${entry.key}`] = value
  }
  return fields
}
