import type { Bare } from './bare.ts'
import type { CommitObject, Stamp } from './commit.ts'
import { bot, isoOf, type World } from './world.ts'

/*
 * What GitHub shows, with every key that its description requires.
 */

/** An id that GraphQL would know; the same thing has the same. */
export function nodeId(kind: string, id: number | string): string {
  return `${kind}_${Buffer.from(String(id)).toString('base64url')}`
}

export function repositoryUrl({ url, repository }: World): string {
  return `${url}/repos/${repository}`
}

export function htmlUrl({ repository }: Pick<World, 'repository'>): string {
  return `https://github.com/${repository}`
}

const userLinks = [
  'followers',
  'following{/other_user}',
  'gists{/gist_id}',
  'starred{/owner}{/repo}',
  'subscriptions',
  'orgs',
  'repos',
  'events{/privacy}',
  'received_events',
]
const userKeys = [
  'followers_url',
  'following_url',
  'gists_url',
  'starred_url',
  'subscriptions_url',
  'organizations_url',
  'repos_url',
  'events_url',
  'received_events_url',
]

/** A user, the job's bot, or the organization that owns the repository. */
export function userOf({ url, owner }: World, login: string) {
  const at = `${url}/users/${encodeURIComponent(login)}`
  const type = login === bot ? 'Bot' : login === owner ? 'Organization' : 'User'
  return {
    login,
    id: login === bot ? 41898282 : 1000 + login.length,
    node_id: nodeId('U', login),
    avatar_url: `https://avatars.githubusercontent.com/in/15368?u=${encodeURIComponent(login)}`,
    gravatar_id: '',
    url: at,
    html_url: `https://github.com/${login === bot ? 'apps/github-actions' : login}`,
    ...Object.fromEntries(userKeys.map((key, index) => [key, `${at}/${userLinks[index] ?? ''}`])),
    type,
    user_view_type: 'public',
    site_admin: false,
  }
}

/** Names of the lists a repository has; `archive` and some others take a parameter. */
const repositoryLists = `archive/{archive_format}{/ref} assignees{/user} blobs=git/blobs{/sha} branches{/branch}
collaborators{/collaborator} comments{/number} commits{/sha} compare/{base}...{head} contents/{+path} contributors
deployments downloads events forks git_commits=git/commits{/sha} git_refs=git/refs{/sha} git_tags=git/tags{/sha}
hooks issue_comment=issues/comments{/number} issue_events=issues/events{/number} issues{/number} keys{/key_id}
labels{/name} languages merges milestones{/number} notifications{?since,all,participating} pulls{/number}
releases{/id} stargazers statuses/{sha} subscribers subscription tags teams trees=git/trees{/sha}`

function listLinks(at: string): Record<string, string> {
  return Object.fromEntries(
    repositoryLists.split(/\s+/).map((list) => {
      const [key = '', path = key] = list.split('=')
      return [`${key.replace(/[{/].*$/, '')}_url`, `${at}/${path}`]
    }),
  )
}

/** The repository as it stands in other answers. */
export function repositoryOf(world: World) {
  const html = htmlUrl(world)
  const at = repositoryUrl(world)
  return {
    id: 800_000_001,
    node_id: nodeId('R', world.repository),
    name: world.name,
    full_name: world.repository,
    owner: userOf(world, world.owner),
    private: world.visibility !== 'public',
    visibility: world.visibility,
    html_url: html,
    description: null,
    fork: world.fork,
    url: at,
    ...listLinks(at),
    clone_url: `${html}.git`,
    git_url: `git://github.com/${world.repository}.git`,
    ssh_url: `git@github.com:${world.repository}.git`,
    svn_url: html,
    mirror_url: null,
    homepage: null,
    language: null,
    default_branch: world.defaultBranch,
    forks: 0,
    forks_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    size: 1,
    open_issues: 0,
    open_issues_count: 0,
    is_template: false,
    topics: [],
    has_issues: true,
    has_projects: true,
    has_wiki: true,
    has_pages: false,
    has_downloads: true,
    has_discussions: false,
    archived: false,
    disabled: false,
    license: null,
    allow_forking: true,
    web_commit_signoff_required: false,
    created_at: world.createdAt,
    updated_at: world.createdAt,
    pushed_at: world.createdAt,
  }
}

