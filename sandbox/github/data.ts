import type { Operation } from './call.ts'
import type { Edit, TreeEntry } from './bare.ts'
import { actions, readCommit, webFlow, writeCommit, type Stamp } from './commit.ts'
import { notFound, Refused } from './reply.ts'
import { gitCommitOf, nodeId, repositoryUrl } from './show.ts'
import { secondsOf, type World } from './world.ts'

/*
 * Git data: https://docs.github.com/rest/git
 */

const form = /^[0-9a-f]{40}$/

/** What is too much to be made in one request. */
export const tooLarge = new Refused(
  422,
  "Sorry, your request timed out. It's likely that your input was too large to process. Consider building the tree incrementally, or building the commits you need in a local clone of the repository and then pushing them to GitHub.",
)

export const getBlob: Operation = async ({ world, parameters, accept }) => {
  const { file_sha: id = '' } = parameters
  const found = form.test(id) ? await world.bare.read(id) : undefined
  if (found?.type !== 'blob') throw notFound
  const { bytes } = found
  if (bytes.length > world.limits.blobBytes) {
    const message =
      'This API returns blobs up to 100 MB in size. The requested blob is too large to fetch via the API, but you can always clone the repository via Git in order to obtain it.'
    throw new Refused(403, message, [{ resource: 'Blob', field: 'data', code: 'too_large' }])
  }
  if (/\.raw\b/.test(accept)) {
    return { headers: { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' }, body: bytes }
  }
  const content = bytes.toString('base64').replaceAll(/.{60}/g, '$&\n')
  const body = {
    sha: id,
    node_id: nodeId('B', id),
    size: bytes.length,
    url: `${repositoryUrl(world)}/git/blobs/${id}`,
    content: content.endsWith('\n') || content === '' ? content : `${content}\n`,
    encoding: 'base64',
  }
  return { body }
}

export const createBlob: Operation = async ({ world, body }) => {
  const { content, encoding = 'utf-8' } = body as { content: string; encoding?: string }
  const bytes = Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8')
  const sha = await world.bare.write('blob', bytes)
  return made({ sha, url: `${repositoryUrl(world)}/git/blobs/${sha}` })
}

export const getTree: Operation = async ({ world, parameters, query }) => {
  const { bare, limits } = world
  const { tree_sha: name = '' } = parameters
  const tree = await treeOf(world, name)
  const isRecursive = query.has('recursive')
  const entries = await bare.list(tree, ...(isRecursive ? ['-r', '-t'] : []))
  const shown = entries.slice(0, limits.treeEntries).map((entry) => entryOf(world, entry))
  const fitting = isRecursive ? upTo(shown, limits.treeBytes) : shown
  return { body: treeShown(world, tree, fitting, fitting.length < entries.length) }
}

export const createTree: Operation = async ({ world, body }) => {
  const { bare, limits } = world
  const { tree: entries, base_tree: base } = body as { tree: readonly NewEntry[]; base_tree?: string }
  if (entries.length > limits.treeEntries) throw tooLarge
  const start = base === undefined ? undefined : await treeOf(world, base)
  const texts = entries.flatMap(({ content }) => (content === undefined ? [] : [content]))
  const written = await bare.writeBlobs(texts)
  const edits: Edit[] = []
  for (const entry of entries) edits.push(...(await editsOf(world, entry, written, start)))
  const tree = await bare.writeTree(start, edits)
  const listed = await bare.list(tree)
  const shown = listed.map((entry) => entryOf(world, entry))
  return made(treeShown(world, tree, shown, false))
}

type NewEntry = {
  readonly path?: string
  readonly mode?: string
  readonly type?: string
  readonly sha?: string | null
  readonly content?: string
}

async function editsOf(
  { bare }: World,
  { path = '', mode = '100644', sha, content }: NewEntry,
  written: ReadonlyMap<string, string>,
  start: string | undefined,
): Promise<readonly Edit[]> {
  if (path === '' || /^\/|\/$|\/\/|(?:^|\/)\.{1,2}(?:\/|$)|(?:^|\/)\.git(?:\/|$)|\0/i.test(path))
    throw new Refused(422, 'tree.path contains a malformed path component')
  if (content !== undefined && sha === undefined) return [{ path, mode, id: written.get(content) ?? '' }]
  if (content !== undefined || sha === undefined)
    throw new Refused(
      422,
      'Must supply either tree.sha or tree.content. Request will be rejected if both are present.',
    )
  if (sha === null) {
    const there = start === undefined ? undefined : await bare.read(`${start}:${path}`)
    // GitHub's whole explanation of a file to remove that is not there.
    if (there === undefined) throw new Refused(422, 'GitRPC::BadObjectState')
    if (there.type !== 'tree') return [{ path, mode, id: null }]
    return (await bare.list(there.id, '-r')).map((each) => ({
      ...each,
      path: `${path}/${each.path}`,
      id: null,
    }))
  }
  const there = form.test(sha) ? await bare.read(sha) : undefined
  if (there?.type === 'tree' && mode === '040000')
    return (await bare.list(sha, '-r')).map((each) => ({ ...each, path: `${path}/${each.path}` }))
  if (there?.type !== 'blob') throw new Refused(422, `tree.sha ${sha} is not a valid blob`)
  return [{ path, mode, id: sha }]
}

export const getCommit: Operation = async ({ world, parameters }) => {
  const { commit_sha: id = '' } = parameters
  const commit = form.test(id) ? await readCommit(world.bare, id) : undefined
  if (commit === undefined) throw notFound
  return { body: gitCommitOf(world, commit) }
}

type Dated = { readonly name: string; readonly email: string; readonly date?: string }

export const createCommit: Operation = async ({ world, body }) => {
  const { bare } = world
  const { message, tree, parents = [] } = body as { message: string; tree: string; parents?: string[] }
  const given = body as { author?: Dated; committer?: Dated }
  if ((await typeOf(world, tree)) !== 'tree') throw new Refused(422, 'Tree SHA does not exist')
  for (const parent of parents) {
    if ((await typeOf(world, parent)) !== 'commit')
      throw new Refused(422, 'Parent SHA does not exist or is not a commit object')
  }
  const now = secondsOf(world)
  const stamp = ({ name, email, date }: Dated): Stamp => ({
    name,
    email,
    seconds: date === undefined ? now : Math.floor(Date.parse(date) / 1000),
  })
  // GitHub signs what a bot commits as itself, and nothing that is said to be somebody's.
  const isSigned = given.author === undefined && given.committer === undefined
  const author = stamp(given.author ?? actions)
  const committer = isSigned
    ? { ...webFlow, seconds: now }
    : stamp(given.committer ?? given.author ?? actions)
  const id = await writeCommit(bare, { tree, parents, message, author, committer, isSigned })
  const commit = await readCommit(bare, id)
  if (commit === undefined) throw new Error(`${id} was written and is not there`)
  return made(gitCommitOf(world, commit))
}

async function typeOf({ bare }: World, id: string): Promise<string | undefined> {
  return form.test(id) ? (await bare.read(id))?.type : undefined
}

/** The id of a tree by its own id, that of a commit, or a branch. */
async function treeOf({ bare }: World, name: string): Promise<string> {
  const found = await bare.read(form.test(name) ? name : `refs/heads/${name}`)
  if (found?.type === 'tree') return found.id
  const commit = found === undefined ? undefined : await readCommit(bare, found.id)
  if (commit === undefined) throw notFound
  return commit.tree
}

function entryOf(world: World, { path, mode, type, id, size }: TreeEntry) {
  const url = `${repositoryUrl(world)}/git/${type}s/${id}`
  return { path, mode, type, sha: id, ...(size !== undefined && { size }), url }
}

function treeShown(world: World, sha: string, tree: readonly object[], truncated: boolean) {
  return { sha, url: `${repositoryUrl(world)}/git/trees/${sha}`, tree, truncated }
}

/** As many entries as fit. */
function upTo<Item extends object>(items: readonly Item[], bytes: number): readonly Item[] {
  let room = bytes
  const end = items.findIndex((item) => (room -= JSON.stringify(item).length + 1) < 0)
  return end < 0 ? items : items.slice(0, end)
}

function made(body: { readonly url: string; readonly [key: string]: unknown }): ReturnType<Operation> {
  return { status: 201, headers: { location: body.url }, body }
}
