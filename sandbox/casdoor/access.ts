import { randomBytes } from 'node:crypto'
import type { SeenRequest } from '../server.ts'

/** The one client of the sandbox, and the application that its id belongs to. */
export type Client = {
  readonly clientId: string
  readonly clientSecret: string
  readonly application: string
}

/** Who asks, `''` for nobody known, or the text of a refusal. */
export type Access = { readonly subject: string; readonly refused?: undefined } | { readonly refused: string }

const cookieName = 'casdoor_session_id'

/** Server sessions: each request without a cookie makes one, with the subject it came as (casdoor-api.md 1.5). */
export class Sessions {
  readonly #subjects = new Map<string, string>()

  /** The session of a request and, when it is a new one, the header that sets its cookie. */
  open({ headers }: SeenRequest): { readonly id: string; readonly cookie?: string } {
    const sent = new RegExp(`${cookieName}=([0-9a-f]+)`).exec(headers.cookie ?? '')?.[1]
    if (sent !== undefined && this.#subjects.has(sent)) return { id: sent }
    const id = randomBytes(16).toString('hex')
    this.#subjects.set(id, '')
    return { id, cookie: `${cookieName}=${id}; Path=/; Max-Age=2592000; HttpOnly` }
  }

  /** A cookie alone is a credential: it keeps the subject that it was signed in with. */
  subject(id: string): string {
    return this.#subjects.get(id) ?? ''
  }

  signIn(id: string, subject: string): void {
    this.#subjects.set(id, subject)
  }
}

/**
 * The first credential of a request (`routers/auto_signin_filter.go`). A wrong secret in the header goes on as
 * nobody, one in the query is refused.
 */
export function credential({ headers, query }: SeenRequest, client: Client): Access {
  const [scheme = '', token = ''] = (headers.authorization ?? '').split(' ')
  if (scheme === 'Bearer' || (query.get('accessToken') ?? '') !== '') {
    return { refused: "Access token doesn't exist in database" }
  }
  const subject = `app/${client.application}`
  if (scheme === 'Basic') {
    const [id, ...secret] = Buffer.from(token, 'base64').toString('utf8').split(':')
    const isClient = id === client.clientId && secret.join(':') === client.clientSecret
    return { subject: isClient ? subject : '' }
  }
  const [id, secret] = [query.get('clientId') ?? '', query.get('clientSecret') ?? '']
  if (id === '' || secret === '') return { subject: '' }
  if (id !== client.clientId) return { refused: `Application not found for client ID: ${id}` }
  if (secret === client.clientSecret) return { subject }
  return { refused: `Incorrect client secret for application: ${client.application}` }
}
