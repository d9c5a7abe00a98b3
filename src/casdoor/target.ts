import { Failure, problemsOf } from '../errors.ts'
import { heldFields } from '../mapping.ts'
import type { Check, Checker, Current, Reader, WantedUser, Writer } from '../model.ts'
import { isOwned, readAccounts } from './accounts.ts'
import { CasdoorClient, type CasdoorSettings } from './client.ts'
import { preflight } from './preflight.ts'
import { casdoorWriter, type Known } from './writer.ts'

export type { CasdoorSettings } from './client.ts'

/** A Casdoor organization as target. The writer works on what the reader has read. */
export function casdoorTarget(settings: CasdoorSettings): {
  readonly reader: Reader
  readonly writer: Writer
  readonly checker: Checker
} {
  const client = new CasdoorClient(settings)
  let known: Known | undefined
  const read = async (corpId: string, wanted: readonly WantedUser[]): Promise<Current> => {
    const fields = [...new Set([...settings.fields, ...heldFields(wanted)])]
    const { checks, frozen, application } = await preflight(client, { ...settings, fields })
    const failures = checks.filter(({ mark }) => mark === 'fail').flatMap(({ problems }) => problems)
    if (failures.length > 0) throw new Failure(...failures)
    const { accounts, lowersNames } = await readAccounts(client, settings, fields)
    const byName = new Map(accounts.map((account) => [account.name, account]))
    known = { corpId, accounts: byName, application, lowersNames }
    const remarks = checks.flatMap(({ problems }) => problems)
    return { users: accounts, lowersNames, frozen, remarks }
  }
  return {
    reader: { read },
    writer: casdoorWriter(client, settings, () => {
      if (known === undefined) throw new Error('nothing was read before writing')
      return known
    }),
    checker: { check: async () => check(client, settings) },
  }
}

/** The lines of `mode: check` about Casdoor: those of the preflight, and whose accounts are there. */
async function check(client: CasdoorClient, settings: CasdoorSettings): Promise<readonly Check[]> {
  const { checks } = await preflight(client, settings)
  const name = 'casdoor-accounts'
  if (checks.some(({ mark }) => mark === 'skip')) {
    return [...checks, { name, mark: 'skip', fact: { code: 'not-reached' }, problems: [] }]
  }
  try {
    const { accounts } = await readAccounts(client, settings)
    const owned = accounts.filter(({ externalId }) => isOwned(externalId, settings.corpId)).length
    const fact = { code: 'accounts', accounts: accounts.length, owned } as const
    return [...checks, { name, mark: 'pass', fact, problems: [] }]
  } catch (thrown) {
    return [...checks, { name, mark: 'fail', problems: problemsOf(thrown) }]
  }
}
