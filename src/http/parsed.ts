import type { z } from 'zod'
import { Failure } from '../model/problem.ts'
import { badReply, type Called } from './failed-exchange.ts'

/**
 * What a service sent, in the form that was promised.
 *
 * @throws Failure `bad-reply`, which names the place that differs and never the value: it may be somebody's.
 */
export function parsed<Schema extends z.ZodType>(
  schema: Schema,
  sent: unknown,
  called: Called,
): z.output<Schema> {
  const result = schema.safeParse(sent)
  if (result.success) return result.data
  const place = result.error.issues[0]?.path.join('.') ?? ''
  throw new Failure(badReply(called, place === '' ? 'body' : place))
}
