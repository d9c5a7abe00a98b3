import type { Reply } from './reply.ts'
import type { SecretKind, World } from './world.ts'

/** So many wrong secrets block the caller's address; the real number is not published. */
const mostWrongTries = 5

/** What a secret may not do (wecom-api.md §2.3, for an address first used after 2022-08-15). */
const forbidden: Readonly<Record<SecretKind, Readonly<Record<string, number>>>> = {
  app: { 'user/list_id': 48002 },
  contacts: {
    'department/list': 48009,
    'department/get': 48009,
    'user/simplelist': 48009,
    'user/list': 48009,
    'user/get': 48009,
    'agent/get': 48002,
  },
}

/** `gettoken`: the only call that any address may make. */
export function takeToken(world: World, query: URLSearchParams): Reply {
  const { tokens } = world
  const [corpId, secret] = [query.get('corpid') ?? '', query.get('corpsecret') ?? '']
  if (tokens.wrongTries >= mostWrongTries) return { errcode: 45009 }
  if (corpId === '') return { errcode: 41002 }
  if (secret === '') return { errcode: 41004 }
  const kind = secret === world.secret ? 'app' : secret === world.contactsSecret ? 'contacts' : undefined
  if (corpId !== world.company.corpId || kind === undefined) {
    tokens.wrongTries++
    return { errcode: corpId === world.company.corpId ? 40001 : 40013 }
  }
  const token = `FAKE-token-${kind}-${String(tokens.issued.size + 1).padStart(28, '0')}`
  tokens.issued.set(token, { kind, left: world.tokenLife })
  return { access_token: token, expires_in: 7200 }
}

/** May this token, from this address, make this call? Parameters are looked at only afterwards. */
export function admit(
  world: World,
  call: string,
  query: URLSearchParams,
): { kind: SecretKind } | { errcode: number } {
  const name = query.get('access_token') ?? ''
  if (name === '') return { errcode: 41001 }
  const token = world.tokens.issued.get(name)
  if (token === undefined) return { errcode: 40014 }
  if (token.left <= 0) return { errcode: 42001 }
  token.left--
  if (!world.trusted) return { errcode: 60020 }
  const errcode = forbidden[token.kind][call]
  return errcode === undefined ? { kind: token.kind } : { errcode }
}
