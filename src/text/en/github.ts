import type { GithubProblem } from '../../errors.ts'
import type { Said } from '../text.ts'

export function github({ what, cause }: GithubProblem): Said {
  const name = what === 'summary' ? 'job summary' : 'plan file'
  return {
    sentence: `The ${name} could not be written (${cause}). What the run did is done all the same.`,
    remedy: 'See whether the runner’s disk is full or write-protected.',
  }
}
