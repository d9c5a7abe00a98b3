import { describe, expect, test } from 'vitest'
import { makeCompany } from '../../sandbox/company.ts'
import { dayOfChanges, leave, loseShare } from '../../sandbox/day.ts'
import { accountsOf, contactsSecret, set, storedIn } from './act.ts'

describe('spec 8: more removals than the limit', () => {
  test('are held, everything else is done, the step is red; an approval carries out exactly that set', async () => {
    const { company, casdoor, act } = await set()
    await act()
    const leavers = company.people.filter(({ status }) => status === 1).slice(0, 6)
    for (const { userid } of leavers) leave(company, userid)
    const [mover] = company.people.filter(({ status }) => status === 1)
    if (mover !== undefined) mover.position = '新职位'

    const held = await act()
    expect(held.code).toBe(1)
    expect(held.outputs).toMatchObject({ outcome: 'held', held: '6', forbidden: '0', updated: '1', changed: 'true' })
    expect(held.outputs['held-digest']).toMatch(/^[0-9a-f]{64}$/)
    expect(held.summary).toContain(held.outputs['held-digest'])
    for (const { userid } of leavers) expect(accountsOf(casdoor).get(userid)?.isForbidden).toBe(false)

    const planned = await act({ mode: 'plan' })
    expect(planned.code).toBe(0)
    expect(planned.outputs).toMatchObject({ outcome: 'planned', held: '6', 'held-digest': held.outputs['held-digest'] })

    const other = await act({ approve: 'a'.repeat(64) })
    expect(other.outputs).toMatchObject({ outcome: 'held', 'held-digest': held.outputs['held-digest'] })

    const approved = await act({ approve: held.outputs['held-digest'] ?? '' })
    expect(approved.code).toBe(0)
    expect(approved.outputs).toMatchObject({ outcome: 'applied', forbidden: '6', held: '0', 'held-digest': '' })
    for (const { userid } of leavers) {
      expect(accountsOf(casdoor).get(userid)).toMatchObject({ isForbidden: true, properties: { wecomStatus: 'left' } })
    }
  })

  test('FS-16: on the morning on which 40 % of the company is missing nobody loses an account', async () => {
    const company = makeCompany({ people: 300, departments: 60 })
    const { casdoor, act } = await set({ company })
    await act()
    const enabled = () => casdoor.users('acme').filter(({ isForbidden }) => !isForbidden).length
    const before = enabled()
    const restore = loseShare(company, 0.4)
    const { code, outputs, summary } = await act()
    expect({ code, outcome: outputs['outcome'] }).toEqual({ code: 1, outcome: 'held' })
    expect(summary).toContain('可见范围')
    expect(enabled()).toBe(before)
    restore()
    expect((await act()).outputs).toMatchObject({ outcome: expect.stringMatching(/unchanged|applied/) as string, held: '0' })
    expect(enabled()).toBe(before)
  })

  test('FS-03: a department list that lacks what the second witness shows removes nobody', async () => {
    const { company, wecom, casdoor, act } = await set()
    await act()
    const [active] = company.people.filter(({ status }) => status === 1)
    leave(company, active?.userid ?? '')
    const ids = [...company.departments.map(({ id, parentid }) => ({ id, parentid, order: 0 })), { id: 999, parentid: 1, order: 0 }]
    wecom.faults.push({ call: 'department/simplelist', nth: 1, do: { body: { errcode: 0, errmsg: 'ok', department_id: ids } } })
    const { code, outputs, summary } = await act()
    expect({ code, outcome: outputs['outcome'], held: outputs['held'] }).toEqual({ code: 1, outcome: 'held', held: '1' })
    expect(summary).toContain('999')
    expect(accountsOf(casdoor).get(active?.userid ?? '')?.isForbidden).toBe(false)
  })
})

describe('leavers', () => {
  test.each([
    ['forbid', { forbidden: '1', deleted: '0' }],
    ['keep', { forbidden: '0', deleted: '0' }],
    ['delete', { forbidden: '0', deleted: '1' }],
  ])('%s, and the next run has nothing to do', async (leavers, counts) => {
    const { company, casdoor, act } = await set()
    await act()
    const [active] = company.people.filter(({ status }) => status === 1)
    leave(company, active?.userid ?? '')
    expect((await act({ leavers })).outputs).toMatchObject(counts)
    const account = accountsOf(casdoor).get(active?.userid ?? '')
    expect(account?.isForbidden).toBe({ forbid: true, keep: false }[leavers])
    const writes = casdoor.writes().length
    expect((await act({ leavers })).outputs).toMatchObject({ outcome: 'unchanged' })
    expect(casdoor.writes()).toHaveLength(writes)
  })

  test('FS-20: a rehire gets the same account back', async () => {
    const { company, casdoor, act } = await set()
    await act()
    const person = company.people.find(({ status }) => status === 1)
    const userid = person?.userid ?? ''
    leave(company, userid)
    await act()
    const { id, name } = accountsOf(casdoor).get(userid) ?? {}
    if (person !== undefined) company.people.push(person)
    expect((await act()).outputs).toMatchObject({ outcome: 'applied', restored: '1', added: '0' })
    expect(accountsOf(casdoor).get(userid)).toMatchObject({ id, name, isForbidden: false })
  })
})

