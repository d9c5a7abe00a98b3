import type { CompanyPerson } from '../company.ts'
import type { World } from './world.ts'

/** A person as `user/list` and `user/get` send them; a key that is `undefined` is not sent. */
export function onWire(person: CompanyPerson, world: Pick<World, 'view' | 'withheld' | 'enable'>) {
  const { view, withheld, enable } = world
  const department = person.departments.filter((id) => view.departments.has(id))
  const { mainDepartment, leads = [] } = person
  return {
    userid: person.userid,
    name: person.name,
    department,
    order: department.map(() => 0),
    position: person.position,
    ...(withheld ? {} : sensitive(person)),
    status: person.status,
    ...(enable && { enable: person.enable ?? (person.status === 2 ? 0 : 1) }),
    telephone: person.telephone,
    alias: person.alias,
    extattr: person.extattr,
    is_leader_in_dept: department.map((id) => (leads.includes(id) ? 1 : 0)),
    direct_leader: [],
    // Sent only to an app that may see it (wecom-api.md §4.3).
    ...(mainDepartment !== undefined &&
      view.departments.has(mainDepartment) && { main_department: mainDepartment }),
    external_position: person.externalPosition,
  }
}

/** What apps created after 2022-06-20 no longer get: the keys are missing (wecom-api.md §5.1). */
function sensitive({ userid, mobile, gender, email, bizMail, avatar, address }: CompanyPerson): object {
  return {
    mobile,
    gender,
    email,
    biz_mail: bizMail,
    avatar,
    thumb_avatar: avatar?.replace(/\/0$/, '/100'),
    address,
    qr_code: `https://open.work.weixin.qq.com/wwopen/userQRCode?vcode=${encodeURIComponent(userid)}`,
  }
}
