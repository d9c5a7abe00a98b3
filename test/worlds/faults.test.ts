import { afterAll, beforeAll, expect, test } from 'vitest'
import { casdoorReads } from '../../sandbox/casdoor/catalogue.ts'
import type { CasdoorUser } from '../../sandbox/casdoor/server.ts'
import { catalogue, putIn, type Fault } from '../../sandbox/faults.ts'
import { withOutsiders } from '../../sandbox/outside.ts'
import { singleCalls, wecomCalls } from '../../sandbox/wecom/catalogue.ts'
import { problemsOf, type Problem } from '../../src/model/problem.ts'
import { byCodePoint } from '../../src/model/lists.ts'
import { type Result } from '../../src/model/run.ts'
import { outcomeOf } from '../../src/report/counts.ts'
import { textOf } from '../../src/text/language.ts'
import { aDay, disabled, during, endState, leaver, rowsOf, run, shutOut, type Shown } from './morning.ts'

/*
 * The fault matrix (FS-02): every fault of the catalogue at the first, a middle and the last call of everything
 * that a run calls. Whatever happens, nobody is shut out who should not be, and nothing goes wrong in silence.
 */

type Cell = 'right' | 'told' | 'held' | 'partial' | 'stopped'
type Ending = { readonly came: Cell; readonly flaws: readonly string[] }
type Place = {
  readonly call: string
  readonly nth: number
  readonly label: string
  readonly sight: SightName
}
/** Does the app see departments alone, or some people one by one too? */
type SightName = 'departments' | 'oneByOne'

const { before, after, joiner } = aDay()
const outsiders = 6
const evenings: Readonly<Record<SightName, Shown>> = {
  departments: { company: before },
  oneByOne: withOutsiders(before, outsiders),
}
const mornings: Readonly<Record<SightName, Shown>> = {
  departments: { company: after },
  oneByOne: withOutsiders(after, outsiders),
}

/** The evening's import, and the morning without a fault. */
type Ground = {
  readonly imported: readonly Partial<CasdoorUser>[]
  readonly alreadyOut: readonly string[]
  readonly kinds: readonly string[]
  readonly state: string
  readonly problems: readonly Problem[]
  readonly writes: number
}

const nothing: Ground = { imported: [], alreadyOut: [], kinds: [], state: '', problems: [], writes: 0 }
const grounds: Record<SightName, Ground> = { departments: nothing, oneByOne: nothing }
const table = new Map<string, Map<string, Cell>>()

async function layGround(sight: SightName): Promise<Ground> {
  const evening = await during(evenings[sight], [], async (morning) => {
    await run(morning)
    return { imported: rowsOf(morning), alreadyOut: shutOut(morning) }
  })
  return during(mornings[sight], evening.imported, async (morning) => {
    const result = await run(morning)
    return {
      ...evening,
      kinds: result.decision.allowed.map(({ kind }) => kind),
      state: endState(morning),
      problems: toldBy(result),
      writes: morning.casdoor.writes().length,
    }
  })
}

beforeAll(async () => {
  grounds.departments = await layGround('departments')
  grounds.oneByOne = await layGround('oneByOne')
})

afterAll(() => {
  process.stdout.write(`${drawn()}\n`)
})

test.each(['departments', 'oneByOne'] as const)(
  'undisturbed (%s), one joins, two lose their access and one is promoted',
  (sight) => {
    const { kinds, imported } = grounds[sight]
    expect(kinds.toSorted(byCodePoint)).toEqual(['add', 'forbid', 'forbid', 'update'])
    expect(imported).toHaveLength(before.people.length + (sight === 'oneByOne' ? outsiders : 0))
  },
)

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
  const ground = grounds[place.sight]
  return during(mornings[place.sight], ground.imported, async (morning) => {
    putIn(fault, morning, { call: place.call, nth: place.nth })
    const ending = judge(await run(morning).catch((thrown: unknown) => thrown), endState(morning), ground)
    // Somebody new may come as disabled: an account nobody had is not taken away.
    const allowed = [...ground.alreadyOut, leaver, disabled, joiner]
    const wrongly = shutOut(morning).filter((name) => !allowed.includes(name))
    morning.wecom.faults.length = 0
    morning.casdoor.faults.length = 0
    await run(morning)
    return { label: place.label, ending, wrongly, isMended: endState(morning) === ground.state }
  })
}

/** The complete right result, or something else that is told in both languages. */
function judge(ended: unknown, state: string, undisturbed: Ground): Ending {
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
    const calls = fault.calls ?? [...wecomCalls, ...singleCalls]
    return calls.flatMap((call) => {
      const isSingle = singleCalls.some((single) => single === call)
      const sight = isSingle || fault.oneByOne === true ? 'oneByOne' : 'departments'
      const counts: Readonly<Partial<Record<string, number>>> = {
        'user/list': after.departments.length,
        'user/get': outsiders,
      }
      return positions(call, counts[call] ?? 1, sight)
    })
  }
  const calls = fault.calls ?? [...casdoorReads, 'write']
  const { writes } = grounds.departments
  return calls.flatMap((call) => positions(call, call === 'write' ? writes : 1, 'departments'))
}

/** The first, a middle and the last of so many calls. */
function positions(call: string, count: number, sight: SightName): readonly Place[] {
  const all = [...new Set([1, Math.ceil(count / 2), count])]
  return all.map((nth) => ({ call, nth, label: count === 1 ? call : `${call} ${nth}`, sight }))
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
