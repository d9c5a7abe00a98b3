import { applyTo } from '../src/model/apply.ts'
import type { CurrentUser } from '../src/model/people.ts'
import type { Planned } from '../src/model/plan.ts'
import type { Reader, Reading, Writer } from '../src/model/ports.ts'
import { aCurrent } from './make.ts'

/** A target in memory: it holds accounts and carries changes out as the model says. */
export class Memory implements Reader, Writer {
  accounts: readonly CurrentUser[]
  writes = 0
  /** The process ends after so many changes. */
  killedAfter = Infinity

  constructor(accounts: readonly CurrentUser[] = []) {
    this.accounts = accounts
  }

  async read(): Promise<Reading<undefined>> {
    return Promise.resolve({ current: aCurrent(this.accounts), basis: undefined })
  }

  async write({ decision: { allowed: changes } }: Planned) {
    this.writes++
    this.accounts = applyTo(this.accounts, changes.slice(0, this.killedAfter))
    return Promise.resolve({ done: changes, failed: [], remarks: [], changed: changes.length > 0 })
  }
}
