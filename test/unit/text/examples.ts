import type { MappingFault, Problem, SnapshotFault } from '../../../src/model/problem.ts'
import { errcodes } from '../../../src/text/errcodes.ts'

type Of<Code extends Problem['code']> = Extract<Problem, { code: Code }>

const file = 'wecom-users.yaml'
const faults: {
  readonly [Kind in SnapshotFault['kind']]: readonly Extract<SnapshotFault, { kind: Kind }>[]
} = {
  lfs: [{ kind: 'lfs' }],
  'conflict-marker': [{ kind: 'conflict-marker' }],
  yaml: [{ kind: 'yaml', message: 'Nested mappings are not allowed' }],
  version: [{ kind: 'version', found: '7' }],
  'unknown-key': [{ kind: 'unknown-key', key: 'users.zhao_q.titel', allowed: ['title', 'tag'] }],
  'duplicate-key': [{ kind: 'duplicate-key', key: 'users.zhao_q' }],
  misplaced: [{ kind: 'misplaced', key: 'zhao_q', place: 'people/users/3f.yaml' }],
  'reserved-key': [{ kind: 'reserved-key', key: 'wecomStatus' }],
  'missing-key': [{ kind: 'missing-key', key: 'corpId' }],
  type: (
    [
      'text',
      'boolean',
      'mapping',
      'department-id',
      'department-ids',
      'userid',
      'country',
      'status',
      'digest',
      'files',
    ] as const
  ).map((expected) => ({ kind: 'type', key: 'users.zhao_q.phone', expected })),
}

const mappingFaults: {
  readonly [Kind in MappingFault['kind']]: readonly Extract<MappingFault, { kind: Kind }>[]
} = {
  yaml: [{ kind: 'yaml', detail: 'Nested mappings are not allowed' }],
  shape: [{ kind: 'shape' }],
  target: [{ kind: 'target', value: 'isAdmin', allowed: ['title', 'properties.<key>'] }],
  property: [{ kind: 'property', value: 'properties.wecomStatus' }],
  double: [{ kind: 'double', value: 'title' }],
  empty: [{ kind: 'empty', value: 'title' }],
  type: [{ kind: 'type', value: 'title' }],
  source: [{ kind: 'source', value: 'postition', allowed: ['position', 'extattr.<name>'] }],
  braces: [{ kind: 'braces', value: '{position' }],
}

