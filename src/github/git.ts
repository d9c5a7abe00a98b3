import pLimit from 'p-limit'
import { z } from 'zod'
import { findFiles, type Found } from '../model/places.ts'
import { Failure } from '../model/problem.ts'
import { decoded } from '../model/strict-text.ts'
import { isLost, isRefusal, messageIn, pathOf, type Call, type Github } from './api.ts'
import { kindOf, largestRequest, modeLike, portions, type GitEntry } from './tree.ts'

/** A commit as far as it is needed. */
export type Commit = {
  readonly id: string
  readonly tree: string
  readonly message: string
  readonly parents: readonly string[]
}

/** The commit a branch points to. */
export type Head = Commit & { readonly isProtected: boolean }

/**
 * Git data of a repository over GitHub's API (https://docs.github.com/rest/git): no checkout, and only what is
 * asked for is read. Commits without an author are the token's, which GitHub signs.
 */
export class Git {
  readonly #github: Github
  readonly #limit: ReturnType<typeof pLimit>
  readonly #trees = new Map<string, Promise<readonly GitEntry[]>>()

  constructor(github: Github, { concurrency }: { readonly concurrency: number }) {
    this.#github = github
    this.#limit = pLimit(concurrency)
  }

  async #ask<Schema extends z.ZodType>(call: Omit<Call<Schema>, 'permission'>): Promise<z.output<Schema>> {
    return this.#limit(async () => this.#github.ask({ permission: 'contents', ...call }))
  }

  /** Where a branch is; `undefined` when there is none of that name. */
  async head(branch: string): Promise<Head | undefined> {
    const found = await this.#answerFor(branch)
    return found?.name === branch ? found : undefined
  }

  /**
   * Where a branch is that has to be there.
   *
   * @throws Failure `github-branch-missing`, `github-branch-renamed`, `github-repository-missing`.
   */
  async branch(branch: string): Promise<Head> {
    const found = await this.#answerFor(branch)
    if (found === undefined) throw new Failure({ code: 'github-branch-missing', branch })
    if (found.name !== branch) throw new Failure({ code: 'github-branch-renamed', branch, other: found.name })
    return found
  }

  /**
   * What GitHub answers for a branch: where it was renamed, and for a `master` that is not there, it answers with
   * another one (https://github.com/github/rest-api-description/issues/7096), which takes no commit under this name.
   */
  async #answerFor(branch: string): Promise<(Head & { readonly name: string }) | undefined> {
    try {
      const found = await this.#ask({
        name: 'repos/get-branch',
        path: pathOf`/branches/${branch}`,
        answer: branchAnswer,
        follows: true,
      })
      const { sha, commit, parents } = found.commit
      return {
        name: found.name,
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

  /**
   * Is the name of a new branch free? Git keeps branches like files: beside `a` there can be no `a/b`.
   *
   * @throws Failure `github-branch-blocked`.
   */
  async refuseBlocked(branch: string): Promise<void> {
    const names = branch.split('/')
    for (const end of names.keys()) {
      const other = names.slice(0, end).join('/')
      if (other !== '' && (await this.head(other)) !== undefined)
        throw new Failure({ code: 'github-branch-blocked', branch, other })
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
   * Files of a tree, looked for folder by folder, so that a large repository costs no more than a small one.
   *
   * @param places as `findFiles()` takes them.
   */
  async filesAt(tree: string, places: readonly string[]): Promise<Found<GitEntry>> {
    return findFiles(places, async (folder) => this.#entriesIn(tree, folder))
  }

  async #entriesIn(tree: string, folder: string): Promise<readonly GitEntry[]> {
    let entries = await this.#entries(tree)
    for (const name of folder.split('/').slice(0, -1)) {
      const below = entries.find((each) => each.kind === 'folder' && each.name === name)
      if (below === undefined) return []
      entries = await this.#entries(below.id)
    }
    return entries
  }

  /** A tree never changes, and so it is asked for once. */
  async #entries(tree: string): Promise<readonly GitEntry[]> {
    const known = this.#trees.get(tree)
    if (known !== undefined) return known
    const asked = this.#askEntries(tree)
    this.#trees.set(tree, asked)
    return asked
  }

  async #askEntries(tree: string): Promise<readonly GitEntry[]> {
    const call = 'git/get-tree'
    const { tree: entries, truncated } = await this.#ask({
      name: call,
      path: pathOf`/git/trees/${tree}`,
      answer: treeAnswer,
    })
    // A file that is left out would pass for one that is not there.
    if (truncated) throw new Failure({ code: 'github-refused', call, status: 200, message: 'truncated' })
    return entries.map(({ path, mode, sha }) => ({ name: path, kind: kindOf(mode), id: sha, mode }))
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
   * A tree like another one, with some files replaced, which keep their mode.
   *
   * @param files whole texts by path; `undefined` removes a file.
   * @returns its id.
   */
  async makeTree(base: string, files: ReadonlyMap<string, string | undefined>): Promise<string> {
    const { files: there } = await this.filesAt(base, [...files.keys()])
    let tree = base
    for (const some of portions(files)) {
      const entries = await Promise.all(
        some.map(async ([path, text]) => this.#newEntry(path, there.get(path)?.mode, text)),
      )
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

  async #newEntry(path: string, mode: string | undefined, text: string | undefined) {
    const entry = { path, mode: modeLike(mode), type: 'blob' } as const
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

  /** @throws Failure `target-moved` when there is one of that name, `github-branch-blocked`. */
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
      // GitHub's whole explanation of a name that another branch blocks.
      if (isRefusal(thrown, 422, /update failed/i)) await this.refuseBlocked(branch)
      if (!isLost(thrown) || (await this.head(branch))?.id !== id) throw thrown
    }
  }

  async #point(branch: string, change: () => Promise<void>): Promise<void> {
    try {
      await change()
    } catch (thrown) {
      if (isRefusal(thrown, 422, /fast.?forward|already.exists/i)) {
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
  name: z.string(),
  commit: z.object({ sha: z.string(), commit: treeOf, parents: z.array(made) }),
  protected: z.boolean(),
})
const comparison = z.object({ ahead_by: z.number() })
const treeEntry = z.object({ path: z.string(), mode: z.string(), type: z.string(), sha: z.string() })
const treeAnswer = z.object({ tree: z.array(treeEntry), truncated: z.boolean() })
const blob = z.object({ content: z.string(), encoding: z.literal('base64') })
const reference = z.object({ ref: z.string() })
