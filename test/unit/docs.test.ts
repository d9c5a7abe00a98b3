import { readdirSync, readFileSync, existsSync } from 'node:fs'
import path from 'node:path'
import { validate } from '@actions/languageservice'
import { describe, expect, it } from 'vitest'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { parse } from 'yaml'
import { z } from 'zod'
import { readAction, root } from '../../sandbox/action.ts'
import { inputsOf } from '../../sandbox/runner.ts'
import { groupsOfInputs, readTranslation, withTables } from '../../scripts/tables.ts'
import { problemsOf } from '../../src/model/problem.ts'
import { readInputs } from '../../src/github/inputs.ts'

const action = readAction()
const ours = 'wecom-syncer-for-casdoor'

const pages = ['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md']
  .concat(filesIn('docs', '.md'))
  .map((name) => ({ name, text: textOf(name) }))
const workflows = [...filesIn('docs/examples', '.yml'), ...filesIn('.github/workflows', '.yml')].map(
  (name) => ({
    name,
    text: textOf(name),
  }),
)
const blocks = pages.flatMap(({ name, text }) =>
  [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)]
    .map(([, block = '']) => block)
    .filter((block) => block.includes(ours))
    .map((block, index) => ({ name: `${name}, block ${index + 1}`, text: workflowOf(block) })),
)

function textOf(name: string): string {
  return readFileSync(path.join(root, name), 'utf8')
}

function filesIn(folder: string, ending: string): readonly string[] {
  return readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith(ending))
    .toSorted()
    .map((name) => `${folder}/${name}`)
}

/** A step on its own as a whole workflow. */
function workflowOf(block: string): string {
  if (!block.startsWith('- ')) return block
  const step = block.replaceAll(/^(?=.)/gm, '      ')
  return `on: push\njobs:\n  example:\n    runs-on: ubuntu-24.04\n    steps:\n${step}`
}

/** What GitHub itself would complain about; unknown secrets and variables are hints, not faults. */
async function faultsOf(name: string, text: string): Promise<readonly string[]> {
  // The service remembers documents by their address.
  const document = TextDocument.create(`file:///${encodeURIComponent(name)}`, 'yaml', 1, text)
  const found = await validate(document, { actionsMetadataProvider: { fetchActionMetadata } })
  return found
    .map(({ message, range }) => ({ line: range.start.line + 1, message: JSON.stringify(message) }))
    .filter(({ message }) => !message.startsWith('"Context access might be invalid'))
    .map(({ line, message }) => `${line}: ${message}`)
}

/** Ours with its inputs; others without, so that they are let pass. */
function fetchActionMetadata({ name }: { readonly name: string }): Promise<ActionMetadata> {
  const known = Object.entries(action.inputs).map(
    ([input, { description }]) => [input, { description }] as const,
  )
  const metadata = { name, description: name }
  return Promise.resolve(name === ours ? { ...metadata, inputs: Object.fromEntries(known) } : metadata)
}

type Validation = NonNullable<Parameters<typeof validate>[1]>
type Provider = NonNullable<Validation['actionsMetadataProvider']>
type ActionMetadata = NonNullable<Awaited<ReturnType<Provider['fetchActionMetadata']>>>

