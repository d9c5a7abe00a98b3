import { endGroup, error, info, notice, startGroup, warning } from '@actions/core'
import type { Clock } from '../http/clock.ts'

/** What a run says while it works: one group per stage, few annotations, no line too many. */
export interface Log {
  /** Opens a group; the one before is closed. */
  stage(title: string): void
  line(text: string): void
  /** Said at most every few seconds; the text is made only when it is said. */
  progress(text: () => string): void
  notice(text: string): void
  /** One annotation for each kind; further ones of the same kind are plain lines. */
  warning(kind: string, text: string): void
  /** The one error annotation of a run; a further one is a plain line. */
  error(text: string): void
  /** Closes the last group. */
  close(): void
}

/** Milliseconds between two lines of progress. */
const pause = 5_000

/**
 * A log for the runner.
 *
 * @param harmless makes text from outside harmless in a log line: no workflow command, no control character.
 */
export function runnerLog(harmless: (text: string) => string, { now }: Pick<Clock, 'now'>): Log {
  const annotated = new Set<string>()
  let isOpen = false
  let spoken = now()
  const close = (): void => {
    if (isOpen) endGroup()
    isOpen = false
  }
  const once = (kind: string, annotate: (text: string) => void, text: string): void => {
    if (annotated.has(kind)) info(harmless(text))
    else annotate(harmless(text))
    annotated.add(kind)
  }
  return {
    stage: (title) => {
      close()
      startGroup(harmless(title))
      isOpen = true
      spoken = now()
    },
    line: (text) => {
      info(harmless(text))
    },
    progress: (text) => {
      if (now() - spoken < pause) return
      spoken = now()
      info(harmless(text()))
    },
    notice: (text) => {
      notice(harmless(text))
    },
    warning: (kind, text) => {
      once(`warning ${kind}`, warning, text)
    },
    error: (text) => {
      once('error', error, text)
    },
    close,
  }
}
