import type { Member, Policy, Status } from './model.ts'

/**
 * What became of a member (specification 5.2). WeCom's `status`: 1 activated, 2 disabled, 4 not activated,
 * 5 left (developer.work.weixin.qq.com/document/path/90196). An absent `enable` is not 0: new apps never get it.
 */
export function statusOf(member: Pick<Member, 'status' | 'enable'>): Status {
  if (member.enable === 0) return 'disabled'
  switch (member.status) {
    case 1:
      return 'active'
    case 2:
      return 'disabled'
    case 4:
      return 'not-activated'
    case 5:
      return 'left'
    default:
      return 'unknown'
  }
}

/** Should an account of this status be forbidden? `undefined`: nobody knows, leave it as it is. */
export function forbiddenBy(status: Status, policy: Pick<Policy, 'notActivated'>): boolean | undefined {
  switch (status) {
    case 'active':
      return false
    case 'disabled':
    case 'left':
      return true
    case 'not-activated':
      return policy.notActivated === 'forbid'
    case 'unknown':
      return undefined
  }
}
