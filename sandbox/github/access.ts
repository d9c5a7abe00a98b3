import type { SeenRequest } from '../server.ts'
import type { OperationId } from './names.ts'
import { Refused } from './reply.ts'
import { token, type Level, type PermissionName, type World } from './world.ts'

/** What a token needs: any of these, to read or to write. */
type Need = { readonly level: Exclude<Level, 'none'>; readonly names: readonly PermissionName[] }

const read = (...names: readonly PermissionName[]): Need => ({ level: 'read', names })
const write = (...names: readonly PermissionName[]): Need => ({ level: 'write', names })

/** https://docs.github.com/rest/authentication/permissions-required-for-github-apps */
const needs: Readonly<Record<OperationId, Need>> = {
  'repos/get': read('metadata'),
  'repos/get-branch': read('contents'),
  'repos/get-branch-rules': read('metadata'),
  'repos/compare-commits': read('contents'),
  'git/get-ref': read('contents'),
  'git/create-ref': write('contents'),
  'git/update-ref': write('contents'),
  'git/delete-ref': write('contents'),
  'git/get-commit': read('contents'),
  'git/create-commit': write('contents'),
  'git/get-tree': read('contents'),
  'git/create-tree': write('contents'),
  'git/get-blob': read('contents'),
  'git/create-blob': write('contents'),
  'pulls/list': read('pull_requests'),
  'pulls/get': read('pull_requests'),
  'pulls/create': write('pull_requests'),
  'pulls/update': write('pull_requests'),
  'pulls/list-commits': read('pull_requests'),
  'pulls/request-reviewers': write('pull_requests'),
  'issues/list-comments': read('issues', 'pull_requests'),
  'issues/create-comment': write('issues', 'pull_requests'),
  'issues/update-comment': write('issues', 'pull_requests'),
  'issues/delete-comment': write('issues', 'pull_requests'),
  'issues/add-labels': write('issues', 'pull_requests'),
}

const ranks: Readonly<Record<Level, number>> = { none: 0, read: 1, write: 2 }

/** The header with the permissions that would have been enough. */
export function acceptedPermissions(operation: OperationId): string {
  const { level, names } = needs[operation]
  return names.map((name) => `${name}=${level}`).join('; ')
}

/**
 * Lets a request in.
 *
 * @throws Refused as GitHub does.
 */
export function admit(world: World, operation: OperationId, request: SeenRequest, repository: string): void {
  const given = /^(?:token|bearer) (.*)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (given !== undefined && given !== token) throw new Refused(401, 'Bad credentials')
  const { level, names } = needs[operation]
  const isOpen = world.visibility === 'public' && level === 'read'
  const isHere = repository.toLowerCase() === world.repository.toLowerCase()
  if (!isHere || (given === undefined && !isOpen)) throw new Refused(404, 'Not Found')
  const isAllowed = names.some((name) => ranks[world.permissions[name]] >= ranks[level])
  if (!isAllowed && !isOpen) throw new Refused(403, 'Resource not accessible by integration')
}
