import { setSecret } from '@actions/core'
import { inputOf, type Environment } from './environment.ts'

/**
 * Everything in the inputs that must never be seen: the secrets line by line, the password of the proxy as
 * written and as decoded, and what the `Authorization` header of Casdoor makes of its two. Never empty.
 */
export function secretsOf(environment: Environment): readonly string[] {
  const clientId = inputOf(environment, 'casdoor-client-id')
  const clientSecret = inputOf(environment, 'casdoor-client-secret')
  const secrets = [
    inputOf(environment, 'wecom-corp-secret'),
    inputOf(environment, 'wecom-contacts-secret'),
    clientSecret,
    clientSecret === '' ? '' : Buffer.from(`${clientId}:${clientSecret}`).toString('base64'),
    ...passwordsOf(inputOf(environment, 'wecom-proxy')),
    inputOf(environment, 'github-token'),
  ]
  const lines = secrets.flatMap((secret) => secret.split(/\r?\n/)).map((line) => line.trim())
  return [...new Set(lines.filter((line) => line !== ''))]
}

/** Makes the runner mask every secret. To be called before anything else can say one of them. */
export function maskSecrets(environment: Environment): void {
  for (const secret of secretsOf(environment)) setSecret(secret)
}

/** Masks what becomes known in the course of a run: access tokens, session cookies. */
export function maskSecret(secret: string): void {
  if (secret !== '') setSecret(secret)
}

function passwordsOf(proxy: string): readonly string[] {
  const { password = '' } = URL.canParse(proxy) ? new URL(proxy) : {}
  // `user:password@host` reads as a URL too, one without a password.
  const written = /:([^:@/]+)@/.exec(proxy)?.[1] ?? ''
  return [written, password, decoded(password)]
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
