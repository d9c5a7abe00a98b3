import { describe, expect, test } from 'vitest'
import { addUser, uniqueName, isFolding, ask, aUser } from './where.ts'

const rule =
  'The username may only contain alphanumeric characters, underlines or hyphens, cannot have consecutive hyphens or underlines, and cannot begin or end with a hyphen or underline.'

describe('a username', () => {
  test.each(['', '.san', '_san', '-san', '.a-b_c', 'San'])('may be followed by %j', async (end) => {
    expect(await addUser({ name: uniqueName() + end })).toMatchObject({ status: 'ok' })
  })

  test.each([
    '_',
    '-',
    '.',
    '__san',
    '--san',
    '..san',
    '._san',
    '@acme',
    ' ',
    ' san',
    "'san",
    '*san',
    '~san',
    '三',
    'é',
  ])('may not be followed by %j', async (end) => {
    expect(await addUser({ name: uniqueName() + end })).toMatchObject({ status: 'error', msg: rule })
  })

  test.each(['_', '-', '.', ' ', '@', '张'])('may not begin with %j', async (start) => {
    expect(await addUser({ name: start + uniqueName() })).toMatchObject({ status: 'error', msg: rule })
  })

  test.each(['/', '?', ':', '#', '&', '%', '=', '+', ';'])(
    'with %j does not reach the rule',
    async (character) => {
      const { status, msg } = await addUser({ name: uniqueName() + character + 'san' })
      expect({ status, msg }).toEqual({
        status: 'error',
        msg: 'Field \'name\' contains forbidden characters: "/?:#&%=+;"',
      })
    },
  )

  test('may have 255 characters', async () => {
    expect(await addUser({ name: uniqueName().padEnd(255, 'x') })).toMatchObject({ status: 'ok' })
  })

  test('may not have 256', async () => {
    const { msg } = await addUser({ name: uniqueName().padEnd(256, 'x') })
    expect(msg).toBe('Username is too long (maximum is 255 characters).')
  })

  test('may differ from another in case alone, but on MySQL', async () => {
    const name = uniqueName()
    expect(await addUser({ name })).toMatchObject({ status: 'ok' })
    const taken = { msg: 'Username already exists' }
    expect(await addUser({ name: name.toUpperCase() })).toMatchObject(isFolding ? taken : { status: 'ok' })
  })

  test('in another case is found on MySQL, with its own spelling', async () => {
    const name = await aUser()
    const { data } = await ask(`get-user?id=acme/${name.toUpperCase()}`)
    expect((data as { name: string } | null)?.name).toBe(isFolding ? name : undefined)
  })
})

describe('with useEmailAsUsername', () => {
  test.each(['@acme.example', '__san', ' san!', '-'])('a username may be followed by %j', async (end) => {
    expect(await addUser({ name: uniqueName() + end }, 'acme-email')).toMatchObject({ status: 'ok' })
  })

  test.each(['张三', '@x'])('%j is no username', async (name) => {
    const { msg } = await addUser({ name }, 'acme-email')
    expect(msg).toMatch(/^Username supports email format\. Also The username may only/)
  })
})
