import type { ChildProcessByStdio } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'

/** An object of the repository as git holds it. */
export type Found = { readonly id: string; readonly type: string; readonly bytes: Buffer }

type Batch = ChildProcessByStdio<Writable, Readable, null>
type Waiting = { readonly resolve: (found: Found | undefined) => void; readonly reject: (why: Error) => void }
type Open = Omit<Found, 'bytes'> & { readonly size: number }

/** One `git cat-file --batch` for all reading: a process for each object would be most of a test's time. */
export class Reader {
  readonly #start: () => Batch
  readonly #waiting: Waiting[] = []
  #batch: Batch | undefined
  #chunks: Buffer[] = []
  #length = 0
  #open: Open | undefined

  constructor(start: () => Batch) {
    this.#start = start
  }

  async read(name: string): Promise<Found | undefined> {
    if (name === '' || /[\n\0]/.test(name)) return undefined
    const { stdin } = (this.#batch ??= this.#started())
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
      stdin.write(`${name}\n`)
    })
  }

  async close(): Promise<void> {
    const batch = this.#batch
    this.#batch = undefined
    if (batch === undefined || batch.exitCode !== null) return
    const closed = new Promise((resolve) => batch.once('close', resolve))
    batch.stdin.end()
    await closed
  }

  #started(): Batch {
    const batch = this.#start()
    batch.stdin.on('error', () => undefined)
    batch.stdout.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk)
      this.#length += chunk.length
      while (this.#take());
    })
    batch.once('close', () => {
      for (const { reject } of this.#waiting.splice(0)) reject(new Error('git cat-file has ended'))
    })
    return batch
  }

  /** Takes the next header or object out of what has come; `false` when it is not all there yet. */
  #take(): boolean {
    if (this.#open !== undefined) {
      const { size, ...found } = this.#open
      if (this.#length <= size) return false
      const whole = this.#joined()
      this.#open = undefined
      this.#rest(whole, size + 1)
      this.#waiting.shift()?.resolve({ ...found, bytes: whole.subarray(0, size) })
      return true
    }
    const whole = this.#joined()
    const end = whole.indexOf('\n')
    if (end < 0) return false
    const [id = '', type = '', size = ''] = whole.subarray(0, end).toString('utf8').split(' ')
    this.#rest(whole, end + 1)
    // `<name> missing`; a name may have spaces in it.
    if (/^[0-9a-f]{40}$/.test(id) && /^\d+$/.test(size)) this.#open = { id, type, size: Number(size) }
    else this.#waiting.shift()?.resolve(undefined)
    return true
  }

  #joined(): Buffer {
    const [first] = this.#chunks
    const whole = this.#chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.#chunks)
    this.#chunks = [whole]
    return whole
  }

  #rest(whole: Buffer, from: number): void {
    this.#chunks = [whole.subarray(from)]
    this.#length = whole.length - from
  }
}
