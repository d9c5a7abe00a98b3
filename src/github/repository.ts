import { z } from 'zod'
import { Failure, problemsOf, type Problem } from '../model/problem.ts'
import type { Stop } from '../model/ports.ts'
import { systemClock, type Clock } from '../http/clock.ts'
import type { PersonalData, PersonalDataReason } from '../model/run.ts'
import { Github } from './api.ts'
import type { Environment } from './environment.ts'
import { factsOf, type Event } from './event.ts'
import type { Inputs } from './inputs.ts'

/** Who can see the repository; an internal one counts as private. */
export type Visibility = 'private' | 'public' | 'unknown'

/** How GitHub is asked, and what ends that. */
type Asking = { readonly clock?: Clock; readonly stop?: Stop }

/** Milliseconds until GitHub's answer is given up. */
const longestAsking = 10_000

/** How much of a person the reports of this run may show, and why that was not easily known. */
export type Level = {
  readonly level: PersonalData
  readonly why: PersonalDataReason
  readonly problems: readonly Problem[]
}

/**
 * Decides how much of a person the reports may show, and why. GitHub is asked only when the answer depends on it;
 * where it cannot be asked, the careful answer stands, and the reason is said.
 *
 * @throws Failure when a snapshot would become public, or may: it holds every person's name, phone and e-mail; or
 * `cancelled`.
 */
export async function decidePersonalData(
  { personalData, target, githubToken }: Pick<Inputs, 'personalData' | 'target' | 'githubToken'>,
  event: Event,
  environment: Environment,
  asking: Asking = {},
): Promise<Level> {
  if (personalData === 'full' || (personalData !== 'auto' && target.kind !== 'snapshot')) {
    return { level: personalData, why: 'set', problems: [] }
  }
  const { visibility, problems } = await readVisibility(githubToken, event, environment, asking)
  if (target.kind === 'snapshot' && visibility !== 'private') {
    const repository = environment['GITHUB_REPOSITORY'] ?? ''
    throw new Failure(...problems, {
      code: visibility === 'public' ? 'snapshot-public' : 'input-visibility-unknown',
      repository,
    })
  }
  if (personalData !== 'auto') return { level: personalData, why: 'set', problems }
  return { level: visibility === 'private' ? 'masked' : 'hidden', why: visibility, problems }
}

/** Who can see the repository: as the event says, else (`schedule` says nothing) as GitHub answers. */
export async function readVisibility(
  token: string,
  event: Event,
  environment: Environment,
  { clock = systemClock, ...asking }: Asking = {},
): Promise<{ readonly visibility: Visibility; readonly problems: readonly Problem[] }> {
  const known = visibilityIn(event, environment)
  const { repository, apiUrl } = repositoryOf(environment)
  if (known !== 'unknown' || token === '' || repository === '') return { visibility: known, problems: [] }
  try {
    const github = new Github({ token, repository, apiUrl, clock, timeout: longestAsking, ...asking })
    return { visibility: visibilityOf(await askRepository(github)), problems: [] }
  } catch (thrown) {
    asking.stop?.asked.throwIfAborted()
    return { visibility: 'unknown', problems: problemsOf(thrown) }
  }
}

const repositoryAnswer = z.object({
  private: z.boolean(),
  visibility: z.string().optional(),
  permissions: z.object({ push: z.boolean().optional() }).optional(),
})

/** What GitHub says of the repository itself. */
export async function askRepository(github: Github): Promise<z.output<typeof repositoryAnswer>> {
  return github.ask({ name: 'repos/get', permission: 'contents', path: '', answer: repositoryAnswer })
}

/** The repository of the run as `owner/name`, `""` at a desk, and the API that knows it. */
export function repositoryOf(environment: Environment): {
  readonly repository: string
  readonly apiUrl: string
} {
  const repository = environment['GITHUB_REPOSITORY'] ?? ''
  return {
    repository: /^[^/]+\/[^/]+$/.test(repository) ? repository : '',
    apiUrl: environment['GITHUB_API_URL'] ?? 'https://api.github.com',
  }
}

/** Address of the page of the run. */
export function runUrlOf(environment: Environment): string {
  const server = environment['GITHUB_SERVER_URL'] ?? 'https://github.com'
  return `${server}/${repositoryOf(environment).repository}/actions/runs/${environment['GITHUB_RUN_ID'] ?? ''}`
}

function visibilityIn({ repository }: Event, environment: Environment): Visibility {
  const isOther =
    repository?.full_name !== undefined && repository.full_name !== environment['GITHUB_REPOSITORY']
  return isOther ? 'unknown' : visibilityOf(repository)
}

/** In doubt between two answers, the careful one: public. */
function visibilityOf(repository: unknown): Visibility {
  const { private: isPrivate, visibility } = factsOf(repository)
  if (isPrivate === false || visibility === 'public') return 'public'
  return isPrivate === true || visibility === 'private' || visibility === 'internal' ? 'private' : 'unknown'
}
