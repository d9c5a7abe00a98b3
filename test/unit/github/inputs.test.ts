import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inputsOf } from '../../../sandbox/runner.ts'
import { problemsOf } from '../../../src/model/problem.ts'
import type { Environment } from '../../../src/github/environment.ts'
import { endsAsked, languageOf, readInputs, type Inputs } from '../../../src/github/inputs.ts'
import { defaultMapping } from '../../../src/model/mapping.ts'
import { secretsOf } from '../../../src/github/secrets.ts'

/** A workflow of flow A that is right; a test changes what it is about. */
const right = {
  'wecom-corp-id': 'ww0123456789abcdef',
  'wecom-corp-secret': 'corp-secret-of-the-app',
  'casdoor-endpoint': 'https://door.example.com/casdoor',
  'casdoor-client-id': 'client-id',
  'casdoor-client-secret': 'client-secret',
  'casdoor-organization': 'acme',
}

function environment(inputs: Record<string, string>): Environment {
  return { ...inputsOf(inputs), GITHUB_WORKSPACE: '/home/runner/acme', GITHUB_REF: 'refs/heads/main' }
}

/** Defaults of `action.yml`, the right inputs, and what the test changes. */
function read(changed: Record<string, string> = {}): Inputs {
  return readInputs(environment({ ...right, ...changed }))
}

function problems(changed: Record<string, string>): unknown {
  try {
    read(changed)
  } catch (thrown) {
    return problemsOf(thrown)
  }
  return []
}

describe('what is read', () => {
  it('is flow A by default, with every default from action.yml', () => {
    expect(read()).toEqual({
      source: {
        kind: 'wecom',
        corpId: 'ww0123456789abcdef',
        secret: 'corp-secret-of-the-app',
        apiUrl: new URL('https://qyapi.weixin.qq.com'),
      },
      target: {
        kind: 'casdoor',
        endpoint: new URL('https://door.example.com/casdoor'),
        clientId: 'client-id',
        clientSecret: 'client-secret',
        organization: 'acme',
      },
      mode: 'sync',
      policy: {
        syncer: 'wecom',
        notActivated: 'forbid',
        leavers: 'forbid',
        groups: 'none',
        emptyValues: 'keep',
        restore: 'own',
        removalLimit: [
          { kind: 'percent', value: 5 },
          { kind: 'count', value: 200 },
        ],
        protectedUsers: new Set(),
        countryCode: 'CN',
        mapping: defaultMapping,
        matchBy: [],
        review: false,
      },
      personalData: 'auto',
      language: 'en',
      concurrency: 8,
      githubToken: 'ghs_sandbox_token',
      warnings: [],
    })
  })

  it('is every input set by hand', () => {
    const digest = 'AB'.repeat(32)
    const inputs = read({
      mode: 'check',
      'syncer-name': 'head-office',
      'wecom-agent-id': ' 1000002 ',
      'wecom-api-url': 'https://wecom.example.com',
      'wecom-proxy': 'http://user:pa%40ss@proxy.example.com:3128',
      'casdoor-application': 'app-acme',
      'match-by': 'email, name',
      'not-activated': 'allow',
      leavers: 'delete',
      groups: 'departments',
      'empty-values': 'clear',
      restore: 'all',
      'country-code': 'hk',
      mapping: 'title: null',
      'removal-limit': '2.5%\n10',
      approve: digest,
      'protected-users': 'Root,\n Break.Glass ,',
      'personal-data': 'full',
      language: 'zh',
      concurrency: '32',
      'github-token': '',
    })
    expect(inputs).toMatchObject({
      source: {
        agentId: '1000002',
        apiUrl: new URL('https://wecom.example.com'),
        proxy: new URL('http://user:pa%40ss@proxy.example.com:3128'),
      },
      target: { application: 'app-acme' },
      mode: 'check',
      personalData: 'full',
      language: 'zh',
      concurrency: 32,
      githubToken: '',
    })
    expect(inputs.policy).toEqual({
      syncer: 'head-office',
      notActivated: 'allow',
      leavers: 'delete',
      groups: 'departments',
      emptyValues: 'clear',
      restore: 'all',
      removalLimit: [
        { kind: 'percent', value: 2.5 },
        { kind: 'count', value: 10 },
      ],
      approve: digest.toLowerCase(),
      protectedUsers: new Set(['root', 'break.glass']),
      countryCode: 'HK',
      mapping: new Map([...defaultMapping, ['title', null]]),
      matchBy: ['email', 'name'],
      review: false,
    })
  })

  it('is trimmed, line breaks of a pasted secret too', () => {
    const { source, target } = read({
      'wecom-corp-id': ' ww0123456789abcdef\n',
      'wecom-corp-secret': '\tcorp-secret-of-the-app\r\n',
      'casdoor-endpoint': ' https://door.example.com ',
    })
    expect(source).toMatchObject({ corpId: 'ww0123456789abcdef', secret: 'corp-secret-of-the-app' })
    expect(target).toMatchObject({ endpoint: new URL('https://door.example.com') })
  })

  it('is no input of WeCom with from: snapshot, and none of Casdoor with to: snapshot', () => {
    const none = Object.fromEntries(Object.keys(right).map((name) => [name, '']))
    const wecomOnly = { ...none, 'wecom-corp-id': 'wwab', 'wecom-corp-secret': 's' }
    expect(read({ ...wecomOnly, to: 'snapshot', 'casdoor-organization': 'built-in' }).target).toEqual({
      kind: 'snapshot',
      path: 'wecom-users.yaml',
      delivery: { kind: 'commit', branch: 'main', message: '' },
    })
    const casdoorOnly = {
      ...right,
      'wecom-corp-id': '',
      'wecom-corp-secret': '',
      'wecom-proxy': 'not a proxy',
    }
    expect(read({ ...casdoorOnly, from: 'snapshot' }).source).toEqual({
      kind: 'snapshot',
      path: 'wecom-users.yaml',
    })
  })
})

