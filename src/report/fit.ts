/** How large a text may be; each bound that is given holds. */
export type Limit = { readonly bytes?: number; readonly characters?: number }

/** GitHub drops a job summary of 1 MiB whole, and says nothing (actions/runner#4337). */
export const summaryLimit: Limit = { bytes: 900 * 1024 }

/**
 * GitHub refuses a comment or the text of a pull request over 65,536 characters; third parties met a bound near
 * 262,144 bytes (suzuki-shunsuke/tfcmt#1847, github/safe-settings#245).
 */
export const conversationLimit: Limit = { characters: 60_000, bytes: 200_000 }

/** Rows per list, from all of them to none. */
const ladder = [Infinity, 5000, 1000, 200, 50, 10, 0]

/**
 * The fullest text that fits: detail gives way in steps, all rows first, then fewer in each list, at last none.
 *
 * @param render the text with at most so many rows in each list; it must say itself what it leaves out.
 * @param rows how many rows there are in all, where that is known: a first step that can hardly fit is not tried.
 */
export function fit(render: (rows: number) => string, limit: Limit, rows = 0): string {
  const hopeless = rows * shortestRow > Math.min(limit.bytes ?? Infinity, limit.characters ?? Infinity)
  let text = ''
  for (const step of hopeless ? ladder.slice(1) : ladder) {
    text = render(step)
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
