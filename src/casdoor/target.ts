import { Failure } from '../model/problem.ts'
import { heldFields } from '../model/mapping.ts'
import { found, type Check, type Checker, type Finding } from '../model/check.ts'
import type { Reader, Reading, Writer } from '../model/ports.ts'
import type { WantedUser } from '../model/people.ts'
import { isOwned, readAccounts, refuseOtherCorp } from './accounts.ts'
import { CasdoorClient, type CasdoorSettings } from './client.ts'
import { abandonedGroups, readGroups } from './groups.ts'
import { preflight } from './preflight.ts'
import { casdoorWriter, type Known } from './writer.ts'

export type { CasdoorSettings } from './client.ts'

/** A Casdoor organization as target. */
export function casdoorTarget(settings: CasdoorSettings): {
  readonly reader: Reader<Known>
  readonly writer: Writer<Known>
  readonly checker: Checker
} {
  const client = new CasdoorClient(settings)
  const read = async (corpId: string, wanted: readonly WantedUser[]): Promise<Reading<Known>> => {
    const fields = [...new Set([...settings.fields, ...heldFields(wanted)])]
    const { checks, frozen, application } = await preflight(client, { ...settings, fields })
    const failures = checks.filter(({ mark }) => mark === 'fail').flatMap(({ problems }) => problems)
    if (failures.length > 0) throw new Failure(...failures)
    const [{ accounts, lowersNames }, groups] = await Promise.all([
      readAccounts(client, settings, fields),
      settings.groups === true ? readGroups(client, settings, corpId) : undefined,
    ])
    refuseOtherCorp(accounts, { organization: settings.organization, corpId })
    const byName = new Map(accounts.map((account) => [account.name, account]))
    const remarks = [
      ...checks.flatMap(({ problems }) => problems),
      ...(groups?.findings ?? abandonedGroups(accounts, settings)),
    ]
    return {
      current: { users: accounts, ...(groups && { groups: groups.groups }), lowersNames, frozen, remarks },
      basis: { corpId, accounts: byName, application, lowersNames },
    }
  }
  return {
    reader: { read },
    writer: casdoorWriter(client, settings),
    checker: { check: async () => check(client, settings) },
  }
}

/** The lines of `mode: check` about Casdoor: those of the preflight, and whose accounts and groups are there. */
async function check(client: CasdoorClient, settings: CasdoorSettings): Promise<readonly Check[]> {
  const { corpId } = settings
  const accounts = async (): Promise<Finding> => {
    const { accounts: all } = await readAccounts(client, settings)
    if (corpId !== undefined) refuseOtherCorp(all, { organization: settings.organization, corpId })
    const owned = all.filter(({ externalId }) => isOwned(externalId, corpId)).length
    return found({ code: 'accounts', accounts: all.length, owned })
  }
  const groups = async (): Promise<Finding> => {
    const { total, groups: own, findings } = await readGroups(client, settings, corpId)
    return found({ code: 'groups', groups: total, owned: own.departments.length }, findings)
  }
  const { checks } = await preflight(client, settings, [
    { name: 'casdoor-accounts', look: accounts },
    ...(settings.groups === true ? [{ name: 'casdoor-groups', look: groups } as const] : []),
  ])
  return checks
}
