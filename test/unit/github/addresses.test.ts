import { afterEach, describe, expect, test, vi } from 'vitest'
import { inputsOf } from '../../../sandbox/runner.ts'
import { readInputs } from '../../../src/github/inputs.ts'
import { proxyFor, proxyUrlOf } from '../../../src/github/proxy.ts'
import { problemsOf, type Problem } from '../../../src/model/problem.ts'
import { textOf } from '../../../src/text/language.ts'

const right = {
  'wecom-corp-id': 'ww0123456789abcdef',
  'wecom-corp-secret': 'corp-secret-of-the-app',
  'casdoor-endpoint': 'https://door.example.com/casdoor',
  'casdoor-client-id': 'client-id',
  'casdoor-client-secret': 'client-secret',
  'casdoor-organization': 'acme',
}

function problemsWith(input: string, value: string): readonly Problem[] {
  try {
    readInputs(inputsOf({ ...right, [input]: value }))
    return []
  } catch (thrown) {
    return problemsOf(thrown)
  }
}

const noProxies = [
  'localhost:3128',
  'proxy.corp:3128',
  '10.0.0.1:3128',
  'proxy.corp',
  '//proxy.corp:3128',
  'socks5://proxy.corp:1080',
  'socks://proxy.corp:1080',
  'http://user:pa#ss@proxy.corp:3128',
  'http://user:12#34@proxy.corp:3128',
  'http://user:12?34@proxy.corp:3128',
  'http://user:12/34@proxy.corp:3128',
  'http://user:50%@proxy.corp:3128',
  'http://us%er:x@proxy.corp:3128',
  'http://proxy.corp:3128/path',
  'http://',
  'user:hunter2@proxy.corp:3128',
]
const proxies = [
  'http://proxy.corp:3128',
  'http://proxy.corp:3128/',
  'https://proxy.corp',
  'http://user:p%23w%25@proxy.corp:3128',
  'http://user:p@w@proxy.corp:3128',
  'http://[::1]:3128',
]

describe('P2: a variable that names no proxy is refused, with its name', () => {
  afterEach(() => {
    vi.unstubAllEnvs()
  })

  function stub(variables: Readonly<Record<string, string>>): void {
    const none = {
      http_proxy: '',
      HTTP_PROXY: '',
      https_proxy: '',
      HTTPS_PROXY: '',
      no_proxy: '',
      NO_PROXY: '',
    }
    for (const [name, value] of Object.entries({ ...none, ...variables })) vi.stubEnv(name, value)
  }

  function proxyOrProblems(address: string): unknown {
    try {
      return proxyFor(new URL(address))
    } catch (thrown) {
      return problemsOf(thrown)
    }
  }

  const variables = [
    ['HTTPS_PROXY', 'https://door.example.com'],
    ['https_proxy', 'https://door.example.com'],
    ['HTTP_PROXY', 'http://door.example.com'],
    ['http_proxy', 'http://door.example.com'],
  ] as const

  test.each(variables.flatMap(([name, url]) => noProxies.map((value) => [name, value, url] as const)))(
    '%s: %s',
    (name, value, url) => {
      stub({ [name]: value })
      const problem = { code: 'proxy-variable', setBy: name } as const
      expect(proxyOrProblems(url)).toEqual([problem])
      for (const language of ['en', 'zh'] as const) {
        const { sentence, remedy } = textOf(language).problem(problem)
        expect(sentence).toContain(name)
        expect(remedy).toMatch(/`http:\/\/.*`%23`.*SOCKS/)
      }
    },
  )

  test.each(variables.flatMap(([name, url]) => proxies.map((value) => [name, value, url] as const)))(
    '%s: %s is one',
    (name, value, url) => {
      stub({ [name]: value })
      expect(proxyOrProblems(url)).toEqual({ url: new URL(value), setBy: name })
    },
  )

  test('small letters come first, a wrong one that does not concern the address is not looked at', () => {
    stub({ https_proxy: 'http://one.example.com', HTTPS_PROXY: 'socks5://two.example.com' })
    expect(proxyOrProblems('https://door.example.com')).toMatchObject({ setBy: 'https_proxy' })
    stub({ HTTPS_PROXY: 'socks5://two.example.com', NO_PROXY: 'example.com' })
    for (const address of ['https://door.example.com', 'https://127.0.0.1', 'http://door.example.org']) {
      expect(proxyOrProblems(address)).toBeUndefined()
    }
  })
})

describe('P3: the input takes the same form, and its remedy says which', () => {
  test.each(noProxies)('wecom-proxy: %s', (value) => {
    const problem = { code: 'input-form', input: 'wecom-proxy', value: '***', form: 'proxy' } as const
    expect(problemsWith('wecom-proxy', value)).toEqual([problem])
    for (const language of ['en', 'zh'] as const) {
      expect(textOf(language).problem(problem).remedy).toMatch(/`http:\/\/.*:.*@.*SOCKS/)
    }
  })

  test.each(proxies)('wecom-proxy: %s', (value) => {
    expect(problemsWith('wecom-proxy', value)).toEqual([])
    expect(proxyUrlOf(value)?.href).toBe(new URL(value).href)
  })
})

describe('P6: an address with the path of a page or a call', () => {
  test.each([
    ['casdoor-endpoint', '/login'],
    ['casdoor-endpoint', '/login/acme'],
    ['casdoor-endpoint', '/signup/app-acme'],
    ['casdoor-endpoint', '/api'],
    ['casdoor-endpoint', '/casdoor/api/'],
    ['casdoor-endpoint', '/api/get-users'],
    ['casdoor-endpoint', '/api/login/oauth/access_token'],
    ['wecom-api-url', '/cgi-bin'],
    ['wecom-api-url', '/wecom/cgi-bin/gettoken'],
  ])('%s: %s', (input, place) => {
    const value = `https://door.example.com${place}`
    const form = input === 'wecom-api-url' ? 'wecom-url' : 'casdoor-url'
    expect(problemsWith(input, value)).toEqual([{ code: 'input-form', input, value, form }])
  })

  test.each([
    ['casdoor-endpoint', '/'],
    ['casdoor-endpoint', '/casdoor'],
    ['casdoor-endpoint', '/api/casdoor'],
    ['casdoor-endpoint', '/logins'],
    ['wecom-api-url', '/wecom'],
  ])('%s: %s may be a prefix', (input, place) => {
    expect(problemsWith(input, `https://door.example.com${place}`)).toEqual([])
  })

  test('what has a password in it too is not shown', () => {
    expect(problemsWith('casdoor-endpoint', 'https://admin:hunter2@door.example.com/login')).toEqual([
      { code: 'input-form', input: 'casdoor-endpoint', value: '***', form: 'casdoor-url' },
    ])
  })

  test.each(['Casdoor', 'WeCom'] as const)(
    'else the 404 of %s names the address that was used',
    (service) => {
      const address = 'door.example.com/elsewhere/api/get-users'
      for (const language of ['en', 'zh'] as const) {
        const { remedy } = textOf(language).problem({
          code: 'http-status',
          service,
          call: 'get-users',
          status: 404,
          address,
        })
        expect(remedy).toContain(address)
      }
    },
  )
})
