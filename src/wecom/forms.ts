import { z } from 'zod'

/*
 * Texts, numbers and ids as WeCom sends them: what nobody depends on may have any form, what tells one person or
 * department from another must be exact.
 */

/** NUL is a text to JSON, and none to a database. */
const words = z.string().transform((sent) => sent.replaceAll('\0', ' ').trim())
/** A text, or a number that stands for one: an employee number may come as one, unless it lost its last digits. */
export const text = z.union([words, z.number().refine(isExact).transform(String)])
/** A text that tells one person from another: half a character or half a number would be another one. */
export const word = z.union([
  words.refine((sent) => sent !== '' && !sent.includes('\ufffd')),
  z.int().transform(String),
])
/** Also as a text; past 2^53 it would be another one (specification 4.6). */
export const whole = z.union([
  z.int(),
  z
    .string()
    .trim()
    .regex(/^-?\d+$/)
    .transform(Number)
    .pipe(z.int()),
])

/** Is it the number that was sent? JSON loses the last digits of a whole one past 2^53. */
function isExact(sent: unknown): boolean {
  const number = typeof sent === 'string' ? Number(sent) : sent
  return !Number.isInteger(number) || Number.isSafeInteger(number)
}

/* What nobody depends on is as good as not sent when it has another form. */

export function lenient<Schema extends z.ZodType>(schema: Schema) {
  return schema.optional().catch(undefined)
}

/** A list without what does not belong in it; empty where there is none. */
export function lenientList<Schema extends z.ZodType>(schema: Schema) {
  return z
    .array(lenient(schema))
    .catch([])
    .transform((items) => items.filter((item) => item !== undefined))
}

/** The id of a department, where there may be none. Past 2^53 it would be another department's. */
export const knownId = z.unknown().refine(isExact).pipe(lenient(whole)).optional()
export const knownIds = z.preprocess(
  (sent): readonly unknown[] => (Array.isArray(sent) ? sent : []),
  z.array(knownId).transform((ids) => ids.filter((id) => id !== undefined)),
)
