import { describe, expect, test } from 'vitest'
import { casdoorTarget } from '../../../src/casdoor/target.ts'
import { aDirectory, aRow, corpId } from '../../make.ts'
import { all, byHand, group, aCompany, people } from './groups/company.ts'
import { anOwned, problemsOf, read, run, settingsFor, start } from './start.ts'

const theirs = { externalId: 'wecom:wwffffffffffffffff:li', wecom: 'li' }

describe('S8, spec 6.1: an organization of another corp', () => {
  test('is refused before anything is written, and by a check', async () => {
    const casdoor = await start()
    casdoor.seed('acme', [anOwned('li', theirs)])
    const directory = aDirectory([aRow({ userid: 'wang', fields: { name: '王伟' } }, 1)])
    const problem = {
      code: 'casdoor-other-corp',
      organization: 'acme',
      corpId: 'wwffffffffffffffff',
      expected: corpId,
    }
    expect(await problemsOf(run(casdoor, directory))).toEqual([problem])
    expect(casdoor.writes()).toEqual([])
    const checks = await casdoorTarget(settingsFor(casdoor, { corpId })).checker.check()
    expect(checks.find(({ name }) => name === 'casdoor-accounts')).toMatchObject({
      mark: 'fail',
      problems: [problem],
    })
  })

  test('which holds one account of this corp too is not', async () => {
    const casdoor = await start()
    casdoor.seed('acme', [anOwned('li', theirs), anOwned('wang')])
    expect((await read(casdoor)).users).toHaveLength(2)
  })
})

describe('S11: groups that nothing keeps any more', () => {
  test('under another `syncer-name`, and after `groups: none`, are a finding each', async () => {
    const casdoor = await start()
    const company = aCompany(all, people)
    await group(casdoor, company)
    const names = ['acme-wecom-1', 'acme-wecom-2', 'acme-wecom-21', 'acme-wecom-3']
    const renamed = await group(casdoor, company, { syncer: 'hr' })
    expect(renamed.plan.findings).toContainEqual({
      code: 'casdoor-groups-left-over',
      why: 'syncer-name',
      groups: names,
      people: 0,
    })
    const without = await run(casdoor, company)
    expect(without.plan.findings).toContainEqual({
      code: 'casdoor-groups-left-over',
      why: 'none',
      groups: names,
      people: 4,
    })
  })

  test('hand-made groups are none of them', async () => {
    const casdoor = await start()
    await byHand(casdoor, 'add-group', { name: 'vpn', displayName: 'VPN', type: 'Virtual' })
    const codes = (await group(casdoor, aCompany(all, people))).plan.findings.map(({ code }) => code)
    expect(codes).not.toContain('casdoor-groups-left-over')
  })
})