describe('what a hand did', () => {
  test('spec 6.3: forbidden by hand stays forbidden and is listed; restore: all enables', async () => {
    const { company, casdoor, act } = await set()
    await act()
    const userid = company.people.find(({ status }) => status === 1)?.userid ?? ''
    const account = accountsOf(casdoor).get(userid)
    if (account !== undefined) account.isForbidden = true
    const kept = await act()
    expect(kept.outputs).toMatchObject({ outcome: 'unchanged', restored: '0' })
    expect(kept.summary).toContain(userid)
    expect((await act({ restore: 'all' })).outputs).toMatchObject({ restored: '1' })
    expect(accountsOf(casdoor).get(userid)?.isForbidden).toBe(false)
  })

  test('FS-15: hand-made accounts, administrators and protected users stay as they are', async () => {
    const { company, casdoor, act } = await set()
    const [first, second] = company.people
    casdoor.seed('acme', [
      ...Array.from({ length: 10 }, (_, index) => ({ name: `hand-${index}`, displayName: `手工 ${index}` })),
      { name: 'boss', wecom: first?.userid ?? '', displayName: '管理员', isAdmin: true },
      { name: 'kept', wecom: second?.userid ?? '', displayName: '保留' },
    ])
    const before = storedIn(casdoor)
    const { outputs, summary } = await act({ 'protected-users': 'Kept' })
    expect(outputs).toMatchObject({ outcome: 'applied', added: '38' })
    expect((storedIn(casdoor) as unknown[]).slice(0, 12)).toEqual(before)
    for (const userid of [first?.userid, second?.userid]) expect(summary).toContain(userid)
  })
})

test('mode: plan writes nothing, and its plan is that of the sync that follows (FS-25, FS-41)', async () => {
  const { company, casdoor, act } = await set()
  await act()
  dayOfChanges(company)
  const writes = casdoor.writes().length
  const plan = await act({ mode: 'plan' })
  expect(plan.outputs).toMatchObject({ outcome: 'planned', changed: 'false', added: '1', forbidden: '2' })
  expect(casdoor.writes()).toHaveLength(writes)
  const sync = await act()
  expect(sync.outputs).toMatchObject({ outcome: 'applied', changed: 'true', added: '1', forbidden: '2' })
  const changes = (text = '{}') => (JSON.parse(text) as { changes: unknown }).changes
  expect(changes(sync.planFile)).toEqual(changes(plan.planFile))
})

test('FS-18: one person whom Casdoor refuses never stops the others; the next run tries again', async () => {
  const { casdoor, act } = await set()
  casdoor.faults.push({ call: 'add-user', nth: 7, do: { error: 'user quota is exceeded' } })
  const { code, outputs, summary } = await act()
  expect({ code, ...outputs }).toMatchObject({ code: 1, outcome: 'partial', added: '39', failed: '1' })
  expect(summary).toContain('user quota is exceeded')
  expect((await act()).outputs).toMatchObject({ outcome: 'applied', added: '1', failed: '0' })
})


describe('spec 4.4: with the contacts secret a leaver must have left the company', () => {
  const confirmed = { 'wecom-contacts-secret': contactsSecret }

  test('who only left the visible range is kept and reported as hidden', async () => {
    const { company, wecom, casdoor, act } = await set()
    await act(confirmed)
    const visible = company.departments.map(({ id }) => id).filter((id) => id !== 1)
    const [, ...rest] = visible.toSorted((a, b) => b - a)
    wecom.range = rest.filter((id) => id !== visible.at(-1))
    const before = casdoor.users('acme').filter(({ isForbidden }) => isForbidden).length
    const { code, outputs } = await act(confirmed)
    expect({ code, held: outputs['held'], forbidden: outputs['forbidden'] }).toEqual({ code: 0, held: '0', forbidden: '0' })
    expect(casdoor.users('acme').filter(({ isForbidden }) => isForbidden)).toHaveLength(before)
  })

  test('who is not in the list is forbidden', async () => {
    const { company, casdoor, act } = await set()
    await act(confirmed)
    const userid = company.people.find(({ status }) => status === 1)?.userid ?? ''
    leave(company, userid)
    expect((await act(confirmed)).outputs).toMatchObject({ outcome: 'applied', forbidden: '1' })
    expect(accountsOf(casdoor).get(userid)?.isForbidden).toBe(true)
  })

  test('a list that cannot be read removes nobody, and says why', async () => {
    const { company, casdoor, act } = await set()
    await act()
    const userid = company.people.find(({ status }) => status === 1)?.userid ?? ''
    leave(company, userid)
    const { code, outputs, summary } = await act({ 'wecom-contacts-secret': 'another' })
    expect({ code, ...outputs }).toMatchObject({ code: 1, outcome: 'held', held: '1', forbidden: '0' })
    expect(summary).toContain('通讯录同步')
    expect(accountsOf(casdoor).get(userid)?.isForbidden).toBe(false)
  })
})