describe('examples', () => {
  it('are there', () => {
    expect(blocks.length).toBeGreaterThanOrEqual(6)
    expect(workflows.length).toBeGreaterThanOrEqual(8)
  })

  it.each([...blocks, ...workflows])(
    '$name is a workflow that GitHub and action.yml accept',
    async ({ name, text }) => {
      const local = text.replaceAll('uses: ./', `uses: OWNER/${ours}@main`)
      expect(await faultsOf(name, local)).toEqual([])
    },
  )

  it('would be refused with an input that does not exist', async () => {
    const text = workflowOf(`- uses: OWNER/${ours}@main\n  with:\n    nope: 1\n`)
    expect(await faultsOf('nope', text)).toEqual([`8: "Invalid action input 'nope'"`])
  })

  it.each(blocks.concat(workflows).filter(({ text }) => text.includes(`/${ours}@`)))(
    '$name is read without a problem',
    ({ text }) => {
      for (const step of stepsOf(text).filter(({ uses }) => uses.includes(ours))) {
        // What comes from secrets, variables and dispatch inputs is there and right.
        const inputs: Record<string, string> = {}
        for (const [name, value] of Object.entries(step.with ?? {}))
          inputs[name] = filled(name, String(value))
        if (text.startsWith('on: push')) Object.assign(inputs, quickStart)
        expect(problemsWith(inputs)).toEqual([])
      }
    },
  )

  it.each(workflows)('$name pins what it uses to a commit', ({ text }) => {
    const references = [...text.matchAll(/uses: (.+)$/gm)].map(([, reference = '']) => reference)
    const others = references.filter((reference) => reference !== './' && !reference.includes(ours))
    expect(others.filter((reference) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(reference))).toEqual([])
  })

  const whole = workflows.filter(({ name }) => name.startsWith('docs/examples/'))

  it.each(whole)('$name ends, waits its turn, and says why it may do what it may', ({ text }) => {
    const { on, permissions, concurrency, jobs } = frameSchema.parse(parse(text))
    expect(on).not.toHaveProperty('pull_request_target')
    expect(permissions).toEqual({})
    expect(concurrency.group).not.toBe('')
    const allowed = Object.values(jobs).flatMap((job) => Object.keys(job.permissions))
    const reasoned = [...text.matchAll(/^ {6}([a-z-]+): (?:read|write) # \S/gm)].map(([, name]) => name)
    expect(reasoned).toEqual(allowed)
  })

  it('let two workflows that write to one organization take turns', () => {
    const writers = whole.filter(({ name }) => name.endsWith('-to-casdoor.yml'))
    const groups = writers.map(({ text }) => frameSchema.parse(parse(text)).concurrency)
    expect(groups).toEqual([
      { group: 'casdoor-acme', 'cancel-in-progress': false },
      { group: 'casdoor-acme', 'cancel-in-progress': false },
    ])
  })
})

const stepSchema = z.object({
  uses: z.string().default(''),
  with: z.record(z.string(), z.unknown()).optional(),
})
const workflowSchema = z.object({ jobs: z.record(z.string(), z.object({ steps: z.array(stepSchema) })) })

/** What makes a workflow complete, besides its steps. */
const frameSchema = z.object({
  on: z.unknown(),
  permissions: z.record(z.string(), z.string()),
  concurrency: z.object({ group: z.string(), 'cancel-in-progress': z.boolean() }),
  jobs: z.record(
    z.string(),
    z.object({
      'timeout-minutes': z.number(),
      permissions: z.record(z.string(), z.string()).default({}),
    }),
  ),
})

function stepsOf(text: string): readonly z.infer<typeof stepSchema>[] {
  return Object.values(workflowSchema.parse(parse(text)).jobs).flatMap(({ steps }) => steps)
}

const quickStart = {
  'wecom-corp-id': 'ww0123456789abcdef',
  'wecom-corp-secret': 'secret',
  'casdoor-endpoint': 'https://sso.example.com',
  'casdoor-client-id': 'client',
  'casdoor-client-secret': 'secret',
  'casdoor-organization': 'acme',
}

const placeOfRun = { GITHUB_WORKSPACE: root, GITHUB_REF: 'refs/heads/main' }

function filled(name: string, value: string): string {
  if (!value.includes('${{')) return value
  if (name === 'mode') return 'sync'
  if (name === 'approve') return ''
  return name === 'wecom-proxy' ? 'http://user:password@proxy.example.com:3128' : 'value'
}

function problemsWith(inputs: Record<string, string>): readonly unknown[] {
  try {
    readInputs({ ...inputsOf(inputs), ...placeOfRun })
    return []
  } catch (thrown) {
    return problemsOf(thrown)
  }
}

describe('action.yml', () => {
  it('is accepted by GitHub', async () => {
    expect(await faultsOf('action.yml', textOf('action.yml'))).toEqual([])
  })

  it('has just the inputs that are read', () => {
    const read = new Set<string>()
    const proposal = { to: 'snapshot', 'snapshot-delivery': 'pull-request' }
    for (const flow of [{}, { from: 'snapshot' }, proposal]) {
      const variables = { ...inputsOf({ ...quickStart, ...flow }), ...placeOfRun }
      readInputs(
        new Proxy(variables, {
          get: (target, name) => {
            if (typeof name === 'string' && name.startsWith('INPUT_')) read.add(name.slice(6).toLowerCase())
            return Reflect.get(target, name) as string | undefined
          },
        }),
      )
    }
    expect([...read].toSorted()).toEqual(Object.keys(action.inputs).toSorted())
  })
})

describe('the READMEs', () => {
  it.each([
    ['README.md', 'en'],
    ['README.zh-CN.md', 'zh'],
  ] as const)('%s has the tables of action.yml', async (name, language) => {
    expect(await withTables(textOf(name), language)).toBe(textOf(name))
  })

  it('say everything in Chinese too', () => {
    const { groups, inputs, outputs } = readTranslation()
    expect(Object.keys(inputs)).toEqual(Object.keys(action.inputs))
    expect(Object.keys(outputs)).toEqual(Object.keys(action.outputs))
    expect(Object.keys(groups)).toEqual(groupsOfInputs().map(({ title }) => title))
  })

  it('have the same sections and blocks', () => {
    const shapeOf = (name: string): readonly string[] =>
      textOf(name)
        .split('\n')
        .flatMap((line) => /^(#+ |```\w*|<!-- .+ -->)/.exec(line)?.[0] ?? [])
    expect(shapeOf('README.zh-CN.md')).toEqual(shapeOf('README.md'))
  })

  it('name scripts that exist', () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(textOf('package.json')))
    const named = pages.flatMap(({ text }) => [
      ...text.matchAll(/npm (?:run )?(start|test|sandbox|docs|build|lint)\b/g),
    ])
    for (const [, script = ''] of named) expect(scripts).toHaveProperty([script])
  })
})

describe('every page', () => {
  it.each(pages)('$name links to files that exist', ({ name, text }) => {
    const targets = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target = '']) => target)
    const missing = targets.filter((target) => !existsSync(path.join(root, path.dirname(name), target)))
    expect(missing).toEqual([])
  })

  it.each(pages.filter(({ name }) => name !== 'CHANGELOG.md'))(
    '$name names inputs that exist',
    ({ text }) => {
      const named = [...text.matchAll(/`((?:wecom|casdoor|snapshot)-[a-z-]+)(?:: [^`]*)?`/g)].map(
        ([, input = '']) => input,
      )
      expect(named.filter((input) => !(input in action.inputs) && input !== ours)).toEqual([])
    },
  )
})

it.each([
  ['README.md', /60 days/],
  ['README.zh-CN.md', /60 天/],
])('FS-38: %s names the rule by which schedules stop', (file, rule) => {
  expect(textOf(file)).toMatch(rule)
})
