import type { Problem } from '../../../src/model/problem.ts'
import type { Change, Plan, Remark } from '../../../src/model/plan.ts'
import type { Check } from '../../../src/model/check.ts'
import type { Department } from '../../../src/model/department.ts'
import type { Person } from '../../../src/model/people.ts'
import type { PersonalData, Run } from '../../../src/model/run.ts'
import type { Policy } from '../../../src/model/policy.ts'
import { outcomeOf, outcomeOfChecks } from '../../../src/report/counts.ts'
import type { Language } from '../../../src/text/language.ts'
import type { Medium } from '../../../src/text/text.ts'
import {
  aDelete,
  aForbid,
  aPlan,
  aPolicy,
  aRestore,
  aRun,
  anAdd,
  anApplied,
  anUpdate,
  corpId,
  guarded,
  aDepartmentChange,
  departmentChangesOf,
  edits,
} from '../../make.ts'

/*
 * Made-up runs, each one a golden file. Nobody in them exists.
 */

export const departments: readonly Department[] = [
  { id: 1, name: '青石科技' },
  { id: 2, name: '研发中心', parent: 1 },
  { id: 3, name: '市场部', parent: 1 },
  { id: 4, name: '财务部', parent: 1 },
  { id: 21, name: '平台组', parent: 2 },
  { id: 31, name: '平台组', parent: 3 },
  { id: 40, name: '华东销售部', parent: 1 },
  { id: 77, name: '行政部', parent: 1 },
  ...Array.from({ length: 14 }, (_, index) => ({
    id: 401 + index,
    name: `华东销售${index + 1}组`,
    parent: 40,
  })),
]

const zhao = { userid: 'zhao_q', name: 'zhao_q', displayName: '赵琪', departments: [3] }
const wang = { userid: 'WangWei2', name: 'WangWei2', displayName: '王伟', departments: [31] }
const sun = { userid: 'sun.jie', name: 'sun.jie', displayName: '孙洁', departments: [4] }
const he = { userid: 'he_lan', name: 'he_lan', displayName: '何岚', departments: [2] }
const zhou = { userid: 'zhou@acme', name: 'zhou-acme-3f1c9a', displayName: '周明', departments: [2, 31] }
const wu = { userid: 'wu.min', name: 'wu.min', displayName: '吴敏', departments: [2] }
const chen = { userid: 'ChenMing', name: 'ChenMing', displayName: '陈明', departments: [2] }
const liu = { userid: 'liu.yan', name: 'liu.yan', displayName: '刘燕', departments: [21] }
const li = { userid: 'lisi', displayName: '李四', departments: [3] }

/** An ordinary morning. */
export const usual: readonly Change[] = [
  aForbid({ ...zhao, cause: 'gone', ...edits({ status: ['active', 'left'] }) }),
  aForbid({ ...wang, cause: 'disabled', ...edits({ status: ['active', 'disabled'] }) }),
  aRestore({ ...sun, ...edits({ status: ['not-activated', 'active'] }) }),
  anUpdate({ ...chen, ...edits({ title: ['工程师', '研发总监'], departments: [[2, 21], [2]] }) }),
  anUpdate({
    ...liu,
    ...edits({ phone: ['13800000001', '13900000002'], email: ['', 'liu.yan@example.com'] }),
  }),
  anAdd({ ...he, ...edits({ displayName: ['', '何岚'], title: ['', '顾问'] }) }),
  anAdd({ ...wu, ...edits({ displayName: ['', '吴敏'] }), forbidden: true, cause: 'not-activated' }),
  anAdd({
    ...zhou,
    ...edits({
      title: ['', '产品经理'],
      email: ['', 'zhou.ming@example.com'],
      phone: ['', '13700000003'],
    }),
  }),
]

