import { z } from 'zod'
import { badReply, type Called } from '../http/failed-exchange.ts'
import { parsed } from '../http/parsed.ts'
import { Failure } from '../model/problem.ts'
import { propertyPrefix } from '../model/mapping.ts'
import { fieldNames, type Fields } from '../model/field.ts'
import { type CurrentUser } from '../model/people.ts'
import { rememberedIn } from './memory.ts'

/** What every answer of Casdoor is wrapped in. */
export type Envelope = {
  readonly status: 'ok' | 'error'
  readonly msg: string
  readonly data: unknown
  /** The number of rows in all, behind a page of a listing. */
  readonly data2: unknown
}

function calledAs(call: string): Called {
  return { service: 'Casdoor', call }
}

const envelope = z.object({
  status: z.enum(['ok', 'error']),
  msg: z.string().nullish(),
  data: z.unknown(),
  data2: z.unknown(),
})

/** @throws Failure `bad-reply`. */
export function envelopeOf(body: unknown, call: string): Envelope {
  const { status, msg, data, data2 } = parsed(envelope, body, calledAs(call))
  return { status, msg: msg ?? '', data, data2 }
}

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false)

/** The kept keys of a user; Casdoor sends 181, hashes and secrets among them (casdoor-api.md §3.1). */
const user = z.object({
  owner: z.string(),
  name: z.string(),
  id: text,
  externalId: text,
  wecom: text,
  displayName: text,
  email: text,
  phone: text,
  countryCode: text,
  avatar: text,
  title: text,
  gender: text,
  affiliation: text,
  tag: text,
  location: text,
  bio: text,
  homepage: text,
  isForbidden: flag,
  isDeleted: flag,
  isAdmin: flag,
  registerType: text,
  groups: z.array(z.string()).nullish(),
  properties: z.record(z.string(), z.string()).nullish(),
})
export type UserRow = z.infer<typeof user>

/** Which account or group is asked for. */
export type RowKey = { readonly organization: string; readonly name: string }

/**
 * The user that was asked for.
 *
 * @throws Failure `bad-reply` or `casdoor-other-owner`.
 */
export function userOf(data: unknown, asked: RowKey): UserRow {
  return askedRow(user, data, 'get-user', asked)
}

type OwnedRow = { readonly owner: string; readonly name: string }

/** Some reads of Casdoor fall back to another row than was asked for. */
function askedRow<Row extends OwnedRow>(
  schema: z.ZodType<Row>,
  data: unknown,
  call: string,
  asked: RowKey,
): Row {
  const row = ownRow(schema, data, call, asked.organization)
  if (row.name === asked.name) return row
  throw new Failure(badReply(calledAs(call), 'name'))
}

function ownRow<Row extends OwnedRow>(
  schema: z.ZodType<Row>,
  data: unknown,
  call: string,
  organization: string,
): Row {
  const row = parsed(schema, data, calledAs(call))
  if (row.owner === organization) return row
  throw new Failure({ code: 'casdoor-other-owner', expected: organization, got: row.owner })
}

/** The kept keys of a group; the rest is written back as it was read, whatever a newer Casdoor puts there. */
const group = z.looseObject({
  owner: z.string(),
  name: z.string(),
  displayName: text,
  type: text,
  parentId: text,
  isTopGroup: flag,
  isEnabled: flag,
  users: z.array(z.string()).nullish(),
  properties: z.record(z.string(), z.string()).nullish(),
})
export type GroupRow = z.infer<typeof group>

/** All groups of an organization. */
export function groupsOf({ data }: Envelope, organization: string): readonly GroupRow[] {
  const rows = parsed(z.array(z.unknown()).nullish(), data, calledAs('get-groups')) ?? []
  return rows.map((row) => ownRow(group, row, 'get-groups', organization))
}

/** As `userOf`, of a group. */
export function groupRowOf(data: unknown, asked: RowKey): GroupRow {
  return askedRow(group, data, 'get-group', asked)
}

/** A page of a listing, each row reduced to what is kept, and the number of rows in all. */
export function pageOf(
  { data, data2 }: Envelope,
  organization: string,
): { readonly rows: readonly UserRow[]; readonly total: number } {
  const rows = parsed(z.array(z.unknown()), data, calledAs('get-users'))
  const total = parsed(z.number(), data2, calledAs('get-users'))
  return { rows: rows.map((row) => ownRow(user, row, 'get-users', organization)), total }
}

/** @param keys of the properties that a mapping fills; nothing else of them is kept. */
export function accountOf(row: UserRow, keys: readonly string[] = []): CurrentUser {
  const properties = row.properties ?? {}
  const fields = fieldNames.filter((field) => row[field] !== '').map((field) => [field, row[field]] as const)
  return {
    name: row.name,
    id: row.id,
    externalId: row.externalId,
    wecom: row.wecom,
    fields: { ...Object.fromEntries(fields), ...propertiesOf(properties, keys) },
    forbidden: row.isForbidden,
    deleted: row.isDeleted,
    administrator: row.isAdmin,
    ...rememberedIn(properties),
    groups: row.groups ?? [],
  }
}

function propertiesOf(properties: Readonly<Record<string, string>>, keys: readonly string[]): Fields {
  const values = keys.map((key) => [key, Object.hasOwn(properties, key) ? properties[key] : ''] as const)
  const known = values.filter(([, value]) => value !== '')
  return Object.fromEntries(known.map(([key, value]) => [`${propertyPrefix}${key}`, value]))
}

/** Marks the accounts that a syncer of ours made. */
export const registerType = 'WeCom Sync'

const organization = z.object({
  owner: z.string(),
  name: z.string(),
  defaultApplication: text,
  accountItems: z
    .array(z.object({ name: z.string(), modifyRule: text, regex: text }))
    .nullish()
    .transform((items) => items ?? []),
})
export type Organization = z.infer<typeof organization>

/** @returns undefined when there is no such organization. */
export function organizationOf({ data }: Envelope): Organization | undefined {
  return data === null ? undefined : parsed(organization, data, calledAs('get-organization'))
}

/** The version a server says it has; `""` when it says none. */
export function versionOf({ data }: Envelope): string {
  return parsed(z.object({ version: text }).nullish(), data, calledAs('get-version-info'))?.version ?? ''
}

/** Names of applications. */
export function applicationsOf({ data }: Envelope, call: string): readonly string[] {
  const rows = z
    .array(z.object({ name: z.string() }))
    .nullish()
    .transform((all) => all ?? [])
  return parsed(rows, data, calledAs(call)).map(({ name }) => name)
}

/** Names of the enabled syncers that read WeCom. */
export function wecomSyncersOf({ data }: Envelope): readonly string[] {
  const rows = z
    .array(z.object({ name: z.string(), type: text, isEnabled: flag }))
    .nullish()
    .transform((all) => all ?? [])
  return parsed(rows, data, calledAs('get-syncers'))
    .filter(({ type, isEnabled }) => isEnabled && type === 'WeCom')
    .map(({ name }) => name)
}
