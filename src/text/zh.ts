import type { Problem } from '../model/problem.ts'
import { casdoorProblems } from './zh/casdoor.ts'
import { check } from './zh/check.ts'
import { explanation } from './zh/explanation.ts'
import { delivery } from './zh/delivery.ts'
import { causes, fieldName, statuses } from './zh/fields.ts'
import { githubProblems } from './zh/github.ts'
import { httpProblems } from './zh/http.ts'
import { inputProblems } from './zh/input.ts'
import { log } from './zh/log.ts'
import { planProblems } from './zh/plan.ts'
import { snapshotProblems } from './zh/snapshot.ts'
import { story } from './zh/story.ts'
import { summary } from './zh/summary.ts'
import { wecomProblems } from './zh/wecom.ts'
import { duration, list } from './zh/words.ts'
import { grouped, percentOf } from './number.ts'
import { byCode, type CodeTable } from './table.ts'
import type { ProblemText, Text } from './text.ts'

const problems: CodeTable<Problem, ProblemText> = {
  ...inputProblems,
  ...githubProblems,
  ...httpProblems,
  ...wecomProblems,
  ...casdoorProblems,
  ...snapshotProblems,
  ...planProblems,
}

/** 简体中文。 */
export const zh: Text = {
  number: grouped,
  percent: (share) => `${percentOf(share)}%`,
  duration,
  list: (items) => list(items),
  enumerate: (items) => items.join('，'),
  series: (items) => items.join('、'),
  pair: (label, value) => `${label}：${value}`,
  fullStop: '。',
  join: (sentences) => sentences.join(''),
  problem: (problem) => byCode(problems, problem),
  field: fieldName,
  cause: (cause) => causes[cause],
  status: (status) => statuses[status],
  department: (id) => `部门 ${id}`,
  summary,
  story,
  explanation,
  delivery,
  check,
  log,
}
