import { Invalid, YamlMapping, type Block, type Entry } from './entry.ts'
import { fastParse } from './fast-parse.ts'
import { notYaml, readYaml } from './yaml.ts'

/**
 * Reads the keys of a snapshot and everything under them.
 *
 * A hundred thousand people in one call would cost the YAML parser more than a gigabyte (reference/toolchain.md
 * §7), so each person and each department is read alone, and by that parser only when it does not look as we
 * print it.
 *
 * @throws Invalid at the first line that is not YAML as a snapshot uses it.
 */
export function readDocument(text: string): readonly Entry[] {
  if (lfsPointer.test(text)) throw new Invalid(1, { kind: 'lfs' })
  const lines = text
    .replace(/^\ufeff/, '')
    .replaceAll('\r\n', '\n')
    .split('\n')
  const conflict = lines.findIndex((line) => conflictMarker.test(line))
  if (conflict !== -1) throw new Invalid(conflict + 1, { kind: 'conflict-marker' })
  const start = lines.findIndex((line) => !blankOrComment.test(line))
  if (documentStart.test(lines[start] ?? '')) lines[start] = ''
  return Array.from(blocksOf({ line: 1, lines }), readTop)
}

/** https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md, and what its first versions wrote. */
const lfsPointer = /^\ufeff?version https:\/\/(?:git-lfs|hawser)\.github\.com\/spec\//
const conflictMarker = /^(?:<{7}|={7}|>{7}|\|{7})(?:\s|$)/
const documentStart = /^---(?:[ \t]+#.*)?[ \t]*$/
const head = /^(["']?)(departments|users)\1[ \t]*:(?:[ \t]+#.*)?[ \t]*$/
const blankOrComment = /^[ \t]*(?:#|$)/

function readTop(block: Block): Entry {
  const { line, lines } = block
  const key = head.exec(lines[0] ?? '')?.[2]
  if (key === undefined) return readBlock(block)
  const entries = Array.from(blocksOf({ line: line + 1, lines: lines.slice(1) }), readBlock)
  return entries.length === 0 ? readBlock(block) : { key, line, value: new YamlMapping(entries) }
}

function readBlock(block: Block): Entry {
  return fastParse(block) ?? readYaml(block)
}

/** Cuts before each line that stands as far in as the first one; comments and blank lines do not count. */
function* blocksOf({ line, lines }: Block): Generator<Block> {
  let start: number | undefined
  let indent = 0
  for (const [index, text] of lines.entries()) {
    if (blankOrComment.test(text)) continue
    const own = text.search(/[^ ]/)
    if (start === undefined) indent = own
    else if (own > indent || isItem(text, indent, own)) continue
    else yield { line: line + start, lines: lines.slice(start, index) }
    if (own < indent) throw notYaml(line + index, 'This line stands less far in than those it belongs to')
    start = index
  }
  if (start !== undefined) yield { line: line + start, lines: lines.slice(start) }
}

/** The items of a list may stand as far in as its key, and are so written by many a program. */
function isItem(text: string, indent: number, own: number): boolean {
  return own === indent && /^-(?:\s|$)/.test(text.slice(own))
}
