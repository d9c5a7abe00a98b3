import { expect, test } from 'vitest'
import { addUser, aGroup, aUser, database, readGroup, readUser, updateUser, uniqueName } from './where.ts'

/*
 * What is stored of texts that databases are known to have trouble with. Everything not named here comes back as it
 * was sent, from each field: none is trimmed, composed, or put into another form.
 */

const long = '长'
const texts: Readonly<Record<string, string>> = {
  'four bytes': '张😀三',
  'a decomposed accent': 'e\u0301',
  widths: 'ＡＢＣ｡ｱ',
  'trailing blanks': '张三  ',
  'leading blanks': '  张三',
  'an ideographic blank': '张三\u3000',
  bidi: 'a\u202Eb\u2066c',
  'no width': 'a\u200Bb\u2060c\uFEFF',
  'a soft hyphen': 'a\u00ADb',
  controls: 'a\u0001b\u0007c\u001Bd\u007Fe\u0085f',
  'line breaks': 'a\r\nb\u2028c\td',
  'a noncharacter': 'a\uFFFEb',
  quotes: `a\\b'"\`%_<&>`,
  '100 characters of four bytes': '😀'.repeat(100),
}

const columns = [
  'displayName',
  'title',
  'avatar',
  'bio',
  'homepage',
  'affiliation',
  'tag',
  'location',
] as const

test.each(Object.entries(texts))('%s is stored as sent, by an add and by an update', async (_, text) => {
  const values = Object.fromEntries(columns.map((column) => [column, text]))
  const sent = { ...values, properties: { note: text } }
  const name = await aUser(sent)
  expect(await readUser(name)).toMatchObject(sent)
  const other = await aUser()
  await updateUser(other, [...columns, 'properties'].join(','), sent)
  expect(await readUser(other)).toMatchObject(sent)
})

test.each(Object.entries(texts))('%s is stored as sent in the name of a group', async (_, text) => {
  const name = await aGroup({ displayName: text, properties: { note: text } })
  expect(await readGroup(name)).toMatchObject({ displayName: text, properties: { note: text } })
})

test('half a surrogate pair becomes U+FFFD everywhere', async () => {
  const name = await aUser({ title: 'a\uD83D', properties: { note: '\uDE00b' } })
  expect(await readUser(name)).toMatchObject({ title: 'a\uFFFD', properties: { note: '\uFFFDb' } })
})

test('a NUL byte is refused by PostgreSQL alone', async () => {
  const title = 'a\0b'
  const { status, msg } = await addUser({ title })
  const nul = 'pq: invalid byte sequence for encoding "UTF8": 0x00'
  expect({ status, msg }).toEqual(
    database === 'postgres' ? { status: 'error', msg: nul } : { status: 'ok', msg: '' },
  )
})

test.each(['displayName', 'title', 'email', 'bio', 'homepage'])(
  'more than 100 characters of %s are refused by MySQL and PostgreSQL',
  async (column) => {
    const text = long.repeat(101)
    const { msg } = await addUser({ [column]: column === 'email' ? uniqueName().padEnd(101, 'x') : text })
    const refused = {
      sqlite: '',
      mysql: `Error 1406 (22001): Data too long for column '${column === 'displayName' ? 'display_name' : column}' at row 1`,
      postgres: 'pq: value too long for type character varying(100)',
    }
    expect(msg).toBe(refused[database])
  },
)

test('1,000 characters fit into an avatar and into properties', async () => {
  const values = { avatar: long.repeat(1000), properties: { note: long.repeat(1000) } }
  const name = await aUser(values)
  expect(await readUser(name)).toMatchObject(values)
})