const network = [
  ['refused', 'ECONNREFUSED'],
  ['host', 'ENOTFOUND'],
  ['lookup', 'EAI_AGAIN'],
  ['certificate', 'SELF_SIGNED_CERT_IN_CHAIN'],
  ['certificate', 'CERT_HAS_EXPIRED'],
  ['certificate', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['scheme', 'EPROTO'],
  ['header', 'ERR_INVALID_CHAR'],
  ['size', 'max-size'],
  ['connection', 'ECONNRESET'],
] as const
const proxied = { proxy: 'proxy.example.com:3128', setBy: 'HTTPS_PROXY' } as const
const services = ['WeCom', 'Casdoor', 'GitHub'] as const
const managed = ['isForbidden', 'properties', 'groups', 'title'] as const

/** At least one problem of each code; the compiler asks for a new one. */
const byCode: { readonly [Code in Problem['code']]: readonly Of<Code>[] } = {
  'input-missing': [
    'wecom-corp-id',
    'wecom-corp-secret',
    'casdoor-endpoint',
    'casdoor-client-id',
    'casdoor-organization',
    'mode',
  ].map((input) => ({ code: 'input-missing', input })),
  cancelled: [{ code: 'cancelled' }],
  'casdoor-write-unknown': [{ code: 'casdoor-write-unknown', call: 'update-user' }],
  'input-secret-empty': [{ code: 'input-secret-empty', input: 'wecom-corp-secret' }],
  'input-word': [{ code: 'input-word', input: 'mode', value: 'sink', allowed: ['sync', 'plan', 'check'] }],
  'input-form': (
    [
      'syncer-name',
      'url',
      'casdoor-url',
      'wecom-url',
      'proxy',
      'limits',
      'digest',
      'country',
      'concurrency',
      'corp-id',
      'agent-id',
      'path',
      'portable-path',
      'branch',
      'reviewers',
      'organization',
    ] as const
  ).map((form) => ({ code: 'input-form', input: 'some-input', value: 'some value', form })),
  'input-snapshot-to-snapshot': [{ code: 'input-snapshot-to-snapshot' }],
  'proxy-variable': [{ code: 'proxy-variable', setBy: 'HTTPS_PROXY' }],
  'input-built-in': [{ code: 'input-built-in' }],
  'input-http': [{ code: 'input-http', input: 'wecom-api-url' }],
  'input-mapping': Object.values(mappingFaults)
    .flat()
    .map((fault) => ({ code: 'input-mapping', line: 3, fault })),
  'input-visibility-unknown': [{ code: 'input-visibility-unknown', repository: 'acme/directory' }],
  'report-unwritten': (['summary', 'plan', 'comment', 'outputs'] as const).map((what) => ({
    code: 'report-unwritten',
    what,
    cause: 'ENOSPC',
  })),
  'target-moved': [{ code: 'target-moved', place: 'main' }],
  'github-refused': [
    { code: 'github-refused', call: 'git/create-tree', status: 422, message: 'Something is wrong.' },
  ],
  'github-permission': [
    { code: 'github-permission', call: 'git/create-tree', permission: 'contents' },
    { code: 'github-permission', call: 'pulls/create', permission: 'pull-requests' },
  ],
  'github-permission-unknown': [
    { code: 'github-permission-unknown', permissions: ['contents'] },
    { code: 'github-permission-unknown', permissions: ['contents', 'pull-requests'] },
  ],
  'github-token': [{ code: 'github-token', call: 'repos/get-branch' }],
  'github-rate-limit': [{ code: 'github-rate-limit', call: 'git/get-blob' }],
  'github-repository-missing': [{ code: 'github-repository-missing', repository: 'acme/directory' }],
  'github-branch-missing': [{ code: 'github-branch-missing', branch: 'main' }],
  'github-branch-renamed': [{ code: 'github-branch-renamed', branch: 'master', other: 'main' }],
  'github-branch-blocked': [
    { code: 'github-branch-blocked', branch: 'wecom-syncer/wecom', other: 'wecom-syncer' },
  ],
  'github-branch-protected': ['', 'Changes must be made through a pull request.'].map((message) => ({
    code: 'github-branch-protected',
    branch: 'main',
    message,
  })),
  'github-pulls-forbidden': [{ code: 'github-pulls-forbidden', repository: 'acme/directory' }],
  'github-foreign-commit': [
    { code: 'github-foreign-commit', branch: 'wecom-syncer/wecom', commit: '0a1b2c3d4e' },
  ],
  'github-labels': [{ code: 'github-labels', names: ['directory'], message: 'Validation Failed.' }],
  'github-reviewers': [
    { code: 'github-reviewers', names: ['octo', 'acme/admins'], message: 'Not a collaborator.' },
  ],
  'github-pull-declined': [{ code: 'github-pull-declined', number: 12 }],
  'github-fork': [{ code: 'github-fork', repository: 'acme/directory' }],
  network: services.flatMap((service) =>
    network.flatMap(([reason, cause]) => [
      { code: 'network', service, call: 'gettoken', reason, cause } as const,
      { code: 'network', service, call: 'gettoken', department: 4, ...proxied, reason, cause } as const,
    ]),
  ),
  timeout: [{ code: 'timeout', service: 'Casdoor', call: 'get-users', seconds: 60 }],
  'proxy-unreachable': services.flatMap((service) =>
    network.map(
      ([reason, cause]) =>
        ({ code: 'proxy-unreachable', service, call: 'get-users', ...proxied, reason, cause }) as const,
    ),
  ),
  'proxy-status': [302, 400, 403, 407, 502].map((status) => ({
    code: 'proxy-status',
    service: 'WeCom',
    call: 'gettoken',
    department: 4,
    ...proxied,
    status,
  })),
  'bad-text': (['bytes', 'charset', 'json'] as const).map((reason) => ({
    code: 'bad-text',
    service: 'WeCom',
    call: 'user/list',
    department: 4,
    reason,
    charset: 'utf-8',
  })),
  'http-status': [
    ...services.flatMap((service) =>
      [401, 404, 407, 418, 503].map(
        (status) => ({ code: 'http-status', service, call: 'get-users', status }) as const,
      ),
    ),
    ...services.map(
      (service) =>
        ({
          code: 'http-status',
          service,
          call: 'x',
          status: 404,
          address: 'sso.example.com/login/x',
        }) as const,
    ),
    { code: 'http-status', service: 'Casdoor', call: 'get-users', status: 429 },
    { code: 'http-status', service: 'Casdoor', call: 'get-users', status: 429, retryAfter: 30 },
  ],
  'not-json': [{ code: 'not-json', service: 'Casdoor', call: 'get-users', status: 200 }],
  'bad-reply': [{ code: 'bad-reply', service: 'WeCom', call: 'user/list', detail: 'userlist' }],
  redirect: (['Casdoor', 'GitHub'] as const).map((service) => ({
    code: 'redirect',
    service,
    call: 'get-users',
    status: 302,
  })),
  'wecom-errcode': [
    ...[...errcodes, 123456].map(
      (errcode) => ({ code: 'wecom-errcode', call: 'user/list', errcode, proxied: false }) as const,
    ),
    { code: 'wecom-errcode', call: 'gettoken', errcode: 45009, proxied: false },
    { code: 'wecom-errcode', call: 'user/list_id', errcode: 48002, proxied: false },
    { code: 'wecom-errcode', call: 'agent/get', errcode: 60011, proxied: false },
    {
      code: 'wecom-errcode',
      call: 'department/list',
      errcode: 60020,
      address: '2001:db8::17',
      proxied: true,
    },
  ],
  'wecom-no-departments': [{ code: 'wecom-no-departments' }],
  'wecom-no-people': [0, 1, 3].map((departments) => ({ code: 'wecom-no-people', departments })),
  'wecom-app-disabled': [{ code: 'wecom-app-disabled' }],
  'wecom-tags-unread': [[7], [7, 12]].map((ids) => ({ code: 'wecom-tags-unread', ids })),
  'wecom-departments-unread': [[7], [7, 12]].map((ids) => ({ code: 'wecom-departments-unread', ids })),
  'wecom-people-unread': [1, 1284].map((people) => ({ code: 'wecom-people-unread', people })),
  'wecom-witness-refused': [{ code: 'wecom-witness-refused', errcode: 48002 }],
  'wecom-contacts-unreadable': [{ code: 'wecom-contacts-unreadable' }],
  'wecom-contacts-incomplete': [{ code: 'wecom-contacts-incomplete', people: 2 }],
  'wecom-departments-missing': [{ code: 'wecom-departments-missing', ids: [12, 13] }],
  'casdoor-credentials': [{ code: 'casdoor-credentials', endpoint: 'https://sso.example.com' }],
  'casdoor-organization-missing': [{ code: 'casdoor-organization-missing', organization: 'acme' }],
  'casdoor-application-missing': [{ code: 'casdoor-application-missing', organization: 'acme' }],
  'casdoor-application-unknown': [{ code: 'casdoor-application-unknown', application: 'app-acme' }],
  'casdoor-version-old': [{ code: 'casdoor-version-old', version: 'v3.49.0' }],
  'casdoor-version-unknown': [{ code: 'casdoor-version-unknown', version: 'dev' }],
  'casdoor-competing-syncer': [
    { code: 'casdoor-competing-syncer', syncer: 'wecom-old', organization: 'acme' },
  ],
  'casdoor-item-immutable': managed.map((field) => ({
    code: 'casdoor-item-immutable',
    item: 'Title',
    field,
  })),
  'casdoor-item-regex': managed.map((field) => ({ code: 'casdoor-item-regex', item: 'Title', field })),
  'casdoor-plain-http': [{ code: 'casdoor-plain-http', endpoint: 'http://sso.example.com' }],
  'casdoor-listing-unstable': [{ code: 'casdoor-listing-unstable', seen: 1199, total: 1200 }],
  'casdoor-refused': [{ code: 'casdoor-refused', call: 'add-user', message: 'user quota is exceeded' }],
  'casdoor-other-owner': [{ code: 'casdoor-other-owner', expected: 'acme', got: 'initech' }],
  'casdoor-silent': [{ code: 'casdoor-silent', seconds: 60 }],
  'casdoor-names-lowered': [{ code: 'casdoor-names-lowered', name: 'ZhaoQi' }],
  'casdoor-phone-refused': [{ code: 'casdoor-phone-refused' }],
  'casdoor-gone': [{ code: 'casdoor-gone', name: 'zhao_q' }],
  'casdoor-group-gone': [{ code: 'casdoor-group-gone', group: 'acme-wecom-7' }],
  'casdoor-group-taken': [{ code: 'casdoor-group-taken', group: 'acme-wecom-7' }],
  'casdoor-group-parent': [{ code: 'casdoor-group-parent', group: 'acme-wecom-7' }],
  'casdoor-groups-missing': [1, 40].map((people) => ({
    code: 'casdoor-groups-missing',
    groups: ['acme-wecom-7', 'acme-wecom-8'],
    people,
  })),
  'casdoor-other-corp': [
    { code: 'casdoor-other-corp', organization: 'acme', corpId: 'ww0001', expected: 'ww0002' },
  ],
  'casdoor-groups-left-over': [
    { code: 'casdoor-groups-left-over', why: 'none', groups: ['acme-wecom-7'], people: 1 },
    { code: 'casdoor-groups-left-over', why: 'syncer-name', groups: ['acme-hr-7', 'acme-hr-8'], people: 0 },
    { code: 'casdoor-groups-left-over', why: 'syncer-name', groups: ['acme-hr-7'], people: 0 },
  ],
  'casdoor-group-other-corp': [
    { code: 'casdoor-group-other-corp', group: 'acme-wecom-7', corpId: 'ww0001', syncer: 'wecom' },
  ],
  'casdoor-value-taken': (['name', 'email', 'phone'] as const).map((field) => ({
    code: 'casdoor-value-taken',
    field,
  })),
  'snapshot-invalid': Object.values(faults)
    .flat()
    .map((fault) => ({ code: 'snapshot-invalid', file, line: 12, fault })),
  'snapshot-missing': [{ code: 'snapshot-missing', file }],
  'snapshot-headless': [{ code: 'snapshot-headless', file: 'people/departments.yaml' }],
  'snapshot-obstacle': (['link', 'submodule', 'folder', 'file', 'twin', 'special'] as const).map((what) => ({
    code: 'snapshot-obstacle',
    file: 'people.yaml',
    what,
    found: what === 'twin' ? 'People.yaml' : 'people.yaml',
  })),
  'snapshot-part-missing': [1, 2, 40].map((count) => ({
    code: 'snapshot-part-missing',
    file: 'people/users/0d.yaml',
    place: 'people/departments.yaml',
    count,
  })),
  'snapshot-stray': [{ code: 'snapshot-stray', file: 'people/users/old.yaml' }],
  'snapshot-other-form': [{ code: 'snapshot-other-form', file: 'people/', other: 'people.yaml' }],
  'snapshot-both-forms': [{ code: 'snapshot-both-forms', file: 'people/', other: 'people.yaml' }],
  'snapshot-empty': [{ code: 'snapshot-empty', file }],
  'snapshot-unreadable': [{ code: 'snapshot-unreadable', file, cause: 'EACCES' }],
  'snapshot-unwritable': [{ code: 'snapshot-unwritable', file, cause: 'ENOSPC' }],
  'snapshot-other-corp': [{ code: 'snapshot-other-corp', file, corpId: 'ww1111', expected: 'ww2222' }],
  'snapshot-unmapped': [{ code: 'snapshot-unmapped', file, fields: ['title', 'properties.floor'] }],
  'snapshot-public': [{ code: 'snapshot-public', repository: 'acme/directory' }],
  'phone-invalid': [{ code: 'phone-invalid' }],
  'value-shared': (['email', 'phone'] as const).map((field) => ({
    code: 'value-shared',
    field,
    holder: 'wu.min',
  })),
  'match-several': (['externalId', 'wecom', 'id', 'name', 'email', 'phone'] as const).map((key) => ({
    code: 'match-several',
    key,
    accounts: ['luo.wei', 'luowei2'],
  })),
  'match-taken': [{ code: 'match-taken', account: 'luo.wei', userid: 'LuoWei' }],
  'match-rivals': [{ code: 'match-rivals', account: 'luo.wei', key: 'phone' }],
  'match-foreign': [{ code: 'match-foreign', account: 'luo.wei', externalId: 'ldap:luo' }],
  'name-taken': [{ code: 'name-taken', account: 'lisi' }],
  'forbidden-by-hand': [{ code: 'forbidden-by-hand' }],
  'leaver-kept': [{ code: 'leaver-kept' }],
  hidden: [{ code: 'hidden' }],
  'person-unread': [{ code: 'person-unread' }],
  protected: [
    { code: 'protected', administrator: true, changes: ['forbid', 'title', 'properties.floor'] },
    { code: 'protected', administrator: false, changes: ['delete'] },
    { code: 'protected', administrator: false, changes: ['email'] },
    { code: 'protected', administrator: false, changes: ['add'] },
    { code: 'protected', administrator: false, changes: ['restore'] },
  ],
  'status-unknown': [{ code: 'status-unknown' }],
  'possible-rename': [{ code: 'possible-rename', userid: 'jin' }],
  'sign-in-shared': [
    { code: 'sign-in-shared', field: 'phone', userid: 'jin' },
    { code: 'sign-in-shared', field: 'email', userid: 'jin' },
  ],
  exchange: [{ code: 'exchange', gone: 12, owned: 20, joining: 11 }],
  'userid-invalid': [{ code: 'userid-invalid' }],
  'field-withheld': [{ code: 'field-withheld', fields: ['phone', 'email', 'properties.floor'] }],
  'mapping-unfilled': [
    { code: 'mapping-unfilled', field: 'tag', from: 'extattr.工号' },
    { code: 'mapping-unfilled', field: 'properties.floor', from: '[extattr.楼层, address]' },
  ],
  'field-loss': [{ code: 'field-loss', field: 'phone', before: 98.2, after: 0 }],
  'range-change': [{ code: 'range-change', departments: [4, 5], people: 514 }],
  'one-by-one-gone': [1, 30].map((people) => ({ code: 'one-by-one-gone', people })),
  'groups-kept': (['policy', 'hidden', 'in-use'] as const).flatMap((why) =>
    [['acme-wecom-7'], ['acme-wecom-7', 'acme-wecom-8']].map((groups) => ({
      code: 'groups-kept' as const,
      why,
      groups,
    })),
  ),
  'groups-over-limit': [{ code: 'groups-over-limit', groups: 30, limit: 12 }],
  'memberships-over-limit': [{ code: 'memberships-over-limit', memberships: 300, limit: 110 }],
  'groups-wait': [
    { code: 'groups-wait', groups: 1, memberships: 0 },
    { code: 'groups-wait', groups: 0, memberships: 1 },
    { code: 'groups-wait', groups: 12, memberships: 40 },
  ],
  'over-limit': [{ code: 'over-limit', removals: 1514, limit: 61 }],
  'fetch-doubtful': [{ code: 'fetch-doubtful', removals: 3 }],
  'approval-other': (['approve', 'snapshot'] as const).map((by) => ({
    code: 'approval-other',
    by,
    digest: 'a'.repeat(64),
  })),
  'approval-unused': [{ code: 'approval-unused' }],
  bug: [{ code: 'bug', message: 'x is not a function' }],
}

/** One or more problems of every code. */
export const examples: readonly Problem[] = Object.values(byCode).flat()
