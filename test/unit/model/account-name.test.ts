import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nameOf, namesFor } from '../../../src/model/account-name.ts'

const rule = /^[a-zA-Z0-9]+([-._][a-zA-Z0-9]+)*$/

describe('spec 6.2: names', () => {
  test.each(['ZhangSan', 'zhang.san', 'zhang_san', 'zhang-san', '123', 'a', 'a.b-c_d', 'a'.repeat(255)])(
    '%s is taken as it is',
    (userid) => {
      expect(nameOf(userid)).toBe(userid)
    },
  )

  test.each([
    ['li__si', 'li-si'],
    ['a@b.cn', 'a-b.cn'],
    ['zhao-', 'zhao'],
    ['-_zhao_.', 'zhao'],
    ['_', 'user'],
    ['张三', 'user'],
    ['a.-b', 'a-b'],
    ['a@@b', 'a-b'],
    ['a'.repeat(256), 'a'.repeat(248)],
  ])('%s becomes %s with six hex digits', (userid, start) => {
    expect(nameOf(userid)).toMatch(new RegExp(`^${start}-[0-9a-f]{6}$`))
  })

  test('the digits are of the lower-cased userid, so that a change of case changes nothing in them', () => {
    expect(nameOf('LI__SI').slice(-6)).toBe(nameOf('li__si').slice(-6))
  })

  test("a made-up name that is somebody's userid makes that userid give way", () => {
    const madeUp = nameOf('li__si')
    const nameFor = namesFor(['li__si', madeUp.toUpperCase()])
    expect(nameFor('li__si')).toBe(madeUp)
    expect(nameFor(madeUp.toUpperCase())).toMatch(/^LI-SI-[0-9A-F]{6}-[0-9a-f]{6}$/)
  })

  test('any userids: valid, at most 255 characters, distinct without regard to case', () => {
    const userid = fc.oneof(
      fc.string({ minLength: 1, maxLength: 300, unit: fc.constantFrom('a', 'B', '1', '.', '-', '_', '@') }),
      fc.string({ minLength: 1, maxLength: 64, unit: 'grapheme' }),
    )
    fc.assert(
      fc.property(fc.uniqueArray(userid, { selector: (id) => id.toLowerCase() }), (userids) => {
        const names = userids.map(namesFor(userids))
        for (const name of names) {
          expect(name).toMatch(rule)
          expect(name.length).toBeLessThanOrEqual(255)
        }
        expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(userids.length)
      }),
    )
  })
})
