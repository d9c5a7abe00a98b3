import { realpath } from 'node:fs/promises'
import path from 'node:path'
import { Failure } from '../model/problem.ts'
import type { Environment } from './environment.ts'

/** Where a path points: a file or a folder of the workspace, as people write it, or something beyond it. */
export type WorkspacePath = { readonly kind: 'file' | 'folder' | 'outside'; readonly path: string }

/** Looks at the words of a path alone, not at the disk. */
export function placeOf(written: string, environment: Environment): WorkspacePath {
  const relative = path.relative(workspaceOf(environment), absolute(written, environment))
  const portable = relative.replaceAll(path.sep, '/')
  if (portable === '..' || portable.startsWith('../') || path.isAbsolute(relative)) {
    return { kind: 'outside', path: written }
  }
  return { kind: portable === '' || /[/\\]$/.test(written) ? 'folder' : 'file', path: portable }
}

/**
 * The folder in which paths of the workspace lie.
 *
 * @param file relative to it, as `Inputs` have it; it has to lie there really.
 * @throws Failure `input-form` (`path`) when a symbolic link leads out of the workspace.
 */
export async function workspaceWith(file: string, environment: Environment): Promise<string> {
  const wanted = absolute(file, environment)
  const workspace = workspaceOf(environment)
  const [root, real] = await Promise.all([realpathOf(workspace), realpathOf(wanted)])
  const relative = path.relative(root, real)
  if (relative.split(path.sep)[0] === '..' || path.isAbsolute(relative)) {
    throw new Failure({ code: 'input-form', input: 'snapshot-path', value: file, form: 'path' })
  }
  return workspace
}

function workspaceOf(environment: Environment): string {
  return path.resolve(environment['GITHUB_WORKSPACE'] ?? '.')
}

function absolute(file: string, environment: Environment): string {
  return path.resolve(workspaceOf(environment), file)
}

/** Where a path really leads; what does not exist yet hangs on the nearest folder that does. */
async function realpathOf(wanted: string): Promise<string> {
  try {
    return await realpath(wanted)
  } catch {
    const parent = path.dirname(wanted)
    return parent === wanted ? wanted : path.join(await realpathOf(parent), path.basename(wanted))
  }
}
