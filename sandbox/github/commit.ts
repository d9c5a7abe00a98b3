import type { Bare } from './bare.ts'

export type Person = { readonly name: string; readonly email: string }
/** Who and when, in whole seconds since the epoch. */
export type Stamp = Person & { readonly seconds: number }

export type CommitObject = {
  readonly id: string
  readonly tree: string
  readonly parents: readonly string[]
  readonly author: Stamp
  readonly committer: Stamp
  readonly message: string
  /** Present when GitHub signed it. */
  readonly signature: string | undefined
  /** What was signed. */
  readonly payload: string
}

export const actions: Person = {
  name: 'github-actions[bot]',
  email: '41898282+github-actions[bot]@users.noreply.github.com',
}

/** Who commits what is done in GitHub itself, and signs it. */
export const webFlow: Person = { name: 'GitHub', email: 'noreply@github.com' }

export const somebody: Person = { name: 'Lin Yue', email: 'lin.yue@example.com' }

const signature = `-----BEGIN PGP SIGNATURE-----

wsFcBAABCAAQBQJsandboxCRC1aQ7uu5UhlAAAsandboxsandboxsandboxsandbox
=SAND
-----END PGP SIGNATURE-----
`

export type NewCommit = Pick<CommitObject, 'tree' | 'parents' | 'author' | 'committer' | 'message'> & {
  readonly isSigned: boolean
}

export async function writeCommit(bare: Bare, commit: NewCommit): Promise<string> {
  const { tree, parents, author, committer, message, isSigned } = commit
  const lines = [
    `tree ${tree}`,
    ...parents.map((parent) => `parent ${parent}`),
    `author ${written(author)}`,
    `committer ${written(committer)}`,
    ...(isSigned ? [`gpgsig ${signature.trimEnd().replaceAll('\n', '\n ')}`] : []),
  ]
  return bare.write('commit', `${lines.join('\n')}\n\n${message}`)
}

/** A commit by its id or another name; `undefined` when there is none. */
export async function readCommit(bare: Bare, name: string): Promise<CommitObject | undefined> {
  const found = await bare.read(name)
  if (found?.type !== 'commit') return undefined
  const raw = found.bytes.toString('utf8')
  const end = raw.indexOf('\n\n')
  const head = raw.slice(0, end)
  const signed = /\ngpgsig ((?:.*)(?:\n .*)*)/.exec(head)
  const field = (key: string): string[] =>
    [...head.matchAll(new RegExp(`^${key} (.*)$`, 'gm'))].map(([, value = '']) => value)
  return {
    id: found.id,
    tree: field('tree')[0] ?? '',
    parents: field('parent'),
    author: stampOf(field('author')[0]),
    committer: stampOf(field('committer')[0]),
    message: raw.slice(end + 2),
    signature: signed?.[1]?.replaceAll('\n ', '\n'),
    payload: signed === null ? raw : raw.replace(signed[0], ''),
  }
}

function written({ name, email, seconds }: Stamp): string {
  const clean = (text: string): string => text.replaceAll(/[<>\n]/g, '')
  return `${clean(name)} <${clean(email)}> ${seconds} +0000`
}

function stampOf(line = ''): Stamp {
  const [, name = '', email = '', seconds = '0'] = /^(.*) <(.*)> (\d+)/.exec(line) ?? []
  return { name, email, seconds: Number(seconds) }
}
