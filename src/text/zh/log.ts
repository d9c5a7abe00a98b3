import type { Progress } from '../../model/ports.ts'
import { grouped } from '../number.ts'
import type { LogText, Stage } from '../text.ts'
import { persons } from './words.ts'

const stages: Readonly<Record<Stage, string>> = {
  fetch: '读取通讯录',
  read: '读取现有账号',
  compare: '比较',
  write: '执行变更',
  report: '生成报告',
  check: '检查连接',
}

export const log: LogText = {
  stage: (stage) => stages[stage],
  progress,
  held: (count) => `${grouped(count)} 项移除已暂缓。原因和后续步骤见任务摘要。`,
  failed: (failed, total) => `${grouped(total)} 项变更中有 ${grouped(failed)} 项失败，下次运行会重试。`,
  skipped: (count) => `跳过了 ${persons(count)}，因为无法确定对应的账号。`,
  hidden: (count) => `${persons(count)}仍在企业中，但已不在应用的可见范围内。`,
  checks: (failed) => `${grouped(failed.length)} 项检查未通过：${failed.join('；')}。`,
  seeSummary: '详情见任务摘要。',
  several: (count) => `有 ${grouped(count)} 个问题：`,
  andMore: (count) => `另有 ${grouped(count)} 个`,
}

function progress(now: Progress): string {
  const share = 'total' in now ? `${grouped(now.done)} / ${grouped(now.total)}` : ''
  switch (now.stage) {
    case 'departments':
      return `已读取部门 ${share}，目前 ${persons(now.people)}`
    case 'people':
      return `已逐个读取成员 ${share}，目前 ${persons(now.people)}`
    case 'accounts':
      return `已读取账号 ${share}`
    case 'writes':
      return `已执行变更 ${share}`
    case 'limit':
      return `${now.call}：本分钟的调用次数已达企业微信上限的 80%（其余留给其他程序），${grouped(now.seconds)} 秒后按此限速继续读取。`
  }
}