describe('what is wrong', () => {
  it('is told all at once, in the order of action.yml', () => {
    const empty = Object.fromEntries(Object.keys(right).map((name) => [name, '']))
    expect(
      problems({ ...empty, mode: 'dry-run', 'syncer-name': '', 'removal-limit': '', concurrency: '' }),
    ).toEqual([
      { code: 'input-word', input: 'mode', value: 'dry-run', allowed: ['sync', 'plan', 'check'] },
      { code: 'input-missing', input: 'syncer-name' },
      { code: 'input-missing', input: 'wecom-corp-id' },
      { code: 'input-secret-empty', input: 'wecom-corp-secret' },
      { code: 'input-missing', input: 'casdoor-endpoint' },
      { code: 'input-missing', input: 'casdoor-client-id' },
      { code: 'input-secret-empty', input: 'casdoor-client-secret' },
      { code: 'input-missing', input: 'casdoor-organization' },
      { code: 'input-missing', input: 'removal-limit' },
      { code: 'input-missing', input: 'concurrency' },
    ])
  })

  it('of a wrong source or target is not told twice: what it needs is not known', () => {
    expect(problems({ from: 'feishu', to: 'Casdoor', 'wecom-corp-id': '', 'casdoor-endpoint': '' })).toEqual([
      { code: 'input-word', input: 'from', value: 'feishu', allowed: ['wecom', 'snapshot'] },
      { code: 'input-word', input: 'to', value: 'Casdoor', allowed: ['casdoor', 'snapshot'] },
    ])
  })

  it('is a snapshot that is to become a snapshot', () => {
    expect(problems({ from: 'snapshot', to: 'snapshot' })).toEqual([{ code: 'input-snapshot-to-snapshot' }])
  })

  it('is the organization of Casdoor itself', () => {
    expect(problems({ 'casdoor-organization': 'built-in' })).toEqual([{ code: 'input-built-in' }])
  })

  it.each([
    ['from', ['wecom', 'snapshot']],
    ['to', ['casdoor', 'snapshot']],
    ['mode', ['sync', 'plan', 'check']],
    ['not-activated', ['forbid', 'allow']],
    ['leavers', ['forbid', 'keep', 'delete']],
    ['groups', ['none', 'departments']],
    ['empty-values', ['keep', 'clear']],
    ['restore', ['own', 'all']],
    ['personal-data', ['auto', 'full', 'masked', 'hidden']],
    ['language', ['en', 'zh']],
  ])('%s is another word: no word falls back on a default', (input, allowed) => {
    for (const value of ['', 'true', 'Forbid', 'ys']) {
      expect(problems({ [input]: value })).toEqual([{ code: 'input-word', input, value, allowed }])
    }
  })

  it.each([
    ['syncer-name', 'syncer-name', ['WeCom', 'a_b', '-a', 'a-', 'a--b', 'a'.repeat(31), '部门', 'a b']],
    ['wecom-corp-id', 'corp-id', ['1000002', 'ww:1', 'ww', 'w w', 'ww/0123']],
    ['wecom-agent-id', 'agent-id', ['ww0123456789abcdef', '-1', '1.5', '1000002 1000003', '1'.repeat(11)]],
    ['wecom-api-url', 'url', ['qyapi.weixin.qq.com', 'ftp://wecom.example.com', 'https://']],
    [
      'casdoor-endpoint',
      'url',
      ['door', 'https://door.example.com/?a=1', 'https://door.example.com/#/users'],
    ],
    ['casdoor-organization', 'organization', ['admin/acme', 'a cme', 'acme?']],
    ['removal-limit', 'limits', ['101%', '1O0', '-1', '5%;200', '1.5', '5 percent', ',', '0x10', '1e3']],
    ['approve', 'digest', ['abc', 'g'.repeat(64), 'a'.repeat(63)]],
    ['country-code', 'country', ['XX', 'China', '86']],
    ['concurrency', 'concurrency', ['0', '33', '1O', '8.0', '-1', '+8', '1e1', '008']],
  ])('%s has another form', (input, form, wrong) => {
    for (const value of wrong) {
      expect(problems({ [input]: value })).toEqual([{ code: 'input-form', input, value, form }])
    }
  })

  it('is a word in a list, each on its own', () => {
    expect(problems({ 'match-by': 'email,userid,Phone' })).toEqual([
      { code: 'input-word', input: 'match-by', value: 'userid', allowed: ['name', 'email', 'phone'] },
      { code: 'input-word', input: 'match-by', value: 'Phone', allowed: ['name', 'email', 'phone'] },
    ])
  })

  it.each([
    ['.', 'path'],
    ['./', 'path'],
    ['../people.yaml', 'path'],
    ['/etc/people.yaml', 'path'],
    ['people/../../x.yaml', 'path'],
  ])('is the snapshot at %s', (value, form) => {
    expect(problems({ to: 'snapshot', 'snapshot-path': value })).toEqual([
      { code: 'input-form', input: 'snapshot-path', value, form },
    ])
  })

  it.each([
    // Of another system.
    'data\\people.yaml',
    'people\\',
    'C:\\people.yaml',
    // Git's own folder.
    '.git/people.yaml',
    '.GIT/people.yaml',
    'data/.Git/people.yaml',
    'git~1/people.yaml',
    // What Windows forbids.
    'people:1.yaml',
    'people*.yaml',
    'people?.yaml',
    '"people".yaml',
    '<people>.yaml',
    'a|b.yaml',
    'data./people.yaml',
    'data /people.yaml',
    'people.yaml.',
    'people./',
    'con',
    'CON.yaml',
    'data/aux/people.yaml',
    'nul .yaml',
    'Com1.yaml',
    'lpt¹/',
    'CONIN$',
    // What nobody sees.
    'peo\u0000ple.yaml',
    'peo\u007fple.yaml',
    'a\nb.yaml',
    'peo\u200bple.yaml',
    '\u202elmay.elpoep',
    'people\ud800.yaml',
    `${'x'.repeat(251)}.yaml`,
  ])('G8: is a path that not every system takes: %j', (value) => {
    const found = { code: 'input-form', input: 'snapshot-path', value, form: 'portable-path' }
    expect(problems({ to: 'snapshot', 'snapshot-path': value })).toEqual([found])
    expect(problems({ from: 'snapshot', 'snapshot-path': value })).toEqual([found])
  })

  it.each([
    '人员/名单.yaml',
    '.github/people.yaml',
    '.gitx/a.yaml',
    'console.yaml',
    'com.yaml',
    'a b.yaml',
    'lpt10/',
  ])('G8: is a path that every system takes: %j', (value) => {
    expect(problems({ to: 'snapshot', 'snapshot-path': value })).toEqual([])
  })

  it('G8: is a branch that git does not take', () => {
    const delivery = { to: 'snapshot', 'snapshot-delivery': 'commit' }
    for (const value of [
      'a b',
      'a..b',
      'a/.b',
      'a.lock',
      'a.lock/b',
      '@',
      'a\u0001b',
      '-a',
      'a//b',
      'a\\b',
      'a/',
    ]) {
      expect(problems({ ...delivery, 'snapshot-branch': value })).toEqual([
        { code: 'input-form', input: 'snapshot-branch', value, form: 'branch' },
      ])
    }
    for (const value of ['main', 'people/人员', 'a@b', 'a.b'])
      expect(problems({ ...delivery, 'snapshot-branch': value })).toEqual([])
  })

  it('is not a path inside the workspace, however it is written', () => {
    for (const value of ['a/b.yaml', './a/b.yaml', 'a/../a/b.yaml', '/home/runner/acme/a/b.yaml']) {
      expect(read({ to: 'snapshot', 'snapshot-path': value }).target).toMatchObject({
        kind: 'snapshot',
        path: 'a/b.yaml',
      })
    }
    expect(read({ to: 'snapshot', 'snapshot-path': './people//' }).target).toMatchObject({ path: 'people/' })
    expect(read({ to: 'snapshot', 'snapshot-path': '..b.yaml' }).target).toMatchObject({ path: '..b.yaml' })
  })
})

