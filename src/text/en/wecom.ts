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
      'WeCom shows this app no departments. Its visible range (可见范围) is empty, or contains only individual people and tags. An empty answer is never taken to mean that everybody left.',
    remedy:
      'Select departments under 应用管理 › the app › 可见范围, ideally the whole company. To read individual people and tags, set `wecom-agent-id`.',
  }),
  'wecom-no-people': ({ departments }) =>
    departments === 0
      ? nobody
      : {
          sentence: `WeCom shows ${many(departments, 'department')} and nobody in ${departments === 1 ? 'it' : 'them'}. An empty answer is never taken to mean that everybody left.`,
          remedy: 'Check the app’s visible range (可见范围), and that the departments have members.',
        },
  'wecom-witness-refused': ({ errcode }) => ({
    sentence: `The list of departments could not be checked against WeCom’s second list (error ${errcode} at \`department/simplelist\`).`,
    remedy: 'Nothing to do; the removal limit still applies.',
  }),
  'wecom-departments-missing': ({ ids }) => ({
    sentence: `WeCom’s second list contains ${many(ids.length, 'department')} missing from the first (${listIds(ids)}). The answer is incomplete, so this run removes nobody.`,
    remedy:
      'Run again. If it happens again, check the app’s visible range (可见范围), and whether these departments were just deleted.',
  }),
  'wecom-contacts-unreadable': () => ({
    sentence:
      'The list of everybody in the company (通讯录同步) could not be read, so this run removes nobody.',
    remedy: 'Fix the problem reported with it, or leave out `wecom-contacts-secret`.',
  }),
  'wecom-contacts-incomplete': ({ people }) => ({
    sentence: `The list of everybody in the company (通讯录同步) lacks ${many(people, 'person', 'people')} whom the app can see. It is incomplete, so this run removes nobody.`,
    remedy: 'Run again. If it happens again, check that `wecom-contacts-secret` belongs to the same corp.',
  }),
  'wecom-app-disabled': () => ({
    sentence: 'The app is disabled in WeCom, so its answers are not reliable.',
    remedy: 'Enable it (启用) under 应用管理 › the app, then run again.',
  }),
  'wecom-tags-unread': ({ ids }) => ({
    sentence: `The app’s visible range (可见范围) contains ${many(ids.length, 'tag')} that WeCom does not show (${listIds(ids)}). Who is in ${ids.length === 1 ? 'it' : 'them'} is not known, so this run removes nobody.`,
    remedy:
      'Run again. If it happens again, the tag was deleted, or the app may not see it: remove it from 应用管理 › the app › 可见范围.',
  }),
  'wecom-departments-unread': ({ ids }) => ({
    sentence: `The app’s visible range (可见范围) contains ${many(ids.length, 'department')} that WeCom does not list (${listIds(ids)}). Who is in ${ids.length === 1 ? 'it' : 'them'} is not known, so this run removes nobody.`,
    remedy:
      'Run again. If it happens again, select the departments again under 应用管理 › the app › 可见范围, including those in its tags.',
  }),
  'wecom-people-unread': ({ people }) => ({
    sentence: `The app’s visible range (可见范围) contains ${many(people, 'person', 'people')} whom WeCom does not show. Their accounts, if any, are left unchanged.`,
    remedy:
      'Run again. If it happens again, check whether they have left, and remove them from 应用管理 › the app › 可见范围.',
  }),
}

const nobody: ProblemText = {
  sentence:
    'WeCom shows nobody: neither departments nor individual people. An empty answer is never taken to mean that everybody left.',
  remedy:
    'Select departments, people or tags under 应用管理 › the app › 可见范围, and make sure that `wecom-agent-id` is the AgentId on that page.',
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
  'WeCom currently issues no token to this address; the block lasts an hour after several wrong secrets',
  `Make sure that \`wecom-corp-secret\` is right, wait an hour, then run again. You can lift the block at ${unblock}`,
] as const

const callsUsedUp = [
  'This corp has used up WeCom’s call limit for now',
  `Wait up to an hour, then run again; or lift the block at ${unblock}. If it happens often, lower \`concurrency\` and check which other programs read the directory.`,
] as const

const contactsSecretNeeded = [
  'WeCom lists all userids only for the secret of 通讯录同步, and this is a different secret',
  'Copy the secret from 管理工具 › 通讯录同步 into `wecom-contacts-secret`, or leave out that input.',
] as const

const appSecretNeeded = [
  'This kind of secret may not make this call',
  'Use the secret of a self-built app (自建应用) in `wecom-corp-secret`.',
] as const

function untrusted({ address, proxied, call, errcode }: Answer): ProblemText {
  const who = address === undefined ? 'this address (it does not report which)' : `the address ${address}`
  const way = proxied
    ? 'The call went through a proxy, so this is the proxy’s address.'
    : 'No proxy was used.'
  const what = address ?? 'the address'
  return {
    sentence: `WeCom does not trust ${who} (error ${errcode} at ${call}): it is not among the app’s 企业可信IP. ${way}`,
    remedy: `There are three solutions. (1) Use a self-hosted runner with a fixed address; a GitHub-hosted runner has a different address each time. (2) Call WeCom through a proxy with a fixed address: set \`wecom-proxy\`. (3) If ${what} is fixed and belongs to your company, add it under 应用管理 › the app › 企业可信IP; it takes effect after about a minute.`,
  }
}
