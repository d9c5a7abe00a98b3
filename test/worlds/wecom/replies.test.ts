import { describe, expect, test } from 'vitest'
import {
  agentOf,
  departmentIdsOf,
  departmentsOf,
  envelopeOf,
  memberOf as personOf,
  membersOf,
  tagOf,
} from '../../../src/wecom/replies.ts'

function memberOf(sent: object) {
  return membersOf({ userlist: [{ userid: 'he_lan', ...sent }] })[0]
}

describe('spec 4.6: lenient where WeCom is', () => {
  test.each([
    [
      { status: '1', enable: '0', main_department: '2' },
      { status: 1, enable: 0, mainDepartment: 2 },
    ],
    [
      { status: 5, enable: 1, main_department: 7 },
      { status: 5, enable: 1, mainDepartment: 7 },
    ],
    [{ status: null, enable: '', main_department: 0 }, {}],
    [{ status: 'active', enable: true, main_department: {} }, {}],
    [{ status: 1.5 }, {}],
    [{ is_leader_in_dept: [0, '1'], isleader: 0 }, { isHead: true }],
    [{ isleader: 1 }, { isHead: true }],
    [{ is_leader_in_dept: [0, 0], isleader: 1 }, {}],
    [{ is_leader_in_dept: 'yes', isleader: null }, {}],
    [{ is_leader_in_dept: 'yes', isleader: 1 }, {}],
    [{ is_leader_in_dept: null, isleader: '1' }, { isHead: true }],
    [{ is_leader_in_dept: [], isleader: 1 }, {}],
  ])('numbers %j', (sent, kept) => {
    expect(memberOf(sent)).toEqual({ userid: 'he_lan', departments: [], fields: {}, ...kept })
  })

  test.each([
    [
      [2, 21],
      [2, 21],
    ],
    [
      ['2', ' 21 '],
      [2, 21],
    ],
    [
      [2, null, 'x', 21],
      [2, 21],
    ],
    [[], []],
    [null, []],
    [undefined, []],
    ['2', []],
  ])('departments %j', (department, departments) => {
    expect(memberOf({ department })?.departments).toEqual(departments)
  })

  test.each([
    ['1', '1'],
    [2, '2'],
    ['0', '0'],
    [0, '0'],
    ['', ''],
  ])('gender %j', (gender, kept) => {
    expect(memberOf({ gender })?.fields).toEqual({ gender: kept })
  })

  test.each([null, undefined, 'male', true, {}])('FS-11: gender %j was not sent', (gender) => {
    expect(memberOf({ gender })?.fields).toEqual({})
  })

  test('texts are trimmed; empty is kept apart from absent', () => {
    const sent = { name: ' 何岚 ', mobile: '', email: null, position: undefined, telephone: 5550, alias: [] }
    expect(memberOf(sent)?.fields).toEqual({ name: '何岚', mobile: '', telephone: '5550' })
  })

  test('every kept field goes by the name WeCom gives it', () => {
    const fields = {
      name: '何岚',
      english_name: 'Lan',
      alias: 'L',
      email: 'he.lan@example.com',
      biz_mail: 'lan@mail.example.com',
      mobile: '+86 13800138000',
      telephone: '021-5550-0001',
      position: '顾问',
      external_position: '客户顾问',
      avatar: 'http://avatar.example.com/0',
      thumb_avatar: 'http://avatar.example.com/100',
      address: '示例路 1 号',
      gender: '2',
    }
    const unknown = {
      qr_code: 'https://example.com',
      open_userid: 'o',
      hide_mobile: 0,
      positions: [],
      xyz: 1,
    }
    expect(memberOf({ ...fields, ...unknown })?.fields).toEqual(fields)
  })

  test('a userid of digits may come as a number', () => {
    expect(membersOf({ userlist: [{ userid: 10086 }] })[0]?.userid).toBe('10086')
  })

  test('custom fields in all three forms, the first of a name wins, other kinds are left out', () => {
    const attrs = [
      { type: 0, name: '工号', value: 'old', text: { value: ' A0001 ' } },
      { type: '1', name: '主页', web: { url: 'https://example.com/he_lan', title: '主页' } },
      { name: '工位', value: 12 },
      { name: '工号', value: 'A0002' },
      { type: 2, name: '小程序', value: 'x' },
      { type: null, name: '无类', value: 'x' },
      { type: 0, name: '座机', text: null, web: 'x', value: '8001' },
      { type: 0, name: '空', text: { value: '' } },
      { type: 0, name: '', text: { value: 'x' } },
      { type: 0, name: '无' },
      null,
      'x',
    ]
    expect(memberOf({ extattr: { attrs } })?.fields).toEqual({
      'extattr.工号': 'A0001',
      'extattr.主页': 'https://example.com/he_lan',
      'extattr.工位': '12',
      'extattr.空': '',
      'extattr.座机': '8001',
    })
  })

  test.each([{}, { attrs: [] }, { attrs: null }, null, [], 'x'])('no custom fields in %j', (extattr) => {
    expect(memberOf({ extattr })?.fields).toEqual({})
  })

  test('FS-14: arrays parallel to the departments may have any length', () => {
    const sent = { department: [1, 2], order: [0], is_leader_in_dept: [1, 0, 1] }
    expect(memberOf(sent)?.departments).toEqual([1, 2])
  })

  test('departments: numbers as text, names that are missing', () => {
    const department = [
      { id: '1', name: ' 青石科技 ', parentid: 0 },
      { id: 2, name: '', name_en: 'R&D', parentid: '1', order: 4294967295 },
      { id: 3, name: null, parentid: 99 },
      { id: 4 },
    ]
    expect(departmentsOf({ department })).toEqual([
      { id: 1, name: '青石科技' },
      { id: 2, name: 'R&D', parent: 1 },
      { id: 3, name: '', parent: 99 },
      { id: 4, name: '', isUnplaced: true },
    ])
  })

  test('spec 4.3: kinds that a range has none of are missing or empty', () => {
    const nothing = { userids: [], departments: [], tags: [], disabled: false }
    expect(agentOf({ allow_partys: {} })).toEqual(nothing)
    expect(agentOf({ allow_userinfos: { user: [] }, allow_tags: {}, close: '0' })).toEqual(nothing)
    expect(
      agentOf({
        allow_userinfos: { user: [{ userid: ' he_lan ' }, { userid: 10086 }] },
        allow_partys: { partyid: ['2', 3] },
        allow_tags: { tagid: ['7'] },
        close: 1,
      }),
    ).toEqual({ userids: ['he_lan', '10086'], departments: [2, 3], tags: [7], disabled: true })
    expect(tagOf({ partylist: ['22'] })).toEqual({ userids: [], departments: [22] })
    expect(tagOf({ userlist: [{ userid: 'zhao_q', name: '赵琪' }] })).toEqual({
      userids: ['zhao_q'],
      departments: [],
    })
  })

  test('spec 4.3: one person stands next to the errcode', () => {
    const sent = { errcode: 0, userid: 'he_lan', name: '何岚', department: [], order: [], status: 1 }
    expect(personOf(sent)).toEqual({ userid: 'he_lan', departments: [], status: 1, fields: { name: '何岚' } })
  })

  test('errcode may be a text or absent, errmsg anything', () => {
    expect(envelopeOf({ errcode: '0', errmsg: 5 }, 'user/list')).toEqual({ errcode: 0, errmsg: '' })
    expect(envelopeOf({}, 'user/list')).toEqual({ errcode: 0, errmsg: '' })
    expect(envelopeOf({ errcode: -1, errmsg: 'system error' }, 'user/list').errcode).toBe(-1)
  })
})

