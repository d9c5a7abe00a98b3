import type { Answer } from '../server.ts'

/** Casdoor's envelope of a controller: every key is there (casdoor-api.md 2.1). */
export type Envelope = {
  readonly status: 'ok' | 'error'
  readonly msg: string
  readonly data?: unknown
  readonly data2?: unknown
}

/** `status: ok`. Lists that are paged carry their count in `data2`. */
export function ok(data: unknown = null, data2: unknown = null): Envelope {
  return { status: 'ok', msg: '', data, data2 }
}

/** `status: error` of a controller, with HTTP 200 like everything. */
export function failure(msg: string): Envelope {
  return { status: 'error', msg }
}

export const affected: Envelope = ok('Affected')
export const unaffected: Envelope = ok('Unaffected')

/** The envelope as an answer of a controller. */
export function envelope({ status, msg, data = null, data2 = null }: Envelope): Answer {
  return { body: { status, msg, sub: '', name: '', data, data2, data3: null } }
}

/** A refusal by a filter, before any controller: it lacks `sub`, `name` and `data3`. */
export function refusal(msg: string): Answer {
  return { body: { status: 'error', msg, data: null, data2: null } }
}

const html = { 'content-type': 'text/html; charset=utf-8' }

/** Unknown routes and wrong methods (casdoor-api.md 2.2). */
export const notFound: Answer = {
  status: 404,
  headers: html,
  body: '\n<!DOCTYPE html>\n<html lang="en"><head><title>Not Found</title></head><body>Not Found</body></html>\n',
}

/** A path outside `/api/` on a server without the web front end. */
export const noFrontEnd: Answer = {
  status: 404,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: 'The Casdoor frontend HTML file: "index.html" was not found',
}

/** A handler that panicked, in `runmode=prod`. */
export const panicked: Answer = { status: 500 }

/** What stands in front of a wrong base URL: a page, with HTTP 200. */
export const page: Answer = {
  headers: html,
  body: '<!DOCTYPE html>\n<html lang="en"><head><title>Casdoor</title></head><body><div id="root"></div></body></html>\n',
}

/** The server that the name trap has stuck: no answer, for ever (casdoor-api.md 6.2). */
export const silence: Answer = { break: 'hang' }
