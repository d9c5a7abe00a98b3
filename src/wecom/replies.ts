import { z } from 'zod'
import { Failure } from '../model/problem.ts'
import type { Department } from '../model/department.ts'
import type { Member } from '../model/people.ts'

/*
 * What WeCom sends, as it sends it: lenient where servers of different ages differ, strict where a guess could
 * remove somebody (wecom-api.md §4.3 and §12). Only the fields named here are kept.
 */

/** The member's text fields that are kept, by WeCom's names; custom fields come on top. */
const textFields = [
  'name',
  'english_name',
  'alias',
  'email',
  'biz_mail',
  'mobile',
  'telephone',
  'position',
  'external_position',
  'avatar',
  'thumb_avatar',
  'address',
] as const

const strictText = z.unknown().transform((value, context) => {
  const text = textOf(value) ?? ''
  if (text === '') context.addIssue({ code: 'custom', message: 'a text' })
  return text
})
const strictNumber = z.unknown().transform((value, context) => {
  const number = numberOf(value)
  if (number === undefined) context.addIssue({ code: 'custom', message: 'a whole number' })
  return number ?? z.NEVER
})

const envelope = z.object({ errcode: strictNumber.default(0), errmsg: z.string().catch('') })
const token = z.object({ access_token: strictText })
const department = z.looseObject({ id: strictNumber })
const departmentList = z.object({ department: z.array(department) })
/** The array is called `department_id` here (wecom-api.md §3.2). */
const departmentIds = z.object({ department_id: z.array(z.object({ id: strictNumber })) })
const member = z.looseObject({ userid: strictText })
const memberList = z.object({ userlist: z.array(member) })

/** Keys are missing where the range has none of the kind (wecom-api.md §11.10); without any it is no range. */
const agent = z
  .object({
    close: strictNumber.default(0),
    allow_userinfos: z.object({ user: z.array(z.object({ userid: strictText })).default([]) }).optional(),
    allow_partys: z.object({ partyid: z.array(strictNumber).default([]) }).optional(),
    allow_tags: z.object({ tagid: z.array(strictNumber).default([]) }).optional(),
  })
  .refine(
    ({ allow_userinfos: people, allow_partys: departments, allow_tags: tags }) =>
      (people ?? departments ?? tags) !== undefined,
    { path: ['allow_userinfos'] },
  )
const tag = z
  .object({
    userlist: z.array(z.object({ userid: strictText })).optional(),
    partylist: z.array(strictNumber).optional(),
  })
  .refine(({ userlist, partylist }) => (userlist ?? partylist) !== undefined, { path: ['userlist'] })

/** The last page has an empty cursor, none, or `null` (wecom-api.md §4.1). */
const useridPage = z.object({
  dept_user: z.array(z.object({ userid: strictText })),
  next_cursor: z
    .unknown()
    .optional()
    .transform((value) => textOf(value) ?? ''),
})

/**
 * A page of `user/list_id`: a row for each person and department.
 *
 * @returns an empty cursor behind the last page.
 * @throws Failure `bad-reply`.
 */
export function useridsOf(body: unknown): { readonly userids: readonly string[]; readonly cursor: string } {
  const { dept_user: rows, next_cursor: cursor } = parsed(useridPage, body, 'user/list_id')
  return { userids: rows.map(({ userid }) => userid), cursor }
}

/**
 * Success or error of any answer: an absent `errcode` is a success (path/90664).
 *
 * @throws Failure `bad-reply`.
 */
export function envelopeOf(body: unknown, call: string): { errcode: number; errmsg: string } {
  return parsed(envelope, body, call)
}

/**
 * The token of a `gettoken` answer.
 *
 * @throws Failure `bad-reply`.
 */
export function tokenOf(body: unknown): string {
  return parsed(token, body, 'gettoken').access_token
}

/**
 * The departments of a `department/list` answer.
 *
 * @throws Failure `bad-reply`; a missing list is not an empty one.
 */
export function departmentsOf(body: unknown): readonly Department[] {
  return parsed(departmentList, body, 'department/list').department.map(toDepartment)
}

/**
 * The ids of a `department/simplelist` answer.
 *
 * @throws Failure `bad-reply`.
 */
export function departmentIdsOf(body: unknown): readonly number[] {
  return parsed(departmentIds, body, 'department/simplelist').department_id.map(({ id }) => id)
}

/**
 * The people of a `user/list` answer.
 *
 * @throws Failure `bad-reply`; somebody without a userid could be anybody.
 */
export function membersOf(body: unknown): readonly Member[] {
  return parsed(memberList, body, 'user/list').userlist.map(toMember)
}

