/**
 * Runs all tests and ends with `N passed, N failed` on a line of its own. Fails too when a ring was not run or
 * the coverage is too low; each counts as one failure. With arguments (`npm test -- unit`) vitest runs just
 * what they name, without these two checks.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const rings = ['unit', 'worlds', 'contract', 'dist'] as const

const resultsSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({ name: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
})
type Results = z.infer<typeof resultsSchema>

const root = fileURLToPath(new URL('..', import.meta.url))
const named = process.argv.slice(2)
const run = runVitest()
const failures = [
  ...(named.length === 0 ? ringsNotRun(run.results) : []).map((ring) => `No test of test/${ring} was run.`),
  ...(!run.isGreen && run.results.numFailedTests === 0 ? ['vitest failed: see above.'] : []),
]
for (const failure of failures) console.log(failure)
const failed = run.results.numFailedTests + failures.length
console.log(`${run.results.numPassedTests} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

/** `isGreen` is false for a failed test, a file that could not be loaded and too little coverage. */
function runVitest(): { readonly results: Results; readonly isGreen: boolean } {
  const folder = mkdtempSync(path.join(tmpdir(), 'tests-'))
  const file = path.join(folder, 'results.json')
  const options = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  if (named.length === 0) options.push('--coverage')
  const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...options, ...named], {
    cwd: root,
    stdio: 'inherit',
  })
  const results = readResults(file)
  rmSync(folder, { recursive: true })
  return { results, isGreen: status === 0 }
}

function readResults(file: string): Results {
  try {
    return resultsSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, testResults: [] }
  }
}

/** A ring whose tests were all skipped says nothing, and must not look green. */
function ringsNotRun({ testResults }: Results): readonly string[] {
  const seen = testResults
    .filter(({ assertionResults }) => assertionResults.some(({ status }) => isRun(status)))
    .map(({ name }) => path.relative(path.join(root, 'test'), name).split(path.sep)[0])
  return rings.filter((ring) => !seen.includes(ring))
}

function isRun(status: string): boolean {
  return status === 'passed' || status === 'failed'
}
