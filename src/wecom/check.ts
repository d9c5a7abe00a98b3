import { Failure } from '../model/problem.ts'
import { keyOf, type Member } from '../model/people.ts'
import { found, inTurn, type Checker, type Fact, type Finding, type CheckStep } from '../model/check.ts'
import { type Department } from '../model/department.ts'
import { type Row } from '../model/directory.ts'
import { readRange, type Range } from './agent.ts'
import { readEverybody } from './everybody.ts'
import { WecomClient, type WecomSettings } from './client.ts'
import { confirm } from './contacts.ts'
import { readDepartments } from './departments.ts'

/** `fields`: WeCom fields whose share is shown, those that the mapping reads. */
export type CheckSettings = WecomSettings & { readonly fields: readonly string[] }

/**
 * Tests the connection to WeCom by a fetch, step by step, with a line for each (specification 9): the token,
 * the caller's address, what the app's range names one by one, the visible range, and which fields come back.
 * After a failure the rest is not reached, except that departments are read without an agent too.
 */
export function wecomChecker(settings: CheckSettings): Checker {
  return { check: async () => inTurn(stepsOf(settings)) }
}

function stepsOf(settings: CheckSettings): readonly CheckStep[] {
  const client = new WecomClient(settings)
  const { agentId, contactsSecret, proxied, fields } = settings
  let listed: readonly Department[] = []
  let unreadable: Failure | undefined
  let range: Range | undefined
  let departments: readonly Department[] = []
  let rows: readonly Row[] = []
  const token = async (): Promise<Finding> => {
    await client.authorize()
    return found({ code: 'ok' })
  }
  const address = async (): Promise<Finding> => {
    try {
      listed = await readDepartments(client)
    } catch (thrown) {
      // Whom WeCom does not trust it tells so in plain words.
      if (!isUnreadable(thrown)) throw thrown
      unreadable = thrown
    }
    return found({ code: 'address-trusted', proxied })
  }
  const agent = async (id: string): Promise<Finding> => {
    range = await readRange(client, id, settings)
    return agentFinding(range)
  }
  const everybody = async (): Promise<Finding> => {
    if (unreadable !== undefined) throw unreadable
    const read = await readEverybody(client, listed, range, settings)
    departments = read.departments
    rows = read.rows
    const people = new Set(rows.map(({ member }) => keyOf(member.userid))).size
    return found({ code: 'range', departments: departments.length, people }, [
      ...read.doubts,
      ...read.remarks,
    ])
  }
  return [
    { name: 'wecom-token', isGate: true, look: token },
    { name: 'wecom-address', isGate: true, look: address },
    ...(agentId === undefined ? [] : [{ name: 'wecom-agent', look: async () => agent(agentId) } as const]),
    { name: 'wecom-range', isGate: true, look: everybody },
    { name: 'wecom-fields', look: () => found(fieldsFact(rows, departments, fields)) },
    ...(contactsSecret === undefined
      ? []
      : [{ name: 'wecom-contacts', look: async () => contactsFinding(rows, settings) } as const]),
  ]
}

/** Did WeCom answer, but with something that cannot be read? */
function isUnreadable(thrown: unknown): thrown is Failure {
  return thrown instanceof Failure && thrown.problems.some(({ code }) => /^bad-(?:text|reply)$/.test(code))
}

function agentFinding({ people, tags, departments, doubts }: Range): Finding {
  return found({ code: 'agent', people: people.length, tags, departments: departments.length }, doubts)
}

async function contactsFinding(rows: readonly Row[], settings: WecomSettings): Promise<Finding> {
  const { everyone, doubts } = await confirm(rows, settings)
  if (everyone === undefined) throw new Failure(...doubts)
  const shown = new Set(rows.map(({ member }) => keyOf(member.userid)))
  const hidden = [...everyone].filter((key) => !shown.has(key)).length
  return found({ code: 'contacts', people: everyone.size, hidden }, doubts)
}

/** For which share of the people a field is known in any of their rows; gender 0 is *not known*. */
function fieldsFact(
  rows: readonly Row[],
  departments: readonly Department[],
  fields: readonly string[],
): Fact {
  const named = new Set(departments.flatMap(({ id, name }) => (name === '' ? [] : [id])))
  const isKnown = ({ mainDepartment, fields: sent }: Member, field: string): boolean => {
    if (field === 'userid') return true
    if (field === 'department') return mainDepartment !== undefined && named.has(mainDepartment)
    const value = sent[field] ?? ''
    return value !== '' && !(field === 'gender' && value === '0')
  }
  const everybody = new Set(rows.map(({ member }) => keyOf(member.userid)))
  const shares = fields.map((field) => {
    const known = rows.filter(({ member }) => isKnown(member, field))
    const people = new Set(known.map(({ member }) => keyOf(member.userid)))
    return [field, people.size / everybody.size] as const
  })
  return { code: 'fields', shares: Object.fromEntries(shares), people: everybody.size }
}
