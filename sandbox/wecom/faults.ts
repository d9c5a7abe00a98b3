import type { Answer } from '../server.ts'
import type { Reply } from './endpoints.ts'
import { replyTo } from './errors.ts'
import type { World } from './world.ts'

/** What an administrator may do to the app or the company. */
export type Click = Partial<
  Pick<World, 'company' | 'range' | 'visiblePeople' | 'tags' | 'closed' | 'withheld' | 'trusted'>
>

/** Something that goes wrong at the nth call of a name, counted from when the fault is put in. */
export type WecomFault = {
  /** Such as `user/list`; `*` is any call. */
  call: string
  /** From 1. */
  nth: number
  /** How many calls in a row; default 1. */
  times?: number
  /** Milliseconds on top of the sandbox's latency. */
  delay?: number
  do:
    | { errcode: number; errmsg?: string }
    /** An empty answer of a gateway. */
    | { status: number; retryAfter?: number }
    | { body: unknown }
    /** The right answer, changed. */
    | { edit: (reply: Reply) => Reply }
    /** The answer of a WeCom that is set up otherwise. */
    | { click: (world: World) => Click }
    /**
     * `cut`: the right answer, broken off in its middle; `html`: a proxy's page; `empty`: 200 without a body;
     * `expire`: WeCom lets go of every token it has issued (path/91039: "for operational reasons").
     */
    | 'reset'
    | 'hang'
    | 'html'
    | 'cut'
    | 'empty'
    | 'expire'
}

/** Calls that each fault has seen. */
export type FaultCounts = WeakMap<WecomFault, number>

/** The first fault that strikes; each of them counts the call. */
export function faultFor(
  faults: readonly WecomFault[],
  call: string,
  counts: FaultCounts,
): WecomFault | undefined {
  const striking = faults.filter((fault) => {
    if (fault.call !== '*' && fault.call !== call) return false
    const count = (counts.get(fault) ?? 0) + 1
    counts.set(fault, count)
    return count >= fault.nth && count < fault.nth + (fault.times ?? 1)
  })
  return striking[0]
}

/** What a fault answers; `undefined`: the right answer, in some broken way. */
export function answerOf(what: WecomFault['do']): Answer | undefined {
  if (what === 'cut' || what === 'expire') return undefined
  if (typeof what === 'object' && ('edit' in what || 'click' in what)) return undefined
  if (what === 'reset' || what === 'hang') return { break: what }
  if (what === 'empty') return {}
  if (what === 'html') {
    const headers = { 'content-type': 'text/html' }
    return { headers, body: '<!doctype html><title>Sign in to the proxy</title>' }
  }
  if ('errcode' in what) return replyTo(what)
  if ('body' in what) return { body: typeof what.body === 'string' ? what.body : JSON.stringify(what.body) }
  const { status, retryAfter } = what
  return { status, ...(retryAfter !== undefined && { headers: { 'retry-after': String(retryAfter) } }) }
}
