import { casdoor } from './zh/casdoor.ts'
import { check } from './zh/check.ts'
import { decided } from './zh/decided.ts'
import { delivery } from './zh/delivery.ts'
import { causes, field, statuses } from './zh/fields.ts'
import { github } from './zh/github.ts'
import { http } from './zh/http.ts'
import { input } from './zh/input.ts'
import { log } from './zh/log.ts'
import { plan } from './zh/plan.ts'
import { snapshot } from './zh/snapshot.ts'
import { story } from './zh/story.ts'
import { summary } from './zh/summary.ts'
import { wecom } from './zh/wecom.ts'
import { duration, list } from './zh/words.ts'
import { speak } from './family.ts'
import { grouped, percentOf } from './number.ts'
import type { Text } from './text.ts'

/** 简体中文。 */
export const zh: Text = {
  number: grouped,
  percent: (share) => `${percentOf(share)}%`,
  duration,
  list: (items) => list(items),
  enumerate: (items) => items.join('，'),
  series: (items) => items.join('、'),
  pair: (label, value) => `${label}：${value}`,
  stop: '。',
  join: (sentences) => sentences.join(''),
  problem: (problem) => speak(problem, { input, github, http, wecom, casdoor, snapshot, plan }),
  field,
  cause: (cause) => causes[cause],
  status: (status) => statuses[status],
  department: (id) => `部门 ${id}`,
  summary,
  story,
  decided,
  delivery,
  check,
  log,
}