export const remarks: readonly Remark[] = [
  {
    kind: 'hidden',
    person: { userid: 'tang_bo', displayName: '唐波', departments: [40] },
    problem: { code: 'hidden' },
  },
  {
    kind: 'noted',
    person: { userid: 'feng', displayName: '冯雪', departments: [2] },
    problem: { code: 'forbidden-by-hand' },
  },
  {
    kind: 'noted',
    person: { userid: 'guo', displayName: '郭亮', departments: [2] },
    problem: { code: 'phone-invalid' },
  },
  {
    kind: 'noted',
    person: { userid: 'hu_dan', displayName: '胡丹', departments: [4] },
    problem: { code: 'value-shared', field: 'email', holder: 'hu_ying' },
  },
  {
    kind: 'noted',
    person: { userid: 'jiang', displayName: '江宁', departments: [4] },
    problem: { code: 'phone-invalid' },
  },
  {
    kind: 'noted',
    person: { userid: 'jin_2', displayName: '金鑫', departments: [3] },
    problem: { code: 'possible-rename', userid: 'jin' },
  },
  {
    kind: 'protected',
    person: { userid: 'admin.lu', displayName: '卢刚', departments: [2] },
    problem: { code: 'protected', administrator: true, changes: ['forbid', 'title'] },
  },
  { kind: 'skipped', person: li, problem: { code: 'name-taken', account: 'lisi' } },
  {
    kind: 'skipped',
    person: { userid: 'luo', displayName: '罗威', departments: [21] },
    problem: { code: 'match-several', key: 'phone', accounts: ['luo.wei', 'luowei2'] },
  },
  {
    kind: 'skipped',
    person: { userid: 'ma.li', displayName: '马莉', departments: [21] },
    problem: { code: 'name-taken', account: 'ma.li' },
  },
]

const withheld: Problem = {
  code: 'field-withheld',
  fields: ['email', 'phone', 'countryCode', 'avatar', 'gender'],
}

export function plan(changes: readonly Change[], overrides: Partial<Plan> = {}): Plan {
  return aPlan({
    changes,
    departments,
    visibleDepartments: departments.map(({ id }) => id).filter((id) => id !== 77),
    unchanged: 1284,
    owned: 1230,
    findings: [withheld],
    ...overrides,
  })
}

/** A plan, guarded, and in a sync applied as far as told. */
export function run(
  made: Plan,
  {
    policy = aPolicy(),
    approved,
    ...overrides
  }: Partial<Run> & { readonly policy?: Policy; readonly approved?: string } = {},
  applied?: Parameters<typeof anApplied>[0],
): Run {
  const mode = overrides.mode ?? 'sync'
  const decision = guarded(made, policy, approved === undefined ? {} : { approved })
  const planned = { plan: made, decision, policy, corpId, people: 1292 }
  const result =
    mode === 'plan'
      ? planned
      : {
          ...planned,
          applied: anApplied({ done: decision.allowed, changed: decision.allowed.length > 0, ...applied }),
        }
  return aRun({
    mode,
    outcome: outcomeOf(mode === 'plan' ? 'plan' : 'sync', result),
    result,
    ...overrides,
  })
}

/** People nobody has to read about one by one. */
export function crowd(
  count: number,
  places: readonly number[],
): { userid: string; name: string; displayName: string; departments: number[] }[] {
  const families = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨'
  return Array.from({ length: count }, (_, index) => {
    const userid = `user${String(index + 1).padStart(6, '0')}`
    const family = families[index % families.length] ?? '赵'
    return {
      userid,
      name: userid,
      displayName: `${family}${index + 1}`,
      departments: [places[index % places.length] ?? 1],
    }
  })
}

const sales = departments.filter(({ id }) => id >= 40 && id !== 77).map(({ id }) => id)

const groupPolicy = { policy: aPolicy({ groups: 'departments' }) }
const atStake = { organization: 'acme', enabled: 22, memberships: 1300 }
const groupsOf = (ids: readonly number[]): readonly string[] => ids.map((id) => `acme/acme-wecom-${id}`)

