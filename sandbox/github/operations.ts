import type { Operation } from './call.ts'
import * as data from './data.ts'
import * as issues from './issues.ts'
import type { OperationId } from './names.ts'
import * as pulls from './pulls.ts'
import * as refs from './refs.ts'

export const operations: Readonly<Record<OperationId, Operation>> = {
  'repos/get': refs.getRepository,
  'repos/get-branch': refs.getBranch,
  'repos/get-branch-rules': refs.getBranchRules,
  'repos/compare-commits': refs.compare,
  'git/get-ref': refs.getRef,
  'git/create-ref': refs.createRef,
  'git/update-ref': refs.updateRef,
  'git/delete-ref': refs.deleteRef,
  'git/get-commit': data.getCommit,
  'git/create-commit': data.createCommit,
  'git/get-tree': data.getTree,
  'git/create-tree': data.createTree,
  'git/get-blob': data.getBlob,
  'git/create-blob': data.createBlob,
  'pulls/list': pulls.listPulls,
  'pulls/get': pulls.getPull,
  'pulls/create': pulls.createPull,
  'pulls/update': pulls.updatePull,
  'pulls/list-commits': pulls.listCommits,
  'pulls/request-reviewers': pulls.requestReviewers,
  'issues/list-comments': issues.listComments,
  'issues/create-comment': issues.createComment,
  'issues/update-comment': issues.updateComment,
  'issues/delete-comment': issues.deleteComment,
  'issues/add-labels': issues.addLabels,
}
