import { propertyKeyOf, propertyPrefix } from '../model/mapping.ts'
import { byCodePoint } from '../model/lists.ts'
import { byUserid } from '../model/people.ts'
import { fieldNames, type Fields } from '../model/field.ts'
import { type Department } from '../model/department.ts'
import { version, type Snapshot, type SnapshotUser } from './format.ts'

const header = '# WeCom Syncer for Casdoor. Reviewed like code; the next sync overwrites edits.'

/** Prints a snapshot as specification 7 shows it: the same people give the same bytes, in whatever order they come. */
export function printSnapshot(snapshot: Snapshot): string {
  return textOf([...headLines(snapshot), ...peopleLines(snapshot.users)])
}

/**
 * Prints `departments.yaml` of the directory form: everything but the people, and the names of the files that have
 * them, in which order they are given.
 */
export function printHead(snapshot: Omit<Snapshot, 'users'>, files: readonly string[]): string {
  return textOf(headLines(snapshot, files))
}

/** Prints one of the files with people of the directory form. */
export function printShard(users: readonly SnapshotUser[]): string {
  return textOf(peopleLines(users))
}

function textOf(lines: readonly string[]): string {
  return `${[header, ...lines].join('\n')}\n`
}

function headLines(
  { syncer, corpId, approved, departments }: Omit<Snapshot, 'users'>,
  files: readonly string[] = [],
): readonly string[] {
  return [
    `version: ${version}`,
    `syncer: ${quoted(syncer)}`,
    `corpId: ${quoted(corpId)}`,
    ...(approved === undefined ? [] : [`approved: ${quoted(approved)}`]),
    // A line for each, so that two branches can each add one.
    ...(files.length === 0 ? [] : ['files:', ...files.map((file) => `  - ${quoted(file)}`)]),
    ...mapping('departments', departments.toSorted(byId).map(departmentLine)),
  ]
}

function peopleLines(users: readonly SnapshotUser[]): readonly string[] {
  return mapping('users', users.toSorted(byUserid).map(userLines))
}

function mapping(key: string, entries: readonly string[]): readonly string[] {
  return entries.length === 0 ? [`${key}: {}`] : [`${key}:`, ...entries]
}

function byId(a: Department, b: Department): number {
  return a.id - b.id
}

function departmentLine({ id, name, parent }: Department): string {
  const above = parent === undefined ? '' : `, parent: ${quoted(String(parent))}`
  return `  ${quoted(String(id))}: { name: ${quoted(name)}${above} }`
}

function userLines({ userid, fields, forbidden, status, departments }: SnapshotUser): string {
  return [
    `  ${quoted(userid)}:`,
    ...fieldNames.flatMap((field) => fieldLine(`    ${field}`, fields[field])),
    ...propertyLines(fields),
    `    isForbidden: ${forbidden}`,
    ...(status === 'active' ? [] : [`    status: ${quoted(status)}`]),
    `    departments: [${departments.join(', ')}]`,
  ].join('\n')
}

function fieldLine(key: string, value: string | undefined): readonly string[] {
  return value === undefined || value === '' ? [] : [`${key}: ${quoted(value)}`]
}

function propertyLines(fields: Fields): readonly string[] {
  const keys = Object.keys(fields).flatMap((field) => propertyKeyOf(field) ?? [])
  const lines = keys
    .toSorted(byCodePoint)
    .flatMap((key) => fieldLine(`      ${quoted(key)}`, fields[`${propertyPrefix}${key}`]))
  return lines.length === 0 ? [] : ['    properties:', ...lines]
}

/**
 * What JSON leaves bare and PyYAML or Psych refuse or change (reference/toolchain.md §7), and the marks that
 * turn the direction of writing, by which a line could show a reviewer something else than it says.
 */
// oxlint-disable-next-line no-control-regex, no-misleading-character-class -- These are the characters.
const unsafe = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g

/** A text in double quotes that every YAML reader, and every JSON reader, takes for the same text. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    unsafe,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