/** Everything that can happen to a group in a day. */
function regrouped(): Plan {
  return plan(
    [
      anUpdate({
        ...liu,
        ...edits({
          groups: [['acme/vpn'], ['acme/vpn', 'acme/acme-wecom-21']],
        }),
      }),
      anUpdate({
        ...chen,
        ...edits({ departments: [[2, 21], [2]], groups: [groupsOf([2, 21]), groupsOf([2])] }),
      }),
      anUpdate({
        ...he,
        ...edits({ groups: [['acme/vpn', 'acme/acme-wecom-3'], groupsOf([2])] }),
      }),
      anAdd({ ...wu, ...edits({ displayName: ['', '吴敏'], groups: [[], groupsOf([2])] }) }),
    ],
    {
      groups: atStake,
      departmentChanges: departmentChangesOf([
        {
          id: 2,
          before: { id: 2, name: '研发部', parent: 1 },
          after: { id: 2, name: '研发中心', parent: 1 },
          people: 42,
        },
        { id: 3, after: { id: 3, name: '市场部', parent: 1 }, people: 8 },
        {
          id: 21,
          before: { id: 21, name: '平台组' },
          after: { id: 21, name: '平台组', parent: 2 },
          people: 14,
        },
        {
          id: 31,
          before: { id: 31, name: '平台组', altered: true },
          after: { id: 31, name: '平台组', parent: 3 },
          people: 5,
        },
        {
          id: 40,
          before: { id: 40, name: '华东销售部', parent: 1, disabled: true },
          after: { id: 40, name: '华东销售部', parent: 1 },
          people: 25,
        },
        {
          id: 77,
          before: { id: 77, name: '行政部', parent: 1 },
          after: { id: 77, name: '行政部', parent: 1, disabled: true },
          people: 12,
        },
        { id: 78, before: { id: 78, name: '前台', parent: 77 }, people: 3 },
        {
          id: 401,
          before: { id: 401, name: '华东销售1组', parent: 40, altered: true },
          after: { id: 401, name: '华东销售1组', parent: 40 },
          people: 7,
        },
      ]),
      findings: [
        withheld,
        { code: 'groups-kept', why: 'in-use', groups: ['acme-wecom-90', 'acme-wecom-91'] },
      ],
    },
  )
}

const regroupedDay = regrouped()
const regroupedWell = { done: regroupedDay.departmentChanges, failed: [] }

/** Half of the departments are gone. */
function dissolved(): Plan {
  const gone = departments.filter(({ id }) => id > 40)
  return plan([anUpdate({ ...liu, ...edits({ groups: [groupsOf([21, 401, 402]), groupsOf([21])] }) })], {
    groups: atStake,
    visibleDepartments: [1, 2, 3, 4, 21, 31, 40],
    departmentChanges: gone.map((before) =>
      aDepartmentChange({ id: before.id, before, after: { ...before, disabled: true }, people: 6 }),
    ),
  })
}

function pick({
  groups,
  departmentChanges,
}: Plan): Pick<Plan, 'departmentChanges'> & Partial<Pick<Plan, 'groups'>> {
  return { departmentChanges, ...(groups !== undefined && { groups }) }
}

/** An administrator narrowed the visible range over night. */
function narrowed(salespeople: number, marketers: number): Plan {
  const gone = (person: Person & { readonly name: string }): Change =>
    aForbid({ ...person, ...edits({ status: ['active', 'left'] }) })
  const others = crowd(marketers, [3, 31]).map((person) => ({
    ...person,
    userid: `m${person.userid}`,
    name: `m${person.name}`,
  }))
  return plan(
    [...crowd(salespeople, sales).map(gone), ...others.map(gone), ...usual.slice(3, 4), ...usual.slice(5, 7)],
    {
      unchanged: 775,
      visibleDepartments: [1, 2, 4, 21],
    },
  )
}

