import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Pair, type ParsedNode } from 'yaml'
import type { InputProblem, MappingFault } from '../model/problem.ts'
import {
  defaultMapping,
  isFreeProperty,
  mappableFields,
  memberFields,
  propertyKeyOf,
  propertyPrefix,
  type MappableField,
  type Mapping,
  type MemberField,
  type Origin,
  type Part,
} from '../model/mapping.ts'

/** What may stand left and right of a colon, as a problem shows it. */
const targets = [...mappableFields, 'properties.<key>']
const sources = [...memberFields, 'extattr.<name>']

/**
 * Reads the input `mapping`: YAML that overrides the default, field by field (specification 5.1).
 *
 * @returns every problem there is, by line; broken YAML hides all others.
 */
export function readMapping(text: string): {
  readonly mapping: Mapping
  readonly problems: readonly InputProblem[]
} {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, uniqueKeys: false, prettyErrors: false })
  const faults: InputProblem[] = []
  const report: Report = (offset, fault) => {
    // Before the first line break the counter answers 0.
    const line = Math.max(lineCounter.linePos(offset).line, 1)
    faults.push({ code: 'input-mapping', line, fault })
  }
  const [error] = document.errors
  const { contents } = document
  const own = new Map<MappableField, readonly Origin[] | null>()
  if (error !== undefined) report(error.pos[0], { kind: 'yaml', detail: error.message })
  else if (isMap(contents)) readLines(contents.items, text, own, report)
  // Nothing but comments is nothing at all.
  else if (contents !== null && !isNothing(contents)) report(contents.range[0], { kind: 'shape' })
  return { mapping: new Map([...defaultMapping, ...own]), problems: faults }
}

type Report = (offset: number, fault: MappingFault) => void

function readLines(
  items: readonly Pair<ParsedNode, ParsedNode | null>[],
  text: string,
  own: Map<MappableField, readonly Origin[] | null>,
  report: Report,
): void {
  const seen = new Set<string>()
  for (const { key, value } of items) {
    const [start, end] = key.range
    // As it is written: YAML would make nothing of `null`.
    const name = isScalar(key) && typeof key.value === 'string' ? key.value.trim() : text.slice(start, end)
    const target = targetOf(name)
    if (seen.has(name)) report(start, { kind: 'double', value: name })
    else if (target === undefined) report(start, faultOf(name))
    seen.add(name)
    const origins = originsOf(value, name, (offset, fault) => {
      report(offset ?? start, fault)
    })
    if (target !== undefined && origins !== undefined) own.set(target, origins)
  }
}

function targetOf(name: string): MappableField | undefined {
  const key = propertyKeyOf(name)
  if (key !== undefined) return isFreeProperty(key) ? `${propertyPrefix}${key}` : undefined
  return mappableFields.find((field) => field === name)
}

function faultOf(name: string): MappingFault {
  return propertyKeyOf(name) === undefined
    ? { kind: 'target', value: name, allowed: targets }
    : { kind: 'property', value: name }
}

/** Says what is wrong with a source; without an offset, on the line of its field. */
type Complain = (offset: number | undefined, fault: MappingFault) => void

/** What fills a field; `undefined` when that is not clear, and then it was said. */
function originsOf(
  node: ParsedNode | null,
  name: string,
  complain: Complain,
): readonly Origin[] | null | undefined {
  if (node === null || isNothing(node)) {
    const isWritten = node !== null && isScalar(node) && node.source !== ''
    if (isWritten) return null
    complain(undefined, { kind: 'empty', value: name })
    return undefined
  }
  if (!isSeq(node)) return listOf([originOf(node, name, complain)])
  if (node.items.length === 0) complain(node.range[0], { kind: 'empty', value: name })
  return listOf(node.items.map((item) => originOf(item, name, complain)))
}

function listOf(origins: readonly (Origin | undefined)[]): readonly Origin[] | undefined {
  const known = origins.filter((origin) => origin !== undefined)
  return known.length === origins.length && known.length > 0 ? known : undefined
}

function originOf(node: ParsedNode, name: string, complain: Complain): Origin | undefined {
  const [offset] = node.range
  if (isAlias(node) || node.anchor !== undefined || node.tag !== undefined) {
    complain(offset, { kind: 'yaml', detail: 'Anchors, aliases and tags have no place here' })
    return undefined
  }
  const source = isScalar(node) ? node.value : undefined
  if (typeof source !== 'string') {
    complain(offset, { kind: 'type', value: name })
    return undefined
  }
  if (source.trim() === '') {
    complain(offset, { kind: 'empty', value: name })
    return undefined
  }
  const fieldIn = (text: string): MemberField | undefined => {
    const field = memberFieldOf(text.trim())
    if (field === undefined) complain(offset, { kind: 'source', value: text.trim(), allowed: sources })
    return field
  }
  if (/[{}]/.test(source)) {
    return templateOf(source, fieldIn, () => {
      complain(offset, { kind: 'braces', value: source })
    })
  }
  const field = fieldIn(source)
  return field === undefined ? undefined : { kind: 'field', field }
}

function templateOf(
  source: string,
  fieldIn: (text: string) => MemberField | undefined,
  onBraces: () => void,
): Origin | undefined {
  const pieces = source
    .trim()
    .split(/(\{[^{}]*\})/)
    .filter((piece) => piece !== '')
  if (pieces.some((piece) => !isField(piece) && /[{}]/.test(piece))) {
    onBraces()
    return undefined
  }
  const parts = pieces.map((piece): Part | undefined => {
    if (!isField(piece)) return { kind: 'text', text: piece }
    const field = fieldIn(piece.slice(1, -1))
    return field === undefined ? undefined : { kind: 'field', field }
  })
  const known = parts.filter((part) => part !== undefined)
  return known.length === parts.length ? { kind: 'template', parts: known } : undefined
}

function isField(piece: string): boolean {
  return piece.startsWith('{') && piece.endsWith('}')
}

function memberFieldOf(name: string): MemberField | undefined {
  const custom = name.startsWith('extattr.') ? name.slice('extattr.'.length).trim() : ''
  return custom === '' ? memberFields.find((field) => field === name) : `extattr.${custom}`
}

/** `null`, `~`, or nothing at all. */
function isNothing(node: ParsedNode): boolean {
  return isScalar(node) && node.value === null && node.anchor === undefined && node.tag === undefined
}
