import type { Call, Operation } from './call.ts'
import { lengthOf, longestText, pullNumbered } from './pulls.ts'
import { invalid, notFound, paged } from './reply.ts'
import { commentOf, labelOf } from './show-pull.ts'
import { bot, nowOf, type IssueComment, type Pull, type World } from './world.ts'

/*
 * What pull requests have of issues, comments and labels: https://docs.github.com/rest/issues
 */

export const listComments: Operation = (call) => {
  const { world, query, url } = call
  const { number } = pullOfIssue(call)
  const since = query.get('since') ?? ''
  const found = world.comments.filter(({ issue, updatedAt }) => issue === number && updatedAt >= since)
  const { items, headers } = paged({ url, query }, found)
  return { headers, body: items.map((comment) => commentOf(world, comment)) }
}

export const createComment: Operation = (call) => {
  const { number } = pullOfIssue(call)
  const { body } = call.body as { body: string }
  refuseText(body)
  const shown = commentOf(call.world, addComment(call.world, number, body, bot))
  return { status: 201, headers: { location: shown.url }, body: shown }
}

export const updateComment: Operation = (call) => {
  const { body } = call.body as { body: string }
  const comment = commentOfCall(call)
  refuseText(body)
  Object.assign(comment, { body, updatedAt: nowOf(call.world) })
  return { body: commentOf(call.world, comment) }
}

export const deleteComment: Operation = (call) => {
  const { comments } = call.world
  comments.splice(comments.indexOf(commentOfCall(call)), 1)
  return { status: 204 }
}

/** A label that is not there is made. */
export const addLabels: Operation = (call) => {
  const { world } = call
  const pull = pullOfIssue(call)
  const { labels = [] } = call.body as { labels?: readonly (string | { readonly name: string })[] }
  const names = labels.map((label) => (typeof label === 'string' ? label : label.name))
  const unfit = names.filter((name) => name.trim() === '' || lengthOf(name) > 50)
  if (unfit.length > 0) throw invalid({ resource: 'Label', field: 'name', code: 'invalid' })
  for (const name of names) {
    const known = world.labels.find((each) => each.toLowerCase() === name.toLowerCase())
    if (known === undefined) world.labels.push(name)
    if (!pull.labels.includes(known ?? name)) pull.labels.push(known ?? name)
  }
  return { body: pull.labels.map((name) => labelOf(world, name)) }
}

export function addComment(world: World, issue: number, body: string, user: string): IssueComment {
  const now = nowOf(world)
  const comment = { id: ++world.commentCount, issue, user, body, createdAt: now, updatedAt: now }
  world.comments.push(comment)
  return comment
}

function refuseText(body: string): void {
  const wrong = { resource: 'IssueComment', field: 'data' }
  if (body.trim() === '') throw invalid({ ...wrong, field: 'body', code: 'missing_field' })
  if (lengthOf(body) > longestText)
    throw invalid({
      ...wrong,
      code: 'unprocessable',
      message: `Body is too long (maximum is ${longestText} characters)`,
    })
}

function pullOfIssue({ world, parameters }: Call): Pull {
  return pullNumbered(world, Number(parameters['issue_number']))
}

function commentOfCall({ world, parameters }: Call): IssueComment {
  const comment = world.comments.find(({ id }) => id === Number(parameters['comment_id']))
  if (comment === undefined) throw notFound
  return comment
}
