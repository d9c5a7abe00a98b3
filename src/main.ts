import type { Environment } from './github/environment.ts'
import { readEvent, type Event } from './github/event.ts'
import { endsAsked, languageOf, readInputs, type Inputs } from './github/inputs.ts'
import { runnerLog } from './github/log.ts'
import { decidePersonalData, repositoryOf, runUrlOf } from './github/repository.ts'
import { maskSecrets } from './github/secrets.ts'
import { stopOnSignals } from './github/signals.ts'
import { clockUntil, systemClock } from './http/clock.ts'
import type { Stop } from './model/ports.ts'
import { problemsOf, type Problem } from './model/problem.ts'
import type { Run } from './model/run.ts'
import { publish, type Asked, type Reporter } from './publish.ts'
import { countsInWords } from './report/annotations.ts'
import { commitText } from './report/commit-text.ts'
import { outcomeOf, outcomeOfChecks } from './report/counts.ts'
import { logLine } from './report/escape.ts'
import { paragraph } from './report/page.ts'
import { sync } from './sync.ts'
import { textOf } from './text/language.ts'
import { buildWorlds, type Messages, type Worlds } from './worlds.ts'

/** Runs the action: inputs, worlds, pipeline, report. It never throws; the exit code says how it went. */
export async function main(environment: Environment): Promise<void> {
  maskSecrets(environment)
  const reporter = { text: textOf(languageOf(environment)), log: runnerLog(logLine, systemClock) }
  const { stop, release } = stopOnSignals()
  const { problems, ...asked } = await ask(environment, stop)
  const run = await perform(asked, problems, reporter)
  await publish(run, asked, reporter)
  if (stop.asked.aborted || ['partial', 'held', 'failed'].includes(run.outcome)) process.exitCode = 1
  release()
}

/** What the workflow asks for, or why that is not clear. */
async function ask(
  environment: Environment,
  stop: Stop,
): Promise<Asked & { readonly problems: readonly Problem[] }> {
  const event = await readEvent(environment)
  let inputs: Inputs | undefined
  try {
    inputs = readInputs(environment)
    const { problems: warnings, ...decided } = await decidePersonalData(inputs, event, environment, {
      clock: clockUntil(stop.asked),
      stop,
    })
    inputs = { ...inputs, warnings: [...inputs.warnings, ...warnings] }
    return { inputs, ...decided, event, environment, stop, problems: [] }
  } catch (thrown) {
    const found = problemsOf(thrown)
    const problems = [...forkProblem(event, environment, found), ...found]
    const shown = { level: 'hidden', why: 'unknown' } as const
    return { ...(inputs !== undefined && { inputs }), ...shown, event, environment, stop, problems }
  }
}

/** A fork's pull request gets no secrets: that explains why they are empty (FS-45). */
function forkProblem(
  { pullRequest }: Event,
  environment: Environment,
  problems: readonly Problem[],
): readonly Problem[] {
  const isSecretless = problems.some(({ code }) => code === 'input-secret-empty')
  if (pullRequest?.isFork !== true || !isSecretless) return []
  return [{ code: 'github-fork', repository: repositoryOf(environment).repository }]
}

async function perform(asked: Asked, problems: readonly Problem[], reporter: Reporter): Promise<Run> {
  const { inputs, environment, stop } = asked
  const about = { mode: inputs?.mode ?? 'sync', ...endsOf(inputs, environment) } as const
  const stopped = (why: readonly Problem[]): Run => {
    return { ...about, outcome: 'failed', problems: why, seconds: { read: 0, write: 0 } }
  }
  if (inputs === undefined || problems.length > 0) return stopped(problems)
  try {
    const worlds = buildWorlds(inputs, environment, messagesOf(inputs, asked, reporter), stop)
    const performed = await (inputs.mode === 'check'
      ? check(worlds, stop, reporter)
      : synchronize(worlds, inputs, stop, reporter))
    return { ...about, problems: [], ...performed }
  } catch (thrown) {
    return stopped(problemsOf(thrown))
  } finally {
    reporter.log.close()
  }
}

/** From where to where; where the inputs are wrong, as far as they say it. */
function endsOf(inputs: Inputs | undefined, environment: Environment): Pick<Run, 'source' | 'target'> {
  if (inputs === undefined) return endsAsked(environment)
  const { source, target } = inputs
  return {
    source: { kind: source.kind },
    target:
      target.kind === 'casdoor'
        ? { kind: 'casdoor', organization: target.organization }
        : { kind: 'snapshot', path: target.path },
  }
}

/** What the worlds say of the run, in the reader's language. */
function messagesOf(inputs: Inputs, { level, why, environment }: Asked, { text, log }: Reporter): Messages {
  const { target } = inputs
  const { message = '', title = '' } =
    'delivery' in target && target.delivery.kind !== 'file' ? { title: '', ...target.delivery } : {}
  const options = { text, level, why, runUrl: runUrlOf(environment) }
  return {
    onProgress: (progress) => {
      // Why nothing moves is said once, and at once.
      if (progress.stage === 'limit') log.line(text.log.progress(progress))
      else log.progress(() => text.log.progress(progress))
    },
    commitText: (planned) => commitText(endsOf(inputs, environment), planned, { message, title }, options),
    explain: (problem) => paragraph(options, problem),
  }
}

type Performed = Pick<Run, 'outcome' | 'seconds'> & Partial<Pick<Run, 'result' | 'checks'>>

async function check({ checkers }: Worlds, { asked }: Stop, { text, log }: Reporter): Promise<Performed> {
  const start = systemClock.now()
  log.stage(text.log.stage('check'))
  const checks = []
  for (const checker of checkers) {
    checks.push(...(await checker.check()))
    asked.throwIfAborted()
  }
  return { checks, outcome: outcomeOfChecks(checks), seconds: { read: secondsSince(start), write: 0 } }
}

async function synchronize(
  { source, reader, writer }: Worlds,
  { mode, policy }: Inputs,
  { asked }: Stop,
  { text, log }: Reporter,
): Promise<Performed> {
  const start = systemClock.now()
  let compared = start
  const result = await sync({
    source,
    reader,
    ...(mode === 'sync' && { writer }),
    policy,
    stop: asked,
    onStage: (stage) => {
      log.stage(text.log.stage(stage))
      if (stage === 'write') compared = systemClock.now()
    },
  })
  log.line(countsInWords(result, text))
  const isPlan = result.applied === undefined
  return {
    result,
    outcome: outcomeOf(isPlan ? 'plan' : 'sync', result),
    seconds: {
      read: isPlan ? secondsSince(start) : (compared - start) / 1000,
      write: isPlan ? 0 : secondsSince(compared),
    },
  }
}

function secondsSince(moment: number): number {
  return (systemClock.now() - moment) / 1000
}
