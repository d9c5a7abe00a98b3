import { casdoorTarget } from './casdoor/target.ts'
import { Github } from './github/api.ts'
import { branchStore, type CommitText } from './github/branch.ts'
import { deliveryChecker } from './github/check.ts'
import type { Environment } from './github/environment.ts'
import { Git } from './github/git.ts'
import type { DeliveryInputs, Inputs, SnapshotTarget } from './github/inputs.ts'
import { proposalStore } from './github/proposal.ts'
import { proxyFor } from './github/proxy.ts'
import { repositoryOf } from './github/repository.ts'
import { maskSecret } from './github/secrets.ts'
import { workspaceOf } from './github/workspace.ts'
import { agentFor } from './http/agent.ts'
import { clockUntil } from './http/clock.ts'
import type { Problem } from './model/problem.ts'
import { managedFields, readFields } from './model/mapping.ts'
import type { Checker } from './model/check.ts'
import type { OnProgress, Reader, Source, Stop, Store, Writer } from './model/ports.ts'
import { localStore } from './snapshot/files.ts'
import { snapshotSource } from './snapshot/source.ts'
import { snapshotTarget } from './snapshot/target.ts'
import { wecomChecker } from './wecom/check.ts'
import { wecomSource } from './wecom/source.ts'

export type Worlds = {
  readonly source: Source
  readonly reader: Reader
  readonly writer: Writer
  readonly checkers: readonly Checker[]
}

/** What the worlds have to say, in the words of the report. */
export type Messages = {
  readonly onProgress: OnProgress
  readonly commitText: CommitText
  /** A problem, as Markdown. */
  readonly explain: (problem: Problem) => string
}

/** Puts the worlds of a run together. A second source is one more folder and one more case here. */
export function buildWorlds(
  inputs: Inputs,
  environment: Environment,
  messages: Messages,
  stop: Stop,
): Worlds {
  const { source: from, target: to, policy, concurrency } = inputs
  const clock = clockUntil(stop.asked)
  const shared = { concurrency, clock, stop, onProgress: messages.onProgress, onSecret: maskSecret }
  const fields = managedFields(policy.mapping)
  const workspaceStore: Store = localStore(workspaceOf(environment))
  const [source, sourceChecker] = sourceOf()
  const target = targetOf()
  return { ...target, source, checkers: [sourceChecker, ...target.checkers] }

  function sourceOf(): readonly [Source, Checker] {
    if (from.kind === 'snapshot') {
      const snapshot = snapshotSource({ path: from.path, store: workspaceStore })
      return [snapshot, snapshot]
    }
    const { apiUrl } = from
    const proxy = proxyFor(apiUrl, from.proxy)
    const agent = agentFor(apiUrl, concurrency, proxy)
    const settings = { ...shared, ...from, agent, proxied: proxy !== undefined }
    const checker = wecomChecker({ ...settings, fields: readFields(policy.mapping) })
    return [wecomSource(settings), checker]
  }

  function targetOf(): Omit<Worlds, 'source'> {
    if (to.kind === 'snapshot') return snapshotWorld(to, from.kind === 'wecom' ? from.corpId : '')
    const agent = agentFor(to.endpoint, concurrency, proxyFor(to.endpoint))
    const corp = from.kind === 'wecom' ? { corpId: from.corpId } : {}
    const groups = policy.groups === 'departments'
    const settings = { ...shared, ...to, ...corp, agent, fields, groups, syncer: policy.syncer }
    const { checker, ...world } = casdoorTarget(settings)
    return { ...world, checkers: [checker] }
  }

  function snapshotWorld({ path, delivery }: SnapshotTarget, corpId: string): Omit<Worlds, 'source'> {
    const { store, checkers } =
      delivery.kind === 'file' ? { store: workspaceStore, checkers: [] } : repositoryStore(delivery)
    const { checker, ...world } = snapshotTarget({
      path,
      store,
      corpId,
      fields,
      syncer: policy.syncer,
      stop,
    })
    return { ...world, checkers: [checker, ...checkers] }
  }

  function repositoryStore(delivery: Exclude<DeliveryInputs, { readonly kind: 'file' }>): {
    readonly store: Store
    readonly checkers: readonly Checker[]
  } {
    const github = new Github({ token: inputs.githubToken, clock, stop, ...repositoryOf(environment) })
    const git = new Git(github, { concurrency })
    const { branch } = delivery
    const settings = { git, github, syncer: policy.syncer, ...messages }
    const store =
      delivery.kind === 'commit'
        ? branchStore(git, { branch, commitText: messages.commitText })
        : proposalStore({ ...settings, ...delivery, base: branch })
    return { store, checkers: [deliveryChecker({ ...settings, ...delivery })] }
  }
}
