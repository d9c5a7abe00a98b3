import { Failure, type Problem } from '../model/problem.ts'
import { defaultMapping } from '../model/mapping.ts'
import type { PersonalData, Run } from '../model/run.ts'
import type { Policy } from '../model/policy.ts'
import { inputOf, type Environment } from './environment.ts'
import { Values } from './values.ts'

/** Everything the workflow asks for, checked as a whole. Defaults stand in `action.yml` alone. */
export type Inputs = {
  readonly source: WecomInputs | SnapshotInputs
  readonly target: CasdoorInputs | SnapshotTarget
  readonly mode: 'sync' | 'plan' | 'check'
  readonly policy: Policy
  /** `auto` is decided by who can see the repository. */
  readonly personalData: PersonalData | 'auto'
  readonly language: 'en' | 'zh'
  /** Requests in flight to one service. */
  readonly concurrency: number
  /** `""` when there is none. */
  readonly githubToken: string
  /** What is accepted, but should be known. */
  readonly warnings: readonly Problem[]
}

export type WecomInputs = {
  readonly kind: 'wecom'
  readonly corpId: string
  readonly secret: string
  /** Of 通讯录同步; absent: leavers are not confirmed. */
  readonly contactsSecret?: string
  /** Of the app; absent: people and tags that are visible one by one are not read. */
  readonly agentId?: string
  readonly apiUrl: URL
  /** For the WeCom calls alone, credentials in it. */
  readonly proxy?: URL
}

export type CasdoorInputs = {
  readonly kind: 'casdoor'
  /** Base URL; a path prefix is kept. */
  readonly endpoint: URL
  readonly clientId: string
  readonly clientSecret: string
  readonly organization: string
  /** Absent: the organization's default application. */
  readonly application?: string
}

export type SnapshotInputs = {
  readonly kind: 'snapshot'
  /** Relative to the workspace or the repository, with `/`; a directory ends in one. */
  readonly path: string
}

export type SnapshotTarget = SnapshotInputs & { readonly delivery: DeliveryInputs }

/** How a changed snapshot gets into the repository; texts that are empty are chosen by the language. */
export type DeliveryInputs =
  | { readonly kind: 'file' }
  | { readonly kind: 'commit'; readonly branch: string; readonly message: string }
  | {
      readonly kind: 'pull-request'
      /** That the pull request goes to. */
      readonly branch: string
      readonly message: string
      readonly title: string
      readonly labels: readonly string[]
      /** Logins, and teams as `org/team`. */
      readonly reviewers: readonly string[]
    }

/**
 * Reads and checks all inputs. What the flow does not need is not looked at.
 *
 * @throws Failure with every `InputProblem` there is, in the order of `action.yml`; none of them holds a secret.
 */
export function readInputs(environment: Environment): Inputs {
  const values = new Values(environment)
  const from = values.word('from', ['wecom', 'snapshot'])
  const to = values.word('to', ['casdoor', 'snapshot'])
  if (from === 'snapshot' && to === 'snapshot') values.problems.push({ code: 'input-snapshot-to-snapshot' })
  const mode = values.choice('mode', ['sync', 'plan', 'check'])
  const syncer = values.formed('syncer-name', 'syncer-name', /^(?=.{1,30}$)[a-z0-9]+(-[a-z0-9]+)*$/)
  const wecom = from === 'wecom' ? wecomOf(values) : undefined
  const casdoor = to === 'casdoor' ? casdoorOf(values) : undefined
  const snapshot: SnapshotInputs = {
    kind: 'snapshot',
    path: from === 'snapshot' || to === 'snapshot' ? values.place('snapshot-path') : '',
  }
  const delivery: DeliveryInputs = to === 'snapshot' ? deliveryOf(values) : { kind: 'file' }
  const inputs = {
    source: wecom ?? snapshot,
    target: casdoor ?? { ...snapshot, delivery },
    mode,
    policy: {
      ...policyOf(values, { syncer, from }),
      // A snapshot lists the departments in any case.
      ...(casdoor === undefined && { groups: 'none' as const }),
      review: delivery.kind === 'pull-request',
    },
    personalData: values.choice('personal-data', ['auto', 'full', 'masked', 'hidden']),
    language: values.choice('language', ['en', 'zh']),
    concurrency: values.concurrency('concurrency'),
    githubToken: values.text('github-token'),
    warnings: casdoor === undefined ? [] : warningsAbout(casdoor),
  }
  if (values.problems.length > 0) throw new Failure(...values.problems)
  return inputs
}

