import { Failure, type Problem } from '../model/problem.ts'
import { found, inTurn, type Check, type Finding, type CheckStep } from '../model/check.ts'
import type { Current } from '../model/directory.ts'
import type { FrozenField } from '../model/field.ts'
import type { CasdoorClient, CasdoorSettings } from './client.ts'
import {
  applicationsOf,
  organizationOf,
  versionOf,
  wecomSyncersOf,
  type Envelope,
  type Organization,
} from './replies.ts'

/** What was found before anything is read or written. */
export type Preflight = {
  /** A line for each check, in order; those behind a failure are skipped where they depend on it. */
  readonly checks: readonly Check[]
  /** Fields the organization's account items let nobody change. */
  readonly frozen: Current['frozen']
  /** `signupApplication` of new users. */
  readonly application: string
}

/** Before it, an update wrote fields that were not asked for (casdoor-api.md §15). */
const oldest = [3, 50, 0] as const

/**
 * Looks at server and organization (specification 6.4): version, credentials, organization, application, another
 * writer, account items. Everything that can be looked at is.
 *
 * @param more to look at behind that.
 */
export async function preflight(
  client: CasdoorClient,
  settings: CasdoorSettings,
  more: readonly CheckStep[] = [],
): Promise<Preflight> {
  const { organization: name, endpoint } = settings
  let version: Envelope | undefined
  let organization: Organization | undefined
  let application = ''
  let frozen: Current['frozen'] = new Map()
  const steps: readonly CheckStep[] = [
    {
      name: 'casdoor-reachable',
      isGate: true,
      look: async () => {
        version = await client.get('get-version-info', {})
        return found({ code: 'ok' })
      },
    },
    { name: 'casdoor-version', look: () => versionFinding(version) },
    {
      name: 'casdoor-credentials',
      isGate: true,
      look: async () => {
        const answer = await client.get('get-organization', { id: `admin/${name}` })
        if (answer.status === 'error')
          throw new Failure({ code: 'casdoor-credentials', endpoint: endpoint.origin })
        organization = organizationOf(answer)
        return found({ code: 'ok' })
      },
    },
    {
      name: 'casdoor-organization',
      isGate: true,
      look: () => {
        if (organization !== undefined) return found({ code: 'organization', organization: name })
        throw new Failure({ code: 'casdoor-organization-missing', organization: name })
      },
    },
    {
      name: 'casdoor-application',
      look: async () => {
        application = await applicationOf(client, settings, organization?.defaultApplication ?? '')
        return found({ code: 'application', application })
      },
    },
    { name: 'casdoor-syncer', look: async () => competitors(client, name) },
    {
      name: 'casdoor-items',
      look: () => {
        frozen = frozenBy(organization?.accountItems ?? [], settings)
        return found({ code: 'ok' }, [...new Set(frozen.values())])
      },
    },
  ]
  return { checks: await inTurn([...steps, ...more]), frozen, application }
}

function versionFinding(answer: Envelope | undefined): Finding {
  const version = answer?.status === 'ok' ? versionOf(answer) : ''
  const [, ...numbers] = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version) ?? []
  if (numbers.length === 0) {
    return found({ code: 'version', version }, [{ code: 'casdoor-version-unknown', version }])
  }
  const difference = oldest.map((bound, index) => Number(numbers[index]) - bound).find((each) => each !== 0)
  if (difference !== undefined && difference < 0) throw new Failure({ code: 'casdoor-version-old', version })
  return found({ code: 'version', version })
}

/** What new people sign up with. An organization without an application takes nobody (casdoor-api.md §5.1). */
async function applicationOf(
  client: CasdoorClient,
  { organization, application }: CasdoorSettings,
  byDefault: string,
): Promise<string> {
  const call = 'get-organization-applications'
  const names = applicationsOf(await client.data(call, { owner: 'admin', organization }), call)
  const [first] = names
  if (first === undefined) throw new Failure({ code: 'casdoor-application-missing', organization })
  if (application === undefined) return names.includes(byDefault) ? byDefault : first
  const { data } = await client.data('get-application', { id: `admin/${application}` })
  if (data === null) throw new Failure({ code: 'casdoor-application-unknown', application })
  return application
}

/** Two writers on one organization undo each other. The answer can hold a WeCom secret: only names are kept. */
async function competitors(client: CasdoorClient, organization: string): Promise<Finding> {
  const syncers = wecomSyncersOf(await client.data('get-syncers', { owner: 'admin', organization }))
  const problems = syncers.map(
    (syncer) => ({ code: 'casdoor-competing-syncer', syncer, organization }) as const,
  )
  if (problems.length > 0) throw new Failure(...problems)
  return found({ code: 'ok' })
}

/** Names of account items by the field they rule (`object/user_util.go`). */
const items: ReadonlyMap<string, FrozenField> = new Map([
  ['Display name', 'displayName'],
  ['Email', 'email'],
  ['Phone', 'phone'],
  ['Country code', 'countryCode'],
  ['Avatar', 'avatar'],
  ['Title', 'title'],
  ['Gender', 'gender'],
  ['Affiliation', 'affiliation'],
  ['Tag', 'tag'],
  ['Location', 'location'],
  ['Bio', 'bio'],
  ['Homepage', 'homepage'],
  ['Is forbidden', 'isForbidden'],
  ['Properties', 'properties'],
  ['Groups', 'groups'],
])

/**
 * An item that may not be modified refuses administrators too, and so does one whose rule is none that Casdoor
 * knows; a regex refuses single values, whole updates with them (casdoor-api.md §6.4). Phone and region always
 * travel together. What the mapping does not fill is nobody's business, nor are groups where none are written.
 */
function frozenBy(
  accountItems: Organization['accountItems'],
  { fields, groups }: Pick<CasdoorSettings, 'fields' | 'groups'>,
): Current['frozen'] {
  const own = ['isForbidden', 'properties', ...(groups === true ? ['groups'] : [])]
  const managed = new Set<string>([...own, ...fields])
  const frozen = new Map<FrozenField, Problem>()
  for (const { name: item, modifyRule, regex } of accountItems) {
    const field = items.get(item)
    const isOpen = modifyRule === 'Self' || modifyRule === 'Admin'
    if (field === undefined || !managed.has(field) || (isOpen && regex === '')) continue
    const problem: Problem = isOpen
      ? { code: 'casdoor-item-regex', item, field }
      : { code: 'casdoor-item-immutable', item, field }
    const isPhone = field === 'phone' || field === 'countryCode'
    for (const each of isPhone ? (['phone', 'countryCode'] as const) : [field]) frozen.set(each, problem)
  }
  return frozen
}
