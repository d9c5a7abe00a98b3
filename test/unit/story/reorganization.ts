import type { Change, Plan } from '../../../src/model/plan.ts'
import type { Department } from '../../../src/model/department.ts'
import { anAdd, anUpdate, departmentChangesOf, edits, type Values } from '../../make.ts'
import { crowd, plan, run, type Case } from '../report/cases.ts'

/*
 * The day of a reorganization: a centre of 40 people goes to another branch, one of its groups is renamed, a
 * department is dissolved and another one made, a class of trainees begins, and a new mapping fills a field.
 */

export const before: readonly Department[] = [
  { id: 1, name: '青石科技' },
  { id: 10, name: '总部', parent: 1 },
  { id: 20, name: '上海分公司', parent: 1 },
  { id: 2, name: '研发中心', parent: 10 },
  { id: 21, name: '平台部', parent: 2 },
  { id: 22, name: '应用组', parent: 2 },
  { id: 3, name: '市场部', parent: 10 },
  { id: 4, name: '销售部', parent: 10 },
]

export const after: readonly Department[] = [
  ...before.slice(0, 3),
  { id: 2, name: '研发中心', parent: 20 },
  { id: 21, name: '平台组', parent: 2 },
  { id: 22, name: '应用组', parent: 2 },
  { id: 4, name: '销售部', parent: 10 },
  { id: 5, name: '品牌部', parent: 20 },
]

function people(prefix: string, count: number, department: number, of: (index: number) => Values): Change[] {
  return crowd(count, [department]).map((person, index) => {
    const userid = person.userid.replace('user000', prefix)
    return anUpdate({ ...person, userid, name: userid, ...edits(of(index)) })
  })
}

/** The number that the new mapping fills in. */
const numbered = (index: number): Values => ({ tag: ['', `Q${String(1000 + index)}`] })

const moved = edits({ affiliation: ['市场部', '销售部'], departments: [[3], [4]] })

export const changes: readonly Change[] = [
  // In the group that has another name now.
  ...people('p', 14, 21, (index) => ({ affiliation: ['平台部', '平台组'], ...numbered(index) })),
  ...people('d', 26, 22, (index) => numbered(20 + index)),
  // Of the department that is gone: most to the new one, some to another, one of them with a title of their own.
  ...people('m', 8, 5, (index) => ({
    affiliation: ['市场部', '品牌部'],
    departments: [[3], [5]],
    ...numbered(50 + index),
  })),
  ...people('s', 3, 4, () => ({})).map((change) => ({ ...change, ...moved })),
  anUpdate({
    userid: 'qian.li',
    name: 'qian.li',
    displayName: '钱莉',
    departments: [4],
    ...edits({
      title: ['市场总监', '销售总监'],
      affiliation: ['市场部', '销售部'],
      departments: [[3], [4]],
    }),
  }),
  // Somebody moves alone.
  anUpdate({
    userid: 'tang.bo',
    name: 'tang.bo',
    displayName: '唐博',
    departments: [22],
    ...edits({ departments: [[4], [22]] }),
  }),
  ...crowd(6, [4]).map((person, index) => {
    const userid = `t0${index + 1}`
    const title = edits({ displayName: ['', person.displayName], title: ['', '管培生'] })
    return anAdd({ ...person, userid, name: userid, ...title })
  }),
]

export const departmentChanges: Plan['departmentChanges'] = departmentChangesOf([
  {
    id: 2,
    before: { id: 2, name: '研发中心', parent: 10 },
    after: { id: 2, name: '研发中心', parent: 20 },
    people: 40,
  },
  { id: 3, before: { id: 3, name: '市场部', parent: 10 }, people: 12 },
  { id: 5, after: { id: 5, name: '品牌部', parent: 20 }, people: 8 },
  {
    id: 21,
    before: { id: 21, name: '平台部', parent: 2 },
    after: { id: 21, name: '平台组', parent: 2 },
    people: 14,
  },
])

export const reorganized: Plan = plan(changes, {
  departments: [...after, { id: 3, name: '市场部', parent: 10 }],
  visibleDepartments: after.map(({ id }) => id),
  departmentChanges,
  unchanged: 34,
  owned: 90,
})

export const reorganizations: readonly Case[] = [
  { name: 'reorganization', language: 'en', level: 'masked', run: run(reorganized) },
  { name: 'reorganization', language: 'zh', level: 'masked', run: run(reorganized, { mode: 'plan' }) },
  { name: 'reorganization-hidden', language: 'en', level: 'hidden', run: run(reorganized) },
  { name: 'reorganization-hidden', language: 'zh', level: 'hidden', run: run(reorganized) },
]
