import { z } from 'zod'
import { isLost, isRefusal, pathOf, type Github } from './api.ts'

/** The first line of a comment by which its writer knows it again; nobody sees it. */
export function markerOf(syncer: string, about: 'plan' | 'branch'): string {
  return `<!-- wecom-syncer:${syncer}:${about} -->`
}

/**
 * Writes the one comment of a kind under a pull request: a new one, or in place of what it said before. Should
 * two runs have written one each, the later ones are removed; never what another author wrote.
 *
 * @throws Failure of `Github.ask()`.
 */
export async function writeComment(
  github: Github,
  issue: number,
  { marker, body }: { readonly marker: string; readonly body: string },
): Promise<void> {
  const text = `${marker}\n${body}`
  const [first, ...others] = await markedComments(github, issue, marker)
  for (const { id, author } of others) if (author === first?.author) await remove(github, id)
  if (first === undefined) await create(github, issue, marker, text)
  else if (first.body !== text) await update(github, first.id, text)
}

/** What is used of GitHub's answer. */
const commentAnswer = z.object({
  id: z.int(),
  user: z.object({ id: z.int() }).nullable(),
  body: z.string().optional(),
})

type Comment = { readonly id: number; readonly author: number | undefined; readonly body: string }

async function markedComments(github: Github, issue: number, marker: string): Promise<readonly Comment[]> {
  const found: Comment[] = []
  for (let page = 1; ; page++) {
    const comments = await github.ask({
      name: 'issues/list-comments',
      permission: 'pull-requests',
      path: pathOf`/issues/${issue}/comments`,
      query: { per_page: pageSize, page },
      answer: z.array(commentAnswer),
    })
    const some = comments.map(({ id, user, body = '' }) => ({ id, author: user?.id, body }))
    found.push(...some.filter(({ body }) => body.startsWith(marker)))
    if (comments.length < pageSize) return found
  }
}

const pageSize = 100

/** Where the answer is lost, the comment may be there all the same: look before it is sent again. */
async function create(github: Github, issue: number, marker: string, body: string): Promise<void> {
  try {
    await github.ask({
      name: 'issues/create-comment',
      permission: 'pull-requests',
      once: true,
      method: 'POST',
      path: pathOf`/issues/${issue}/comments`,
      body: { body },
      answer: commentAnswer,
    })
  } catch (thrown) {
    if (!isLost(thrown) || (await markedComments(github, issue, marker)).length === 0) throw thrown
  }
}

async function update(github: Github, id: number, body: string): Promise<void> {
  await github.ask({
    name: 'issues/update-comment',
    permission: 'pull-requests',
    method: 'PATCH',
    path: pathOf`/issues/comments/${id}`,
    body: { body },
    answer: commentAnswer,
  })
}

/** One that is gone already is as well. */
async function remove(github: Github, id: number): Promise<void> {
  try {
    await github.ask({
      name: 'issues/delete-comment',
      permission: 'pull-requests',
      method: 'DELETE',
      path: pathOf`/issues/comments/${id}`,
      answer: z.undefined(),
    })
  } catch (thrown) {
    if (!isRefusal(thrown, 404)) throw thrown
  }
}
