/*
 * The few shapes a report is made of. Everything that comes in is Markdown already: see `escape.ts`.
 */

export type Alignment = 'left' | 'right'

/** A table; every row has as many cells as there are heads. */
export function table(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  alignments: readonly Alignment[] = [],
): string {
  const rule = heads.map((_, index) => (alignments[index] === 'right' ? '--:' : ':--'))
  return [heads, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** A long part, folded; `<summary>` takes no Markdown. */
export function folded(title: string, markdown: string): string {
  return `<details><summary>${title}</summary>\n\n${markdown}\n\n</details>`
}

/** One of GitHub's coloured boxes. */
export function alert(kind: 'NOTE' | 'WARNING' | 'CAUTION', markdown: string): string {
  const lines = markdown.split('\n').map((line) => (line === '' ? '>' : `> ${line}`))
  return [`> [!${kind}]`, ...lines].join('\n')
}

/** One paragraph alone, or several as a list. */
export function bullets(paragraphs: readonly string[]): string {
  return paragraphs.length > 1
    ? paragraphs.map((paragraph) => `- ${paragraph}`).join('\n')
    : paragraphs.join('')
}

/** A list of which an item can hold several paragraphs, tables and folded parts. */
export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item.replaceAll(/\n(?=[^\n])/g, '\n  ')}`).join('\n')
}

/** Parts one under the other, without the empty ones. */
export function stack(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n')
}
