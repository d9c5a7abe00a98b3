import { z } from 'zod'
import type { Called } from '../http/failed-exchange.ts'
import { parsed } from '../http/parsed.ts'
import type { Department } from '../model/department.ts'
import type { Member } from '../model/people.ts'
import { knownId, knownIds, lenient, lenientList, text, whole, word } from './forms.ts'

/*
 * What WeCom sends, as it sends it: lenient where servers of different ages differ, strict where a guess could
 * remove somebody (wecom-api.md §4.3 and §12). Only the fields named here are kept.
 */

function calledAs(call: string, asked?: number): Called {
  return { service: 'WeCom', call, ...(asked !== undefined && { department: asked }) }
}

const envelope = z.object({ errcode: whole.default(0), errmsg: z.string().catch('') })
const token = z.object({ access_token: word })
/** `name_en` where the token may not see the name; a `parentid` of 0 is the root's. */
const department = z
  .object({ id: whole, name: lenient(text), name_en: lenient(text), parentid: knownId })
  .transform(({ id, name = '', name_en: english = '', parentid: parent }): Department => ({
    id,
    name: name === '' ? english : name,
    ...(parent === undefined ? { isUnplaced: true } : parent !== 0 && { parent }),
  }))
const departmentList = z.object({ department: z.array(department) })
/** The array is called `department_id` here (wecom-api.md §3.2). */
const departmentIds = z.object({ department_id: z.array(z.object({ id: whole })) })

/** The member's text fields that are kept, by WeCom's names; custom fields come on top. */
const texts = z.object({
  name: lenient(text),
  english_name: lenient(text),
  alias: lenient(text),
  email: lenient(text),
  biz_mail: lenient(text),
  mobile: lenient(text),
  telephone: lenient(text),
  position: lenient(text),
  external_position: lenient(text),
  avatar: lenient(text),
  thumb_avatar: lenient(text),
  address: lenient(text),
  gender: lenient(text.pipe(z.string().regex(/^\d*$/))),
})
const textNames = texts.keyof().options

/**
 * A custom field with its text: `{name, text: {value}}`, `{name, web: {url}}`, and `{name, value}` of old and private
 * servers. Other types have none.
 */
const attribute = z.object({
  type: whole.refine((type) => type === 0 || type === 1).optional(),
  name: word,
  text: lenient(z.object({ value: lenient(text) })),
  web: lenient(z.object({ url: lenient(text) })),
  value: lenient(text),
})

const memberRow = texts.extend({
  userid: word,
  department: knownIds,
  main_department: lenient(whole),
  /** One flag for each department; old servers have one in all (wecom-api.md §4.3). */
  is_leader_in_dept: lenientList(whole).nullish(),
  isleader: lenient(whole),
  status: lenient(whole),
  enable: lenient(whole),
  extattr: z.object({ attrs: lenientList(attribute) }).catch({ attrs: [] }),
})
const member = memberRow.transform((sent): Member => {
  // 0 when the app may not see it (path/90196).
  const mainDepartment = sent.main_department ?? 0
  const headships = sent.is_leader_in_dept ?? [sent.isleader]
  return {
    userid: sent.userid,
    departments: sent.department,
    ...(mainDepartment !== 0 && { mainDepartment }),
    ...(headships.includes(1) && { isHead: true }),
    ...(sent.status !== undefined && { status: sent.status }),
    ...(sent.enable !== undefined && { enable: sent.enable }),
    fields: fieldsOf(sent),
  }
})
const memberList = z.object({ userlist: z.array(member) })

/** Keys are missing where the range has none of the kind (wecom-api.md §11.10); without any it is no range. */
const agent = z
  .object({
    close: whole.default(0),
    allow_userinfos: z.object({ user: z.array(z.object({ userid: word })).default([]) }).optional(),
    allow_partys: z.object({ partyid: z.array(whole).default([]) }).optional(),
    allow_tags: z.object({ tagid: z.array(whole).default([]) }).optional(),
  })
  .refine(
    ({ allow_userinfos: people, allow_partys: departments, allow_tags: tags }) =>
      (people ?? departments ?? tags) !== undefined,
    { path: ['allow_userinfos'] },
  )
const tag = z
  .object({
    userlist: z.array(z.object({ userid: word })).optional(),
    partylist: z.array(whole).optional(),
  })
  .refine(({ userlist, partylist }) => (userlist ?? partylist) !== undefined, { path: ['userlist'] })

/** The last page has an empty cursor, none, or `null` (wecom-api.md §4.1). */
const useridPage = z.object({
  dept_user: z.array(z.object({ userid: word })),
  next_cursor: lenient(text),
})

/**
 * A page of `user/list_id`: a row for each person and department.
 *
 * @returns an empty cursor behind the last page.
 * @throws Failure `bad-reply`.
 */
export function useridsOf(body: unknown): { readonly userids: readonly string[]; readonly cursor: string } {
  const { dept_user: rows, next_cursor: cursor = '' } = parsed(useridPage, body, calledAs('user/list_id'))
  return { userids: rows.map(({ userid }) => userid), cursor }
}

/**
 * Success or error of any answer: an absent `errcode` is a success (path/90664).
 *
 * @throws Failure `bad-reply`.
 */
export function envelopeOf(body: unknown, call: string): { errcode: number; errmsg: string } {
  return parsed(envelope, body, calledAs(call))
}

/**
 * The token of a `gettoken` answer.
 *
 * @throws Failure `bad-reply`.
 */
export function tokenOf(body: unknown): string {
  return parsed(token, body, calledAs('gettoken')).access_token
}

/**
 * The departments of a `department/list` answer.
 *
 * @throws Failure `bad-reply`; a missing list is not an empty one.
 */
export function departmentsOf(body: unknown, asked?: number): readonly Department[] {
  return parsed(departmentList, body, calledAs('department/list', asked)).department
}

/**
 * The ids of a `department/simplelist` answer.
 *
 * @throws Failure `bad-reply`.
 */
export function departmentIdsOf(body: unknown): readonly number[] {
  return parsed(departmentIds, body, calledAs('department/simplelist')).department_id.map(({ id }) => id)
}

/**
 * The people of a `user/list` answer.
 *
 * @param asked the department that was asked for.
 * @throws Failure `bad-reply`; somebody without a userid could be anybody.
 */
export function membersOf(body: unknown, asked?: number): readonly Member[] {
  return parsed(memberList, body, calledAs('user/list', asked)).userlist
}

/**
 * The person of a `user/get` answer: the fields stand next to the `errcode`.
 *
 * @throws Failure `bad-reply`.
 */
export function memberOf(body: unknown): Member {
  return parsed(member, body, calledAs('user/get'))
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
  const { close, ...range } = parsed(agent, body, calledAs('agent/get'))
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
  const { userlist = [], partylist = [] } = parsed(tag, body, calledAs('tag/get'))
  return { userids: userlist.map(({ userid }) => userid), departments: partylist }
}

function fieldsOf(sent: z.output<typeof memberRow>): Member['fields'] {
  const fields: Record<string, string> = {}
  for (const field of textNames) {
    const value = sent[field]
    if (value !== undefined) fields[field] = value
  }
  for (const { name, text: plain, web, value } of sent.extattr.attrs) {
    const shown = plain?.value ?? web?.url ?? value
    if (shown !== undefined) fields[`extattr.${name}`] ??= shown
  }
  return fields
}
