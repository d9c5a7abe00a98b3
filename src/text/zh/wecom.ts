import type { WecomProblem } from '../../model/problem.ts'
import { isErrcode, errcodePage } from '../errcodes.ts'
import { grouped } from '../number.ts'
import type { CodeTable } from '../table.ts'
import type { ProblemText } from '../text.ts'
import { meanings } from './errcodes.ts'
import { listIds } from './words.ts'

type Answer = Extract<WecomProblem, { code: 'wecom-errcode' }>

export const wecomProblems: CodeTable<WecomProblem, ProblemText> = {
  'wecom-errcode': (answer) => (answer.errcode === 60020 ? untrusted(answer) : answered(answer)),
  'wecom-no-departments': () => ({
    sentence:
      '企业微信没有向此应用返回任何部门：可见范围为空，或只包含单独选择的成员和标签。空结果绝不会被当作“所有人都已离开”。',
    remedy:
      '请在“应用管理 › 该应用 › 可见范围”中选择部门，最好设为全公司。如需读取单独可见的成员和标签，请设置 `wecom-agent-id`。',
  }),
  'wecom-no-people': ({ departments }) =>
    departments === 0
      ? nobody
      : {
          sentence: `企业微信返回了 ${grouped(departments)} 个部门，但其中没有任何成员。空结果绝不会被当作“所有人都已离开”。`,
          remedy: '请检查应用的可见范围，并确认这些部门下有成员。',
        },
  'wecom-witness-refused': ({ errcode }) => ({
    sentence: `无法用企业微信的第二份部门列表核对第一份（\`department/simplelist\` 返回错误码 ${errcode}）。`,
    remedy: '无需处理；移除上限仍然有效。',
  }),
  'wecom-departments-missing': ({ ids }) => ({
    sentence: `企业微信的第二份部门列表中有 ${grouped(ids.length)} 个部门（${listIds(ids)}）未出现在第一份中。读取结果不完整，因此本次不移除任何人。`,
    remedy: '请重新运行。如仍出现，请检查应用的可见范围，以及这些部门是否刚被删除。',
  }),
  'wecom-contacts-unreadable': () => ({
    sentence: '无法读取全公司成员列表（通讯录同步），因此本次不移除任何人。',
    remedy: '请解决一并报告的问题，或不设置 `wecom-contacts-secret`。',
  }),
  'wecom-contacts-incomplete': ({ people }) => ({
    sentence: `全公司成员列表（通讯录同步）中缺少应用可见的 ${grouped(people)} 人。该列表不完整，因此本次不移除任何人。`,
    remedy: '请重新运行。如仍出现，请确认 `wecom-contacts-secret` 属于同一企业。',
  }),
  'wecom-app-disabled': () => ({
    sentence: '该应用在企业微信中已停用，其返回的内容不可靠。',
    remedy: '请在“应用管理 › 该应用”中启用，然后重新运行。',
  }),
  'wecom-tags-unread': ({ ids }) => ({
    sentence: `应用的可见范围中有 ${grouped(ids.length)} 个标签（${listIds(ids)}）读取不到，无法得知其中有哪些成员，因此本次不移除任何人。`,
    remedy:
      '请重新运行。如仍出现，说明标签已被删除，或应用无权查看：请从“应用管理 › 该应用 › 可见范围”中移除。',
  }),
  'wecom-departments-unread': ({ ids }) => ({
    sentence: `应用的可见范围中有 ${grouped(ids.length)} 个部门（${listIds(ids)}）未出现在部门列表中，无法得知其中有哪些成员，因此本次不移除任何人。`,
    remedy: '请重新运行。如仍出现，请在“应用管理 › 该应用 › 可见范围”中重新选择部门，包括标签中的部门。',
  }),
  'wecom-people-unread': ({ people }) => ({
    sentence: `应用的可见范围中有 ${grouped(people)} 人的资料读取不到。他们的账号（如有）保持不变。`,
    remedy: '请重新运行。如仍出现，请确认他们是否已离开，并从“应用管理 › 该应用 › 可见范围”中移除。',
  }),
}

const nobody: ProblemText = {
  sentence: '企业微信没有返回任何人：既没有部门，也没有单独可见的成员。空结果绝不会被当作“所有人都已离开”。',
  remedy:
    '请在“应用管理 › 该应用 › 可见范围”中选择部门、成员或标签，并确认 `wecom-agent-id` 是该页面上的 AgentId。',
}

function answered(problem: Answer): ProblemText {
  const [meaning, remedy] = meaningOf(problem)
  return { sentence: `${meaning}（${problem.call} 返回错误码 ${problem.errcode}）。`, remedy }
}

function meaningOf({ errcode, call }: Answer): readonly [meaning: string, remedy: string] {
  if (!isErrcode(errcode) || errcode === 60020) {
    return ['企业微信返回了本 Action 未收录的错误', `企业微信的说明见 ${errcodePage(errcode)}`]
  }
  switch (errcode) {
    case 45009:
      return call.includes('gettoken') ? tokenBlocked : callsUsedUp
    case 48002:
      return call.includes('list_id') ? contactsSecretNeeded : appSecretNeeded
    case 60011:
      return meanings[call.includes('agent/get') ? 301002 : errcode]
    default:
      return meanings[errcode]
  }
}

const unblock = 'https://open.work.weixin.qq.com/wwopen/devtool/checkCorpSpamBlock'

const tokenBlocked = [
  '企业微信暂时拒绝向此 IP 发放 access_token；多次使用错误的 Secret 会被封一小时',
  `请先确认 \`wecom-corp-secret\` 正确，等待一小时后重新运行。也可在此自助解封：${unblock}`,
] as const

const callsUsedUp = [
  '该企业在当前时段内的接口调用次数已用完',
  `请等待一段时间（最长一小时）后重新运行，或在此自助解封：${unblock} 。如经常出现，请调低 \`concurrency\`，并查看还有哪些程序在读取通讯录。`,
] as const

const contactsSecretNeeded = [
  '企业微信只允许“通讯录同步”的 Secret 读取全部成员 ID，而这里使用的是其他 Secret',
  '请把“管理工具 › 通讯录同步”的 Secret 填入 `wecom-contacts-secret`，或不设置此参数。',
] as const

const appSecretNeeded = [
  '此类 Secret 无权调用该接口',
  '请在 `wecom-corp-secret` 中使用自建应用的 Secret。',
] as const

function untrusted({ address, proxied, call, errcode }: Answer): ProblemText {
  const who = address === undefined ? '当前 IP（企业微信未说明具体地址）' : ` IP ${address}`
  const way = proxied ? '本次请求经过了代理，因此这是代理的出口 IP。' : '本次请求没有使用代理。'
  const what = address ?? '该 IP'
  return {
    sentence: `企业微信不信任${who}（${call} 返回错误码 ${errcode}）：它不在应用的“企业可信IP”中。${way}`,
    remedy: `有三种解决办法。 (1) 改用出口 IP 固定的自托管运行器；GitHub 托管的运行器每次 IP 都不同。 (2) 通过 IP 固定的代理访问企业微信：设置参数 \`wecom-proxy\`。 (3) 如果 ${what} 是固定的、且属于本企业，请在“应用管理 › 该应用 › 企业可信IP”中添加，约一分钟后生效。`,
  }
}
