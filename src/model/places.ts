/*
 * Looking for files in a folder, a repository or anything else that has folders: what lies at a place is taken
 * for a file only if it is a plain one of that exact name. Anything else is an obstacle, never "nothing there",
 * which would make everybody new and forget who has left (specification 7).
 */

/** What one name in a folder stands for; `special` are devices, sockets and pipes. */
export type Entry = {
  readonly name: string
  readonly kind: 'file' | 'folder' | 'link' | 'submodule' | 'special'
}

/** Something that lies at a place, or on the way to it, and is not what has to lie there. */
export type Obstacle = {
  /** The place that was looked for. */
  readonly place: string
  /** Path of the obstacle; of a twin, the path as it should be written. */
  readonly path: string
  /** `twin`: another name that some systems take for the same one. */
  readonly what: Entry['kind'] | 'twin'
  /** How the twin is written. */
  readonly found?: string
}

export type Found<Each extends Entry> = {
  /** Plain files by path. */
  readonly files: ReadonlyMap<string, Each>
  readonly obstacles: readonly Obstacle[]
}

/**
 * Looks for files.
 *
 * @param places paths of files, and of folders, which end in `/` and of which the YAML files right in them count.
 * @param entriesIn lists a folder by its path, which is `""` or ends in `/`.
 */
export async function findFiles<Each extends Entry>(
  places: readonly string[],
  entriesIn: (folder: string) => Promise<readonly Each[]>,
): Promise<Found<Each>> {
  const files = new Map<string, Each>()
  const obstacles: Obstacle[] = []
  for (const place of places) await lookFor(place)
  return { files, obstacles }

  async function lookFor(place: string): Promise<void> {
    let folder = ''
    const end = place.lastIndexOf('/') + 1
    const names = place.slice(0, end).split('/').slice(0, -1)
    const last = place.slice(end)
    for (const name of names) {
      if ((await entryAt(folder, name, 'folder')) === undefined) return
      folder += `${name}/`
    }
    if (last !== '') await entryAt(folder, last, 'file')
    else for (const { name } of (await entriesIn(folder)).filter(isYaml)) await entryAt(folder, name, 'file')

    /** What has this name, if it is of the kind that is needed. */
    async function entryAt(within: string, name: string, needed: Entry['kind']): Promise<Each | undefined> {
      const entries = await entriesIn(within)
      const path = within + name
      const twin = entries.find((each) => each.name !== name && folded(each.name) === folded(name))
      if (twin !== undefined) obstacles.push({ place, path, what: 'twin', found: within + twin.name })
      const entry = entries.find((each) => each.name === name)
      if (entry === undefined) return undefined
      if (entry.kind !== needed) obstacles.push({ place, path, what: entry.kind })
      else if (needed === 'file') files.set(path, entry)
      return entry.kind === needed ? entry : undefined
    }
  }
}

function isYaml({ name }: Entry): boolean {
  return /\.ya?ml$/i.test(name)
}

/** Alike for names that Windows or macOS cannot keep apart: in case, or in how accents are encoded. */
function folded(name: string): string {
  return name.normalize('NFC').toLowerCase()
}
