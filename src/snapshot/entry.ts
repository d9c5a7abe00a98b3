import type { SnapshotFault } from '../model/problem.ts'

/** A key, the line it stands on (counted from 1), and what stands under it. */
export type Entry = { readonly key: string; readonly line: number; readonly value: Value }

export type Value = string | number | boolean | null | readonly Value[] | Mapping

/** Entries as they stand in the file: in its order, doubles included. */
export class Mapping {
  readonly entries: readonly Entry[]

  constructor(entries: readonly Entry[]) {
    this.entries = entries
  }
}

/** Lines of a file, and the number of the first. */
export type Block = { readonly line: number; readonly lines: readonly string[] }

/** What is wrong with a snapshot, and on which line. Who knows the file makes a problem of it. */
export class Invalid extends Error {
  override readonly name = 'Invalid'
  readonly line: number
  readonly fault: SnapshotFault

  constructor(line: number, fault: SnapshotFault) {
    super(fault.kind)
    this.line = line
    this.fault = fault
  }
}
