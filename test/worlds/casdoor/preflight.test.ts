import { describe, expect, test } from 'vitest'
import { accountItems, defaultOrganizations, type CasdoorOptions } from '../../../sandbox/casdoor/server.ts'
import { casdoorTarget } from '../../../src/casdoor/target.ts'
import { anOwned, callsOf, organization, problemsOf, read, settingsFor, start } from './start.ts'

const secret = 'wecom-secret-in-an-error-text'
const syncer = {
  owner: 'admin',
  name: 'own',
  organization,
  type: 'WeCom',
  isEnabled: true,
  isReadOnly: true,
  errorText: `Get "https://x/?corpsecret=${secret}"`,
}

describe('spec 6.4: the preflight stops a run that could only do harm', () => {
  test.each<[string, CasdoorOptions, object, object]>([
    [
      'a Casdoor before v3.50.0',
      { version: 'v3.40.0' },
      {},
      { code: 'casdoor-version-old', version: 'v3.40.0' },
    ],
    [
      'no such organization',
      {},
      { organization: 'nobody' },
      { code: 'casdoor-organization-missing', organization: 'nobody' },
    ],
    [
      'no application',
      {},
      { organization: 'acme-noapp' },
      { code: 'casdoor-application-missing', organization: 'acme-noapp' },
    ],
    [
      'no such application',
      {},
      { application: 'app-nobody' },
      { code: 'casdoor-application-unknown', application: 'app-nobody' },
    ],
    [
      "Casdoor's own syncer",
      { syncers: [syncer] },
      {},
      { code: 'casdoor-competing-syncer', syncer: 'own', organization },
    ],
  ])('%s', async (_, options, settings, problem) => {
    const casdoor = await start(options)
    const problems = await problemsOf(read(casdoor, settings))
    expect(problems).toMatchObject([problem])
    expect(JSON.stringify(problems)).not.toContain(secret)
    expect(callsOf(casdoor)).not.toContain('GET get-users')
    expect(casdoor.writes()).toEqual([])
  })

  test('a wrong secret is recognised although Casdoor answers 200', async () => {
    const casdoor = await start({ clientSecret: 'another' })
    await expect(read(casdoor)).rejects.toMatchObject({
      problems: [{ code: 'casdoor-credentials', endpoint: casdoor.url }],
    })
    expect(callsOf(casdoor)).toEqual(['GET get-version-info', 'GET get-organization'])
  })

  test('all that is wrong is told at once', async () => {
    const casdoor = await start({ version: 'v3.40.0', syncers: [syncer] })
    const problems = await problemsOf(read(casdoor, { application: 'app-nobody' }))
    expect(problems.map(({ code }) => code)).toEqual([
      'casdoor-version-old',
      'casdoor-application-unknown',
      'casdoor-competing-syncer',
    ])
  })

  test.each(['v3.50.0', 'v3.100.0', 'v3.158.0', 'v4.0.0'])('%s is new enough', async (version) => {
    expect((await read(await start({ version }))).remarks).toEqual([])
  })

  test.each(['dev', ''])(
    'a server that calls itself "%s" is taken for a new one, with a remark',
    async (version) => {
      expect((await read(await start({ version }))).remarks).toEqual([
        { code: 'casdoor-version-unknown', version },
      ])
    },
  )

  test.each([{ isEnabled: false }, { type: 'Database' }, { organization: 'other' }])(
    'a syncer that is %o is none of our business',
    async (overrides) => {
      const casdoor = await start({ syncers: [{ ...syncer, ...overrides }] })
      expect((await read(casdoor)).remarks).toEqual([])
    },
  )
})

describe('spec 6.4: account items', () => {
  const [acme] = defaultOrganizations
  const withItems = (changes: Parameters<typeof accountItems>[0]): CasdoorOptions => ({
    organizations: [{ ...acme, name: organization, accountItems: accountItems(changes) }],
  })

  test.each([
    ['Email', { modifyRule: 'Immutable' }, 'casdoor-item-immutable', ['email']],
    ['Title', { regex: '^[a-z]+$' }, 'casdoor-item-regex', ['title']],
    ['Phone', { modifyRule: 'Immutable' }, 'casdoor-item-immutable', ['phone', 'countryCode']],
    ['Country code', { regex: '^CN$' }, 'casdoor-item-regex', ['phone', 'countryCode']],
    ['Is forbidden', { modifyRule: 'Immutable' }, 'casdoor-item-immutable', ['isForbidden']],
    ['Properties', { modifyRule: 'Immutable' }, 'casdoor-item-immutable', ['properties']],
  ])('%s with %o leaves its field out, and says so', async (item, change, code, fields) => {
    const current = await read(await start(withItems({ [item]: change })))
    expect([...current.frozen.keys()]).toEqual(fields)
    expect(current.remarks).toMatchObject([{ code, item }])
  })
})

describe('spec 9: the checks', () => {
  const checkOf = async (options: CasdoorOptions, settings: object = {}) => {
    const casdoor = await start(options)
    casdoor.seed(organization, [anOwned('a'), { name: 'hand-made' }])
    const checks = await casdoorTarget(settingsFor(casdoor, settings)).checker.check()
    expect(casdoor.writes()).toEqual([])
    return checks.map(({ name, mark }) => `${mark} ${name.replace('casdoor-', '')}`)
  }

  test('all well', async () => {
    expect(await checkOf({})).toEqual([
      'pass reachable',
      'pass version',
      'pass credentials',
      'pass organization',
      'pass application',
      'pass syncer',
      'pass items',
      'pass accounts',
    ])
  })

  test('behind a wrong secret nothing more can be looked at', async () => {
    expect(await checkOf({ clientSecret: 'another' })).toEqual([
      'pass reachable',
      'warn version',
      'fail credentials',
      'skip organization',
      'skip application',
      'skip syncer',
      'skip items',
      'skip accounts',
    ])
  })

  test('a competing syncer stops no other look', async () => {
    expect(await checkOf({ syncers: [syncer] })).toContain('pass accounts')
  })

  test('accounts are counted, and those of the corp', async () => {
    const casdoor = await start()
    casdoor.seed(organization, [
      anOwned('a'),
      anOwned('b', { externalId: 'wecom:wwother:b' }),
      anOwned('c', { externalId: 'wecom:wwother:c' }),
      { name: 'hand-made' },
    ])
    const of = async (corp?: string) => {
      const settings = settingsFor(casdoor, corp === undefined ? {} : { corpId: corp })
      return (await casdoorTarget(settings).checker.check()).at(-1)?.fact
    }
    expect(await of()).toEqual({ code: 'accounts', accounts: 4, owned: 3 })
    expect(await of('wwother')).toEqual({ code: 'accounts', accounts: 4, owned: 2 })
  })
})
