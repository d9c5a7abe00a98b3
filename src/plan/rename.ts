import { holderOf, personOf, type CurrentUser, type Person, type WantedUser } from '../model/people.ts'
import { type Remark } from '../model/plan.ts'

/**
 * Joiners and leavers of one run who share name and a department: WeCom lets a userid be changed once, and that
 * looks like this (specification 6.1). It is reported, never guessed.
 */
export function possibleRenames(
  joiners: readonly WantedUser[],
  leavers: readonly CurrentUser[],
): readonly Remark[] {
  const left = new Map(
    leavers.map(holderOf).flatMap((person) => traces(person).map((trace) => [trace, person])),
  )
  return joiners.map(personOf).flatMap((person) => {
    const twin = traces(person)
      .map((trace) => left.get(trace))
      .find((found) => found !== undefined)
    return twin === undefined
      ? []
      : [{ kind: 'noted', person, problem: { code: 'possible-rename', userid: twin.userid } }]
  })
}

function traces({ displayName, departments }: Person): readonly string[] {
  return departments.map((id) => `${id} ${displayName}`)
}
