/* Names that try to break out of a report, and what to look for when they succeed. */

export const hostile: readonly string[] = [
  '| a | b |',
  'a\\|b',
  '`code`',
  '```',
  '``a`b',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<!-- gone',
  '</details>',
  '@octocat',
  '@acme/admins',
  'mail@example.com',
  '#1',
  'GH-12',
  'acme/directory#12',
  'https://evil.example.com/x?y=1',
  'www.example.com',
  '[link](https://evil.example.com)',
  '![picture](https://evil.example.com/x.png)',
  '**bold** _it_ ~~no~~',
  '# Title',
  '- item',
  '+ item',
  '1. item',
  '> quote',
  '---',
  ':tada:',
  '$x^2$',
  '&lt;b&gt;',
  '&#64;octocat',
  '::add-mask::secret',
  '::error file=a,line=1::x',
  '##[group]x',
  '##[error]x',
  'line\nbreak',
  'carriage\r\nreturn',
  'tab\there',
  'nul\u0000bell\u0007esc\u001B[31m',
  'del\u007Fc1\u0085',
  'rtl\u202Eoverride\u2066',
  'zero\u200Bwidth\u200Djoiner\uFEFF',
  'line\u2028separator\u2029',
  'lone\uD800surrogate',
  '\u3164\u115F',
  'שלום עולם',
  '👩\u200D💻 Kim',
  '%0A::warning::x',
  '${{ secrets.X }}',
  '[^1]: note',
  '- [ ] task',
  'x'.repeat(5000),
]

/** Markdown as its reader sees it: entities decoded, gaps gone. */
export function readable(markdown: string): string {
  return markdown
    .replaceAll(/&#(\d+);/g, (_, point: string) => String.fromCodePoint(Number(point)))
    .replaceAll('\u200B', '')
}

/** Every line of a table has as many cells as its head. */
export function brokenTables(markdown: string): readonly string[] {
  const bad: string[] = []
  let cells = 0
  for (const line of markdown.split('\n')) {
    if (!line.trimStart().startsWith('|')) cells = 0
    else {
      const found = line.split('|').length
      if (cells === 0) cells = found
      if (found !== cells || !line.endsWith('|')) bad.push(line)
    }
  }
  return bad
}

/** What should not be in any report: live mentions, links, HTML, commands, unseen characters. */
export function alive(markdown: string): readonly string[] {
  const prose = markdown.replaceAll(/`[^`\n]*`/g, '').replaceAll(/```yaml[\s\S]*?```/g, '')
  const found = [
    ...prose.matchAll(/@[\p{L}\p{N}_]/gu),
    ...prose.matchAll(/(?<!&)#\d|\bGH-\d|:\/\/|\bwww\.(?!&)|:[\w+-]+:(?!\s)/g),
    ...prose.matchAll(/\]\(|!\[|~~|\$\S/g),
    ...markdown.matchAll(/<(?!\/?details>|\/?summary>|br>|\/?b>|\/?code>)[^\s]?/g),
    ...markdown.matchAll(/^\s*::|##\[/gm),
    ...markdown.matchAll(
      /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF](?<!\n)/gu,
    ),
  ]
  return found.map(([match]) => match)
}
