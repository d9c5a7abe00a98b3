import { describe, expect, test } from 'vitest'
import type { Status } from '../../../src/model/people.ts'
import { forbiddenBy, statusOf } from '../../../src/plan/status.ts'

const forbid = { notActivated: 'forbid' } as const
const allow = { notActivated: 'allow' } as const

describe('spec 5.2: the status table, row by row (FS-09, FS-10)', () => {
  test.each<[string, { status?: number; enable?: number }, Status, boolean | undefined]>([
    ['enable 0 wins over any status', { status: 1, enable: 0 }, 'disabled', true],
    ['status 2', { status: 2, enable: 1 }, 'disabled', true],
    ['status 5', { status: 5, enable: 1 }, 'quit', true],
    ['status 4', { status: 4, enable: 1 }, 'not-activated', true],
    ['status 1', { status: 1, enable: 1 }, 'active', false],
    ['status 1, enable absent', { status: 1 }, 'active', false],
    ['status 2, enable absent', { status: 2 }, 'disabled', true],
    ['status 4, enable absent', { status: 4 }, 'not-activated', true],
    ['status 5, enable absent', { status: 5 }, 'quit', true],
    ['no status', {}, 'unknown', undefined],
    ['no status, enabled', { enable: 1 }, 'unknown', undefined],
    ['no status, enable 0', { enable: 0 }, 'disabled', true],
    ['a status never documented', { status: 3 }, 'unknown', undefined],
    ['status 0', { status: 0 }, 'unknown', undefined],
  ])('%s', (_, member, status, forbidden) => {
    expect(statusOf(member, forbid)).toBe(status)
    expect(forbiddenBy(statusOf(member, forbid))).toBe(forbidden)
  })

  test('not-activated: allow makes status 4 an active person', () => {
    expect(statusOf({ status: 4 }, allow)).toBe('active')
    expect(forbiddenBy('active')).toBe(false)
  })
})
