import { textOf } from '../src/text/language.ts'

/** The lines of the story in a report, in English, without what they unfold. */
export function storyLines(markdown: string): readonly string[] {
  const [, part = ''] = markdown.split(`### ${textOf('en').story.title}\n`)
  const [lines = ''] = part.split(/^(?:#|```)/m)
  return lines
    .split('\n')
    .filter((line) => line.startsWith('- '))
    .map((line) => line.replaceAll(/^- |<\/?(?:b|details|summary)>/g, ''))
}
