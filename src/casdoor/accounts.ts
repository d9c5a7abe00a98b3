import { Failure } from '../errors.ts'
import { keyOf, ownerPrefix, type CurrentUser } from '../model.ts'
import { nameOf } from '../name.ts'
import pLimit from 'p-limit'
import type { CasdoorClient, CasdoorSettings } from './client.ts'
import { pageOf } from './replies.ts'

/** One page costs a server what its rows cost; more than two at once gain nothing (casdoor-api.md §3.2). */
const pageSize = 1000
const pagesInFlight = 2

/** People sign up while a list is read, and pages shift: so often it is read again. */
const mostReadings = 3

/**
 * Every account of the organization: soft-deleted and forbidden ones included, each reduced at once to what is
 * kept. Sorted by name, since the default order loses rows.
 *
 * @throws Failure `casdoor-listing-unstable` when no reading was whole, or one of `CasdoorClient`.
 */
export async function readAccounts(
  client: CasdoorClient,
  { organization, onProgress }: Pick<CasdoorSettings, 'organization' | 'onProgress'>,
): Promise<readonly CurrentUser[]> {
  for (let reading = 1; ; reading++) {
    const { accounts, total } = await readPages(client, organization, (done, of) =>
      onProgress?.({ stage: 'accounts', done, total: of }),
    )
    if (accounts.size === total) return [...accounts.values()]
    if (reading === mostReadings) {
      throw new Failure({ code: 'casdoor-listing-unstable', seen: accounts.size, total })
    }
  }
}

/** Past the last page Casdoor sends the last page again: the pages are counted, never read until one is empty. */
async function readPages(
  client: CasdoorClient,
  organization: string,
  onPage: (done: number, total: number) => void,
): Promise<{ readonly accounts: ReadonlyMap<string, CurrentUser>; readonly total: number }> {
  const accounts = new Map<string, CurrentUser>()
  let total = 0
  const readPage = async (page: number): Promise<void> => {
    const query = { owner: organization, p: String(page), pageSize: String(pageSize) }
    const answer = await client.data('get-users', { ...query, sortField: 'name', sortOrder: 'ascend' })
    const read = pageOf(answer, organization)
    for (const account of read.accounts) accounts.set(account.name, account)
    total = read.total
    onPage(accounts.size, total)
  }
  await readPage(1)
  const pages = Math.ceil(total / pageSize)
  const rest = Array.from({ length: Math.max(0, pages - 1) }, (_, index) => index + 2)
  await pLimit(pagesInFlight).map(rest, readPage)
  return { accounts, total }
}

/**
 * Does the server store names in lower case (`isUsernameLowered`)? No API tells. An account that this syncer
 * made does: its id is the userid as it was spelt then, which gave it a name with capitals.
 */
export function lowersNames(accounts: readonly CurrentUser[], corpId: string): boolean {
  return accounts.some(({ externalId, id, name }) => {
    const sent = nameOf(id)
    return isOwned(externalId, corpId) && sent !== name && keyOf(sent) === name
  })
}

/** Does the external id mark a user of this corp's syncers, or without a corp of any? */
export function isOwned(externalId: string, corpId?: string): boolean {
  const prefix = corpId === undefined ? 'wecom:' : ownerPrefix(corpId)
  return externalId.toLowerCase().startsWith(prefix.toLowerCase())
}
