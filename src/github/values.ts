import { isSupportedCountry, type CountryCode } from 'libphonenumber-js/max'
import type { InputForm, InputProblem } from '../model/problem.ts'
import type { Mapping } from '../model/mapping.ts'
import type { Limit } from '../model/policy.ts'
import { inputOf, wholeInputOf, type Environment } from './environment.ts'
import { readMapping } from './mapping-input.ts'
import { proxyUrlOf } from './proxy.ts'
import { placeOf } from './workspace.ts'

/** Stands for a value that may hold a secret. */
const concealed = '***'

/**
 * Takes the inputs apart, strictly. What is wrong is collected, so that all of it can be reported at once; until
 * then a wrong value is replaced by a harmless one that never gets out of `readInputs()`.
 */
export class Values {
  readonly problems: InputProblem[] = []
  readonly #environment: Environment

  constructor(environment: Environment) {
    this.#environment = environment
  }

  /** `""` when it was not given. */
  text(input: string): string {
    return inputOf(this.#environment, input)
  }

  required(input: string): string {
    const value = this.text(input)
    if (value === '') this.problems.push({ code: 'input-missing', input })
    return value
  }

  secret(input: string): string {
    const value = this.text(input)
    if (value === '') this.problems.push({ code: 'input-secret-empty', input })
    return value
  }

  /** One of the allowed words, spelled exactly so; `undefined` when it is none of them. */
  word<Word extends string>(input: string, allowed: readonly Word[]): Word | undefined {
    return this.#oneOf(input, this.text(input), allowed)
  }

  /** Like `word()`, where nothing else hangs on the value. */
  choice<Word extends string>(input: string, allowed: readonly [Word, ...Word[]]): Word {
    return this.word(input, allowed) ?? allowed[0]
  }

  /** Allowed words, each once, in the order given. */
  words<Word extends string>(input: string, allowed: readonly Word[]): readonly Word[] {
    const words = this.list(input).map((value) => this.#oneOf(input, value, allowed))
    return [...new Set(words.filter((word) => word !== undefined))]
  }

  /** Items between commas or line breaks. */
  list(input: string): readonly string[] {
    return this.text(input)
      .split(/[,\r\n]/)
      .map((item) => item.trim())
      .filter((item) => item !== '')
  }

  /** A required value of a certain form. */
  formed(input: string, form: InputForm, pattern: RegExp): string {
    const value = this.required(input)
    if (value !== '' && !pattern.test(value)) this.#misformed(input, value, form)
    return value
  }

  /** The same, where it may be left out. */
  optional(input: string, form: InputForm, pattern: RegExp): string | undefined {
    return this.text(input) === '' ? undefined : this.formed(input, form, pattern)
  }

  /** A base URL: `http:` or `https:`, without credentials, query, fragment, or the path of a page or a call. */
  baseUrl(input: string, form: 'casdoor-url' | 'wecom-url'): URL {
    const value = this.required(input)
    const url = httpUrl(value)
    const masked = value.includes('@') ? concealed : value
    if (url !== undefined && notBase[form].test(url.pathname)) this.#misformed(input, masked, form)
    else if (url !== undefined && url.username + url.password + url.search + url.hash === '') return url
    else if (value !== '') this.#misformed(input, masked, 'url')
    return new URL('https://invalid')
  }

  /** A proxy, with or without credentials, which are never shown. */
  proxy(input: string): URL | undefined {
    const value = this.text(input)
    if (value === '') return undefined
    const url = proxyUrlOf(value)
    if (url === undefined) this.#misformed(input, concealed, 'proxy')
    return url
  }

  /** Removal limits: percentages from 0 to 100 and whole numbers; at least one. */
  limits(input: string): readonly Limit[] {
    const value = this.required(input)
    const limits = this.list(input).map(limitOf)
    const known = limits.filter((limit) => limit !== undefined)
    const isWrong = known.length < limits.length || known.length === 0
    if (value !== '' && isWrong) this.#misformed(input, value, 'limits')
    return known
  }

  digest(input: string): string | undefined {
    const value = this.text(input)
    if (value === '') return undefined
    if (!/^[0-9a-f]{64}$/i.test(value)) this.#misformed(input, value, 'digest')
    return value.toLowerCase()
  }

  country(input: string): CountryCode {
    const value = this.required(input)
    const country = value.toUpperCase()
    if (isSupportedCountry(country)) return country
    if (value !== '') this.#misformed(input, value, 'country')
    return 'CN'
  }

  mapping(input: string): Mapping {
    const { mapping, problems } = readMapping(wholeInputOf(this.#environment, input))
    this.problems.push(...problems)
    return mapping
  }

  /** A whole number from 1 to 32. */
  concurrency(input: string): number {
    const value = this.required(input)
    const number = /^\d{1,2}$/.test(value) ? Number(value) : 0
    if (value !== '' && (number < 1 || number > 32)) this.#misformed(input, value, 'concurrency')
    return number
  }

  /** A file or, with `/` at its end, a directory inside the workspace, relative to it. */
  place(input: string): string {
    const value = this.required(input)
    const place = placeOf(value, this.#environment)
    if (place.kind === 'unportable') this.#misformed(input, value, 'portable-path')
    const isWrong = place.kind === 'outside' || place.path === ''
    if (value !== '' && isWrong) this.#misformed(input, value, 'path')
    return place.kind === 'folder' ? `${place.path}/` : place.path
  }

  /** A branch; by default the one the run is on. */
  branch(input: string): string {
    const value = this.text(input).replace(/^refs\/heads\//, '')
    const [, own = ''] = /^refs\/heads\/(.+)$/.exec(this.#environment['GITHUB_REF'] ?? '') ?? []
    if (value === '' && own === '') this.problems.push({ code: 'input-missing', input })
    // https://git-scm.com/docs/git-check-ref-format
    if (/[\s\p{Cc}~^:?*[\\]|\.\.|@\{|\/\/|\/\.|^[-/.]|[/.]$|\.lock(?:\/|$)|^@$/u.test(value))
      this.#misformed(input, value, 'branch')
    return value === '' ? own : value
  }

  /** One line. */
  line(input: string): string {
    return this.text(input).replaceAll(/\s+/g, ' ')
  }

  /** Logins, and teams as `org/team`, with or without `@`. */
  reviewers(input: string): readonly string[] {
    const reviewers = this.list(input).map((reviewer) => reviewer.replace(/^@/, ''))
    const wrong = reviewers.find((reviewer) => !/^[\w-]+(?:\[bot\])?$|^[\w-]+\/[\w.-]+$/.test(reviewer))
    if (wrong !== undefined) this.#misformed(input, wrong, 'reviewers')
    return reviewers
  }

  #oneOf<Word extends string>(input: string, value: string, allowed: readonly Word[]): Word | undefined {
    const word = allowed.find((each) => each === value)
    if (word === undefined) this.problems.push({ code: 'input-word', input, value, allowed })
    return word
  }

  #misformed(input: string, value: string, form: InputForm): void {
    this.problems.push({ code: 'input-form', input, value, form })
  }
}

/** Paths that people copy from the address bar or from the documentation, and that are added to the base anyway. */
const notBase = {
  'casdoor-url': /\/(?:login|signup)(?:\/|$)|\/api\/*$|\/api\/(?:get|add|update|delete|login|userinfo)/i,
  'wecom-url': /\/cgi-bin(?:\/|$)/i,
}

function httpUrl(value: string): URL | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url : undefined
}

function limitOf(item: string): Limit | undefined {
  const found = /^(\d{1,9}(?:\.\d{1,3})?) ?(%?)$/.exec(item)
  if (found === null) return undefined
  const value = Number(found[1])
  if (found[2] === '%') return value <= 100 ? { kind: 'percent', value } : undefined
  return Number.isInteger(value) && !item.includes('.') ? { kind: 'count', value } : undefined
}
