import { casdoorTarget } from './casdoor/target.ts'
import { problemsOf, type Problem } from './errors.ts'
import type { Environment } from './github/environment.ts'
import { languageOf, readInputs, type Inputs } from './github/inputs.ts'
import { runnerLog, type Log } from './github/log.ts'
import { setOutputs } from './github/outputs.ts'
import { writePlan } from './github/plan.ts'
import { proxyFor } from './github/proxy.ts'
import { decidePersonalData } from './github/repository.ts'
import { maskSecret, maskSecrets } from './github/secrets.ts'
import { writeSummary } from './github/summary.ts'
import { workspaceFile } from './github/workspace.ts'
import { agentFor } from './http/agent.ts'
import { systemClock } from './http/clock.ts'
import type { Checker, OnProgress, PersonalData, Reader, Result, Run, Source, Writer } from './model.ts'
import { annotations, countsInWords, plainly } from './report/annotations.ts'
import { counts, outcomeOf, outcomeOfChecks } from './report/counts.ts'
import { logLine } from './report/escape.ts'
import { planDocument } from './report/plan.ts'
import { summary } from './report/summary.ts'
import { localFiles } from './snapshot/files.ts'
import { snapshotSource } from './snapshot/source.ts'
import { snapshotTarget } from './snapshot/target.ts'
import { sync } from './sync.ts'
import { textOf, type Text } from './text/text.ts'
import { wecomChecker } from './wecom/check.ts'
import { wecomSource } from './wecom/source.ts'

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
    return { ...(inputs !== undefined && { inputs }), level: 'hidden', problems: problemsOf(thrown) }
  }
}

async function perform(asked: Asked, environment: Environment, voice: Voice): Promise<Run> {
  const { inputs, problems } = asked
  const about = {
    mode: inputs?.mode ?? 'sync',
    source: { kind: inputs?.source.kind ?? 'wecom' },
    target: targetOf(inputs),
  } as const
  const stopped = (why: readonly Problem[]): Run => {
    return { ...about, outcome: 'failed', problems: why, seconds: { read: 0, write: 0 } }
  }
  if (inputs === undefined || problems.length > 0) return stopped(problems)
  try {
    const worlds = await build(inputs, environment, voice)
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

function targetOf(inputs: Inputs | undefined): Run['target'] {
  if (inputs === undefined) return { kind: 'casdoor', organization: '' }
  const { target } = inputs
  return target.kind === 'casdoor'
    ? { kind: 'casdoor', organization: target.organization }
    : { kind: 'snapshot', path: target.path }
}

type Worlds = {
  readonly source: Source
  readonly reader: Reader
  readonly writer: Writer
  readonly checkers: readonly Checker[]
}

/** A second source is one more folder and one more case here. */
async function build(inputs: Inputs, environment: Environment, { text, log }: Voice): Promise<Worlds> {
  const { source: from, target: to, policy, concurrency } = inputs
  const onProgress: OnProgress = (progress) => {
    log.progress(() => text.log.progress(progress))
  }
  const shared = { concurrency, clock: systemClock, onProgress, onSecret: maskSecret }
  const fileAt = async (shownPath: string) => {
    return { path: await workspaceFile(shownPath, environment), shownPath, files: localFiles }
  }
  const [source, sourceChecker] = await sourceOf()
  const target = await targetWorld()
  return { source, reader: target.reader, writer: target.writer, checkers: [sourceChecker, target.checker] }

  async function sourceOf(): Promise<readonly [Source, Checker]> {
    if (from.kind === 'snapshot') {
      const snapshot = snapshotSource(await fileAt(from.path))
      return [snapshot, snapshot]
    }
    const { apiUrl } = from
    const proxy = proxyFor(apiUrl, from.proxy)
    const agent = agentFor(apiUrl, concurrency, proxy)
    const settings = { ...shared, ...from, agent, proxied: proxy !== undefined }
    return [wecomSource(settings), wecomChecker(settings)]
  }

  async function targetWorld(): Promise<{ reader: Reader; writer: Writer; checker: Checker }> {
    if (to.kind === 'snapshot') {
      const corpId = from.kind === 'wecom' ? from.corpId : ''
      return snapshotTarget({ ...(await fileAt(to.path)), corpId, syncer: policy.syncer })
    }
    const agent = agentFor(to.endpoint, concurrency, proxyFor(to.endpoint))
    const corp = from.kind === 'wecom' ? { corpId: from.corpId } : {}
    return casdoorTarget({ ...shared, ...to, ...corp, agent, syncer: policy.syncer })
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
async function report(
  run: Run,
  { inputs, level }: Asked,
  environment: Environment,
  voice: Voice,
): Promise<void> {
  const { text, log } = voice
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
  const { held, digest } = result?.decision ?? { held: [] }
  setOutputs({
    outcome: run.outcome,
    changed: result?.applied?.changed === true,
    counts: counts(run),
    ...(held.length > 0 && digest !== undefined && { heldDigest: digest }),
    ...(planFile !== undefined && { planFile }),
  })
  const said = annotations(run, text)
  for (const notice of said.notices) log.notice(notice)
  for (const warning of said.warnings) log.warning(warning.kind, warning.text)
  if (said.error !== undefined) log.error(said.error)
}

async function tolerate({ text, log }: Voice, tell: () => Promise<void>): Promise<void> {
  try {
    await tell()
  } catch (thrown) {
    for (const problem of problemsOf(thrown)) log.warning(problem.code, plainly(problem, text))
  }
}
