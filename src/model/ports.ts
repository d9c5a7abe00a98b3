import { type Applied } from './applied.ts'
import { type Directory, type Current } from './directory.ts'
import { type Obstacle } from './places.ts'
import { type WantedUser } from './people.ts'
import { type Planned } from './plan.ts'

/** Where people come from. */
export interface Source {
  fetch(): Promise<Directory>
}

/**
 * What the target holds. Comparing needs only this.
 *
 * `Basis` is what the target's writer goes by, and nobody else's business: who only carries it from the one to the
 * other leaves it unknown.
 */
export interface Reader<Basis = unknown> {
  /**
   * @param corpId whose users are this syncer's; of a snapshot as source it is known only when that is read.
   * @param wanted the people asked for: what holds just them need not be read to be known.
   */
  read(corpId: string, wanted: readonly WantedUser[]): Promise<Reading<Basis>>
}

/** What was read at one moment: what comparing needs, and what writing needs. */
export type Reading<Basis> = { readonly current: Current; readonly basis: Basis }

/** Carries changes out. `mode: plan` has none. */
export interface Writer<Basis = unknown> {
  /**
   * Carries the allowed changes out.
   *
   * @param basis of the reading that the plan was made from.
   * @returns what became of them; never throws for a single person. `stopped` with the code `target-moved` says
   * that somebody else wrote meanwhile: nothing was written, and another plan has to be made.
   */
  write(planned: Planned, basis: Basis): Promise<Applied>
}

/**
 * Text files that are read as they stand at one moment and replaced together. Paths are relative to the store,
 * with `/`.
 */
export interface Store<Basis = unknown> {
  /** @param paths of files, or of folders, which end in `/` and of which the YAML files right in them count. */
  list(paths: readonly string[]): Promise<Listing<Basis>>
  /**
   * Replaces files, all of them or none, if they are still those that were listed.
   *
   * @param files whole texts by path; `undefined` removes a file. Empty when nothing is to change.
   * @param basis of the listing that the files were read from.
   * @throws Failure `target-moved` when somebody else wrote meanwhile.
   */
  replace(files: ReadonlyMap<string, string | undefined>, planned: Planned, basis: Basis): Promise<Replaced>
}

/** Files as they stood at one moment. */
export type Listing<Basis> = {
  /** Ids as git names blobs, by path. */
  readonly ids: ReadonlyMap<string, string>
  /** What lies there and is no plain file of that exact name: it must not be written over. */
  readonly obstacles: readonly Obstacle[]
  /** The text of a listed file. */
  readonly read: (path: string) => Promise<string>
  /** By which the store knows again what it listed. */
  readonly basis: Basis
}

export type Replaced = Pick<Applied, 'changed' | 'stopped' | 'findings' | 'delivery'>

/** How a run that is cancelled ends. The reason of both signals is a `Failure`. */
export type Stop = {
  /** Aborted at once: nothing new is sent, and nobody waits for what was only to be read. */
  readonly asked: AbortSignal
  /** Aborted some seconds later: nobody waits any longer for what is being written. */
  readonly overdue: AbortSignal
}

/** How far a long stage is; reported again and again while it works. */
export type Progress =
  | { readonly stage: 'departments'; readonly done: number; readonly total: number; readonly people: number }
  /** Those who are visible one by one; `people` are all. */
  | { readonly stage: 'people'; readonly done: number; readonly total: number; readonly people: number }
  | { readonly stage: 'accounts' | 'writes'; readonly done: number; readonly total: number }
  /** As many calls of this name were made as a minute has room for; so many seconds nothing moves. */
  | { readonly stage: 'limit'; readonly call: string; readonly seconds: number }
export type OnProgress = (progress: Progress) => void
