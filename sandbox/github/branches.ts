import { webFlow, somebody } from './commit.ts'
import { commitNow, nowOf, type Pull, type World } from './world.ts'

/** Points a branch elsewhere, or takes it away, with what that means for pull requests. */
export async function point(world: World, branch: string, to: string | undefined): Promise<void> {
  const { bare } = world
  const ref = `refs/heads/${branch}`
  await (to === undefined ? bare.git('update-ref', '-d', ref) : bare.git('update-ref', ref, to))
  for (const pull of world.pulls.filter(({ state }) => state === 'open')) {
    if (pull.head === branch) await followHead(world, pull, to)
    else if (pull.base === branch) await followBase(world, pull, to)
  }
}

async function followHead(world: World, pull: Pull, to: string | undefined): Promise<void> {
  if (to === undefined) {
    close(world, pull)
    return
  }
  pull.headSha = to
  pull.baseSha = (await world.bare.head(pull.base)) ?? pull.baseSha
  pull.updatedAt = nowOf(world)
  // Nothing is left to merge.
  if (await world.bare.isAncestor(to, pull.baseSha)) close(world, pull)
}

/** A base that has got the commits in another way has merged them. */
async function followBase(world: World, pull: Pull, to: string | undefined): Promise<void> {
  if (to === undefined) close(world, pull)
  else if (await world.bare.isAncestor(pull.headSha, to)) markMerged(world, pull, to)
}

export function close(world: World, pull: Pull): void {
  pull.state = 'closed'
  pull.closedAt = nowOf(world)
  pull.updatedAt = pull.closedAt
}

function markMerged(world: World, pull: Pull, commit: string): void {
  close(world, pull)
  pull.merged = true
  pull.mergedAt = pull.closedAt
  pull.mergedBy = 'lin-yue'
  pull.mergeCommit = commit
}

/**
 * Opens a closed pull request again.
 *
 * @returns why not.
 */
export async function reopen(world: World, pull: Pull): Promise<string | undefined> {
  const { bare } = world
  const [head, base] = await Promise.all([bare.head(pull.head), bare.head(pull.base)])
  const refusal = (why: string): string => `state cannot be changed. ${why}`
  if (pull.merged) return refusal('The pull request has been merged.')
  if (head === undefined) return refusal(`The ${pull.head} branch has been deleted.`)
  if (base === undefined) return refusal(`The ${pull.base} branch has been deleted.`)
  // GitHub's words on it: the head has to be a descendant of what it was when it was closed.
  if (!(await bare.isAncestor(pull.headSha, head)))
    return refusal(`The ${pull.head} branch was force-pushed or recreated.`)
  if (await bare.isAncestor(head, base))
    return refusal(`There are no new commits on the ${world.owner}:${pull.head} branch.`)
  if (openPull(world, pull) !== undefined) return alreadyOpen(world, pull.head)
  Object.assign(pull, {
    state: 'open',
    closedAt: null,
    headSha: head,
    baseSha: base,
    updatedAt: nowOf(world),
  })
  return undefined
}

export function openPull(world: World, { head, base }: Pick<Pull, 'head' | 'base'>): Pull | undefined {
  return world.pulls.find((each) => each.state === 'open' && each.head === head && each.base === base)
}

export function alreadyOpen({ owner }: World, head: string): string {
  return `A pull request already exists for ${owner}:${head}.`
}

/** A person presses "Merge" or "Squash and merge". */
export async function mergePull(world: World, pull: Pull, method: 'merge' | 'squash'): Promise<string> {
  if (pull.state === 'closed') throw new Error(`pull request ${pull.number} is closed`)
  const { bare, owner } = world
  const base = await needed(world, pull.base)
  const tree = await mergedTree(world, base, pull.headSha)
  const isSquash = method === 'squash'
  const subjects = isSquash
    ? await bare.git('log', '--reverse', '--format=* %s%n', `${base}..${pull.headSha}`)
    : ''
  const commit = await commitNow(world, {
    tree,
    parents: isSquash ? [base] : [base, pull.headSha],
    message: isSquash
      ? `${pull.title} (#${pull.number})\n\n${subjects.trimEnd()}`
      : `Merge pull request #${pull.number} from ${owner}/${pull.head}\n\n${pull.title}`,
    committer: webFlow,
    isSigned: true,
  })
  pull.baseSha = base
  markMerged(world, pull, commit)
  await point(world, pull.base, commit)
  return commit
}

/** A person presses "Update branch". */
export async function updateBranch(world: World, pull: Pull): Promise<string> {
  const base = await needed(world, pull.base)
  const commit = await commitNow(world, {
    tree: await mergedTree(world, pull.headSha, base),
    parents: [pull.headSha, base],
    message: `Merge branch '${pull.base}' into ${pull.head}`,
    author: somebody,
    committer: webFlow,
    isSigned: true,
  })
  await point(world, pull.head, commit)
  return commit
}

async function needed({ bare }: World, branch: string): Promise<string> {
  const head = await bare.head(branch)
  if (head === undefined) throw new Error(`there is no branch ${branch}`)
  return head
}

async function mergedTree({ bare }: World, ours: string, theirs: string): Promise<string> {
  const tree = await bare.merged(ours, theirs)
  if (tree === undefined) throw new Error(`${ours} and ${theirs} are in conflict`)
  return tree
}
