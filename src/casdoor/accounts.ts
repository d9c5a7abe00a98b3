import pLimit from 'p-limit'
import { Failure } from '../model/problem.ts'
import { propertyKeyOf } from '../model/mapping.ts'
import { ownerPrefix, type CurrentUser } from '../model/people.ts'
import { type FieldName } from '../model/field.ts'
import { nameOf } from '../model/account-name.ts'
import type { CasdoorClient, CasdoorSettings } from './client.ts'
import { accountOf, pageOf, registerType, type UserRow } from './replies.ts'

/** One page costs a server what its rows cost; more than two at once gain nothing (casdoor-api.md §3.2). */
const pageSize = 1000
const pagesInFlight = 2

/** People sign up while a list is read, and pages shift: so often it is read again. */
const mostReadings = 3

/** Every account of an organization, and what they show of the server. */
export type AccountReading = {
  readonly accounts: readonly CurrentUser[]
  /** The server stores names in lower case (`isUsernameLowered`); no API says so. */
  readonly lowersNames: boolean
}

/**
 * Every account of the organization: soft-deleted and forbidden ones included, each reduced at once to what is
 * kept. Sorted by name, since the default order loses rows.
 *
 * @param fields that are compared; of properties no others are kept.
 * @throws Failure `casdoor-listing-unstable` when no reading was whole, or one of `CasdoorClient`.
 */
export async function readAccounts(
  client: CasdoorClient,
  { organization, onProgress }: Pick<CasdoorSettings, 'organization' | 'onProgress'>,
  fields: readonly FieldName[] = [],
): Promise<AccountReading> {
  const keys = fields.flatMap((field) => propertyKeyOf(field) ?? [])
  for (let reading = 1; ; reading++) {
    const { accounts, totals, lowersNames } = await readPages(client, { organization, keys }, (done, total) =>
      onProgress?.({ stage: 'accounts', done, total }),
    )
    const [total = 0, ...others] = totals
    if (others.length === 0 && accounts.size === total)
      return { accounts: [...accounts.values()], lowersNames }
    if (reading === mostReadings) {
      throw new Failure({ code: 'casdoor-listing-unstable', seen: accounts.size, total })
    }
  }
}

type Pages = {
  readonly accounts: ReadonlyMap<string, CurrentUser>
  /** What the pages said of the number of all; several when accounts came or went meanwhile. */
  readonly totals: ReadonlySet<number>
  readonly lowersNames: boolean
}

/** Past the last page Casdoor sends the last page again: the pages are counted, never read until one is empty. */
async function readPages(
  client: CasdoorClient,
  { organization, keys }: { readonly organization: string; readonly keys: readonly string[] },
  onPage: (done: number, total: number) => void,
): Promise<Pages> {
  const accounts = new Map<string, CurrentUser>()
  const totals = new Set<number>()
  let lowersNames = false
  const readPage = async (page: number): Promise<number> => {
    const query = { owner: organization, p: String(page), pageSize: String(pageSize) }
    const answer = await client.data('get-users', { ...query, sortField: 'name', sortOrder: 'ascend' })
    const { rows, total } = pageOf(answer, organization)
    for (const row of rows) accounts.set(row.name, accountOf(row, keys))
    lowersNames ||= rows.some(isLowered)
    totals.add(total)
    onPage(accounts.size, total)
    return total
  }
  const pages = Math.ceil((await readPage(1)) / pageSize)
  const rest = Array.from({ length: Math.max(0, pages - 1) }, (_, index) => index + 2)
  await pLimit(pagesInFlight).map(rest, readPage)
  return { accounts, totals, lowersNames }
}

/** An account of our making keeps the userid as its id, spelt as it was when its name was made from it. */
function isLowered({ id, name, registerType: type }: UserRow): boolean {
  const sent = nameOf(id)
  return type === registerType && sent !== name && sent.toLowerCase() === name
}

/**
 * Refuses an organization whose accounts belong to another corp's syncer and none to this one: the corp id is
 * wrong, or the organization (S8).
 *
 * @throws Failure `casdoor-other-corp`.
 */
export function refuseOtherCorp(
  accounts: readonly CurrentUser[],
  { organization, corpId }: { readonly organization: string; readonly corpId: string },
): void {
  const corps = accounts.flatMap(({ externalId }) => /^wecom:([^:]+):/i.exec(externalId)?.[1] ?? [])
  const [other] = corps
  if (other === undefined || corps.some((corp) => corp.toLowerCase() === corpId.toLowerCase())) return
  throw new Failure({ code: 'casdoor-other-corp', organization, corpId: other, expected: corpId })
}

/** Does the external id mark a user of this corp's syncers, or without a corp of any? */
export function isOwned(externalId: string, corpId?: string): boolean {
  const prefix = corpId === undefined ? 'wecom:' : ownerPrefix(corpId)
  return externalId.toLowerCase().startsWith(prefix.toLowerCase())
}
