import type {
  CasdoorProblem,
  GithubProblem,
  HttpProblem,
  InputProblem,
  PlanProblem,
  Problem,
  SnapshotProblem,
  WecomProblem,
} from '../model/problem.ts'
import type { Said } from './text.ts'

/** One function for each family of problems; each is exhaustive over its own codes. */
export type Families = {
  readonly input: (problem: InputProblem) => Said
  readonly github: (problem: GithubProblem) => Said
  readonly http: (problem: HttpProblem) => Said
  readonly wecom: (problem: WecomProblem) => Said
  readonly casdoor: (problem: CasdoorProblem) => Said
  readonly snapshot: (problem: SnapshotProblem) => Said
  readonly plan: (problem: PlanProblem) => Said
}

/** Hands a problem to its family. A code that no family knows does not compile. */
export function speak(problem: Problem, say: Families): Said {
  switch (problem.code) {
    case 'input-missing':
    case 'input-secret-empty':
    case 'input-word':
    case 'input-form':
    case 'input-snapshot-to-snapshot':
    case 'input-built-in':
    case 'input-http':
    case 'input-mapping':
    case 'input-visibility-unknown':
      return say.input(problem)
    case 'report-unwritten':
    case 'target-moved':
    case 'github-refused':
    case 'github-permission':
    case 'github-permission-untold':
    case 'github-token':
    case 'github-rate-limit':
    case 'github-repository-missing':
    case 'github-branch-missing':
    case 'github-branch-protected':
    case 'github-pulls-forbidden':
    case 'github-foreign-commit':
    case 'github-labels':
    case 'github-reviewers':
    case 'github-pull-declined':
    case 'github-fork':
      return say.github(problem)
    case 'network':
    case 'timeout':
    case 'http-status':
    case 'not-json':
    case 'bad-reply':
    case 'redirect':
      return say.http(problem)
    case 'wecom-errcode':
    case 'wecom-no-departments':
    case 'wecom-no-people':
    case 'wecom-witness-refused':
    case 'wecom-departments-missing':
    case 'wecom-contacts-unreadable':
    case 'wecom-contacts-incomplete':
    case 'wecom-app-disabled':
    case 'wecom-tags-unread':
    case 'wecom-departments-unread':
    case 'wecom-people-unread':
      return say.wecom(problem)
    case 'casdoor-credentials':
    case 'casdoor-organization-missing':
    case 'casdoor-application-missing':
    case 'casdoor-application-unknown':
    case 'casdoor-version-old':
    case 'casdoor-version-unknown':
    case 'casdoor-competing-syncer':
    case 'casdoor-item-immutable':
    case 'casdoor-item-regex':
    case 'casdoor-plain-http':
    case 'casdoor-listing-unstable':
    case 'casdoor-refused':
    case 'casdoor-other-owner':
    case 'casdoor-silent':
    case 'casdoor-names-lowered':
    case 'casdoor-phone-refused':
    case 'casdoor-gone':
    case 'casdoor-group-gone':
    case 'casdoor-group-taken':
    case 'casdoor-group-parent':
    case 'casdoor-groups-missing':
    case 'casdoor-group-other-corp':
    case 'casdoor-value-taken':
      return say.casdoor(problem)
    case 'snapshot-invalid':
    case 'snapshot-missing':
    case 'snapshot-headless':
    case 'snapshot-stray':
    case 'snapshot-other-form':
    case 'snapshot-both-forms':
    case 'snapshot-empty':
    case 'snapshot-unreadable':
    case 'snapshot-unwritable':
    case 'snapshot-other-corp':
    case 'snapshot-public':
    case 'snapshot-unmapped':
      return say.snapshot(problem)
    default:
      return say.plan(problem)
  }
}
