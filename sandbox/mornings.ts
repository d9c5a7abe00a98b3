import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { root } from './action.ts'
import { startCasdoor, type CasdoorSandbox } from './casdoor/server.ts'
import { makeCompany, type Company } from './company.ts'
import { dayOfChanges, loseShare } from './day.ts'
import { runAction, type ActionEnd } from './runner.ts'
import { reorganize } from './reorganization.ts'
import { departmentSentences, excerpt, inputsFor, print, sentenceOf } from './show.ts'
import { startWecom, type WecomSandbox } from './wecom/server.ts'

type Morning = {
  readonly title: string
  /** What happened before, to the company or to nobody. */
  readonly before: (company: Company) => readonly string[]
  readonly outcome: string
  readonly look: string
}

const mornings: readonly Morning[] = [
  {
    title: '1 First import',
    before: () => ['300 people in 60 departments, which become groups; Casdoor is empty.'],
    outcome: 'applied',
    look: 'Everybody is added. Those who never activated WeCom or are disabled there cannot sign in.',
  },
  {
    title: '2 A day of changes',
    before: (company) => dayOfChanges(company).map(sentenceOf),
    outcome: 'applied',
    look: 'One row a person: who joined, left, moved, was promoted or disabled, old → new.',
  },
  {
    title: '3 Nothing happened',
    before: () => ['The same directory once more.'],
    outcome: 'unchanged',
    look: 'Not one write: running again is always safe.',
  },
  {
    title: '4 A reorganization',
    before: (company) => departmentSentences(reorganize(company)),
    outcome: 'applied',
    look: 'One line for each cause, with the people folded under it, and a small picture of the departments.',
  },
  {
    title: '5 40 % of the company is missing',
    before: (company) => {
      loseShare(company, 0.4)
      return ['Somebody narrowed the visible range of the WeCom app by a click.']
    },
    outcome: 'held',
    look: 'Nobody lost their account. The step is red, and the summary says what to check and how to approve.',
  },
]

const folder = path.join(root, 'sandbox-output')

/** Five mornings of one company. */
export async function fiveMornings(): Promise<void> {
  const company = makeCompany({ people: 300, departments: 60 })
  const wecom = await startWecom({ company })
  const casdoor = await startCasdoor()
  try {
    await mkdir(folder, { recursive: true })
    for (const morning of mornings) await live(morning, wecom, casdoor)
    print('', `The summaries, logs and JSON plans are in ${path.relative(process.cwd(), folder) || '.'}/.`)
  } finally {
    await Promise.all([wecom.close(), casdoor.close()])
  }
}

async function live(morning: Morning, from: WecomSandbox, to: CasdoorSandbox): Promise<void> {
  const happened = morning.before(from.company)
  const before = { calls: from.requests.length, writes: to.writes().length }
  const end = await runAction({ inputs: { ...inputsFor(from, to), groups: 'departments' } })
  await keep(morning, end)
  print('', '='.repeat(100), morning.title, '', ...happened.map((sentence) => `  ${sentence}`), '')
  print(excerpt(end.summary), '')
  print(
    `  outcome ${end.outputs['outcome']}, exit code ${end.code}; ` +
      `${from.requests.length - before.calls} requests to WeCom, ` +
      `${to.writes().length - before.writes} writes to Casdoor`,
    `  Look at: ${morning.look}`,
  )
  if (end.outputs['outcome'] !== morning.outcome) {
    print('', end.stdout, end.stderr)
    throw new Error(`${morning.title}: expected the outcome ${morning.outcome}`)
  }
}

async function keep({ title }: Morning, end: ActionEnd): Promise<void> {
  const name = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '')
  const files = { '.md': end.summary, '.log': end.stdout, '.json': end.planFile ?? '' }
  for (const [ending, text] of Object.entries(files)) await writeFile(path.join(folder, name + ending), text)
}
