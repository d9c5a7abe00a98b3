import { startCasdoor, type CasdoorSandbox, type CasdoorUser } from '../../sandbox/casdoor/server.ts'
import { makeCompany, type Company } from '../../sandbox/company.ts'
import { disable, join, leave, promote } from '../../sandbox/day.ts'
import type { Sight } from '../../sandbox/outside.ts'
import { startWecom, type WecomSandbox } from '../../sandbox/wecom/server.ts'
import { casdoorTarget } from '../../src/casdoor/target.ts'
import type { Result } from '../../src/model/run.ts'
import { sync } from '../../src/sync.ts'
import { wecomSource } from '../../src/wecom/source.ts'
import { aPolicy } from '../make.ts'
import { organization, settingsFor as casdoorSettings, stored } from './casdoor/start.ts'
import { settingsFor as wecomSettings } from './wecom/start.ts'

/*
 * One morning of a company of 40 people in 8 departments that is imported already: somebody left, somebody was
 * disabled, somebody joined, somebody was promoted.
 */

export const leaver = 'leaver'
export const disabled = 'disabled'

/** The company before and after that day; every department has more people than a run may remove unasked. */
export function aDay(): { readonly before: Company; readonly after: Company; readonly joiner: string } {
  const before = makeCompany({ people: 40, departments: 8 })
  const ids = before.departments.map(({ id }) => id)
  for (const [index, person] of before.people.entries()) {
    const department = ids[index % ids.length] ?? 1
    Object.assign(person, { departments: [department], mainDepartment: department, leads: [] })
  }
  // From the first department, and no odd ones.
  const [, one, two, three] = before.people.filter(({ departments }) => departments[0] === ids[0])
  if (one === undefined || two === undefined || three === undefined) throw new Error('too few people')
  Object.assign(one, { userid: leaver, status: 1 })
  Object.assign(two, { userid: disabled, status: 1 })
  Object.assign(three, { status: 1 })
  const after = structuredClone(before)
  leave(after, leaver)
  disable(after, disabled)
  promote(after, three.userid)
  const { userid: joiner } = join(after, ids.at(-1) ?? 1)
  return { before, after, joiner }
}

/** Both servers, and the agent id where the app sees people one by one. */
export type Morning = {
  readonly wecom: WecomSandbox
  readonly casdoor: CasdoorSandbox
  readonly agentId?: string
}

/** What WeCom shows of a company: its departments, or people one by one too. */
export type Shown = { readonly company: Company } | Sight

/** Long enough for an answer of a busy machine. */
const timeout = 400

/** WeCom shows this, Casdoor holds these accounts; closed when `work` is done. */
export async function during<Done>(
  shown: Shown,
  accounts: readonly Partial<CasdoorUser>[],
  work: (morning: Morning) => Promise<Done>,
): Promise<Done> {
  const wecom = await startWecom({ ...shown, company: structuredClone(shown.company) })
  const casdoor = await startCasdoor()
  casdoor.seed(organization, structuredClone(accounts))
  try {
    return await work({ wecom, casdoor, ...('tags' in shown && { agentId: '1000002' }) })
  } finally {
    await Promise.all([wecom.close(), casdoor.close()])
  }
}

/** One run of the pipeline with the real worlds, on a clock that does not wait. */
export async function run({ wecom, casdoor, agentId }: Morning): Promise<Result> {
  const source = wecomSource(wecomSettings(wecom, { timeout, ...(agentId !== undefined && { agentId }) }))
  const { clientSecret } = casdoor
  return sync({
    source,
    ...casdoorTarget(casdoorSettings(casdoor, { timeout, clientSecret })),
    policy: aPolicy(),
  })
}

/** Who may not sign in, by userid. */
export function shutOut({ casdoor }: Morning): readonly string[] {
  return casdoor
    .users(organization)
    .filter(({ isForbidden, isDeleted }) => isForbidden || isDeleted)
    .map(({ name }) => name)
}

/** What Casdoor holds, to be compared; ids that it makes up itself are left away. */
export function endState({ casdoor }: Morning): string {
  return JSON.stringify(stored(casdoor), undefined, 1)
}

/** The rows as another Casdoor may be given them. */
export function rowsOf({ casdoor }: Morning): readonly Partial<CasdoorUser>[] {
  return casdoor.users(organization).map((row) => structuredClone({ ...row }))
}
