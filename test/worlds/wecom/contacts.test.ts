import { describe, expect, test } from 'vitest'
import { makeCompany } from '../../../sandbox/company.ts'
import { startWecom, type WecomFault } from '../../../sandbox/wecom/server.ts'
import { wecomChecker } from '../../../src/wecom/check.ts'
import { wecomSource } from '../../../src/wecom/source.ts'
import { settingsFor, testClock } from './start.ts'

const contactsSecret = 'contacts-secret-canary'

/** A fetch with the contacts secret, of a company of which the app sees what `range` says. */
async function fetched(
  options: {
    readonly people?: number
    readonly range?: readonly number[]
    readonly faults?: WecomFault[]
    readonly secret?: string
  } = {},
) {
  const company = makeCompany({ people: options.people ?? 30, departments: 6 })
  const wecom = await startWecom({
    company,
    contactsSecret,
    ...(options.range !== undefined && { range: options.range }),
    faults: options.faults ?? [],
  })
  const settings = {
    ...settingsFor(wecom, { clock: testClock() }),
    contactsSecret: options.secret ?? contactsSecret,
  }
  try {
    const directory = await wecomSource(settings).fetch()
    const checks = await wecomChecker(settings).check()
    return { directory, check: checks.find(({ name }) => name === 'wecom-contacts'), wecom, company }
  } finally {
    await wecom.close()
  }
}

/** Answers of `user/list_id` in a row, whatever is asked for. */
function pages(...bodies: readonly object[]): WecomFault[] {
  return bodies.map((body, index) => ({
    call: 'user/list_id',
    nth: index + 1,
    do: { body: { errcode: 0, ...body } },
  }))
}

describe('spec 4.4: everybody in the corp', () => {
  test('is read with a second token, also who is outside the visible range', async () => {
    const { directory, check, company, wecom } = await fetched({ range: [2] })
    expect(directory.everyone).toEqual(new Set(company.people.map(({ userid }) => userid.toLowerCase())))
    expect(directory.doubts).toEqual([])
    expect(check).toMatchObject({ mark: 'pass', fact: { code: 'contacts', people: 30 } })
    // The source and the checker each ask for two tokens and one page.
    expect(wecom.calls('gettoken')).toBe(4)
    expect(wecom.calls('user/list_id')).toBe(2)
  })

  test.each([5_001, 10_001])('FS-04, FS-06: of %i people nobody is missing, page by page', async (people) => {
    const { directory } = await fetched({ people })
    expect(directory.everyone?.size).toBe(people)
    expect(directory.doubts).toEqual([])
  })

  test.each([{}, { next_cursor: '' }, { next_cursor: null }])('FS-07: %o ends the paging', async (end) => {
    const company = makeCompany({ people: 30, departments: 6 })
    const rows = company.people.map(({ userid }) => ({ userid, department: 1 }))
    const { directory } = await fetched({
      faults: pages(
        { dept_user: rows.slice(0, 9), next_cursor: 'c1' },
        { dept_user: rows.slice(9, 20), next_cursor: 'c2' },
        { dept_user: rows.slice(20), ...end },
      ),
    })
    expect(directory.everyone?.size).toBe(30)
    expect(directory.doubts).toEqual([])
  })
})

describe('spec 4.4: a list that cannot be trusted makes nobody a leaver', () => {
  test.each<[string, WecomFault[], object]>([
    [
      'FS-06: a cursor that repeats',
      pages({ dept_user: [], next_cursor: 'c1' }, { dept_user: [], next_cursor: 'c1' }),
      { code: 'bad-reply', call: 'user/list_id' },
    ],
    ['no rows at all', pages({}), { code: 'bad-reply' }],
    [
      '48002',
      [{ call: 'user/list_id', nth: 1, do: { errcode: 48002 } }],
      { code: 'wecom-errcode', errcode: 48002 },
    ],
    [
      '48009',
      [{ call: 'user/list_id', nth: 1, do: { errcode: 48009 } }],
      { code: 'wecom-errcode', errcode: 48009 },
    ],
    [
      '503 for ever',
      [{ call: 'user/list_id', nth: 1, times: 5, do: { status: 503 } }],
      { code: 'http-status', status: 503 },
    ],
  ])('%s', async (_, faults, problem) => {
    const { directory } = await fetched({ faults })
    expect(directory.everyone).toBeUndefined()
    expect(directory.doubts).toMatchObject([{ code: 'wecom-contacts-unreadable' }, problem])
    expect(JSON.stringify(directory.doubts)).not.toContain(contactsSecret)
  })

  test('a wrong secret is tried once', async () => {
    const { directory, check, wecom } = await fetched({ secret: 'another' })
    expect(directory.doubts).toMatchObject([{ code: 'wecom-contacts-unreadable' }, { errcode: 40001 }])
    expect(check).toMatchObject({ mark: 'fail' })
    expect(wecom.calls('user/list_id')).toBe(0)
    expect(wecom.calls('gettoken')).toBe(4)
  })

  test('FS-04: one that lacks people whom the app shows', async () => {
    const { directory } = await fetched({
      faults: pages({ dept_user: [{ userid: 'somebody', department: 1 }] }),
    })
    expect(directory.doubts).toEqual([{ code: 'wecom-contacts-incomplete', people: 30 }])
  })

  test('without the secret nothing is asked and nothing doubted', async () => {
    const wecom = await startWecom({ company: makeCompany({ people: 5, departments: 2 }) })
    const directory = await wecomSource(settingsFor(wecom)).fetch()
    expect(directory).toMatchObject({ doubts: [] })
    expect(directory).not.toHaveProperty('everyone')
    await wecom.close()
  })
})
