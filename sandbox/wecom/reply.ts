import type { Answer } from '../server.ts'

/** Keys of an answer; without an `errcode` it is a success. */
export type Reply = { readonly errcode?: number; readonly errmsg?: string; readonly [key: string]: unknown }

/** Where every caller seems to come from: an address of the documentation range. */
const address = '203.0.113.7'

/** Texts of real answers (wecom-api.md §6 and §11.11); they may change, nobody should match them. */
const texts: Readonly<Record<number, string>> = {
  40001: 'invalid credential',
  40003: 'invalid userid',
  40013: 'invalid corpid',
  40014: 'invalid access_token',
  40056: 'invalid agentid',
  40058: 'invalid Request Parameter',
  40063: 'some parameters are empty',
  40068: 'invalid tagid',
  41001: 'access_token missing',
  41002: 'corpid missing',
  41004: 'corpsecret missing',
  42001: 'access_token expired',
  45009: 'api freq out of limit',
  45033: 'api concurrent out of limit',
  48002: 'api forbidden',
  48009: 'api forbidden for contact assistant',
  50100: 'invalid cursor',
  60003: 'department not found',
  60011: 'no privilege to access/modify contact/party/agent ',
  60020: 'not allow to access from your ip',
  60111: 'userid not found',
  301002: 'not allow operate another agent with this accesstoken',
}

/** The error text WeCom sends with a code. */
function typicalText(errcode: number): string {
  if (errcode === -1) return 'system error'
  const lookup = `https://open.work.weixin.qq.com/devtool/query?e=${errcode}`
  return `${texts[errcode] ?? 'error'}, hint: [1755000000000000000000001], from ip: ${address}, more info at ${lookup}`
}

/**
 * A reply on the wire. The HTTP status is 200 for every business error, and two headers repeat it
 * (wecom-api.md §8.1).
 */
export function replyTo({ errcode = 0, errmsg, ...data }: Reply): Answer {
  if (errcode === 0) return { body: { errcode, errmsg: errmsg ?? 'ok', ...data } }
  const text = errmsg ?? typicalText(errcode)
  const headers = { 'error-code': String(errcode), 'error-msg': text.replaceAll(/[^ -~]/g, '?') }
  return { headers, body: { errcode, errmsg: text, ...data } }
}
