import { Failure } from '../model/problem.ts'

/**
 * What an `errcode` asks of the client (specification 4.2).
 *
 * - `busy`: a passing fault on WeCom's side; soon again, at most 3 times.
 * - `maintenance`: the same, but it lasts.
 * - `crowded`: too many requests at once; fewer from now on.
 * - `token`: the token is spent; one new token, then again.
 * - `limit`: the rate limit's window must pass; nobody sends meanwhile.
 * - `data`: one id is unknown or not visible; whoever asked for it decides.
 * - `stop`: nothing but a person can fix it.
 */
export type ErrcodeClass = 'busy' | 'maintenance' | 'crowded' | 'token' | 'limit' | 'data' | 'stop'

/**
 * Every code that a reader of contacts can meet (wecom-api.md §6, from WeCom's page path/90313). 40001, 40013
 * and 40091 stay `stop`: repeated wrong secrets block the caller's address for an hour.
 */
const classes: Readonly<Record<number, ErrcodeClass>> = {
  [-1]: 'busy', // 系统繁忙
  6000: 'busy', // 数据版本冲突
  40001: 'stop', // 不合法的secret; also a stopped app
  40003: 'data', // 无效的UserID
  40013: 'stop', // 不合法的CorpID
  40014: 'token', // 不合法的access_token
  40056: 'stop', // 不合法的agentid
  40058: 'stop', // 不合法的参数
  40063: 'stop', // 参数为空
  40066: 'data', // 不合法的部门列表
  40068: 'data', // 不合法的标签ID
  40082: 'stop', // 不合法的suite_access_token
  40091: 'stop', // secret不合法
  40141: 'stop', // 企业账号异常
  41001: 'stop', // 缺少access_token
  41002: 'stop', // 缺少corpid
  41004: 'stop', // 缺少secret
  42001: 'token', // access_token已过期
  42009: 'stop', // suite_access_token已过期
  45009: 'limit', // 接口调用超过限制
  45029: 'stop', // 回包大小超过上限
  45031: 'stop', // 企业corpsecret不够安全，请重置
  45033: 'crowded', // 接口并发调用超过限制
  46004: 'data', // 指定的用户不存在
  48001: 'stop', // API功能未授权
  48002: 'stop', // API接口无权限调用
  48004: 'stop', // 授权关系无效
  48005: 'stop', // API接口已废弃
  48006: 'stop', // 接口权限被收回
  48008: 'stop', // 通讯录编辑授权只能调用部分通讯录接口
  48009: 'stop', // 不再允许通讯录同步助手从新增IP读取通讯录详情
  50002: 'data', // 成员不在权限范围
  50003: 'stop', // 应用已禁用
  50100: 'stop', // 分页查询的游标无效
  60003: 'data', // 部门ID不存在
  60011: 'data', // 指定的成员/部门/标签参数无权限
  60020: 'stop', // 不安全的访问IP
  60021: 'data', // userid不在应用可见范围内
  60031: 'stop', // 当前应用已禁止调用API
  60111: 'data', // UserID不存在
  60123: 'data', // 无效的部门id
  81011: 'stop', // 无权限操作标签
  81013: 'stop', // UserID、部门ID、标签ID全部非法或无权限
  81026: 'maintenance', // 系统维护状态，暂时无法调用
  301002: 'stop', // 无权限操作指定的应用
  301005: 'stop', // 不允许删除创建者
  301007: 'stop', // 企业不可用
  301021: 'data', // 参数userid无效
  301036: 'stop', // 不允许更新该用户的userid
  301042: 'stop', // ip白名单限制
  2000002: 'stop', // CorpId参数无效
}

/** The class of an `errcode`; one that is not in the table is nothing we know how to wait for. */
export function classOf(errcode: number): ErrcodeClass {
  return classes[errcode] ?? 'stop'
}

/** Does WeCom refuse the call, so that trying again changes nothing? */
export function refuses(errcode: number): boolean {
  const kind = classOf(errcode)
  return kind === 'stop' || kind === 'data'
}

/**
 * The answer to a call about one person, tag or department; `undefined` when WeCom does not show that one, so that
 * the others can be read.
 */
export async function ifShown<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await ask()
  } catch (thrown) {
    if (isAboutData(thrown)) return undefined
    throw thrown
  }
}

function isAboutData(thrown: unknown): boolean {
  const problem = thrown instanceof Failure ? thrown.problems[0] : undefined
  return problem?.code === 'wecom-errcode' && classOf(problem.errcode) === 'data'
}

/** The caller's address as WeCom saw it: error texts carry it, IPv4 or IPv6 (wecom-api.md §5.3). */
export function addressIn(errmsg: string): string | undefined {
  return /from ip:\s*([0-9a-fA-F.:]+)/.exec(errmsg)?.[1]
}
