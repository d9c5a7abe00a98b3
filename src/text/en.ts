import type { Problem } from '../model/problem.ts'
import { casdoorProblems } from './en/casdoor.ts'
import { check } from './en/check.ts'
import { explanation } from './en/explanation.ts'
import { delivery } from './en/delivery.ts'
import { causes, fieldName, statuses } from './en/fields.ts'
import { githubProblems } from './en/github.ts'
import { httpProblems } from './en/http.ts'
import { inputProblems } from './en/input.ts'
import { log } from './en/log.ts'
import { planProblems } from './en/plan.ts'
import { snapshotProblems } from './en/snapshot.ts'
import { story } from './en/story.ts'
import { summary } from './en/summary.ts'
import { wecomProblems } from './en/wecom.ts'
import { duration, list, percent } from './en/words.ts'
import { grouped } from './number.ts'
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

/** English. */
export const en: Text = {
  number: grouped,
  percent,
  duration,
  list: (items) => list(items),
  enumerate: (items) => items.join(', '),
  series: (items) => items.join(', '),
  pair: (label, value) => `${label}: ${value}`,
  fullStop: '.',
  join: (sentences) => sentences.join(' '),
  problem: (problem) => byCode(problems, problem),
  field: fieldName,
  cause: (cause) => causes[cause],
  status: (status) => statuses[status],
  department: (id) => `department ${id}`,
  summary,
  story,
  explanation,
  delivery,
  check,
  log,
}
