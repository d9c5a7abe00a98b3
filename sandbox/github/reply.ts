import type { Answer } from '../server.ts'

/** One thing that is wrong with a request. */
export type Wrong = {
  readonly resource: string
  readonly code: string
  readonly field?: string
  readonly message?: string
}

/** What GitHub does not do, with the words it says then. */
export class Refused extends Error {
  readonly status: number
  readonly errors: readonly Wrong[] | undefined

  constructor(status: number, message: string, errors?: readonly Wrong[]) {
    super(message)
    this.status = status
    this.errors = errors
  }
}

export const notFound = new Refused(404, 'Not Found')

/** The usual refusal of a request. */
export function invalid(...errors: readonly Wrong[]): Refused {
  return new Refused(422, 'Validation Failed', errors)
}

/** A refusal as GitHub's API answers it. */
export function refusal(
  { status, message, errors }: Pick<Refused, 'status' | 'message' | 'errors'>,
  documentation = 'https://docs.github.com/rest',
): Answer {
  const body = {
    message,
    ...(errors !== undefined && { errors }),
    documentation_url: documentation,
    status: String(status),
  }
  return { status, body }
}

/** What stands before GitHub when it is out of order. */
export const unicorn: Answer = {
  status: 502,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!DOCTYPE html>\n<html>\n<head><title>Unicorn! &middot; GitHub</title></head>\n<body><p><strong>We had issues producing the response to your request.</strong></p></body>\n</html>\n',
}

/** One page of a list, with the `Link` header that names the others. */
export function paged<Item>(
  { url, query }: { readonly url: string; readonly query: URLSearchParams },
  items: readonly Item[],
): { readonly items: readonly Item[]; readonly headers: Readonly<Record<string, string>> } {
  const size = Math.min(100, positive(query.get('per_page'), 30))
  const page = positive(query.get('page'), 1)
  const last = Math.max(1, Math.ceil(items.length / size))
  const link = (to: number, rel: string): string => {
    const search = new URLSearchParams(query)
    search.set('page', String(to))
    return `<${url}?${search.toString()}>; rel="${rel}"`
  }
  const links = [
    ...(page > 1 ? [link(page - 1, 'prev')] : []),
    ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
    ...(page > 1 ? [link(1, 'first')] : []),
  ]
  return {
    items: items.slice((page - 1) * size, page * size),
    headers: links.length === 0 ? {} : { link: links.join(', ') },
  }
}

function positive(text: string | null, usual: number): number {
  const number = Number(text ?? '')
  return Number.isInteger(number) && number > 0 ? number : usual
}
