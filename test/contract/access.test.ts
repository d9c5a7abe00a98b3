import { describe, expect, test } from 'vitest'
import { ask, aUser, basic, uniqueName } from './where.ts'

const wrong = { authorization: basic('wrong') }

/** The session cookie that an answer sets. */
function cookieOf({ headers }: { headers: Headers }): string | undefined {
  return /casdoor_session_id=[^;]+/.exec(headers.get('set-cookie') ?? '')?.[0]
}

describe('wrong credentials', () => {
  test.each([
    ['a wrong secret', basic('wrong')],
    ['an unknown client id', basic('test-client-secret', 'nobody')],
    ['no credentials', null],
  ])('%s go on as nobody, who may not read an organization', async (_, authorization) => {
    const reply = await ask('get-organization?id=admin/acme', { authorization })
    expect(reply).toMatchObject({ http: 200, status: 'error', msg: 'Unauthorized operation' })
  })

  test.each([
    'get-users?owner=acme&p=1&pageSize=1',
    'get-user-count?owner=acme',
    'get-groups?owner=acme',
    'get-syncers?owner=admin',
    'get-version-info',
  ])('%s is refused', async (path) => {
    expect(await ask(path, wrong)).toMatchObject({ status: 'error', msg: 'Unauthorized operation' })
  })

  test('a write is refused', async () => {
    const reply = await ask('add-user', { ...wrong, body: { owner: 'acme', name: uniqueName() } })
    expect(reply).toMatchObject({ status: 'error', msg: 'Unauthorized operation' })
  })

  test('a user who is not there looks like a good answer', async () => {
    const reply = await ask(`get-user?id=acme/${uniqueName()}`, wrong)
    expect(reply).toMatchObject({ status: 'ok', msg: '', data: null })
  })

  test('a user who is there does not', async () => {
    const name = await aUser()
    expect(await ask(`get-user?id=acme/${name}`, wrong)).toMatchObject({
      status: 'error',
      msg: 'Please login first',
    })
  })

  test('a route that does not exist is not told', async () => {
    expect(await ask('get-nothing', wrong)).toMatchObject({ http: 200, msg: 'Unauthorized operation' })
  })

  test('in the query a wrong secret is told', async () => {
    const path = 'get-user-count?owner=acme&clientId=test-client-id&clientSecret=wrong'
    const reply = await ask(path, { authorization: null })
    expect(reply.msg).toBe('Incorrect client secret for application: app-acme')
  })

  test('an unknown Bearer is told', async () => {
    const reply = await ask('get-user-count?owner=acme', { authorization: 'Bearer unknown' })
    expect(reply.msg).toBe("Access token doesn't exist in database")
  })
})

describe('right credentials', () => {
  test('the client may read every organization, not only that of its application', async () => {
    const reply = await ask('get-users?owner=acme-world&p=1&pageSize=1')
    expect(reply.status).toBe('ok')
  })

  test('and write into it', async () => {
    await expect(aUser({}, 'acme-world')).resolves.toEqual(expect.any(String))
  })

  test('a user who is not there is null', async () => {
    expect(await ask(`get-user?id=acme/${uniqueName()}`)).toMatchObject({ status: 'ok', data: null })
  })
})

describe('the session cookie', () => {
  const path = 'get-user-count?owner=acme'

  test('comes with the answer to a request without one', async () => {
    expect(cookieOf(await ask(path))).toBeDefined()
  })

  test('is not set again when it is sent back', async () => {
    const cookie = cookieOf(await ask(path)) ?? ''
    expect(cookieOf(await ask(path, { headers: { cookie } }))).toBeUndefined()
  })

  test('is a credential of its own', async () => {
    const cookie = cookieOf(await ask(path)) ?? ''
    const reply = await ask(path, { headers: { cookie }, authorization: null })
    expect(reply.status).toBe('ok')
  })

  test('hides a wrong secret', async () => {
    const cookie = cookieOf(await ask(path)) ?? ''
    const reply = await ask(path, { headers: { cookie }, ...wrong })
    expect(reply.status).toBe('ok')
  })

  test('of nobody opens nothing', async () => {
    const cookie = cookieOf(await ask('health', { authorization: null })) ?? ''
    const reply = await ask(path, { headers: { cookie }, authorization: null })
    expect(reply.msg).toBe('Unauthorized operation')
  })

  test('that the server does not know is replaced', async () => {
    const headers = { cookie: 'casdoor_session_id=0123456789abcdef0123456789abcdef' }
    const reply = await ask(path, { headers })
    expect(reply.status).toBe('ok')
    expect(cookieOf(reply)).toBeDefined()
  })
})
