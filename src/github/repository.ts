import { readFile } from 'node:fs/promises'
import { getOctokit } from '@actions/github'
import { z } from 'zod'
import { Failure } from '../errors.ts'
import { systemClock, type Clock } from '../http/clock.ts'
import { backOff, retry } from '../http/retry.ts'
import type { PersonalData } from '../model.ts'
import type { Environment } from './environment.ts'
import type { Inputs } from './inputs.ts'

/** Who can see the repository; an internal one counts as private. */
export type Visibility = 'private' | 'public' | 'unknown'

const repositorySchema = z.object({
  full_name: z.string().optional(),
  private: z.boolean().optional(),
  visibility: z.string().optional(),
})
const eventSchema = z.object({ repository: repositorySchema.optional() })

/** Milliseconds until GitHub's answer is given up. */
const longestAsking = 10_000

/**
 * How much of a person the reports of this run may show. GitHub is asked only when the answer depends on it.
 *
 * @throws Failure when a snapshot would become public, or may: it holds every person's name, phone and e-mail.
 */
export async function decidePersonalData(
  { personalData, target, githubToken }: Pick<Inputs, 'personalData' | 'target' | 'githubToken'>,
  environment: Environment,
  clock: Clock = systemClock,
): Promise<PersonalData> {
  if (personalData === 'full' || (personalData !== 'auto' && target.kind !== 'snapshot')) return personalData
  const visibility = await readVisibility(githubToken, environment, clock)
  if (target.kind === 'snapshot' && visibility !== 'private') {
    const repository = environment['GITHUB_REPOSITORY'] ?? ''
    throw new Failure({
      code: visibility === 'public' ? 'snapshot-public' : 'input-visibility-unknown',
      repository,
    })
  }
  if (personalData !== 'auto') return personalData
  return visibility === 'private' ? 'masked' : 'hidden'
}

/** Who can see the repository: as the event tells, else (`schedule` tells nothing) as GitHub answers. */
export async function readVisibility(
  token: string,
  environment: Environment,
  clock: Clock = systemClock,
): Promise<Visibility> {
  const told = await toldByEvent(environment)
  if (told !== 'unknown') return told
  const [owner = '', repo = ''] = (environment['GITHUB_REPOSITORY'] ?? '').split('/')
  if (token === '' || owner === '' || repo === '') return 'unknown'
  const baseUrl = environment['GITHUB_API_URL'] ?? 'https://api.github.com'
  const octokit = getOctokit(token, { baseUrl })
  try {
    const { data } = await retry(
      () => asked(() => octokit.rest.repos.get({ owner, repo, request: { signal: timeout() } })),
      (problem, tries) => (tries < 3 ? backOff(problem, tries, clock) : undefined),
      clock,
    )
    return visibilityOf(data)
  } catch {
    return 'unknown'
  }
}

async function toldByEvent(environment: Environment): Promise<Visibility> {
  const file = environment['GITHUB_EVENT_PATH'] ?? ''
  if (file === '') return 'unknown'
  try {
    const { repository } = eventSchema.parse(JSON.parse(await readFile(file, 'utf8')))
    const isOther =
      repository?.full_name !== undefined && repository.full_name !== environment['GITHUB_REPOSITORY']
    return isOther ? 'unknown' : visibilityOf(repository)
  } catch {
    return 'unknown'
  }
}

/** In doubt between two answers, the careful one: public. */
function visibilityOf(repository: unknown): Visibility {
  const parsed = repositorySchema.safeParse(repository)
  if (!parsed.success) return 'unknown'
  const { private: isPrivate, visibility } = parsed.data
  if (isPrivate === false || visibility === 'public') return 'public'
  return isPrivate === true || visibility === 'private' || visibility === 'internal' ? 'private' : 'unknown'
}

function timeout(): AbortSignal {
  return AbortSignal.timeout(longestAsking)
}

/** Octokit's errors as ours; it gives those of the connection the status 500. */
async function asked<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call()
  } catch (thrown) {
    const status = typeof thrown === 'object' && thrown !== null && 'status' in thrown ? thrown.status : 500
    throw new Failure({
      code: 'http-status',
      service: 'GitHub',
      call: 'GET repository',
      status: typeof status === 'number' ? status : 500,
    })
  }
}
