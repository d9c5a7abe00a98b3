import { describe, expect, test } from 'vitest'
import { addUser, ask, aUser, basic, readUser, uniqueName } from './where.ts'

const keys = ['status', 'msg', 'sub', 'name', 'data', 'data2', 'data3'].toSorted()

describe('the envelope', () => {
  test('success is HTTP 200 with status ok and all seven keys', async () => {
    const reply = await ask('get-user-count?owner=acme')
    expect(reply).toMatchObject({ http: 200, status: 'ok', msg: '', data2: null })
    expect(Object.keys(JSON.parse(reply.text) as object).toSorted()).toEqual(keys)
  })

  test('an error of a controller is HTTP 200 too, with data null and all seven keys', async () => {
    const reply = await addUser({ name: '' })
    expect(reply).toMatchObject({ http: 200, status: 'error', data: null, data2: null })
    expect(Object.keys(JSON.parse(reply.text) as object).toSorted()).toEqual(keys)
  })

  test('a refusal by a filter lacks sub, name and data3', async () => {
    const reply = await ask('get-users?owner=acme', { authorization: null })
    expect(reply.http).toBe(200)
    expect(JSON.parse(reply.text)).toEqual({
      status: 'error',
      msg: 'Unauthorized operation',
      data: null,
      data2: null,
    })
  })

  test('a change answers Affected and nothing of the user', async () => {
    const reply = await addUser()
    expect(reply).toMatchObject({ status: 'ok', msg: '', data: 'Affected' })
  })
})

describe('what is not an envelope', () => {
  test.each([
    ['a GET of a route that wants POST', 'add-user', {}],
    ['a POST of a route that wants GET', 'get-users?owner=acme', { body: {} }],
    ['a route that does not exist', 'get-nothing', {}],
  ])('%s is HTTP 404 with HTML', async (_, path, asking) => {
    const { http, headers, status } = await ask(path, asking)
    expect({ http, status }).toEqual({ http: 404, status: undefined })
    expect(headers.get('content-type')).toContain('text/html')
  })

  test('a doubled slash before api is no API path', async () => {
    const { headers, status } = await ask('//api/get-users?owner=acme')
    expect(status).toBeUndefined()
    expect(headers.get('content-type')).not.toContain('json')
  })

  test('a handler that panics is HTTP 500 without JSON', async () => {
    const { http, status } = await ask('get-users?owner=acme&p=1&pageSize=abc')
    expect({ http, status }).toEqual({ http: 500, status: undefined })
  })
})

describe('the request', () => {
  test('health wants no credentials', async () => {
    expect(await ask('health', { authorization: null })).toMatchObject({ http: 200, status: 'ok' })
  })

  test('the version is told to the client', async () => {
    const { data } = await ask('get-version-info')
    expect((data as { version: unknown }).version).toEqual(expect.any(String))
  })

  test('JSON is compressed for who accepts gzip', async () => {
    const { headers, status } = await ask('health', { headers: { 'accept-encoding': 'gzip' } })
    expect({ encoding: headers.get('content-encoding'), status }).toEqual({ encoding: 'gzip', status: 'ok' })
  })

  test('JSON may come as text/plain', async () => {
    const name = uniqueName()
    const body = { owner: 'acme', name, displayName: '张三' }
    const headers = { 'content-type': 'text/plain' }
    expect(await ask('add-user', { body, headers })).toMatchObject({ data: 'Affected' })
    expect(await ask('delete-user', { body })).toMatchObject({ data: 'Affected' })
  })

  test.each([
    ['no body', ''],
    ['half a body', '{"owner":"acme"'],
  ])('%s is told as an unexpected end', async (_, body) => {
    expect(await ask('add-user', { body })).toMatchObject({ msg: 'unexpected end of JSON input' })
  })

  test('a value of another type is told with its field', async () => {
    const { msg } = await addUser({ isForbidden: 'yes' })
    expect(msg).toBe('json: cannot unmarshal string into Go struct field User.isForbidden of type bool')
  })

  test('properties hold text only', async () => {
    const { msg } = await addUser({ properties: { floor: 7 } })
    expect(msg).toBe('json: cannot unmarshal number into Go struct field User.properties of type string')
  })

  test('keys match ignoring case', async () => {
    const name = await aUser({ WeCom: 'Zhang_San', ExternalID: 'outside', DISPLAYNAME: '张三丰' })
    expect(await readUser(name)).toMatchObject({
      wecom: 'Zhang_San',
      externalId: 'outside',
      displayName: '张三丰',
    })
  })

  test('unknown keys, and column names as keys, are ignored', async () => {
    const name = await aUser({ display_name: 'no', nothing: { of: 'it' } })
    expect(await readUser(name)).toMatchObject({ displayName: '张三' })
  })

  test('the language of refusals is the one asked for', async () => {
    const asking = { authorization: basic('wrong'), headers: { 'accept-language': 'zh' } }
    expect(await ask('get-users?owner=acme', asking)).toMatchObject({ msg: '未授权的操作' })
  })
})