const doubt: Problem = { code: 'wecom-departments-missing', ids: [40, 401, 402] }

export const checks: readonly Check[] = [
  { name: 'wecom-token', mark: 'pass', fact: { code: 'ok' }, problems: [] },
  { name: 'wecom-address', mark: 'pass', fact: { code: 'address-trusted', proxied: true }, problems: [] },
  {
    name: 'wecom-range',
    mark: 'warn',
    fact: { code: 'range', departments: 61, people: 1292 },
    problems: [{ code: 'wecom-witness-refused', errcode: 48009 }],
  },
  {
    name: 'wecom-fields',
    mark: 'pass',
    fact: {
      code: 'fields',
      people: 1292,
      shares: { name: 1, email: 0, mobile: 0, avatar: 0, position: 0.963, gender: 0 },
    },
    problems: [],
  },
  { name: 'casdoor-reachable', mark: 'pass', fact: { code: 'ok' }, problems: [] },
  { name: 'casdoor-version', mark: 'pass', fact: { code: 'version', version: 'v3.158.0' }, problems: [] },
  {
    name: 'casdoor-credentials',
    mark: 'fail',
    problems: [{ code: 'casdoor-credentials', endpoint: 'https://sso.example.com' }],
  },
  { name: 'casdoor-organization', mark: 'skip', fact: { code: 'not-reached' }, problems: [] },
]

const goodChecks: readonly Check[] = [
  ...checks.filter(({ mark }) => mark !== 'fail' && mark !== 'skip'),
  { name: 'casdoor-credentials', mark: 'pass', fact: { code: 'ok' }, problems: [] },
  {
    name: 'casdoor-organization',
    mark: 'pass',
    fact: { code: 'organization', organization: 'acme' },
    problems: [],
  },
  {
    name: 'casdoor-application',
    mark: 'pass',
    fact: { code: 'application', application: 'app-acme' },
    problems: [],
  },
  {
    name: 'casdoor-items',
    mark: 'warn',
    fact: { code: 'ok' },
    problems: [{ code: 'casdoor-item-immutable', item: 'Title', field: 'title' }],
  },
  {
    name: 'casdoor-accounts',
    mark: 'pass',
    fact: { code: 'accounts', accounts: 1301, owned: 1230 },
    problems: [],
  },
  {
    name: 'snapshot-file',
    mark: 'pass',
    fact: { code: 'snapshot', file: 'wecom-users.yaml', people: 1292 },
    problems: [],
  },
  {
    name: 'snapshot-file',
    mark: 'pass',
    fact: { code: 'snapshot-new', file: 'wecom-users.yaml' },
    problems: [],
  },
]

function checked(lines: readonly Check[]): Run {
  return aRun({ mode: 'check', outcome: outcomeOfChecks(lines), checks: lines })
}

function stopped(...problems: readonly Problem[]): Run {
  return aRun({ problems })
}

const everything = [
  ...usual.slice(0, 2),
  aDelete({ ...li, name: 'lisi', cause: 'gone', enabled: true }),
  ...usual.slice(2),
]
const failures = [
  {
    change: usual[5] ?? anAdd(),
    problem: { code: 'casdoor-refused', call: 'add-user', message: 'user quota is exceeded' },
  },
  { change: usual[4] ?? anUpdate(), problem: { code: 'casdoor-value-taken', field: 'email' } },
  {
    change: usual[7] ?? anAdd(),
    problem: { code: 'casdoor-refused', call: 'add-user', message: 'user quota is exceeded' },
  },
] as const
const untrusted: Problem = {
  code: 'wecom-errcode',
  call: 'department/list',
  errcode: 60020,
  address: '203.0.113.7',
  proxied: false,
}

