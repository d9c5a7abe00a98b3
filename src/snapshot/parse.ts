import { Failure } from '../model/problem.ts'
import { isFreeProperty, propertyPrefix } from '../model/mapping.ts'
import { fieldNames, type FieldName, type Fields } from '../model/field.ts'
import { keyOf } from '../model/people.ts'
import { type Department } from '../model/department.ts'
import { wellFormed } from '../model/strict-text.ts'
import { readDocument } from './document.ts'
import { version, type Snapshot, type SnapshotUser } from './format.ts'
import { shardName } from './layout.ts'
import {
  distinct,
  entriesOf,
  Invalid,
  keysOf,
  required,
  type Entry,
  type Keys,
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
} from './entry.ts'

/**
 * Reads a snapshot strictly: what is not understood is an error that helps, never a guess (specification 7).
 * Layout is free: order of keys and people, indentation, quotes where YAML needs none, and comments.
 *
 * @param file as problems shall name it.
 * @throws Failure one `snapshot-invalid`, with the line and what was expected there.
 */
export function parseSnapshot(text: string, file: string): Snapshot {
  return strictly(file, () => {
    const keys = keysOf(withVersion(readDocument(text)), [...headKeys, 'users'])
    return { ...headIn(keys), users: peopleIn(keys).map(userOf) }
  })
}

/**
 * As `parseSnapshot`, of the file of a directory that has no people, but may name the files that have them: the
 * oldest did not.
 */
export function parseHead(
  text: string,
  file: string,
): Omit<Snapshot, 'users'> & { readonly files?: readonly string[] } {
  return strictly(file, () => {
    const keys = keysOf(withVersion(readDocument(text)), [...headKeys, 'files'])
    const files = keys.get('files')
    return { ...headIn(keys), ...(files !== undefined && { files: filesOf(files) }) }
  })
}

/**
 * As `parseSnapshot`, of a file of a directory that has people alone.
 *
 * @param placeOf the file that a userid belongs to; where it is another, the person could be there twice.
 */
export function parseShard(
  text: string,
  file: string,
  placeOf: (userid: string) => string,
): readonly SnapshotUser[] {
  return strictly(file, () =>
    peopleIn(keysOf(readDocument(text), ['users'])).map((entry) => {
      const place = placeOf(entry.key)
      if (place !== file) throw new Invalid(entry.line, { kind: 'misplaced', key: entry.key, place })
      return userOf(entry)
    }),
  )
}

function strictly<Parsed>(file: string, parse: () => Parsed): Parsed {
  try {
    return parse()
  } catch (thrown) {
    if (!(thrown instanceof Invalid)) throw thrown
    throw new Failure({ code: 'snapshot-invalid', file, line: thrown.line, fault: thrown.fault })
  }
}

const headKeys = ['version', 'syncer', 'corpId', 'approved', 'departments']

/** Another version explains every other fault, and so is reported first. */
function withVersion(entries: readonly Entry[]): readonly Entry[] {
  const found = entries.find(({ key }) => key === 'version')
  if (found !== undefined && found.value !== version) {
    throw new Invalid(found.line, { kind: 'version', found: shown(found.value) })
  }
  return entries
}

function headIn(keys: Keys): Omit<Snapshot, 'users'> {
  required(keys, 'version', 1)
  const approved = keys.get('approved')
  return {
    syncer: wordOf(required(keys, 'syncer', 1)),
    corpId: wordOf(required(keys, 'corpId', 1)),
    ...(approved !== undefined && { approved: digestOf(approved) }),
    departments: distinct(required(keys, 'departments', 1)).map(departmentOf),
  }
}

function filesOf({ key, line, value }: Entry): readonly string[] {
  const files = (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string')
  const isWrong = !Array.isArray(value) || files.length < value.length
  if (isWrong || !files.every((file) => shardName.test(file))) throw wrong(key, line, 'files')
  return files
}

function peopleIn(keys: Keys): readonly Entry[] {
  return distinct(required(keys, 'users', 1), keyOf)
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
  // Half a character would make somebody else of two people.
  if (userid === '' || !userid.isWellFormed()) throw wrong('users', line, 'userid')
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
    if (!isFreeProperty(entry.key)) throw new Invalid(entry.line, { kind: 'reserved-key', key: entry.key })
    const value = textOf(entry)
    if (value !== '') fields[`${propertyPrefix}${wellFormed(entry.key)}`] = value
  }
  return fields
}
