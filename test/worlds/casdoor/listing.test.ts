import { describe, expect, test } from 'vitest'
import { agentFor } from '../../../src/http/agent.ts'
import type { CasdoorSandbox } from '../../../sandbox/casdoor/server.ts'
import type { Progress } from '../../../src/model/ports.ts'
import { anAccount, corpId } from '../../make.ts'
import { anOwned, problemsOf, read, start } from './start.ts'

function seedPeople(casdoor: CasdoorSandbox, count: number, first = 0): void {
  // Backwards, so that the order of the names is not the one in which they were added.
  const people = Array.from({ length: count }, (_, index) => {
    return anOwned(`u${String(first + count - index).padStart(5, '0')}`)
  })
  casdoor.seed('acme', people)
}

function pagesOf({ requests }: CasdoorSandbox): readonly string[] {
  return requests.filter(({ path }) => path === '/api/get-users').map(({ query }) => query.toString())
}

describe('spec 6.4, FS-08: pages of 1,000, counted', () => {
  test.each([
    [0, 1],
    [1, 1],
    [999, 1],
    [1000, 1],
    [1001, 2],
    [2000, 2],
    [2001, 3],
  ])('%i accounts are %i pages', async (total, pages) => {
    const casdoor = await start()
    seedPeople(casdoor, total)
    const { users } = await read(casdoor)
    expect(new Set(users.map(({ name }) => name)).size).toBe(total)
    expect(users).toHaveLength(total)
    expect(pagesOf(casdoor)).toHaveLength(pages)
  })

  test('sorted by name, with both `p` and `pageSize`, of this organization alone', async () => {
    const casdoor = await start()
    seedPeople(casdoor, 2001)
    casdoor.seed('acme-world', [anOwned('elsewhere')])
    const { users } = await read(casdoor)
    const query = (page: number) => `owner=acme&p=${page}&pageSize=1000&sortField=name&sortOrder=ascend`
    expect(pagesOf(casdoor).toSorted()).toEqual([query(1), query(2), query(3)])
    expect(users.map(({ name }) => name)).not.toContain('elsewhere')
  })

  test('two pages are in flight, once their number is known', async () => {
    const casdoor = await start({ latency: 20 })
    seedPeople(casdoor, 5001)
    const agent = agentFor(new URL(casdoor.url), 32)
    let most = 0
    const watch = setInterval(() => {
      most = Math.max(most, Object.values(agent.sockets).flat().length)
    }, 1)
    expect((await read(casdoor, { agent })).users).toHaveLength(5001)
    clearInterval(watch)
    expect(most).toBe(2)
  })

  test('progress tells accounts read and accounts in all', async () => {
    const casdoor = await start()
    seedPeople(casdoor, 2001)
    const seen: Progress[] = []
    await read(casdoor, { onProgress: (progress) => seen.push(progress) })
    expect(seen[0]).toEqual({ stage: 'accounts', done: 1000, total: 2001 })
    expect(seen.at(-1)).toEqual({ stage: 'accounts', done: 2001, total: 2001 })
    expect(seen).toHaveLength(3)
  })
})

describe('spec 6.4: a listing that changes while it is read', () => {
  /** Changes the accounts before these calls of `get-users` are answered, counted from 1. */
  function meanwhile(casdoor: CasdoorSandbox, change: (call: number) => void): void {
    let calls = 0
    const push = casdoor.requests.push.bind(casdoor.requests)
    casdoor.requests.push = (...requests) => {
      if (requests[0]?.path === '/api/get-users') change(++calls)
      return push(...requests)
    }
  }

  test('somebody added in front between two pages: read again', async () => {
    const casdoor = await start()
    seedPeople(casdoor, 1500)
    meanwhile(casdoor, (call) => {
      if (call === 2) casdoor.seed('acme', [anOwned('a-joiner')])
    })
    const { users } = await read(casdoor)
    expect(users).toHaveLength(1501)
    expect(pagesOf(casdoor)).toHaveLength(4)
  })

  test('somebody gone between two pages hides another: read again, although the numbers agree', async () => {
    const casdoor = await start()
    seedPeople(casdoor, 2001)
    meanwhile(casdoor, (call) => {
      if (call !== 2) return
      // As a deletion would: the row leaves the organization.
      const gone = casdoor.users('acme').find(({ name }) => name === 'u00001')
      if (gone !== undefined) gone.owner = 'acme-world'
    })
    const { users } = await read(casdoor)
    expect(users).toHaveLength(2000)
    expect(users.map(({ name }) => name)).toContain('u01001')
    expect(pagesOf(casdoor)).toHaveLength(5)
  })

  test('for ever: three readings, then it fails before anything is written', async () => {
    const casdoor = await start()
    seedPeople(casdoor, 1500)
    meanwhile(casdoor, (call) => {
      if (call % 2 === 0) casdoor.seed('acme', [anOwned(`a-joiner-${call}`)])
    })
    expect(await problemsOf(read(casdoor))).toMatchObject([{ code: 'casdoor-listing-unstable' }])
    expect(pagesOf(casdoor)).toHaveLength(6)
    expect(casdoor.writes()).toEqual([])
  })
})

