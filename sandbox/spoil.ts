import type { Answer } from './server.ts'

/** Sends an answer, given as JSON, otherwise than it should be. */
export type Spoil = (json: string) => Pick<Answer, 'body' | 'headers'>

const json = { 'content-type': 'application/json; charset=utf-8' }

/** Two bytes that are no UTF-8 in the last text. */
export function brokenBytes(text: string): ReturnType<Spoil> {
  const end = text.lastIndexOf('"')
  const bytes = [Buffer.from(text.slice(0, end)), Buffer.from([0xcd, 0xf5]), Buffer.from(text.slice(end))]
  return { headers: json, body: Buffer.concat(bytes) }
}

/** The control character 0x14, raw, at the end of WeCom's names, and of the text beside the data. */
export function rawControl(text: string): ReturnType<Spoil> {
  const name = text.includes('"errcode"') ? /"(name|errmsg)":"([^"]*)"/g : /"(msg)":"([^"]*)"/g
  return { headers: json, body: text.replaceAll(name, '"$1":"$2\u0014"') }
}

/** A mistake: the last bracket is missing. */
export function unclosed(text: string): ReturnType<Spoil> {
  return { headers: json, body: text.slice(0, -1) }
}

/**
 * In GBK.
 *
 * @param charset that the answer names; none when it says nothing.
 */
export function inGbk(charset?: string): Spoil {
  const type = charset === undefined ? 'application/json' : `application/json; charset=${charset}`
  return (text) => ({ headers: { 'content-type': type }, body: gbk(text) })
}

let pairs: ReadonlyMap<string, readonly number[]> | undefined

/** JSON in GBK; what is not in it is escaped. */
function gbk(text: string): Uint8Array {
  pairs ??= allPairs()
  return Buffer.from(Array.from(text).flatMap((sign) => bytesOf(sign)))
}

function bytesOf(sign: string): readonly number[] {
  if (sign <= '\u007f') return [sign.charCodeAt(0)]
  const escaped = sign.split('').map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return pairs?.get(sign) ?? [...Buffer.from(escaped.join(''))]
}

function allPairs(): ReadonlyMap<string, readonly number[]> {
  const decoder = new TextDecoder('gbk')
  const found = new Map<string, readonly number[]>()
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const sign = decoder.decode(new Uint8Array([lead, trail]))
      if (Array.from(sign).length === 1 && sign !== '\ufffd') found.set(sign, [lead, trail])
    }
  }
  return found
}
