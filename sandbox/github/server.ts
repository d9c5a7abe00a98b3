import { FaultMatcher } from '../fault-matcher.ts'
import { listen, type Answer, type SeenRequest } from '../server.ts'
import { acceptedPermissions, admit } from './access.ts'
import { Bare } from './bare.ts'
import { tooLarge } from './data.ts'
import { documentationOf, match, wrongsOfRequest, wrongsOfResponse, type Match } from './description.ts'
import { faultyAnswer, type GithubFault } from './faults.ts'
import type { OperationId } from './names.ts'
import { operations } from './operations.ts'
import { personOf, type RepositoryPerson } from './person.ts'
import { refusal, Refused } from './reply.ts'
import { isEmpty, secondsOf, token, worldOf, type GithubOptions, type Pull, type World } from './world.ts'

export { primaryRateLimit, secondaryRateLimit, type GithubFault, type GithubEffect } from './faults.ts'
export type { OperationId } from './names.ts'
export type { GithubOptions, Pull } from './world.ts'

/** One call as the sandbox saw it. */
export type GithubRequest = {
  readonly method: string
  readonly path: string
  /** `""` when there is no such operation. */
  readonly operationId: OperationId | ''
  /** 0 when it was not answered. */
  readonly status: number
  /** Bytes of both bodies, the request's and the answer's. */
  readonly bytes: number
}

/** A running sandbox GitHub. */
export type GithubSandbox = RepositoryPerson & {
  readonly url: string
  readonly repository: string
  readonly defaultBranch: string
  readonly token: string
  readonly requests: GithubRequest[]
  /** Faults still to come; a test may add and remove them. */
  readonly faults: GithubFault[]
  /** Each request or answer that is not as GitHub's description says; those of faults do not count. */
  readonly violations: string[]
  readonly pulls: Pull[]
  /** How often an operation was called. */
  calls(operation: OperationId): number
  /** What the git of this machine says in the bare repository. */
  git(...args: readonly string[]): Promise<string>
  close(): Promise<void>
}

/** Starts a stand-in of GitHub's REST API on 127.0.0.1, over a real bare repository. Close it. */
export async function startGithub(
  options: GithubOptions & { readonly faults?: readonly GithubFault[] } = {},
  port = 0,
): Promise<GithubSandbox> {
  const bare = await Bare.make(options.defaultBranch ?? 'main')
  const world = worldOf(bare, options)
  const requests: GithubRequest[] = []
  const violations: string[] = []
  const faults = [...(options.faults ?? [])]
  const matcher = new FaultMatcher<GithubFault>()
  const oneByOne = queue()
  const person = personOf(world)
  if (options.empty !== true) {
    const files = options.files ?? { 'README.md': '# Directory\n' }
    await person.commit(world.defaultBranch, files, { message: 'Initial commit' })
  }
  const server = await listen(async (request) => {
    // The sandbox keeps count itself; bodies may be large.
    server.requests.length = 0
    const found = match(request.method, request.path)
    const operationId: GithubRequest['operationId'] = found?.operation.operationId ?? ''
    const record = { method: request.method, path: request.path, operationId, status: 0, bytes: 0 }
    requests.push(record)
    const answer = await answered(request, found)
    record.status = answer.break === undefined ? (answer.status ?? 200) : 0
    record.bytes = Buffer.byteLength(request.body) + sizeOf(answer)
    return answer
  }, port)
  world.url = server.url

  async function answered(request: SeenRequest, found: Match | undefined): Promise<Answer> {
    if (found === undefined) {
      violations.push(`${request.method} ${request.path}: the sandbox has no such operation`)
      return refusal(new Refused(404, 'Not Found'))
    }
    const perform = async (): Promise<Answer> =>
      request.method === 'GET'
        ? performed(world, request, found, violations)
        : oneByOne(async () => performed(world, request, found, violations))
    const kinds = request.method === 'GET' ? [] : ['write']
    const what = matcher.match(faults, found.operation.operationId, ...kinds)?.do
    if (what === undefined) return perform()
    if (typeof what === 'object' && 'before' in what) {
      await what.before(sandbox)
      return perform()
    }
    return faultyAnswer(what, perform)
  }

  const sandbox: GithubSandbox = {
    ...person,
    url: server.url,
    repository: world.repository,
    defaultBranch: world.defaultBranch,
    token,
    requests,
    faults,
    violations,
    pulls: world.pulls,
    calls: (operation) => requests.filter(({ operationId }) => operationId === operation).length,
    git: async (...args) => bare.git(...args),
    close: async () => {
      await server.close()
      await bare.close()
    },
  }
  return sandbox
}

/** Runs what it is given one after the other: of two writers that meet, one is first. */
function queue(): (task: () => Promise<Answer>) => Promise<Answer> {
  let last: Promise<unknown> = Promise.resolve()
  return async (task) => {
    const next = last.then(task, task)
    last = next
    return next
  }
}

/** Lets the request in, answers it, and compares both with the description. */
async function performed(
  world: World,
  request: SeenRequest,
  found: Match,
  violations: string[],
): Promise<Answer> {
  const { operationId } = found.operation
  const note = (wrongs: readonly string[], what: string): void => {
    violations.push(...wrongs.map((wrong) => `${operationId} ${what}: ${wrong}`))
  }
  const answer = await refusable(found, async () => {
    const { owner = '', repo = '' } = found.parameters
    admit(world, operationId, request, `${owner}/${repo}`)
    if (Buffer.byteLength(request.body) > world.limits.requestBytes) throw tooLarge
    const body = parsed(request.body)
    const wrongs = wrongsOfRequest(found, { query: request.query, body })
    note(wrongs, 'request')
    if (wrongs.length > 0) throw new Refused(422, `Invalid request.\n\n${wrongs.join('\n')}`)
    if (operationId.startsWith('git/') && (await isEmpty(world)))
      throw new Refused(409, 'Git Repository is empty.')
    return operations[operationId]({
      world,
      parameters: found.parameters,
      query: request.query,
      body: (body ?? {}) as Record<string, unknown>,
      accept: request.headers.accept ?? '',
      url: `${world.url}${request.path}`,
    })
  })
  const { status = 200, body } = answer
  const isRaw = body instanceof Uint8Array
  if (!isRaw) note(wrongsOfResponse(found, { status, body }), `answer ${status}`)
  return { ...answer, headers: { ...usualHeaders(world, operationId), ...answer.headers } }
}

async function refusable({ operation }: Match, answer: () => Promise<Answer> | Answer): Promise<Answer> {
  try {
    return await answer()
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown
    return refusal(thrown, documentationOf(operation))
  }
}

function parsed(body: string): unknown {
  if (body === '') return undefined
  try {
    return JSON.parse(body) as unknown
  } catch {
    throw new Refused(400, 'Problems parsing JSON')
  }
}

function usualHeaders(world: World, operation: OperationId): Record<string, string> {
  return {
    'x-github-media-type': 'github.v3; format=json',
    'x-accepted-github-permissions': acceptedPermissions(operation),
    'x-ratelimit-limit': '1000',
    'x-ratelimit-remaining': '999',
    'x-ratelimit-used': '1',
    'x-ratelimit-reset': String(secondsOf(world) + 3600),
    'x-ratelimit-resource': 'core',
  }
}

function sizeOf({ body = '' }: Answer): number {
  if (body instanceof Uint8Array) return body.length
  return Buffer.byteLength(typeof body === 'string' ? body : JSON.stringify(body))
}
