import { describe, expect, test } from 'vitest'
import { set } from './act.ts'

describe('mode: check (spec 9)', () => {
  test('all well: every line has a tick, and nothing is written', async () => {
    const { casdoor, act } = await set()
    const { code, outputs, summary } = await act({ mode: 'check' })
    expect({ code, outcome: outputs['outcome'], changed: outputs['changed'] }).toEqual({
      code: 0,
      outcome: 'unchanged',
      changed: 'false',
    })
    expect(summary.match(/^\| \*\*✓/gm)?.length).toBeGreaterThanOrEqual(10)
    expect(summary).not.toMatch(/^\| \*\*[✗!–]/m)
    expect(casdoor.writes()).toEqual([])
  })

  test('never stops at the first ✗: both worlds are looked at', async () => {
    const { act } = await set({ wecom: { trusted: false }, casdoor: { clientSecret: 'another' } })
    const { code, outputs, summary } = await act({ mode: 'check' })
    expect({ code, outcome: outputs['outcome'] }).toEqual({ code: 1, outcome: 'failed' })
    expect(summary).toContain('203.0.113.7')
    expect(summary).toContain('casdoor-client-secret')
    expect(summary.match(/^\| \*\*✗/gm)?.length).toBeGreaterThanOrEqual(2)
  })

  test('of a snapshot as target', async () => {
    const { act } = await set()
    const { code, summary } = await act({ mode: 'check', to: 'snapshot', 'snapshot-delivery': 'file' })
    expect(code).toBe(0)
    expect(summary).toContain('wecom-users.yaml')
  })
})