function stampShown({ name, email, seconds }: Stamp) {
  return { name, email, date: isoOf(seconds) }
}

function verificationOf({ signature, payload, committer }: CommitObject) {
  return signature === undefined
    ? { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null }
    : { verified: true, reason: 'valid', signature, payload, verified_at: isoOf(committer.seconds) }
}

/** A commit as git has it: `git/get-commit`. */
export function gitCommitOf(world: World, commit: CommitObject) {
  const at = `${repositoryUrl(world)}/git`
  return {
    sha: commit.id,
    node_id: nodeId('C', commit.id),
    url: `${at}/commits/${commit.id}`,
    html_url: `${htmlUrl(world)}/commit/${commit.id}`,
    author: stampShown(commit.author),
    committer: stampShown(commit.committer),
    tree: { sha: commit.tree, url: `${at}/trees/${commit.tree}` },
    message: messageOf(commit),
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${at}/commits/${sha}`,
      html_url: `${htmlUrl(world)}/commit/${sha}`,
    })),
    verification: verificationOf(commit),
  }
}

/** A commit as GitHub has it, with the accounts of who made it. */
export function commitOf(world: World, commit: CommitObject) {
  const at = `${repositoryUrl(world)}/commits`
  const { sha, node_id, html_url, author, committer, tree, message, parents, verification } = gitCommitOf(
    world,
    commit,
  )
  return {
    sha,
    node_id,
    html_url,
    url: `${at}/${sha}`,
    comments_url: `${at}/${sha}/comments`,
    commit: {
      url: `${repositoryUrl(world)}/git/commits/${sha}`,
      author,
      committer,
      message,
      tree,
      comment_count: 0,
      verification,
    },
    author: accountOf(world, commit.author),
    committer: accountOf(world, commit.committer),
    parents: parents.map((parent) => ({ ...parent, url: `${at}/${parent.sha}` })),
  }
}

/** People without an account are nobody. */
function accountOf(world: World, { name, email }: Stamp) {
  if (name === bot) return userOf(world, bot)
  return email === 'noreply@github.com' ? userOf(world, 'web-flow') : null
}

/** Git ends a message with a line break, GitHub does not show it. */
function messageOf({ message }: CommitObject): string {
  return message.replace(/\n+$/, '')
}

/** What differs between two commits. */
export async function filesOf(world: World, bare: Bare, from: string, to: string) {
  const options = ['-r', '-z', '--no-renames', from, to] as const
  const raw = (await bare.git('diff-tree', '--raw', ...options)).split('\0')
  const counts = (await bare.git('diff-tree', '--numstat', ...options)).split('\0')
  const statuses: Readonly<Record<string, string>> = { A: 'added', D: 'removed', M: 'modified', T: 'changed' }
  return counts
    .filter((line) => line !== '')
    .map((line, index) => {
      const [added = '0', deleted = '0', filename = ''] = line.split('\t')
      const [, , before = '', after = '', letter = 'M'] = (raw[index * 2] ?? '').split(' ')
      // Binary files have no lines to count.
      const additions = added === '-' ? 0 : Number(added)
      const deletions = deleted === '-' ? 0 : Number(deleted)
      const path = encodeURI(filename)
      return {
        sha: letter === 'D' ? before : after,
        filename,
        status: statuses[letter] ?? 'modified',
        additions,
        deletions,
        changes: additions + deletions,
        blob_url: `${htmlUrl(world)}/blob/${to}/${path}`,
        raw_url: `${htmlUrl(world)}/raw/${to}/${path}`,
        contents_url: `${repositoryUrl(world)}/contents/${path}?ref=${to}`,
      }
    })
}
