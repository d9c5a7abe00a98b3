import type { Company } from '../company.ts'
import { FaultMatcher } from '../fault-matcher.ts'
import { randomFrom, shuffled, type Random } from '../random.ts'
import { listen, type Answer, type SeenRequest } from '../server.ts'
import { admit, takeToken } from './access.ts'
import { endpoints } from './endpoints.ts'
import { answerOf, type Click, type WecomFault } from './faults.ts'
import { replyTo, type Reply } from './reply.ts'
import { viewOf, type WecomTag } from './view.ts'
import type { World } from './world.ts'

export type { WecomFault } from './faults.ts'
export type { WecomTag } from './view.ts'

export type WecomOptions = {
  /** Live: tests change it between runs. */
  company: Company
  /** Of the self-built app; default `test-app-secret`. */
  secret?: string
  /** Of Sync of Contacts (通讯录同步); without one there is no such secret. */
  contactsSecret?: string
  /** The app's visible departments, their descendants included; default all. */
  range?: readonly number[]
  /** People the app sees one by one. */
  visiblePeople?: readonly string[]
  /** Tags the app sees. */
  tags?: readonly WecomTag[]
  /** Default 1000002. */
  agentId?: number
  /** Was the app switched off, as `agent/get` says? Default false. */
  closed?: boolean
  /** An app created after 2022-06-20: no mobile, e-mail, avatar, gender, address; default false. */
  withheld?: boolean
  /** Send the `enable` key, as servers did until 2021; default false. */
  enable?: boolean
  /** Is the caller's address a trusted one? Default true. */
  trusted?: boolean
  /** Milliseconds before each answer. */
  latency?: number
  /** Seed: lists come in another order each time. */
  shuffle?: number
  /** Calls until a token expires. */
  tokenLife?: number
  faults?: WecomFault[]
  port?: number
}

/** A WeCom that runs. What is not read-only can be changed at any time. */
export type WecomSandbox = {
  readonly url: string
  readonly requests: SeenRequest[]
  /** A fault counts calls from when it is put in. */
  readonly faults: WecomFault[]
  company: Company
  range: readonly number[] | undefined
  visiblePeople: readonly string[]
  tags: readonly WecomTag[]
  closed: boolean
  withheld: boolean
  enable: boolean
  trusted: boolean
  latency: number
  /** How many calls came in, of one name such as `user/list` or of all. */
  calls(name?: string): number
  close(): Promise<void>
}

/**
 * Starts a WeCom for the desk: the contacts endpoints with the rules and quirks of wecom-api.md. Changes to the
 * company are seen from the next `gettoken`, `agent/get`, `department/list` or `department/simplelist` on.
 */
export async function startWecom(options: WecomOptions): Promise<WecomSandbox> {
  const world = worldOf(options)
  const order = options.shuffle === undefined ? undefined : randomFrom(options.shuffle)
  const faults = options.faults ?? []
  const matcher = new FaultMatcher<WecomFault>()
  const server = await listen((request) => {
    const call = callOf(request.path)
    return answer(world, { call, request, order }, matcher.match(faults, call))
  }, options.port)
  return Object.assign(world, {
    url: server.url,
    faults,
    requests: server.requests,
    calls: (name?: string) =>
      server.requests.filter(({ path }) => name === undefined || callOf(path) === name).length,
    close: async () => server.close(),
  })
}

function worldOf(options: WecomOptions): World {
  const settings = {
    secret: 'test-app-secret',
    contactsSecret: undefined,
    range: undefined,
    visiblePeople: [],
    tags: [],
    agentId: 1_000_002,
    closed: false,
    withheld: false,
    enable: false,
    trusted: true,
    latency: 0,
    tokenLife: Infinity,
    ...options,
  }
  const tokens = { issued: new Map(), wrongTries: 0 }
  return { ...settings, tokens, view: viewOf(settings) }
}

const base = '/cgi-bin/'

function callOf(path: string): string {
  return path.startsWith(base) ? path.slice(base.length) : ''
}

/** A request, and how its answer is to be ordered. */
type Call = {
  readonly call: string
  readonly request: SeenRequest
  readonly order: Random | undefined
}

function answer(world: World, call: Call, fault: WecomFault | undefined): Answer {
  if (fault?.do === 'expire') for (const token of world.tokens.issued.values()) token.left = 0
  const what = fault?.do
  const isChange = typeof what === 'object'
  const shown = isChange && 'click' in what ? clicked(world, what.click(world)) : world
  const edit = isChange && 'edit' in what ? what.edit : (reply: Reply) => reply
  const regular = (fault && answerOf(fault.do)) ?? regularly(shown, call, edit)
  return {
    ...regular,
    ...(isChange && 'raw' in what && what.raw(JSON.stringify(regular.body))),
    ...(fault?.do === 'cut' && { break: 'cut' }),
    delay: world.latency + (fault?.delay ?? 0),
  }
}

/** The same WeCom with other settings; tokens and counts are shared. */
function clicked(world: World, click: Click): World {
  const changed = { ...world, ...click }
  return { ...changed, view: viewOf(changed) }
}

function regularly(world: World, { call, request, order }: Call, edit: (reply: Reply) => Reply): Answer {
  if (/^(?:gettoken$|agent\/|department\/)/.test(call)) world.view = viewOf(world)
  if (call === 'gettoken') return replyTo(edit(takeToken(world, request.query)))
  const endpoint = endpoints[call]
  if (endpoint === undefined) return { status: 404 }
  const admitted = admit(world, call, request.query)
  if ('errcode' in admitted) return replyTo(admitted)
  const reply = edit(endpoint(world, request, admitted.kind))
  return replyTo(order === undefined ? reply : inAnotherOrder(order, reply))
}

function inAnotherOrder(order: Random, reply: Reply): Reply {
  return Object.fromEntries(
    Object.entries(reply).map(([key, value]) => [key, Array.isArray(value) ? shuffled(order, value) : value]),
  )
}
