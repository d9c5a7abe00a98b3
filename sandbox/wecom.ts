import type { Company } from './company.ts'
import { randomFrom, shuffled, type Random } from './random.ts'
import { listen, type Answer, type SeenRequest } from './server.ts'
import { admit, takeToken } from './wecom/access.ts'
import { endpoints, type Reply } from './wecom/endpoints.ts'
import { replyTo } from './wecom/errors.ts'
import { answerOf, faultFor, type Click, type WecomFault } from './wecom/faults.ts'
import { viewOf, type WecomTag } from './wecom/view.ts'
import type { World } from './wecom/world.ts'

export type { WecomFault } from './wecom/faults.ts'
export type { WecomTag } from './wecom/view.ts'

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
  /** Was the app switched off, as `agent/get` tells it? Default false. */
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
  const server = await listen((request) => answer(world, request, order), options.port)
  return Object.assign(world, {
    url: server.url,
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
    faults: [],
    ...options,
  }
  const tokens = { issued: new Map(), wrongTries: 0 }
  return { ...settings, tokens, faultCounts: new WeakMap(), view: viewOf(settings) }
}

const base = '/cgi-bin/'

function callOf(path: string): string {
  return path.startsWith(base) ? path.slice(base.length) : ''
}

function answer(world: World, request: SeenRequest, order: Random | undefined): Answer {
  const call = callOf(request.path)
  const fault = faultFor(world.faults, call, world.faultCounts)
  if (fault?.do === 'expire') for (const token of world.tokens.issued.values()) token.left = 0
  const what = fault?.do
  const isChange = typeof what === 'object'
  const shown = isChange && 'click' in what ? clicked(world, what.click(world)) : world
  const edit = isChange && 'edit' in what ? what.edit : (reply: Reply) => reply
  return {
    ...((fault && answerOf(fault.do)) ?? regularly(shown, { call, request, order, edit })),
    ...(fault?.do === 'cut' && { break: 'cut' }),
    delay: world.latency + (fault?.delay ?? 0),
  }
}

/** The same WeCom with other settings; tokens and counts are shared. */
function clicked(world: World, click: Click): World {
  const changed = { ...world, ...click }
  return { ...changed, view: viewOf(changed) }
}

type Asked = {
  readonly call: string
  readonly request: SeenRequest
  readonly order: Random | undefined
  readonly edit: (reply: Reply) => Reply
}

function regularly(world: World, { call, request, order, edit }: Asked): Answer {
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
