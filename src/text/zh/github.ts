import type { GithubProblem } from '../../errors.ts'
import type { Said } from '../text.ts'

export function github({ what, cause }: GithubProblem): Said {
  const name = what === 'summary' ? '作业摘要' : '计划文件'
  return {
    sentence: `${name}写入失败（${cause}）。本次运行已完成的操作不受影响。`,
    remedy: '请检查运行器的磁盘是否已满或只读。',
  }
}
