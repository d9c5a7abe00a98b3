import type { Entry } from '../model/places.ts'

/** A name in a tree. */
export type GitEntry = Entry & { readonly id: string; readonly mode: string }

/** So many bytes of text are sent in one request; a larger file has one of its own. */
export const largestRequest = 1024 * 1024

/** The mode of a file that replaces one of this mode. */
export function modeLike(mode: string | undefined): '100644' | '100755' {
  return mode === '100755' ? mode : '100644'
}

/** What a name in a tree stands for: https://git-scm.com/docs/git-fast-import#_filemodify */
export function kindOf(mode: string): Entry['kind'] {
  switch (mode) {
    case '040000':
      return 'folder'
    case '120000':
      return 'link'
    case '160000':
      return 'submodule'
    default:
      // 100644 and 100755, and 100664, which very old versions of git wrote.
      return mode.startsWith('100') ? 'file' : 'special'
  }
}

/** Files in groups that one request may carry. */
export function portions(
  files: ReadonlyMap<string, string | undefined>,
): readonly (readonly (readonly [string, string | undefined])[])[] {
  const groups: (readonly [string, string | undefined])[][] = [[]]
  let room = largestRequest
  for (const [path, text] of files) {
    const size = Buffer.byteLength(text ?? '') + path.length
    if (size > room) {
      groups.push([])
      room = largestRequest
    }
    room -= size
    groups.at(-1)?.push([path, text])
  }
  return groups.filter((group) => group.length > 0)
}
