import { en } from './en.ts'
import type { Text } from './text.ts'
import { zh } from './zh.ts'

export type Language = 'en' | 'zh'

/** The sentences in one language. */
export function textOf(language: Language): Text {
  return language === 'zh' ? zh : en
}
