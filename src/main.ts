import { problemsOf, type Problem } from './model/problem.ts'
import { Github } from './github/api.ts'
import { markerOf, writeComment } from './github/comment.ts'
import type { Environment } from './github/environment.ts'
import { readEvent } from './github/event.ts'
import { languageOf, readInputs, type Inputs } from './github/inputs.ts'
import { runnerLog, type Log } from './github/log.ts'
import { setOutputs } from './github/outputs.ts'
import { writePlan } from './github/plan-file.ts'
import { decidePersonalData, repositoryOf, runUrlOf } from './github/repository.ts'
import { maskSecrets } from './github/secrets.ts'
import { writeSummary } from './github/summary.ts'
import { systemClock } from './http/clock.ts'
import type { PersonalData, Result, Run } from './model/run.ts'
import { annotations, countsInWords, plainly } from './report/annotations.ts'
import { counts, heldIn, outcomeOf, outcomeOfChecks } from './report/counts.ts'
import { telling } from './report/commit-text.ts'
import { logLine } from './report/escape.ts'
import { paragraph } from './report/page.ts'
import { planDocument } from './report/json.ts'
import { summary } from './report/summary.ts'
import { sync } from './sync.ts'
import { textOf } from './text/language.ts'
import { type Text } from './text/text.ts'
import { buildWorlds, type Voices, type Worlds } from './worlds.ts'

/** Runs the action: inputs, worlds, pipeline, report. It never throws; the exit code tells how it went. */
export async function main(environment: Environment): Promise<void> {
  maskSecrets(environment)
  const text = textOf(languageOf(environment))
  const log = runnerLog(logLine, systemClock)
  const asked = await ask(environment)
  const run = await perform(asked, environment, { text, log })
  if (asked.inputs !== undefined) warnOf(asked.inputs.warnings, { text, log })
  await report(run, asked, environment, { text, log })
  if (['partial', 'held', 'failed'].includes(run.outcome)) process.exitCode = 1
}

type Voice = { readonly text: Text; readonly log: Log }

/** What the workflow asks for, or why that is not clear. */
type Asked = { readonly inputs?: Inputs; readonly level: PersonalData; readonly problems: readonly Problem[] }

async function ask(environment: Environment): Promise<Asked> {
  let inputs: Inputs | undefined
  try {
    inputs = readInputs(environment)
    return { inputs, level: await decidePersonalData(inputs, environment), problems: [] }
  } catch (thrown) {
    const problems = [...(await forkProblem(environment, problemsOf(thrown))), ...problemsOf(thrown)]
    return { ...(inputs !== undefined && { inputs }), level: 'hidden', problems }
  }
}

/** A fork's pull request gets no secrets: that explains why they are empty (FS-45). */
async function forkProblem(
  environment: Environment,
  problems: readonly Problem[],
): Promise<readonly Problem[]> {
  const { pullRequest } = await readEvent(environment)
  const isSecretless = problems.some(({ code }) => code === 'input-secret-empty')
  if (pullRequest?.isFork !== true || !isSecretless) return []
  return [{ code: 'github-fork', repository: repositoryOf(environment).repository }]
}

async function perform(asked: Asked, environment: Environment, voice: Voice): Promise<Run> {
  const { inputs, problems } = asked
  const about = { mode: inputs?.mode ?? 'sync', ...endsOf(inputs) } as const
  const stopped = (why: readonly Problem[]): Run => {
    return { ...about, outcome: 'failed', problems: why, seconds: { read: 0, write: 0 } }
  }
  if (inputs === undefined || problems.length > 0) return stopped(problems)
  try {
    const worlds = await buildWorlds(inputs, environment, voicesOf(inputs, asked.level, environment, voice))
    return {
      ...about,
      problems: [],
      ...(await (inputs.mode === 'check' ? check : synchronize)(worlds, inputs, voice)),
    }
  } catch (thrown) {
    return stopped(problemsOf(thrown))
  } finally {
    voice.log.close()
  }
}

