import path from 'node:path'
import type { Environment } from './environment.ts'

/**
 * Where a path points: a file or a folder of the workspace, as people write it, something beyond it, or a place with
 * a name that git or one of the systems it is checked out on does not take.
 */
export type WorkspacePath = {
  readonly kind: 'file' | 'folder' | 'outside' | 'unportable'
  readonly path: string
}

/** Looks at the words of a path alone, not at the disk. */
export function placeOf(written: string, environment: Environment): WorkspacePath {
  const relative = path.relative(workspaceOf(environment), absolute(written, environment))
  const portable = relative.replaceAll(path.sep, '/')
  if (portable === '..' || portable.startsWith('../') || path.isAbsolute(relative)) {
    return { kind: 'outside', path: written }
  }
  if (portable.split('/').some(isUnportable)) return { kind: 'unportable', path: written }
  return { kind: portable === '' || /[/\\]$/.test(written) ? 'folder' : 'file', path: portable }
}

/** The folder of this machine in which paths of the workspace lie. */
export function workspaceOf(environment: Environment): string {
  return path.resolve(environment['GITHUB_WORKSPACE'] ?? '.')
}

function absolute(file: string, environment: Environment): string {
  return path.resolve(workspaceOf(environment), file)
}

/** Signs that Windows forbids in a name, and those that nobody sees; a half of a character is no text at all. */
const forbidden = /[<>:"|?*\\\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|[. ]$/u
/** Devices of Windows: https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\.|$)/i
/** Git's own folder, also by the short name that Windows gives it. */
const gitFolder = /^(?:\.git|git~1)$/i
/** In bytes. */
const longestName = 255

function isUnportable(name: string): boolean {
  const isForbidden = [forbidden, device, gitFolder].some((form) => form.test(name))
  return isForbidden || Buffer.byteLength(name) > longestName
}
