import type { DeliveryText } from '../text.ts'

export const delivery: DeliveryText = {
  commit: '根据企业微信更新人员',
  title: (counts) =>
    counts.length === 0 ? '人员已与企业微信保持一致' : `根据企业微信更新人员：${counts.join('，')}`,
  intro: (medium, { target, kind }) => {
    switch (medium) {
      case 'summary':
        return ''
      case 'pull-request':
        return `本拉取请求由 WeCom Syncer 保持更新：合并后，快照 ${target} 将与企业微信通讯录一致。请不要在其分支上添加自己的提交。`
      case 'comment':
        return kind === 'casdoor'
          ? `没有写入任何内容。合并此拉取请求后，下次运行将对 Casdoor 组织 ${target} 执行以下操作。`
          : '没有写入任何内容。'
    }
  },
  committed: (commit) => `已提交：${commit}。`,
  pullRequest: (link, state) => states[state].replace('#', () => link),
}

const states = {
  opened: '已创建拉取请求 #。',
  reopened: '已重新打开拉取请求 #。',
  updated: '已更新拉取请求 #。',
  same: '拉取请求 # 已是最新。',
  closed: '已关闭拉取请求 #：没有需要变更的内容。',
  declined: '拉取请求 # 保持关闭。',
} as const
