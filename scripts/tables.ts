import { readFileSync } from 'node:fs'
import path from 'node:path'
import { format, resolveConfig } from 'prettier'
import { isMap, isScalar, parse, parseDocument } from 'yaml'
import { z } from 'zod'
import { readAction, root } from '../sandbox/action.ts'

const texts = z.record(z.string(), z.string())
const translationSchema = z.object({ groups: texts, inputs: texts, outputs: texts })

/** The Chinese words for what `action.yml` says in English. */
export type Translation = z.infer<typeof translationSchema>

export function readTranslation(): Translation {
  return translationSchema.parse(
    parse(readFileSync(new URL('../docs/action.zh-CN.yml', import.meta.url), 'utf8')),
  )
}

/** A README with the tables of today between its markers, as prettier has it. */
export async function withTables(readme: string, language: 'en' | 'zh'): Promise<string> {
  const written = between(between(readme, 'inputs', inputTables(language)), 'outputs', outputTable(language))
  return format(written, { ...(await resolveConfig(path.join(root, 'README.md'))), parser: 'markdown' })
}

function between(text: string, marker: string, table: string): string {
  const [start, end] = [`<!-- ${marker} -->\n`, `<!-- /${marker} -->`]
  const [from, to] = [text.indexOf(start), text.indexOf(end)]
  if (from === -1 || to < from) throw new Error(`The README has no place for ${marker}`)
  return `${text.slice(0, from + start.length)}\n${table}\n${text.slice(to)}`
}

/** The comment lines in `action.yml` group the inputs; each group is known by the name of its first input. */
export function groupsOfInputs(): readonly { readonly title: string; readonly inputs: readonly string[] }[] {
  const document = parseDocument(readFileSync(new URL('../action.yml', import.meta.url), 'utf8'))
  const inputs = document.get('inputs')
  if (!isMap(inputs)) throw new Error('action.yml has no inputs')
  const groups: { readonly title: string; readonly inputs: string[] }[] = []
  for (const [index, { key }] of inputs.items.entries()) {
    if (!isScalar(key)) throw new Error('An input has no name')
    const title = (index === 0 ? inputs.commentBefore : key.commentBefore)?.trim()
    if (title !== undefined) groups.push({ title, inputs: [] })
    groups.at(-1)?.inputs.push(String(key.value))
  }
  return groups
}

function inputTables(language: 'en' | 'zh'): string {
  const { inputs } = readAction()
  const translation = language === 'zh' ? readTranslation() : undefined
  const heads = language === 'zh' ? ['输入', '默认值', '说明'] : ['Input', 'Default', 'Description']
  const tables = groupsOfInputs().map((group) => {
    const rows = group.inputs.map((name) => {
      const { default: value = '', description = '' } = inputs[name] ?? {}
      const code = value === '' ? '' : `\`${value}\``
      return [`\`${name}\``, code, translation?.inputs[name] ?? description]
    })
    return `**${translation?.groups[group.title] ?? group.title}**\n\n${tableOf(heads, rows)}`
  })
  return tables.join('\n')
}

function outputTable(language: 'en' | 'zh'): string {
  const translation = language === 'zh' ? readTranslation() : undefined
  const heads = language === 'zh' ? ['输出', '说明'] : ['Output', 'Description']
  const rows = Object.entries(readAction().outputs).map(([name, { description }]) => [
    `\`${name}\``,
    translation?.outputs[name] ?? description,
  ])
  return tableOf(heads, rows)
}

function tableOf(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => '---'), ...rows].map(rowOf).join('')
}

function rowOf(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |\n`
}
