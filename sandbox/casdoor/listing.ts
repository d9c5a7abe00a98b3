import { folded, noSuchColumn, type Database } from './database.ts'
import { columnOf } from './row.ts'

type Row = Readonly<Record<string, unknown>>

/** What a list is made from: rows in the order they were added, and how its columns are called. */
export type Table<T extends Row> = {
  readonly rows: readonly T[]
  /** Column → JSON key. */
  readonly columns: ReadonlyMap<string, string>
  /** What stands before a column of the sorted query, such as `a.`; the count before it has none. */
  readonly alias: string
  readonly database: Database
}

/** A filtered and sorted table, from which pages are cut. */
export type Listing<T extends Row> = { readonly rows: readonly T[]; readonly sortedBy: string }

/** Both are needed; else filter and sort are ignored and everything is listed (casdoor-api.md 3). */
export function isPaged(query: URLSearchParams): boolean {
  return (query.get('p') ?? '') !== '' && (query.get('pageSize') ?? '') !== ''
}

/** The parts of a query that decide the listing, whichever page is requested. */
export function listingKey(query: URLSearchParams): string {
  const parts = ['owner', 'groupName', 'field', 'value', 'sortField', 'sortOrder']
  return JSON.stringify(parts.map((part) => query.get(part)))
}

/**
 * Filters and sorts (`object/ormer_session.go:32-90`). A field name that is not letters and digits is ignored; one
 * that names no column is the database's error, which is returned as text.
 */
export function arrange<T extends Row>(table: Table<T>, query: URLSearchParams): Listing<T> | string {
  const { columns, alias, database } = table
  const field = clean(query.get('field'))
  const value = query.get('value') ?? ''
  const isFiltered = field !== undefined && value !== ''
  const sortField = query.get('sortOrder') === null ? undefined : clean(query.get('sortField'))
  const sortColumn = columnOf(sortField ?? 'createdTime')
  const named = [
    isFiltered ? columnOf(field) : undefined,
    isFiltered ? columnOf(alias + field) : undefined,
    alias + sortColumn,
  ]
  const missing = named.find((column) => column !== undefined && !columns.has(column.replace(alias, '')))
  if (missing !== undefined) {
    return noSuchColumn(missing, missing === named[2] ? 'ORDER BY' : 'WHERE', database)
  }

  const filterKey = isFiltered ? columns.get(columnOf(field)) : undefined
  const sortedBy = columns.get(sortColumn) ?? sortColumn
  const kept = filterKey === undefined ? table.rows : matching(table.rows, filterKey, value, database)
  if (typeof kept === 'string') return kept
  return { rows: sorted(kept, sortedBy, query.get('sortOrder') === 'ascend', database), sortedBy }
}

function clean(field: string | null): string | undefined {
  return field !== null && /^[A-Za-z0-9]+$/.test(field) ? field : undefined
}

function matching<T extends Row>(
  rows: readonly T[],
  key: string,
  value: string,
  database: Database,
): readonly T[] | string {
  const type = sqlTypes.get(typeof rows[0]?.[key])
  if (database === 'postgres' && type !== undefined) return `pq: operator does not exist: ${type} ~~ unknown`
  const pattern = value
    .replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('%', '.*')
    .replaceAll('_', '.')
  const like = new RegExp(pattern, database === 'postgres' ? 's' : 'is')
  return rows.filter((row) => like.test(stored(row[key])))
}

/** Types that PostgreSQL does not compare with `LIKE`. */
const sqlTypes: ReadonlyMap<string, string> = new Map([
  ['boolean', 'boolean'],
  ['number', 'integer'],
])

/** A value as SQLite and MySQL hold it. */
function stored(value: unknown): string {
  if (typeof value === 'boolean') return value ? '1' : '0'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function sorted<T extends Row>(
  rows: readonly T[],
  key: string,
  isAscending: boolean,
  database: Database,
): readonly T[] {
  const sign = isAscending ? 1 : -1
  const weights = new Map(
    rows.map((row) => {
      const value = row[key]
      return [row, typeof value === 'string' ? folded(value, database) : value]
    }),
  )
  return rows.toSorted((one, other) => sign * compare(weights.get(one), weights.get(other)))
}

function compare(one: unknown, other: unknown): number {
  if (one === other) return 0
  return (one as string) < (other as string) ? -1 : 1
}

/** The order without paging: the newest first, and by name those of the same second. */
export function newestFirst<T extends { createdTime: string; name: string }>(rows: readonly T[]): T[] {
  return rows.toSorted(
    (one, other) => compare(other.createdTime, one.createdTime) || compare(one.name, other.name),
  )
}

/**
 * One page, or nothing when `pageSize` is no whole number, over which Casdoor's handler panics. Past the last
 * page comes the last page again, before the first the first (`beego:core/utils/pagination/paginator.go`).
 */
export function cut<T extends Row>(
  { rows, sortedBy }: Listing<T>,
  query: URLSearchParams,
): readonly T[] | undefined {
  const size = integer(query.get('pageSize'))
  if (size === undefined) return undefined
  const perPage = size > 0 ? size : 10
  const page = Math.max(1, Math.min(integer(query.get('p')) ?? 0, Math.ceil(rows.length / perPage)))
  const start = (page - 1) * perPage
  const cutOut = size < 0 ? rows.slice(start) : rows.slice(start, start + size)
  return withTies(cutOut, rows[start - 1], sortedBy)
}

function integer(text: string | null): number | undefined {
  return text !== null && /^[+-]?\d+$/.test(text) ? Number(text) : undefined
}

/**
 * Databases promise no order among equal values, and PostgreSQL does change it from page to page: with the
 * default sort, by a time in whole seconds, 5,000 rows showed 4,977 people (casdoor-api.md 3). So does the
 * sandbox: a page that begins among equals repeats the last row of the page before and loses its own first.
 */
function withTies<T extends Row>(page: readonly T[], before: T | undefined, key: string): readonly T[] {
  const first = page[0]
  if (before === undefined || first === undefined || before[key] !== first[key]) return page
  return [before, ...page.slice(1)]
}
