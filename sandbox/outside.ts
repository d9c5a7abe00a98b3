import type { Company, CompanyPerson } from './company.ts'
import type { WecomOptions } from './wecom/server.ts'

/** What makes an app see a company by its departments, and some people one by one. */
export type Sight = Required<Pick<WecomOptions, 'company' | 'range' | 'visiblePeople' | 'tags'>>

/**
 * The company with some consultants in a department that the app does not see: it sees half of them one by one,
 * half by a tag, and one by both. The tag holds a department too, and somebody is named who is in one anyway.
 */
export function withOutsiders(company: Company, count: number): Sight {
  const tops = company.departments.filter(({ parentid }) => parentid === 0).map(({ id }) => id)
  const outside = 1 + Math.max(...company.departments.map(({ id }) => id))
  const outsiders = Array.from({ length: count }, (_, index) => outsider(index + 1, outside))
  const userids = outsiders.map(({ userid }) => userid)
  const half = Math.ceil(count / 2)
  return {
    company: {
      ...company,
      departments: [...company.departments, { id: outside, name: '外部顾问', parentid: 0 }],
      people: [...company.people, ...outsiders],
    },
    range: tops,
    visiblePeople: [...userids.slice(0, half), ...company.people.slice(0, 1).map(({ userid }) => userid)],
    tags: [
      {
        id: 7,
        name: '外包',
        people: userids.slice(half - 1),
        departments: company.departments.slice(-1).map(({ id }) => id),
      },
    ],
  }
}

function outsider(number: number, department: number): CompanyPerson {
  return {
    userid: `consultant_${number}`,
    name: `顾问${number}`,
    departments: [department],
    mainDepartment: department,
    position: '顾问',
    mobile: `1390000${String(number).padStart(4, '0')}`,
    status: 1,
  }
}
