import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type ParsedNode } from 'yaml'
import { Invalid, YamlMapping, type Block, type Entry, type Value } from './entry.ts'

/**
 * Reads one key and everything under it: mappings, lists and plain values.
 *
 * @throws Invalid for broken YAML, and for anchors, aliases and tags.
 */
export function readYaml({ line, lines }: Block): Entry {
  const lineCounter = new LineCounter()
  const text = lines.join('\n')
  // The parser would take it away, as at the start of a file.
  if (text.startsWith('\ufeff')) throw notYaml(line, 'A byte order mark stands only at the start of a file')
  const document = parseDocument(text, { lineCounter, uniqueKeys: false, prettyErrors: false })
  // Before the first line break the counter answers 0.
  const lineOf = (offset: number): number => line + Math.max(lineCounter.linePos(offset).line, 1) - 1
  const [error] = document.errors
  if (error !== undefined) throw notYaml(lineOf(error.pos[0]), error.message)
  const { contents } = document
  // In braces it would be a document of its own.
  const root = isMap(contents) && contents.flow !== true ? valueOf(contents, lineOf) : null
  const entries = root instanceof YamlMapping ? root.entries : []
  const [entry] = entries
  if (entry === undefined || entries.length > 1) throw notYaml(line, 'One key and a colon were expected')
  return entry
}

/** A line that is not YAML, or not YAML as a snapshot uses it. */
export function notYaml(line: number, message: string): Invalid {
  return new Invalid(line, { kind: 'yaml', message })
}

type LineOf = (offset: number) => number

function valueOf(node: ParsedNode, lineOf: LineOf): Value {
  if (isAlias(node) || node.anchor !== undefined || node.tag !== undefined) {
    throw notYaml(lineOf(node.range[0]), 'Anchors, aliases and tags have no place in a snapshot')
  }
  if (isSeq(node)) return node.items.map((item) => valueOf(item, lineOf))
  if (isMap(node)) {
    return new YamlMapping(
      node.items.map(({ key, value }) => ({
        key: keyOf(key, lineOf),
        line: lineOf(key.range[0]),
        value: value === null ? null : valueOf(value, lineOf),
      })),
    )
  }
  const { value } = node
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}

/** A key as it is written: YAML would make a number of `0755` and nothing of `null`. */
function keyOf(node: ParsedNode, lineOf: LineOf): string {
  const value = valueOf(node, lineOf)
  if (!isScalar(node)) throw notYaml(lineOf(node.range[0]), 'A text was expected as key')
  return typeof value === 'string' ? value : node.source
}
