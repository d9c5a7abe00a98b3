import type { Progress } from '../../model/ports.ts'
import { grouped } from '../number.ts'
import type { LogText, Stage } from '../text.ts'
import { list, many, of } from './words.ts'

const stages: Readonly<Record<Stage, string>> = {
  fetch: 'Fetch the directory',
  read: 'Read the target',
  compare: 'Compare',
  write: 'Apply',
  report: 'Report',
  check: 'Check the connections',
}

export const log: LogText = {
  stage: (stage) => stages[stage],
  progress,
  held: (count) =>
    `${many(count, 'removal is', 'removals are')} held back. The job summary explains why and how to continue.`,
  failed: (failed, total) =>
    `${of(failed, total)} ${total === 1 ? 'change' : 'changes'} failed. The next run tries them again.`,
  skipped: (count) => `${many(count, 'person was', 'people were')} skipped to avoid guessing.`,
  hidden: (count) =>
    `${many(count, 'person is', 'people are')} still in the company, but outside the app’s visible range (可见范围).`,
  checks: (failed) => `${many(failed.length, 'check')} failed: ${list(failed)}.`,
  seeSummary: 'The job summary has the details.',
  several: (count) => `${many(count, 'problem')}:`,
  andMore: (count) => `and ${grouped(count)} more`,
}

function progress(now: Progress): string {
  switch (now.stage) {
    case 'departments':
      return `${of(now.done, now.total)} departments read, ${many(now.people, 'person', 'people')} so far`
    case 'people':
      return `${of(now.done, now.total)} individual people read, ${many(now.people, 'person', 'people')} so far`
    case 'accounts':
      return `${of(now.done, now.total)} accounts read`
    case 'writes':
      return `${of(now.done, now.total)} changes made`
    case 'limit':
      return `${now.call}: 80% of the calls per minute that WeCom allows are used, the rest is left to other programs. Reading goes on in ${many(now.seconds, 'second')}, at the pace of that limit.`
  }
}
