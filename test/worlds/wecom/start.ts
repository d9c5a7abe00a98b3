import { inspect } from 'node:util'
import { afterEach } from 'vitest'
import type { Company } from '../../../sandbox/company.ts'
import { startWecom, type WecomOptions, type WecomSandbox } from '../../../sandbox/wecom/server.ts'
import { Failure, type Problem } from '../../../src/model/problem.ts'
import { agentFor } from '../../../src/http/agent.ts'
import type { Clock } from '../../../src/http/clock.ts'
import { defaultMapping, readFields } from '../../../src/model/mapping.ts'
import type { CheckSettings } from '../../../src/wecom/check.ts'

export const corpId = 'ww0123456789abcdef'
export const secret = 'test-app-secret'

/** Eight people in five departments; one in three of them, one in the root alone. */
export function aCompany(): Company {
  return {
    corpId,
    departments: [
      { id: 1, name: '青石科技', parentid: 0, order: 100_000_000 },
      { id: 2, name: '研发中心', nameEn: 'R&D', parentid: 1, order: 100_000_000 },
      { id: 3, name: '市场部', parentid: 1, order: 99_999_000 },
      { id: 21, name: '平台组', parentid: 2, order: 100_000_000 },
      { id: 22, name: '平台组', parentid: 3, order: 4_294_967_295 },
    ],
    people: [
      { userid: 'ChenMing', name: '陈明', departments: [2, 21], mainDepartment: 2, leads: [2], ...known },
      { userid: 'liu.yan', name: '刘燕', departments: [21, 3, 22], mainDepartment: 21, status: 1 },
      { userid: 'wangwei', name: '王伟', departments: [3], status: 4 },
      { userid: 'WangWei2', name: '王伟', departments: [22], status: 2 },
      { userid: 'zhao_q', name: '赵琪', departments: [3], status: 5, gender: 2 },
      { userid: 'sun.jie@example.com', name: '孙洁', departments: [3], status: 1, gender: '0', mobile: '' },
      { userid: '10086', name: '何岚', departments: [1], status: 1, extattr: legacy },
      { userid: 'li__si', name: '李四', departments: [21], status: 1 },
    ],
  }
}

const known = {
  position: '研发总监',
  mobile: '13800138000',
  gender: '1',
  email: 'chen.ming@example.com',
  avatar: 'http://avatar.example.com/ChenMing/0',
  status: 1,
}
const legacy = { attrs: [{ name: '工号', value: 'A0007' }] }

const open: WecomSandbox[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map(async (sandbox) => sandbox.close()))
})

/** A WeCom that is closed after the test. */
export async function start(options: Partial<WecomOptions> = {}): Promise<WecomSandbox> {
  const sandbox = await startWecom({ company: aCompany(), ...options })
  open.push(sandbox)
  return sandbox
}

/** A clock on which no time passes: it writes down what it is asked to sleep. */
export type TestClock = Clock & { readonly sleeps: number[] }

export function testClock(): TestClock {
  const sleeps: number[] = []
  const sleep = async (milliseconds: number) => {
    if (milliseconds > 0) sleeps.push(milliseconds)
    return Promise.resolve()
  }
  return { now: () => 0, random: () => 0.5, sleep, sleeps }
}

export function settingsFor(
  { url }: Pick<WecomSandbox, 'url'>,
  overrides: Partial<CheckSettings> = {},
): CheckSettings {
  const apiUrl = new URL(url)
  const agent = agentFor(apiUrl, 32)
  const settings = { corpId, secret, apiUrl, proxied: false, agent, concurrency: 8, clock: testClock() }
  return { ...settings, fields: readFields(defaultMapping), ...overrides }
}

/** What a promise was rejected with; it must be, by a `Failure` in which nothing is secret. */
export async function problemOf(promise: Promise<unknown>): Promise<Problem | undefined> {
  const { value, told } = await outcomeOf(promise)
  if (!(value instanceof Failure)) throw new Error(`not a Failure: ${told}`)
  for (const canary of canaries)
    if (told.includes(canary)) throw new Error(`a failure tells ${canary}: ${told}`)
  return value.problems[0]
}

/** What nobody may be told: the secret, the token, and any URL, since WeCom's have them in their queries. */
export const canaries = [secret, 'FAKE-token', 'access_token=', 'corpsecret=', 'http://']

/** What a promise came to, good or bad, and every word that is in it. */
export async function outcomeOf(promise: Promise<unknown>): Promise<{ value: unknown; told: string }> {
  const value = await promise.catch((thrown: unknown) => thrown)
  const stack = value instanceof Error ? String(value.stack) : ''
  return {
    value,
    told: `${inspect(value, { depth: null, showHidden: true })} ${JSON.stringify(value)} ${stack}`,
  }
}
