import { YamlMapping, type Block, type Entry, type Value } from './entry.ts'

const shape = /^( +)(\w+|"(?:[^"\\]|\\.)*"):(?: (.+))?$/

/**
 * Reads the lines of one person as `printSnapshot` lays them out. They mean the same in YAML, but its parser
 * takes twenty times as long for them, which counts with a hundred thousand people.
 *
 * @returns `undefined` for lines in any other layout, right or wrong.
 */
export function fastParse({ line, lines }: Block): Entry | undefined {
  const roots: Entry[] = []
  const open = [roots]
  for (const [index, text] of lines.entries()) {
    if (text === '') continue
    const [, indent = '', name = '', printed] = shape.exec(text) ?? []
    const key = name.startsWith('"') ? textOf(name) : name
    const depth = indent.length / 2
    const entries = open[depth - 1]
    if (key === undefined || entries === undefined) return undefined
    open.length = depth
    if (printed === undefined) {
      if (lines[index + 1]?.startsWith(`${indent}  `) !== true) return undefined
      const below: Entry[] = []
      entries.push({ key, line: line + index, value: new YamlMapping(below) })
      open.push(below)
      continue
    }
    const value = valueOf(printed)
    if (value === undefined) return undefined
    entries.push({ key, line: line + index, value })
  }
  return roots.length === 1 ? roots[0] : undefined
}

function valueOf(printed: string): Value | undefined {
  if (printed === 'true') return true
  if (printed === 'false') return false
  if (printed.startsWith('"')) return textOf(printed)
  if (!/^\[(?:\d{1,15}(?:, \d{1,15})*)?\]$/.test(printed)) return undefined
  return printed === '[]' ? [] : printed.slice(1, -1).split(', ').map(Number)
}

/** A text in double quotes as JSON writes it, which YAML reads alike; `undefined` for anything else. */
function textOf(printed: string): string | undefined {
  try {
    const text: unknown = JSON.parse(printed)
    return typeof text === 'string' ? text : undefined
  } catch {
    return undefined
  }
}
