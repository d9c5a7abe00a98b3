import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { root } from './action.ts'
import { startCasdoor, type CasdoorSandbox } from './casdoor/server.ts'
import { makeCompany, type Company } from './company.ts'
import { dayOfChanges, loseShare, type Event } from './day.ts'
import { runAction, type ActionEnd } from './runner.ts'
import { startWecom, type WecomSandbox } from './wecom.ts'

/*
 * `npm start`: the main job as a runner does it, against a WeCom and a Casdoor on this machine. Four mornings
 * of a company of 300 people; the job summaries are printed and kept.
 */

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
    before: () => ['300 people in 60 departments; Casdoor is empty.'],
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
    title: '4 40 % of the company is missing',
    before: (company) => {
      loseShare(company, 0.4)
      return ['Somebody narrowed the visible range of the WeCom app by a click.']
    },
    outcome: 'held',
    look: 'Nobody lost their account. The step is red, and the summary says what to check and how to approve.',
  },
]

const folder = path.join(root, 'sandbox-output')

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

async function live(morning: Morning, from: WecomSandbox, to: CasdoorSandbox): Promise<void> {
  const happened = morning.before(from.company)
  const before = { calls: from.requests.length, writes: to.writes().length }
  const end = await runAction({ inputs: inputsFor(from, to) })
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

function inputsFor(from: WecomSandbox, to: CasdoorSandbox): Readonly<Record<string, string>> {
  return {
    'wecom-api-url': from.url,
    'wecom-corp-id': from.company.corpId,
    'wecom-corp-secret': 'test-app-secret',
    'casdoor-endpoint': to.url,
    'casdoor-client-id': to.clientId,
    'casdoor-client-secret': to.clientSecret,
    'casdoor-organization': 'acme',
    language: process.argv.includes('--zh') ? 'zh' : 'en',
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

/** As much of a summary as a terminal likes; the whole is in the folder. */
function excerpt(summary: string): string {
  const lines = summary.trimEnd().split('\n')
  const shown = lines.slice(0, 45)
  const rest = lines.length - shown.length
  return [...shown, ...(rest > 0 ? [`… ${rest} more lines in the file`] : [])]
    .map((line) => `  │ ${line}`)
    .join('\n')
}

function sentenceOf(event: Event): string {
  const who = `${event.name} (${event.userid})`
  switch (event.kind) {
    case 'join':
      return `${who} joined.`
    case 'leave':
      return `${who} left the company.`
    case 'disable':
      return `${who} was disabled in WeCom.`
    case 'promote':
      return `${who} was promoted from ${event.from} to ${event.to}.`
    case 'move':
      return `${who} moved to another department.`
    case 'add-departments':
      return `${who} works for three departments now.`
  }
}

function print(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`)
}
