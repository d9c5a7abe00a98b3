import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { decoded, parsedJson } from '../model/strict-text.ts'
import type { Environment } from './environment.ts'

const repositorySchema = z.object({
  full_name: z.string().optional(),
  private: z.boolean().optional(),
  visibility: z.string().optional(),
})
export type RepositoryFacts = z.infer<typeof repositorySchema>

const eventSchema = z.object({
  repository: repositorySchema.optional(),
  pull_request: z
    .object({
      number: z.number(),
      head: z.object({ repo: repositorySchema.nullish() }).optional(),
    })
    .optional(),
})

/** What is known of the event that started the run. */
export type Event = {
  readonly repository?: RepositoryFacts
  readonly pullRequest?: {
    readonly number: number
    /** It comes from another repository, and gets neither secrets nor a token that may write. */
    readonly isFork: boolean
  }
}

/** Reads the event's payload; one that cannot be read says nothing. */
export async function readEvent(environment: Environment): Promise<Event> {
  const file = environment['GITHUB_EVENT_PATH'] ?? ''
  if (file === '') return {}
  try {
    const { repository, pull_request: pull } = eventSchema.parse(
      parsedJson(decoded(await readFile(file)) ?? ''),
    )
    const own = environment['GITHUB_REPOSITORY'] ?? ''
    // The repository of a fork that was deleted is null.
    const isFork = pull?.head !== undefined && pull.head.repo?.full_name?.toLowerCase() !== own.toLowerCase()
    return {
      ...(repository !== undefined && { repository }),
      ...(pull !== undefined && { pullRequest: { number: pull.number, isFork } }),
    }
  } catch {
    return {}
  }
}

/** As `RepositoryFacts`, of anything. */
export function factsOf(repository: unknown): RepositoryFacts {
  return repositorySchema.safeParse(repository).data ?? {}
}
