import { Failure, problemsOf } from '../errors.ts'
import {
  keyOf,
  type Check,
  type Checker,
  type CheckName,
  type Department,
  type Fact,
  type Row,
} from '../model.ts'
import { WecomClient, type WecomSettings } from './client.ts'
import { confirm } from './contacts.ts'
import { askWitness, readDepartments, readPeople } from './source.ts'

/** The fields whose share is told: those that specification 5.1 maps. */
const mappedFields = ['name', 'email', 'mobile', 'avatar', 'position', 'gender']

type Finding = Omit<Check, 'name'>
type Step = { readonly name: CheckName; readonly look: () => Promise<Finding> | Finding }

/**
 * Tests the connection to WeCom by a fetch, step by step, with a line for each (specification 9): the token,
 * the caller's address, the visible range, and which fields come back. After a failure the rest is not reached.
 */
export function wecomChecker(settings: WecomSettings): Checker {
  return {
    check: async () => {
      const client = new WecomClient(settings)
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
            departments = await readDepartments(client)
            return passed({ code: 'address-trusted', proxied: settings.proxied })
          },
        },
        {
          name: 'wecom-range',
          look: async () => {
            const { doubts, remarks } = await askWitness(client, departments)
            rows = await readPeople(client, departments, settings)
            const people = new Set(rows.map(({ member }) => keyOf(member.userid))).size
            const problems = [...doubts, ...remarks]
            const fact = { code: 'range', departments: departments.length, people } as const
            return { mark: problems.length > 0 ? 'warn' : 'pass', fact, problems }
          },
        },
        { name: 'wecom-fields', look: () => passed(fieldsFact(rows)) },
        ...(settings.contactsSecret === undefined
          ? []
          : [{ name: 'wecom-contacts' as const, look: async () => contactsFinding(rows, settings) }]),
      ])
    },
  }
}

async function inTurn(steps: readonly Step[]): Promise<readonly Check[]> {
  const checks: Check[] = []
  for (const { name, look } of steps) {
    const reached = checks.every(({ mark }) => mark !== 'fail')
    checks.push({ name, ...(reached ? await findingOf(look) : notReached) })
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

async function contactsFinding(rows: readonly Row[], settings: WecomSettings): Promise<Finding> {
  const { everyone, doubts } = await confirm(rows, settings)
  if (everyone === undefined) throw new Failure(...doubts)
  const shown = new Set(rows.map(({ member }) => keyOf(member.userid)))
  const hidden = [...everyone].filter((key) => !shown.has(key)).length
  const fact = { code: 'contacts', people: everyone.size, hidden } as const
  return { mark: doubts.length > 0 ? 'warn' : 'pass', fact, problems: doubts }
}

/** For which share of the people a field is known in any of their rows; gender 0 is *not known*. */
function fieldsFact(rows: readonly Row[]): Fact {
  const everybody = new Set(rows.map(({ member }) => keyOf(member.userid)))
  const shares = mappedFields.map((field) => {
    const known = rows.filter(({ member }) => isKnown(field, member.fields[field]))
    const people = new Set(known.map(({ member }) => keyOf(member.userid)))
    return [field, people.size / everybody.size] as const
  })
  return { code: 'fields', shares: Object.fromEntries(shares), people: everybody.size }
}

function isKnown(field: string, value = ''): boolean {
  return value !== '' && !(field === 'gender' && value === '0')
}
