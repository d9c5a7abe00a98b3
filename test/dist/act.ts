import { afterAll, afterEach, expect } from 'vitest'
import { startCasdoor, type CasdoorOptions, type CasdoorSandbox } from '../../sandbox/casdoor/server.ts'
import { makeCompany, type Company } from '../../sandbox/company.ts'
import { runAction, type ActionEnd, type ActionRun } from '../../sandbox/runner.ts'
import { startWecom, type WecomOptions, type WecomSandbox } from '../../sandbox/wecom/server.ts'

/*
 * The bundle as the runner starts it, against the sandbox. Everything that any run of this ring prints is kept
 * and searched for what must never be in it.
 */

export const organization = 'acme'
export const appSecret = 'canary-app-secret-7f3a'
export const clientSecret = 'canary-client-secret-19bd'
export const contactsSecret = 'canary-contacts-secret-52ce'

const opened: { close(): Promise<void> }[] = []
const printed: { readonly text: string; readonly canaries: readonly string[] }[] = []

afterEach(async () => {
  await Promise.all(opened.splice(0).map(async (server) => server.close()))
})

afterAll(() => {
  for (const { text, canaries } of printed.splice(0)) {
    expect(canaries.filter((canary) => text.includes(canary))).toEqual([])
  }
})

export type Setting = {
  readonly company: Company
  readonly wecom: WecomSandbox
  readonly casdoor: CasdoorSandbox
  /** Runs the action with these inputs over those that reach both servers. */
  act(inputs?: Readonly<Record<string, string>>, more?: Omit<ActionRun, 'inputs'>): Promise<ActionEnd>
}

type Options = {
  readonly company?: Company
  readonly wecom?: Partial<WecomOptions>
  readonly casdoor?: CasdoorOptions
}

/** Both worlds, closed after the test. */
export async function set(options: Options = {}): Promise<Setting> {
  const company = options.company ?? makeCompany({ people: 40, departments: 8 })
  const wecom = await startWecom({ company, secret: appSecret, contactsSecret, ...options.wecom })
  const casdoor = await startCasdoor({ clientSecret, ...options.casdoor })
  opened.push(wecom, casdoor)
  const reach = {
    'wecom-api-url': wecom.url,
    'wecom-corp-id': company.corpId,
    'wecom-corp-secret': appSecret,
    'casdoor-endpoint': casdoor.url,
    'casdoor-client-id': casdoor.clientId,
    'casdoor-client-secret': clientSecret,
    'casdoor-organization': organization,
  }
  return {
    company,
    wecom,
    casdoor,
    act: async (inputs = {}, more = {}) => {
      const end = await runAction({ inputs: { ...reach, ...inputs }, ...more })
      const level = inputs['personal-data'] ?? 'auto'
      printed.push({ text: everything(end, level === 'full'), canaries: canariesOf(company, wecom, casdoor) })
      return end
    },
  }
}

/** Every byte a run wrote but the snapshot; reports that may show everything are left out too. */
function everything({ stdout, stderr, summary, planFile = '', outputs }: ActionEnd, isFull: boolean): string {
  // The runner is told what to mask; it never shows these lines.
  const shown = stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'))
  return [...shown, stderr, JSON.stringify(outputs), ...(isFull ? [] : [summary, planFile])].join('\n')
}

/** Secrets, tokens, phones and e-mails of a setting. */
function canariesOf(company: Company, wecom: WecomSandbox, casdoor: CasdoorSandbox): readonly string[] {
  const tokens = wecom.requests.map(({ query }) => query.get('access_token') ?? '')
  const cookies = casdoor.requests.map(({ headers }) => (headers.cookie ?? '').split('=')[1] ?? '')
  const userids = new Set(company.people.map(({ userid }) => userid.toLowerCase()))
  const contacts = company.people.flatMap(({ mobile = '', email = '', bizMail = '' }) => [
    mobile.replaceAll(/\D/g, '').slice(-11),
    // A userid may be an e-mail address, and people are named by it.
    ...[email, bizMail].filter((address) => !userids.has(address.toLowerCase())),
  ])
  const basic = Buffer.from(`${casdoor.clientId}:${clientSecret}`).toString('base64')
  const all = [appSecret, clientSecret, contactsSecret, basic, ...tokens, ...cookies, ...contacts]
  return [...new Set(all)].filter((canary) => canary.length >= 6)
}

/** The accounts of this syncer in Casdoor, by `wecom`. */
export function accountsOf(casdoor: CasdoorSandbox) {
  return new Map(casdoor.users(organization).map((user) => [user.wecom, user]))
}

/** Every account as it is now, with all its keys. */
export function storedIn(casdoor: CasdoorSandbox): unknown {
  return JSON.parse(JSON.stringify(casdoor.users(organization))) as unknown
}
