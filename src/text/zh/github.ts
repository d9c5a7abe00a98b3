import type { GithubPermission, GithubProblem } from '../../model/problem.ts'
import type { CodeTable } from '../table.ts'
import type { ProblemText } from '../text.ts'
import { list } from './words.ts'

export const githubProblems: CodeTable<GithubProblem, ProblemText> = {
  cancelled: () => ({
    sentence: '运行在完成之前被取消。',
    remedy: '重新运行即可，下次运行会完成剩余部分。',
  }),
  'report-unwritten': ({ what, cause }) => {
    const name = { summary: '任务摘要', plan: '计划文件', comment: '评论', outputs: '步骤的输出' }[what]
    return {
      sentence: `${name}写入失败（${cause}）。这不影响本次运行已完成的操作。`,
      remedy:
        what === 'comment'
          ? '任务摘要中有同样的内容。'
          : '请检查之前的步骤是否删除了运行器的文件，以及运行器的磁盘是否已满或只读。',
    }
  },
  'target-moved': ({ place }) => ({
    sentence: `运行期间，${place} 连续五次被其他程序或人员抢先写入。没有覆盖任何内容。`,
    remedy: '请重新运行。如果经常发生，请让写入此处的工作流使用同一个 `concurrency` 分组。',
  }),
  'github-refused': ({ call, status, message }) => ({
    sentence: `GitHub 拒绝了 ${call}（HTTP ${status}）：${message}`,
    remedy: '请按 GitHub 的提示处理；重新运行始终是安全的。',
  }),
  'github-permission': ({ call, permission }) => ({
    sentence: `令牌无权调用 ${call}。`,
    remedy: grant([permission]),
  }),
  'github-permission-unknown': ({ permissions }) => ({
    sentence: 'GitHub 没有返回此令牌的权限，检查时也没有试写。',
    remedy: grant(permissions),
  }),
  'github-token': ({ call }) => ({
    sentence: `GitHub 不接受此令牌（${call}）。`,
    remedy: '请不填 `github-token` 以使用任务自带的令牌，或更新它所引用的 Secret。',
  }),
  'github-rate-limit': ({ call }) => ({
    sentence: `GitHub 的请求配额已用完（${call}）。`,
    remedy: '请一小时后重新运行。GitHub App 的令牌比任务自带的令牌（每小时 1,000 次）配额更高。',
  }),
  'github-repository-missing': ({ repository }) => ({
    sentence: `此令牌看不到仓库 ${repository}。`,
    remedy: '请在存放快照的仓库的工作流中运行，并使用可以读取它的令牌（`permissions: contents: write`）。',
  }),
  'github-branch-missing': ({ branch }) => ({
    sentence: `没有名为 ${branch} 的分支。`,
    remedy: '请更正 `snapshot-branch`，或创建该分支；空仓库需要先有一次提交，例如 README。',
  }),
  'github-branch-renamed': ({ branch, other }) => ({
    sentence: `没有名为 ${branch} 的分支：查询它时 GitHub 返回的是 ${other}，分支改名后就会这样。`,
    remedy: `如果快照应当在那里，请把 \`snapshot-branch\` 设为 ${other}；否则请创建该分支。`,
  }),
  'github-branch-blocked': ({ branch, other }) => ({
    sentence: `已有分支 ${other}，因此无法创建分支 ${branch}：Git 不允许在一个分支之下再建分支。`,
    remedy: `请重命名或删除分支 ${other}，其他无需改动。`,
  }),
  'github-branch-protected': ({ branch, message }) => ({
    sentence: `分支 ${branch} 受保护，不接受此令牌的提交。${message}`,
    remedy:
      '请设置 `snapshot-delivery: pull-request`，或在 Settings › Rules 中允许令牌所属的应用绕过该规则。',
  }),
  'github-pulls-forbidden': ({ repository }) => ({
    sentence: `仓库 ${repository} 的设置不允许工作流创建拉取请求。`,
    remedy:
      '请在 Settings › Actions › General 中勾选“Allow GitHub Actions to create and approve pull requests”（可能由组织统一设置），或在 `github-token` 中使用 GitHub App 的令牌。',
  }),
  'github-foreign-commit': ({ branch, commit }) => ({
    sentence: `分支 ${branch} 的最新提交（${commit}）不是由本同步器创建的。分支保持不变，因此拉取请求不是最新的。`,
    remedy:
      '请合并或关闭该拉取请求并删除其分支，或从分支上移除该提交；下次运行会继续。请在企业微信中修改，或在合并后修改文件。',
  }),
  'github-labels': ({ names, message }) => ({
    sentence: `拉取请求未能加上标签 ${list(names)}。${message}`,
    remedy: '请检查 `pull-request-labels`。',
  }),
  'github-reviewers': ({ names, message }) => ({
    sentence: `拉取请求未能加上审阅者 ${list(names)}。${message}`,
    remedy:
      '请检查 `pull-request-reviewers`：每个人都必须是协作者，且不是作者；如果是团队，令牌必须能查看组织成员，而任务自带的令牌不能。',
  }),
  'github-pull-declined': ({ number }) => ({
    sentence: `拉取请求 ${number} 已被人关闭，而现在的内容与当时相同，因此保持关闭。`,
    remedy: '如需合并，请重新打开。一旦有其他变更，它会自动重新打开。',
  }),
  'github-fork': ({ repository }) => ({
    sentence: `此拉取请求来自 ${repository} 的复刻（fork），得不到任何 Secret，因此无法生成计划。`,
    remedy:
      '请把分支推送到本仓库以查看计划。若要让此类运行通过，请用 `if: github.event.pull_request.head.repo.full_name == github.repository` 跳过该任务。',
  }),
}

function grant(permissions: readonly GithubPermission[]): string {
  const lines = list(permissions.map((permission) => `\`${permission}: write\``))
  return `请在任务的 \`permissions:\` 中授予 ${lines}；来自复刻的拉取请求永远没有这些权限。`
}