/** From where to where. */
function endsOf(inputs: Inputs | undefined): Pick<Run, 'source' | 'target'> {
  if (inputs === undefined)
    return { source: { kind: 'wecom' }, target: { kind: 'casdoor', organization: '' } }
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
function voicesOf(
  inputs: Inputs,
  level: PersonalData,
  environment: Environment,
  { text, log }: Voice,
): Voices {
  const { target } = inputs
  const { message = '', title = '' } =
    'delivery' in target && target.delivery.kind !== 'file' ? { title: '', ...target.delivery } : {}
  const options = { text, level, runUrl: runUrlOf(environment) }
  return {
    onProgress: (progress) => {
      log.progress(() => text.log.progress(progress))
    },
    tell: (planned) => telling(endsOf(inputs), planned, { message, title }, options),
    explain: (problem) => paragraph(options, problem),
  }
}

type Performed = Pick<Run, 'outcome' | 'seconds'> & Partial<Pick<Run, 'result' | 'checks'>>

async function check({ checkers }: Worlds, _: Inputs, { text, log }: Voice): Promise<Performed> {
  const start = systemClock.now()
  log.stage(text.log.stage('check'))
  const checks = []
  for (const checker of checkers) checks.push(...(await checker.check()))
  return { checks, outcome: outcomeOfChecks(checks), seconds: { read: secondsSince(start), write: 0 } }
}

async function synchronize(
  worlds: Worlds,
  { mode, policy }: Inputs,
  { text, log }: Voice,
): Promise<Performed> {
  const start = systemClock.now()
  let compared = start
  const { source, reader } = worlds
  const result: Result = await sync({
    source,
    reader,
    ...(mode === 'sync' && { writer: worlds.writer }),
    policy,
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

function warnOf(problems: readonly Problem[], { text, log }: Voice): void {
  for (const problem of problems) log.warning(problem.code, plainly(problem, text))
}

/** Tells it everywhere. What can not be told is a warning: the work is done all the same. */
async function report(run: Run, asked: Asked, environment: Environment, voice: Voice): Promise<void> {
  const { text, log } = voice
  const { inputs, level } = asked
  const { result } = run
  let planFile: string | undefined
  await tolerate(voice, async () => {
    const document = planDocument(run, level)
    if (document === undefined || inputs === undefined) return
    planFile = await writePlan(
      `${JSON.stringify(document, undefined, 2)}\n`,
      inputs.policy.syncer,
      environment,
    )
  })
  await tolerate(voice, async () => writeSummary(summary(run, { text, level }), environment))
  await tolerate(voice, async () => comment(run, asked, environment, text))
  const isHeld = result !== undefined && heldIn(result.decision) > 0
  const digest = result?.decision.digest
  setOutputs({
    outcome: run.outcome,
    changed: result?.applied?.changed === true,
    counts: counts(run),
    ...(isHeld && digest !== undefined && { heldDigest: digest }),
    ...(planFile !== undefined && { planFile }),
    ...(result?.applied?.delivery !== undefined && { delivery: result.applied.delivery }),
  })
  const said = annotations(run, text)
  for (const notice of said.notices) log.notice(notice)
  for (const warning of said.warnings) log.warning(warning.kind, warning.text)
  if (said.error !== undefined) log.error(said.error)
}

/** Under a pull request, a plan is told there too: in one comment for each syncer, replaced at each push. */
async function comment(
  run: Run,
  { inputs, level }: Asked,
  environment: Environment,
  text: Text,
): Promise<void> {
  const { pullRequest } = await readEvent(environment)
  if (pullRequest === undefined || inputs?.mode !== 'plan' || inputs.githubToken === '') return
  const github = new Github({ token: inputs.githubToken, clock: systemClock, ...repositoryOf(environment) })
  const body = summary(run, { text, level, medium: 'comment', runUrl: runUrlOf(environment) })
  await writeComment(github, pullRequest.number, { marker: markerOf(inputs.policy.syncer, 'plan'), body })
}

async function tolerate({ text, log }: Voice, tell: () => Promise<void>): Promise<void> {
  try {
    await tell()
  } catch (thrown) {
    for (const problem of problemsOf(thrown)) log.warning(problem.code, plainly(problem, text))
  }
}
