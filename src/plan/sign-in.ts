import { uniqueFields, type UniqueField } from '../model/field.ts'
import { keyOf, personOf, type WantedUser } from '../model/people.ts'
import type { Remark } from '../model/plan.ts'

/**
 * People whose userid is somebody else's phone or e-mail: Casdoor looks for a user name, an e-mail and a phone in
 * turn (`object/user_util.go`), and so it lets one of the two sign in with it (S12).
 */
export function sharedSignIns(wanted: readonly WantedUser[]): readonly Remark[] {
  const people = new Map(wanted.map((user) => [keyOf(user.userid), user]))
  const sharers = (field: UniqueField): readonly Remark[] =>
    wanted.flatMap((holder) => {
      const user = people.get(keyOf(holder.fields[field] ?? ''))
      return user === undefined || user === holder ? [] : [remarkOn(user, field, holder)]
    })
  return uniqueFields.flatMap(sharers)
}

function remarkOn(user: WantedUser, field: UniqueField, { userid }: WantedUser): Remark {
  return { kind: 'noted', person: personOf(user), problem: { code: 'sign-in-shared', field, userid } }
}
