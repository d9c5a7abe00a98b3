import type { Answer } from '../server.ts'
import type { Operation } from './call.ts'
import { point } from './branches.ts'
import { readCommit, type CommitObject } from './commit.ts'
import { notFound, paged, Refused } from './reply.ts'
import { commitOf, filesOf, htmlUrl, nodeId, repositoryOf, repositoryUrl } from './show.ts'
import type { World } from './world.ts'

/*
 * The repository, its branches and refs: https://docs.github.com/rest/repos, /branches, /git/refs
 */

export const getRepository: Operation = ({ world }) => ({
  body: {
    ...repositoryOf(world),
    network_count: 0,
    subscribers_count: 0,
    // GitHub shows a user what they may do, but not a job or an app.
    permissions: {
      admin: false,
      maintain: false,
      push: world.byUser,
      triage: world.byUser,
      pull: world.byUser,
    },
  },
})

export const getBranch: Operation = async ({ world, parameters }) => {
  const { branch = '' } = parameters
  const commit = await readCommit(world.bare, `refs/heads/${branch}`)
  const renamed = world.renamed.get(branch)
  if (commit === undefined && renamed !== undefined)
    return movedTo(`${repositoryUrl(world)}/branches/${renamed}`)
  if (commit === undefined) throw new Refused(404, 'Branch not found')
  const self = `${repositoryUrl(world)}/branches/${branch}`
  const kind = world.protectedBranches.get(branch)
  const body = {
    name: branch,
    commit: commitOf(world, commit),
    _links: { self, html: `${htmlUrl(world)}/tree/${branch}` },
    protected: kind !== undefined,
    protection: {
      enabled: kind === 'protection',
      required_status_checks: { enforcement_level: 'off', contexts: [], checks: [] },
    },
    protection_url: `${self}/protection`,
  }
  return { body }
}

export const getBranchRules: Operation = ({ world, parameters, query, url }) => {
  const isRuled = world.protectedBranches.get(parameters['branch'] ?? '') === 'ruleset'
  const rule = {
    type: 'pull_request',
    ruleset_source_type: 'Repository',
    ruleset_source: world.repository,
    ruleset_id: 1,
    parameters: {
      required_approving_review_count: 1,
      dismiss_stale_reviews_on_push: false,
      require_code_owner_review: false,
      require_last_push_approval: false,
      required_review_thread_resolution: false,
      allowed_merge_methods: ['merge', 'squash', 'rebase'],
    },
  }
  const { items, headers } = paged({ url, query }, isRuled ? [rule] : [])
  return { headers, body: items }
}

export const compare: Operation = async ({ world, parameters, query, url }) => {
  const { bare } = world
  const { base: from = '', head: to = '' } = parameters
  const [base, head] = await Promise.all([commitNamed(world, from), commitNamed(world, to)])
  const start = await bare.mergeBase(base.id, head.id)
  // GitHub: "No common ancestor between …".
  if (start === undefined) throw new Refused(404, `No common ancestor between ${from} and ${to}.`)
  const ids = (await bare.git('rev-list', '--reverse', '--topo-order', `${base.id}..${head.id}`)).split('\n')
  const ahead = ids.filter((id) => id !== '')
  const behind = await bare.count(`${head.id}..${base.id}`)
  const { items, headers } = paged({ url, query }, ahead)
  const commits = await Promise.all(items.map(async (id) => commitNamed(world, id)))
  const html = `${htmlUrl(world)}/compare/${from}...${to}`
  const isFirst = (query.get('page') ?? '1') === '1'
  const body = {
    url,
    html_url: html,
    permalink_url: `${htmlUrl(world)}/compare/${world.owner}:${base.id.slice(0, 7)}...${world.owner}:${head.id.slice(0, 7)}`,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    base_commit: commitOf(world, base),
    merge_base_commit: commitOf(world, await commitNamed(world, start)),
    status: statusOf(ahead.length, behind),
    ahead_by: ahead.length,
    behind_by: behind,
    total_commits: ahead.length,
    commits: commits.map((commit) => commitOf(world, commit)),
    files: isFirst ? (await filesOf(world, bare, start, head.id)).slice(0, 300) : [],
  }
  return { headers, body }
}

function statusOf(ahead: number, behind: number): string {
  if (ahead > 0 && behind > 0) return 'diverged'
  if (ahead > 0) return 'ahead'
  return behind > 0 ? 'behind' : 'identical'
}

