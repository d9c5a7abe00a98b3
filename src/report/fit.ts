/** How large a text may be; each bound that is given holds. */
export type Limit = { readonly bytes?: number; readonly characters?: number }

/** GitHub drops a job summary of 1 MiB whole, and says nothing (actions/runner#4337). */
export const summaryLimit: Limit = { bytes: 900 * 1024 }

/**
 * GitHub refuses a comment or the text of a pull request over 65,536 characters; third parties met a bound near
 * 262,144 bytes (suzuki-shunsuke/tfcmt#1847, github/safe-settings#245).
 */
export const conversationLimit: Limit = { characters: 60_000, bytes: 200_000 }

/** How much a text shows: rows per list, and pictures. */
export type Detail = { readonly rows: number; readonly isDrawn: boolean }

/** Pictures go first, then the rows, from all of them to none. */
const ladder: readonly Detail[] = [
  { rows: Infinity, isDrawn: true },
  ...[Infinity, 5000, 1000, 200, 50, 10, 0].map((rows) => ({ rows, isDrawn: false })),
]

/**
 * The fullest text that fits: detail gives way in steps, pictures first, then rows in each list, at last all of them.
 *
 * @param render the text in such detail; it must say itself which rows it leaves out.
 * @param rows how many rows there are in all, where that is known: all of them are not tried where they can hardly fit.
 */
export function fit(render: (detail: Detail) => string, limit: Limit, rows = 0): string {
  const hopeless = rows * shortestRow > Math.min(limit.bytes ?? Infinity, limit.characters ?? Infinity)
  let text = ''
  for (const detail of ladder) {
    if (hopeless && detail.rows === Infinity) continue
    text = render(detail)
    if (fits(text, limit)) return text
  }
  return cut(text, limit)
}

/** Hardly a row of a table about people has fewer characters. */
const shortestRow = 24

function fits(text: string, { bytes = Infinity, characters = Infinity }: Limit): boolean {
  if (text.length > characters) return false
  return text.length * 3 <= bytes || byteLength(text) <= bytes
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}

/** The last resort: as many whole lines as there is room for, and a sign that there were more. */
function cut(text: string, limit: Limit): string {
  const lines = text.split('\n')
  let low = 0
  let high = lines.length
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (fits(upTo(lines, middle), limit)) low = middle
    else high = middle - 1
  }
  return upTo(lines, low)
}

function upTo(lines: readonly string[], count: number): string {
  return [...lines.slice(0, count), '…'].join('\n')
}