describe('http:', () => {
  it('is refused for WeCom except on loopback', () => {
    expect(problems({ 'wecom-api-url': 'http://wecom.example.com' })).toEqual([
      { code: 'input-http', input: 'wecom-api-url' },
    ])
    expect(problems({ 'wecom-api-url': 'http://127.evil.example.com' })).toHaveLength(1)
    for (const host of ['127.0.0.1:8080', 'localhost', '[::1]:80']) {
      expect(problems({ 'wecom-api-url': `http://${host}` })).toEqual([])
    }
  })

  it('is accepted for Casdoor with a warning, without one on loopback', () => {
    expect(read({ 'casdoor-endpoint': 'http://door.example.com' }).warnings).toEqual([
      { code: 'casdoor-plain-http', endpoint: 'http://door.example.com/' },
    ])
    expect(read({ 'casdoor-endpoint': 'http://127.0.0.1:8000' }).warnings).toEqual([])
  })
})

describe('secrets', () => {
  const secrets = {
    'wecom-corp-secret': 'first-line\r\n\r\nsecond-line',
    'casdoor-client-secret': 'door-secret',
    'wecom-proxy': 'http://user:pa%40ss@proxy.example.com:3128',
    'github-token': 'ghs_token',
  }

  it('are known line by line, decoded and as they travel', () => {
    expect(secretsOf(environment({ ...right, ...secrets }))).toEqual([
      'first-line',
      'second-line',
      'door-secret',
      Buffer.from('client-id:door-secret').toString('base64'),
      'pa%40ss',
      'pa@ss',
      'ghs_token',
    ])
  })

  it('are never empty, and a proxy that is none may hold one', () => {
    expect(secretsOf(environment({ 'github-token': '' }))).toEqual([])
    expect(secretsOf(environment({ 'github-token': '', 'wecom-proxy': 'user:hunter2@proxy' }))).toEqual([
      'hunter2',
    ])
    expect(secretsOf(environment({ 'github-token': '', 'wecom-proxy': 'http://u:%zz@proxy' }))).toEqual([
      '%zz',
    ])
  })

  it('are in no problem, wherever they were put', () => {
    expect(problems({ 'wecom-proxy': 'user:hunter2@proxy:3128' })).toEqual([
      { code: 'input-form', input: 'wecom-proxy', value: '***', form: 'proxy' },
    ])
    expect(problems({ 'casdoor-endpoint': 'https://admin:hunter2@door.example.com' })).toEqual([
      { code: 'input-form', input: 'casdoor-endpoint', value: '***', form: 'url' },
    ])
    fc.assert(
      fc.property(fc.string({ minLength: 12 }), fc.string({ minLength: 12 }), (corpSecret, clientSecret) => {
        fc.pre(corpSecret.trim().length > 11 && clientSecret.trim().length > 11)
        const text = JSON.stringify(
          problems({
            'wecom-corp-secret': corpSecret,
            'casdoor-client-secret': clientSecret,
            'wecom-proxy': `http:${clientSecret}`,
            mode: 'no',
          }),
        )
        return [corpSecret, clientSecret].every(
          (secret) => !text.includes(JSON.stringify(secret).slice(1, -1)),
        )
      }),
    )
  })
})

it('G14: knows from where to where before anything else is right', () => {
  const wrong = { 'wecom-corp-id': '', 'snapshot-path': 'people/' }
  expect(endsAsked(environment({ ...right, ...wrong }))).toEqual({
    source: { kind: 'wecom' },
    target: { kind: 'casdoor', organization: 'acme' },
  })
  expect(endsAsked(environment({ ...right, ...wrong, to: 'snapshot' }))).toEqual({
    source: { kind: 'wecom' },
    target: { kind: 'snapshot', path: 'people/' },
  })
  expect(endsAsked(environment({ ...right, ...wrong, from: 'snapshot' }))).toMatchObject({
    source: { kind: 'snapshot' },
    target: { kind: 'casdoor' },
  })
})

it('knows the language before anything else is right', () => {
  expect(languageOf(environment({ language: ' zh ' }))).toBe('zh')
  expect(languageOf(environment({ language: 'zh-CN' }))).toBe('en')
  expect(languageOf({})).toBe('en')
})