const toSnapshot = { target: { kind: 'snapshot', path: 'wecom-users.yaml' } } as const
const departmentChanges: Plan['departmentChanges'] = departmentChangesOf([
  {
    id: 21,
    before: { id: 21, name: '平台部', parent: 2 },
    after: { id: 21, name: '平台组', parent: 2 },
    people: 12,
  },
  {
    id: 31,
    before: { id: 31, name: '平台组', parent: 2 },
    after: { id: 31, name: '平台组', parent: 3 },
    people: 9,
  },
  { id: 40, after: { id: 40, name: '华东销售部', parent: 1 }, people: 371 },
  { id: 77, before: { id: 77, name: '行政部', parent: 1 }, people: 5 },
])

export type Case = {
  readonly name: string
  readonly run: Run
  readonly language: Language
  readonly level: PersonalData
  readonly medium?: Medium
}

/** A night on which more people left than one run may remove, as a reviewer is shown it. */
const reviewed = run(
  plan([...narrowed(60, 4).changes.slice(0, 8), ...usual.slice(2)], { departmentChanges }),
  {
    ...toSnapshot,
    mode: 'plan',
    policy: aPolicy({ review: true, removalLimit: [{ kind: 'count', value: 5 }] }),
  },
)

const opened = { number: 12, url: 'https://github.com/acme/directory/pull/12', state: 'opened' } as const

const twoLanguages: readonly Omit<Case, 'language'>[] = [
  { name: 'usual', run: run(plan(usual, { remarks: remarks.slice(7, 8) })), level: 'masked' },
  { name: 'held', run: run(narrowed(371, 143)), level: 'masked' },
  { name: 'pull-request', run: reviewed, level: 'masked', medium: 'pull-request' },
  {
    name: 'comment',
    run: run(plan(usual), { source: { kind: 'snapshot' }, mode: 'plan' }),
    level: 'masked',
    medium: 'comment',
  },
  {
    name: 'delivered',
    run: run(plan(usual, { departmentChanges }), toSnapshot, {
      delivery: { commit: '0123456789abcdef0123456789abcdef01234567', pullRequest: opened },
      findings: [{ code: 'github-reviewers', names: ['acme/it'], message: 'Not found' }],
    }),
    level: 'masked',
  },
  {
    name: 'everything',
    level: 'masked',
    run: run(
      plan(everything, {
        remarks,
        departmentChanges,
        findings: [withheld, { code: 'casdoor-plain-http', endpoint: 'http://sso.example.com' }],
      }),
    ),
  },
  { name: 'check-failed', run: checked(checks), level: 'masked' },
  {
    name: 'inputs',
    level: 'hidden',
    run: stopped(
      { code: 'input-missing', input: 'wecom-corp-id' },
      { code: 'input-secret-empty', input: 'casdoor-client-secret' },
      { code: 'input-word', input: 'mode', value: 'sink', allowed: ['sync', 'plan', 'check'] },
    ),
  },
  { name: 'untrusted-address', run: stopped(untrusted), level: 'hidden' },
  {
    name: 'partial',
    run: run(
      plan(usual),
      {},
      {
        done: [...usual.slice(0, 4), ...usual.slice(6, 7)],
        failed: failures,
        remarks: [{ kind: 'noted', person: liu, problem: { code: 'casdoor-phone-refused' } }],
      },
    ),
    level: 'masked',
  },
  { name: 'planned', run: run(plan(usual, { remarks }), { mode: 'plan' }), level: 'masked' },
]