/** The language to report in, before anything is known to be right. */
export function languageOf(environment: Environment): Inputs['language'] {
  return inputOf(environment, 'language') === 'zh' ? 'zh' : 'en'
}

/** From where to where the workflow wants to go, before anything is known to be right. */
export function endsAsked(environment: Environment): Pick<Run, 'source' | 'target'> {
  const isTo = inputOf(environment, 'to') === 'snapshot'
  return {
    source: { kind: inputOf(environment, 'from') === 'snapshot' ? 'snapshot' : 'wecom' },
    target: isTo
      ? { kind: 'snapshot', path: inputOf(environment, 'snapshot-path') }
      : { kind: 'casdoor', organization: inputOf(environment, 'casdoor-organization') },
  }
}

function wecomOf(values: Values): WecomInputs {
  const corpId = values.formed('wecom-corp-id', 'corp-id', /^(?=.*[A-Za-z])[A-Za-z0-9_-]{3,64}$/)
  const secret = values.secret('wecom-corp-secret')
  const contactsSecret = values.text('wecom-contacts-secret')
  const agentId = values.optional('wecom-agent-id', 'agent-id', /^\d{1,10}$/)
  const apiUrl = values.baseUrl('wecom-api-url', 'wecom-url')
  if (isPlain(apiUrl)) values.problems.push({ code: 'input-http', input: 'wecom-api-url' })
  const proxy = values.proxy('wecom-proxy')
  return {
    kind: 'wecom',
    corpId,
    secret,
    apiUrl,
    ...(contactsSecret !== '' && { contactsSecret }),
    ...(agentId !== undefined && { agentId }),
    ...(proxy !== undefined && { proxy }),
  }
}

function casdoorOf(values: Values): CasdoorInputs {
  const endpoint = values.baseUrl('casdoor-endpoint', 'casdoor-url')
  const clientId = values.required('casdoor-client-id')
  const clientSecret = values.secret('casdoor-client-secret')
  const organization = values.formed('casdoor-organization', 'organization', /^[^\s/?:#&%=+;]+$/)
  if (organization === 'built-in') values.problems.push({ code: 'input-built-in' })
  const application = values.text('casdoor-application')
  return {
    kind: 'casdoor',
    endpoint,
    clientId,
    clientSecret,
    organization,
    ...(application !== '' && { application }),
  }
}

function deliveryOf(values: Values): DeliveryInputs {
  const kind = values.choice('snapshot-delivery', ['commit', 'pull-request', 'file'])
  if (kind === 'file') return { kind }
  const branch = values.branch('snapshot-branch')
  const message = values.text('commit-message')
  if (kind === 'commit') {
    values.required('github-token')
    return { kind, branch, message }
  }
  const title = values.line('pull-request-title')
  const labels = values.list('pull-request-labels')
  const reviewers = values.reviewers('pull-request-reviewers')
  values.required('github-token')
  return { kind, branch, message, title, labels, reviewers }
}

function policyOf(
  values: Values,
  { syncer, from }: { readonly syncer: string; readonly from: 'wecom' | 'snapshot' | undefined },
): Omit<Policy, 'review'> {
  // A snapshot was filled when it was made.
  const mapping = from === 'snapshot' ? defaultMapping : values.mapping('mapping')
  const matchBy = values.words('match-by', ['name', 'email', 'phone'])
  const groups = values.choice('groups', ['none', 'departments'])
  const notActivated = values.choice('not-activated', ['forbid', 'allow'])
  const leavers = values.choice('leavers', ['forbid', 'keep', 'delete'])
  const emptyValues = values.choice('empty-values', ['keep', 'clear'])
  const restore = values.choice('restore', ['own', 'all'])
  const countryCode = values.country('country-code')
  const removalLimit = values.limits('removal-limit')
  const approve = values.digest('approve')
  const protectedUsers = new Set(values.list('protected-users').map((name) => name.toLowerCase()))
  return {
    syncer,
    notActivated,
    leavers,
    groups,
    emptyValues,
    restore,
    removalLimit,
    ...(approve !== undefined && { approve }),
    protectedUsers,
    countryCode,
    mapping,
    matchBy,
  }
}

function warningsAbout({ endpoint }: CasdoorInputs): readonly Problem[] {
  return isPlain(endpoint) ? [{ code: 'casdoor-plain-http', endpoint: endpoint.href }] : []
}

/** Would secrets travel in the clear? Not on this machine. */
function isPlain({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && !/^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname)
}
