import { casdoor } from './en/casdoor.ts'
import { check } from './en/check.ts'
import { decided } from './en/decided.ts'
import { delivery } from './en/delivery.ts'
import { causes, field, statuses } from './en/fields.ts'
import { github } from './en/github.ts'
import { http } from './en/http.ts'
import { input } from './en/input.ts'
import { log } from './en/log.ts'
import { plan } from './en/plan.ts'
import { snapshot } from './en/snapshot.ts'
import { story } from './en/story.ts'
import { summary } from './en/summary.ts'
import { wecom } from './en/wecom.ts'
import { duration, list, percent } from './en/words.ts'
import { speak } from './family.ts'
import { grouped } from './number.ts'
import type { Text } from './text.ts'

/** English. */
export const en: Text = {
  number: grouped,
  percent,
  duration,
  list: (items) => list(items),
  enumerate: (items) => items.join(', '),
  series: (items) => items.join(', '),
  pair: (label, value) => `${label}: ${value}`,
  stop: '.',
  join: (sentences) => sentences.join(' '),
  problem: (problem) => speak(problem, { input, github, http, wecom, casdoor, snapshot, plan }),
  field,
  cause: (cause) => causes[cause],
  status: (status) => statuses[status],
  department: (id) => `department ${id}`,
  summary,
  story,
  decided,
  delivery,
  check,
  log,
}
