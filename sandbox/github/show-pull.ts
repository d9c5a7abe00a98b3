import { filesOf, htmlUrl, nodeId, repositoryOf, repositoryUrl, userOf } from './show.ts'
import type { IssueComment, Pull, World } from './world.ts'

/** A pull request as it stands in lists. */
export function pullOf(world: World, pull: Pull) {
  const at = `${repositoryUrl(world)}/pulls/${pull.number}`
  const issue = `${repositoryUrl(world)}/issues/${pull.number}`
  const html = `${htmlUrl(world)}/pull/${pull.number}`
  const statuses = `${repositoryUrl(world)}/statuses/${pull.headSha}`
  const hrefs = {
    self: at,
    html,
    issue,
    comments: `${issue}/comments`,
    review_comments: `${at}/comments`,
    review_comment: `${repositoryUrl(world)}/pulls/comments{/number}`,
    commits: `${at}/commits`,
    statuses,
  }
  return {
    id: 2_000_000_000 + pull.number,
    node_id: nodeId('PR', pull.number),
    number: pull.number,
    state: pull.state,
    locked: false,
    title: pull.title,
    body: pull.body,
    draft: pull.draft,
    user: userOf(world, pull.user),
    author_association: 'CONTRIBUTOR',
    url: at,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: issue,
    comments_url: hrefs.comments,
    review_comments_url: hrefs.review_comments,
    review_comment_url: hrefs.review_comment,
    commits_url: hrefs.commits,
    statuses_url: statuses,
    _links: Object.fromEntries(Object.entries(hrefs).map(([key, href]) => [key, { href }])),
    head: sideOf(world, pull.head, pull.headSha),
    base: sideOf(world, pull.base, pull.baseSha),
    labels: pull.labels.map((label) => labelOf(world, label)),
    requested_reviewers: pull.reviewers.map((login) => userOf(world, login)),
    requested_teams: pull.teams.map((slug) => teamOf(world, slug)),
    assignee: null,
    assignees: [],
    milestone: null,
    auto_merge: null,
    active_lock_reason: null,
    merge_commit_sha: pull.mergeCommit,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: pull.mergedAt,
  }
}

/** A pull request alone, with what has to be counted. */
export async function wholePullOf(world: World, pull: Pull) {
  const { bare, comments } = world
  const isOpen = pull.state === 'open'
  const base = isOpen ? ((await bare.head(pull.base)) ?? pull.baseSha) : pull.baseSha
  const start = (await bare.mergeBase(base, pull.headSha)) ?? base
  const files = await filesOf(world, bare, start, pull.headSha)
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)
  const mergeable = isOpen ? (await bare.merged(base, pull.headSha)) !== undefined : null
  return {
    ...pullOf(world, pull),
    merged: pull.merged,
    mergeable,
    mergeable_state: mergeable === null ? 'unknown' : mergeable ? 'clean' : 'dirty',
    merged_by: pull.mergedBy === null ? null : userOf(world, pull.mergedBy),
    comments: comments.filter(({ issue }) => issue === pull.number).length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: await bare.count(`${base}..${pull.headSha}`),
    additions: sum(files.map((file) => file.additions)),
    deletions: sum(files.map((file) => file.deletions)),
    changed_files: files.length,
  }
}

function sideOf(world: World, branch: string, sha: string) {
  return {
    label: `${world.owner}:${branch}`,
    ref: branch,
    sha,
    user: userOf(world, world.owner),
    repo: repositoryOf(world),
  }
}

export function labelOf(world: World, name: string) {
  return {
    id: 3_000_000_000 + world.labels.indexOf(name),
    node_id: nodeId('LA', name),
    url: `${repositoryUrl(world)}/labels/${encodeURIComponent(name)}`,
    name,
    description: '',
    color: 'ededed',
    default: false,
  }
}

function teamOf({ url, owner, teams }: World, slug: string) {
  const at = `${url}/organizations/1/team/${teams.indexOf(slug) + 1}`
  return {
    id: teams.indexOf(slug) + 1,
    node_id: nodeId('T', slug),
    url: at,
    html_url: `https://github.com/orgs/${owner}/teams/${slug}`,
    name: slug,
    slug,
    description: null,
    privacy: 'closed',
    notification_setting: 'notifications_enabled',
    permission: 'push',
    members_url: `${at}/members{/member}`,
    repositories_url: `${at}/repos`,
    type: 'organization',
    organization_id: 1,
    parent: null,
  }
}

export function commentOf(world: World, comment: IssueComment) {
  const at = repositoryUrl(world)
  return {
    id: comment.id,
    node_id: nodeId('IC', comment.id),
    url: `${at}/issues/comments/${comment.id}`,
    html_url: `${htmlUrl(world)}/pull/${comment.issue}#issuecomment-${comment.id}`,
    issue_url: `${at}/issues/${comment.issue}`,
    user: userOf(world, comment.user),
    author_association: 'CONTRIBUTOR',
    body: comment.body,
    performed_via_github_app: null,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
  }
}