const oneLanguage: readonly Case[] = [
  { name: 'usual-full', language: 'en', run: run(plan(usual, { remarks })), level: 'full' },
  {
    name: 'usual-hidden',
    language: 'en',
    run: run(plan(usual, { remarks, departmentChanges })),
    level: 'hidden',
  },
  {
    name: 'usual-hidden',
    language: 'zh',
    run: run(plan(usual, { remarks, departmentChanges })),
    level: 'hidden',
  },
  { name: 'unchanged', language: 'en', run: run(plan([], { unchanged: 1292 })), level: 'masked' },
  {
    name: 'first-import',
    language: 'en',
    level: 'masked',
    run: run(
      plan(
        crowd(1284, [2, 3, 4, 21, 31, ...sales]).map((person) =>
          anAdd({ ...person, ...edits({ title: ['', '工程师'] }) }),
        ),
        { owned: 0, unchanged: 0 },
      ),
    ),
  },
  { name: 'held-plan', language: 'en', run: run(narrowed(60, 4), { mode: 'plan' }), level: 'masked' },
  { name: 'held-hidden', language: 'en', run: run(narrowed(371, 143)), level: 'hidden' },
  { name: 'held-doubtful', language: 'en', run: run(plan(usual, { doubts: [doubt] })), level: 'masked' },
  {
    name: 'held-other-approval',
    language: 'zh',
    run: run(narrowed(60, 4), { policy: aPolicy({ approve: '0'.repeat(64) }) }),
    level: 'masked',
  },
  {
    name: 'groups',
    language: 'en',
    level: 'masked',
    run: run(regroupedDay, groupPolicy, { groups: regroupedWell }),
  },
  {
    name: 'groups',
    language: 'zh',
    level: 'masked',
    run: run(regroupedDay, groupPolicy, { groups: regroupedWell }),
  },
  {
    name: 'groups-hidden',
    language: 'en',
    level: 'hidden',
    run: run(regroupedDay, groupPolicy, { groups: regroupedWell }),
  },
  {
    name: 'groups-plan',
    language: 'zh',
    level: 'masked',
    run: run(regroupedDay, { ...groupPolicy, mode: 'plan' }),
  },
  {
    name: 'groups-failed',
    language: 'en',
    level: 'masked',
    run: run(regroupedDay, groupPolicy, {
      groups: {
        done: regroupedDay.departmentChanges.slice(0, 1),
        failed: regroupedDay.departmentChanges.slice(1, 4).map((change, index) => ({
          change,
          problem:
            index === 0
              ? { code: 'casdoor-group-taken', group: 'acme-wecom-3' }
              : { code: 'casdoor-group-parent', group: 'acme-wecom-3' },
        })),
      },
      findings: [{ code: 'casdoor-groups-missing', groups: ['acme-wecom-3', 'acme-wecom-31'], people: 40 }],
    }),
  },
  { name: 'groups-held', language: 'en', level: 'masked', run: run(dissolved(), groupPolicy) },
  { name: 'groups-held-hidden', language: 'en', level: 'hidden', run: run(dissolved(), groupPolicy) },
  {
    name: 'groups-held-plan',
    language: 'zh',
    level: 'masked',
    run: run(dissolved(), { ...groupPolicy, mode: 'plan' }),
  },
  {
    name: 'groups-approved',
    language: 'en',
    level: 'masked',
    run: run(dissolved(), {
      policy: aPolicy({ groups: 'departments', approve: guarded(dissolved()).digest ?? '' }),
    }),
  },
  {
    name: 'groups-wait',
    language: 'en',
    level: 'masked',
    run: run(
      {
        ...narrowed(60, 4),
        ...pick(dissolved()),
        departmentChanges: dissolved().departmentChanges.slice(0, 2),
      },
      groupPolicy,
    ),
  },
  {
    name: 'approved',
    language: 'en',
    level: 'masked',
    run: run(plan(usual, { owned: 3 }), {
      policy: aPolicy({ approve: guarded(plan(usual, { owned: 3 })).digest ?? '' }),
    }),
  },
  {
    name: 'merged',
    language: 'en',
    level: 'masked',
    run: run(plan(usual, { owned: 3 }), {
      source: { kind: 'snapshot' },
      approved: guarded(plan(usual, { owned: 3 })).digest ?? '',
    }),
  },
  {
    name: 'comment-unchanged',
    language: 'en',
    level: 'masked',
    medium: 'comment',
    run: run(plan([]), { source: { kind: 'snapshot' }, mode: 'plan' }),
  },
  {
    name: 'committed',
    language: 'en',
    level: 'hidden',
    run: run(plan(usual), toSnapshot, {
      delivery: { commit: '0123456789abcdef0123456789abcdef01234567' },
    }),
  },
  {
    name: 'approval-unused',
    language: 'en',
    level: 'masked',
    run: run(plan([]), { policy: aPolicy({ approve: '0'.repeat(64) }) }),
  },
  {
    name: 'field-loss',
    language: 'en',
    level: 'masked',
    run: run(
      plan(usual.slice(0, 4), { findings: [{ code: 'field-loss', field: 'phone', before: 98.2, after: 0 }] }),
    ),
  },
  {
    name: 'cut-short',
    language: 'en',
    level: 'masked',
    run: run(plan(usual), {}, { done: usual.slice(0, 3), stopped: { code: 'casdoor-silent', seconds: 60 } }),
  },
  {
    name: 'cancelled',
    language: 'en',
    level: 'masked',
    run: run(
      plan(usual),
      {},
      {
        done: usual.slice(0, 3),
        failed: usual.slice(3, 4).map((change) => ({
          change,
          problem: { code: 'casdoor-write-unknown', call: 'update-user' },
        })),
        stopped: { code: 'cancelled' },
      },
    ),
  },
  {
    name: 'cancelled',
    language: 'zh',
    level: 'masked',
    run: run(plan(usual), {}, { done: [], changed: false, stopped: { code: 'cancelled' } }),
  },
  {
    name: 'all-failed',
    language: 'en',
    level: 'masked',
    run: run(plan(usual.slice(4, 6)), {}, { done: [], changed: false, failed: failures.slice(0, 2) }),
  },
  {
    name: 'wrong-secret',
    language: 'en',
    run: stopped({ code: 'casdoor-credentials', endpoint: 'https://sso.example.com' }),
    level: 'masked',
  },
  {
    name: 'wrong-wecom-secret',
    language: 'zh',
    run: stopped({ code: 'wecom-errcode', call: 'gettoken', errcode: 40001, proxied: false }),
    level: 'masked',
  },
  { name: 'check-passed', language: 'en', run: checked(goodChecks), level: 'masked' },
  {
    name: 'snapshot',
    language: 'en',
    level: 'full',
    run: run(plan(usual, { departmentChanges }), { ...toSnapshot }),
  },
  {
    name: 'from-snapshot',
    language: 'zh',
    level: 'masked',
    run: run(plan(usual, { findings: [] }), { source: { kind: 'snapshot' }, mode: 'plan' }),
  },
  {
    name: 'snapshot-invalid',
    language: 'en',
    level: 'masked',
    run: aRun({
      source: { kind: 'snapshot' },
      problems: [
        {
          code: 'snapshot-invalid',
          file: 'wecom-users.yaml',
          line: 214,
          fault: {
            kind: 'unknown-key',
            key: 'users.ChenMing.titel',
            allowed: ['displayName', 'email', 'title'],
          },
        },
      ],
    }),
  },
  {
    name: 'stopped-late',
    language: 'en',
    level: 'masked',
    run: run(plan(usual), {
      problems: [{ code: 'report-unwritten', what: 'plan', cause: 'ENOSPC' }],
      outcome: 'failed',
    }),
  },
  {
    name: 'delete-policy',
    language: 'zh',
    level: 'masked',
    run: run(plan(everything.slice(2, 3)), {
      policy: aPolicy({
        leavers: 'delete',
        notActivated: 'allow',
        restore: 'all',
        emptyValues: 'clear',
        matchBy: ['email', 'phone'],
      }),
    }),
  },
]

export const cases: readonly Case[] = [
  ...twoLanguages.flatMap((one) => [
    { ...one, language: 'en' as const },
    { ...one, language: 'zh' as const },
  ]),
  ...oneLanguage,
]
