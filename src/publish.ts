import { Github } from './github/api.ts'
import { markerOf, writeComment } from './github/comment.ts'
import type { Environment } from './github/environment.ts'
import type { Event } from './github/event.ts'
import type { Inputs } from './github/inputs.ts'
import type { Log } from './github/log.ts'
import { writeOutputs } from './github/outputs.ts'
import { writePlan } from './github/plan-file.ts'
import { repositoryOf, runUrlOf } from './github/repository.ts'
import { writeSummary } from './github/summary.ts'
import { clockUntil } from './http/clock.ts'
import type { Stop } from './model/ports.ts'
import { problemsOf, type Problem } from './model/problem.ts'
import type { PersonalData, PersonalDataReason, Run } from './model/run.ts'
import { annotations, plainly } from './report/annotations.ts'
import { counts, heldIn } from './report/counts.ts'
import { planDocument } from './report/json.ts'
import { summary } from './report/summary.ts'
import type { Text } from './text/text.ts'

/** What the workflow asks for; without inputs, they are wrong. */
export type Asked = {
  readonly inputs?: Inputs
  readonly level: PersonalData
  readonly why: PersonalDataReason
  readonly event: Event
  readonly environment: Environment
  readonly stop: Stop
}

/** The reader's language, and the log of the run. */
export type Reporter = { readonly text: Text; readonly log: Log }

/**
 * Reports a run everywhere: plan file, summary, comment, outputs, annotations. What cannot be reported is a warning,
 * since the work is done all the same.
 */
export async function publish(run: Run, asked: Asked, reporter: Reporter): Promise<void> {
  const { text } = reporter
  const { inputs, level, why, environment } = asked
  const warn = (problems: readonly Problem[]): void => {
    for (const problem of problems) reporter.log.warning(problem.code, plainly(problem, text))
  }
  const attempt = async <Done>(work: () => Promise<Done>): Promise<Done | undefined> => {
    try {
      return await work()
    } catch (thrown) {
      warn(problemsOf(thrown))
      return undefined
    }
  }
  warn(inputs?.warnings ?? [])
  const planFile = await attempt(async () => publishPlan(run, asked))
  await attempt(async () => writeSummary(summary(run, { text, level, why }), environment))
  await attempt(async () => comment(run, asked, text))
  await attempt(async () => publishOutputs(run, planFile, environment))
  annotate(run, reporter)
}

/** @returns the path of the JSON plan; `undefined` where there is no plan. */
async function publishPlan(run: Run, { inputs, level, environment }: Asked): Promise<string | undefined> {
  const document = planDocument(run, level)
  if (document === undefined || inputs === undefined) return undefined
  return writePlan(`${JSON.stringify(document, undefined, 2)}\n`, inputs.policy.syncer, environment)
}

/** A plan is shown under its pull request too: in one comment for each syncer, replaced at each push. */
async function comment(run: Run, asked: Asked, text: Text): Promise<void> {
  const { inputs, level, why, environment, stop } = asked
  const { pullRequest } = asked.event
  if (stop.asked.aborted) return
  if (pullRequest === undefined || inputs?.mode !== 'plan' || inputs.githubToken === '') return
  const github = new Github({
    token: inputs.githubToken,
    clock: clockUntil(stop.asked),
    stop,
    ...repositoryOf(environment),
  })
  const body = summary(run, { text, level, why, medium: 'comment', runUrl: runUrlOf(environment) })
  await writeComment(github, pullRequest.number, { marker: markerOf(inputs.policy.syncer, 'plan'), body })
}

async function publishOutputs(
  run: Run,
  planFile: string | undefined,
  environment: Environment,
): Promise<void> {
  const { result } = run
  const isHeld = result !== undefined && heldIn(result.decision) > 0
  const digest = result?.decision.digest
  const outputs = {
    outcome: run.outcome,
    changed: result?.applied?.changed === true,
    counts: counts(run),
    ...(isHeld && digest !== undefined && { heldDigest: digest }),
    ...(planFile !== undefined && { planFile }),
    ...(result?.applied?.delivery !== undefined && { delivery: result.applied.delivery }),
  }
  await writeOutputs(outputs, environment)
}

function annotate(run: Run, { text, log }: Reporter): void {
  const { notices, warnings, error } = annotations(run, text)
  for (const notice of notices) log.notice(notice)
  for (const warning of warnings) log.warning(warning.kind, warning.text)
  if (error !== undefined) log.error(error)
}
