import type { Member, ShownStatus } from '../model/people.ts'
import type { Policy } from '../model/policy.ts'

/**
 * What became of a member (specification 5.2). WeCom's `status`: 1 activated, 2 disabled, 4 not activated,
 * 5 left (developer.work.weixin.qq.com/document/path/90196). An absent `enable` is not 0: new apps never get it.
 *
 * A status is why an account is forbidden, so under `not-activated: allow` nobody is `not-activated`: what a
 * hand forbids later must not look like our doing.
 */
export function statusOf(
  member: Pick<Member, 'status' | 'enable'>,
  policy: Pick<Policy, 'notActivated'>,
): ShownStatus {
  if (member.enable === 0) return 'disabled'
  switch (member.status) {
    case 1:
      return 'active'
    case 2:
      return 'disabled'
    case 4:
      return policy.notActivated === 'forbid' ? 'not-activated' : 'active'
    case 5:
      return 'quit'
    default:
      return 'unknown'
  }
}

/** Should an account of this status be forbidden? `undefined`: nobody knows, leave it as it is. */
export function forbiddenBy(status: ShownStatus): boolean | undefined {
  return status === 'unknown' ? undefined : status !== 'active'
}
