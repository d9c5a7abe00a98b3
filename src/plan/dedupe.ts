import { byCodePoint, groupBy, type NonEmpty } from '../model/lists.ts'
import { byUserid, keyOf, personOf, type Member, type WantedUser } from '../model/people.ts'
import { uniqueFields, type Fields, type UniqueField } from '../model/field.ts'
import { type Remark } from '../model/plan.ts'
import { type Row } from '../model/directory.ts'

/**
 * Merges the rows of one person, who has one for each of their departments (specification 5.3). Departments are
 * united; every other value is the first known one in ascending order of the departments' lists.
 *
 * @returns one member for each userid (ignoring case), sorted by it.
 */
export function merge(rows: readonly Row[]): readonly Member[] {
  const members = rows.toSorted(byDepartment).map(inDepartment)
  return [...groupBy(members, ({ userid }) => keyOf(userid)).values()].map(united).toSorted(byUserid)
}

/**
 * Membership comes from the `department` array; only where WeCom sends none, from the list that was read. Who is
 * visible one by one may be in no department at all.
 */
function inDepartment({ department, member }: Row): Member {
  return member.departments.length > 0 || department === undefined
    ? member
    : { ...member, departments: [department] }
}

function united(members: NonEmpty<Member>): Member {
  const [first] = members
  const departments = [...new Set(members.flatMap((member) => member.departments))].toSorted((a, b) => a - b)
  if (members.length === 1) return { ...first, departments }
  const fields: Record<string, string> = {}
  for (const member of members) {
    for (const [field, value] of Object.entries(member.fields)) {
      if ((fields[field] ?? '') === '') fields[field] = value
    }
  }
  const merged = members.reduceRight((below, member) => ({ ...below, ...member }))
  return { ...merged, departments, fields }
}

/** Rows of no department come last. */
function byDepartment(a: Row, b: Row): number {
  const { department: ours = Number.MAX_VALUE } = a
  const { department: theirs = Number.MAX_VALUE } = b
  return ours - theirs || byCodePoint(a.member.userid, b.member.userid)
}

/** Wanted users of whom no two share an e-mail or a phone. */
export type Deduped = { readonly users: readonly WantedUser[]; readonly remarks: readonly Remark[] }

/**
 * Lets one person keep an e-mail or phone that several have: the first by userid. The others go on without it
 * and are reported (specification 5.3).
 */
export function dedupe(users: readonly WantedUser[]): Deduped {
  const holders: Record<UniqueField, Map<string, string>> = { email: new Map(), phone: new Map() }
  const remarks: Remark[] = []
  const unique = users.toSorted(byUserid).map((user) =>
    uniqueFields.reduce((rest, field) => {
      const claim = claimOf(user.fields, field)
      if (claim === undefined) return rest
      const holder = holders[field].get(claim)
      if (holder === undefined) {
        holders[field].set(claim, user.userid)
        return rest
      }
      remarks.push(sharedRemark(user, field, holder))
      return withoutField(rest, field)
    }, user),
  )
  return { users: unique, remarks }
}

/** Says that somebody goes on without a value that `holder`, a person or an account, has. */
export function sharedRemark(user: WantedUser, field: UniqueField, holder: string): Remark {
  return { kind: 'noted', person: personOf(user), problem: { code: 'value-shared', field, holder } }
}

/** The value of a unique field in the form in which two are compared; `undefined` when there is none. */
export function claimOf(fields: Fields, field: UniqueField): string | undefined {
  const value = fields[field]
  if (value === undefined || value === '') return undefined
  return field === 'email' ? value.toLowerCase() : `${fields.countryCode ?? ''} ${value}`
}

/** The user without a unique field; a phone goes with its region. */
export function withoutField(user: WantedUser, field: UniqueField): WantedUser {
  const { [field]: _, ...fields } = user.fields
  if (field === 'email') return { ...user, fields }
  const { countryCode: __, ...rest } = fields
  return { ...user, fields: rest }
}
