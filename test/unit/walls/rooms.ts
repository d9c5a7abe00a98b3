import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '../../../sandbox/action.ts'

/** From which room to which: both are a folder of `src/` or a file beside the folders, such as `main.ts`. */
export type Arrow = readonly [from: string, to: string]

/** The arrows that the picture in docs/architecture.md draws; those to the model are understood. */
export function drawnArrows(): readonly Arrow[] {
  const page = readFileSync(path.join(root, 'docs', 'architecture.md'), 'utf8')
  const [, picture = ''] = /^```mermaid\n([\s\S]*?)^```$/m.exec(page) ?? []
  return picture.split('\n').flatMap((line) => {
    const [from = '', to] = line.trim().split(' --> ')
    return to === undefined ? [] : to.split(' & ').map((each): Arrow => [from, each])
  })
}

/** The rooms of `src/`: its folders and the files beside them. */
export const rooms: readonly string[] = readdirSync(path.join(root, 'src')).toSorted()

/** May a room import another one, by the picture? */
export function isDrawn(arrows: readonly Arrow[], from: string, to: string): boolean {
  return from === to || to === 'model' || arrows.some(([some, other]) => some === from && other === to)
}