/**
 * The person of a `user/get` answer: the fields stand next to the `errcode`.
 *
 * @throws Failure `bad-reply`.
 */
export function memberOf(body: unknown): Member {
  return toMember(parsed(member, body, 'user/get'))
}

/** People and departments that a visible range or a tag names. */
export type Named = { readonly userids: readonly string[]; readonly departments: readonly number[] }

/**
 * The visible range of an `agent/get` answer.
 *
 * @throws Failure `bad-reply`.
 */
export function agentOf(
  body: unknown,
): Named & { readonly tags: readonly number[]; readonly disabled: boolean } {
  const { close, ...range } = parsed(agent, body, 'agent/get')
  return {
    userids: range.allow_userinfos?.user.map(({ userid }) => userid) ?? [],
    departments: range.allow_partys?.partyid ?? [],
    tags: range.allow_tags?.tagid ?? [],
    disabled: close !== 0,
  }
}

/**
 * Who and what a tag holds, from a `tag/get` answer.
 *
 * @throws Failure `bad-reply`.
 */
export function tagOf(body: unknown): Named {
  const { userlist = [], partylist = [] } = parsed(tag, body, 'tag/get')
  return { userids: userlist.map(({ userid }) => userid), departments: partylist }
}

/** `name_en` where the token may not see the name; a `parentid` of 0 is the root's. */
function toDepartment(sent: z.output<typeof department>): Department {
  const name = textOf(sent['name']) ?? ''
  const parent = numberOf(sent['parentid']) ?? 0
  return {
    id: sent.id,
    name: name === '' ? (textOf(sent['name_en']) ?? '') : name,
    ...(parent !== 0 && { parent }),
  }
}

function toMember(sent: z.output<typeof member>): Member {
  // 0 when the app may not see it (path/90196).
  const mainDepartment = numberOf(sent['main_department']) ?? 0
  // One flag for each department; old servers have one in all (wecom-api.md §4.3).
  const headships = numbersOf(sent['is_leader_in_dept'] ?? [sent['isleader']])
  const status = numberOf(sent['status'])
  const enable = numberOf(sent['enable'])
  return {
    userid: sent.userid,
    departments: numbersOf(sent['department']),
    ...(mainDepartment !== 0 && { mainDepartment }),
    ...(headships.includes(1) && { isHead: true }),
    ...(status !== undefined && { status }),
    ...(enable !== undefined && { enable }),
    fields: fieldsOf(sent),
  }
}

function fieldsOf(sent: z.output<typeof member>): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const field of textFields) {
    const value = textOf(sent[field])
    if (value !== undefined) fields[field] = value
  }
  const gender = textOf(sent['gender'])
  if (gender !== undefined && /^\d*$/.test(gender)) fields['gender'] = gender
  for (const [name, value] of attributesOf(sent['extattr'])) fields[`extattr.${name}`] ??= value
  return fields
}

function parsed<Schema extends z.ZodType>(schema: Schema, body: unknown, call: string): z.output<Schema> {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  // The path names the place and never the value, which may be personal.
  const place = result.error.issues[0]?.path.join('.') ?? ''
  throw new Failure({ code: 'bad-reply', service: 'WeCom', call, detail: place === '' ? 'body' : place })
}

/** Numbers too: an employee number may come as one. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim()
  return typeof value === 'number' ? String(value) : undefined
}

function numberOf(value: unknown): number | undefined {
  const text = textOf(value) ?? ''
  return /^-?\d+$/.test(text) ? Number(text) : undefined
}

function numbersOf(value: unknown): readonly number[] {
  return listOf(value)
    .map(numberOf)
    .filter((number) => number !== undefined)
}

/**
 * Names and values of custom fields: `{name, text: {value}}`, `{name, web: {url}}`, and `{name, value}` of old
 * and private servers. Other kinds have no text.
 */
function attributesOf(value: unknown): readonly (readonly [name: string, value: string])[] {
  return listOf(partOf(value, 'attrs')).flatMap((attribute) => {
    const type = partOf(attribute, 'type')
    if (type !== undefined && numberOf(type) !== 0 && numberOf(type) !== 1) return []
    const name = textOf(partOf(attribute, 'name')) ?? ''
    const text =
      textOf(partOf(partOf(attribute, 'text'), 'value')) ??
      textOf(partOf(partOf(attribute, 'web'), 'url')) ??
      textOf(partOf(attribute, 'value'))
    return name === '' || text === undefined ? [] : [[name, text] as const]
  })
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function partOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}
