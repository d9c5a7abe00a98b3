import { expect, test } from 'vitest'
import { makeCompany } from '../../../../sandbox/company.ts'
import { reorganize } from '../../../../sandbox/reorganization.ts'
import type { Directory } from '../../../../src/model/directory.ts'
import { counts } from '../../../../src/report/counts.ts'
import { summary } from '../../../../src/report/summary.ts'
import { textOf } from '../../../../src/text/language.ts'
import { aPolicy, aRun } from '../../../make.ts'
import { storyLines } from '../../../story.ts'
import { start } from '../start.ts'
import { aCompany, settle, byHand, putInto } from './company.ts'

test('spec 11: 240 departments and 2,000 people; a day of reorganization', { timeout: 120_000 }, async () => {
  const casdoor = await start()
  const company = makeCompany({ people: 2000, departments: 240, seed: 2 })
  const directory = (): Directory =>
    aCompany(
      company.departments.map(({ id, name, parentid: parent }) => ({ id, name, parent })),
      Object.fromEntries(company.people.map(({ userid, departments }) => [userid, departments])),
    )
  const { removalLimit } = aPolicy()
  const first = await settle(casdoor, directory(), { removalLimit })
  expect(counts(first)).toMatchObject({ added: 2000, groups: 240, failed: 0 })
  const members = new Map(casdoor.users('acme').map(({ name, wecom, groups }) => [wecom, { name, groups }]))
  await byHand(casdoor, 'add-group', { name: 'vpn', isTopGroup: true, parentId: 'acme', isEnabled: true })
  const { moved, renamed, dissolved, made } = reorganize(company)
  const guests = company.people.filter(({ departments }) =>
    departments.some((id) => id === moved.id || id === made.id),
  )
  for (const { userid } of guests) {
    const { name = '', groups } = members.get(userid) ?? {}
    await putInto(casdoor, name, ['acme/vpn', ...(groups ?? [])])
  }

  const second = await settle(casdoor, directory(), { removalLimit })
  const staff = company.people.filter(({ departments }) => departments.includes(made.id))
  expect(counts(second)).toMatchObject({ updated: staff.length, groups: 4, failed: 0, held: 0 })
  for (const { userid, departments } of company.people) {
    const row = casdoor.users('acme').find(({ wecom }) => wecom === userid)
    const others = guests.some((guest) => guest.userid === userid) ? ['acme/vpn'] : []
    const groups = [...departments.map((id) => `acme/acme-wecom-${id}`), ...others]
    expect(row?.groups?.toSorted()).toEqual(groups.toSorted())
  }
  const home = company.departments.find(({ id }) => id === made.parentid)?.name
  const lines = storyLines(
    summary(aRun({ outcome: 'applied', result: second }), { text: textOf('en'), level: 'masked' }),
  )
  expect(lines).toEqual([
    expect.stringMatching(new RegExp(`${moved.name} moved from .* to ${home}: 40 people$`)),
    expect.stringMatching(new RegExp(`${renamed.name} is now called .*新${renamed.name}: \\d+ people$`)),
    `${dissolved.name} is gone: ${staff.length} people, now in ${made.name}; its group is disabled`,
    `${made.name} has a group now, under ${home}: ${staff.length} people`,
  ])
})
