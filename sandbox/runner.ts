import { spawn, type ChildProcess } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readAction, root } from './action.ts'

/** How the action is started. What is left out is as in a scheduled run of a private repository. */
export type ActionRun = {
  /** As under `with:`; the rest take their defaults from `action.yml`. */
  readonly inputs: Readonly<Record<string, string>>
  /** Further environment variables; `undefined` removes one. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** The event's payload. */
  readonly event?: object
  /** The Node to run it with; the one that runs this by default. */
  readonly node?: string
  /** A folder to use as the workspace; it is kept. Otherwise a fresh one is made and removed. */
  readonly workspace?: string
  /** Kills the run, as a cancelled job or a lost runner does. */
  readonly signal?: AbortSignal
  /** Is given everything that is printed, as it comes. */
  readonly onOutput?: (text: string) => void
  readonly onStart?: (child: ChildProcess) => void
}

/** What the runner knows of a run when it is over. */
export type ActionEnd = {
  /** Exit code; `null` when it was killed. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
  /** Text of the file that the output `plan-file` names. */
  readonly planFile?: string
  /** The files of the workspace by their path in it. */
  readonly files: Readonly<Record<string, string>>
}

const repository = 'acme/directory'
const bundle = path.join(root, 'dist', 'index.js')

/** Runs the committed bundle as GitHub's runner does: environment, files, defaults, nothing else. */
export async function runAction(run: ActionRun): Promise<ActionEnd> {
  const folder = await mkdtemp(path.join(tmpdir(), 'action-'))
  try {
    const { workspace = path.join(folder, 'workspace') } = run
    const files = await prepare(folder, workspace, run.event)
    const variables = { ...environmentOf(folder, workspace, files), ...inputsOf(run.inputs), ...run.env }
    const ended = await start(run, workspace, variables)
    const outputs = parseOutputs(await readFile(files.GITHUB_OUTPUT, 'utf8'))
    const planFile = await textOf(outputs['plan-file'])
    return {
      ...ended,
      outputs,
      summary: await readFile(files.GITHUB_STEP_SUMMARY, 'utf8'),
      ...(planFile !== undefined && { planFile }),
      files: await filesOf(workspace),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The `INPUT_…` variables: those given over the defaults of `action.yml`. */
export function inputsOf(inputs: Readonly<Record<string, string>>): Record<string, string> {
  const known = readAction().inputs
  const foreign = Object.keys(inputs).filter((name) => !(name in known))
  if (foreign.length > 0) throw new Error(`action.yml has no input ${foreign.join(', ')}`)
  return Object.fromEntries(
    Object.entries(known).map(([name, { default: value = '' }]) => [
      `INPUT_${name.toUpperCase()}`,
      inputs[name] ?? value.replace('${{ github.token }}', 'ghs_sandbox_token'),
    ]),
  )
}

/** Reads `name=value` and `name<<delimiter` blocks. */
export function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {}
  const lines = text.split(/\r?\n/)
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const [, name, delimiter] = /^(.+?)<<(.+)$/.exec(line) ?? []
    if (name === undefined || delimiter === undefined) {
      const [, plain, value] = /^(.+?)=(.*)$/.exec(line) ?? []
      if (plain !== undefined) outputs[plain] = value ?? ''
      continue
    }
    const end = lines.indexOf(delimiter, at + 1)
    if (end === -1) break // Killed while it wrote.
    outputs[name] = lines.slice(at + 1, end).join('\n')
    at = end
  }
  return outputs
}

const fileNames = [
  'GITHUB_OUTPUT',
  'GITHUB_STEP_SUMMARY',
  'GITHUB_ENV',
  'GITHUB_STATE',
  'GITHUB_PATH',
] as const
type RunnerFiles = Record<(typeof fileNames)[number] | 'GITHUB_EVENT_PATH', string>

async function prepare(folder: string, workspace: string, event?: object): Promise<RunnerFiles> {
  await Promise.all([mkdir(workspace, { recursive: true }), mkdir(path.join(folder, 'temp'))])
  const paths = [...fileNames, 'GITHUB_EVENT_PATH'].map((name) => [name, path.join(folder, name)] as const)
  const files = Object.fromEntries(paths) as RunnerFiles
  await Promise.all(fileNames.map((name) => writeFile(files[name], '')))
  const payload = event ?? { repository: { full_name: repository, private: true } }
  await writeFile(files.GITHUB_EVENT_PATH, JSON.stringify(payload))
  return files
}

/** No variable of this machine reaches the action but the few that a process needs to run. */
function environmentOf(folder: string, workspace: string, files: RunnerFiles): NodeJS.ProcessEnv {
  const { PATH, SystemRoot } = process.env
  return {
    PATH,
    ...(SystemRoot !== undefined && { SystemRoot }),
    HOME: folder,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_REPOSITORY: repository,
    GITHUB_EVENT_NAME: 'schedule',
    GITHUB_SERVER_URL: 'https://github.com',
    // Nobody listens there: a run that calls GitHub without an address of its own is refused at once.
    GITHUB_API_URL: 'http://127.0.0.1:9',
    GITHUB_RUN_ID: '1',
    GITHUB_SHA: '0'.repeat(40),
    GITHUB_REF: 'refs/heads/main',
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: path.join(folder, 'temp'),
    ...files,
  }
}

type Ended = Pick<ActionEnd, 'code' | 'stdout' | 'stderr'>

async function start(run: ActionRun, workspace: string, variables: NodeJS.ProcessEnv): Promise<Ended> {
  run.signal?.throwIfAborted()
  const env = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined))
  const child = spawn(run.node ?? process.execPath, [bundle], { cwd: workspace, env })
  const kill = (): boolean => child.kill('SIGKILL')
  run.signal?.addEventListener('abort', kill)
  run.onStart?.(child)
  const printed = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      printed[name] += text
      run.onOutput?.(text)
    })
  }
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    })
    return { code, ...printed }
  } finally {
    run.signal?.removeEventListener('abort', kill)
  }
}

async function textOf(file: string | undefined): Promise<string | undefined> {
  return file === undefined || file === '' ? undefined : readFile(file, 'utf8')
}

async function filesOf(workspace: string): Promise<Record<string, string>> {
  const entries = await readdir(workspace, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => ({ file, name: path.relative(workspace, file).replaceAll(path.sep, '/') }))
    .filter(({ name }) => !name.startsWith('.git/'))
  const texts = files.map(async ({ file, name }) => [name, await readFile(file, 'utf8')] as const)
  return Object.fromEntries(await Promise.all(texts))
}
