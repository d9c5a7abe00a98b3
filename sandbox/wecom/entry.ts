import { always, type FaultEntry } from '../fault-entry.ts'
import type { WecomFault } from './faults.ts'

/** A WeCom fault by name. */
export type WecomEntry = FaultEntry<'WeCom', WecomFault, 'applied' | 'held' | 'failed'> & {
  /** It needs an app that sees some people one by one. */
  readonly oneByOne?: true
}

/** Where it strikes, if not at the third list of people, once. */
export type Place = Partial<Pick<WecomEntry, 'call' | 'nth' | 'times' | 'delay' | 'calls' | 'oneByOne'>>

/** The calls of one fetch, in order. */
export const wecomCalls = ['gettoken', 'department/list', 'department/simplelist', 'user/list'] as const

/** The further calls where the app sees people one by one. */
export const singleCalls = ['agent/get', 'tag/get', 'user/get'] as const

export const lists = ['department/list', 'department/simplelist', 'user/list']
/** Every list of people. */
export const people: Place = { ...always, calls: ['user/list'], nth: 1 }
/** The token. */
export const token: Place = { call: 'gettoken', nth: 1 }

export function entry(
  name: string,
  what: WecomFault['do'],
  expect: WecomEntry['expect'],
  sentence: string,
  place: Place = {},
): WecomEntry {
  return {
    world: 'WeCom',
    name: `wecom-${name}`,
    do: what,
    expect,
    sentence,
    call: 'user/list',
    nth: 3,
    ...place,
  }
}
