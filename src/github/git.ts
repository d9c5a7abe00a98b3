import pLimit from 'p-limit'
import { z } from 'zod'
import { Failure } from '../model/problem.ts'
import { decoded } from '../model/strict-text.ts'
import { isLost, isRefusal, messageIn, pathOf, type Call, type Github } from './api.ts'

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

  async #ask<Schema extends z.ZodType>(call: Omit<Call<Schema>, 'permission'>): Promise<z.output<Schema>> {
    return this.#limit(async () => this.#github.ask({ permission: 'contents', ...call }))
  }

  /** Where a branch is; `undefined` when there is none of that name. */
  async head(branch: string): Promise<Head | undefined> {
    try {
      const found = await this.#ask({
        name: 'repos/get-branch',
        path: pathOf`/branches/${branch}`,
        answer: branchAnswer,
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
      path: pathOf`/git/commits/${id}`,
      answer: commitAnswer,
    })
    return { id, tree: tree.sha, message, parents: parents.map(({ sha }) => sha) }
  }

  /** Is everything on a commit part of a branch? Not where the two have nothing in common. */
  async contains(branch: string, id: string): Promise<boolean> {
    try {
      const { ahead_by: ahead } = await this.#ask({
        name: 'repos/compare-commits',
        path: pathOf`/compare/${`${branch}...${id}`}`,
        query: { per_page: 1 },
        answer: comparison,
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
      path: pathOf`/git/trees/${tree}`,
      answer: treeAnswer,
    })
    // A file that is left out would pass for one that is not there.
    if (truncated) throw new Failure({ code: 'github-refused', call, status: 200, message: 'truncated' })
    return entries
  }

  /**
   * The text of a blob.
   *
   * @returns `undefined` when it is not UTF-8.
   */
  async text(id: string): Promise<string | undefined> {
    const { content } = await this.#ask({
      name: 'git/get-blob',
      path: pathOf`/git/blobs/${id}`,
      answer: blob,
    })
    return decoded(Buffer.from(content, 'base64'))
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
        method: 'POST',
        path: '/git/trees',
        body: { base_tree: tree, tree: entries },
        answer: made,
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
      method: 'POST',
      path: '/git/blobs',
      body: { content: text, encoding: 'utf-8' },
      answer: made,
    })
    return { ...entry, sha }
  }

  /** @returns the id of a commit that nothing points to yet. */
  async makeCommit(message: string, tree: string, parents: readonly string[]): Promise<string> {
    const { sha } = await this.#ask({
      name: 'git/create-commit',
      method: 'POST',
      path: '/git/commits',
      body: { message, tree, parents },
      answer: made,
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
        method: 'PATCH',
        path: pathOf`/git/refs/${`heads/${branch}`}`,
        body: { sha: id, force: false },
        answer: reference,
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
          method: 'POST',
          path: '/git/refs',
          body: { ref: `refs/heads/${branch}`, sha: id },
          answer: reference,
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

/* What is used of GitHub's answers. */

const made = z.object({ sha: z.string() })
const treeOf = z.object({ tree: made, message: z.string() })
const commitAnswer = treeOf.extend({ parents: z.array(made) })
const branchAnswer = z.object({
  commit: z.object({ sha: z.string(), commit: treeOf, parents: z.array(made) }),
  protected: z.boolean(),
})
const comparison = z.object({ ahead_by: z.number() })
const treeEntry = z.object({ path: z.string(), type: z.string(), sha: z.string() })
const treeAnswer = z.object({ tree: z.array(treeEntry), truncated: z.boolean() })
const blob = z.object({ content: z.string(), encoding: z.literal('base64') })
const reference = z.object({ ref: z.string() })

type TreeEntry = z.output<typeof treeEntry>

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
