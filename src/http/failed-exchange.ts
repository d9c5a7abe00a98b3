import { messageOf, type HttpProblem, type Problem, type Service } from '../model/problem.ts'

/** Which call of which service it was; never its URL, that may carry a secret. */
export type Called = { readonly service: Service; readonly call: string }

/*
 * What went wrong with one exchange: every `HttpProblem` is made here, whoever sent the request.
 */

/**
 * It ended without an answer: the connection failed, or the time was up.
 *
 * @param thrown by an HTTP client.
 * @param exchange.timeout milliseconds that it was given.
 */
export function withoutAnswer(
  thrown: unknown,
  { service, call, timeout }: Called & { readonly timeout: number },
): HttpProblem {
  const errors = [...causesOf(thrown)]
  const isLate = errors.some((error) => error.name === 'TimeoutError' || error.name === 'AbortError')
  if (isLate) return { code: 'timeout', service, call, seconds: timeout / 1000 }
  return { code: 'network', service, call, cause: wordFor(thrown, errors) }
}

/** @param retryAfter seconds that the server asks to wait; none when it asks for nothing. */
export function badStatus({ service, call }: Called, status: number, retryAfter = 0): HttpProblem {
  return { code: 'http-status', service, call, status, ...(retryAfter > 0 && { retryAfter }) }
}

/** Another server answers, or a gateway in between. */
export function notJson({ service, call }: Called, status: number): HttpProblem {
  return { code: 'not-json', service, call, status }
}

/** It was sent to another address, which is never followed. */
export function redirected({ service, call }: Called, status: number): HttpProblem {
  return { code: 'redirect', service, call, status }
}

/** @param detail the place that is not as promised, never what is there: it may be personal. */
export function badReply({ service, call }: Called, detail: string): HttpProblem {
  return { code: 'bad-reply', service, call, detail }
}

/** May the same request go well in a while: was it the connection, or a server that is busy or in trouble? */
export function canHeal(problem: Problem): boolean {
  switch (problem.code) {
    case 'network':
    case 'timeout':
      return true
    case 'http-status':
      return problem.status === 429 || problem.status >= 500
    default:
      return false
  }
}

/** An error, and those it was made of. */
function* causesOf(thrown: unknown): Generator<Error> {
  for (let error = thrown; error instanceof Error; error = error.cause) yield error
}

/** The system's word for a failed exchange (`ECONNRESET`), never its message where that has a URL in it. */
function wordFor(thrown: unknown, errors: readonly Error[]): string {
  const words = errors.flatMap(
    (error) => [Reflect.get(error, 'code'), Reflect.get(error, 'type')] as unknown[],
  )
  const word = words.find((each) => typeof each === 'string')
  if (word !== undefined) return word
  return messageOf(thrown).includes('://') ? 'unknown' : messageOf(thrown)
}
