/*
 * Where bytes become text, and text becomes well-formed: for every service and every file. Broken bytes are never
 * replaced by a character that says nothing, since it would end up in somebody's name.
 */

/** What a server names that names nothing: these fit all bytes, and so they prove nothing either. */
const fitsAnything = /^(?:us-ascii|ascii|latin1|iso-?8859-1|windows-1252|cp1252)$/i

/** The charset that a `content-type` names, else UTF-8. */
export function charsetIn(contentType: string): string {
  const [, named = ''] = /;\s*charset\s*=\s*["']?([^\s"';]{1,40})/i.exec(contentType) ?? []
  return named === '' || fitsAnything.test(named) ? 'utf-8' : named
}

/** Is it a charset that can be read here? */
export function isCharset(charset: string): boolean {
  try {
    return new TextDecoder(charset).encoding !== 'replacement'
  } catch {
    return false
  }
}

/**
 * Bytes as text, without a byte order mark.
 *
 * @param charset one that `isCharset`.
 * @returns `undefined` when the bytes are no text in it.
 */
export function decoded(bytes: Uint8Array, charset = 'utf-8'): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Half a surrogate pair becomes U+FFFD, as which a server would store it: what is sent is what is stored. */
export function wellFormed(text: string): string {
  return text.toWellFormed()
}

/**
 * JSON with its texts well-formed. A raw control character inside a text is read as a blank: WeCom sends what
 * people paste into its forms.
 *
 * @throws SyntaxError for everything else that is no JSON.
 */
export function parsedJson(text: string): unknown {
  const value = parsedLeniently(text)
  return /\\u[dD][89a-fA-F]/.test(text) ? wellFormedIn(value) : value
}

function parsedLeniently(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return JSON.parse(withoutControls(text))
  }
}

/** An escaped character is passed over, so that a quote is one that begins or ends a text. */
function withoutControls(text: string): string {
  let isInside = false
  return text.replaceAll(/\\[^]|"|[^ -\uffff]/g, (found) => {
    if (found === '"') isInside = !isInside
    return isInside && found < ' ' ? ' ' : found
  })
}

function wellFormedIn(value: unknown): unknown {
  if (typeof value === 'string') return wellFormed(value)
  if (Array.isArray(value)) return value.map(wellFormedIn)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, below]) => [wellFormed(key), wellFormedIn(below)]),
  )
}
