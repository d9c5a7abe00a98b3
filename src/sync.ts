import { whereaboutsOf } from './plan/person.ts'
import { dedupe, merge } from './plan/dedupe.ts'
import { diff } from './plan/diff.ts'
import { guard } from './plan/guard.ts'
import { toUser } from './plan/map.ts'
import { match } from './plan/match.ts'
import type { Directory } from './model/directory.ts'
import type { Policy } from './model/policy.ts'
import type { Reader, Source, Writer } from './model/ports.ts'
import type { Remark } from './model/plan.ts'
import type { Result } from './model/run.ts'
import type { WantedUser } from './model/people.ts'

/** The worlds of one run, put together by `main.ts`. */
export type Parts<Basis> = {
  readonly source: Source
  readonly reader: Reader<Basis>
  /** Absent in `mode: plan`: a plan is computed the same way, and nobody is there who could write. */
  readonly writer?: Writer<Basis>
  readonly policy: Policy
  /** Aborted when the run is cancelled: no further stage begins but writing, whose writer says how far it came. */
  readonly stop?: AbortSignal
  /** Called with each stage as it begins. */
  readonly onStage?: (stage: 'fetch' | 'read' | 'compare' | 'write') => void
}

/** The pipeline: fetch → map → status → dedupe → match → diff → guard → apply. */
export async function sync<Basis>({
  source,
  reader,
  writer,
  policy,
  stop,
  onStage,
}: Parts<Basis>): Promise<Result> {
  onStage?.('fetch')
  const directory = await source.fetch()
  const { users: wanted, remarks } = wantedUsers(directory, policy)
  const { corpId } = directory
  const isGone = (key: string): boolean => whereaboutsOf(key, directory) === 'gone'
  for (let tries = 1; ; tries++) {
    stop?.throwIfAborted()
    onStage?.('read')
    const { current, basis } = await reader.read(corpId, wanted)
    stop?.throwIfAborted()
    onStage?.('compare')
    const matches = match(wanted, current.users, { ...policy, corpId, isGone })
    const plan = diff({ directory, current, policy, wanted, matches, remarks })
    const decision = guard(plan, policy, directory)
    const planned = { plan, decision, policy, corpId, people: wanted.length }
    if (writer === undefined) return planned
    onStage?.('write')
    const applied = await writer.write(planned, basis)
    if (applied.stopped?.code !== 'target-moved' || tries === mostTries) return { ...planned, applied }
  }
}

/** So often a plan is made anew when somebody else writes to the target meanwhile (FS-37). */
const mostTries = 5

/** The people the source asks for, each once, no two with one e-mail or phone. */
function wantedUsers(
  directory: Directory,
  policy: Policy,
): { readonly users: readonly WantedUser[]; readonly remarks: readonly Remark[] } {
  if (directory.kind === 'users') return dedupe(directory.users)
  const names = new Map(directory.departments.map(({ id, name }) => [id, name]))
  const mapped = merge(directory.rows).map((member) => toUser(member, policy, names))
  const { users, remarks } = dedupe(mapped.map(({ user }) => user))
  return { users, remarks: [...mapped.flatMap((each) => each.remarks), ...remarks] }
}
