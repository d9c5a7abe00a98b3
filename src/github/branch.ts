import { Failure } from '../model/problem.ts'
import type { Planned } from '../model/plan.ts'
import type { Store } from '../model/ports.ts'
import type { Git, Head } from './git.ts'

/** What a change is called in the history and in a pull request. */
export type Telling = {
  readonly message: string
  readonly title: string
  /** Makes the text of the pull request: of a large change that takes a while. */
  readonly body: () => string
}

/** Tells about a plan; nobody but `main.ts` knows the words. */
export type Tell = (planned: Planned) => Telling

/** Files as they stand on a branch, and where that was read. */
export type Branch = Pick<Store, 'list' | 'read'> & { readonly base: () => Head }

/**
 * Reads the files of a branch.
 *
 * @throws Failure when listing: `github-branch-missing`, `github-repository-missing`; when reading:
 * `snapshot-unreadable` for other bytes than UTF-8.
 */
export function readBranch(git: Git, branch: string): Branch {
  let base: Head | undefined
  let ids: ReadonlyMap<string, string> = new Map()
  return {
    async list(places) {
      base = await git.head(branch)
      if (base === undefined) throw new Failure({ code: 'github-branch-missing', branch })
      ids = await git.idsAt(base.tree, places)
      return ids
    },

    async read(file) {
      try {
        return await git.text(ids.get(file) ?? '')
      } catch (thrown) {
        if (!(thrown instanceof TypeError)) throw thrown
        throw new Failure({ code: 'snapshot-unreadable', file, cause: 'UTF-8' })
      }
    },

    base() {
      if (base === undefined) throw new Error('nothing was read before writing')
      return base
    },
  }
}

/** Files of a branch; they are replaced by a commit on top of the one they were read from (specification 7.1). */
export function branchStore(
  git: Git,
  { branch, tell }: { readonly branch: string; readonly tell: Tell },
): Store {
  const { list, read, base } = readBranch(git, branch)
  return {
    list,
    read,
    async replace(files, planned) {
      if (files.size === 0) return { changed: false }
      const { id, tree } = base()
      const commit = await git.makeCommit(tell(planned).message, await git.makeTree(tree, files), [id])
      await git.move(branch, commit)
      return { changed: true, delivery: { commit } }
    },
  }
}
