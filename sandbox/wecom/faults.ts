import type { Strike } from '../fault-matcher.ts'
import type { Answer } from '../server.ts'
import type { Spoil } from '../spoil.ts'
import { replyTo, type Reply } from './reply.ts'
import type { World } from './world.ts'

/** What an administrator may do to the app or the company. */
export type Click = Partial<
  Pick<World, 'company' | 'range' | 'visiblePeople' | 'tags' | 'closed' | 'withheld' | 'trusted'>
>

/** Something that goes wrong with certain calls, such as `user/list`. */
export type WecomFault = Strike & {
  /** Milliseconds on top of the sandbox's latency. */
  readonly delay?: number
  readonly do:
    | { readonly errcode: number; readonly errmsg?: string }
    /** An empty answer of a gateway. */
    | { readonly status: number; readonly retryAfter?: number }
    | { readonly body: unknown }
    /** The right answer, changed. */
    | { readonly edit: (reply: Reply) => Reply }
    /** The right answer as it is sent, changed. */
    | { readonly raw: Spoil }
    /** The answer of a WeCom that is set up otherwise. */
    | { readonly click: (world: World) => Click }
    /**
     * `cut`: the right answer, broken off in its middle; `html`: a proxy's page; `empty`: 200 without a body;
     * `expire`: WeCom drops every token it has issued (path/91039: "for operational reasons").
     */
    | 'reset'
    | 'hang'
    | 'html'
    | 'cut'
    | 'empty'
    | 'expire'
}

/** What a fault answers; `undefined`: the right answer, in some broken way. */
export function answerOf(what: WecomFault['do']): Answer | undefined {
  if (what === 'cut' || what === 'expire') return undefined
  if (typeof what === 'object' && ('edit' in what || 'raw' in what || 'click' in what)) return undefined
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
