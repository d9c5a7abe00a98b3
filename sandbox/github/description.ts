import { readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import type { OperationId } from './names.ts'

type Schema = Readonly<Record<string, unknown>>
type Parameter = {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly schema: Schema
}
type Content = Readonly<Record<string, { readonly schema?: Schema }>>
type Described = {
  readonly operationId: OperationId
  readonly externalDocs?: { readonly url: string }
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[]
  readonly requestBody?: { readonly required?: boolean; readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly content?: Content } | { readonly $ref: string }>>
}
type Description = {
  readonly info: { readonly version: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
  readonly components: Schema
}

/** An operation of GitHub's description that fits a method and a path. */
export type Match = {
  readonly operation: Described
  readonly parameters: Readonly<Record<string, string>>
}

/** GitHub says these of any call, whether or not its description names them there. */
const everywhere = new Set([401, 403, 404, 409, 413, 429, 500, 502, 503])

/** Names of branches and refs have slashes in them. */
const long = new Set(['ref', 'branch', 'base', 'head', 'tree_sha'])

const description = JSON.parse(
  readFileSync(new URL('openapi.json', import.meta.url), 'utf8'),
  asJsonSchema,
) as Description

/**
 * OpenAPI 3.0 says `nullable`, JSON Schema `null`. And where GitHub says `oneOf`, the schemas overlap: a plain
 * refusal fits both of those of `git/create-blob`.
 */
function asJsonSchema(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const { nullable, oneOf, ...rest } = value as Schema
  const schema = oneOf === undefined ? rest : { ...rest, anyOf: oneOf }
  return nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema
}

const ajv = new Ajv({
  strict: false,
  allErrors: true,
  formats: {
    uri: (text: string) => URL.canParse(text),
    'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
    email: true,
    int64: true,
    'repo.nwo': true,
    timestamp: true,
  },
})
ajv.addSchema({ components: description.components }, 'github')

const patterns = Object.entries(description.paths).flatMap(([path, methods]) => {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const pattern = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => (long.has(name) ? '(.+)' : '([^/]+)'))
  const form = new RegExp(`^${pattern.replaceAll('...', String.raw`\.\.\.`)}$`)
  return Object.entries(methods).map(([method, operation]) => ({ method, operation, names, form }))
})

/** Which of GitHub's operations is it? */
export function match(method: string, path: string): Match | undefined {
  for (const each of patterns) {
    const found = each.method.toUpperCase() === method ? each.form.exec(path) : null
    if (found === null) continue
    const values = each.names.map(
      (name, index) => [name, decodeURIComponent(found[index + 1] ?? '')] as const,
    )
    return { operation: each.operation, parameters: Object.fromEntries(values) }
  }
  return undefined
}

/** What of a request is not as GitHub describes it. */
export function wrongsOfRequest(
  { operation, parameters }: Match,
  { query, body }: { readonly query: URLSearchParams; readonly body: unknown },
): readonly string[] {
  const described = (operation.parameters ?? []).map((each) => resolved(each) as Parameter)
  const known = described.filter((each) => each.in === 'query').map(({ name }) => name)
  const given = { ...parameters, ...Object.fromEntries(query) }
  const wrongs = described.flatMap((each) => {
    const value = given[each.name]
    if (value === undefined) return each.required === true ? [`${each.name} is missing`] : []
    return wrongsOf(each.schema, coerced(value, each.schema)).map((wrong) => `${each.name} ${wrong}`)
  })
  const unknown = [...query.keys()].filter((name) => !known.includes(name))
  return [...wrongs, ...unknown.map((name) => `${name} is no parameter`), ...wrongsOfBody(operation, body)]
}

function wrongsOfBody({ requestBody }: Described, body: unknown): readonly string[] {
  const schema = requestBody?.content['application/json']?.schema
  if (schema === undefined) return body === undefined ? [] : ['a body is not described']
  if (body === undefined) return requestBody?.required === true ? ['the body is missing'] : []
  const names = propertiesOf(schema)
  const unknown =
    typeof body === 'object' && body !== null && names.size > 0
      ? Object.keys(body).filter((name) => !names.has(name))
      : []
  return [...wrongsOf(schema, body), ...unknown.map((name) => `${name} is no property of the body`)]
}

/** What of an answer is not as GitHub describes it. */
export function wrongsOfResponse(
  { operation }: Match,
  { status, body }: { readonly status: number; readonly body: unknown },
): readonly string[] {
  const described = operation.responses[String(status)]
  if (described === undefined) return everywhere.has(status) ? [] : [`${status} is not described`]
  const { content = {} } = resolved(described) as { readonly content?: Content }
  const schema = content['application/json']?.schema
  if (schema === undefined) return []
  return wrongsOf(schema, body)
}

/** Where the documentation of an operation is. */
export function documentationOf({ externalDocs }: Described): string {
  return externalDocs?.url ?? 'https://docs.github.com/rest'
}

const validators = new WeakMap<Schema, ValidateFunction>()

function wrongsOf(schema: Schema, value: unknown): readonly string[] {
  let validate = validators.get(schema)
  if (validate === undefined) {
    validate = ajv.compile(pointed(schema) as Schema)
    validators.set(schema, validate)
  }
  if (validate(value)) return []
  return (validate.errors ?? []).slice(0, 5).map((error) => {
    const { instancePath, message = 'is wrong' } = error
    return `${instancePath} ${message}`.trim()
  })
}

/** With its `$ref`s pointing into what ajv knows. */
function pointed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(pointed)
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key,
      key === '$ref' && typeof child === 'string' ? `github${child}` : pointed(child),
    ]),
  )
}

function propertiesOf(schema: Schema): ReadonlySet<string> {
  const { properties = {}, anyOf = [] } = resolved(schema)
  const others = (anyOf as Schema[]).flatMap((each) => [...propertiesOf(each)])
  return new Set([...Object.keys(properties as object), ...others])
}

function resolved(value: object): Schema {
  if (!('$ref' in value) || typeof value.$ref !== 'string') return value as Schema
  const found = value.$ref
    .split('/')
    .slice(1)
    .reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], description)
  return found as Schema
}

/** A parameter as its type: everything in a URL is text. */
function coerced(text: string, schema: Schema): unknown {
  const { type } = resolved(schema)
  if (type === 'integer' && /^-?\d+$/.test(text)) return Number(text)
  if (type === 'boolean' && /^(?:true|false)$/.test(text)) return text === 'true'
  return text
}
