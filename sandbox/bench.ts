import { applyTo } from '../src/model/apply.ts'
import { defaultMapping } from '../src/model/mapping.ts'
import type { Current, Directory, Row } from '../src/model/directory.ts'
import type { Policy } from '../src/model/policy.ts'
import type { Reader, Source, Writer } from '../src/model/ports.ts'
import { sync } from '../src/sync.ts'
import { startCasdoor } from './casdoor/server.ts'
import { makeCompany, type Company } from './company.ts'
import { runAction, type ActionEnd } from './runner.ts'
import { startWecom } from './wecom/server.ts'

/*
 * `npm run bench`: how long the bundle takes from start to exit, and the stages alone, against the servers of
 * the sandbox (specification 11). They share the machine, so read the figures as upper bounds.
 */

const policy: Policy = {
  syncer: 'wecom',
  notActivated: 'forbid',
  leavers: 'forbid',
  groups: 'none',
  emptyValues: 'keep',
  restore: 'own',
  removalLimit: [{ kind: 'percent', value: 5 }],
  protectedUsers: new Set(),
  countryCode: 'CN',
  mapping: defaultMapping,
  matchBy: [],
  review: false,
}

print(['what', 'goal', 'measured'])
print(['---', '---', '---'])
await bundle('start to exit, 1 person, nothing to do', '0.5 s', { people: 1, departments: 1 }, 0)
await bundle('10,000 people, 240 departments, nothing to do', '', { people: 10_000, departments: 240 }, 0)
await bundle('the same at 100 ms a WeCom call', '7 s', { people: 10_000, departments: 240 }, 100)
await stages(100_000, 10_000)

/** The bundle over both worlds: an import, then the run that counts. */
async function bundle(
  what: string,
  goal: string,
  size: { people: number; departments: number },
  latency: number,
): Promise<void> {
  const company = makeCompany(size)
  const [wecom, casdoor] = await Promise.all([startWecom({ company }), startCasdoor()])
  const inputs = {
    'wecom-api-url': wecom.url,
    'wecom-corp-id': company.corpId,
    'wecom-corp-secret': 'test-app-secret',
    'casdoor-endpoint': casdoor.url,
    'casdoor-client-id': casdoor.clientId,
    'casdoor-client-secret': casdoor.clientSecret,
    'casdoor-organization': 'acme',
  }
  try {
    await timed(() => runAction({ inputs }))
    wecom.latency = latency
    const before = { wecom: wecom.requests.length, casdoor: casdoor.requests.length }
    const runs = [await timed(() => runAction({ inputs })), await timed(() => runAction({ inputs }))]
    const requests = (wecom.requests.length - before.wecom + casdoor.requests.length - before.casdoor) / 2
    print([
      what,
      goal,
      `${Math.min(...runs.map(({ seconds }) => seconds)).toFixed(2)} s, ${requests} requests`,
    ])
  } finally {
    await Promise.all([wecom.close(), casdoor.close()])
  }
}

async function timed(run: () => Promise<ActionEnd>): Promise<{ readonly seconds: number }> {
  const start = performance.now()
  const { code, outputs, stdout } = await run()
  if (code !== 0) throw new Error(`${outputs['outcome']}: ${stdout.slice(-2000)}`)
  return { seconds: (performance.now() - start) / 1000 }
}

/** map … guard alone: so many people against as many accounts. */
async function stages(people: number, departments: number): Promise<void> {
  const directory = directoryOf(makeCompany({ people, departments }))
  const source: Source = { fetch: async () => Promise.resolve(directory) }
  let current: Current = { users: [], lowersNames: false, frozen: new Map(), remarks: [] }
  const reader: Reader = { read: async () => Promise.resolve({ current, basis: undefined }) }
  const writer: Writer = {
    write: async ({ decision: { allowed } }) => {
      current = { ...current, users: applyTo(current.users, allowed) }
      return Promise.resolve({ done: allowed, failed: [], remarks: [], changed: true })
    },
  }
  await sync({ source, reader, writer, policy })
  const start = performance.now()
  const { plan } = await sync({ source, reader, policy })
  const seconds = (performance.now() - start) / 1000
  const memory = Math.round(process.memoryUsage().rss / 1024 / 1024)
  const sizes = `${people.toLocaleString('en')} people against as many accounts, map … guard`
  print([sizes, '10 s', `${seconds.toFixed(2)} s, ${plan.changes.length} changes, ${memory} MiB resident`])
}

function directoryOf({ corpId, departments, people }: Company): Directory {
  const rows = people.flatMap(
    ({ userid, name, departments: ids, status, position = '', email = '' }): Row[] =>
      ids.map((department) => ({
        department,
        member: {
          userid,
          departments: ids,
          fields: { name, position, email },
          ...(status !== undefined && { status }),
        },
      })),
  )
  const shown = departments.map(({ id, name, parentid }) => ({ id, name, parent: parentid }))
  return { kind: 'members', corpId, departments: shown, rows, doubts: [], remarks: [] }
}

function print(cells: readonly string[]): void {
  process.stdout.write(`| ${cells.join(' | ')} |\n`)
}
