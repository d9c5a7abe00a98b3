/*
 * Text from outside is data. Here it becomes harmless for the place where it is to stand, and stays readable.
 */

/** A character that nobody sees or that turns the reading order around. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115F\u1160\u2800\u3164\uFFA0]/gu

/** A joiner between two pictures holds an emoji together. */
const joined = /(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D(?=\p{Extended_Pictographic})/gu

/** Longest text that is shown of one value, in characters. */
const longest = 200

/** Unseen characters as signs (`␊`, `⟨U+202E⟩`). */
function visible(text: string): string {
  const joiners = new Set(Array.from(text.matchAll(joined), ({ index }) => index))
  return text.replaceAll(unseen, (character, index: number) =>
    joiners.has(index) ? character : signOf(character),
  )
}

/** At most so many characters of a text, and how much is missing. */
function cut(text: string, most: number): string {
  // A character is one or two units: twice as many hold what is to be shown.
  const head = Array.from(text.slice(0, 2 * most))
    .slice(0, most)
    .join('')
  const rest = text.length - head.length
  return rest > 0 ? `${head}… (+${rest})` : text
}

function signOf(character: string): string {
  const point = Number(character.codePointAt(0))
  if (point < 0x20) return String.fromCodePoint(0x2400 + point)
  if (point === 0x7f) return '␡'
  return `⟨U+${point.toString(16).toUpperCase().padStart(4, '0')}⟩`
}

/** Letters, digits and blanks mean nothing in Markdown. */
const plain = /^[\p{Letter}\p{Number}]+(?: [\p{Letter}\p{Number}]+)*$/u

/** Written from right to left: kept from reordering what stands beside it. */
const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u

/** What Markdown, HTML and mathematics are made of, and what makes a list at the beginning of a line. */
const markup = /[&<>"'`|\\*_[\]{}()~$!^=]|^[-+]|(?<=^\d+)\./gu

/** What comes before a mention, a reference, a link, an emoji code or a workflow command. */
const alive = /@(?=\S)|(?<!&)#|(?<=\bGH)-(?=\d)|(?<=\bwww)(?=\.)|:(?=[:/]|[\w+-]+:)/gi

/** A gap of no width, so that nothing is taken for a mention, a reference or a link. */
const gap = '&#8203;'

/**
 * Text for a table cell or a line of Markdown: no markup, HTML, mention, reference, link or emoji code comes
 * alive in it. A numeric entity alone would not do, since GitHub looks for mentions after decoding it.
 */
export function cell(text: string): string {
  const seen = visible(cut(text, longest))
  if (plain.test(seen) && !rightToLeft.test(seen)) return seen
  const inert = seen.replaceAll(markup, entity).replaceAll(alive, `$&${gap}`)
  return rightToLeft.test(seen) ? `&#8296;${inert}&#8297;` : inert
}

function entity(character: string): string {
  return `&#${character.codePointAt(0)};`
}

/** Text that is safe between single backticks, in a table too. */
const bare = /^[\p{Letter}\p{Number}_.@+/,•…%-]+$/u

/** An identifier in a code span, so that it can be copied; one with unusual characters survives as well. */
export function code(text: string): string {
  const seen = visible(cut(text, longest))
  return bare.test(seen) && !rightToLeft.test(seen) ? `\`${seen}\`` : `<code>${cell(text)}</code>`
}

/** Longest name in a picture, in characters. */
const longestLabel = 40

/** Signs of ASCII: what the language of diagrams, Markdown and HTML are made of. */
const signs = /[!-/:-@[-`{-~]/g

/**
 * Text for a quoted label of a Mermaid diagram. Mermaid decodes entities before it draws, so every sign gives way
 * to its full-width twin (`"` → `＂`), which means nothing to anybody and reads the same.
 */
export function diagramLabel(text: string): string {
  return visible(cut(text, longestLabel)).replaceAll(signs, (sign) =>
    String.fromCodePoint(Number(sign.codePointAt(0)) + 0xfee0),
  )
}

/** The runner cuts a message at 4,096 characters, and does not say so. */
const longestLine = 4000

/** Text for the log: one line, and nothing in it is a workflow command. */
export function logLine(text: string): string {
  const line = visible(text).replaceAll(/:(?=:)|##(?=\[)/g, '$& ')
  // The sign of the cut has room: a line can be said twice.
  return line.length > longestLine ? cut(line, longestLine - 50) : line
}
