import { Failure, problemsOf } from '../model/problem.ts'
import { keyOf, type Member } from '../model/people.ts'
import { type Check, type Checker, type CheckName, type Fact } from '../model/check.ts'
import { type Department } from '../model/department.ts'
import { type Row } from '../model/directory.ts'
import { readRange, type Range } from './agent.ts'
import { readEverybody } from './everybody.ts'
import { WecomClient, type WecomSettings } from './client.ts'
import { confirm } from './contacts.ts'
import { readDepartments } from './departments.ts'

/** `fields`: WeCom fields whose share is told, those that the mapping reads. */
export type CheckSettings = WecomSettings & { readonly fields: readonly string[] }

type Finding = Omit<Check, 'name'>
type Step = {
  readonly name: CheckName
  readonly look: () => Promise<Finding> | Finding
  /** The others can go on without it. */
  readonly optional?: true
}

/**
 * Tests the connection to WeCom by a fetch, step by step, with a line for each (specification 9): the token,
 * the caller's address, what the app's range names one by one, the visible range, and which fields come back.
 * After a failure the rest is not reached, except that departments are read without an agent too.
 */
export function wecomChecker(settings: CheckSettings): Checker {
  return {
    check: async () => {
      const client = new WecomClient(settings)
      const { agentId, contactsSecret } = settings
      let listed: readonly Department[] = []
      let range: Range | undefined
      let departments: readonly Department[] = []
      let rows: readonly Row[] = []
      return inTurn([
        {
          name: 'wecom-token',
          look: async () => {
            await client.authorize()
            return passed({ code: 'ok' })
          },
        },
        {
          name: 'wecom-address',
          look: async () => {
            listed = await readDepartments(client)
            return passed({ code: 'address-trusted', proxied: settings.proxied })
          },
        },
        ...(agentId === undefined
          ? []
          : [
              {
                name: 'wecom-agent' as const,
                optional: true as const,
                look: async () => {
                  range = await readRange(client, agentId, settings)
                  return agentFinding(range)
                },
              },
            ]),
        {
          name: 'wecom-range',
          look: async () => {
            const found = await readEverybody(client, listed, range, settings)
            departments = found.departments
            rows = found.rows
            const people = new Set(rows.map(({ member }) => keyOf(member.userid))).size
            const problems = [...found.doubts, ...found.remarks]
            const fact = { code: 'range', departments: departments.length, people } as const
            return { mark: problems.length > 0 ? 'warn' : 'pass', fact, problems }
          },
        },
        { name: 'wecom-fields', look: () => passed(fieldsFact(rows, departments, settings.fields)) },
        ...(contactsSecret === undefined
          ? []
          : [{ name: 'wecom-contacts' as const, look: async () => contactsFinding(rows, settings) }]),
      ])
    },
  }
}

async function inTurn(steps: readonly Step[]): Promise<readonly Check[]> {
  const checks: Check[] = []
  let reached = true
  for (const { name, look, optional } of steps) {
    const finding = reached ? await findingOf(look) : notReached
    if (finding.mark === 'fail' && optional !== true) reached = false
    checks.push({ name, ...finding })
  }
  return checks
}

const notReached: Finding = { mark: 'skip', fact: { code: 'not-reached' }, problems: [] }

function passed(fact: Fact): Finding {
  return { mark: 'pass', fact, problems: [] }
}

async function findingOf(look: Step['look']): Promise<Finding> {
  try {
    return await look()
  } catch (thrown) {
    return { mark: 'fail', problems: problemsOf(thrown) }
  }
}

function agentFinding({ people, tags, departments, doubts }: Range): Finding {
  const fact = { code: 'agent', people: people.length, tags, departments: departments.length } as const
  return { mark: doubts.length > 0 ? 'warn' : 'pass', fact, problems: doubts }
}

async function contactsFinding(rows: readonly Row[], settings: WecomSettings): Promise<Finding> {
  const { everyone, doubts } = await confirm(rows, settings)
  if (everyone === undefined) throw new Failure(...doubts)
  const shown = new Set(rows.map(({ member }) => keyOf(member.userid)))
  const hidden = [...everyone].filter((key) => !shown.has(key)).length
  const fact = { code: 'contacts', people: everyone.size, hidden } as const
  return { mark: doubts.length > 0 ? 'warn' : 'pass', fact, problems: doubts }
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
