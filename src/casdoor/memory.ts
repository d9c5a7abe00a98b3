import { memory } from '../model/field.ts'
import { isRememberedStatus, type CurrentUser } from '../model/people.ts'

/*
 * What this syncer remembers of a person stands in `properties` of the account, which hold texts alone
 * (specification 6.3).
 */

/** What is remembered; what somebody else wrote there is no memory of ours. */
export function rememberedIn(
  properties: Readonly<Record<string, string>>,
): Pick<CurrentUser, 'status' | 'departments'> {
  const { [memory.status]: status = '', [memory.departments]: departments } = properties
  return {
    ...(isRememberedStatus(status) && { status }),
    ...(departments !== undefined && { departments: splitIds(departments) }),
  }
}

function splitIds(joined: string): readonly number[] {
  return joined
    .split(',')
    .filter((id) => /^\d+$/.test(id))
    .map(Number)
    .filter(Number.isSafeInteger)
}

/** Departments in the form in which they are remembered. */
export function joinIds(departments: readonly number[]): string {
  return departments.join(',')
}
