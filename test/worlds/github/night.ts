import type { GithubSandbox } from '../../../sandbox/github/server.ts'
import { branchStore } from '../../../src/github/branch.ts'
import type { Github } from '../../../src/github/api.ts'
import { Git } from '../../../src/github/git.ts'
import { proposalStore, type ProposalSettings } from '../../../src/github/proposal.ts'
import type { Member } from '../../../src/model/people.ts'
import type { Policy } from '../../../src/model/policy.ts'
import type { Result } from '../../../src/model/run.ts'
import type { Store } from '../../../src/model/ports.ts'
import { commitText } from '../../../src/report/commit-text.ts'
import { paragraph } from '../../../src/report/page.ts'
import { snapshotTarget } from '../../../src/snapshot/target.ts'
import { sync } from '../../../src/sync.ts'
import { textOf } from '../../../src/text/language.ts'
import { aDirectory, aMember, aPolicy, aRow, corpId } from '../../make.ts'
import { defaultFields } from '../snapshot/people.ts'
import { githubFor } from './desk.ts'

const options = { text: textOf('en'), level: 'full', runUrl: 'https://github.com/run' } as const

export const file = 'wecom-users.yaml'
export const branch = 'wecom-syncer/wecom'

export type Night = {
  readonly path?: string
  readonly policy?: Partial<Policy>
  readonly github?: Github
  readonly title?: string
} & Partial<Pick<ProposalSettings, 'labels' | 'reviewers'>>

/** Somebody who works there. */
export function worker(userid: string, position = '工程师'): Partial<Member> {
  return { userid, fields: { name: `名${userid}`, position } }
}

/** Who works there, by userids that are put apart by blanks. */
export function staff(userids: string): readonly Partial<Member>[] {
  return userids.split(' ').map((userid) => worker(userid))
}

/** Flow B by commit onto `main`. */
export async function commitNight(
  sandbox: GithubSandbox,
  members: readonly Partial<Member>[],
  night: Night = {},
): Promise<Result> {
  const { github = githubFor(sandbox) } = night
  const git = new Git(github, { concurrency: 4 })
  return nightOn(branchStore(git, { branch: 'main', commitText: textIn(night) }), members, night)
}

/** Flow B by pull request to `main`. */
export async function proposalNight(
  sandbox: GithubSandbox,
  members: readonly Partial<Member>[],
  night: Night = {},
): Promise<Result> {
  const { github = githubFor(sandbox), labels = [], reviewers = [] } = night
  const store = proposalStore({
    git: new Git(github, { concurrency: 4 }),
    github,
    base: 'main',
    syncer: 'wecom',
    labels,
    reviewers,
    commitText: textIn(night),
    explain: (problem) => paragraph(options, problem),
  })
  return nightOn(store, members, { ...night, policy: { review: true, ...night.policy } })
}

function textIn({ path = file, title = '' }: Night): ProposalSettings['commitText'] {
  const about = { source: { kind: 'wecom' }, target: { kind: 'snapshot', path } } as const
  return (planned) => commitText(about, planned, { message: '', title }, options)
}

async function nightOn(
  store: Store,
  members: readonly Partial<Member>[],
  { path = file, policy }: Night,
): Promise<Result> {
  const source = { fetch: async () => aDirectory(members.map((member) => aRow(aMember(member)))) }
  const target = snapshotTarget({ path, store, fields: defaultFields, corpId, syncer: 'wecom' })
  return sync({ source, reader: target.reader, writer: target.writer, policy: aPolicy(policy) })
}
