import type { WecomProblem } from '../../model/problem.ts'
import { isErrcode, errcodePage } from '../errcodes.ts'
import type { CodeTable } from '../table.ts'
import type { ProblemText } from '../text.ts'
import { meanings } from './errcodes.ts'
import { listIds, many } from './words.ts'

type Answer = Extract<WecomProblem, { code: 'wecom-errcode' }>

export const wecomProblems: CodeTable<WecomProblem, ProblemText> = {
  'wecom-errcode': (answer) => (answer.errcode === 60020 ? untrusted(answer) : answered(answer)),
  'wecom-no-departments': () => ({
    sentence:
      'WeCom shows this app no department at all. Its visible range (可见范围) is empty, or names single people and tags only. An empty answer never means that everybody left.',
    remedy:
      'Choose departments under 应用管理 › the app › 可见范围, best the whole company. To read people and tags that are visible one by one, set `wecom-agent-id`.',
  }),
  'wecom-no-people': ({ departments }) =>
    departments === 0
      ? nobody
      : {
          sentence: `WeCom shows ${many(departments, 'department')} and nobody in ${departments === 1 ? 'it' : 'them'}. An empty answer never means that everybody left.`,
          remedy: 'Check the app’s visible range (可见范围), and that the departments have members.',
        },
  'wecom-witness-refused': ({ errcode }) => ({
    sentence: `The list of departments could not be checked against a second one (WeCom error ${errcode} at \`department/simplelist\`): there was one witness only.`,
    remedy: 'Nothing has to be done; leavers are still held to the removal limit.',
  }),
  'wecom-departments-missing': ({ ids }) => ({
    sentence: `WeCom’s second list names ${many(ids.length, 'department')} that the first does not show (${listIds(ids)}). The answer is incomplete, so nobody is taken for gone.`,
    remedy:
      'Run again. If it stays, check the app’s visible range (可见范围), and whether these departments were just deleted.',
  }),
  'wecom-contacts-unreadable': () => ({
    sentence:
      'The list of everybody in the company (通讯录同步) could not be read, so nobody is taken for gone.',
    remedy: 'Mend the reason that stands beside this, or leave `wecom-contacts-secret` out.',
  }),
  'wecom-contacts-incomplete': ({ people }) => ({
    sentence: `The list of everybody in the company (通讯录同步) lacks ${many(people, 'person', 'people')} whom the app shows. It is not complete, so nobody is taken for gone.`,
    remedy: 'Run again. If it stays, check that `wecom-contacts-secret` belongs to the same corp.',
  }),
  'wecom-app-disabled': () => ({
    sentence: 'The app is disabled in WeCom, so what it shows is not to be relied on.',
    remedy: 'Enable it (启用) under 应用管理 › the app, then run again.',
  }),
  'wecom-tags-unread': ({ ids }) => ({
    sentence: `The visible range (可见范围) of the app names ${many(ids.length, 'tag')} that WeCom does not show (${listIds(ids)}). Who is in ${ids.length === 1 ? 'it' : 'them'} is not known, so nobody is taken for gone.`,
    remedy:
      'Run again. If it stays, the tag was deleted, or the app may not see it: take it out of 应用管理 › the app › 可见范围.',
  }),
  'wecom-departments-unread': ({ ids }) => ({
    sentence: `The visible range (可见范围) of the app names ${many(ids.length, 'department')} that WeCom does not list (${listIds(ids)}). Who is in ${ids.length === 1 ? 'it' : 'them'} is not known, so nobody is taken for gone.`,
    remedy:
      'Run again. If it stays, choose the departments anew under 应用管理 › the app › 可见范围, those of its tags too.',
  }),
  'wecom-people-unread': ({ people }) => ({
    sentence: `The visible range (可见范围) of the app names ${many(people, 'person', 'people')} whom WeCom does not show. Their accounts, if they have any, are left as they are.`,
    remedy:
      'Run again. If it stays, see whether they have left, and take them out of 应用管理 › the app › 可见范围.',
  }),
}

const nobody: ProblemText = {
  sentence:
    'WeCom shows nobody: neither a department nor anybody who is visible one by one. An empty answer never means that everybody left.',
  remedy:
    'Choose departments, people or tags under 应用管理 › the app › 可见范围, and see that `wecom-agent-id` is the AgentId on that page.',
}

function answered(problem: Answer): ProblemText {
  const [meaning, remedy] = meaningOf(problem)
  return { sentence: `${meaning} (error ${problem.errcode} at ${problem.call}).`, remedy }
}

function meaningOf({ errcode, call }: Answer): readonly [meaning: string, remedy: string] {
  if (!isErrcode(errcode) || errcode === 60020) {
    return [
      'WeCom answered with an error that this action does not know',
      `WeCom explains it at ${errcodePage(errcode)}`,
    ]
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
  'WeCom gives this address no token for now; that lasts an hour after several wrong secrets',
  `See that \`wecom-corp-secret\` is right, wait an hour, then run again. The block can be lifted at ${unblock}`,
] as const

const callsUsedUp = [
  'The calls that WeCom allows this corp in a while are used up',
  `Wait up to an hour, then run again; or lift the block at ${unblock}. If it happens often, set \`concurrency\` lower and see which other programs read the directory.`,
] as const

const contactsSecretNeeded = [
  'WeCom shows everybody’s userids to the secret of 通讯录同步 only, and this is another one',
  'Copy the secret from 管理工具 › 通讯录同步 into `wecom-contacts-secret`, or leave that input out.',
] as const

const appSecretNeeded = [
  'This kind of secret may not make this call',
  'Use the secret of a self-built app (自建应用) in `wecom-corp-secret`.',
] as const

function untrusted({ address, proxied, call, errcode }: Answer): ProblemText {
  const who = address === undefined ? 'this address (it does not say which)' : `the address ${address}`
  const way = proxied
    ? 'The call went through a proxy, so this is the address of the proxy.'
    : 'No proxy was used.'
  const what = address ?? 'the address'
  return {
    sentence: `WeCom does not trust ${who} (error ${errcode} at ${call}): it is not among the app’s 企业可信IP. ${way}`,
    remedy: `There are three ways out. (1) Use a self-hosted runner with a fixed address; a GitHub-hosted one has another address every time. (2) Send the calls to WeCom through a proxy with a fixed address: input \`wecom-proxy\`. (3) If ${what} is fixed and your company’s own, add it under 应用管理 › the app › 企业可信IP; it counts after about a minute.`,
  }
}
