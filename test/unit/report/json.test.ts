import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { planDocument } from '../../../src/report/json.ts'
import { summary } from '../../../src/report/summary.ts'
import { textOf } from '../../../src/text/language.ts'
import { aDepartmentChange, aRun, departmentChangesOf, edits } from '../../make.ts'
import { cases, plan, remarks, run, usual } from './cases.ts'

const schema: unknown = JSON.parse(
  readFileSync(new URL('../../../schema/plan.schema.json', import.meta.url), 'utf8'),
)
const validate = new Ajv({ allErrors: true, strict: true, strictRequired: false }).compile(schema as object)
const levels = ['full', 'masked', 'hidden'] as const

test.each(cases.flatMap((one) => levels.map((level) => ({ ...one, level }))))(
  'the plan of $name at $level keeps to its schema',
  ({ run: made, level }) => {
    const document = planDocument(made, level)
    expect(document === undefined).toBe(made.result === undefined)
    if (document === undefined) return
    validate(JSON.parse(JSON.stringify(document)))
    expect(validate.errors ?? []).toEqual([])
  },
)

test('the schema refuses what it does not know', () => {
  const document = planDocument(run(plan(usual)), 'full')
  expect(validate({ ...document, secret: 'x' })).toBe(false)
  expect(validate({ ...document, changes: [{ kind: 'promote', departments: [], fields: [] }] })).toBe(false)
})

describe('the plan document', () => {
  const made = run(plan(usual, { remarks }))

  test('is the same for the same plan, byte for byte, and holds no time', () => {
    const again = run(
      plan(
        usual.map((change) => ({ ...change })),
        { remarks },
      ),
      { seconds: { read: 99, write: 99 } },
    )
    expect(JSON.stringify(planDocument(again, 'masked'))).toBe(JSON.stringify(planDocument(made, 'masked')))
  })

  test('shows everything at full', () => {
    expect(planDocument(made, 'full')?.changes[4]).toEqual({
      kind: 'update',
      userid: 'liu.yan',
      displayName: '刘燕',
      name: 'liu.yan',
      departments: [21],
      fields: edits({ phone: ['13800000001', '13900000002'], email: ['', 'liu.yan@example.com'] }).fields,
    })
  })

  test('masks phones and e-mails at masked', () => {
    expect(planDocument(made, 'masked')?.changes[4]?.fields).toEqual(
      edits({ phone: ['138••••0001', '139••••0002'], email: ['', 'l•••@example.com'] }).fields,
    )
  })

  test('keeps kinds, causes, departments and names of fields at hidden', () => {
    const document = planDocument(made, 'hidden')
    expect(document?.changes[0]).toEqual({
      kind: 'forbid',
      departments: [3],
      cause: 'left',
      fields: [{ field: 'status' }],
    })
    expect(document?.remarks[0]).toEqual({ kind: 'hidden', departments: [40], problem: { code: 'hidden' } })
  })

  test('is absent for a run that stopped before there was a plan', () => {
    expect(planDocument(aRun(), 'full')).toBeUndefined()
  })

  test('a renamed department is named as it is called from now on', () => {
    const changes = departmentChangesOf([
      { id: 5, before: { id: 5, name: '旧' }, after: { id: 5, name: '新' }, people: 3 },
      { id: 6, before: { id: 6, name: '没' }, people: 0 },
      { id: 7, after: { id: 7, name: '来' }, people: 0 },
    ])
    const document = planDocument(run(plan([], { departmentChanges: changes })), 'full')
    expect(document?.departments).toEqual([
      { id: 5, change: 'renamed', name: '新' },
      { id: 6, change: 'removed', name: '没' },
      { id: 7, change: 'added', name: '来' },
    ])
  })

  test('what happens to a department has the same name as in the summary', () => {
    const before = { id: 2, name: '研发部', parent: 1, disabled: true } as const
    const after = { id: 2, name: '研发中心', parent: 1 }
    const departmentChanges = [aDepartmentChange({ id: 2, before, after, people: 42 })]
    const groups = { organization: 'acme', enabled: 22, memberships: 1300 }
    const returned = run(plan([], { departmentChanges, groups }))
    expect(planDocument(returned, 'full')?.departments).toEqual([
      { id: 2, change: 'renamed', name: '研发中心' },
    ])
    expect(summary(returned, { text: textOf('en'), level: 'full' })).toContain(
      '<b>研发部</b> is now called <b>研发中心</b>: 42 people; its group is enabled again',
    )
  })
})
