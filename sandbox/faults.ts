import { casdoorCatalogue, type CasdoorEntry } from './casdoor/catalogue.ts'
import type { CasdoorSandbox } from './casdoor/server.ts'
import { githubCatalogue } from './github/catalogue.ts'
import type { WecomSandbox } from './wecom/server.ts'
import { wecomCatalogue, type WecomEntry } from './wecom/catalogue.ts'

/** A bad morning by name: what happens, where, and what to expect. */
export type Fault = WecomEntry | CasdoorEntry

export const catalogue: readonly Fault[] = [...wecomCatalogue, ...casdoorCatalogue]

/** Puts a fault in at its own place, or at the nth call of another name from now on. */
export function putIn(
  fault: Fault,
  { wecom, casdoor }: { readonly wecom: WecomSandbox; readonly casdoor: CasdoorSandbox },
  place: { readonly call?: string; readonly nth?: number } = {},
): void {
  // Each has its own counter.
  if (fault.world === 'WeCom') wecom.faults.push({ ...fault, ...place })
  else casdoor.faults.push({ ...fault, ...place })
}

export function findFault(name: string): Fault | undefined {
  return catalogue.find((fault) => fault.name === name)
}

/** The names most like this one: those that share a word, else those with the fewest other letters. */
export function nearNames(name: string, most = 8): readonly string[] {
  const words = name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
  const rated = catalogue.map((fault) => {
    const shared = fault.name.split('-').filter((word) => words.includes(word)).length
    return { name: fault.name, rating: shared + likeness(fault.name, name.toLowerCase()) }
  })
  return rated
    .toSorted((a, b) => b.rating - a.rating)
    .slice(0, most)
    .map((each) => each.name)
}

/** The share of the pairs of letters that two names have in common, from 0 to 1. */
function likeness(a: string, b: string): number {
  const pairs = (text: string): string[] =>
    Array.from(text.slice(1), (_, index) => text.slice(index, index + 2))
  const others = new Set(pairs(b))
  const all = pairs(a)
  return all.filter((pair) => others.has(pair)).length / Math.max(1, all.length, others.size)
}

/** The catalogue for a terminal. */
export function listFaults(): string {
  const width = Math.max(...[...catalogue, ...githubCatalogue].map(({ name }) => name.length))
  const sections = (['WeCom', 'Casdoor'] as const).map((world) => {
    return listOf(
      world,
      catalogue.filter((fault) => fault.world === world),
      width,
    )
  })
  return [...sections, listOf('GitHub (in the tests alone)', githubCatalogue, width)].join('\n\n')
}

function listOf(
  world: string,
  faults: readonly { readonly name: string; readonly sentence: string }[],
  width: number,
): string {
  const lines = faults.map(({ name, sentence }) => `  ${name.padEnd(width)}  ${sentence}`)
  return [`${world}: ${faults.length} faults`, ...lines].join('\n')
}
