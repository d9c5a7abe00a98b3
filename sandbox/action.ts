import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'

/** The root of the project. */
export const root = fileURLToPath(new URL('..', import.meta.url))

const valueSchema = z.object({ description: z.string(), default: z.string().optional() })
const actionSchema = z.object({
  inputs: z.record(z.string(), valueSchema),
  outputs: z.record(z.string(), valueSchema),
})

/** `action.yml`, as far as the runner's stand-in and the documentation need it. */
export type Action = z.infer<typeof actionSchema>

export function readAction(): Action {
  return actionSchema.parse(parse(readFileSync(new URL('../action.yml', import.meta.url), 'utf8')))
}