describe('spec 4.6: strict where a guess would harm, and names the place', () => {
  test.each([
    ['userlist', () => membersOf({})],
    ['userlist', () => membersOf({ userlist: null })],
    ['userlist', () => membersOf({ userlist: {} })],
    ['userlist.0.userid', () => membersOf({ userlist: [{ userid: ' ' }] })],
    ['userlist.1.userid', () => membersOf({ userlist: [{ userid: 'a' }, {}] })],
    ['userlist.0', () => membersOf({ userlist: [null] })],
    ['department', () => departmentsOf({ department_id: [] })],
    ['department', () => departmentsOf({ department: { id: 1 } })],
    ['department.0.id', () => departmentsOf({ department: [{ name: '平台组' }] })],
    ['department.0.id', () => departmentsOf({ department: [{ id: 2 ** 53 }] })],
    ['department.0.id', () => departmentsOf({ department: [{ id: '9007199254740993' }] })],
    ['department_id', () => departmentIdsOf({ department: [] })],
    ['department_id.0.id', () => departmentIdsOf({ department_id: [{ id: 'x' }] })],
    ['userid', () => personOf({ name: '何岚' })],
    ['allow_userinfos', () => agentOf({ agentid: 1000002 })],
    ['allow_userinfos', () => agentOf({ allow_userinfos: null, allow_tags: {} })],
    ['allow_userinfos.user', () => agentOf({ allow_userinfos: { user: null } })],
    ['allow_userinfos.user.0.userid', () => agentOf({ allow_userinfos: { user: [{}] } })],
    ['allow_partys.partyid.1', () => agentOf({ allow_partys: { partyid: [2, 'x'] } })],
    ['allow_tags.tagid', () => agentOf({ allow_tags: { tagid: 7 } })],
    ['close', () => agentOf({ allow_partys: {}, close: 'yes' })],
    ['userlist', () => tagOf({ tagname: '外包' })],
    ['userlist', () => tagOf({ userlist: null, partylist: [] })],
    ['partylist', () => tagOf({ userlist: [], partylist: null })],
    ['userlist.0.userid', () => tagOf({ userlist: [{ name: '赵琪' }] })],
    ['body', () => envelopeOf(null, 'user/list')],
    ['errcode', () => envelopeOf({ errcode: null }, 'user/list')],
  ] as const)('%s', (detail, parse) => {
    expect(parse).toThrow(expect.objectContaining({ problems: [expect.objectContaining({ detail })] }))
  })
})
