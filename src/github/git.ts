import pLimit from 'p-limit'
import { Failure } from '../model/problem.ts'
import { isLost, isRefusal, messageIn, type Call, type Github } from './api.ts'

/** A commit as far as it is needed. */
export type Commit = {
  readonly id: string
  readonly tree: string
  readonly message: string
  readonly parents: readonly string[]
}

/** The commit a branch points to. */
export type Head = Commit & { readonly isProtected: boolean }

/** So many bytes of text are sent in one request; a larger file has one of its own. */
const largestRequest = 1024 * 1024

/**
 * Git data of a repository over GitHub's API (https://docs.github.com/rest/git): no checkout, and only what is
 * asked for is read. Commits without an author are the token's, which GitHub signs.
 */
export class Git {
  readonly #github: Github
  readonly #limit: ReturnType<typeof pLimit>
  readonly #trees = new Map<string, Promise<readonly TreeEntry[]>>()

  constructor(github: Github, { concurrency }: { readonly concurrency: number }) {
    this.#github = github
    this.#limit = pLimit(concurrency)
  }

  async #ask<Answer>(call: Omit<Call<Answer>, 'permission'>): Promise<Answer> {
    return this.#limit(async () => this.#github.ask({ permission: 'contents', ...call }))
  }

  /** Where a branch is; `undefined` when there is none of that name. */
  async head(branch: string): Promise<Head | undefined> {
    try {
      const found = await this.#ask({
        name: 'repos/get-branch',
        send: (octokit, at) => octokit.rest.repos.getBranch({ ...at, branch }),
      })
      const { sha, commit, parents } = found.commit
      return {
        id: sha,
        tree: commit.tree.sha,
        message: commit.message,
        parents: parents.map((parent) => parent.sha),
        isProtected: found.protected,
      }
    } catch (thrown) {
      if (isRefusal(thrown, 404, /branch/i)) return undefined
      if (!isRefusal(thrown, 404)) throw thrown
      throw new Failure({ code: 'github-repository-missing', repository: this.#github.repository })
    }
  }

  async commit(id: string): Promise<Commit> {
    const { tree, message, parents } = await this.#ask({
      name: 'git/get-commit',
      send: (octokit, at) => octokit.rest.git.getCommit({ ...at, commit_sha: id }),
    })
    return { id, tree: tree.sha, message, parents: parents.map(({ sha }) => sha) }
  }

  /** Is everything on a commit part of a branch? Not where the two have nothing in common. */
  async contains(branch: string, id: string): Promise<boolean> {
    try {
      const { ahead_by: ahead } = await this.#ask({
        name: 'repos/compare-commits',
        send: (octokit, at) =>
          octokit.rest.repos.compareCommitsWithBasehead({
            ...at,
            basehead: `${branch}...${id}`,
            per_page: 1,
          }),
      })
      return ahead === 0
    } catch (thrown) {
      if (isRefusal(thrown, 404)) return false
      throw thrown
    }
  }

  /**
   * Ids of files in a tree by path, folder by folder, so that a large repository costs no more than a small one.
   *
   * @param places files, and folders, which end in `/` and of which the files right in them count.
   */
  async idsAt(tree: string, places: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = places.map(async (place) => {
      const [folder, name] = split(place)
      const files = (await this.#entriesIn(tree, folder)).filter(({ type }) => type === 'blob')
      return files
        .filter(({ path }) => name === '' || path === name)
        .map(({ path, sha }) => [folder + path, sha] as const)
    })
    return new Map((await Promise.all(found)).flat())
  }

  async #entriesIn(tree: string, folder: string): Promise<readonly TreeEntry[]> {
    let entries = await this.#entries(tree)
    for (const name of folder.split('/').slice(0, -1)) {
      const below = entries.find(({ path, type }) => type === 'tree' && path === name)
      if (below === undefined) return []
      entries = await this.#entries(below.sha)
    }
    return entries
  }

  /** A tree never changes, and so it is asked for once. */
  async #entries(tree: string): Promise<readonly TreeEntry[]> {
    const known = this.#trees.get(tree)
    if (known !== undefined) return known
    const asked = this.#askEntries(tree)
    this.#trees.set(tree, asked)
    return asked
  }

  async #askEntries(tree: string): Promise<readonly TreeEntry[]> {
    const call = 'git/get-tree'
    const { tree: entries, truncated } = await this.#ask({
      name: call,
      send: (octokit, at) => octokit.rest.git.getTree({ ...at, tree_sha: tree }),
    })
    // A file that is left out would pass for one that is not there.
    if (truncated) throw new Failure({ code: 'github-refused', call, status: 200, message: 'truncated' })
    return entries
  }

  /**
   * The text of a blob.
   *
   * @throws TypeError when it is not UTF-8.
   */
  async text(id: string): Promise<string> {
    const { content } = await this.#ask({
      name: 'git/get-blob',
      send: (octokit, at) => octokit.rest.git.getBlob({ ...at, file_sha: id }),
    })
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(content, 'base64'))
  }

  /**
   * A tree like another one, with some files replaced.
   *
   * @param files whole texts by path; `undefined` removes a file.
   * @returns its id.
   */
  async makeTree(base: string, files: ReadonlyMap<string, string | undefined>): Promise<string> {
    let tree = base
    for (const some of portions(files)) {
      const entries = await Promise.all([...some].map(async ([path, text]) => this.#newEntry(path, text)))
      const { sha } = await this.#ask({
        name: 'git/create-tree',
        send: (octokit, at) => octokit.rest.git.createTree({ ...at, base_tree: tree, tree: entries }),
      })
      tree = sha
    }
    return tree
  }

  async #newEntry(path: string, text: string | undefined) {
    const entry = { path, mode: '100644', type: 'blob' } as const
    if (text === undefined) return { ...entry, sha: null }
    if (Buffer.byteLength(text) <= largestRequest) return { ...entry, content: text }
    const { sha } = await this.#ask({
      name: 'git/create-blob',
      send: (octokit, at) => octokit.rest.git.createBlob({ ...at, content: text, encoding: 'utf-8' }),
    })
    return { ...entry, sha }
  }

  /** @returns the id of a commit that nothing points to yet. */
  async makeCommit(message: string, tree: string, parents: readonly string[]): Promise<string> {
    const { sha } = await this.#ask({
      name: 'git/create-commit',
      send: (octokit, at) => octokit.rest.git.createCommit({ ...at, message, tree, parents: [...parents] }),
    })
    return sha
  }

  /**
   * Moves a branch to a commit that follows where it is: never by force, so that a commit somebody made meanwhile
   * refuses it.
   *
   * @throws Failure `target-moved`, `github-branch-missing`, `github-branch-protected`.
   */
  async move(branch: string, id: string): Promise<void> {
    await this.#point(branch, async () => {
      await this.#ask({
        name: 'git/update-ref',
        send: (octokit, at) =>
          octokit.rest.git.updateRef({ ...at, ref: `heads/${branch}`, sha: id, force: false }),
      })
    })
  }

  /** @throws Failure `target-moved` when there is one of that name. */
  async create(branch: string, id: string): Promise<void> {
    try {
      await this.#point(branch, async () => {
        await this.#ask({
          name: 'git/create-ref',
          once: true,
          send: (octokit, at) => octokit.rest.git.createRef({ ...at, ref: `refs/heads/${branch}`, sha: id }),
        })
      })
    } catch (thrown) {
      if (!isLost(thrown) || (await this.head(branch))?.id !== id) throw thrown
    }
  }

  async #point(branch: string, change: () => Promise<void>): Promise<void> {
    try {
      await change()
    } catch (thrown) {
      if (isRefusal(thrown, 422, /fast.?forward|already exists/i)) {
        throw new Failure({ code: 'target-moved', place: branch })
      }
      // A repository whose last branch is gone counts as empty.
      if (isRefusal(thrown, 422, /does not exist/i) || isRefusal(thrown, 409, /empty/i))
        throw new Failure({ code: 'github-branch-missing', branch })
      if (isRefusal(thrown, 422, /protected|rule violation|pull request|required/i)) {
        throw new Failure({ code: 'github-branch-protected', branch, message: messageIn(thrown) })
      }
      throw thrown
    }
  }
}

type TreeEntry = { readonly path: string; readonly type: string; readonly sha: string }

/** The folder a path lies in, with its `/`, and the name there. */
function split(path: string): readonly [folder: string, name: string] {
  const at = path.lastIndexOf('/') + 1
  return [path.slice(0, at), path.slice(at)]
}

/** Files in groups that one request may carry. */
function portions(
  files: ReadonlyMap<string, string | undefined>,
): readonly (readonly (readonly [string, string | undefined])[])[] {
  const groups: (readonly [string, string | undefined])[][] = [[]]
  let room = largestRequest
  for (const [path, text] of files) {
    const size = Buffer.byteLength(text ?? '') + path.length
    if (size > room) {
      groups.push([])
      room = largestRequest
    }
    room -= size
    groups.at(-1)?.push([path, text])
  }
  return groups.filter((group) => group.length > 0)
}
