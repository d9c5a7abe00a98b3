import { afterAll, beforeAll, expect, test } from 'vitest'
import { casdoorReads } from '../../sandbox/casdoor/catalogue.ts'
import type { CasdoorUser } from '../../sandbox/casdoor/server.ts'
import { catalogue, putIn, type Fault } from '../../sandbox/faults.ts'
import { wecomCalls } from '../../sandbox/wecom/catalogue.ts'
import { problemsOf, type Problem } from '../../src/errors.ts'
import { byCodePoint, type Result } from '../../src/model.ts'
import { outcomeOf } from '../../src/report/counts.ts'
import { textOf } from '../../src/text/text.ts'
import { aDay, disabled, during, endState, leaver, rowsOf, run, shutOut } from './morning.ts'

/*
 * The fault matrix (FS-02): every fault of the catalogue at the first, a middle and the last call of everything
 * that a run calls. Whatever happens, nobody is shut out who should not be, and nothing goes wrong in silence.
 */

type Cell = 'right' | 'told' | 'held' | 'partial' | 'stopped'
type Ending = { readonly came: Cell; readonly flaws: readonly string[] }
type Place = { readonly call: string; readonly nth: number; readonly label: string }

const { before, after, joiner } = aDay()
const table = new Map<string, Map<string, Cell>>()
let imported: readonly Partial<CasdoorUser>[] = []
let undisturbed = { state: '', problems: [] as readonly Problem[], writes: 0 }
let alreadyOut: readonly string[] = []
let kinds: readonly string[] = []

beforeAll(async () => {
  imported = await during(before, [], async (morning) => {
    await run(morning)
    alreadyOut = shutOut(morning)
    return rowsOf(morning)
  })
  undisturbed = await during(after, imported, async (morning) => {
    const result = await run(morning)
    kinds = result.decision.allowed.map(({ kind }) => kind)
    return { state: endState(morning), problems: toldBy(result), writes: morning.casdoor.writes().length }
  })
})

afterAll(() => {
  process.stdout.write(`${drawn()}\n`)
})

test('undisturbed, one joins, two lose their access and one is promoted', () => {
  expect(kinds.toSorted(byCodePoint)).toEqual(['add', 'forbid', 'forbid', 'update'])
})

test.each(catalogue)('$name', async (fault) => {
  const cells = await Promise.all(placesOf(fault).map(async (place) => live(fault, place)))
  table.set(fault.name, new Map(cells.map(({ label, ending }) => [label, ending.came])))
  expect(
    cells.filter(
      ({ ending, wrongly, isMended }) => ending.flaws.length > 0 || wrongly.length > 0 || !isMended,
    ),
  ).toEqual([])
})

/** One run under the fault, and the next without it. */
async function live(fault: Fault, place: Place) {
  return during(after, imported, async (morning) => {
    putIn(fault, morning, place)
    const ending = judge(await run(morning).catch((thrown: unknown) => thrown), endState(morning))
    // Somebody new may come as disabled: an account nobody had is not taken away.
    const allowed = [...alreadyOut, leaver, disabled, joiner]
    const wrongly = shutOut(morning).filter((name) => !allowed.includes(name))
    morning.wecom.faults.length = 0
    morning.casdoor.faults.length = 0
    await run(morning)
    return { label: place.label, ending, wrongly, isMended: endState(morning) === undisturbed.state }
  })
}

/** The complete right result, or something else that is told in both languages. */
function judge(ended: unknown, state: string): Ending {
  if (!isResult(ended)) return { came: 'stopped', flaws: flawsOf(problemsOf(ended)) }
  const { applied, decision } = ended
  const outcome = outcomeOf('sync', ended)
  if (outcome === 'partial' || outcome === 'failed') {
    const { failed = [], stopped } = applied ?? {}
    const problems = failed.map(({ problem }) => problem)
    return { came: 'partial', flaws: flawsOf(stopped === undefined ? problems : [...problems, stopped]) }
  }
  if (outcome === 'held') return { came: 'held', flaws: flawsOf(decision.reasons) }
  if (state === undisturbed.state) return { came: 'right', flaws: [] }
  const usual = new Set(undisturbed.problems.map((problem) => JSON.stringify(problem)))
  return {
    came: 'told',
    flaws: flawsOf(toldBy(ended).filter((problem) => !usual.has(JSON.stringify(problem)))),
  }
}

function isResult(ended: unknown): ended is Result {
  return typeof ended === 'object' && ended !== null && 'plan' in ended
}

function toldBy({ plan, applied }: Result): readonly Problem[] {
  const remarks = [...plan.remarks, ...(applied?.remarks ?? [])]
  return [...plan.findings, ...remarks.map(({ problem }) => problem)]
}

/** What is wrong with how something is told. */
function flawsOf(problems: readonly Problem[]): readonly string[] {
  if (problems.length === 0) return ['in silence']
  return problems.flatMap((problem) => {
    const said = (['en', 'zh'] as const).map((language) => textOf(language).problem(problem))
    const isTold = said.every(({ sentence, remedy }) => sentence.length > 4 && remedy.length > 4)
    return isTold && problem.code !== 'bug' ? [] : [JSON.stringify(problem)]
  })
}

function placesOf(fault: Fault): readonly Place[] {
  if (fault.world === 'WeCom') {
    const calls = fault.calls ?? wecomCalls
    return calls.flatMap((call) => positions(call, call === 'user/list' ? after.departments.length : 1))
  }
  const calls = fault.calls ?? [...casdoorReads, 'write']
  return calls.flatMap((call) => positions(call, call === 'write' ? undisturbed.writes : 1))
}

/** The first, a middle and the last of so many calls. */
function positions(call: string, count: number): readonly Place[] {
  const all = [...new Set([1, Math.ceil(count / 2), count])]
  return all.map((nth) => ({ call, nth, label: count === 1 ? call : `${call} ${nth}` }))
}

/** Faults × positions, a letter a cell. */
function drawn(): string {
  const letters = { right: '·', told: 't', held: 'H', partial: 'P', stopped: 'S' }
  const cells = [...table.values()].flatMap((row) => [...row.values()])
  const counts = Object.entries(letters).map(([cell, letter]) => {
    return `${letter} ${cell} ${cells.filter((each) => each === cell).length}`
  })
  const sections = (['WeCom', 'Casdoor'] as const).map((world) => {
    const faults = catalogue.filter((fault) => fault.world === world)
    const labels = [...new Set(faults.flatMap((fault) => placesOf(fault).map(({ label }) => label)))]
    const rows = faults.map(({ name }) => {
      const row = labels.map((label) => {
        const cell = table.get(name)?.get(label)
        return cell === undefined ? ' ' : letters[cell]
      })
      return `${row.join(' ')}  ${name}`
    })
    return [`${world}: ${labels.join(', ')}`, ...rows].join('\n')
  })
  return ['', ...sections, `${cells.length} cells: ${counts.join(', ')}`].join('\n')
}
