import { Failure } from '../model/problem.ts'
import type { Planned } from '../model/plan.ts'
import type { Listing, Store } from '../model/ports.ts'
import type { Git, Head } from './git.ts'

/** What a change is called in the history and in a pull request. */
export type ChangeText = {
  readonly message: string
  readonly title: string
  /** Makes the text of the pull request: of a large change that takes a while. */
  readonly body: () => string
}

/** Describes a plan; nobody but `main.ts` knows the words. */
export type CommitText = (planned: Planned) => ChangeText

/**
 * The files of a branch as they stand now; `basis` is the commit they are in.
 *
 * @throws Failure those of `Git.branch()`; when reading one: `snapshot-unreadable` for other bytes than UTF-8.
 */
export async function listBranch(
  git: Git,
  branch: string,
  places: readonly string[],
): Promise<Listing<Head>> {
  const head = await git.branch(branch)
  const { files, obstacles } = await git.filesAt(head.tree, places)
  const read = async (file: string): Promise<string> => {
    const text = await git.text(files.get(file)?.id ?? '')
    if (text === undefined) throw new Failure({ code: 'snapshot-unreadable', file, cause: 'UTF-8' })
    return text
  }
  const ids = new Map([...files].map(([file, { id }]) => [file, id]))
  return { ids, obstacles, read, basis: head }
}

/** Files of a branch; they are replaced by a commit on top of the one they were read from (specification 7.1). */
export function branchStore(
  git: Git,
  { branch, commitText }: { readonly branch: string; readonly commitText: CommitText },
): Store<Head> {
  return {
    list: async (places) => listBranch(git, branch, places),

    async replace(files, planned, { id, tree }) {
      if (files.size === 0) return { changed: false }
      const commit = await git.makeCommit(commitText(planned).message, await git.makeTree(tree, files), [id])
      await git.move(branch, commit)
      return { changed: true, delivery: { commit } }
    },
  }
}
