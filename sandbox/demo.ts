import { findFault, listFaults, nearNames } from './faults.ts'
import { fiveMornings } from './mornings.ts'
import { rehearse } from './rehearsal.ts'
import { options, print } from './show.ts'

/*
 * `npm start`: the main job as a runner does it, against a WeCom and a Casdoor on this machine. Five mornings
 * of a company of 300 people; the job summaries are printed and kept. `--fault <name>` is one bad morning,
 * `--list-faults` names them all; `--zh` is Chinese.
 */

if (options['list-faults']) print(listFaults())
else if (options.fault === undefined) await fiveMornings()
else await oneBadMorning(options.fault)

async function oneBadMorning(name: string): Promise<void> {
  const fault = findFault(name)
  if (fault === undefined) {
    print(`There is no fault ${name}. Did you mean:`, ...nearNames(name).map((near) => `  ${near}`))
    process.exitCode = 1
  } else if (!(await rehearse(fault))) {
    process.exitCode = 1
  }
}
