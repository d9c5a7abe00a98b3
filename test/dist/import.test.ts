import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { beforeAll, describe, expect, test } from 'vitest'
import { makeCompany, type CompanyPerson } from '../../sandbox/company.ts'
import { accountsOf, set, storedIn, type Setting } from './act.ts'

const rule = /^[a-zA-Z0-9]+([-._][a-zA-Z0-9]+)*$/

describe('300 people in 60 departments', () => {
  const company = makeCompany({ people: 300, departments: 60 })
  const size = company.departments.length

  test('every field of specification 5.1 is right for every person, and a person is one user', async () => {
    const { casdoor, act } = await set({ company })
    const { code, outputs } = await act()
    expect({ code, outcome: outputs['outcome'], added: outputs['added'] }).toEqual({
      code: 0,
      outcome: 'applied',
      added: '300',
    })
    const accounts = accountsOf(casdoor)
    expect(accounts.size).toBe(300)
    for (const person of company.people) {
      expect(accounts.get(person.userid)).toMatchObject(expectedOf(person, company.corpId))
      expect(accounts.get(person.userid)?.name).toMatch(rule)
    }
    const names = casdoor.users('acme').map(({ name }) => name.toLowerCase())
    expect(new Set(names).size).toBe(names.length)
  })

  test('an app created after June 2022 gets no contacts: stored ones stay (FS-09, FS-11)', async () => {
    const { wecom, casdoor, act } = await set({ company })
    await act()
    const before = storedIn(casdoor)
    wecom.withheld = true
    const { outputs } = await act()
    expect(outputs).toMatchObject({ outcome: 'unchanged', unchanged: '300' })
    expect(storedIn(casdoor)).toEqual(before)
  })

  test('a run without changes makes no POST and asks no more than it must', async () => {
    const { wecom, casdoor, act } = await set({ company })
    await act()
    const before = { wecom: wecom.requests.length, casdoor: casdoor.requests.length }
    const { code, outputs } = await act()
    expect({ code, ...outputs }).toMatchObject({ code: 0, outcome: 'unchanged', changed: 'false', unchanged: '300' })
    const asked = wecom.requests.slice(before.wecom).map(({ path }) => path.replace('/cgi-bin/', ''))
    const count = (call: string) => asked.filter((path) => path === call).length
    expect(asked).toHaveLength(1 + 2 + size)
    expect([count('gettoken'), count('department/list'), count('department/simplelist'), count('user/list')]).toEqual([
      1,
      1,
      1,
      size,
    ])
    const reads = casdoor.requests.slice(before.casdoor)
    expect(reads.filter(({ method }) => method !== 'GET')).toEqual([])
    expect(reads.filter(({ path }) => path === '/api/get-users')).toHaveLength(1)
    expect(reads.length).toBeLessThanOrEqual(6)
  })

  test('the order of WeCom\'s answers does not matter', async () => {
    const one = await set({ company })
    const other = await set({ company, wecom: { shuffle: 7 } })
    await one.act()
    await other.act()
    const stored = ({ casdoor }: Setting) =>
      casdoor
        .users('acme')
        .map(({ createdTime: _, updatedTime: __, ranking: ___, ...rest }) => rest)
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    expect(stored(other)).toEqual(stored(one))
  })
})

describe('odd userids', () => {
  let setting: Setting
  const userids = ['li__si', 'a@b.cn', 'a-b.cn', 'zhang-', '007', 'Zhang.San']
  beforeAll(async () => {
    const company = makeCompany({ people: 3, departments: 2 })
    for (const userid of userids) company.people.push({ userid, name: '某', departments: [2], status: 1 })
    // WeCom ignores case: another spelling in another department is the same person (FS-22).
    company.people.push({ userid: 'zhang.san', name: '某', departments: [1], status: 1 })
    setting = await set({ company })
    await setting.act()
  })

  test('end as valid, distinct names that stay, with wecom exact', async () => {
    const { casdoor, act } = setting
    const named = casdoor.users('acme').filter(({ displayName }) => displayName === '某')
    expect(named.map(({ wecom }) => wecom).toSorted()).toEqual(
      ['007', 'a-b.cn', 'a@b.cn', 'li__si', 'zhang-', 'zhang.san'],
    )
    expect(new Set(named.map(({ name }) => name.toLowerCase())).size).toBe(named.length)
    for (const { name } of named) expect(name).toMatch(rule)
    const before = storedIn(casdoor)
    expect((await act()).outputs['outcome']).toBe('unchanged')
    expect(storedIn(casdoor)).toEqual(before)
  })
})

/** What specification 5.1 and 5.2 make of a person, written down a second time and without our code. */
function expectedOf(person: CompanyPerson, corpId: string) {
  const phone = parsePhoneNumberFromString(person.mobile ?? '', 'CN')
  const gender = { '1': 'Male', '2': 'Female' }[String(person.gender)] ?? ''
  const status = { 1: 'active', 2: 'disabled', 4: 'not-activated', 5: 'left' }[person.status ?? 0] ?? 'unknown'
  return {
    owner: 'acme',
    type: 'normal-user',
    id: person.userid,
    wecom: person.userid,
    externalId: `wecom:${corpId}:${person.userid.toLowerCase()}`,
    displayName: person.name.trim() === '' ? person.userid : person.name.trim(),
    email: (person.email ?? '').toLowerCase(),
    phone: phone?.isValid() === true ? phone.nationalNumber : '',
    countryCode: phone?.isValid() === true ? phone.country : '',
    avatar: person.avatar ?? '',
    title: person.position ?? '',
    gender,
    isForbidden: status !== 'active',
    signupApplication: 'app-acme',
    properties: {
      wecomStatus: status,
      wecomDepartments: person.departments.toSorted((a, b) => a - b).join(','),
    },
  }
}
