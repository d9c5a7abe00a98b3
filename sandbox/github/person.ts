import { mergePull, point, reopen, updateBranch, close } from './branches.ts'
import { readCommit, somebody, type Person } from './commit.ts'
import { addComment } from './issues.ts'
import { pullNumbered } from './pulls.ts'
import { commitNow, type World } from './world.ts'

export type CommitOptions = {
  readonly message?: string
  /** A name, or a name and an address. */
  readonly author?: string | Person
}

/**
 * What a path is to hold: a text, a text with another mode (`100755` an executable file, `120000` a link to where the
 * text says), or the commit of a submodule (`160000`); `null` removes what is there.
 */
export type Content = string | null | { readonly mode: '100755' | '120000' | '160000'; readonly text: string }

/** A commit as `log()` lists it. */
export type Logged = {
  readonly sha: string
  readonly message: string
  readonly author: string
  readonly committer: string
  readonly parents: readonly string[]
  readonly tree: string
  /** Did GitHub sign it? */
  readonly verified: boolean
}

export type RepositoryPerson = ReturnType<typeof personOf>

/** What people do to a repository with git and in GitHub's pages. */
export function personOf(world: World) {
  const { bare } = world
  return {
    /** A person pushes a commit straight to a branch, a new one from the default branch. */
    async commit(
      branch: string,
      files: Readonly<Record<string, Content>>,
      { message = 'Edit by hand', author = somebody }: CommitOptions = {},
    ): Promise<string> {
      const parent = (await bare.head(branch)) ?? (await bare.head(world.defaultBranch))
      const base = parent === undefined ? undefined : (await readCommit(bare, parent))?.tree
      const entries = Object.entries(files).map(([path, content]) => ({
        path,
        ...(typeof content === 'object' && content !== null ? content : { mode: '100644', text: content }),
      }))
      const ids = await bare.writeBlobs(entries.flatMap(({ text }) => (text === null ? [] : [text])))
      const edits = entries.map(({ path, mode, text }) => ({
        path,
        mode,
        id: text === null || mode === '160000' ? text : (ids.get(text) ?? null),
      }))
      const sha = await commitNow(world, {
        tree: await bare.writeTree(base, edits),
        parents: parent === undefined ? [] : [parent],
        message: `${message}\n`,
        author: personCalled(author),
      })
      await point(world, branch, sha)
      return sha
    },

    /** Every file at a branch, tag or commit. */
    async filesAt(ref: string): Promise<Record<string, string>> {
      const files = (await bare.list(ref, '-r')).filter(({ type }) => type === 'blob')
      const read = files.map(async ({ path, id }) => {
        const bytes = (await bare.read(id))?.bytes ?? Buffer.alloc(0)
        return [path, bytes.toString('utf8')] as const
      })
      return Object.fromEntries(await Promise.all(read))
    },

    head: async (branch: string): Promise<string | undefined> => bare.head(branch),

    /** The newest first. */
    async log(branch: string): Promise<readonly Logged[]> {
      const ids = (await bare.git('rev-list', '--topo-order', `refs/heads/${branch}`)).split('\n')
      const commits = await Promise.all(ids.filter((id) => id !== '').map(async (id) => readCommit(bare, id)))
      return commits.flatMap((commit) =>
        commit === undefined
          ? []
          : [
              {
                sha: commit.id,
                message: commit.message.replace(/\n+$/, ''),
                author: commit.author.name,
                committer: commit.committer.name,
                parents: commit.parents,
                tree: commit.tree,
                verified: commit.signature !== undefined,
              },
            ],
      )
    },

    /** Its pull requests go along, and GitHub leads on from the old name. */
    async renameBranch(from: string, to: string): Promise<void> {
      await bare.git('branch', '-m', from, to)
      world.renamed.set(from, to)
      for (const pull of world.pulls) {
        if (pull.base === from) pull.base = to
        if (pull.head === from) pull.head = to
      }
    },

    deleteBranch: async (branch: string): Promise<void> => point(world, branch, undefined),

    forcePush: async (branch: string, sha: string): Promise<void> => point(world, branch, sha),

    /** Merges a pull request; its branch stays unless it is to go. */
    async merge(
      number: number,
      method: 'merge' | 'squash' = 'merge',
      { deleteBranch = false }: { readonly deleteBranch?: boolean } = {},
    ): Promise<string> {
      const pull = pullNumbered(world, number)
      const commit = await mergePull(world, pull, method)
      if (deleteBranch) await point(world, pull.head, undefined)
      return commit
    },

    updateBranch: async (number: number): Promise<string> => updateBranch(world, pullNumbered(world, number)),

    closePull: (number: number): void => {
      const pull = pullNumbered(world, number)
      if (pull.state === 'open') close(world, pull)
    },

    /** @throws Error with GitHub's reason. */
    async reopenPull(number: number): Promise<void> {
      const why = await reopen(world, pullNumbered(world, number))
      if (why !== undefined) throw new Error(why)
    },

    comments: (number: number): readonly { id: number; body: string; user: string }[] =>
      world.comments
        .filter(({ issue }) => issue === number)
        .map(({ id, body, user }) => ({ id, body, user })),

    /** @returns the id of the comment. */
    comment: (number: number, body: string, user = 'lin-yue'): number =>
      addComment(world, pullNumbered(world, number).number, body, user).id,
  }
}

function personCalled(author: string | Person): Person {
  if (typeof author !== 'string') return author
  const [, name = author, email = `${author.toLowerCase().replaceAll(/\W+/g, '.')}@example.com`] =
    /^(.*\S) +<(.*)>$/.exec(author) ?? []
  return { name, email }
}
