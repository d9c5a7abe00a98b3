import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { charsetIn, decoded, isCharset, parsedJson, wellFormed } from '../../../src/model/strict-text.ts'

describe('S1: bytes become text strictly', () => {
  test('by UTF-8, without a byte order mark', () => {
    expect(decoded(Buffer.from('\ufeff王伟'))).toBe('王伟')
    expect(decoded(Buffer.from([]))).toBe('')
  })

  test.each([
    ['GBK', [0xcd, 0xf5]],
    ['a byte that never stands in UTF-8', [0xff]],
    ['half a character', [0xe7, 0x8e]],
    ['half a surrogate pair', [0xed, 0xa0, 0xbd]],
    ['more bytes than it takes', [0xc0, 0x80]],
  ])('%s is no text', (_, bytes) => {
    expect(decoded(Uint8Array.from([0x41, ...bytes, 0x42]))).toBeUndefined()
  })

  test('any text comes back, any other bytes do not', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decoded(Buffer.from(`a${text}`))).toBe(`a${text}`)
      }),
    )
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
        const text = decoded(Buffer.concat([Buffer.from('a'), bytes]))
        expect(text === undefined || Buffer.from(text).subarray(1).equals(bytes)).toBe(true)
      }),
    )
  })

  test.each(['gbk', 'GB18030', 'gb2312', 'big5', 'utf-16le'])('the charset %s is known', (charset) => {
    expect(isCharset(charset)).toBe(true)
  })

  test.each(['x-our-own', 'replacement', 'utf-9'])('the charset %s is not', (charset) => {
    expect(isCharset(charset)).toBe(false)
  })

  test('a named charset is strict too', () => {
    expect(decoded(Uint8Array.from([0xcd, 0xf5]), 'gbk')).toBe('王')
    expect(decoded(Uint8Array.from([0x41, 0xcd]), 'gbk')).toBeUndefined()
  })

  test.each([
    ['application/json', 'utf-8'],
    ['', 'utf-8'],
    ['application/json; charset=UTF-8', 'UTF-8'],
    ['application/json;Charset="gbk"; x=y', 'gbk'],
    ['text/plain; charset = GB18030', 'GB18030'],
    ['application/json; charset=', 'utf-8'],
    ['application/json; charset=ISO-8859-1', 'utf-8'],
    ['application/json; charset=windows-1252', 'utf-8'],
    ['application/json; x-charset=gbk', 'utf-8'],
  ])('%s: %s', (contentType, charset) => {
    expect(charsetIn(contentType)).toBe(charset)
  })
})

describe('S2: a raw control character inside a text is a blank', () => {
  test.each(Array.from({ length: 32 }, (_, code) => code))('%i', (code) => {
    const raw = String.fromCharCode(code)
    expect(parsedJson(`{"a":"x${raw}y", \n\r\t"k${raw}":[1]}`)).toEqual({ a: 'x y', 'k ': [1] })
  })

  test('a quote or a backslash that is escaped does not end the text', () => {
    expect(parsedJson('["a\\"\u0014\\\\","\u0001b"]')).toEqual(['a" \\', ' b'])
  })

  test.each([
    ['outside a text', '[1,\u00142]'],
    ['behind a backslash', '["\\\u0014"]'],
    ['and an error elsewhere', '["\u0014",]'],
    ['in a text without an end', '["\u0014'],
    ['nothing', ''],
    ['a page', '<!doctype html>\u0014'],
  ])('%s it is an error', (_, text) => {
    expect(() => parsedJson(text)).toThrow(SyntaxError)
  })

  test('what is JSON already stays as it is', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parsedJson(text)).toEqual(JSON.parse(text))
      }),
    )
  })
})

describe('S3: text is made well-formed once', () => {
  test.each([
    ['"a\\ud83d"', 'a\ufffd'],
    ['"\\udc00a"', '\ufffda'],
    ['"\\ud83d\\ude00"', '😀'],
    ['"\\ud83d\\ud83d\\ude00"', '\ufffd😀'],
    ['[{"k\\udfff":["\\ud800",1,null,true]}]', [{ 'k\ufffd': ['\ufffd', 1, null, true] }]],
  ])('%s', (text, expected) => {
    expect(parsedJson(text)).toEqual(expected)
  })

  test('once: what is well-formed stays', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0xd700, max: 0xe000 })), (units) => {
        const text = String.fromCharCode(...units)
        expect(wellFormed(text).isWellFormed()).toBe(true)
        expect(wellFormed(wellFormed(text))).toBe(wellFormed(text))
        expect(parsedJson(JSON.stringify({ [text]: text }))).toEqual({ [wellFormed(text)]: wellFormed(text) })
        expect(decoded(Buffer.from(text))).toBe(wellFormed(text))
      }),
    )
  })
})
