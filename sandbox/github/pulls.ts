import type { Call, Operation } from './call.ts'
import { alreadyOpen, close, openPull, reopen } from './branches.ts'
import { readCommit } from './commit.ts'
import { invalid, notFound, paged, Refused, type Wrong } from './reply.ts'
import { commitOf } from './show.ts'
import { pullOf, wholePullOf } from './show-pull.ts'
import { bot, nowOf, type Pull, type World } from './world.ts'

/*
 * Pull requests: https://docs.github.com/rest/pulls
 */

const resource = 'PullRequest'

export const listPulls: Operation = ({ world, query, url }) => {
  const state = query.get('state') ?? 'open'
  const head = query.get('head') ?? ''
  const base = query.get('base') ?? ''
  const found = world.pulls.filter(
    (pull) =>
      (state === 'all' || pull.state === state) &&
      // Without the owner it is not heeded at all.
      (!head.includes(':') || head === `${world.owner}:${pull.head}`) &&
      (base === '' || base === pull.base),
  )
  const { items, headers } = paged({ url, query }, sorted(found, query))
  return { headers, body: items.map((pull) => pullOf(world, pull)) }
}

function sorted(pulls: readonly Pull[], query: URLSearchParams): readonly Pull[] {
  const sort = query.get('sort') ?? 'created'
  const direction = query.get('direction') ?? (sort === 'created' ? 'desc' : 'asc')
  const key = ({ updatedAt, createdAt }: Pull): string => (sort === 'updated' ? updatedAt : createdAt)
  const rising = pulls.toSorted((a, b) =>
    key(a) === key(b) ? a.number - b.number : key(a) < key(b) ? -1 : 1,
  )
  return direction === 'desc' ? rising.toReversed() : rising
}

export const getPull: Operation = async (call) => ({
  body: await wholePullOf(call.world, pullOfCall(call)),
})

export const createPull: Operation = async ({ world, body }) => {
  const { bare } = world
  if (!world.workflowsMayCreatePulls)
    throw new Refused(403, 'GitHub Actions is not permitted to create or approve pull requests.')
  const { head: from, base, draft = false } = body as { head: string; base: string; draft?: boolean }
  const { title = '', body: text = null } = body as { title?: string; body?: string | null }
  const head = from.startsWith(`${world.owner}:`) ? from.slice(world.owner.length + 1) : from
  const [headSha, baseSha] = await Promise.all([bare.head(head), bare.head(base)])
  const missing = [...(headSha === undefined ? ['head'] : []), ...(baseSha === undefined ? ['base'] : [])]
  if (headSha === undefined || baseSha === undefined)
    throw invalid(...missing.map((field) => ({ resource, field, code: 'invalid' })))
  if (openPull(world, { head, base }) !== undefined) throw custom(alreadyOpen(world, head))
  if ((await bare.mergeBase(baseSha, headSha)) === undefined)
    throw custom(`The ${head} branch has no history in common with ${base}`)
  if (await bare.isAncestor(headSha, baseSha)) throw custom(`No commits between ${base} and ${head}`)
  refuseTexts({ title, body: text })
  const now = nowOf(world)
  const pull: Pull = {
    number: world.pulls.length + 1,
    state: 'open',
    merged: false,
    title,
    body: text,
    head,
    base,
    headSha,
    baseSha,
    labels: [],
    reviewers: [],
    teams: [],
    draft,
    user: bot,
    mergedBy: null,
    mergeCommit: null,
    createdAt: now,
    updatedAt: now,
    closedAt: null,
    mergedAt: null,
  }
  world.pulls.push(pull)
  const shown = await wholePullOf(world, pull)
  return { status: 201, headers: { location: shown.url }, body: shown }
}

export const updatePull: Operation = async (call) => {
  const { world } = call
  const pull = pullOfCall(call)
  const changes = call.body as { title?: string; body?: string; state?: 'open' | 'closed'; base?: string }
  refuseTexts(changes)
  const { title = pull.title, body = pull.body, base = pull.base, state = pull.state } = changes
  if (base !== pull.base && pull.state === 'closed')
    throw invalid(wrong('base', 'Cannot change the base branch of a closed pull request.', 'invalid'))
  if (base !== pull.base && (await world.bare.head(base)) === undefined)
    throw invalid({ resource, field: 'base', code: 'invalid' })
  if (state === 'open' && pull.state === 'closed') {
    const why = await reopen(world, pull)
    if (why !== undefined) throw invalid(wrong('state', why))
  } else if (state === 'closed' && pull.state === 'open') close(world, pull)
  Object.assign(pull, { title, body, base, updatedAt: nowOf(world) })
  return { body: await wholePullOf(world, pull) }
}

export const listCommits: Operation = async (call) => {
  const { world, query, url } = call
  const { baseSha, headSha } = pullOfCall(call)
  const ids = (await world.bare.git('rev-list', '--reverse', '--topo-order', `${baseSha}..${headSha}`)).split(
    '\n',
  )
  // GitHub lists 250 at most.
  const { items, headers } = paged({ url, query }, ids.filter((id) => id !== '').slice(0, 250))
  const commits = await Promise.all(items.map(async (id) => readCommit(world.bare, id)))
  return {
    headers,
    body: commits.flatMap((commit) => (commit === undefined ? [] : [commitOf(world, commit)])),
  }
}

/** All of them or none. */
export const requestReviewers: Operation = (call) => {
  const { world } = call
  const pull = pullOfCall(call)
  const { reviewers = [], team_reviewers: teams = [] } = call.body as Record<string, readonly string[]>
  if (teams.length > 0 && !world.mayRequestTeams)
    throw new Refused(422, "Could not resolve to a node with the global id of 'T_kwDOSandbox'.")
  if (reviewers.includes(pull.user))
    throw new Refused(422, 'Review cannot be requested from pull request author.')
  const known = (all: readonly string[], names: readonly string[]): boolean =>
    names.every((name) => all.some((each) => each.toLowerCase() === name.toLowerCase()))
  if (!known(world.reviewers, reviewers) || !known(world.teams, teams))
    throw new Refused(
      422,
      `Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the ${world.repository} repository.`,
    )
  pull.reviewers.push(...reviewers.filter((login) => !pull.reviewers.includes(login)))
  pull.teams.push(...teams.filter((slug) => !pull.teams.includes(slug)))
  return { status: 201, body: pullOf(world, pull) }
}

function pullOfCall({ world, parameters }: Call): Pull {
  return pullNumbered(world, Number(parameters['pull_number']))
}

/** @throws Refused when there is none of that number. */
export function pullNumbered({ pulls }: World, number: number): Pull {
  const pull = pulls.find((each) => each.number === number)
  if (pull === undefined) throw notFound
  return pull
}

/** What GitHub does not take as title or text. */
function refuseTexts({ title, body }: { readonly title?: string; readonly body?: string | null }): void {
  const errors: Wrong[] = []
  if (title === '') errors.push({ resource: 'Issue', field: 'title', code: 'missing_field' })
  if (title !== undefined && lengthOf(title) > 256)
    errors.push(wrong('title', 'title is too long (maximum is 256 characters)'))
  if (lengthOf(body ?? '') > longestText)
    errors.push(wrong('body', `body is too long (maximum is ${longestText} characters)`))
  if (errors.length > 0) throw invalid(...errors)
}

export const longestText = 65_536

export function lengthOf(text: string): number {
  return text.length > longestText ? Array.from(text).length : text.length
}

function wrong(field: string, message: string, code = 'custom'): Wrong {
  return { resource, code, field, message }
}

function custom(message: string): Refused {
  return invalid({ resource, code: 'custom', message })
}