describe('what is kept of a row', () => {
  test('the fields, the syncer’s memory, and nothing secret', async () => {
    const casdoor = await start()
    const properties = { wecomStatus: 'disabled', wecomDepartments: '2,21', other: 'kept in Casdoor' }
    const row = {
      password: '$2a$canary',
      hash: 'canary',
      email: 'a@example.com',
      phone: '13800138000',
      countryCode: 'CN',
      isForbidden: true,
      isDeleted: true,
      isAdmin: true,
      groups: ['acme/dev'],
      properties,
    }
    casdoor.seed('acme', [anOwned('ChenMing', row)])
    const { users } = await read(casdoor)
    const { email, phone, countryCode } = row
    expect(users).toEqual([
      anAccount({
        userid: 'ChenMing',
        fields: { displayName: '陈明', email, phone, countryCode },
        forbidden: true,
        deleted: true,
        administrator: true,
        status: 'disabled',
        departments: [2, 21],
        groups: ['acme/dev'],
      }),
    ])
  })

  test('a hand-made row of nulls; a status and departments that are not ours', async () => {
    const casdoor = await start()
    casdoor.seed('acme', [
      { name: 'a', id: '1', properties: null, groups: null },
      { name: 'b', id: '2', properties: { wecomStatus: 'gone', wecomDepartments: 'x,2,,-3' } },
    ])
    const none = { externalId: '', wecom: '', fields: {}, forbidden: false, deleted: false }
    expect((await read(casdoor)).users).toEqual([
      { name: 'a', id: '1', ...none, administrator: false, groups: [] },
      { name: 'b', id: '2', ...none, administrator: false, groups: [], departments: [2] },
    ])
  })
})

describe('FS-29: the owner of every row is looked at', () => {
  test('a row of another organization ends the run', async () => {
    const casdoor = await start()
    casdoor.seed('acme', [anOwned('a')])
    const rows = casdoor.users('acme')
    // The server's index says acme, the row does not.
    Object.defineProperty(rows[0] ?? {}, 'owner', { value: 'other' })
    expect(await problemsOf(read(casdoor))).toEqual([
      { code: 'casdoor-other-owner', expected: 'acme', got: 'other' },
    ])
    expect(corpId).toBe('ww0123456789abcdef')
  })
})

describe('reads are tried again after passing faults', () => {
  test.each([['reset'], ['cut'], [{ status: 502 }], [{ status: 429 }], ['hang']] as const)(
    '%j once',
    async (fault) => {
      const casdoor = await start({ faults: [{ call: 'get-users', nth: 2, do: fault }] })
      seedPeople(casdoor, 1001)
      expect((await read(casdoor, { timeout: 500 })).users).toHaveLength(1001)
      expect(pagesOf(casdoor)).toHaveLength(3)
    },
  )

  test('five tries, then the run fails', async () => {
    const casdoor = await start({ faults: [{ call: 'get-users', nth: 1, times: 99, do: { status: 503 } }] })
    expect(await problemsOf(read(casdoor))).toMatchObject([{ code: 'http-status', status: 503 }])
    expect(pagesOf(casdoor)).toHaveLength(5)
  })

  test('a page that is no list, and a page without a total', async () => {
    const casdoor = await start({ faults: [{ call: 'get-users', nth: 1, do: { error: 'boom' } }] })
    expect(await problemsOf(read(casdoor))).toEqual([
      { code: 'casdoor-refused', call: 'get-users', message: 'boom' },
    ])
  })
})