async function commitNamed(world: World, name: string): Promise<CommitObject> {
  const own = name.startsWith(`${world.owner}:`) ? name.slice(world.owner.length + 1) : name
  const isId = /^[0-9a-f]{40}$/.test(own)
  const commit = await readCommit(world.bare, isId ? own : `refs/heads/${own}`)
  if (commit === undefined) throw notFound
  return commit
}

export const getRef: Operation = async ({ world, parameters }) => {
  const { ref = '' } = parameters
  const found = await world.bare.read(`refs/${ref}`)
  if (found === undefined) throw notFound
  return { body: refOf(world, ref, found) }
}

export const createRef: Operation = async ({ world, body }) => {
  const { ref: whole, sha } = body as { ref: string; sha: string }
  const ref = whole.replace(/^refs\//, '')
  const isFormed =
    whole.startsWith('refs/') && ref.includes('/') && (await world.bare.agrees('check-ref-format', whole))
  if (!isFormed) throw new Refused(422, 'Reference name is invalid')
  const object = await objectNamed(world, sha)
  if ((await world.bare.read(whole)) !== undefined) throw new Refused(422, 'Reference already exists')
  // All that GitHub says of it: https://github.com/googleapis/release-please/issues/1024
  if (await isBlocked(world, whole)) throw new Refused(422, 'Reference update failed')
  await move(world, ref, sha)
  const shown = refOf(world, ref, object)
  return { status: 201, headers: { location: shown.url }, body: shown }
}

export const updateRef: Operation = async ({ world, parameters, body }) => {
  const { bare } = world
  const { ref = '' } = parameters
  const { sha, force = false } = body as { sha: string; force?: boolean }
  const object = await objectNamed(world, sha)
  const there = await bare.read(`refs/${ref}`)
  if (there === undefined) throw new Refused(422, 'Reference does not exist')
  if (!force && !(await bare.isAncestor(there.id, sha)))
    throw new Refused(422, 'Update is not a fast forward')
  refuseProtected(world, ref, 'Changes must be made through a pull request.')
  await move(world, ref, sha)
  return { body: refOf(world, ref, object) }
}

export const deleteRef: Operation = async ({ world, parameters }) => {
  const { ref = '' } = parameters
  if ((await world.bare.read(`refs/${ref}`)) === undefined) throw new Refused(422, 'Reference does not exist')
  refuseProtected(world, ref, 'Cannot delete this branch.')
  await move(world, ref, undefined)
  return { status: 204 }
}

/** A ruleset says more than the older kind of protection. */
function refuseProtected({ protectedBranches }: World, ref: string, why: string): void {
  const kind = protectedBranches.get(ref.replace(/^heads\//, ''))
  if (kind === undefined) return
  throw new Refused(422, kind === 'ruleset' ? `Repository rule violations found\n\n${why}\n\n` : why)
}

async function move(world: World, ref: string, to: string | undefined): Promise<void> {
  if (ref.startsWith('heads/')) await point(world, ref.slice('heads/'.length), to)
  else if (to === undefined) await world.bare.git('update-ref', '-d', `refs/${ref}`)
  else await world.bare.git('update-ref', `refs/${ref}`, to)
}

/** Git keeps refs like files: beside `a` there is no `a/b`. */
async function isBlocked({ bare }: World, ref: string): Promise<boolean> {
  const refs = (await bare.git('for-each-ref', '--format=%(refname)'))
    .split('\n')
    .filter((each) => each !== '')
  return refs.some((each) => each.startsWith(`${ref}/`) || ref.startsWith(`${each}/`))
}

/** GitHub leads on from what has got another name. */
function movedTo(url: string): Answer {
  const body = { message: 'Moved Permanently', url, documentation_url: 'https://docs.github.com/rest' }
  return { status: 301, headers: { location: url }, body }
}

async function objectNamed({ bare }: World, id: string) {
  const found = /^[0-9a-f]{40}$/.test(id) ? await bare.read(id) : undefined
  if (found === undefined) throw new Refused(422, 'Object does not exist')
  return found
}

function refOf(world: World, ref: string, { id, type }: { readonly id: string; readonly type: string }) {
  const at = `${repositoryUrl(world)}/git`
  return {
    ref: `refs/${ref}`,
    node_id: nodeId('REF', ref),
    url: `${at}/refs/${ref}`,
    object: { sha: id, type, url: `${at}/${type}s/${id}` },
  }
}
