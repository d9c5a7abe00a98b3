import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { casdoorReads } from '../../sandbox/casdoor/catalogue.ts'
import type { CasdoorUser } from '../../sandbox/casdoor/server.ts'
import { catalogue, putIn, type Fault } from '../../sandbox/faults.ts'
import { wecomCalls } from '../../sandbox/wecom/catalogue.ts'
import { Failure, type Problem } from '../../src/errors.ts'
import type { Result } from '../../src/model.ts'
import { outcomeOf } from '../../src/report/counts.ts'
import { textOf } from '../../src/text/text.ts'
import { aDay, disabled, during, endState, leaver, rowsOf, run, shutOut } from './morning.ts'

/*
 * The fault matrix (FS-02): every fault of the catalogue at the first, a middle and the last call of everything
 * that a run calls. Whatever happens, nobody is shut out who should not be, and nothing goes wrong in silence.
 */

type Cell = 'right' | 'told' | 'held' | 'partial' | 'stopped'
type Place = { readonly call: string; readonly nth: number; readonly label: string }

const { before, after, joiner } = aDay()
const table = new Map<string, Map<string, Cell>>()
let imported: readonly Partial<CasdoorUser>[] = []
let undisturbed = { day: [] as readonly string[], state: '', problems: [] as readonly Problem[], writes: 0 }
let alreadyOut: readonly string[] = []

beforeAll(async () => {
  imported = await during(before, [], async (morning) => {
    await run(morning)
    alreadyOut = shutOut(morning)
    return rowsOf(morning)
  })
  undisturbed = await during(after, imported, async (morning) => {
    const result = await run(morning)
    return {
      day: [outcomeOf('sync', result), ...result.decision.allowed.map(({ kind }) => kind).toSorted()],
      state: endState(morning),
      problems: toldBy(result),
      writes: morning.casdoor.writes().length,
    }
  })
})

afterAll(() => {
  process.stdout.write(`${drawn()}\n`)
})

test('the undisturbed day', () => {
  expect(undisturbed.day).toEqual(['applied', 'add', 'forbid', 'forbid', 'update'])
})

describe.each(catalogue)('$name: $sentence', (fault) => {
  test('shuts nobody out who should not be, and says what went wrong', async () => {
    const cells = await Promise.all(
      placesOf(fault).map(async (place) => [place.label, await live(fault, place)] as const),
    )
    table.set(fault.name, new Map(cells))
    expect(cells.length).toBeGreaterThan(0)
  })
})

async function live(fault: Fault, place: Place): Promise<Cell> {
  return during(after, imported, async (morning) => {
    const where = `${fault.name} at ${place.label}`
    putIn(fault, morning, place)
    const cell = judge(where, await run(morning).catch((thrown: unknown) => thrown), endState(morning))
    // Somebody new may come as disabled: an account nobody had is not taken away.
    const allowed = [...alreadyOut, leaver, disabled, joiner]
    expect(
      shutOut(morning).filter((name) => !allowed.includes(name)),
      where,
    ).toEqual([])
    morning.wecom.faults.length = 0
    morning.casdoor.faults.length = 0
    await run(morning)
    expect(endState(morning) === undisturbed.state, `${where}: the next run puts it right`).toBe(true)
    return cell
  })
}

/** The complete right result, or something else that is told in both languages. */
function judge(where: string, ended: unknown, state: string): Cell {
  if (ended instanceof Failure) {
    expectWords(where, ended.problems)
    return 'stopped'
  }
  if (ended instanceof Error) throw new Error(`${where} is a bug`, { cause: ended })
  const result = ended as Result
  const outcome = outcomeOf('sync', result)
  if (outcome === 'partial' || outcome === 'failed') {
    const { failed = [], stopped } = result.applied ?? {}
    expectWords(where, [...failed.map(({ problem }) => problem), ...(stopped === undefined ? [] : [stopped])])
    return 'partial'
  }
  if (outcome === 'held') {
    expectWords(where, result.decision.reasons)
    return 'held'
  }
  if (state === undisturbed.state) return 'right'
  const usual = new Set(undisturbed.problems.map((problem) => JSON.stringify(problem)))
  expectWords(
    where,
    toldBy(result).filter((problem) => !usual.has(JSON.stringify(problem))),
  )
  return 'told'
}

function toldBy({ plan, applied }: Result): readonly Problem[] {
  return [
    ...plan.findings,
    ...plan.remarks.map(({ problem }) => problem),
    ...(applied?.remarks ?? []).map(({ problem }) => problem),
  ]
}

function expectWords(where: string, problems: readonly Problem[]): void {
  expect(problems.length, `${where} goes wrong in silence`).toBeGreaterThan(0)
  for (const problem of problems) {
    expect(problem.code, where).not.toBe('bug')
    for (const language of ['en', 'zh'] as const) {
      const { sentence, remedy } = textOf(language).problem(problem)
      expect(Math.min(sentence.length, remedy.length), `${where} in ${language}`).toBeGreaterThan(4)
    }
  }
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
