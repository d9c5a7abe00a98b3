import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Reader, type Found } from './reader.ts'

/** One entry of a tree to be written: the blob `id` at a path; `null` removes what is there. */
export type Edit = { readonly path: string; readonly mode: string; readonly id: string | null }

/** One line of `git ls-tree`. */
export type TreeEntry = {
  readonly mode: string
  readonly type: string
  readonly id: string
  readonly size: number | undefined
  readonly path: string
}

type Input = { readonly input?: string | Buffer; readonly index?: string }
type Ended = { readonly code: number; readonly stdout: Buffer; readonly stderr: string }

/** Nothing of the machine's or the person's own settings; no signature, no collection of garbage. */
const environment = {
  PATH: process.env['PATH'],
  HOME: tmpdir(),
  LC_ALL: 'C',
  TZ: 'UTC',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
}

/** A bare repository on the disk, with the `git` of this machine. */
export class Bare {
  readonly folder: string
  readonly #reader: Reader

  private constructor(folder: string) {
    this.folder = folder
    this.#reader = new Reader(() =>
      spawn('git', ['--git-dir', folder, 'cat-file', '--batch'], {
        env: environment,
        stdio: ['pipe', 'pipe', 'ignore'],
      }),
    )
  }

  static async make(branch: string): Promise<Bare> {
    const folder = await mkdtemp(path.join(tmpdir(), 'sandbox-github-'))
    const bare = new Bare(folder)
    await bare.git('init', '--quiet', '--bare', '--template=', `--initial-branch=${branch}`, folder)
    await bare.git('config', 'gc.auto', '0')
    await bare.git('config', 'core.fsync', 'none')
    return bare
  }

  /** @throws Error with what git said. */
  async git(...args: readonly string[]): Promise<string> {
    return (await this.run(args)).toString('utf8')
  }

  async run(args: readonly string[], input: Input = {}): Promise<Buffer> {
    const { code, stdout, stderr } = await this.#spawn(args, input)
    if (code !== 0) throw new Error(`git ${args.join(' ')}: ${stderr.trim() || `ended with ${code}`}`)
    return stdout
  }

  /** Does git say yes? Ending with 1 is its no. */
  async agrees(...args: readonly string[]): Promise<boolean> {
    const { code, stderr } = await this.#spawn(args, {})
    if (code > 1) throw new Error(`git ${args.join(' ')}: ${stderr.trim()}`)
    return code === 0
  }

  /** An object by its id, or by a name such as `refs/heads/main` or `<tree>:a/b.yml`. */
  async read(name: string): Promise<Found | undefined> {
    return this.#reader.read(name)
  }

  /** Where a branch is. */
  async head(branch: string): Promise<string | undefined> {
    return (await this.read(`refs/heads/${branch}`))?.id
  }

  async isAncestor(older: string, newer: string): Promise<boolean> {
    return this.agrees('merge-base', '--is-ancestor', older, newer)
  }

  async count(range: string): Promise<number> {
    return Number(await this.git('rev-list', '--count', range))
  }

  async mergeBase(one: string, other: string): Promise<string | undefined> {
    const { stdout } = await this.#spawn(['merge-base', one, other], {})
    return stdout.toString('utf8').trim() || undefined
  }

  /** The tree of two commits merged; `undefined`: they are in conflict. */
  async merged(ours: string, theirs: string): Promise<string | undefined> {
    const { code, stdout } = await this.#spawn(['merge-tree', '--write-tree', ours, theirs], {})
    return code === 0 ? stdout.toString('utf8').trim() : undefined
  }

  async list(tree: string, ...options: readonly string[]): Promise<readonly TreeEntry[]> {
    const listed = await this.git('ls-tree', '-z', '--long', ...options, tree)
    return listed
      .split('\0')
      .filter((line) => line !== '')
      .map((line) => {
        const tab = line.indexOf('\t')
        const [mode = '', type = '', id = '', size = ''] = line.slice(0, tab).split(/ +/)
        return { mode, type, id, size: size === '-' ? undefined : Number(size), path: line.slice(tab + 1) }
      })
  }

  /** Writes any object as it is. */
  async write(type: 'blob' | 'commit', bytes: string | Buffer): Promise<string> {
    return (await this.run(['hash-object', '-t', type, '-w', '--stdin'], { input: bytes }))
      .toString('utf8')
      .trim()
  }

  /** Writes blobs, all in one go; the same text is one blob. */
  async writeBlobs(texts: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const different = [...new Set(texts)]
    if (different.length === 0) return new Map()
    const folder = await mkdtemp(path.join(this.folder, 'new-'))
    const files = different.map((_, index) => path.join(folder, String(index)))
    await Promise.all(files.map(async (file, index) => writeFile(file, different[index] ?? '')))
    const written = await this.run(['hash-object', '-w', '--no-filters', '--stdin-paths'], {
      input: files.join('\n'),
    })
    await rm(folder, { recursive: true })
    const ids = written.toString('utf8').trim().split('\n')
    return new Map(different.map((text, index) => [text, ids[index] ?? '']))
  }

  /** Writes a tree like another one, with edits. */
  async writeTree(base: string | undefined, edits: readonly Edit[]): Promise<string> {
    const folder = await mkdtemp(path.join(this.folder, 'index-'))
    const index = path.join(folder, 'index')
    await this.run(['read-tree', base ?? '--empty'], { index })
    const none = '0'.repeat(40)
    const lines = edits.map((edit) =>
      edit.id === null ? `0 ${none}\t${edit.path}\0` : `${edit.mode} ${edit.id}\t${edit.path}\0`,
    )
    await this.run(['update-index', '-z', '--replace', '--index-info'], { index, input: lines.join('') })
    const written = await this.run(['write-tree'], { index })
    await rm(folder, { recursive: true })
    return written.toString('utf8').trim()
  }

  async close(): Promise<void> {
    await this.#reader.close()
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 })
  }

  async #spawn(args: readonly string[], { input = '', index }: Input): Promise<Ended> {
    const env = index === undefined ? environment : { ...environment, GIT_INDEX_FILE: index }
    const child = spawn('git', ['--git-dir', this.folder, ...args], { cwd: this.folder, env })
    // Git may end before it has read everything.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
    const ended = new Promise<number>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code) => resolve(code ?? 128))
    })
    const outputs = Promise.all([child.stdout, child.stderr].map(async (stream) => stream.toArray()))
    const [[stdout = [], stderr = []], code] = await Promise.all([outputs, ended])
    return {
      code,
      stdout: Buffer.concat(stdout as Buffer[]),
      stderr: Buffer.concat(stderr as Buffer[]).toString('utf8'),
    }
  }
}
